"""Writes comments: posted, confirmed by a guest, changed for a while, removed, reported by others."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from django.core import signing
from django.db import transaction
from django.utils import timezone

from masthead.access.entitlements import is_confirmed
from masthead.accounts.selectors import Person
from masthead.comments import pacing
from masthead.comments.checking import held_by, name_of, text_of
from masthead.comments.errors import CommenterBlockedError, CommentLinkError, CommentOverError
from masthead.comments.models import Blocked, Comment, Report, State
from masthead.comments.notices import comment_tell, confirmation_send
from masthead.comments.rules import CHANGES_FOR, key_of, moderates, person_key, require_open
from masthead.library.selectors import Edition

_SIGNER: Final = signing.TimestampSigner(salt="masthead.comment")
_TWICE: Final = timedelta(minutes=10)  # the same words again within this time are one comment, sent twice


@dataclass(frozen=True, slots=True)
class About:
    """What a comment is about: an article by its slug, with its title and how it begins, or with "" the edition."""

    article: str = ""
    title: str = ""
    quote: dict[str, str] = field(default_factory=dict)
    build: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody typed; `answers` is the id of the comment that it answers, `email` counts for guests only."""

    name: str
    text: str
    email: str = ""
    wants_mail: bool = False
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """From where it was written: network address, language of the interface, scheme and host of the house."""

    network: str
    language: str
    origin: str


def comment_post(*, by: Person, edition: Edition, about: About, written: Written, visit: Visit) -> Comment:
    """Post a comment; its state says whether it is shown, waits for a moderator, or for its writer's yes by mail.

    The caller asked `access` before. Raises CommentsClosedError, CommenterBlockedError, CommentTextRefusedError,
    CommentNameRefusedError, CommentedTooOftenError, CommentOverError where what it answers is gone.
    """
    require_open(by, edition)
    is_staff = moderates(by, edition)
    email = "" if by is not None else written.email
    text, name = text_of(written.text), name_of(written.name, edition, is_staff=is_staff)
    answered = _answered(edition, about.article, written.answers)
    made = Comment(
        edition=edition,
        article=about.article,
        about=about.title[:300],
        quote=about.quote,
        build=about.build,
        thread=(answered.thread or answered) if answered else None,
        answers=answered,
        author=by,
        email=email,
        name=name,
        is_staff=is_staff,
        text=text,
        language=visit.language,
        wants_mail=written.wants_mail,
        origin=visit.origin,
        visitor=pacing.hashed("network", visit.network or "unknown"),
    )
    _require_not_blocked(made)
    again = _sent_twice(made)
    if again is not None:
        return again
    pacing.require_room(user_id=by.pk if by else "", email=email, visitor=made.visitor)
    with transaction.atomic():
        if by is None or not (is_staff or is_confirmed(by)):
            made.state = State.UNCONFIRMED
            made.save()
            confirmation_send(made, _SIGNER.sign(made.pk))
        else:
            _judge(made, is_staff=is_staff)
            made.save()
            comment_tell(made)
    return made


def comment_of_link(token: str, edition: Edition) -> Comment:
    """The comment that a link in a mail confirms; raises CommentLinkError where it is not there any more."""
    try:
        name = _SIGNER.unsign(token, max_age=pacing.DAY)
    except signing.BadSignature as error:
        raise CommentLinkError(token[:40]) from error
    rows = Comment.objects.filter(pk=name, edition=edition).exclude(state=State.REMOVED)
    found = rows.select_related("edition__publication__publisher").first()
    if found is None:
        raise CommentLinkError(name)
    return found


def comment_confirm(*, token: str, edition: Edition) -> Comment:
    """Its writer's yes. A link that is followed again changes nothing. Raises CommentLinkError, CommenterBlockedError,
    CommentsClosedError.
    """
    made = comment_of_link(token, edition)
    require_open(made.author, edition) if made.author else _require_guests(edition)
    _require_not_blocked(made)
    with transaction.atomic():
        current = Comment.objects.select_for_update(of=("self",)).get(pk=made.pk)
        if current.state != State.UNCONFIRMED:
            return made
        _judge(made, is_staff=False)
        made.posted_at = timezone.now()
        made.save()
        comment_tell(made)
    return made


def comment_change(*, comment: Comment, text: str) -> Comment:
    """Other words, by its writer, within a quarter of an hour. Raises CommentOverError, CommentTextRefusedError."""
    said = text_of(text)
    if not can_be_changed(comment):
        raise CommentOverError(comment.pk)
    comment.text, comment.changed_at = said, timezone.now()
    if comment.state == State.SHOWN:
        _judge(comment, is_staff=comment.is_staff)
    with transaction.atomic():
        comment.save()
        comment_tell(comment)
    return comment


def can_be_changed(comment: Comment) -> bool:
    """Whether its writer can still say it in other words."""
    is_there = comment.state in (State.SHOWN, State.WAITING)
    return is_there and timezone.now() - comment.posted_at < CHANGES_FOR


def comment_remove(*, comment: Comment) -> None:
    """Its writer takes it back. Where it has answers its place stays, without name and words."""
    with transaction.atomic():
        has_answers = Comment.objects.filter(thread=comment).exclude(state=State.UNCONFIRMED).exists()
        if not has_answers:
            comment.delete()
            return
        comment.state, comment.text, comment.name, comment.wants_mail = State.REMOVED, "", "", False
        comment.author, comment.email, comment.is_staff = None, "", False
        comment.save()


def comment_report(*, by: Person, comment: Comment, reason: str, words: str, network: str) -> None:
    """Say that a comment should not be there; each says so once. Raises CommentedTooOftenError."""
    who = person_key(by.pk, "") if by is not None else pacing.hashed("network", network or "unknown")
    pacing.require_room_to_report(who)
    said = " ".join(words.split())[:500]
    with transaction.atomic():
        Report.objects.get_or_create(
            comment=comment, who=who, defaults={"reporter": by, "reason": reason, "words": said}
        )


def _judge(comment: Comment, *, is_staff: bool) -> None:
    comment.why = [] if is_staff else held_by(comment.text, comment.name, comment.edition)
    comment.state = State.WAITING if comment.why else State.SHOWN


def _answered(edition: Edition, article: str, comment_id: str) -> Comment | None:
    if not comment_id:
        return None
    rows = Comment.objects.filter(pk=comment_id, edition=edition, article=article, state=State.SHOWN)
    found = rows.select_related("thread").first()
    if found is None:
        raise CommentOverError(comment_id)
    return found


def _require_guests(edition: Edition) -> None:
    require_open(None, edition)


def _require_not_blocked(comment: Comment) -> None:
    who = key_of(comment)
    if Blocked.objects.filter(publisher=comment.edition.publication.publisher_id, who=who).exists():
        raise CommenterBlockedError(comment.edition_id)


def _sent_twice(made: Comment) -> Comment | None:
    """The same words by the same person in the same place a moment ago: a button that was pressed twice."""
    since = timezone.now() - _TWICE
    rows = Comment.objects.filter(edition=made.edition, article=made.article, text=made.text, posted_at__gt=since)
    rows = rows.filter(author=made.author, email=made.email, answers=made.answers).exclude(state=State.REJECTED)
    return rows.first()
