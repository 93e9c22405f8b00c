"""What staff do with many editions at once: asked first, done one by one, and said of each that could not."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from masthead import wording
from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User
from masthead.backoffice.forms import ScheduleForm
from masthead.backoffice.framing import say
from masthead.backoffice.rows import rows_of
from masthead.backoffice.staff import house_of, staff
from masthead.faces.languages import language_of
from masthead.library.errors import NotFoundError
from masthead.library.inheriting import setting_of
from masthead.library.selectors import Category, Edition, category_list
from masthead.production.at_once import (
    MOST,
    OF_CATEGORY,
    Change,
    Deed,
    Refusal,
    editions_change,
    editions_for,
    may_change_some,
    refusal,
)

_NAMED = 20  # of those that could not be changed
_DELETED = "editions-deleted-at-once"
_TIMES = ("publish_at", "withdraw_at", "time_zone")
DONE_WORDS = "{done} of {all} editions changed."
REFUSED_WORDS = "{name}: {why}"
MORE_WORDS = "And {count} more that could not be changed."
RESTORED_WORDS = "{done} of {all} editions are back as they were."


@require_POST
@staff
def bulk(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """Do one thing to many editions: first it is shown to which, then it is done."""
    publisher = house_of(person, house)
    if not may_change_some(person, publisher):
        raise NotAllowedError(Action.PUBLISH.value)
    ids = request.POST.getlist("edition")[:MOST]
    back = f"{reverse('house-editions', args=[house])}?{request.POST.get('query', '')[:500]}"
    said, _, category_id = request.POST.get("deed", "").partition(":")
    if said not in list(Deed):
        raise NotFoundError(said)
    deed = Deed(said)
    category = category_list(person, publisher).filter(pk=category_id).first() if category_id else None
    if deed in OF_CATEGORY and category is None:
        raise NotFoundError(category_id)
    chosen = editions_for(person, publisher, deed, ids)
    if deed is Deed.RESTORE:
        refused = editions_change(by=person, editions=chosen, change=Change(deed))
        _report(request, RESTORED_WORDS, len(chosen), refused)
        return HttpResponseRedirect(back)
    is_sure = "sure" in request.POST
    form = _form(request, chosen, is_sure) if deed is Deed.SCHEDULE else None
    if not is_sure or (form is not None and not form.is_valid()):
        return _asked(request, person, publisher, chosen, deed, category, form, back)
    times = {name: form.cleaned_data[name] for name in _TIMES} if form is not None else {}
    refused = editions_change(by=person, editions=chosen, change=Change(deed, category, **times))
    _report(request, DONE_WORDS, len(chosen), refused)
    if deed is Deed.DELETE:
        left = [edition for edition, _ in refused]
        request.session[_DELETED] = [edition.pk for edition in chosen if edition not in left]
    return HttpResponseRedirect(back)


def just_deleted(request: HttpRequest) -> list[str]:
    """The ids of editions that this person just deleted together, once: the way back stands over the next table."""
    found: list[str] = request.session.pop(_DELETED, [])
    return found


def _form(request: HttpRequest, chosen: Sequence[Edition], is_sure: bool) -> ScheduleForm:
    words = wording.translator(language_of(request))
    if is_sure:
        return ScheduleForm(request.POST, words=words)
    zone = setting_of(chosen[0], "time_zone") if chosen else "UTC"
    return ScheduleForm(words=words, initial={"time_zone": zone})


def _asked(
    request: HttpRequest,
    person: User,
    publisher: Publisher,
    chosen: Sequence[Edition],
    deed: Deed,
    category: Category | None,
    form: ScheduleForm | None,
    back: str,
) -> HttpResponse:
    """The question, with those that it is about and those that are left as they are."""
    possible = [edition for edition in chosen if refusal(person, edition, deed) is None]
    shown: dict[str, Any] = {
        "house": publisher,
        "deed": deed,
        "category": category,
        "value": request.POST["deed"],
        "rows": rows_of(person, possible),
        "others": rows_of(person, [edition for edition in chosen if edition not in possible]),
        "query": request.POST.get("query", ""),
        "back": back,
        "form": form,
    }
    is_refused = form is not None and form.is_bound
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK
    return render(request, "office/bulk.html", shown, status=status)


def _report(request: HttpRequest, words: str, count: int, refused: Sequence[Refusal]) -> None:
    """How many, and a sentence for each that stayed as it was."""
    say(request, words, done=count - len(refused), all=count)
    translator = wording.translator(language_of(request))
    for edition, error in refused[:_NAMED]:
        why = translator.text(error.sentence)
        messages.warning(request, translator.text(REFUSED_WORDS, name=str(edition), why=why))
    if len(refused) > _NAMED:
        messages.warning(request, translator.text(MORE_WORDS, count=len(refused) - _NAMED))
