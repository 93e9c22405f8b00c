"""Products of a publication in the back office: found, made, changed, removed, as a spreadsheet."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.backoffice.forms import refuse
from masthead.backoffice.framing import say, show
from masthead.backoffice.sorting import asked_query, sort_of
from masthead.backoffice.staff import staff
from masthead.exports.frame.overlays import price_of
from masthead.faces.languages import language_of
from masthead.faces.spreadsheets import csv_response
from masthead.library.selectors import Publication, publication_get, require
from masthead.orders.checking import FIELDS, amount_text
from masthead.orders.errors import ProductInvalidError
from masthead.orders.importing import COLUMN_WORDS
from masthead.orders.pictures import LARGEST, product_picture_set
from masthead.orders.price_columns import price_cells, price_heads, prices_kept
from masthead.orders.selectors import PRODUCT_SORTS, STATES, Product, product_get, product_list
from masthead.orders.services import product_change, product_create, product_remove, version_of

_A_PAGE = 50
SAVED_WORDS = "Saved."
REMOVED_WORDS = "The product is removed."
STATE_WORDS = ("All", "Offered", "Not offered", "Sold out")
SORT_WORDS = ("By code", "By name", "Highest price first", "Lowest stock first")
_NUMBER = {"inputmode": "numeric"}


class ProductForm(forms.Form):
    """What is said of a product; whether it can be kept, the service knows."""

    code = forms.CharField(max_length=60, required=False)
    name = forms.CharField(max_length=200, required=False)
    description = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    price = forms.CharField(required=False, max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    currency = forms.CharField(required=False, max_length=3, initial="EUR")
    tax = forms.CharField(required=False, max_length=8, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    pack_size = forms.CharField(required=False, max_length=10, initial="1", widget=forms.TextInput(attrs=_NUMBER))
    minimum = forms.CharField(required=False, max_length=10, initial="1", widget=forms.TextInput(attrs=_NUMBER))
    step = forms.CharField(required=False, max_length=10, initial="1", widget=forms.TextInput(attrs=_NUMBER))
    stock = forms.CharField(required=False, max_length=10, widget=forms.TextInput(attrs=_NUMBER))
    address = forms.CharField(required=False, max_length=2000, widget=forms.TextInput(attrs={"inputmode": "url"}))
    group = forms.CharField(required=False, max_length=60)
    option = forms.CharField(required=False, max_length=120)
    picture_address = forms.CharField(
        required=False, max_length=2000, widget=forms.TextInput(attrs={"inputmode": "url"})
    )
    is_offered = forms.BooleanField(required=False, initial=True)

    def said(self) -> dict[str, Any]:
        """What the service is told."""
        return {name: self.cleaned_data[name] for name in FIELDS}


def sold_in(person: User, publication: str) -> Publication:
    """The publication, for somebody who sees to its products; raises NotFoundError, NotAllowedError."""
    found = publication_get(person, publication)
    require(person, Action.MANAGE_SHOP, found)
    return found


def cells_of(product: Product) -> dict[str, str]:
    """What its fields say, as they are typed and as lists have them."""
    said = {name: "" if getattr(product, name) is None else str(getattr(product, name)) for name in FIELDS}
    tax = f"{product.tax.normalize():f}" if product.tax else ""
    return {**said, "price": amount_text(product.price, product.currency), "tax": tax}


@require_safe
@staff
def products(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """All products, filtered as asked."""
    found = sold_in(person, publication)
    words = wording.translator(language_of(request))
    asked = _asked(request)
    page = Paginator(product_list(person, found, **asked), _A_PAGE).get_page(request.GET.get("page"))
    shown: dict[str, Any] = {
        **_about(found),
        "page": page,
        "rows": [(row, _price(row, words.language)) for row in page.object_list],
        "asked": asked,
        "states": list(zip(STATES, map(words.text, STATE_WORDS), strict=True)),
        "sorts": list(zip(PRODUCT_SORTS, map(words.text, SORT_WORDS), strict=True)),
        "query": asked_query(asked, PRODUCT_SORTS),
    }
    return show(request, "office/products.html", **shown)


def _asked(request: HttpRequest) -> dict[str, str]:
    words, state = request.GET.get("words", "")[:120], request.GET.get("state", "")
    return {"words": words, "state": state, "sort": sort_of(request, PRODUCT_SORTS)}


@require_safe
@staff
def products_csv(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """What the list shows, all its pages, as a list that can be taken in again."""
    found = sold_in(person, publication)
    words = wording.translator(language_of(request))
    rows = product_list(person, found, **_asked(request))
    heads = price_heads(found, words.language)
    products = list(rows)
    prices = prices_kept(products) if heads else {}
    lines = ([*cells_of(row).values(), *price_cells(row, prices.get(row.pk, {}), heads)] for row in products)
    columns = [*(words.text(name) for name in COLUMN_WORDS), *(name for _, name in heads)]
    return csv_response(f"{found.slug}-products", columns, lines)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def new_product(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """Make one."""
    found = sold_in(person, publication)
    form = ProductForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            product_create(by=person, publication=found, said=form.said(), is_offered=form.cleaned_data["is_offered"])
        except ProductInvalidError as error:
            refuse(form, error.field or None, error, language_of(request))
        else:
            say(request, SAVED_WORDS)
            return HttpResponseRedirect(reverse("publication-products", args=[found.pk]))
    return show(request, "office/product.html", form, **_about(found))


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def product(request: HttpRequest, person: User, publication: str, product: str) -> HttpResponse:
    """One product."""
    found = sold_in(person, publication)
    row = product_get(person, found, product)
    form = ProductForm(request.POST or None, initial={**cells_of(row), "is_offered": row.is_offered})
    if request.method == "POST" and form.is_valid():
        seen, is_offered = request.POST.get("seen", ""), form.cleaned_data["is_offered"]
        try:
            product_change(by=person, product=row, said=form.said(), is_offered=is_offered, seen=seen)
        except ProductInvalidError as error:
            refuse(form, error.field or None, error, language_of(request))
        else:
            say(request, SAVED_WORDS)
            return HttpResponseRedirect(reverse("publication-products", args=[found.pk]))
    return show(request, "office/product.html", form, product=row, seen=version_of(row), **_about(found))


@require_POST
@staff
def picture(request: HttpRequest, person: User, publication: str, product: str) -> HttpResponse:
    """Another picture of it, or none."""
    found = sold_in(person, publication)
    row = product_get(person, found, product)
    file = request.FILES.get("picture")
    if file is None and "remove" not in request.POST:
        return HttpResponseRedirect(reverse("product", args=[found.pk, row.pk]))
    try:
        product_picture_set(by=person, product=row, data=file.read(LARGEST + 1) if file is not None else None)
    except ProductInvalidError as error:
        words = wording.translator(language_of(request))
        wrong = f"{words.text(error.sentence)} {words.text(error.hint)}"
        form = ProductForm(initial={**cells_of(row), "is_offered": row.is_offered})
        shown = {**_about(found), "product": row, "seen": version_of(row), "wrong_picture": wrong, "form": form}
        return render(request, "office/product.html", shown, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    say(request, SAVED_WORDS)
    return HttpResponseRedirect(reverse("product", args=[found.pk, row.pk]))


@require_POST
@staff
def remove(request: HttpRequest, person: User, publication: str, product: str) -> HttpResponse:
    """Remove it for good."""
    found = sold_in(person, publication)
    product_remove(by=person, product=product_get(person, found, product))
    say(request, REMOVED_WORDS)
    return HttpResponseRedirect(reverse("publication-products", args=[found.pk]))


def _about(publication: Publication) -> dict[str, Any]:
    return {"house": publication.publisher, "publication": publication}


def _price(product: Product, language: str) -> str:
    return price_of(str(product.price), product.currency, language) if product.price is not None else ""
