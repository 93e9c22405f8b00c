"""What staff do with many editions at once: asked first, done one by one, and said of each that could not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from masthead.document.errors import MastheadError
from masthead.faces.languages import language_of
from masthead.library.deleting import deleted_editions, edition_restore
from masthead.library.errors import NotFoundError, StateError
from masthead.library.finding import Wanted, find_editions
from masthead.library.inheriting import setting_of
from masthead.library.particulars import edition_categorise
from masthead.library.selectors import Category, Edition, can_do, category_list
from masthead.library.services import edition_publish, edition_schedule, edition_withdraw
from masthead.library.states import Step, is_possible
from masthead.production.keeping import edition_delete

_MOST = 500  # editions that are changed at once
_NAMED = 20  # of those that could not be changed
_STEPS = {"publish": Step.PUBLISH, "withdraw": Step.WITHDRAW, "schedule": Step.SCHEDULE}
_DEEDS = (*_STEPS, "delete")
_DELETED = "editions-deleted-at-once"
DONE_WORDS = "{done} of {all} editions changed."
REFUSED_WORDS = "{name}: {why}"
MORE_WORDS = "And {count} more that could not be changed."
RESTORED_WORDS = "{done} of {all} editions are back as they were."

Times = dict[str, Any]
Refused = list[tuple[Edition, MastheadError]]


@require_POST
@staff
def bulk(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """Do one thing to many editions: first it is shown to which, then it is done."""
    publisher = house_of(person, house)
    ids = request.POST.getlist("edition")[:_MOST]
    back = f"{reverse('house-editions', args=[house])}?{request.POST.get('query', '')[:500]}"
    deed, _, category_id = request.POST.get("deed", "").partition(":")
    if deed == "restore":
        return _restored(request, person, publisher, ids, back)
    chosen = list(find_editions(person, publisher, Wanted()).filter(pk__in=ids))
    category = category_list(person, publisher).filter(pk=category_id).first() if category_id else None
    if deed not in (*_DEEDS, "add", "remove") or (category is None and deed not in _DEEDS):
        raise NotFoundError(deed)
    is_sure = "sure" in request.POST
    form = _form(request, chosen, is_sure) if deed == "schedule" else None
    if not is_sure or (form is not None and not form.is_valid()):
        return _asked(request, person, publisher, chosen, category, form, back)
    refused = _done(person, chosen, deed, category, form.cleaned_data if form is not None else {})
    _report(request, DONE_WORDS, len(chosen), [(str(edition), error) for edition, error in refused])
    if deed == "delete":
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
    category: Category | None,
    form: ScheduleForm | None,
    back: str,
) -> HttpResponse:
    """The question, with those that it is about and those that are left as they are."""
    value = request.POST["deed"]
    deed = value.partition(":")[0]
    possible = [edition for edition in chosen if _refusal(person, edition, deed) is None]
    shown: dict[str, Any] = {
        "house": publisher,
        "deed": deed,
        "category": category,
        "value": value,
        "rows": rows_of(person, possible),
        "others": rows_of(person, [edition for edition in chosen if edition not in possible]),
        "query": request.POST.get("query", ""),
        "back": back,
        "form": form,
    }
    is_refused = form is not None and form.is_bound
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK
    return render(request, "office/bulk.html", shown, status=status)


def _done(person: User, chosen: Sequence[Edition], deed: str, category: Category | None, times: Times) -> Refused:
    """Do it to each; those that could not, with the reason. Somebody else may have been quicker."""
    refused: Refused = []
    for edition in chosen:
        error = _refusal(person, edition, deed)
        try:
            if error is None:
                _do(person, edition, deed, category, times)
        except MastheadError as found:
            error = found
        if error is not None:
            refused.append((edition, error))
    return refused


def _do(person: User, edition: Edition, deed: str, category: Category | None, times: Times) -> None:
    categories = [category] if category else []
    steps: dict[str, Callable[[], object]] = {
        "publish": lambda: edition_publish(by=person, edition=edition),
        "withdraw": lambda: edition_withdraw(by=person, edition=edition),
        "schedule": lambda: edition_schedule(
            by=person,
            edition=edition,
            publish_at=times["publish_at"],
            withdraw_at=times["withdraw_at"],
            time_zone=times["time_zone"],
        ),
        "delete": lambda: edition_delete(by=person, edition=edition),
        "add": lambda: edition_categorise(by=person, edition=edition, add=categories),
        "remove": lambda: edition_categorise(by=person, edition=edition, remove=categories),
    }
    steps[deed]()


def _refusal(person: User, edition: Edition, deed: str) -> MastheadError | None:
    """Why it cannot be done to this edition, as far as that can be told before."""
    action = Action.PUBLISH if deed in _DEEDS else Action.EDIT
    if not can_do(person, action, edition):
        return NotAllowedError("")
    if deed in _STEPS and not is_possible(edition.state, _STEPS[deed]):
        return StateError(edition.state)
    return None


def _restored(request: HttpRequest, person: User, publisher: Publisher, ids: Sequence[str], back: str) -> HttpResponse:
    """Undo a deletion of many."""
    names = {edition.pk: str(edition) for edition in deleted_editions(person, publisher)}
    refused: list[tuple[str, MastheadError]] = []
    for edition in ids:
        try:
            edition_restore(by=person, edition_id=edition)
        except MastheadError as error:
            refused.append((names.get(edition, ""), error))
    _report(request, RESTORED_WORDS, len(ids), refused)
    return HttpResponseRedirect(back)


def _report(request: HttpRequest, words: str, count: int, refused: Sequence[tuple[str, MastheadError]]) -> None:
    """How many, and a sentence for each that stayed as it was."""
    say(request, words, done=count - len(refused), all=count)
    translator = wording.translator(language_of(request))
    for name, error in refused[:_NAMED]:
        messages.warning(request, translator.text(REFUSED_WORDS, name=name, why=translator.text(error.sentence)))
    if len(refused) > _NAMED:
        messages.warning(request, translator.text(MORE_WORDS, count=len(refused) - _NAMED))
