"""Asking whether an address answers: a real server, and every way in that a server-side request could be led by."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.production.links import asking
from masthead.production.links.asking import Answer, Limits, ask, is_public

PRIVATE = [
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    *("198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1"),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::"),
    *("", "localhost", "not an address"),
]


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


def near(server: ThreadingHTTPServer, **more: Any) -> tuple[str, Limits]:
    """The server's address, and limits that let it be called."""
    port = server.server_address[1]
    bounds = {"seconds": 2.0, "ports": frozenset({port}), "may_call": lambda ip: ip == "127.0.0.1", **more}
    return f"http://localhost:{port}", Limits(**bounds)


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_inside_is_never_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_what_is_outside_is(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(network="10.0.0.0/8"))
def test_no_private_address_hides_in_another(address: Any) -> None:
    number = int(address)
    assert not is_public(f"::ffff:{address}")
    assert not is_public(f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1")
    assert not is_public(f"64:ff9b::{number >> 16:x}:{number & 0xFFFF:x}")


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


def test_a_name_with_one_public_and_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: rows)
    assert ask("http://example.org/").state == "refused"


def test_the_very_address_that_was_judged_is_called(
    server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers differently the second time leads nowhere: it is not asked a second time."""
    home, bounds = near(server)
    asked = []

    def once(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(asking.socket, "getaddrinfo", once)
    called = []
    real = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", lambda where, *args: called.append(where) or real(where, *args))
    assert ask(home.replace("localhost", "rebinding.example"), bounds).state == "alive"
    assert asked.count("rebinding.example") == 1
    assert called == [("127.0.0.1", server.server_address[1])]


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
