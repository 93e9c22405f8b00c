"""The table of editions: searched, filtered, sorted, exported. What is done with many at once is `many_editions`."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from masthead import wording
from masthead.accounts.selectors import Publisher, User
from masthead.backoffice.many_editions import just_deleted
from masthead.backoffice.rows import STATE_WORDS, rows_of, state_word
from masthead.backoffice.staff import house_of, staff
from masthead.faces.languages import language_of
from masthead.faces.spreadsheets import csv_response
from masthead.library.finding import Wanted, find_editions, years
from masthead.library.selectors import Edition, category_list, publication_list, shelf_list
from masthead.library.states import State
from masthead.production.at_once import may_change_some

_A_PAGE = 30
_ORDERS = ("date", "oldest", "changed", "label", "publication", "pages")
ORDER_WORDS = ("Latest first", "Oldest first", "Last changed first", "By issue", "By publication", "Most pages first")
_HEAD_WORDS = ("Publication", "Issue", "Date", "State", "Pages", "Categories", "Address", "Goes live", "Is withdrawn")


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
        "just_deleted": just_deleted(request),
        "may_publish": may_change_some(person, publisher),
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
