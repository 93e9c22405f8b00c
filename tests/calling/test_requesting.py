"""What is called is what was judged, within its time and bytes: a real server that plays every trick."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from tests.calling.test_judging import answering

from masthead.calling.errors import CallRefusedError, TooManyRedirectsError
from masthead.calling.judging import Place, Rules, place_of, resolved
from masthead.calling.requesting import followed, request


class Tricks(BaseHTTPRequestHandler):
    """Leads on by its path, drips, or says more than anybody wants."""

    def do_GET(self) -> None:
        self.server.got.append((self.path, self.headers["Host"]))  # type: ignore[attr-defined]
        if self.path.startswith("/to/"):
            self.begin(
                302, Location=self.path.removeprefix("/to/").replace("SPACE", " ").replace("UMLAUT", "\u00c3\u00a4")
            )
        elif self.path == "/drip":
            for _ in range(40):
                self.wfile.write(b"H")
                time.sleep(0.05)
        elif self.path == "/much":
            self.begin(200)
            self.wfile.write(b"x" * 1_000_000)
        elif self.path == "/stops":
            self.begin(200, **{"Content-Length": "10"})
            self.wfile.write(b"beginning"[:5])
            self.wfile.flush()
            self.server.done.wait(3)  # type: ignore[attr-defined]
        else:
            self.begin(200, **{"Content-Length": "2"})
            self.wfile.write(b"ok")

    def begin(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Any]:
    made: Any = ThreadingHTTPServer(("127.0.0.1", 0), Tricks)
    made.got, made.done, made.handle_error = [], threading.Event(), lambda *_: None
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.done.set()
    made.shutdown()
    made.server_close()
    thread.join()


def near(server: Any, seconds: float = 5.0, **more: Any) -> tuple[str, Rules]:
    """The server's address by a name that leads there, and rules that let it be called."""
    return f"http://near.example:{server.server_port}", Rules(
        seconds, may_call=lambda number: number == "127.0.0.1", **more
    )


def all_of(address: str, rules: Rules) -> list[tuple[str, int]]:
    ask = partial(request, rules=rules, headers={})
    return [(here, answer.status) for here, answer in followed(address, rules, ask)]


def test_the_name_is_looked_up_once_and_that_number_called(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers differently the second time leads nowhere: it is not asked a second time."""
    home, rules = near(server)
    called: list[Any] = []
    real = socket.create_connection

    def connect(where: Any, *rest: Any) -> socket.socket:
        called.append(where)
        return real(where, *rest)

    asked = answering(monkeypatch, "127.0.0.1")
    place = resolved(place_of(f"{home}/", rules), rules)
    assert asked == ["near.example"]
    answering(monkeypatch, "10.0.0.1")
    monkeypatch.setattr(socket, "create_connection", connect)
    assert request(place, rules, headers={}).body == b"ok"
    assert called == [("127.0.0.1", server.server_port)]
    assert server.got == [("/", f"near.example:{server.server_port}")]


def test_the_next_number_is_tried_where_one_does_not_answer(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    home, _ = near(server)
    rules = Rules(may_call=lambda number: True)
    answering(monkeypatch, "127.0.0.2", "127.0.0.1")  # nothing listens on the first
    place = resolved(place_of(f"{home}/", rules), rules)
    assert place.numbers == ("127.0.0.2", "127.0.0.1")
    assert request(place, rules, headers={}).status == 200


def test_every_redirection_is_judged(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    home, rules = near(server)
    real = socket.getaddrinfo

    def told(host: str, port: int, *rest: Any, **more: Any) -> Any:
        number = {"near.example": "127.0.0.1", "inside.example": "10.0.0.1"}.get(host, host)
        return real(number, port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", told)
    assert all_of(f"{home}/to//here", rules) == [(f"{home}/to//here", 302), (f"{home}/here", 200)]
    assert all_of(f"{home}/to//aSPACEb/UMLAUT", rules)[-1] == (f"{home}/a%20b/%C3%A4", 200)
    for inside in (
        *("http://169.254.169.254/latest/", "http://[::1]/", "file:///etc/passwd", "http://2130706433/", "//10.0.0.1/"),
        *(f"http://user@near.example:{server.server_port}/", "http://inside.example/", "http://[::ffff:10.0.0.1]/"),
    ):
        before = len(server.got)
        with pytest.raises(CallRefusedError):
            all_of(f"{home}/to/{inside}", rules)
        assert len(server.got) == before + 1, inside
    with pytest.raises(TooManyRedirectsError):
        all_of(home + "/to/" * 6, Rules(5.0, redirects=3, may_call=rules.may_call))


def test_time_and_bytes_are_limited(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "127.0.0.1")
    home, rules = near(server, seconds=0.4, answer_bytes=1000)
    places = {path: resolved(place_of(home + path, rules), rules) for path in ("/drip", "/much", "/stops")}
    with pytest.raises(TimeoutError):
        request(places["/drip"], rules, headers={})  # a byte now and then holds nobody up
    assert request(places["/much"], rules, headers={}).body == b"x" * 1000
    assert request(places["/stops"], rules, headers={}).status == 200


def test_one_who_drips_through_the_handshake_is_hung_up_on() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        place = Place("near.example", mute.getsockname()[1], "/", True, ("127.0.0.1",))
        with pytest.raises(TimeoutError):
            request(place, Rules(0.3), headers={})


def test_a_place_that_was_not_judged_is_not_called(server: Any) -> None:
    home, rules = near(server)
    with pytest.raises(OSError, match="judged"):
        request(place_of(home, rules), rules, headers={})
    assert server.got == []
