"""What moderators do: show or reject comments, hold words, block people; all of it stands in the log."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User, require
from masthead.accounts.services import log_write
from masthead.comments.checking import folded
from masthead.comments.models import Blocked, Comment, HeldWord, Report, State
from masthead.comments.notices import comment_tell
from masthead.comments.rules import key_of, moderates

MOST_WORDS = 500
APPROVE, REJECT = "approve", "reject"


def comments_decide(*, by: User, comments: Iterable[Comment], deed: str) -> int:
    """Show comments or reject them, whatever they are now; their reports are settled. Raises NotAllowedError.

    Says of how many that changed anything.
    """
    rows = list(comments)
    for row in rows:
        if not moderates(by, row.edition):
            raise NotAllowedError(Action.MODERATE.value)
    with transaction.atomic():
        return sum(_decide(by, row, deed) for row in rows)


def words_set(*, by: User, publisher: Publisher, words: Iterable[str]) -> list[str]:
    """Hold comments with these words from now on, and with no others. Raises NotAllowedError."""
    require(by, Action.MODERATE, publisher.pk)
    wanted = sorted({folded(word)[:80] for word in words if folded(word)})[:MOST_WORDS]
    with transaction.atomic():
        before = set(HeldWord.objects.filter(publisher=publisher).values_list("word", flat=True))
        HeldWord.objects.filter(publisher=publisher).exclude(word__in=wanted).delete()
        HeldWord.objects.bulk_create(HeldWord(publisher=publisher, word=word) for word in wanted if word not in before)
        if before != set(wanted):
            log_write(
                by=by,
                publisher_id=publisher.pk,
                action="comments.words",
                subject_id=publisher.pk,
                subject_name=publisher.name,
                before={"held": ", ".join(sorted(before))},
                after={"held": ", ".join(wanted)},
            )
    return wanted


def person_block(*, by: User, comment: Comment) -> bool:
    """Whoever wrote this comment writes no more at this publisher; says whether that is so. Raises NotAllowedError.

    Staff is not blocked, and whoever left cannot be known.
    """
    publisher = comment.edition.publication.publisher
    require(by, Action.MODERATE, publisher.pk)
    who = key_of(comment)
    if not who or comment.is_staff:
        return False
    with transaction.atomic():
        _, is_new = Blocked.objects.get_or_create(publisher=publisher, who=who, defaults={"name": comment.name})
        if is_new:
            _log(by, comment, "comments.block")
    return True


def person_unblock(*, by: User, publisher: Publisher, blocked_id: str) -> None:
    """They may write again. Raises NotAllowedError."""
    require(by, Action.MODERATE, publisher.pk)
    with transaction.atomic():
        removed, _ = Blocked.objects.filter(publisher=publisher, pk=blocked_id).delete()
        if removed:
            log_write(
                by=by,
                publisher_id=publisher.pk,
                action="comments.unblock",
                subject_id=publisher.pk,
                subject_name=publisher.name,
            )


def _decide(by: User, row: Comment, deed: str) -> bool:
    current = Comment.objects.select_for_update(of=("self",)).select_related("answers").get(pk=row.pk)
    current.edition = row.edition
    if current.state in (State.UNCONFIRMED, State.REMOVED):
        return False
    before, now = str(current.state), timezone.now()
    settled = Report.objects.filter(comment=current, settled_at=None).update(settled_at=now)
    state = State.SHOWN if deed == APPROVE else State.REJECTED
    if before == state and not settled:
        return False
    current.state, current.decided_at, current.decided_by = state, now, by
    current.save()
    if state == State.SHOWN:
        comment_tell(current)
    _log(by, current, f"comment.{deed}", {"state": before}, {"state": str(state)})
    return True


def _log(
    by: User, comment: Comment, action: str, before: dict[str, str] | None = None, after: dict[str, str] | None = None
) -> None:
    """The log is never changed, so it holds nothing of what was said: only where."""
    edition = comment.edition
    log_write(
        by=by,
        publisher_id=edition.publication.publisher_id,
        action=action,
        subject_id=comment.pk,
        subject_name=f"{edition}{f' – {comment.about}' if comment.about else ''}",
        before=before,
        after=after,
    )
