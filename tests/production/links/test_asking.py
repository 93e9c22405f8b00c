"""Asking whether an address answers: a real server, and what its answers mean."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from masthead.calling.judging import Rules
from masthead.production.links.asking import Answer, ask


class Paths(BaseHTTPRequestHandler):
    """Answers by its path."""

    def do_HEAD(self) -> None:
        self.seen()
        if self.path == "/get-only":
            self.say(405)
        else:
            self.by_path()

    def do_GET(self) -> None:
        self.seen()
        if self.path == "/get-only":
            self.say(206, body=b"x" * 100_000)
        else:
            self.by_path()

    def seen(self) -> None:
        self.server.asked.append((self.command, self.path, dict(self.headers)))  # type: ignore[attr-defined]

    def by_path(self) -> None:
        if self.path.startswith("/to/"):
            self.say(302, location=self.path.removeprefix("/to/"))
        elif self.path == "/round":
            self.say(301, location="/round")
        elif self.path == "/mute":
            threading.Event().wait(3)
        else:
            self.say(int(self.path.strip("/") or "200"))

    def say(self, status: int, location: str = "", body: bytes = b"") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Set-Cookie", "a=b")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    made = ThreadingHTTPServer(("127.0.0.1", 0), Paths)
    made.asked = []  # type: ignore[attr-defined]
    made.handle_error = lambda *args: None  # type: ignore[method-assign, assignment]
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


def near(server: ThreadingHTTPServer, **more: Any) -> tuple[str, Rules]:
    """The server's address, and rules that let it be called."""
    port = server.server_address[1]
    bounds = {"seconds": 2.0, "ports": frozenset({port}), "may_call": lambda ip: ip == "127.0.0.1", **more}
    return f"http://localhost:{port}", Rules(**bounds)


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/"),
        *("http://169.254.169.254/latest/meta-data/", "http://user:pass@example.org/", "ftp://example.org/"),
        *("file:///etc/passwd", "http://example.org:22/", "gopher://example.org/", "http://example.org:6379/"),
    ],
)
def test_inside_is_refused_without_a_connection(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def connected(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("it was called")

    monkeypatch.setattr(socket, "create_connection", connected)
    assert ask(address).state == "refused"


@pytest.mark.parametrize(
    ("path", "state", "status"),
    [
        *(("/200", "alive", 200), ("/204", "alive", 204), ("/404", "dead", 404), ("/410", "dead", 410)),
        *(("/401", "closed", 401), ("/403", "closed", 403), ("/429", "closed", 429), ("/500", "silent", 500)),
        *(("/503", "silent", 503), ("/get-only", "alive", 206)),
    ],
)
def test_what_answers_mean(server: ThreadingHTTPServer, path: str, state: str, status: int) -> None:
    home, bounds = near(server)
    assert ask(home + path, bounds) == Answer(state, status)
    for _, _, headers in server.asked:  # type: ignore[attr-defined]
        assert "Cookie" not in headers
        assert "Authorization" not in headers
        assert headers["User-Agent"].startswith("Masthead/")


def test_redirections_are_followed_and_each_is_judged(server: ThreadingHTTPServer) -> None:
    home, bounds = near(server)
    assert ask(f"{home}/to//200", bounds) == Answer("alive", 200, f"{home}/200")
    assert ask(f"{home}/round", bounds).state == "silent"
    for inside in ("http://169.254.169.254/latest/", "http://[::1]/", "file:///etc/passwd", "http://localhost:1/"):
        assert ask(f"{home}/to/{inside}", bounds).state == "refused", inside


def test_who_says_nothing_is_hung_up_on(server: ThreadingHTTPServer) -> None:
    home, bounds = near(server, seconds=0.3)
    assert ask(f"{home}/mute", bounds).state == "silent"


def test_a_name_that_does_not_exist_is_dead_and_one_that_cannot_be_asked_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number, state in ((socket.EAI_NONAME, "dead"), (socket.EAI_AGAIN, "silent")):

        def fails(*args: Any, number: int = number, **kwargs: Any) -> None:
            raise socket.gaierror(number, "no")

        monkeypatch.setattr(socket, "getaddrinfo", fails)
        assert ask("https://gone.example/").state == state


def test_operators_allow_hosts_and_what_they_lead_to_is_judged(server: ThreadingHTTPServer, settings: Any) -> None:
    home = f"http://localhost:{server.server_address[1]}"
    assert ask(f"{home}/200").state == "refused"
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"link_check_hosts": "intranet.example, Localhost"})
    assert ask(f"{home}/200") == Answer("alive", 200)
    assert ask(f"{home}/to/{home.replace('localhost', '127.0.0.1')}/200") == Answer("refused", 302)
