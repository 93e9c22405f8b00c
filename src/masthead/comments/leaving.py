"""What becomes of somebody's comments when their account goes: taken along as data, removed, or left without a name."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from masthead.accounts.selectors import User
from masthead.comments.models import Comment, Report
from masthead.comments.posting import comment_remove
from masthead.comments.selectors import own_comments


def own_comments_data(user: User) -> list[dict[str, Any]]:
    """Everything that somebody wrote, under names for people; days and times as ISO 8601."""
    return [
        {
            "edition": str(row.edition),
            "article": row.about,
            "under_the_name": row.name,
            "text": row.text,
            "state": str(row.state),
            "posted": row.posted_at.isoformat(),
            "changed": row.changed_at.isoformat() if row.changed_at else None,
            "mail_about_answers": row.wants_mail,
        }
        for row in own_comments(user)
    ]


def comments_leave(*, user: User, are_kept: bool) -> None:
    """Before an account is erased: its comments go, or stay as those of a former reader.

    Reports forget who made them.
    """
    with transaction.atomic():
        Report.objects.filter(reporter=user).update(reporter=None)
        rows = Comment.objects.filter(author=user)
        if are_kept:
            rows.update(author=None, name="", email="", wants_mail=False, visitor="")
            return
        for row in rows.order_by("-posted_at"):  # answers first, so that their threads can go too
            comment_remove(comment=row)
