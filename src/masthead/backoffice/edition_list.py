"""The table of editions: searched, filtered, sorted, exported, and changed many at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from masthead import wording
from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User
from masthead.backoffice.framing import say
from masthead.backoffice.rows import STATE_WORDS, rows_of, state_word
from masthead.backoffice.staff import house_of, staff
from masthead.faces.languages import language_of
from masthead.faces.spreadsheets import csv_response
from masthead.library.errors import NotFoundError, StateError
from masthead.library.finding import Wanted, find_editions, years
from masthead.library.particulars import edition_categorise
from masthead.library.selectors import Category, Edition, can_do, category_list, publication_list, shelf_list
from masthead.library.services import edition_publish, edition_withdraw
from masthead.library.states import State, Step, is_possible

_A_PAGE = 30
_MOST = 500  # editions that are changed at once
_ORDERS = ("date", "oldest", "changed", "label", "publication", "pages")
ORDER_WORDS = ("Latest first", "Oldest first", "Last changed first", "By issue", "By publication", "Most pages first")
_HEAD_WORDS = ("Publication", "Issue", "Date", "State", "Pages", "Categories", "Address", "Goes live", "Is withdrawn")
_BULK = {"publish": Step.PUBLISH, "withdraw": Step.WITHDRAW}
DONE_WORDS = "{done} of {all} editions changed."


@require_safe
@staff
def editions(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """The table."""
    publisher, wanted = house_of(person, house), _wanted(request)
    found = find_editions(person, publisher, wanted)
    pages = Paginator(found, _A_PAGE)
    page: Page[Edition] = pages.get_page(request.GET.get("page"))
    words = wording.translator(language_of(request))
    shown = {
        **_filters(person, publisher, words),
        "house": publisher,
        "wanted": wanted,
        "page": page,
        "rows": rows_of(person, page.object_list),
        "query": urlencode({name: value for name, value in _asked(wanted).items() if value}),
        "is_filtered": any(value for name, value in _asked(wanted).items() if name != "order"),
        "may_publish": any(can_do(person, Action.PUBLISH, each) for each in publication_list(person, publisher)),
    }
    return render(request, "office/editions.html", shown)


@require_safe
@staff
def editions_csv(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """What the table shows, all its pages, for a spreadsheet."""
    publisher = house_of(person, house)
    words = wording.translator(language_of(request))
    found = find_editions(person, publisher, _wanted(request)).prefetch_related("categories")
    rows = (
        (
            edition.publication.name,
            edition.label,
            edition.date.isoformat(),
            words.text(state_word(edition.state)),
            edition.build.pages if edition.build else "",
            ", ".join(category.name for category in edition.categories.all()),
            request.build_absolute_uri(f"/{edition.publication.slug}/{edition.slug}/"),
            edition.publish_at.isoformat() if edition.publish_at else "",
            edition.withdraw_at.isoformat() if edition.withdraw_at else "",
        )
        for edition in found
    )
    return csv_response(f"{publisher.slug}-editions", [words.text(name) for name in _HEAD_WORDS], rows)


@require_POST
@staff
def bulk(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """Do one thing to many editions: first it is shown to which, then it is done."""
    publisher = house_of(person, house)
    chosen = list(find_editions(person, publisher, Wanted()).filter(pk__in=request.POST.getlist("edition")[:_MOST]))
    deed, _, category_id = request.POST.get("deed", "").partition(":")
    category = category_list(person, publisher).filter(pk=category_id).first() if category_id else None
    if deed not in (*_BULK, "add", "remove") or (category is None and deed not in _BULK):
        raise NotFoundError(deed)
    possible = [edition for edition in chosen if _can(person, edition, deed)]
    back = f"{reverse('house-editions', args=[house])}?{request.POST.get('query', '')[:500]}"
    if "sure" not in request.POST:
        shown: dict[str, Any] = {
            "house": publisher,
            "deed": deed,
            "category": category,
            "value": request.POST["deed"],
            "rows": rows_of(person, possible),
            "others": rows_of(person, [edition for edition in chosen if edition not in possible]),
            "query": request.POST.get("query", ""),
            "back": back,
        }
        return render(request, "office/bulk.html", shown)
    done = sum(_do(person, edition, deed, category) for edition in possible)
    say(request, DONE_WORDS, done=done, all=len(chosen))
    return HttpResponseRedirect(back)


def _do(person: User, edition: Edition, deed: str, category: Category | None) -> bool:
    """Whether it could be done: somebody else may have been quicker."""
    steps: dict[str, Callable[[], object]] = {
        "publish": lambda: edition_publish(by=person, edition=edition),
        "withdraw": lambda: edition_withdraw(by=person, edition=edition),
        "add": lambda: edition_categorise(by=person, edition=edition, add=[category] if category else []),
        "remove": lambda: edition_categorise(by=person, edition=edition, remove=[category] if category else []),
    }
    try:
        steps[deed]()
    except (StateError, NotAllowedError):
        return False
    return True


def _can(person: User, edition: Edition, deed: str) -> bool:
    if deed in _BULK:
        return is_possible(edition.state, _BULK[deed]) and can_do(person, Action.PUBLISH, edition)
    return can_do(person, Action.EDIT, edition)


def _wanted(request: HttpRequest) -> Wanted:
    asked = {field.name: request.GET.get(field.name, "")[:120] for field in fields(Wanted)}
    return Wanted(**{**asked, "order": asked["order"] or Wanted().order})


def _asked(wanted: Wanted) -> dict[str, str]:
    return {field.name: getattr(wanted, field.name) for field in fields(Wanted)}


def _filters(person: User, publisher: Publisher, words: wording.Translator) -> dict[str, Any]:
    return {
        "publications": [(each.pk, each.name) for each in publication_list(person, publisher)],
        "states": list(zip([state.value for state in State], map(words.text, STATE_WORDS), strict=True)),
        "years": [(str(year), str(year)) for year in years(person, publisher)],
        "categories": [(each.pk, each.name) for each in category_list(person, publisher)],
        "shelves": [(each.pk, each.name) for each in shelf_list(person, publisher)],
        "orders": list(zip(_ORDERS, map(words.text, ORDER_WORDS), strict=True)),
    }
