"""The page of an order that was sent: for whoever has its address, which nobody can guess."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from masthead import wording
from masthead.access.rules import may_read
from masthead.exports.frame.overlays import price_of
from masthead.faces.languages import language_of
from masthead.faces.looks import person_of
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition, edition_at
from masthead.orders.checkout import checkout_of
from masthead.orders.letters import particulars_of
from masthead.orders.letters import rows_of as ordered_rows
from masthead.orders.placing import id_of, token_of
from masthead.orders.selectors import Order, order_sent
from masthead.orders.working import WORD_OF, Status
from masthead.site.cart_pages import private
from masthead.site.missing import missing
from masthead.site.presenting import look_of
from masthead.site.proofs import opened
from masthead.site.reading import address_of, refused
from masthead.site.shown import Shown

Page = Callable[[Order, Edition], HttpResponseBase]


@require_safe
def sent(request: HttpRequest, publication: str, slug: str, token: str) -> HttpResponseBase:
    """The order as it was sent."""

    def page(order: Order, edition: Edition) -> HttpResponseBase:
        return render(request, "site/order_sent.html", _sent_values(request, order, edition))

    return at_order(request, publication, slug, token, page)


def at_order(request: HttpRequest, publication: str, slug: str, token: str, page: Page) -> HttpResponseBase:
    """Answer with `page` for whoever has the address of an order, as long as the edition is not closed to them.

    Their own order stays with those who signed in, and one of an edition that was withdrawn with everybody who sent it.
    An order that does not say any more who sent it is nobody's.
    """
    try:
        edition = edition_at(publication, slug)
    except NotFoundError:
        return missing(request, publication, slug)
    person = person_of(request)
    given = may_read(person, edition, None, opened(request))
    found = order_sent(id_of(token))
    if found is None or found.edition_id != edition.pk or found.erased_at:
        return refused(request, edition, given, None) if not given.allowed else missing(request, publication, slug)
    is_own = person is not None and found.person_id == person.pk
    if given.is_restricted and not given.allowed and not is_own:
        return refused(request, edition, given, None)
    return private(page(found, edition))


def sent_address(placed: Order, edition: Edition) -> str:
    """Where an order shows itself."""
    return reverse("edition-order-sent", args=[edition.publication.slug, edition.slug, token_of(placed)])


def _sent_values(request: HttpRequest, found: Order, edition: Edition) -> dict[str, Any]:
    words = wording.translator(language_of(request))
    checkout = checkout_of(edition.publication_id)
    is_to_pay = checkout is not None and checkout.payment_address and found.payment != "paid"
    slugs = [edition.publication.slug, edition.slug, token_of(found)]
    return {
        "order": found,
        "status": words.text(WORD_OF[Status(found.status)]),
        "email": found.particulars.get("email", ""),
        "rows": ordered_rows(found, list(found.lines.all()), words.language),
        "facts": particulars_of(found, words),
        "total": price_of(str(found.total), found.currency, words.language),
        "pay_address": reverse("edition-order-pay", args=slugs) if is_to_pay else "",
        "edition": edition,
        "publication": edition.publication,
        "look": look_of(edition.publication),
        "shown": Shown(edition),
        "home": address_of(edition),
        "time_zone": edition.publication.publisher.time_zone,
    }
