"""The first pages of the back office: which house, its publications, and how its latest editions do."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User, can, publishers_of, require
from masthead.backoffice.forms import NewPublicationForm, refuse
from masthead.backoffice.rows import Row, rows_of
from masthead.backoffice.staff import house_of, staff
from masthead.faces.languages import language_of
from masthead.library.errors import IssnInvalidError, SlugInvalidError, SlugTakenError
from masthead.library.finding import coming
from masthead.library.selectors import can_do, edition_list, publication_get, publication_list
from masthead.library.services import publication_create
from masthead.production.advertising.alarms import advertisements_dead
from masthead.production.intake import publications_for
from masthead.production.setting_up import publication_set_up_as

_LATEST = 12
_NEXT = 6
_LISTED = 200


@require_safe
@staff
def office(request: HttpRequest, person: User) -> HttpResponse:
    """Straight to the house, or to the choice where somebody works for several."""
    houses = publishers_of(person)
    if len(houses) == 1:
        return HttpResponseRedirect(reverse("house", args=[houses[0].slug]))
    return render(request, "office/houses.html", {"houses": houses})


@require_safe
@staff
def house(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """The dashboard."""
    publisher = house_of(person, house)
    rows = rows_of(person, edition_list(person, publisher).order_by("-changed_at")[:_LATEST])
    if "X-Part" in request.headers:
        return render(request, "office/rows.html", {"rows": rows, "address": request.path})
    return render(
        request,
        "office/dashboard.html",
        {
            "house": publisher,
            "publications": publication_list(person, publisher),
            "coming": [(at, row) for at, row in _coming(person, publisher)][:_NEXT],
            "failed": [row for row in rows if row.has_failed],
            "advertised": advertisements_dead(person, publisher),
            "going": [row for row in rows if row.is_going],
            "rows": rows,
            "address": request.path,
            "may_manage": can(person, Action.MANAGE_PUBLICATIONS, publisher.pk),
            "uploadable": {one.pk for one in publications_for(person, publisher)},
        },
    )


def _coming(person: User, publisher: Publisher) -> list[tuple[datetime, Row]]:
    """What happens by itself, with its moment, first what comes first."""
    found = [
        (at, row)
        for row in rows_of(person, coming(person, publisher))
        for at in [row.edition.publish_at or row.edition.withdraw_at]
        if at is not None
    ]
    return sorted(found, key=lambda entry: entry[0])


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def new_publication(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """A new title."""
    publisher = house_of(person, house)
    require(person, Action.MANAGE_PUBLICATIONS, publisher.pk)
    language = language_of(request)
    others = {one.pk: one for one in publication_list(person, publisher)}
    form = NewPublicationForm(
        request.POST or None,
        words=wording.translator(language),
        models=others.values(),
        initial={"language": publisher.language},
    )
    if request.method == "POST" and form.is_valid():
        try:
            said = dict(form.cleaned_data)
            model = others.get(said.pop("set_up_as"))
            with transaction.atomic():
                made = publication_create(by=person, publisher=publisher, **said)
                if model:
                    publication_set_up_as(by=person, publication=made, model=model)
        except IssnInvalidError as error:
            refuse(form, "issn", error, language)
        except (SlugTakenError, SlugInvalidError) as error:
            refuse(form, "slug", error, language)
        else:
            return HttpResponseRedirect(reverse("office-publication", args=[made.pk]))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "office/new_publication.html", {"house": publisher, "form": form}, status=status)


@require_safe
@staff
def publication(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """A publication and its editions."""
    found = publication_get(person, publication)
    rows = rows_of(person, edition_list(person, found.publisher, found)[:_LISTED])
    if "X-Part" in request.headers:
        return render(request, "office/rows.html", {"rows": rows, "address": request.path})
    return render(
        request,
        "office/publication.html",
        {
            "house": found.publisher,
            "publication": found,
            "rows": rows,
            "address": request.path,
            "may_upload": can_do(person, Action.EDIT, found),
            "may_delete": can_do(person, Action.MANAGE_PUBLICATIONS, found),
        },
    )
