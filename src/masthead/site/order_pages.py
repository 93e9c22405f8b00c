"""The order form, and the page of an order that was sent; both work without a script."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from masthead import wording
from masthead.access.rules import may_read
from masthead.access.tries import try_once
from masthead.document.errors import MastheadError
from masthead.exports.frame.overlays import price_of
from masthead.faces.languages import language_of
from masthead.faces.looks import person_of
from masthead.faces.visitors import network_address
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition, edition_at
from masthead.orders.carts import lines_read
from masthead.orders.errors import OrderChangedError, OrderEmptyError, OrderFormError, OrderKeyError
from masthead.orders.filling_in import filled_in
from masthead.orders.letters import particulars_of
from masthead.orders.letters import rows_of as ordered_rows
from masthead.orders.placing import id_of, order_place, token_of
from masthead.orders.pricing import Offer
from masthead.orders.selectors import Order, last_particulars, order_sent, order_with_key
from masthead.orders.working import WORD_OF, Status
from masthead.site.announced_facts import origin_of
from masthead.site.cart_pages import about, at_counter, files_at, private, sentence_of, to_cart
from masthead.site.carting import Counter
from masthead.site.missing import missing
from masthead.site.order_form import FilledIn, first_values
from masthead.site.order_words import PAYMENT_WORDS, Row, rows_of, taxes_in, total_of
from masthead.site.paying import pay_address
from masthead.site.presenting import look_of
from masthead.site.proofs import opened
from masthead.site.reading import address_of, refused
from masthead.site.shown import Shown

_DRAFT = "order_draft"  # what was typed and not yet sent, for the visit
_FOR_AN_ADDRESS, _FOR_A_VISITOR = 20, 400  # orders in ten minutes
CHANGED_WORDS = (
    "Prices or stock have changed since you looked. Nothing was ordered yet: look at it as it is now, and send it "
    "if it is what you want."
)
LEFT_WORDS = "What cannot be ordered any more is left out."


@dataclass
class Sending:
    """An order on its way: what is wanted, under which key, what the person saw, and what became of it."""

    wanted: dict[str, int]
    key: str
    seal: str = ""
    seen: Mapping[str, str] = field(default_factory=dict)  # amounts, by key
    notice: str = ""
    left_out: list[Row] = field(default_factory=list)
    mistakes: dict[str, str] = field(default_factory=dict)
    status: HTTPStatus = HTTPStatus.OK


@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The form with what it is for; sent, it leads to the order's own page."""
    return at_counter(request, publication, slug, _order)


@require_safe
def sent(request: HttpRequest, publication: str, slug: str, token: str) -> HttpResponseBase:
    """An order as it was sent: for whoever has its address, as long as the edition is not closed to them.

    Their own order stays with those who signed in, and one of an edition that was withdrawn with everybody who sent it.
    """
    try:
        edition = edition_at(publication, slug)
    except NotFoundError:
        return missing(request, publication, slug)
    person = person_of(request)
    given = may_read(person, edition, None, opened(request))
    found = order_sent(id_of(token))
    if found is None or found.edition_id != edition.pk:
        return refused(request, edition, given, None) if not given.allowed else missing(request, publication, slug)
    is_own = person is not None and found.person_id == person.pk
    if given.is_restricted and not given.allowed and not is_own:
        return refused(request, edition, given, None)
    return private(render(request, "site/order_sent.html", _sent_values(request, found, edition)))


def _sent_values(request: HttpRequest, found: Order, edition: Edition) -> dict[str, Any]:
    words = wording.translator(language_of(request))
    return {
        "order": found,
        "rows": ordered_rows(found, list(found.lines.all()), words.language),
        "facts": particulars_of(found, words),
        "total": price_of(str(found.total), found.currency, words.language),
        "edition": edition,
        "publication": edition.publication,
        "look": look_of(edition.publication),
        "shown": Shown(edition),
        "home": address_of(edition),
        "time_zone": edition.publication.publisher.time_zone,
        "status": words.text(WORD_OF[Status(found.status)]),
        "payment": words.text(PAYMENT_WORDS[found.payment]) if found.payment else "",
        "pay_address": pay_address(found, edition),
        "email": found.particulars.get("email", ""),
    }


def _order(counter: Counter) -> HttpResponse:
    request, words = counter.request, wording.translator(language_of(counter.request))
    if counter.goes_on_at_a_shop:
        return _elsewhere(counter, words)
    before = _before(counter)
    if request.method != "POST" or not counter.is_live:
        kept = counter.cart()
        sending = Sending(dict(kept.lines) if kept else {}, secrets.token_urlsafe(16))
        offer = counter.offer(sending.wanted)
        if not offer.is_fine:
            return to_cart(counter)
        form = FilledIn(asked=counter.asked, words=words, initial=before, auto_id="order-%s")
        return _shown(counter, form, sending, offer, words)
    form = FilledIn(request.POST, asked=counter.asked, words=words, auto_id="order-%s")
    sending = _sending(request)
    request.session[_DRAFT] = form.said()
    try:
        placed = _place(counter, form, sending, words)
    except OrderEmptyError:
        return to_cart(counter)
    except OrderKeyError as error:
        sending.notice, sending.status = sentence_of(error, words), HTTPStatus.CONFLICT
        return _already(counter, sending, words)
    except OrderFormError as error:
        sending.mistakes, sending.status = error.mistakes, HTTPStatus.UNPROCESSABLE_ENTITY
    except OrderChangedError:
        _look_again(counter, sending, words)
    except MastheadError as error:
        sending.notice, sending.status = sentence_of(error, words), HTTPStatus.TOO_MANY_REQUESTS
    else:
        counter.ordered(sending.wanted)
        request.session.pop(_DRAFT, None)
        return HttpResponseRedirect(sent_address(placed, counter.edition), status=HTTPStatus.SEE_OTHER)
    offer = counter.offer(sending.wanted)
    if not offer.lines:
        return to_cart(counter)
    return _shown(counter, form, sending, offer, words)


