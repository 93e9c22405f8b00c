"""Comments in the back office: what waits for a decision and why, what was decided, words that hold, people blocked."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from masthead import wording
from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User, can, history, require
from masthead.backoffice.framing import say, show
from masthead.backoffice.log_words import DEED_WORDS
from masthead.backoffice.sorting import asked_query, sort_of
from masthead.backoffice.staff import house_of, staff
from masthead.comments.checking import BEFORE, MANY_LINKS
from masthead.comments.moderating import APPROVE, REJECT, comments_decide, person_block, person_unblock, words_set
from masthead.comments.notices import moderator_set
from masthead.comments.selectors import (
    SORTS,
    Comment,
    Report,
    blocked_people,
    comment_get,
    comment_list,
    held_words,
    moderated_publications,
    moderates_somewhere,
    moderator_wants_mail,
    open_reports,
)
from masthead.document.typed_text import paragraphs_of
from masthead.faces.languages import language_of
from masthead.faces.spreadsheets import csv_response
from masthead.library.errors import NotFoundError

_A_PAGE = 30
STATES = ("queue", "shown", "rejected", "all")
SORT_WORDS = ("Latest first", "Oldest first", "Most reports first")
STATE_WORDS = ("To decide", "Shown", "Rejected", "All")
_HEAD_WORDS = ("Time", "Publication", "Edition", "Article", "Name", "State", "Reports (number)", "Comment")
_DECISION_WORDS = ("Waits", "Shown", "Rejected")
_WORD_OF_STATE = dict(zip(("waiting", "shown", "rejected"), _DECISION_WORDS, strict=True))
REASON_WORDS = ("Advertising or spam", "Insult or hate", "Unlawful", "Private things", "Something else")
DECIDED_WORDS = "Decided: {count}."
NONE_CHOSEN_WORDS = "Choose at least one comment."
BLOCKED_WORDS = "{name} cannot comment here any more."
UNBLOCKED_WORDS = "They can comment again."
SAVED_WORDS = "Saved."
STAYS_WORDS = "Who writes for the publisher cannot be blocked here, nor who has left."


def moderated(person: User, slug: str) -> Publisher:
    """The house, for somebody who decides on comments of it; raises NotFoundError, NotAllowedError."""
    found = house_of(person, slug)
    if not moderates_somewhere(person, found):
        raise NotAllowedError(Action.MODERATE.value)
    return found


@require_safe
@staff
def comments_csv(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """What the list shows, all its pages, for a spreadsheet; addresses of those who wrote are not in it."""
    found = moderated(person, house)
    words, zone = wording.translator(language_of(request)), ZoneInfo(found.time_zone)
    rows = comment_list(person, found, **_asked(request))
    lines = (
        (
            row.posted_at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S"),
            row.edition.publication.name,
            row.edition.label,
            row.about,
            row.name,
            words.text(_WORD_OF_STATE.get(row.state, row.state)),
            len(row.reports.all()),
            row.text,
        )
        for row in rows
    )
    return csv_response(f"{found.slug}-comments", [words.text(name) for name in _HEAD_WORDS], lines)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def comments(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """The queue and what was decided; POST shows or rejects what was chosen."""
    found = moderated(person, house)
    words = wording.translator(language_of(request))
    asked = _asked(request)
    rows = comment_list(person, found, **asked)
    mistake = ""
    if request.method == "POST":
        chosen = rows.filter(pk__in=request.POST.getlist("comment")[:_A_PAGE])
        deed = REJECT if request.POST.get("deed") == REJECT else APPROVE
        if chosen:
            number = comments_decide(by=person, comments=chosen, deed=deed)
            say(request, DECIDED_WORDS, count=number)
            return HttpResponseRedirect(request.get_full_path(), status=HTTPStatus.SEE_OTHER)
        mistake = words.text(NONE_CHOSEN_WORDS)
    page = Paginator(rows, _A_PAGE).get_page(request.GET.get("page"))
    shown: dict[str, Any] = {
        "house": found,
        "page": page,
        "rows": [_row(person, found, row, words) for row in page.object_list],
        "asked": asked,
        "states": list(zip(STATES, map(words.text, STATE_WORDS), strict=True)),
        "publications": moderated_publications(person, found),
        "sorts": list(zip(SORTS, map(words.text, SORT_WORDS), strict=True)),
        "query": asked_query(asked, SORTS),
        "mistake": mistake,
        "paragraphs_of": paragraphs_of,
        "sets_rules": can(person, Action.MODERATE, found.pk),
    }
    response = show(request, "office/comments.html", **shown)
    response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY if mistake else HTTPStatus.OK
    return response


def _asked(request: HttpRequest) -> dict[str, str]:
    """Which comments, in which order; what makes no sense is left out."""
    state, asked = request.GET.get("state", STATES[0]), request.GET
    return {
        "state": state if state in STATES else STATES[0],
        "words": asked.get("words", "")[:120],
        "publication": asked.get("publication", "")[:12],
        "sort": sort_of(request, SORTS),
    }


@require_POST
@staff
def block(request: HttpRequest, person: User, house: str, comment: str) -> HttpResponse:
    """Whoever wrote it writes no more here; the comment itself is decided on by itself."""
    found = moderated(person, house)
    row = comment_get(person, found, comment)
    if row is None:
        raise NotFoundError(comment)
    is_blocked = person_block(by=person, comment=row)
    if is_blocked:
        say(request, BLOCKED_WORDS, name=row.name)
    else:
        say(request, STAYS_WORDS)
    back = reverse("house-comments", args=[found.slug])
    return HttpResponseRedirect(f"{back}?{request.GET.urlencode()}", status=HTTPStatus.SEE_OTHER)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def rules(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """Words that hold a comment, people who may write no more, and whether mails tell of what is new."""
    found = moderated(person, house)
    require(person, Action.MODERATE, found.pk)
    if request.method == "POST":
        deed = request.POST.get("deed", "")
        if deed == "words":
            words_set(by=person, publisher=found, words=request.POST.get("words", "")[:40_000].splitlines())
            say(request, SAVED_WORDS)
        elif deed == "mail":
            moderator_set(by=person, publisher=found, wants_mail=bool(request.POST.get("wants_mail")))
            say(request, SAVED_WORDS)
        elif deed == "unblock":
            person_unblock(by=person, publisher=found, blocked_id=request.POST.get("blocked", ""))
            say(request, UNBLOCKED_WORDS)
        return HttpResponseRedirect(request.path, status=HTTPStatus.SEE_OTHER)
    shown: dict[str, Any] = {
        "house": found,
        "words": "\n".join(held_words(found)),
        "blocked": blocked_people(found),
        "wants_mail": moderator_wants_mail(person, found),
    }
    return show(request, "office/comment_rules.html", **shown)


def _row(person: User, house: Publisher, row: Comment, words: wording.Translator) -> dict[str, Any]:
    """A comment with why it waits, where it stands, and what was done with it."""
    edition = row.edition
    home = reverse("edition-comments", args=[edition.publication.slug, edition.slug])
    asked = {name: value for name, value in (("article", row.article), ("at", row.pk)) if value}
    reasons = dict(zip(Report.Reason.values, map(words.text, REASON_WORDS), strict=True))
    return {
        "comment": row,
        "why": [_why(kind, what, words) for kind, what in row.why] if row.state == "waiting" else [],
        "reports": [(reasons[report.reason], report.reporter, report.words, report.at) for report in open_reports(row)],
        "address": f"{home}?{urlencode(asked)}#comment-{row.pk}",
        "done": [
            (words.text(DEED_WORDS.get(entry.action, entry.action)), entry.user_name, entry.at)
            for entry in (history(person, house, row.pk)[:5] if row.decided_at else [])
        ],
    }


def _why(kind: str, what: str, words: wording.Translator) -> str:
    if kind == BEFORE:
        return words.text("Every comment is checked before it is shown")
    if kind == MANY_LINKS:
        return words.plural("{count} link", "{count} links", int(what))
    return f"{words.text('Held word')}: {what}"
