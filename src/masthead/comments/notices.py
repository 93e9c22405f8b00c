"""Mails about comments: the question to a guest, answers to who wants them, new ones to moderators; how they end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from masthead import wording
from masthead.accounts.selectors import Publisher, Staff, User
from masthead.comments.errors import CommentLinkError
from masthead.comments.models import Comment, Moderator, State
from masthead.comments.selectors import comment_list, moderates_somewhere
from masthead.library.telling import tell

_ENDS: Final = signing.Signer(salt="masthead.comment-mail")
_BETWEEN: Final = timedelta(hours=1)  # mails to one moderator
_EXCERPT: Final = 400  # characters of an answer in its mail
_AGO: Final = timedelta(days=2)  # what is older than this is told to nobody for the first time

# Nothing that a guest typed stands in the mail that asks them: else it would be a way to write to strangers.
CONFIRM_SUBJECT_WORDS = "Did you write a comment in {publication}?"
CONFIRM_WORDS = (
    "Somebody wrote a comment on “{title}” and gave this address.\n\n"
    "If it was you, open this link and press the button; it is good for a day:\n\n{link}\n\n"
    "If it was not you, do nothing: then nobody sees the comment."
)
ANSWER_SUBJECT_WORDS = "{name} answered your comment in {publication}"
ANSWER_WORDS = "{name} answered your comment on “{title}”:\n\n{text}\n\nRead it where it stands: {link}"
ANSWER_END_WORDS = "No more mail about answers: {link}"
NONE_WAITS_WORDS = "None of them waits for a decision."
MODERATOR_END_WORDS = "No more mail about new comments: {link}"


def comment_tell(comment: Comment) -> None:
    """Tell that a comment is there: programs and moderators once, whom it answers as soon as everybody sees it."""
    if not comment.was_told:
        _tell_programs(comment)
        moderators_tell(publisher=comment.edition.publication.publisher, origin=comment.origin)
        Comment.objects.filter(pk=comment.pk).update(was_told=True)
        comment.was_told = True
    if comment.state == State.SHOWN:
        answer_tell(comment)


def answer_tell(comment: Comment) -> None:
    """Tell whom a comment answers, if they want to hear of it; once."""
    answered = comment.answers
    if comment.was_answer_told or answered is None or not answered.wants_mail or answered.state != State.SHOWN:
        return
    address = answered.author.email if answered.author else answered.email
    is_own = answered.author_id == comment.author_id and answered.email == comment.email
    if not address or is_own:
        return
    Comment.objects.filter(pk=comment.pk).update(was_answer_told=True)
    words = wording.translator(answered.language)
    title = comment.about or str(comment.edition)
    text = comment.text if len(comment.text) <= _EXCERPT else comment.text[:_EXCERPT].rsplit(" ", 1)[0] + " …"
    said = words.text(ANSWER_WORDS, name=comment.name, title=title, text=text, link=address_of(comment))
    publication = comment.edition.publication.name
    subject = words.text(ANSWER_SUBJECT_WORDS, name=comment.name, publication=publication)
    _send(address, subject, said, words, ANSWER_END_WORDS, _end(comment.origin, f"answers:{answered.pk}"))


def confirmation_send(comment: Comment, token: str) -> None:
    """Ask a guest whether the comment is theirs."""
    address = comment.author.email if comment.author else comment.email
    edition, words = comment.edition, wording.translator(comment.language)
    path = reverse("edition-comment-confirm", args=[edition.publication.slug, edition.slug, token])
    subject = words.text(CONFIRM_SUBJECT_WORDS, publication=edition.publication.name)
    said = words.text(CONFIRM_WORDS, title=comment.about or str(edition), link=comment.origin + path)
    headers = {"Content-Language": words.language}
    EmailMultiAlternatives(subject=_line(subject), body=said, to=[address], headers=headers).send()


def moderators_tell(*, publisher: Publisher, origin: str, now: datetime | None = None) -> int:
    """Mail those who decide on comments that there are new ones, each once an hour at most; says how many mails."""
    moment, sent = now or timezone.now(), 0
    people = User.objects.filter(pk__in=Staff.objects.filter(publisher=publisher).values("user"), is_active=True)
    for person in people:
        if not moderates_somewhere(person, publisher):
            continue
        row, _ = Moderator.objects.get_or_create(user=person, publisher=publisher)
        if not row.wants_mail or (row.told_at and moment - row.told_at < _BETWEEN):
            continue
        since = max(row.told_at or moment - _AGO, moment - _AGO)
        rows = comment_list(person, publisher, "").filter(posted_at__gt=since).exclude(author=person).order_by()
        number, waiting = rows.count(), rows.filter(state=State.WAITING).count()
        due = Q(told_at=row.told_at)
        if not number or not Moderator.objects.filter(due, pk=row.pk).update(told_at=moment):
            continue  # another process tells them in this very moment
        _tell_moderator(person, publisher, origin, number, waiting)
        sent += 1
    return sent


def tell_again(now: datetime | None = None) -> int:
    """What came in the hour after a mail to moderators is told in the next one; says how many mails left."""
    moment, sent = now or timezone.now(), 0
    rows = Comment.objects.filter(posted_at__gt=moment - _AGO, state__in=(State.WAITING, State.SHOWN))
    found: dict[str, tuple[Publisher, str]] = {}
    for row in rows.select_related("edition__publication__publisher").order_by("posted_at"):
        publisher = row.edition.publication.publisher
        found[publisher.pk] = (publisher, row.origin)
    for publisher, origin in found.values():
        sent += moderators_tell(publisher=publisher, origin=origin, now=moment)
    return sent


def mail_check(token: str) -> str:
    """Of what mails the link is the end: answers, moderators. Raises CommentLinkError for every other text."""
    return _ended(token)[0]


def mail_end(*, token: str) -> None:
    """No more mail of this kind. Raises CommentLinkError."""
    kind, name = _ended(token)
    if kind == "moderator":
        Moderator.objects.filter(pk=name).update(wants_mail=False)
        return
    comment = Comment.objects.filter(pk=name).select_related("edition__publication").first()
    if comment is None:
        return
    own = Q(author=comment.author) if comment.author else Q(author=None, email__iexact=comment.email)
    publisher = comment.edition.publication.publisher_id
    Comment.objects.filter(own, edition__publication__publisher=publisher).update(wants_mail=False)


def moderator_set(*, by: User, publisher: Publisher, wants_mail: bool) -> None:
    """Whether somebody of the staff is told by mail."""
    Moderator.objects.update_or_create(user=by, publisher=publisher, defaults={"wants_mail": wants_mail})


def address_of(comment: Comment) -> str:
    """Where a comment is read, absolute."""
    edition = comment.edition
    path = reverse("edition-comments", args=[edition.publication.slug, edition.slug])
    return f"{comment.origin}{path}?at={comment.pk}#comment-{comment.pk}"


def _tell_programs(comment: Comment) -> None:
    said: dict[str, Any] = {
        "id": comment.pk,
        "state": str(comment.state),
        "article": comment.article,
        "name": comment.name,
        "text": comment.text,
        "answers": comment.answers_id,
        "posted_at": comment.posted_at.isoformat(),
        "address": address_of(comment),
    }
    tell("comment.posted", comment.edition, comment=said)


def _tell_moderator(person: User, publisher: Publisher, origin: str, number: int, waiting: int) -> None:
    words = wording.translator(person.language or publisher.language)
    subject = words.plural("{count} new comment in {house}", "{count} new comments in {house}", number)
    link = origin + reverse("house-comments", args=[publisher.slug])
    said = words.text(NONE_WAITS_WORDS)
    if waiting:
        said = words.plural("{count} of them waits for a decision.", "{count} of them wait for a decision.", waiting)
    row = Moderator.objects.get(user=person, publisher=publisher)
    subject = subject.replace("{house}", publisher.name)
    _send(person.email, subject, f"{said}\n\n{link}", words, MODERATOR_END_WORDS, _end(origin, f"moderator:{row.pk}"))


def _send(to: str, subject: str, body: str, words: wording.Translator, end_words: str, end: str) -> None:
    text: Callable[..., str] = words.text
    body = f"{body}\n\n-- \n{text(end_words, link=end)}"
    # Mail programs show a button of their own for it (RFC 8058).
    headers = {"List-Unsubscribe": f"<{end}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    headers["Content-Language"] = words.language
    EmailMultiAlternatives(subject=_line(subject), body=body, to=[to], headers=headers).send()


def _end(origin: str, what: str) -> str:
    return origin + reverse("comment-mail", args=[_ENDS.sign(what)])


def _ended(token: str) -> tuple[str, str]:
    try:
        kind, _, name = _ENDS.unsign(token).partition(":")
    except signing.BadSignature as error:
        raise CommentLinkError(token[:40]) from error
    return kind, name


def _line(text: str) -> str:
    return " ".join(text.split())[:200]
