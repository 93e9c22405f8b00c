"""The cart as a page that needs no script, a product on a page of its own, and the cart as a spreadsheet."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from masthead import wording
from masthead.document.errors import MastheadError
from masthead.faces.failures import failure_response
from masthead.faces.languages import language_of
from masthead.faces.spreadsheets import csv_response
from masthead.library.selectors import edition_at
from masthead.orders.carts import Change, Deed, lines_read, sources_read
from masthead.orders.checking import amount_text, key_of
from masthead.orders.errors import CartFullError, OrderingClosedError
from masthead.orders.selectors import options_of
from masthead.site.answering import Served
from masthead.site.carting import Counter
from masthead.site.counted import counted
from masthead.site.order_words import rows_of, scale_rows, taxes_in, total_of, usual_price
from masthead.site.presenting import look_of
from masthead.site.reading import address_of, open_edition
from masthead.site.shown import Shown
from masthead.statistics.kinds import Kind

ADDED_WORDS = "{name} is in the cart."
CHANGED_WORDS = "The cart is changed."
NUMBER_WORDS = "Write a whole number."
COLUMN_WORDS = ("Code", "Description", "Quantity", "Item price", "Price", "Currency")
Page = Callable[[Counter], HttpResponse]


def at_counter(
    request: HttpRequest, publication: str, slug: str, page: Page, *, closed: Page | None = None
) -> HttpResponseBase:
    """Answer with `page` where this visitor may read at least a part of the edition, and orders are taken from it."""

    def send(served: Served) -> HttpResponseBase:
        counter = Counter(request, edition_at(publication, slug))
        if not counter.is_open:
            return private((closed or closed_page)(counter))
        return private(page(counter))

    return open_edition(request, publication, slug, None, send, partly=True)


@require_http_methods(["GET", "HEAD", "POST"])
def cart(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The cart: quantities changed, lines removed, all removed."""
    return at_counter(request, publication, slug, _cart)


