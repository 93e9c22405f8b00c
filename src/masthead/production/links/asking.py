"""Asks whether a web address answers, and never asks inside: names are resolved here and only public hosts are called.

Every hop of a redirection is resolved and judged anew, and the connection goes to the very address that was judged, so
that no name can lead in by answering differently the second time. No cookies, no credentials, little is read.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from masthead import __version__
from masthead.document.addresses import safe_address
from masthead.production.models import LinkCheck

_AGENT: Final = f"Masthead/{__version__} (link check)"
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")
_ASK_AGAIN: Final = frozenset({400, 403, 404, 405, 406, 410, 501})  # some servers know GET alone
_GONE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_KEPT: Final = "/%:@!$&'()*+,;=~-._?[]|"  # what stands in paths and queries as it is; all else is encoded
State = LinkCheck.State


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public Internet; addresses inside other addresses are looked at too."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None and not is_public(str(inner)):
            return False
        if found.ipv4_mapped or found in _NAT64:
            return True
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much is asked, and who may be called."""

    seconds: float = 10.0  # for each hop
    hops: int = 5
    read: int = 16_384  # bytes of an answer
    ports: frozenset[int] = field(default=frozenset({80, 443, 8000, 8080, 8443}))
    may_call: Callable[[str], bool] = is_public


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking; `status` 0 where there was no answer, `moved_to` where it led elsewhere."""

    state: str
    status: int = 0
    moved_to: str = ""


class _InsideError(Exception):
    """The name leads to a host that must not be called."""


def ask(address: str, limits: Limits | None = None) -> Answer:
    """Whether the address answers; nothing is raised."""
    bounds = limits or Limits()
    here, status = address, 0
    for _ in range(bounds.hops + 1):
        try:
            status, location = _hop(here, bounds)
        except _InsideError:
            return Answer(State.REFUSED, status)
        except socket.gaierror as error:
            gone = error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))
            return Answer(State.DEAD if gone else State.SILENT, 0)
        except (OSError, http.client.HTTPException, UnicodeError, ValueError):
            return Answer(State.SILENT, 0)
        if not location:
            return Answer(_state_of(status), status, here if here != address else "")
        here = urljoin(here, location)
    return Answer(State.SILENT, status)


def _state_of(status: int) -> str:
    if status < 400 or status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        return State.ALIVE
    if status in _GONE:
        return State.DEAD
    return State.SILENT if status >= 500 and status != 999 else State.CLOSED


def _hop(address: str, limits: Limits) -> tuple[int, str]:
    """The status of one address, and where it leads on; asked for its head, and for itself where that says nothing."""
    host, port, is_tls, path = _parts(address, limits)
    calls = _judged(host, port, limits)
    status, location = _request(calls, host, port, is_tls, "HEAD", path, limits)
    if status in _ASK_AGAIN or status >= 500:
        status, location = _request(calls, host, port, is_tls, "GET", path, limits)
    return status, location if status in (301, 302, 303, 307, 308) else ""


def _parts(address: str, limits: Limits) -> tuple[str, int, bool, str]:
    safe = safe_address(address)
    parts = urlsplit(safe or "")
    if safe is None or parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        raise _InsideError
    is_tls = parts.scheme == "https"
    port = parts.port or (443 if is_tls else 80)
    if port not in limits.ports:
        raise _InsideError
    host = parts.hostname if ":" in parts.hostname else parts.hostname.encode("idna").decode("ascii")
    path = quote(f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}", safe=_KEPT)
    return host, port, is_tls, path


def _judged(host: str, port: int, limits: Limits) -> str:
    """The IP address to call; raises _InsideError where any that the name has must not be called."""
    found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(limits.may_call(one) for one in found):
        raise _InsideError
    return found[0]


def _request(calls: str, host: str, port: int, is_tls: bool, method: str, path: str, limits: Limits) -> tuple[int, str]:
    connection = _Called(calls, host, port, is_tls, limits.seconds)
    ends = threading.Timer(limits.seconds, connection.hang_up)  # a server that drips byte by byte holds nobody up
    ends.start()
    try:
        headers = {"User-Agent": _AGENT, "Accept": "*/*", "Connection": "close"}
        if method == "GET":
            headers["Range"] = f"bytes=0-{limits.read - 1}"
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        answer.read(limits.read)
        return answer.status, answer.headers.get("Location", "")
    finally:
        ends.cancel()
        connection.close()


class _Called(http.client.HTTPConnection):
    """A connection to an IP address that was judged, for the name that led to it."""

    def __init__(self, calls: str, host: str, port: int, is_tls: bool, seconds: float) -> None:
        super().__init__(host, port, timeout=seconds)
        self.default_port = 443 if is_tls else 80
        self._calls, self._is_tls, self._until = calls, is_tls, time.monotonic() + seconds

    def connect(self) -> None:
        self.sock = socket.create_connection((self._calls, self.port), max(0.1, self._until - time.monotonic()))
        if self._is_tls:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def hang_up(self) -> None:
        """End it from another thread."""
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)
