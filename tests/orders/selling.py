"""An edition that sells: products of its publication on its pages, and orders taken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cast import Cast
from tests.production.overlays.laying import edition_with_words, lay

from masthead.document.overlays import OverlayKind
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish
from masthead.orders.asking import asked_change
from masthead.orders.services import product_create

ROPE = {"code": "RO-1", "name": "Rope", "price": "3.20", "currency": "EUR", "tax": "19", "stock": "10"}
BELL = {"code": "BE-2", "name": "Bell", "price": "100", "currency": "EUR", "minimum": "2", "step": "3"}
CHART = {"code": "CH-3", "name": "Chart", "currency": ""}
TO = "orders@harbour.example"
RITA = {
    "name": "Rita Reader",
    "email": "rita@reader.example",
    "billing_line1": "Quay 1",
    "billing_city": "Hamburg",
    "billing_postcode": "20457",
    "billing_country": "DE",
    "same": "on",
}


def selling_edition(cast: Cast, data: Path, **asked: str) -> Edition:
    """An edition that is live; Rope lies on page 1, Bell and Chart on page 2."""
    edition = edition_with_words(cast, data)
    for said, page in ((ROPE, 1), (BELL, 2), (CHART, 2)):
        product_create(by=cast.shop, publication=cast.fathom, said=said)
        lay(cast, edition, OverlayKind.PRODUCT, page=page, code=said["code"])
    asked_change(by=cast.shop, of=cast.fathom, said={"ordering": "yes", "orders_to": TO, **asked})
    return edition_publish(by=cast.owner, edition=edition)


def hidden_of(page: str) -> dict[str, str]:
    """The hidden fields of the order form."""
    import html
    import re

    found = re.findall(r'<input type="hidden" name="(order|seal|lines)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def filled(page: str, **said: Any) -> dict[str, str]:
    """The order form of a page as Rita fills it in."""
    return {**hidden_of(page), **RITA, **said}
