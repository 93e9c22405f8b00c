"""What a product of a page costs this visitor, as its card in the reader asks: lists of prices may be their own."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_safe

from masthead.library.selectors import edition_at
from masthead.orders.checking import amount_text, key_of
from masthead.orders.pricing import Prices, scale_of, usual_of
from masthead.orders.selectors import Product, options_of, products_named
from masthead.site.answering import Served
from masthead.site.cart_pages import private
from masthead.site.carting import Counter
from masthead.site.reading import open_edition


@require_safe
def product(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The prices of a product and its options, by code; none of what lies on no page that this visitor may read."""

    def send(served: Served) -> HttpResponseBase:
        return private(_told(Counter(request, edition_at(publication, slug))))

    return open_edition(request, publication, slug, None, send, partly=True)


def _told(counter: Counter) -> HttpResponse:
    key = key_of(counter.request.GET.get("code", "")[:120])
    found = products_named(counter.edition.publication_id, [key]).get(key) if key in counter.within else None
    rows = {row.pk: row for row in [found, *options_of(found)]} if found is not None and found.is_offered else {}
    own, others = counter.prices(list(rows))
    return JsonResponse({"products": [_said(row, own, others) for row in rows.values()]})


def _said(product: Product, own: Prices, others: Prices) -> dict[str, Any]:
    steps = [(least, amount_text(price, product.currency)) for least, price in scale_of(product, own)]
    said: dict[str, Any] = {"code": product.code, "currency": product.currency}
    if not steps:
        return said
    said["price"] = steps[0][1]
    said["scale"] = [{"least": least, "price": price} for least, price in steps[1:]]
    usual = usual_of(product, own, others)
    return said if usual is None else {**said, "usual": amount_text(usual, product.currency)}
