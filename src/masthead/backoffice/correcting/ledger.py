"""The ledger of corrections: what was changed by whom, undo, what does not fit any more, and applying them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from masthead import wording
from masthead.accounts.selectors import User
from masthead.backoffice.correcting.desk import desk, edition_to_correct, way_back
from masthead.backoffice.framing import say
from masthead.backoffice.staff import staff
from masthead.edition.correcting.words import differing
from masthead.faces.languages import language_of
from masthead.production.correction_words import kind_word
from masthead.production.corrections import (
    correction_restore,
    correction_undo,
    correction_undo_last,
    corrections_apply,
)
from masthead.production.selectors import Correction, correction_list

APPLIED_WORDS = "The edition is being made again with the corrections. Readers have them in a moment."
UNDONE_WORDS = "The change was taken back."
NOTHING_WORDS = "There is no change to take back."
RESTORED_WORDS = "The change was made again."
_SHOWN = 500


@require_safe
@staff
def corrections(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """All changes, the latest first; those that do not fit above them."""
    found = edition_to_correct(person, edition)
    rows = list(correction_list(found)[:_SHOWN])
    words = wording.translator(language_of(request))
    shown = {
        **desk(request, found, "corrections"),
        "rows": [(row, kind_word(row.kind), *_told(row, words)) for row in rows],
        "lost": [(row, kind_word(row.kind)) for row in rows if not row.fits and row.undone_at is None],
    }
    return render(request, "office/correct/ledger.html", shown)


def _told(row: Correction, words: wording.Translator) -> tuple[str, str]:
    """Before and after in words: roles by their names, long texts only where they differ."""
    if row.kind == "block_role":
        return words.text(row.before) if row.before else "", words.text(row.after)
    return differing(row.before, row.after)


@require_POST
@staff
def apply(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """Make the edition again with all changes."""
    found = edition_to_correct(person, edition)
    corrections_apply(by=person, edition=found)
    say(request, APPLIED_WORDS)
    return HttpResponseRedirect(way_back(request, found))


@require_POST
@staff
def undo(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """Take a change back: the one that is named, else the last one that readers do not have yet."""
    found = edition_to_correct(person, edition)
    named = request.POST.get("correction", "")
    if named:
        correction_undo(by=person, edition=found, correction_id=named)
        say(request, UNDONE_WORDS)
    else:
        say(request, UNDONE_WORDS if correction_undo_last(by=person, edition=found) else NOTHING_WORDS)
    return HttpResponseRedirect(way_back(request, found))


@require_POST
@staff
def restore(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """Make a change again that was taken back."""
    found = edition_to_correct(person, edition)
    correction_restore(by=person, edition=found, correction_id=request.POST.get("correction", ""))
    say(request, RESTORED_WORDS)
    return HttpResponseRedirect(way_back(request, found))