@require_http_methods(["GET", "HEAD", "POST"])
def product(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """A product of a page with the button that puts it into the cart."""
    return at_counter(request, publication, slug, _product)


@require_safe
def spreadsheet(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The cart as CSV."""

    def send(counter: Counter) -> HttpResponse:
        words = wording.translator(language_of(request))
        kept = counter.cart()
        offer = counter.of_cart(kept)
        lines = [
            [
                line.code,
                line.product.full_name if line.product else "",
                line.quantity,
                amount_text(line.price, offer.currency) if line.product and not line.obstacle else "",
                amount_text(line.amount, offer.currency) if not line.obstacle else "",
                offer.currency,
            ]
            for line in offer.lines
        ]
        return csv_response(f"{publication}-{slug}-cart", [words.text(name) for name in COLUMN_WORDS], lines)

    return at_counter(request, publication, slug, send)


def closed_page(counter: Counter) -> HttpResponse:
    """No orders are taken, or not any more."""
    error = OrderingClosedError
    return failure_response(counter.request, HTTPStatus.NOT_FOUND, (error.sentence, error.hint))


def about(counter: Counter) -> dict[str, Any]:
    """What every page at the counter shows."""
    edition, shown = counter.edition, Shown(counter.edition)
    slugs = [edition.publication.slug, edition.slug]
    return {
        "edition": edition,
        "publication": edition.publication,
        "look": look_of(edition.publication),
        "shown": shown,
        "home": address_of(edition),
        "is_live": counter.is_live,
        "cart_address": reverse("edition-cart", args=slugs),
        "csv_address": reverse("edition-cart-csv", args=slugs),
        "order_address": reverse("edition-order", args=slugs),
        "product_address": reverse("edition-product", args=slugs),
    }


def private(response: HttpResponseBase) -> HttpResponseBase:
    """It is this visitor's alone, and nothing for search engines."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def _cart(counter: Counter) -> HttpResponse:
    request, words = counter.request, wording.translator(language_of(counter.request))
    mistakes: dict[str, str] = {}
    if "lines" in request.GET and request.method != "POST":
        return _brought(counter, words)
    if request.method == "POST" and "bring" in request.POST:
        lines, sources = _lines(request.POST.get("lines", ""))
        counter.change(name=request.POST.get("cart", "")[:20], brought=lines, sources=sources)
        return to_cart(counter)
    if request.method == "POST":
        changes, mistakes = _changes(request, words)
        if not mistakes:
            counter.change(changes)
            messages.success(request, words.text(CHANGED_WORDS))
            where = "edition-order" if "order" in request.POST else "edition-cart"
            slugs = [counter.edition.publication.slug, counter.edition.slug]
            return HttpResponseRedirect(reverse(where, args=slugs), status=HTTPStatus.SEE_OTHER)
    kept = counter.cart()
    offer = counter.of_cart(kept)
    typed = dict(zip(request.POST.getlist("key"), request.POST.getlist("quantity"), strict=False))
    values = {
        **about(counter),
        "rows": rows_of(counter, offer, words, kept.sources if kept else None),
        "total": total_of(offer, words),
        "taxes": taxes_in(offer, words),
        "is_fine": offer.is_fine,
        "mistakes": mistakes,
        "typed": typed if mistakes else {},
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if mistakes else HTTPStatus.OK
    return render(request, "site/cart.html", values, status=status)


def _brought(counter: Counter, words: wording.Translator) -> HttpResponse:
    """What a reader in another site's frame brings along, where browsers let it keep nothing here: to be confirmed."""
    lines, sources = _lines(counter.request.GET["lines"])
    offer = counter.offer(lines, sources)
    values = {
        **about(counter),
        "rows": rows_of(counter, offer, words, sources),
        "total": total_of(offer, words),
        "lines": json.dumps([[key, number, sources.get(key, "")] for key, number in lines.items()]),
        "cart": counter.request.GET.get("cart", "")[:20],
    }
    return render(counter.request, "site/cart_bring.html", values)


def _lines(said: str) -> tuple[dict[str, int], dict[str, str]]:
    try:
        found = json.loads(said[:20_000])
        return lines_read(found), sources_read(found)
    except (ValueError, MastheadError):
        return {}, {}


def to_cart(counter: Counter) -> HttpResponse:
    """Go to the cart."""
    slugs = [counter.edition.publication.slug, counter.edition.slug]
    return HttpResponseRedirect(reverse("edition-cart", args=slugs), status=HTTPStatus.SEE_OTHER)


def _changes(request: HttpRequest, words: wording.Translator) -> tuple[list[Change], dict[str, str]]:
    """What the form wants, and what is no number in it, by the key of the line."""
    said = request.POST
    keys = said.getlist("key")[:200]
    if "clear" in said:
        return [_set(key, 0) for key in keys], {}
    if "remove" in said:
        return [_set(said["remove"], 0)], {}
    changes, mistakes = [], {}
    for key, typed in zip(keys, said.getlist("quantity"), strict=False):
        number = number_of(typed)
        if number is None:
            mistakes[key] = words.text(NUMBER_WORDS)
        else:
            changes.append(_set(key, number))
    return changes, mistakes


def number_of(typed: str) -> int | None:
    """A quantity as somebody types it, in the digits of any script; None where it is none."""
    plain = "".join(typed.split())
    return int(plain) if plain.isdecimal() and len(plain) < 8 else None


def _set(key: str, quantity: int) -> Change:
    return Change(secrets.token_urlsafe(9), Deed.SET, key, quantity)


def _product(counter: Counter) -> HttpResponse:
    request, words = counter.request, wording.translator(language_of(counter.request))
    key = key_of(request.GET.get("code", "")[:120])
    found = counter.offer({key: 1}).lines[0].product
    if found is None or not found.is_offered:
        return failure_response(request, HTTPStatus.NOT_FOUND)
    row = rows_of(counter, counter.offer({key: found.minimum}), words)[0]
    own, others = counter.prices([found.pk])
    mistake, typed = "", str(found.minimum)
    if request.method == "POST":
        typed = request.POST.get("quantity", "")
        number = number_of(typed)
        if not number:
            mistake = words.text(NUMBER_WORDS)
        else:
            change = Change(request.POST.get("change", "")[:40] or secrets.token_urlsafe(9), Deed.ADD, key, number)
            try:
                counter.change([change])
            except CartFullError as error:
                mistake = sentence_of(error, words)
            else:
                counted(request, HttpResponse(), Kind.CART, page=row.page, name=key)
                messages.success(request, words.text(ADDED_WORDS, name=found.full_name))
                slugs = [counter.edition.publication.slug, counter.edition.slug]
                return HttpResponseRedirect(reverse("edition-cart", args=slugs), status=HTTPStatus.SEE_OTHER)
    values = {
        **about(counter),
        "row": row,
        "product": found,
        "usual": usual_price(found, own, others, words.language),
        "scale": scale_rows(found, own, words.language),
        "options": [one for one in options_of(found) if one.key in counter.within],
        "mistake": mistake,
        "typed": typed,
        "change": secrets.token_urlsafe(9),
    }
    if request.method == "GET":
        counted(request, HttpResponse(), Kind.PRODUCT, page=row.page, name=key)
    return render(request, "site/product.html", values, status=HTTPStatus.UNPROCESSABLE_ENTITY if mistake else 200)


def sentence_of(error: MastheadError, words: wording.Translator) -> str:
    """A refusal in words."""
    return f"{words.text(error.sentence)} {words.text(error.hint)}"
