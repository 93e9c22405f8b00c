"""The order form, and the page of an order that was sent; both work without a script."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from masthead import wording
from masthead.access.tries import try_once
from masthead.document.errors import MastheadError
from masthead.exports.frame.overlays import price_of
from masthead.faces.languages import language_of
from masthead.faces.visitors import network_address
from masthead.orders.carts import lines_read, sources_read
from masthead.orders.errors import OrderChangedError, OrderEmptyError, OrderFormError, OrderKeyError
from masthead.orders.filling_in import filled_in
from masthead.orders.placing import order_place
from masthead.orders.pricing import Offer
from masthead.orders.selectors import Checkout, Order, last_particulars, order_with_key
from masthead.site.announced_facts import origin_of
from masthead.site.cart_pages import about, at_counter, sentence_of
from masthead.site.carting import Counter
from masthead.site.handing_on import handed_over, shop_of
from masthead.site.looking_at_orders import sent_address
from masthead.site.order_form import FilledIn, first_values
from masthead.site.order_words import Row, rows_of, taxes_in, total_of

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
    sources: dict[str, str] = field(default_factory=dict)  # the editions in which it was chosen
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


def _order(counter: Counter) -> HttpResponse:
    request, words = counter.request, wording.translator(language_of(counter.request))
    shop = shop_of(counter)
    if shop is not None and counter.is_live:
        return _on_to(counter, shop)
    before = _before(counter)
    if request.method != "POST" or not counter.is_live:
        kept = counter.cart()
        sending = Sending({}, secrets.token_urlsafe(16))
        if kept:
            sending.wanted, sending.sources = dict(kept.lines), dict(kept.sources)
        offer = counter.offer(sending.wanted, sending.sources)
        if not offer.is_fine:
            return _to_cart(counter)
        form = FilledIn(asked=counter.asked, words=words, initial=before, auto_id="order-%s")
        return _shown(counter, form, sending, offer, words)
    form = FilledIn(request.POST, asked=counter.asked, words=words, auto_id="order-%s")
    sending = _sending(request)
    request.session[_DRAFT] = form.said()
    try:
        placed = _place(counter, form, sending, words)
    except OrderEmptyError:
        return _to_cart(counter)
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
    offer = counter.offer(sending.wanted, sending.sources)
    if not offer.lines:
        return _to_cart(counter)
    return _shown(counter, form, sending, offer, words)


def _on_to(counter: Counter, shop: Checkout) -> HttpResponse:
    """Orders are taken at the publisher's own shop, and not here."""
    kept = counter.cart()
    offer = counter.of_cart(kept)
    return handed_over(counter, shop, offer) if offer.is_fine else _to_cart(counter)


def _place(counter: Counter, form: FilledIn, sending: Sending, words: wording.Translator) -> Order:
    places = counter.places(sending.wanted, sending.sources)
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
        within=places.keys(),
        chosen_in={key: place.edition.pk for key, place in places.items()},
        origin=origin_of(counter.request),
    )


def _sending(request: HttpRequest) -> Sending:
    """What the form carries. It is compared with what is so now, so that nobody gains by changing it."""
    said = request.POST
    try:
        lines = json.loads(said.get("lines", "[]"))
        wanted, sources = lines_read(lines), sources_read(lines)
        seen = {str(line[0]): str(line[2]) for line in lines}
    except (ValueError, TypeError, IndexError, KeyError, MastheadError):
        wanted, sources, seen = {}, {}, {}
    key = said.get("order", "")[:64] or secrets.token_urlsafe(16)
    return Sending(wanted, key, sources, said.get("seal", "")[:20_000], seen)


def _look_again(counter: Counter, sending: Sending, words: wording.Translator) -> None:
    """Take out what cannot be ordered any more, and say what has changed."""
    offer = counter.offer(sending.wanted, sending.sources)
    rows = rows_of(counter, offer, words, sending.sources)
    sending.left_out = [row for row in rows if row.trouble]
    gone = {row.key for row in sending.left_out}
    sending.wanted = {key: number for key, number in sending.wanted.items() if key not in gone}
    said = [CHANGED_WORDS, *([LEFT_WORDS] if gone else [])]
    sending.notice, sending.status = " ".join(map(words.text, said)), HTTPStatus.CONFLICT


def _shown(counter: Counter, form: FilledIn, sending: Sending, offer: Offer, words: wording.Translator) -> HttpResponse:
    rows = rows_of(counter, offer, words, sending.sources)
    for name, sentence in sending.mistakes.items():
        form.add_error(name, sentence)
    now = {row.key: row.plain_amount for row in rows}
    values = {
        **about(counter),
        "form": form,
        "rows": rows,
        "total": total_of(offer, words),
        "taxes": taxes_in(offer, words),
        "lines": json.dumps([[row.key, row.quantity, row.plain_amount, row.source] for row in rows]),
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


def _to_cart(counter: Counter) -> HttpResponse:
    slugs = [counter.edition.publication.slug, counter.edition.slug]
    return HttpResponseRedirect(reverse("edition-cart", args=slugs), status=HTTPStatus.SEE_OTHER)


def _before(counter: Counter) -> dict[str, str]:
    """What stands in the form at first; nothing is typed twice."""
    draft = counter.request.session.get(_DRAFT)
    before = draft if draft is not None else last_particulars(counter.person, counter.edition)
    return first_values(counter.request, counter.person, before)
