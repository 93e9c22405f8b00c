"""The one question that every face asks before it sends anything of an edition, and its one answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from masthead.access.proof_links import opens
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person
from masthead.library.selectors import Edition, can_do


class Reason(StrEnum):
    """Why somebody may read, or may not."""

    OPEN = "open"  # the edition is live and for everybody
    STAFF = "staff"  # somebody of the publisher looks at it
    PROOF = "proof"  # somebody outside was given a link to it
    NOT_LIVE = "not_live"  # there is nothing to read yet, or for now
    WITHDRAWN = "withdrawn"  # there was


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether it may be read and why. What is not `is_public` must never be kept by a cache that others share."""

    allowed: bool
    reason: Reason
    is_public: bool


def may_read(person: Person, edition: Edition, page: int | None = None, proofs: Collection[str] = ()) -> Answer:
    """May this person read this page of this edition? `None` asks for what belongs to no page, such as its contents.

    `proofs` are the ids of the proof links that this visitor opened.
    """
    if edition.is_live:
        return Answer(True, Reason.OPEN, is_public=True)
    if can_do(person, Action.VIEW, edition):
        return Answer(True, Reason.STAFF, is_public=False)
    if opens(proofs, edition):
        return Answer(True, Reason.PROOF, is_public=False)
    reason = Reason.WITHDRAWN if edition.state == "withdrawn" else Reason.NOT_LIVE
    return Answer(False, reason, is_public=False)
