"""Sends one request: to the address that was checked, within a time, without following anything."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from masthead.webhooks.guarding import Place

SECONDS = 15.0  # for all of it, however slowly the receiver speaks
_ANSWER = 2000  # bytes that are looked at


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receiver said."""

    status: int
    text: str


class _Connection(http.client.HTTPConnection):
    """Connects to a network address that is known, and to no other; checks the certificate by the name."""

    def __init__(self, place: Place) -> None:
        super().__init__(place.host, place.port, timeout=SECONDS)
        self._place = place

    def connect(self) -> None:
        """To the number; with TLS for the name."""
        plain = socket.create_connection((self._place.number, self._place.port), timeout=SECONDS)
        try:
            self.sock = (
                ssl.create_default_context().wrap_socket(plain, server_hostname=self._place.host)
                if self._place.is_secure
                else plain
            )
        except BaseException:
            plain.close()
            raise


def post(place: Place, body: bytes, headers: Mapping[str, str]) -> Answer:
    """The answer to a POST; raises TimeoutError, ssl.SSLError, OSError, http.client.HTTPException."""
    status, text = _ask(place, "POST", body, headers, _ANSWER)
    return Answer(status, text.decode("utf-8", errors="replace"))


def fetch(place: Place, *, most: int) -> tuple[int, bytes]:
    """Status and up to `most` + 1 bytes of what stands at an address; raises like `post`."""
    return _ask(place, "GET", None, {"Accept": "application/samlmetadata+xml, application/xml;q=0.9"}, most + 1)


def _ask(place: Place, method: str, body: bytes | None, headers: Mapping[str, str], most: int) -> tuple[int, bytes]:
    connection = _Connection(place)
    is_over = threading.Event()

    def give_up() -> None:
        is_over.set()
        if connection.sock is not None:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(SECONDS, give_up)
    watch.daemon = True
    watch.start()
    try:
        connection.connect()
        connection.request(method, place.path, body, dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.read(most)
    except (OSError, http.client.HTTPException) as error:
        if is_over.is_set():
            raise TimeoutError(f"no answer within {SECONDS:.0f} seconds") from error
        raise
    finally:
        watch.cancel()
        connection.close()
