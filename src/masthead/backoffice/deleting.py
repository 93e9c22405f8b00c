"""Deleting editions and publications, with a way back."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.backoffice.staff import house_of, staff
from masthead.faces.languages import language_of
from masthead.library.deleting import (
    deleted_editions,
    deleted_publications,
    edition_restore,
    publication_restore,
)
from masthead.library.selectors import can_do, edition_get, publication_get
from masthead.production.keeping import edition_delete, publication_delete, restorable_until

GONE_WORDS = "{name} was deleted."
RESTORED_WORDS = "{name} is back as it was."


@require_POST
@staff
def delete_edition(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """Hide an edition from everybody."""
    found = edition_get(person, edition)
    edition_delete(by=person, edition=found)
    return _deleted(request, found.publication.publisher.slug, str(found))


@require_POST
@staff
def delete_publication(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """Hide a publication with all its editions."""
    found = publication_get(person, publication)
    publication_delete(by=person, publication=found)
    return _deleted(request, found.publisher.slug, found.name)


@require_POST
@staff
def restore_edition(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """Undo it."""
    found = edition_restore(by=person, edition_id=edition)
    _say(request, RESTORED_WORDS, str(found))
    return HttpResponseRedirect(reverse("office-edition", args=[found.pk]))


@require_POST
@staff
def restore_publication(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """Undo it, with the editions that went at the same time."""
    found = publication_restore(by=person, publication_id=publication)
    _say(request, RESTORED_WORDS, found.name)
    return HttpResponseRedirect(reverse("office-publication", args=[found.pk]))


@require_safe
@staff
def deleted(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """What can be restored."""
    publisher = house_of(person, house)
    shown = {
        "house": publisher,
        "days": settings.MASTHEAD.undo_days,
        "editions": [
            (one, restorable_until(one.deleted_at), can_do(person, Action.PUBLISH, one))
            for one in deleted_editions(person, publisher)
            if one.deleted_at
        ],
        "publications": [
            (one, restorable_until(one.deleted_at), can_do(person, Action.MANAGE_PUBLICATIONS, one))
            for one in deleted_publications(person, publisher)
            if one.deleted_at
        ],
    }
    return render(request, "office/deleted.html", shown)


def _deleted(request: HttpRequest, house: str, name: str) -> HttpResponse:
    _say(request, GONE_WORDS, name)
    return HttpResponseRedirect(reverse("deleted", args=[house]))


def _say(request: HttpRequest, words: str, name: str) -> None:
    messages.success(request, wording.translator(language_of(request)).text(words, name=name))
