"""Sends one request to a place that was judged: to its very network address, within a time, reading only so much."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin

from masthead.calling.errors import TooManyRedirectsError
from masthead.calling.judging import Place, Rules, place_of, resolved

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_KEPT: Final = "/%:@!$&'()*+,;=~-._?[]#"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said: the status, where it leads on (empty: nowhere), and as much of the body as may and did come."""

    status: int
    leads_to: str
    body: bytes


def request(
    place: Place, rules: Rules, method: str = "GET", *, body: bytes | None = None, headers: Mapping[str, str]
) -> Answer:
    """The answer of a place from `resolved`; nothing is followed.

    Raises TimeoutError after `rules.seconds` however slowly the other side speaks, ssl.SSLError, OSError,
    http.client.HTTPException.
    """
    connection = _Connection(place, rules.seconds)
    watch = threading.Timer(rules.seconds, connection.hang_up)
    watch.daemon = True
    watch.start()
    try:
        connection.connect()
        connection.request(method, place.path, body, {"Connection": "close", **headers})
        answer = connection.getresponse()
        leads_to = answer.headers.get("Location", "") if answer.status in _REDIRECTS else ""
        return Answer(answer.status, leads_to, _beginning(answer, rules.answer_bytes))
    except (OSError, ValueError, http.client.HTTPException) as error:
        if connection.is_over:
            raise TimeoutError(f"no answer within {rules.seconds:.0f} seconds") from error
        raise
    finally:
        watch.cancel()
        connection.close()


def _beginning(answer: http.client.HTTPResponse, most: int) -> bytes:
    """What comes of the body; the status was said before, so that one who then falls silent has answered."""
    try:
        return answer.read(most)
    except http.client.IncompleteRead as error:
        return error.partial
    except OSError:
        return b""


def followed(address: str, rules: Rules, ask: Callable[[Place], Answer]) -> Iterator[tuple[str, Answer]]:
    """Each address on the way with its answer, as `ask` gets it; every one is looked up and judged anew.

    Raises CallRefusedError, TooManyRedirectsError, and what `ask` raises.
    """
    here = address
    for _ in range(rules.redirects + 1):
        answer = ask(resolved(place_of(here, rules), rules))
        yield here, answer
        if not answer.leads_to:
            return
        # Headers are bytes, read as Latin-1; many servers write UTF-8 and spaces into them.
        here = urljoin(here, quote(answer.leads_to.strip().encode("latin-1", "replace"), safe=_KEPT))
    raise TooManyRedirectsError(here[:80])


class _Connection(http.client.HTTPConnection):
    """Connects to network addresses that were judged, and to no other; checks the certificate by the name."""

    def __init__(self, place: Place, seconds: float) -> None:
        super().__init__(place.host, place.port, timeout=seconds)
        self.default_port = 443 if place.is_secure else 80  # a Host without a port where it goes without saying
        self.is_over = False
        self._place, self._until = place, time.monotonic() + seconds

    def connect(self) -> None:
        """To the first of the numbers that takes the connection; with TLS for the name."""
        problem: OSError | None = None
        for left in range(len(self._place.numbers), 0, -1):
            number = self._place.numbers[-left]
            seconds = max(0.05, (self._until - time.monotonic()) / left)
            try:
                plain = socket.create_connection((number, self._place.port), seconds)
            except OSError as error:
                problem = error
                continue
            self._keep(plain)
            if self._place.is_secure:
                context = ssl.create_default_context()
                # Kept before the handshake, so that one who drips through it can be hung up on as well.
                secure = context.wrap_socket(plain, server_hostname=self._place.host, do_handshake_on_connect=False)
                self._keep(secure)
                secure.do_handshake()
            return
        raise problem or OSError("no network address was judged")

    def _keep(self, found: socket.socket) -> None:
        found.settimeout(max(0.05, self._until - time.monotonic()))
        self.sock = found
        if self.is_over:
            raise TimeoutError

    def hang_up(self) -> None:
        """End it from another thread."""
        self.is_over = True
        if self.sock is not None:
            with suppress(OSError):
                # Not SSLSocket's own, which takes the encryption away from under a thread that reads.
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)
