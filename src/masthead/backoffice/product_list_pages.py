"""A list of products is taken in: chosen, looked at row by row, then kept."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from masthead import wording
from masthead.accounts.selectors import User
from masthead.backoffice import looked_at
from masthead.backoffice.forms import list_bytes, refuse
from masthead.backoffice.framing import say, show
from masthead.backoffice.product_pages import sold_in
from masthead.backoffice.staff import staff
from masthead.faces.languages import language_of
from masthead.faces.spreadsheets import csv_response
from masthead.library.errors import ListTooLargeError
from masthead.library.selectors import Publication
from masthead.orders.checking import FIELDS
from masthead.orders.errors import ProductsUnreadableError
from masthead.orders.importing import COLUMN_WORDS, Row, products_import, read_products, sums_of, template

_SHOWN = 100  # rows that cannot be taken, on the page; the spreadsheet has all
TAKEN_WORDS = "The list is taken in. New products: {new}. Changed: {changed}."
_PROBLEM_HEAD_WORDS = ("Row", "Code", "Column", "What is written", "What is wrong")
Problem = tuple[int, str, str, str, str]


class ProductListForm(forms.Form):
    """A list of products."""

    file = forms.FileField(widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}))


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def take_in(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """Choose a list; look at it; keep it."""
    found = sold_in(person, publication)
    words = wording.translator(language_of(request))
    if request.POST.get("keep"):
        return _keep(request, person, found, request.POST["keep"])
    form = ProductListForm(request.POST or None, request.FILES or None)
    shown: dict[str, object] = {"columns": [words.text(name) for name in COLUMN_WORDS]}
    if request.method == "POST" and form.is_valid():
        try:
            data = list_bytes(form.cleaned_data["file"])
            rows = read_products(found, data)
        except (ProductsUnreadableError, ListTooLargeError) as error:
            refuse(form, "file", error, words.language)
        else:
            wrong = [row for row in rows if row.problem]
            good = [row for row in rows if not row.problem and row.deed != "same"]
            shown |= {
                "sums": sums_of(rows),
                "wrong": _problems(wrong[:_SHOWN], words),
                "more": max(0, len(wrong) - _SHOWN),
                "good": [[row.said.get(name, "") for name in FIELDS] for row in good[:5]],
                "token": looked_at.wait(found.pk, data),
            }
    return show(request, "office/product_list.html", form, house=found.publisher, publication=found, **shown)


@require_safe
@staff
def list_template(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """A list with the names of the columns and one row as an example."""
    sold_in(person, publication)
    response = HttpResponse(template(language_of(request)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="products.csv"'
    return response


@require_safe
@staff
def list_problems(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """Every row that cannot be taken, for a spreadsheet."""
    found = sold_in(person, publication)
    words = wording.translator(language_of(request))
    data = looked_at.waiting(found.pk, request.GET.get("list", ""))
    rows = read_products(found, data) if data is not None else []
    wrong = _problems([row for row in rows if row.problem], words)
    return csv_response(f"{found.slug}-problems", [words.text(head) for head in _PROBLEM_HEAD_WORDS], wrong)


def _keep(request: HttpRequest, person: User, publication: Publication, token: str) -> HttpResponse:
    data = looked_at.waiting(publication.pk, token)
    if data is None:  # it was kept already, or waited too long
        return HttpResponseRedirect(reverse("products-import", args=[publication.pk]))
    sums = products_import(by=person, publication=publication, rows=read_products(publication, data))
    looked_at.forget(publication.pk, token)
    say(request, TAKEN_WORDS, new=sums.new, changed=sums.changed)
    return HttpResponseRedirect(reverse("publication-products", args=[publication.pk]))


def _problems(rows: Sequence[Row], words: wording.Translator) -> list[Problem]:
    """Row, code, column, what is written there, what is wrong with it."""
    columns = dict(zip(FIELDS, COLUMN_WORDS, strict=True))
    return [
        (
            row.number,
            row.said.get("code", ""),
            words.text(columns[row.problem.field]),
            row.said.get(row.problem.field, "")[:80],
            f"{words.text(row.problem.sentence)} {words.text(row.problem.hint)}",
        )
        for row in rows
        if row.problem
    ]
