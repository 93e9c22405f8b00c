"""Tells network addresses of the public Internet from all others.

What the registries of special addresses leave open is refused: RFC 6890 and the IANA registries for IPv4 and IPv6, as
Python knows them, and by hand what Python calls public although nobody outside of a network answers there.
"""

from __future__ import annotations

import ipaddress
from typing import Final

Number = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address, called through a translator
_GIVEN_OUT: Final = ipaddress.IPv6Network("2000::/3")  # RFC 4291: all that is public in IPv6 so far
_REFUSED: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "100.64.0.0/10",  # carrier-grade NAT (RFC 6598); metadata of one cloud as well
        "168.63.129.16/32",  # a public number that leads to the host's own services in another cloud
        "192.0.0.0/24",  # protocol assignments (RFC 6890); metadata of a third
        "192.88.99.0/24",  # relays of 6to4, given up by RFC 7526
        "2001::/23",  # protocol assignments, Teredo among them
        "2002::/16",  # 6to4: leads to an IPv4 address through a relay that nobody should be using
        "3fff::/20",  # documentation (RFC 9637)
    )
)


def is_public(number: str) -> bool:
    """Whether an IP address, as it is written, is one of the public Internet; what is no address is not.

    An IPv4 address inside of an IPv6 one (mapped, or for NAT64 as networks without IPv4 need it) is judged itself.
    """
    try:
        found: Number = ipaddress.ip_address(number)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.scope_id is not None:
            return False
        inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF) if found in _NAT64 else found.ipv4_mapped
        found = inner or found
    if any(found in network for network in _REFUSED) or (found.version == 6 and found not in _GIVEN_OUT):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)
