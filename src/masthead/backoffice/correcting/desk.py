"""What all screens of corrections share: the edition with its corrections, the bar that applies them, ways back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.backoffice.rows import row_of
from masthead.library.selectors import Edition, edition_get, require
from masthead.production.correction_rows import active, waiting
from masthead.production.selectors import latest_conversion

_WAYS = (
    ("corrections", "Corrections"),
    ("text-articles", "Articles"),
    ("text-pages", "Pages"),
    ("text-contents", "Contents"),
    ("text-accessibility", "Accessibility"),
)
WAY_WORDS = ("Corrections", "Articles", "Pages", "Contents", "Accessibility")


def edition_to_correct(person: User, edition: str) -> Edition:
    """The edition, for who may correct it; raises NotFoundError, NotAllowedError."""
    found = edition_get(person, edition)
    require(person, Action.EDIT, found)
    return found


def desk(request: HttpRequest, edition: Edition, here: str) -> dict[str, Any]:
    """What the frame of these screens shows; `here` is the name of the screen's address."""
    return {
        "house": edition.publication.publisher,
        "edition": edition,
        "row": row_of(edition, latest_conversion(edition)),
        "waiting": waiting(edition.pk),
        "can_undo": active(edition.pk).filter(is_built=False).exists(),
        "desk_ways": [(reverse(name, args=[edition.pk]), words, name == here) for name, words in _WAYS],
        "next": request.path,
    }


def not_kept(request: HttpRequest, edition: Edition, here: str) -> HttpResponse:
    """The screen for an edition whose text was not kept: what to do."""
    return render(request, "office/correct/not_kept.html", desk(request, edition, here))


def way_back(request: HttpRequest, edition: Edition) -> str:
    """Where a form came from, as it says; the ledger where it says nothing that is ours."""
    wanted = request.POST.get("next", "")
    own = reverse("office-edition", args=[edition.pk])
    is_fine = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith(own)
    return wanted if is_fine else reverse("corrections", args=[edition.pk])
