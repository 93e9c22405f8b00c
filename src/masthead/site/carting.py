"""What can be ordered from an edition by this visitor, and the cart they have: with their account, or for the visit.

There is one cart for all editions of a publication. Each line is ordered from the edition in which it was chosen, so
that edition is asked whether this visitor may read the page on which it lies.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from django.http import HttpRequest

from masthead.accounts.selectors import User
from masthead.document.overlays import Overlay
from masthead.faces.looks import person_of
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition, edition_at
from masthead.orders.asking import Asked, asked_of
from masthead.orders.carts import Change, Kept, Lines, Sources, cart_change, cart_of
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


class Place(NamedTuple):
    """Where a product lies that this visitor may order."""

    edition: Edition
    overlay: Overlay


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

    def places(self, wanted: Iterable[str], sources: Sources | None = None) -> dict[str, Place]:
        """Where the products with these keys lie, here or in the edition in which they were chosen.

        None of one that lies where this visitor may not read, or where no orders are taken: it cannot be ordered.
        """
        found: dict[str, Place] = {}
        others: dict[str, Counter | None] = {}
        for key in wanted:
            slug = (sources or {}).get(key, "")
            if key in self.within:
                found[key] = Place(self.edition, self.within[key])
            elif slug:
                if slug not in others:
                    others[slug] = self._beside(slug)
                other = others[slug]
                if other is not None and key in other.within:
                    found[key] = Place(other.edition, other.within[key])
        return found

    def offer(self, wanted: Mapping[str, int], sources: Sources | None = None) -> Offer:
        """What these come to now."""
        within = self.places(wanted, sources).keys()
        return order_offer(edition=self.edition, wanted=wanted, by=self.person, within=within)

    def of_cart(self, kept: Kept | None) -> Offer:
        """What a cart comes to now."""
        return self.offer(kept.lines, kept.sources) if kept else self.offer({})

    def _beside(self, slug: str) -> Counter | None:
        """The counter of another edition of the publication; None where nothing can be ordered from it."""
        try:
            other = Counter(self.request, edition_at(self.edition.publication.slug, slug))
        except NotFoundError:
            return None
        return other if other.is_live and other.is_open else None

    def prices(self, product_ids: Collection[str]) -> tuple[Prices, Prices]:
        """What this visitor pays for products by lists, and what everybody does."""
        everybody = prices_for(None, self.edition.publication_id, product_ids)
        if self.person is None:
            return everybody, everybody
        return prices_for(self.person, self.edition.publication_id, product_ids), everybody

    def cart(self) -> Kept | None:
        """The cart as it is; what was chosen before signing in has come into it."""
        visit, publication_id = self._of_visit(), self.edition.publication_id
        if self.person is None:
            return visit
        if visit is not None and visit.lines:
            try:
                kept = cart_change(
                    by=self.person,
                    publication_id=publication_id,
                    name=visit.name,
                    brought=visit.lines,
                    sources=visit.sources,
                )
            except CartFullError:
                return cart_of(self.person, publication_id)  # what does not fit stays with the visit
            self._keep(None)
            return kept
        return cart_of(self.person, publication_id)

    def change(
        self,
        changes: Iterable[Change] = (),
        name: str = "",
        brought: Lines | None = None,
        sources: Sources | None = None,
    ) -> Kept:
        """Take changes and what a device brings: chosen here, where they do not say otherwise. Raises CartFullError."""
        before, here = self.cart(), self.edition.slug
        wishes = [change if change.source else replace(change, source=here) for change in changes]
        chosen = dict.fromkeys(brought or {}, here) | dict(sources or {})
        if self.person is not None:
            return cart_change(
                by=self.person,
                publication_id=self.edition.publication_id,
                changes=wishes,
                name=name,
                brought=brought,
                sources=chosen,
            )
        kept = (before or Kept()).with_cart(name, brought or {}, chosen).with_changes(wishes)
        if kept != before:
            self._keep(kept)
        return kept

    def ordered(self, wanted: Lines) -> None:
        """Take what was ordered out of the cart of the visit; that of an account belongs to the order itself."""
        visit = self._of_visit()
        if visit is not None and self.person is None:
            self._keep(visit.without(wanted))

    def _of_visit(self) -> Kept | None:
        said: Any = self.request.session.get(_CARTS, {}).get(self.edition.publication_id)
        return Kept.read(said) if said else None

    def _keep(self, kept: Kept | None) -> None:
        own = self.edition.publication_id
        carts = {name: said for name, said in self.request.session.get(_CARTS, {}).items() if name != own}
        if kept is not None:
            carts[own] = kept.written()
        self.request.session[_CARTS] = dict(list(carts.items())[-_MOST_CARTS:])
