"""Where overlays lead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from masthead.document.overlays import OverlayKind
from masthead.library.selectors import Edition
from masthead.production.models import Overlay

_HREF = re.compile(r'href="(https?://[^"]*)"')


def laid_addresses(edition: Edition) -> list[tuple[Overlay, str]]:
    """Where overlays of an edition lead: their own addresses, and those in the text of pop-ups."""
    return addresses_of(Overlay.objects.filter(edition=edition, removed_at__isnull=True))


def addresses_of(overlays: Iterable[Overlay]) -> list[tuple[Overlay, str]]:
    """The same of these overlays."""
    found = []
    for overlay in overlays:
        kept = overlay.particulars
        text = str(kept.get("html", "")) if overlay.kind == OverlayKind.POPUP else ""
        addresses = [str(kept.get("address", "")), *(unescape(one) for one in _HREF.findall(text))]
        found += [(overlay, address) for address in dict.fromkeys(addresses) if address]
    return found
