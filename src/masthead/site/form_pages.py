"""Takes what readers type into forms: written before it is acknowledged, and the gate opened for who passed it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from masthead import wording
from masthead.access.email_codes import code_send, email_code_confirm, email_of_pending, is_confirmed_lately
from masthead.access.rules import Answer as Given
from masthead.access.rules import Reason, may_read
from masthead.access.tries import try_once
from masthead.document.errors import MastheadError
from masthead.faces.form_parts import Typed
from masthead.faces.languages import language_of
from masthead.faces.looks import person_of
from masthead.faces.visitors import network_address
from masthead.forms.answering import answer_confirm, answer_take
from masthead.forms.errors import AnswerKeyError, AnswerRefusedError
from masthead.forms.selectors import Answer, Form, answer_pending, form_asked
from masthead.library.errors import NotFoundError
from masthead.library.selectors import edition_at
from masthead.site.carrying import carried_by, remember_email, remember_filled
from masthead.site.counted import counted, read
from masthead.site.form_shown import PART, Place, address_of_form, form_seen, page_address, show_form
from masthead.site.missing import missing
from masthead.site.reading import refused
from masthead.site.sources import source_of
from masthead.site.way_in import MAIL_FAILED_WORDS
from masthead.statistics.kinds import Kind

_PENDING = "form_pending"
_MOST = 60  # answers in ten minutes from a network, which an office or a school may share


@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, publication: str, slug: str, form: str) -> HttpResponseBase:
    """A form of an edition. Whoever may read the page from which it is asked may fill it in, and who it waits for."""
    try:
        edition = edition_at(publication, slug)
    except NotFoundError:
        return missing(request, publication, slug)
    asked = request.POST.get("page") or request.GET.get("page", "1")
    page = int(asked) if asked.isdecimal() and len(asked) < 7 and int(asked) else 1
    given = may_read(person_of(request), edition, page, carried_by(request))
    is_gate = any(gate.id == form for gate in given.forms)
    if not (given.allowed or is_gate):
        return refused(request, edition, given, page)
    try:
        row = form_asked(edition, form)
    except NotFoundError:
        return missing(request, publication, slug)
    place = Place(edition, row, page, is_gate=is_gate)
    if request.method == "POST":
        return _sent(request, place, given)
    place = _with_step(request, place)
    form_seen(request, place, given)
    return show_form(request, place)


def _with_step(request: HttpRequest, place: Place) -> Place:
    """Whether the form stands there, the field for the six digits, or thanks."""
    step, email = "form", ""
    if "sent" in request.GET:
        step = "thanks"
    elif _pending(request, place.form) is not None:
        email = email_of_pending(request.session[_PENDING]["entry"])
        step = "code" if email else step
    return Place(place.edition, place.form, place.page, place.is_gate, step, email)


def _sent(request: HttpRequest, place: Place, given: Given) -> HttpResponseBase:
    what = request.POST.get("what", "")
    pending = _pending(request, place.form)
    if what == "again":
        request.session.pop(_PENDING, None)
        return show_form(request, place, Typed(_retyped(place.form, pending)) if pending else Typed())
    if what == "code":
        return _code(request, place, given, pending) if pending else _led(_form_address(place))
    return _answers(request, place, given)


def _answers(request: HttpRequest, place: Place, given: Given) -> HttpResponseBase:
    said = {name: request.POST.getlist(name) for name in request.POST if name.startswith("f-")}
    words, key = wording.translator(language_of(request)), request.POST.get("key", "")[:64]
    whole, status, mistakes, emails = "", HTTPStatus.UNPROCESSABLE_ENTITY, {}, carried_by(request).emails
    try:
        if not key.isalnum():
            raise AnswerRefusedError({})
        try_once("form", network_address(request), limit=_MOST)
        answer = answer_take(
            form=place.form,
            edition=place.edition,
            said=said,
            key=key,
            page=place.page,
            language=words.language,
            is_confirmed=lambda email: is_confirmed_lately(emails, edition=place.edition, email=email),
        )
        return _taken(request, place, given) if answer.is_complete else _send_code(request, place, answer)
    except AnswerRefusedError as error:
        whole, mistakes = _said(error, words), dict(error.mistakes)
    except AnswerKeyError as error:  # under a new key what is sent now counts as well
        whole, status, key = _said(error, words), HTTPStatus.CONFLICT, ""
    except MastheadError as error:
        whole, status = _said(error, words), HTTPStatus.TOO_MANY_REQUESTS
    except OSError:
        whole, status = words.text(MAIL_FAILED_WORDS), HTTPStatus.SERVICE_UNAVAILABLE
    return show_form(request, place, Typed(said, mistakes, whole, key, status))


def _send_code(request: HttpRequest, place: Place, answer: Answer) -> HttpResponseBase:
    """Mail six digits to the address in the answer, which waits for them."""
    entry = code_send(
        edition=place.edition,
        email=answer.email,
        visitor=network_address(request),
        language=wording.translator(language_of(request)).language,
    )
    request.session[_PENDING] = {"form": place.form.pk, "answer": answer.pk, "entry": entry.pk}
    return _led(_form_address(place))


def _code(request: HttpRequest, place: Place, given: Given, answer: Answer) -> HttpResponseBase:
    words = wording.translator(language_of(request))
    kept = request.session[_PENDING]["entry"]
    try:
        entry = email_code_confirm(entry_id=kept, edition=place.edition, code=request.POST.get("code", ""))
    except MastheadError as error:
        typed = Typed(whole=_said(error, words), status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return show_form(request, _with_step(request, place), typed)
    answer_confirm(answer=answer)
    request.session.pop(_PENDING, None)
    remember_email(request, entry.pk)
    return _taken(request, place, given)


def _taken(request: HttpRequest, place: Place, given: Given) -> HttpResponseBase:
    """The answer is written: say so, and open what waited for it."""
    edition = place.edition
    if edition.build is not None:
        read(request, edition, given, source_of(edition.build.folder))
        counted(request, HttpResponse(), Kind.FORM, page=place.page, name=place.form.pk)
    response = _led(page_address(edition, place.page) if place.is_gate else f"{_form_address(place)}&sent")
    if given.reason not in (Reason.STAFF, Reason.PROOF):
        remember_filled(request, response, place.form.pk, place.form.round)
    return response


def _form_address(place: Place) -> str:
    return f"{address_of_form(place.edition, place.form.pk)}?page={place.page}"


def _led(to: str) -> HttpResponse:
    """On to an address."""
    response = HttpResponseRedirect(to, status=HTTPStatus.SEE_OTHER)
    response["Cache-Control"] = "private, no-store"
    response["Vary"] = PART
    return response


def _pending(request: HttpRequest, form: Form) -> Answer | None:
    kept: dict[str, Any] = request.session.get(_PENDING) or {}
    return answer_pending(kept["answer"], form) if kept.get("form") == form.pk else None


def _retyped(form: Form, answer: Answer) -> dict[str, list[str]]:
    """What was typed for an answer that waits, so that nobody types it twice; consents are asked again."""
    said: dict[str, list[str]] = {}
    for one in form.questions:
        value = answer.values.get(one.id)
        if value is None:
            continue
        ids = {option.labels.get(form.languages[0], ""): option.id for option in one.options}
        said[one.name] = [str(ids.get(text, text)) for text in (value if isinstance(value, list) else [value])]
    return said


def _said(error: MastheadError, words: wording.Translator) -> str:
    return f"{words.text(error.sentence)} {words.text(error.hint)}"
