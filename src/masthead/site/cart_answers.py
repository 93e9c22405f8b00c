"""The cart as the reader on a device asks for it: it tells what was changed there, and hears what the cart is now."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_http_methods

from masthead import wording
from masthead.access.tries import try_once
from masthead.document.errors import MastheadError
from masthead.faces.languages import asked_language, language_of
from masthead.faces.visitors import network_address
from masthead.orders.carts import Kept, changes_read, lines_read, sources_read
from masthead.orders.errors import CartFullError, CartUnreadableError
from masthead.site.cart_pages import at_counter
from masthead.site.carting import Counter
from masthead.site.order_words import Row, rows_of, taxes_in, total_of

_ASKED = 600  # changes of a visitor in ten minutes
_MOST_BYTES = 60_000


@require_http_methods(["GET", "HEAD", "POST"])
def cart(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The cart with prices as they are now; POST takes changes, and what the device kept while it knew no better."""
    return at_counter(request, publication, slug, _answer, closed=_closed)


def _answer(counter: Counter) -> HttpResponse:
    if counter.request.method != "POST":
        return _told(counter, counter.cart())
    try:
        try_once("carts", network_address(counter.request) or "unknown", limit=_ASKED)
        kept = _taken(counter)
    except CartUnreadableError as error:
        return _refused(error, HTTPStatus.BAD_REQUEST)
    except CartFullError as error:
        return _refused(error, HTTPStatus.CONFLICT)
    except MastheadError as error:
        return _refused(error, HTTPStatus.TOO_MANY_REQUESTS)
    return _told(counter, kept)


def _taken(counter: Counter) -> Kept:
    body = counter.request.body
    try:
        said = json.loads(body) if len(body) <= _MOST_BYTES else None
    except ValueError as error:
        raise CartUnreadableError("json") from error
    if not isinstance(said, dict):
        raise CartUnreadableError("json")
    changes = changes_read(said.get("changes", []))
    # A cart of an account is there, and not the device's to bring; one of the visit may be over.
    lines = said.get("lines", []) if not said.get("account") else []
    return counter.change(changes, str(said.get("cart", ""))[:20], lines_read(lines), sources_read(lines))


def _told(counter: Counter, kept: Kept | None) -> HttpResponse:
    request = counter.request
    words = wording.translator(asked_language(request) or language_of(request))
    offer = counter.of_cart(kept)
    said: dict[str, Any] = {
        "token": get_token(request),
        "cart": kept.name if kept else "",
        "account": counter.person is not None,
        "live": counter.is_live,
        "fine": offer.is_fine,
        "lines": [_line(row) for row in rows_of(counter, offer, words, kept.sources if kept else None)],
        "total": total_of(offer, words),
        "taxes": taxes_in(offer, words),
    }
    return JsonResponse(said)


def _line(row: Row) -> dict[str, Any]:
    said = {
        "key": row.key,
        "code": row.code,
        "name": row.name,
        "quantity": row.quantity,
        "minimum": row.minimum,
        "step": row.step,
        "price": row.price,
        "amount": row.amount,
        "trouble": row.trouble,
        "picture": row.picture,
        "page": row.page,
        "from": row.source,
        "edition": row.edition,
        "address": f"{row.home}page/{row.page}" if row.edition else "",
    }
    return {name: value for name, value in said.items() if value}


def _closed(counter: Counter) -> HttpResponse:
    return JsonResponse({"code": "ordering_closed"}, status=HTTPStatus.NOT_FOUND)


def _refused(error: MastheadError, status: HTTPStatus) -> HttpResponse:
    return JsonResponse({"code": error.code, "sentence": error.sentence, "hint": error.hint}, status=status)
