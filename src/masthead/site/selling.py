"""Whether an edition sells something: what on its pages can be ordered, and whether orders are taken."""

from __future__ import annotations

from masthead.document.overlays import Laid, Overlay, OverlayKind
from masthead.library.selectors import Edition
from masthead.orders.asking import asked_of


def products_on(laid: Laid) -> list[Overlay]:
    """The products that lie on pages and are the publication's own: others cannot be ordered here."""
    return [one for one in laid.overlays if one.kind is OverlayKind.PRODUCT and one.particulars.get("can_be_ordered")]


def takes_orders(edition: Edition, laid: Laid) -> bool:
    """Whether something on these pages can be ordered; asks nothing where no product lies on them."""
    return bool(products_on(laid)) and asked_of(edition).is_on
