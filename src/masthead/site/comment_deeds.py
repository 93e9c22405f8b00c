"""What somebody does with comments: the form that is open, what it sends, and what may be done with each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest

from masthead import wording
from masthead.comments.errors import CommentNameRefusedError, CommentOverError, CommentTextRefusedError
from masthead.comments.posting import (
    About,
    Visit,
    Written,
    can_be_changed,
    comment_change,
    comment_post,
    comment_remove,
    comment_report,
)
from masthead.comments.rules import may_write
from masthead.comments.selectors import Comment, State, comment_in
from masthead.document.errors import MastheadError
from masthead.faces.languages import language_of
from masthead.faces.looks import person_of
from masthead.faces.visitors import network_address
from masthead.library.selectors import Edition
from masthead.site.announced_facts import origin_of
from masthead.site.comment_forms import ChangeForm, CommentForm, ReportForm
from masthead.site.comment_threads import address_of

SHOWN_WORDS = "Your comment is there."
WAITS_WORDS = "Thank you. Your comment waits for a moderator."
ASKED_WORDS = "Look into your letter box: we sent a link to {email}. Your comment is shown when you confirm it there."
CHANGED_WORDS = "Your comment is changed."
REMOVED_WORDS = "Your comment is removed."
REPORTED_WORDS = "Thank you. A moderator will look at it."
ANSWER_WORDS = "Answer"
CHANGE_WORDS = "Change"
REMOVE_WORDS = "Remove"
REPORT_WORDS = "Report"
_FIELDS: dict[type[MastheadError], str] = {CommentTextRefusedError: "text", CommentNameRefusedError: "name"}


@dataclass(frozen=True, slots=True)
class Open:
    """Where somebody stands: the comments of what, in the page or the reader, and which are theirs as a guest's."""

    request: HttpRequest
    edition: Edition
    article: str
    is_part: bool
    own: list[str]

    def address(self, near: str = "", /, **more: str) -> str:
        """These comments; at one of them."""
        path = address_of(self.edition, article=self.article, **more, part="1" if self.is_part else "")
        return f"{path}#comment-{near}" if near else path

    def is_mine(self, comment: Comment) -> bool:
        """Whether the visitor wrote it."""
        person = person_of(self.request)
        if comment.author_id:
            return person is not None and comment.author_id == person.pk
        return comment.pk in self.own


