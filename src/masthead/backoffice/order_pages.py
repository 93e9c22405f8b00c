"""Orders in the back office: found, looked at, worked on one by one or several at once, as files."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from masthead import wording
from masthead.accounts.selectors import Publisher, User, history
from masthead.backoffice.forms import refuse
from masthead.backoffice.framing import say
from masthead.backoffice.program_words import delivery_word, problem_word
from masthead.backoffice.staff import house_of, staff
from masthead.backoffice.telling import changes, deed
from masthead.exports.frame.overlays import price_of
from masthead.faces.languages import language_of
from masthead.faces.spreadsheets import workbook_file
from masthead.library.errors import NotFoundError
from masthead.library.sheets import harmless
from masthead.orders.errors import OrderStatusError
from masthead.orders.exporting import (
    KINDS,
    PARTICULAR_NAMES,
    orders_csv,
    orders_json,
    orders_table,
    particular_words,
    typed_in,
)
from masthead.orders.finding import Asked, mails_of, order_get, order_list, shops_of
from masthead.orders.letters import particulars_of
from masthead.orders.selectors import Order
from masthead.orders.working import (
    LONGEST_NOTE,
    STATUS_WORDS,
    WORD_OF,
    Status,
    order_erase,
    order_note_set,
    order_status_set,
    orders_erase,
    orders_status_set,
    statuses_after,
)

_A_PAGE = 50
_MOST = 500  # orders that are changed at once
ERASE = "erase"  # where else a status stands: take out who ordered
_SORTS = ("newest", "oldest", "most", "name")
SORT_WORDS = ("Latest first", "Oldest first", "Highest total first", "By name")
SAVED_WORDS = "Saved."
DONE_WORDS = "{done} of {all} orders changed."
ERASED_WORDS = "The order does not say any more who sent it."
ERASED_LATER_WORDS = "Who sent it is taken out as soon as the order is done or cancelled."
PAYMENT_WORDS = ("Asked for", "Paid", "Failed")
_WORD_OF_PAYMENT = dict(zip(("asked", "paid", "failed"), PAYMENT_WORDS, strict=True))


class StatusForm(forms.Form):
    """Another status, and whether the customer is told."""

    status = forms.ChoiceField()
    tell = forms.BooleanField(required=False)
    message = forms.CharField(required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, order: Order, words: wording.Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        status = self.fields["status"]
        assert isinstance(status, forms.ChoiceField)
        status.choices = [(each.value, words.text(WORD_OF[each])) for each in statuses_after(order.status)]


class NoteForm(forms.Form):
    """What staff write about an order."""

    note = forms.CharField(required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 4}))


@require_safe
@staff
def orders(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """The orders that came, filtered as asked."""
    publisher, asked = house_of(person, house), Asked.of(request.GET.dict())
    found = order_list(person, publisher, asked)
    words = wording.translator(language_of(request))
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "house": publisher,
        "page": page,
        "rows": [(row, _money(row, words.language), status_word(row)) for row in page.object_list],
        "asked": asked,
        "publications": [(each.pk, each.name) for each in shops_of(person, publisher)],
        "statuses": _statuses(words),
        "sorts": list(zip(_SORTS, map(words.text, SORT_WORDS), strict=True)),
        "query": urlencode(asked.told()),
        "is_filtered": any(name != "sort" for name in asked.told()),
        "kinds": list(KINDS),
    }
    return render(request, "office/orders.html", shown)


@require_safe
@staff
def orders_file(request: HttpRequest, person: User, house: str, form: str) -> HttpResponseBase:
    """What the list shows, all its pages, as a file that is sent while it is read."""
    publisher = house_of(person, house)
    rows = order_list(person, publisher, Asked.of(request.GET.dict()))
    if form not in KINDS:
        raise NotFoundError(form)
    language, name = language_of(request), f"{publisher.slug}-orders.{form}"
    if form == "xlsx":
        file = workbook_file(orders_table(rows, language, publisher.time_zone))
        return FileResponse(file, as_attachment=True, filename=name, content_type=KINDS[form])
    pieces = orders_json(rows) if form == "json" else orders_csv(rows, language, publisher.time_zone, harmless)
    response = StreamingHttpResponse(pieces, content_type=KINDS[form])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def order(request: HttpRequest, person: User, house: str, order: str) -> HttpResponse:
    """One order: what was wanted by whom, how far it is, what was mailed and done about it."""
    publisher = house_of(person, house)
    found = order_get(person, publisher, order)
    words = wording.translator(language_of(request))
    what = request.POST.get("what", "")
    known: dict[str, forms.Form] = {
        "status": StatusForm(_posted(request, "status"), order=found, words=words),
        "note": NoteForm(_posted(request, "note"), initial={"note": found.note}),
    }
    if request.method == "POST" and _done(request, person, found, known.get(what), what):
        return HttpResponseRedirect(reverse("house-order", args=[publisher.slug, found.pk]))
    is_wrong = any(form.errors for form in known.values())
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "office/order.html", _shown(person, publisher, found, known, words), status=status)


@require_POST
@staff
def change(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """Give several orders another status: first it is shown to which, then it is done."""
    publisher, status = house_of(person, house), request.POST.get("status", "")
    if status not in (*Status.values, ERASE):
        raise NotFoundError(status)
    chosen = list(order_list(person, publisher).filter(pk__in=request.POST.getlist("order")[:_MOST]))
    possible = [row for row in chosen if _can(row, status)]
    back = f"{reverse('house-orders', args=[publisher.slug])}?{request.POST.get('query', '')[:500]}"
    if "sure" in request.POST:
        done = _change_all(person, possible, status)
        say(request, DONE_WORDS, done=done, all=len(chosen))
        return HttpResponseRedirect(back)
    language = language_of(request)
    shown = {
        "house": publisher,
        "status": status,
        "word": "" if status == ERASE else WORD_OF[Status(status)],
        "rows": [(row, _money(row, language), status_word(row)) for row in possible],
        "others": [(row, _money(row, language), status_word(row)) for row in chosen if row not in possible],
        "query": request.POST.get("query", ""),
        "back": back,
    }
    return render(request, "office/orders_change.html", shown)


def _can(order: Order, status: str) -> bool:
    if status == ERASE:
        return not order.erased_at and not order.erase_asked_at
    return status in statuses_after(order.status)


def _change_all(person: User, orders: list[Order], status: str) -> int:
    """Do it, and say to how many."""
    if status == ERASE:
        return len(orders_erase(by=person, orders=orders))
    return len(orders_status_set(by=person, orders=orders, status=status)[0])


def status_word(order: Order) -> str:
    """The status in English; the template translates it."""
    return WORD_OF[Status(order.status)]


def _statuses(words: wording.Translator) -> list[tuple[str, str]]:
    return list(zip(Status.values, map(words.text, STATUS_WORDS), strict=True))


def _money(order: Order, language: str) -> str:
    return price_of(str(order.total), order.currency, language)


def _posted(request: HttpRequest, what: str) -> dict[str, str] | None:
    return request.POST.dict() if request.method == "POST" and request.POST.get("what") == what else None


def _done(request: HttpRequest, person: User, order: Order, form: forms.Form | None, what: str) -> bool:
    """Do what was asked for; False where the form came back."""
    if form is None and what == "erase":
        erased = order_erase(by=person, order=order)
        say(request, ERASED_WORDS if erased.erased_at else ERASED_LATER_WORDS)
        return True
    if form is None:
        raise NotFoundError(what)
    if not form.is_valid():
        return False
    try:
        if what == "status":
            order_status_set(by=person, order=order, seen=request.POST.get("seen", ""), **form.cleaned_data)
        else:
            order_note_set(by=person, order=order, note=form.cleaned_data["note"])
    except OrderStatusError as error:
        refuse(form, "status", error, language_of(request))
        return False
    say(request, SAVED_WORDS)
    return True


def _shown(
    person: User, publisher: Publisher, order: Order, known: dict[str, forms.Form], words: wording.Translator
) -> dict[str, Any]:
    rows = list(order.lines.select_related("edition__publication"))
    lines = [
        (line, *(price_of(str(amount), order.currency, words.language) for amount in (line.price, line.amount)))
        for line in rows
    ]
    others = [
        (words.text(particular_words(name)), str(said).splitlines())
        for name, said in typed_in(order).items()
        if said and name not in PARTICULAR_NAMES
    ]
    chosen_in = {line.edition_id for line in rows}
    return {
        "house": publisher,
        "order": order,
        "parent": (reverse("house-orders", args=[publisher.slug]), words.text("Orders")),
        "lines": lines,
        "is_of_several": len(chosen_in) > 1,  # editions: then each line names its own
        "total": _money(order, words.language),
        "typed": [*particulars_of(order, words), *others],
        "word": status_word(order),
        "payment": _WORD_OF_PAYMENT.get(order.payment, order.payment),
        "mails": [(row, delivery_word(row.state), problem_word(row.problem)) for row in mails_of(order)],
        "entries": [
            (entry, changes(entry, words, publisher.time_zone)) for entry in history(person, publisher, order.pk)
        ],
        "deed": deed,
        "forms": known,
    }
