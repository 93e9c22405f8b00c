"""The ways of sharing, which a publisher allows, and plain links to networks: nothing is loaded from there."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from django.conf import settings

from masthead.library.inheriting import is_on
from masthead.library.selectors import Edition

LINK: Final = "link"
DEVICE: Final = "device"
EMAIL: Final = "email"
WAYS: Final = (LINK, DEVICE, EMAIL, "linkedin", "facebook", "x", "whatsapp")
# What the networks document for pages that link to them, without a script of theirs.
_NETWORKS: Final = {
    "linkedin": "https://www.linkedin.com/sharing/share-offsite/?url={address}",
    "facebook": "https://www.facebook.com/sharer/sharer.php?u={address}",
    "x": "https://x.com/intent/post?text={title}&url={address}",
    "whatsapp": "https://wa.me/?text={title}%20{address}",
}
NETWORK_NAMES: Final = {"linkedin": "LinkedIn", "facebook": "Facebook", "x": "X", "whatsapp": "WhatsApp"}


def ways_of(edition: Edition) -> tuple[str, ...]:
    """The ways in which the publisher lets an edition be shared, in the order in which they are shown.

    Where mails only go to the log, none can be promised.
    """
    sends = not settings.EMAIL_BACKEND.endswith(".console.EmailBackend")
    return tuple(way for way in WAYS if is_on(edition, f"share_{way}") and (sends or way != EMAIL))


def can_be_shared(edition: Edition) -> bool:
    """Whether whoever follows a link to it finds something: it is live."""
    return edition.is_live and edition.build is not None


def network_links(edition: Edition, address: str, title: str) -> dict[str, str]:
    """The addresses at which the allowed networks offer to post an absolute address, by the network's way."""
    said = {"address": quote(address, safe=""), "title": quote(title, safe="")}
    return {way: _NETWORKS[way].format(**said) for way in ways_of(edition) if way in _NETWORKS}
