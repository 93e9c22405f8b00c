"""Where comments are taken, and of whom: what the settings of an edition come to."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings

from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person
from masthead.comments.errors import CommentsClosedError
from masthead.comments.models import Comment
from masthead.comments.pacing import hashed
from masthead.library.inheriting import setting_of
from masthead.library.selectors import Edition, can_do

NOBODY: Final = "no"
GUESTS: Final = "guests"
FIRST: Final = "before"  # a moderator sees each comment before it is shown
CHANGES_FOR: Final = timedelta(minutes=15)  # after posting
LINKS: Final = 2  # more of them in one comment hold it


def has_comments(edition: Edition) -> bool:
    """Whether there are comments under an edition at all: it is live, and the publisher wants them."""
    return edition.is_live and edition.build is not None and setting_of(edition, "comments") != NOBODY


def takes_guests(edition: Edition) -> bool:
    """Whether those may comment who did not sign in, once they have confirmed an address by a mail that can be sent."""
    sends = not settings.EMAIL_BACKEND.endswith(".console.EmailBackend")
    return sends and setting_of(edition, "comments") == GUESTS


def is_checked_first(edition: Edition) -> bool:
    """Whether a moderator sees each comment before it is shown."""
    return setting_of(edition, "comments_checked") == FIRST


def may_write(person: Person, edition: Edition) -> bool:
    """Whether this person may comment; whether they may read, `access` says."""
    return has_comments(edition) and (person is not None or takes_guests(edition))


def require_open(person: Person, edition: Edition) -> None:
    """Raise CommentsClosedError where this person cannot comment."""
    if not may_write(person, edition):
        raise CommentsClosedError(edition.pk)


def moderates(person: Person, edition: Edition) -> bool:
    """Whether the person decides on the edition's comments."""
    return can_do(person, Action.MODERATE, edition)


def key_of(comment: Comment) -> str:
    """Whose comment it is, as blocks and limits know it; "" of somebody who has left."""
    return person_key(comment.author_id or "", comment.email)


def person_key(user_id: str, email: str) -> str:
    """The same of an account, or of a guest's address."""
    if user_id:
        return hashed("user", user_id)
    return hashed("address", email) if email else ""
