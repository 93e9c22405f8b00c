"""The edition as an app: what a browser has to know to put it on the home screen of a device."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from masthead.exports.frame.addresses import Addresses
from masthead.exports.frame.presentation import Presentation
from masthead.pictures.logos import ICON_SIDE

NAME = "app.webmanifest"
_PAPER, _INK = "#fbfaf8", "#9c2f1b"  # the surface and the accent of the reader's tokens


def app_of(manifest: Mapping[str, Any], addresses: Addresses, presentation: Presentation) -> dict[str, Any]:
    """The web application manifest (W3C) of an edition, whose `manifest` this is; it opens where the edition does."""
    icons = [{"src": addresses.icon, "sizes": "any", "type": "image/svg+xml"}]
    if presentation.icon:
        icons = [{"src": presentation.icon, "sizes": f"{ICON_SIDE}x{ICON_SIDE}", "type": "image/png"}]
    return {
        "name": manifest["title"],
        "lang": manifest["language"],
        "dir": presentation.direction or manifest["direction"],
        "start_url": addresses.home,
        "scope": addresses.home,
        "display": "standalone",
        "background_color": _PAPER,
        "theme_color": _INK,
        "icons": icons,
    }
