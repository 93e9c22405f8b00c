"""Guards the network that the house stands in: looks a receiver's address up once, and refuses what is not public.

Whoever sets a webhook chooses where this machine connects to. So the name is resolved here, every address it has is
checked, and the connection is made to just the address that was checked: a second look-up could answer otherwise.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from masthead.webhooks.errors import WebhookAddressError

_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: holds an IPv4 address
_LONGEST = 500
_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Place:
    """Where to connect and what to ask there."""

    host: str
    port: int
    path: str
    is_secure: bool
    number: str = ""  # the network address, once it is known


def place_of(address: str) -> Place:
    """What an address names; raises WebhookAddressError for what cannot be a receiver, without asking anybody."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host = host.encode("idna").decode("ascii") if not _is_number(host) else host
    except (ValueError, UnicodeError) as error:
        raise WebhookAddressError(str(error)) from error
    is_secure = parts.scheme == "https"
    is_plain_text = any(ord(sign) <= 32 or ord(sign) == 127 for sign in address)
    if not host or is_plain_text or len(address) > _LONGEST or parts.username or parts.password or parts.fragment:
        raise WebhookAddressError(address[:80])
    if not is_secure and not (parts.scheme == "http" and _is_allowed(host)):
        raise WebhookAddressError(f"{parts.scheme}: only https")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    found = Place(host, port or (443 if is_secure else 80), path, is_secure)
    if _is_number(host) and not _is_allowed(host):
        _require_public(ipaddress.ip_address(host))
    return found


def resolved(place: Place) -> Place:
    """The place with the network address to connect to.

    Raises WebhookAddressError where one of its addresses is not public; OSError where it has none.
    """
    found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    numbers = [str(entry[4][0]) for entry in found]
    if not _is_allowed(place.host):
        for number in numbers:
            _require_public(ipaddress.ip_address(number.partition("%")[0]))
    return Place(place.host, place.port, place.path, place.is_secure, numbers[0])


def _require_public(number: _Address) -> None:
    for one in (number, *_inside(number)):
        is_local = isinstance(one, ipaddress.IPv6Address) and one.is_site_local
        if not one.is_global or is_local or one.is_multicast or one.is_reserved or one.is_unspecified:
            raise WebhookAddressError(f"{number} is not public")


def _inside(number: _Address) -> list[_Address]:
    """IPv4 addresses that an IPv6 one leads to."""
    if isinstance(number, ipaddress.IPv4Address):
        return []
    teredo = number.teredo
    found: list[_Address | None] = [number.ipv4_mapped, number.sixtofour, teredo[1] if teredo else None]
    if number in _NAT64:
        found.append(ipaddress.IPv4Address(int(number) & 0xFFFFFFFF))
    return [one for one in found if one is not None]


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_allowed(host: str) -> bool:
    """Whether the operator says that this host may be reached, public or not."""
    return host.lower() in {name.strip().lower() for name in settings.MASTHEAD.webhook_hosts.split(",") if name.strip()}
