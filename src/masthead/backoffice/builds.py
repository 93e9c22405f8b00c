"""The versions of an edition: which there are, going back to one, converting anew, removing one."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from masthead import __version__, wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.backoffice.rows import row_of
from masthead.backoffice.staff import staff
from masthead.edition.folder import COVER
from masthead.faces.languages import language_of
from masthead.library.builds import build_list
from masthead.library.selectors import Edition, can_do, edition_get
from masthead.production.rebuilding import build_forget, build_of, edition_convert_again, edition_roll_back
from masthead.production.selectors import conversions_of_builds, latest_conversion

CHOSEN_WORDS = "Readers have this version now."
REMOVED_WORDS = "The version was removed."
AGAIN_WORDS = "The edition is being converted again. Readers keep what they have until it is ready."


@require_safe
@staff
def builds(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """All versions that are kept."""
    found = edition_get(person, edition)
    made_by = conversions_of_builds(found)
    row = row_of(found, latest_conversion(found))
    rows = [
        {
            "build": build,
            "conversion": made_by.get(build.pk),
            "is_current": build.pk == found.build_id,
            "cover": reverse("edition-file", args=[found.publication.slug, found.slug, build.build_id, COVER]),
        }
        for build in build_list(found)
    ]
    shown = {
        "house": found.publication.publisher,
        "edition": found,
        "rows": rows,
        "row": row,
        "kept": settings.MASTHEAD.kept_builds,
        "version": __version__,
        "may_publish": can_do(person, Action.PUBLISH, found),
        "may_edit": can_do(person, Action.EDIT, found),
    }
    return render(request, "office/builds.html", shown)


@require_POST
@staff
def choose(request: HttpRequest, person: User, edition: str, build: str) -> HttpResponse:
    """Go back to a version."""
    found = edition_get(person, edition)
    edition_roll_back(by=person, edition=found, build=build_of(found, build))
    return _said(request, found, CHOSEN_WORDS)


@require_POST
@staff
def remove(request: HttpRequest, person: User, edition: str, build: str) -> HttpResponse:
    """Remove a version for good."""
    found = edition_get(person, edition)
    build_forget(by=person, build=build_of(found, build))
    return _said(request, found, REMOVED_WORDS)


@require_POST
@staff
def convert(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """Convert the same PDF with the version of Masthead that runs."""
    found = edition_get(person, edition)
    edition_convert_again(by=person, edition=found)
    return _said(request, found, AGAIN_WORDS)


def _said(request: HttpRequest, edition: Edition, words: str) -> HttpResponse:
    messages.success(request, wording.translator(language_of(request)).text(words))
    return HttpResponseRedirect(reverse("edition-builds", args=[edition.pk]))
