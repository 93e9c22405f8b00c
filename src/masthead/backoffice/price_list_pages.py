"""Price lists of a publication in the back office: for whom they are, and what products cost in them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from masthead.access.subscribing import Subscription, subscriptions_offered
from masthead.accounts.selectors import User
from masthead.backoffice.forms import refuse
from masthead.backoffice.framing import say, show
from masthead.backoffice.product_pages import sold_in
from masthead.backoffice.staff import staff
from masthead.exports.frame.overlays import price_of
from masthead.faces.languages import language_of
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Publication
from masthead.orders.errors import PriceListInvalidError, ProductInvalidError
from masthead.orders.price_lists import (
    list_price_set,
    price_list_change,
    price_list_create,
    price_list_get,
    price_list_list,
    price_list_remove,
    prices_in,
)
from masthead.orders.selectors import ListPrice, PriceList, codes_offered

_A_PAGE = 50
SAVED_WORDS = "Saved."
REMOVED_WORDS = "The price list is removed."


class PriceListForm(forms.Form):
    """What a price list is called, and for whom it is."""

    name = forms.CharField(max_length=120, required=False)
    is_for_all = forms.BooleanField(required=False)
    subscriptions = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    domains = forms.CharField(required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, offered: list[Subscription], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offered = offered
        field = self.fields["subscriptions"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(row.pk, row.name) for row in offered]

    def said(self) -> dict[str, Any]:
        """What the service is told."""
        kept = self.cleaned_data
        return {
            "name": kept["name"],
            "is_for_all": kept["is_for_all"],
            "subscriptions": [row for row in self._offered if row.pk in kept["subscriptions"]],
            "domains": kept["domains"].replace(",", " ").split(),
        }


class PriceForm(forms.Form):
    """One price of a list."""

    code = forms.CharField(max_length=60, widget=forms.TextInput(attrs={"list": "codes"}))
    least = forms.IntegerField(min_value=1, max_value=999_999_999, initial=1)
    price = forms.CharField(max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}))


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def price_lists(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """All lists, and a form that makes one."""
    found = sold_in(person, publication)
    form = PriceListForm(request.POST or None, offered=_offered(found))
    if request.method == "POST" and form.is_valid():
        try:
            made = price_list_create(by=person, publication=found, **form.said())
        except PriceListInvalidError as error:
            refuse(form, error.field or None, error, language_of(request))
        else:
            say(request, SAVED_WORDS)
            return HttpResponseRedirect(reverse("price-list", args=[found.pk, made.pk]))
    rows = list(price_list_list(person, found))
    return show(request, "office/price_lists.html", form, rows=rows, **_about(found))


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def price_list(request: HttpRequest, person: User, publication: str, price_list: str) -> HttpResponse:
    """One list: for whom it is, its prices, and a form that sets one."""
    found = sold_in(person, publication)
    row = price_list_get(person, found, price_list)
    what = request.POST.get("what", "")
    kept: dict[str, Any] = {"name": row.name, "is_for_all": row.is_for_all, "domains": "\n".join(row.domains)}
    kept["subscriptions"] = [one.pk for one in row.subscriptions.all()]
    about = PriceListForm(request.POST if what == "about" else None, offered=_offered(found), initial=kept)
    price = PriceForm(request.POST if what == "price" else None)
    if request.method == "POST" and _done(request, person, row, about, price):
        return HttpResponseRedirect(reverse("price-list", args=[found.pk, row.pk]))
    words = request.GET.get("words", "")[:120]
    language = language_of(request)
    page = Paginator(prices_in(row, words), _A_PAGE).get_page(request.GET.get("page"))
    shown = {
        **_about(found),
        "price_list": row,
        "page": page,
        "rows": [
            (each, _money(each.price, each, language), _money(each.product.price, each, language)) for each in page
        ],
        "words": words,
        "query": urlencode({"words": words}) if words else "",
        "about": about,
        "price": price,
        "codes": codes_offered(found),
    }
    return show(request, "office/price_list.html", about if about.errors else price, **shown)


@require_POST
@staff
def remove(request: HttpRequest, person: User, publication: str, price_list: str) -> HttpResponse:
    """Remove a list with its prices."""
    found = sold_in(person, publication)
    price_list_remove(by=person, price_list=price_list_get(person, found, price_list))
    say(request, REMOVED_WORDS)
    return HttpResponseRedirect(reverse("publication-price-lists", args=[found.pk]))


def _done(request: HttpRequest, person: User, row: PriceList, about: PriceListForm, price: PriceForm) -> bool:
    """Do what was asked for; False where the form came back."""
    what = request.POST.get("what", "")
    form: forms.Form | None = {"about": about, "price": price}.get(what)
    if form is None and what != "gone":
        raise NotFoundError(what)
    if form is not None and not form.is_valid():
        return False
    try:
        if form is about:
            price_list_change(by=person, price_list=row, **about.said())
        elif form is price:
            list_price_set(by=person, price_list=row, **price.cleaned_data)
        else:
            least = request.POST.get("least", "")
            number = int(least) if least.isdecimal() and len(least) < 10 else 0
            list_price_set(by=person, price_list=row, code=request.POST.get("code", ""), least=number, price="")
    except (PriceListInvalidError, ProductInvalidError) as error:
        if form is None:
            raise NotFoundError(what) from error
        refuse(form, error.field or None, error, language_of(request))
        return False
    say(request, SAVED_WORDS)
    return True


def _money(amount: Decimal | None, row: ListPrice, language: str) -> str:
    return "" if amount is None else price_of(str(amount), row.product.currency, language)


def _offered(publication: Publication) -> list[Subscription]:
    return subscriptions_offered(publication.publisher)


def _about(publication: Publication) -> dict[str, Any]:
    return {"house": publication.publisher, "publication": publication}
