"""The orders that somebody sent while signed in, with their account."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from masthead import wording
from masthead.accounts.selectors import User
from masthead.exports.frame.overlays import price_of
from masthead.faces.languages import language_of
from masthead.orders.selectors import Order, orders_of
from masthead.orders.working import WORD_OF, Status
from masthead.site.looking_at_orders import sent_address
from masthead.site.my_account import mine

_A_PAGE = 20


@require_safe
@mine
def orders(request: HttpRequest, person: User) -> HttpResponse:
    """All of them, newest first."""
    page = Paginator(orders_of(person), _A_PAGE).get_page(request.GET.get("page"))
    language = language_of(request)
    words = wording.translator(language)
    rows = [
        (row, _address(row), price_of(str(row.total), row.currency, language), words.text(WORD_OF[Status(row.status)]))
        for row in page.object_list
    ]
    return render(request, "site/my_orders.html", {"rows": rows, "page": page})


def _address(order: Order) -> str:
    return sent_address(order, order.edition) if order.edition is not None else ""
