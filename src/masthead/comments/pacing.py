"""How much one person or one network writes: counted from the rows themselves, by hashes that are kept for a day."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from masthead.comments.errors import CommentedTooOftenError
from masthead.comments.models import Comment, Report

DAY: Final = timedelta(days=1)
SHORT: Final = timedelta(minutes=10)
LIMITS: Final = ((SHORT, 6), (DAY, 50))  # comments of one person
OF_A_NETWORK: Final = ((SHORT, 20), (DAY, 200))  # which an office or a school may share
REPORTS: Final = 20  # of one person or network in a day


def hashed(kind: str, whose: str) -> str:
    """What stands in rows instead of an address or a person."""
    return hashlib.sha256(f"comments:{kind}:{whose.strip().lower()}".encode()).hexdigest()


def require_room(*, user_id: str, email: str, visitor: str) -> None:
    """Raise CommentedTooOftenError where this person, or this network, has written enough for now."""
    own = Q(author_id=user_id) if user_id else Q(author=None, email__iexact=email)
    for rows, limits in ((own, LIMITS), (Q(visitor=visitor), OF_A_NETWORK)):
        for since, most in limits:
            if Comment.objects.filter(rows, posted_at__gt=timezone.now() - since).count() >= most:
                raise CommentedTooOftenError(f"{most} in {since}")


def require_room_to_report(who: str) -> None:
    """The same of reports."""
    if Report.objects.filter(who=who, at__gt=timezone.now() - DAY).count() >= REPORTS:
        raise CommentedTooOftenError("reports")


def forget_old(now: datetime | None = None) -> int:
    """Forget comments that nobody confirmed within a day, and hashes of network addresses; says how many rows."""
    before = (now or timezone.now()) - DAY
    Comment.objects.filter(author=None, email="").exclude(name="").update(name="")  # their accounts are gone
    removed, _ = Comment.objects.filter(state="unconfirmed", posted_at__lt=before).delete()
    rows = Comment.objects.filter(posted_at__lt=before).exclude(visitor="")
    return removed + rows.update(visitor="")
