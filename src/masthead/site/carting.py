"""What can be ordered from an edition by this visitor, and the cart they have: with their account, or for the visit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from masthead.accounts.selectors import User
from masthead.document.overlays import Overlay
from masthead.faces.looks import person_of
from masthead.library.selectors import Edition
from masthead.orders.asking import Asked, asked_of
from masthead.orders.carts import Change, Kept, Lines, cart_change, cart_of
from masthead.orders.checking import key_of
from masthead.orders.errors import CartFullError
from masthead.orders.placing import order_offer
from masthead.orders.price_lists import prices_for
from masthead.orders.pricing import Offer, Prices
from masthead.orders.selectors import options_beside
from masthead.production.overlays.selectors import laid_of
from masthead.site.reading import readable
from masthead.site.selling import products_on

_CARTS = "carts"  # in the visit
_MOST_CARTS = 20


@dataclass(frozen=True)
class Counter:
    """Where this visitor orders from an edition that they may read, at least in part."""

    request: HttpRequest
    edition: Edition

    @cached_property
    def asked(self) -> Asked:
        """The order form."""
        return asked_of(self.edition)

    @property
    def is_open(self) -> bool:
        """Whether orders are taken from here."""
        return self.asked.is_on

    @property
    def is_live(self) -> bool:
        """Whether an order may be sent: staff see an edition before it is live, but order nothing."""
        return self.edition.is_live and self.edition.build is not None

    @property
    def person(self) -> User | None:
        """Who signed in."""
        person: User | None = person_of(self.request)
        return person

    @cached_property
    def within(self) -> dict[str, Overlay]:
        """What lies on pages that this visitor may read, by the keys of the codes; nothing else can be ordered."""
        may = readable(self.request, self.edition)
        found: dict[str, Overlay] = {}
        for one in products_on(laid_of(self.edition)):
            key = key_of(str(one.particulars.get("code", "")))
            if key not in found and may(one.page):
                found[key] = one
        for key, others in options_beside(self.edition.publication_id, list(found)).items():
            for other in others:
                found.setdefault(other, found[key])  # who sees one of its options may order another
        return found

    def offer(self, wanted: Mapping[str, int]) -> Offer:
        """What these come to now."""
        return order_offer(edition=self.edition, wanted=wanted, by=self.person, within=self.within.keys())

    def prices(self, product_ids: Collection[str]) -> tuple[Prices, Prices]:
        """What this visitor pays for products by lists, and what everybody does."""
        everybody = prices_for(None, self.edition.publication_id, product_ids)
        if self.person is None:
            return everybody, everybody
        return prices_for(self.person, self.edition.publication_id, product_ids), everybody

    def cart(self) -> Kept | None:
        """The cart as it is; what was chosen before signing in has come into it."""
        visit = self._of_visit()
        if self.person is None:
            return visit
        if visit is not None and visit.lines:
            try:
                kept = cart_change(by=self.person, edition=self.edition, name=visit.name, brought=visit.lines)
            except CartFullError:
                return cart_of(self.person, self.edition)  # what does not fit stays with the visit
            self._keep(None)
            return kept
        return cart_of(self.person, self.edition)

    def change(self, changes: Iterable[Change] = (), name: str = "", brought: Lines | None = None) -> Kept:
        """Take changes and what a device brings. Raises CartFullError."""
        before = self.cart()
        if self.person is not None:
            return cart_change(by=self.person, edition=self.edition, changes=changes, name=name, brought=brought)
        kept = (before or Kept()).with_cart(name, brought or {}).with_changes(changes)
        if kept != before:
            self._keep(kept)
        return kept

    def ordered(self, wanted: Lines) -> None:
        """Take what was ordered out of the cart of the visit; that of an account belongs to the order itself."""
        visit = self._of_visit()
        if visit is not None and self.person is None:
            self._keep(visit.without(wanted))

    def _of_visit(self) -> Kept | None:
        said: Any = self.request.session.get(_CARTS, {}).get(self.edition.pk)
        return Kept.read(said) if said else None

    def _keep(self, kept: Kept | None) -> None:
        carts = {name: said for name, said in self.request.session.get(_CARTS, {}).items() if name != self.edition.pk}
        if kept is not None:
            carts[self.edition.pk] = kept.written()
        self.request.session[_CARTS] = dict(list(carts.items())[-_MOST_CARTS:])
