"""Judges a web address before it is called: looks its name up once, and refuses what leads inside.

Whoever names an address chooses where this machine connects to. So every network address that the name has must be
public, and what is called is that very address: a second look-up could answer otherwise.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import quote, urlsplit

from masthead.calling.errors import CallRefusedError
from masthead.calling.numbers import is_public

WEB_PORTS: Final = frozenset({80, 443, 8000, 8080, 8443})
_LONGEST: Final = 8000  # letters
_KEPT: Final = "/%:@!$&'()*+,;=~-._?[]|"  # what stands in paths and queries as it is; all else is encoded


@dataclass(frozen=True, slots=True)
class Rules:
    """Who may be called, how long it may take, and how much is read."""

    seconds: float = 10.0  # for one request, from the connection to the last byte
    answer_bytes: int = 16_384
    redirects: int = 5
    is_secure_only: bool = False  # https alone, but for hosts that are allowed
    ports: frozenset[int] | None = None  # None: all
    allowed_hosts: frozenset[str] = field(default=frozenset())  # the operator's: may be called wherever they lead
    may_call: Callable[[str], bool] = is_public

    def allow(self, host: str) -> bool:
        """Whether the operator says that this host may be called, public or not."""
        return host in self.allowed_hosts


@dataclass(frozen=True, slots=True)
class Place:
    """Where to connect and what to ask there; `numbers` are the judged network addresses, in the system's order."""

    host: str
    port: int
    path: str
    is_secure: bool
    numbers: tuple[str, ...] = ()


def hosts_in(text: str) -> frozenset[str]:
    """Names of hosts that stand in a setting with commas, as `Rules` compares them."""
    return frozenset(host.strip().lower().rstrip(".") for host in text.split(",") if host.strip())


def place_of(address: str, rules: Rules) -> Place:
    """What a web address names, without asking anybody. A host that is written as a number is judged at once.

    Raises CallRefusedError for what is no web address, has credentials, or must not be called.
    """
    if len(address) > _LONGEST or any(ord(sign) <= 32 or ord(sign) == 127 for sign in address) or "\\" in address:
        raise CallRefusedError("not a web address")
    try:
        parts = urlsplit(address)
        host, port = _host_of(parts.hostname or ""), parts.port
    except ValueError as error:  # of which the errors of encoding are
        raise CallRefusedError(str(error)) from error
    if "[" in parts.netloc and ":" not in host:
        raise CallRefusedError("no network address stands in the brackets")
    if parts.scheme not in ("http", "https"):
        raise CallRefusedError(f"{parts.scheme[:20]}: is not called")
    if "@" in parts.netloc:
        raise CallRefusedError("a name or a password stands in the address")
    is_secure, is_allowed = parts.scheme == "https", rules.allow(host)
    if rules.is_secure_only and not is_secure and not is_allowed:
        raise CallRefusedError("http: only https")
    port = (443 if is_secure else 80) if port is None else port
    if port == 0 or (rules.ports is not None and port not in rules.ports and not is_allowed):
        raise CallRefusedError(f"port {port} is not called")
    if _is_number(host) and not is_allowed and not rules.may_call(host):
        raise CallRefusedError(f"{host} is not public")
    path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_KEPT)
    return Place(host, port, path, is_secure)


def resolved(place: Place, rules: Rules) -> Place:
    """The place with the network addresses that may be connected to.

    Raises CallRefusedError where one of them is not public; OSError where the name has none.
    """
    found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    numbers = tuple(dict.fromkeys(str(row[4][0]) for row in found))
    if not numbers:
        raise CallRefusedError(f"{place.host} leads nowhere")
    for number in numbers:
        if not rules.allow(place.host) and not rules.may_call(number):
            raise CallRefusedError(f"{number} is not public")
    return replace(place, numbers=numbers)


def _host_of(written: str) -> str:
    """The host in the letters of the name system, without the dot of the root; ValueError where it is none.

    Systems read `2130706433`, `0x7f.1` and `010.0.0.1` as IPv4 addresses, each in its own way, so that a name whose
    last part is a number must be an address as it is mostly written (the URL standard: "ends in a number").
    """
    if ":" in written:
        return str(ipaddress.IPv6Address(written))
    host = written.encode("idna").decode("ascii").lower().removesuffix(".")
    last = host.rpartition(".")[2]
    if last.isdigit() or last.startswith("0x"):
        return str(ipaddress.IPv4Address(host))
    if not host or not all(sign.isalnum() or sign in "-._" for sign in host):
        raise ValueError("no host")
    return host


def _is_number(host: str) -> bool:
    return ":" in host or host.rpartition(".")[2].isdigit()
