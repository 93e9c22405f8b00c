"""From which network address a visitor comes, as far as the house can know behind its own proxies."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def network_address(request: HttpRequest) -> str:
    """The visitor's address, v4 or v6; "" where nothing that can be believed says it.

    Each of the operator's proxies adds the address that it was asked from to X-Forwarded-For. So many entries from the
    right are believed, and nothing before them: those anybody can write.
    """
    proxies: int = settings.MASTHEAD.proxies
    said = request.META.get("REMOTE_ADDR", "")
    if proxies:
        entries = [entry.strip() for entry in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        said = entries[-proxies] if len(entries) >= proxies else ""
    return _plain(said)


def _plain(said: str) -> str:
    """The address without a port, and as v4 where it is one in the clothes of v6; "" where it is none."""
    if said.startswith("["):
        said = said[1:].partition("]")[0]
    elif said.count(":") == 1:
        said = said.partition(":")[0]
    try:
        address = ip_address(said.partition("%")[0])
    except ValueError:
        return ""
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)