def sent_address(placed: Order, edition: Edition) -> str:
    """Where an order shows itself."""
    return reverse("edition-order-sent", args=[edition.publication.slug, edition.slug, token_of(placed)])


def _place(counter: Counter, form: FilledIn, sending: Sending, words: wording.Translator) -> Order:
    particulars = filled_in(counter.asked, form.said(), words)
    try_once("order", particulars["email"].lower(), limit=_FOR_AN_ADDRESS)
    try_once("orders", network_address(counter.request) or "unknown", limit=_FOR_A_VISITOR)
    return order_place(
        by=counter.person,
        edition=counter.edition,
        wanted=sending.wanted,
        particulars=particulars,
        seal=sending.seal,
        key=sending.key,
        orders_to=counter.asked.orders_to,
        language=words.language,
        within=counter.allowed,
        origin=origin_of(counter.request),
    )


def _sending(request: HttpRequest) -> Sending:
    """What the form carries. It is compared with what is so now, so that nobody gains by changing it."""
    said = request.POST
    try:
        lines = json.loads(said.get("lines", "[]"))
        wanted = lines_read([line[:2] for line in lines])
        seen = {str(line[0]): str(line[2]) for line in lines}
    except (ValueError, TypeError, IndexError, KeyError, MastheadError):
        wanted, seen = {}, {}
    return Sending(wanted, said.get("order", "")[:64] or secrets.token_urlsafe(16), said.get("seal", "")[:20_000], seen)


def _look_again(counter: Counter, sending: Sending, words: wording.Translator) -> None:
    """Take out what cannot be ordered any more, and say what has changed."""
    offer = counter.offer(sending.wanted)
    rows = rows_of(offer, counter.within, files_at(counter), words)
    sending.left_out = [row for row in rows if row.trouble]
    gone = {row.key for row in sending.left_out}
    sending.wanted = {key: number for key, number in sending.wanted.items() if key not in gone}
    said = [CHANGED_WORDS, *([LEFT_WORDS] if gone else [])]
    sending.notice, sending.status = " ".join(map(words.text, said)), HTTPStatus.CONFLICT


def _shown(counter: Counter, form: FilledIn, sending: Sending, offer: Offer, words: wording.Translator) -> HttpResponse:
    rows = rows_of(offer, counter.within, files_at(counter), words)
    for name, sentence in sending.mistakes.items():
        form.add_error(name, sentence)
    now = {row.key: row.plain_amount for row in rows}
    values = {
        **about(counter),
        "form": form,
        "rows": rows,
        "total": total_of(offer, words),
        "taxes": taxes_in(offer, words),
        "lines": json.dumps([[row.key, row.quantity, row.plain_amount] for row in rows]),
        "seal": offer.seal,
        "order": sending.key,
        "notice": sending.notice,
        "left_out": sending.left_out,
        "was": {
            key: price_of(amount, offer.currency, words.language)
            for key, amount in sending.seen.items()
            if sending.notice and key in now and amount != now[key]
        },
        "mistakes": [(name, form.labels()[name], sentence) for name, sentence in sending.mistakes.items()],
    }
    return render(counter.request, "site/order.html", values, status=sending.status)


def _already(counter: Counter, sending: Sending, words: wording.Translator) -> HttpResponse:
    """The form was sent before with something else in it: that order is shown, nothing new was made."""
    found = order_with_key(counter.edition, sending.key)
    values = {**about(counter), "notice": sending.notice}
    values["sent_address"] = sent_address(found, counter.edition) if found else ""
    return render(counter.request, "site/order_already.html", values, status=sending.status)


def _elsewhere(counter: Counter, words: wording.Translator) -> HttpResponse:
    """The publisher's own shop takes the order: the reader is told so, and goes on there by a link."""
    kept = counter.cart()
    offer = counter.offer(kept.lines if kept else {})
    if not offer.is_fine:
        return to_cart(counter)
    slugs = [counter.edition.publication.slug, counter.edition.slug]
    values = {
        **about(counter),
        "rows": rows_of(offer, counter.within, files_at(counter), words),
        "total": total_of(offer, words),
        "taxes": taxes_in(offer, words),
        "shop": urlsplit(counter.checkout.shop_address).hostname if counter.checkout else "",
        "shop_address": reverse("edition-cart-shop", args=slugs),
    }
    return render(counter.request, "site/order_elsewhere.html", values)


def _before(counter: Counter) -> dict[str, str]:
    """What stands in the form at first; nothing is typed twice."""
    draft = counter.request.session.get(_DRAFT)
    before = draft if draft is not None else last_particulars(counter.person, counter.edition)
    return first_values(counter.request, counter.person, before)