@dataclass(frozen=True, slots=True)
class Way:
    """Something that can be done with a comment."""

    address: str
    words: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Doing:
    """The form that is open at a comment."""

    deed: str
    comment: str
    form: forms.Form | None
    cancel: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a deed went: what to say, or the form with its mistakes."""

    is_done: bool = False
    status: str = ""
    address: str = ""
    form: CommentForm | None = None
    doing: Doing | None = None
    failure: str = ""


def ways_with(here: Open, words: wording.Translator) -> Callable[[Comment], list[Way]]:
    """Says of a comment what the visitor may do with it."""
    person, asked = person_of(here.request), here.request.GET

    def ways(comment: Comment) -> list[Way]:
        mine, is_shown = here.is_mine(comment), comment.state == State.SHOWN
        offered = [
            ("answer", ANSWER_WORDS, is_shown and may_write(person, here.edition)),
            ("change", CHANGE_WORDS, mine and can_be_changed(comment)),
            ("remove", REMOVE_WORDS, mine),
            ("report", REPORT_WORDS, is_shown and not mine),
        ]
        return [
            Way(here.address(comment.pk, **{deed: comment.pk}), words.text(said), asked.get(deed) == comment.pk)
            for deed, said, may in offered
            if may
        ]

    return ways


def opened_form(here: Open) -> Doing | None:
    """The form that the address opens at a comment; raises CommentOverError where it is not there any more."""
    asked = here.request.GET
    deed = next((one for one in ("answer", "change", "remove", "report") if asked.get(one)), "")
    if not deed:
        return None
    return _doing(here, "write" if deed == "answer" else deed, _comment(here, asked[deed]))


def done(here: Open, about: About) -> Outcome:
    """Do what was sent. Mistakes come back with all that was typed."""
    sent = here.request.POST
    deed = sent.get("deed", "")
    words = wording.translator(language_of(here.request))
    form: forms.Form | None = None
    doing: Doing | None = None
    try:
        if deed == "write":
            form, doing = _written_form(here)
            return _write(here, about, form, words) if form.is_valid() else _wrong(form, doing)
        comment = _comment(here, sent.get("comment", ""))
        doing = _doing(here, deed, comment, is_sent=True)
        form = doing.form if doing else None
        if doing is None or (form is not None and not form.is_valid()):
            return Outcome(doing=doing)
        return _do(here, deed, comment, form, words)
    except MastheadError as error:
        said = f"{words.text(error.sentence)} {words.text(error.hint)}"
        field = _FIELDS.get(type(error))
        if form is None or (field and field not in form.fields):
            return Outcome(failure=said)
        form.add_error(field, said)
        return _wrong(form, doing)


def _written_form(here: Open) -> tuple[CommentForm, Doing | None]:
    answers = here.request.POST.get("answers", "")[:12]
    person = person_of(here.request)
    form = CommentForm(here.request.POST, person=person, auto_id="answer-%s" if answers else "comment-%s")
    return form, Doing("write", answers, form, here.address(answers)) if answers else None


def _write(here: Open, about: About, form: CommentForm, words: wording.Translator) -> Outcome:
    request, typed = here.request, form.cleaned_data
    made = comment_post(
        by=person_of(request),
        edition=here.edition,
        about=about,
        written=Written(
            typed["name"],
            typed["text"],
            typed.get("email", ""),
            typed["wants_mail"],
            request.POST.get("answers", "")[:12],
        ),
        visit=Visit(network_address(request), words.language, origin_of(request)),
    )
    if made.state == State.UNCONFIRMED:
        email = made.author.email if made.author else made.email
        return Outcome(True, words.text(ASKED_WORDS, email=email), f"{here.address()}#comments")
    said = SHOWN_WORDS if made.state == State.SHOWN else WAITS_WORDS
    return Outcome(True, words.text(said), here.address(made.pk, at=made.pk))


def _do(here: Open, deed: str, comment: Comment, form: forms.Form | None, words: wording.Translator) -> Outcome:
    request = here.request
    if deed == "change" and form is not None:
        changed = comment_change(comment=comment, text=form.cleaned_data["text"])
        said = CHANGED_WORDS if changed.state == State.SHOWN else WAITS_WORDS
        return Outcome(True, words.text(said), here.address(comment.pk, at=comment.pk))
    if deed == "report" and form is not None:
        comment_report(
            by=person_of(request),
            comment=comment,
            reason=form.cleaned_data["reason"],
            words=form.cleaned_data["words"],
            network=network_address(request),
        )
        return Outcome(True, words.text(REPORTED_WORDS), here.address(comment.pk, at=comment.pk))
    comment_remove(comment=comment)
    return Outcome(True, words.text(REMOVED_WORDS), f"{here.address()}#comments")


def _doing(here: Open, deed: str, comment: Comment, *, is_sent: bool = False) -> Doing | None:
    """The form of a deed, which only those get who may do it."""
    sent = here.request.POST if is_sent else None
    words = wording.translator(language_of(here.request))
    cancel = here.address(comment.pk, at=comment.pk)
    form: forms.Form | None = None
    if deed in ("change", "remove") and not here.is_mine(comment):
        raise CommentOverError(comment.pk)
    if deed == "write":
        form = CommentForm(person=person_of(here.request), auto_id="answer-%s")
    elif deed == "change":
        if not can_be_changed(comment):
            raise CommentOverError(comment.pk)
        form = ChangeForm(sent, initial={"text": comment.text}, auto_id="change-%s")
    elif deed == "report":
        form = ReportForm(sent, words=words, auto_id="report-%s")
    elif deed != "remove":
        return None
    return Doing(deed, comment.pk, form, cancel)


def _comment(here: Open, comment_id: str) -> Comment:
    """A comment that the visitor sees here; raises CommentOverError."""
    found = comment_in(here.edition, comment_id[:12])
    if found.article != here.article or (found.state != State.SHOWN and not here.is_mine(found)):
        raise CommentOverError(comment_id)
    return found


def _wrong(form: forms.Form, doing: Doing | None) -> Outcome:
    if doing is None and isinstance(form, CommentForm):
        return Outcome(form=form)
    return Outcome(doing=doing)
