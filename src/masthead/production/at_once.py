"""Changes many editions at once: each by itself and whole or not at all, and of each that stays as it was, why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db import transaction

from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User
from masthead.document.errors import MastheadError
from masthead.library.deleting import deleted_editions, edition_restore
from masthead.library.errors import NotFoundError, StateError, TimeInvalidError
from masthead.library.finding import Wanted, find_editions
from masthead.library.particulars import edition_categorise
from masthead.library.selectors import Category, Edition, can_do, publication_list
from masthead.library.services import edition_publish, edition_schedule, edition_withdraw
from masthead.library.states import Step, is_possible
from masthead.production.keeping import edition_delete

MOST: Final = 500  # editions that are changed at once
Refusal = tuple[Edition, MastheadError]


class Deed(StrEnum):
    """What can be done to many editions."""

    PUBLISH = "publish"
    SCHEDULE = "schedule"
    WITHDRAW = "withdraw"
    DELETE = "delete"
    RESTORE = "restore"
    ADD_CATEGORY = "add_category"
    REMOVE_CATEGORY = "remove_category"


STEPS: Final = {Deed.PUBLISH: Step.PUBLISH, Deed.SCHEDULE: Step.SCHEDULE, Deed.WITHDRAW: Step.WITHDRAW}
"""Those that move an edition on its way to readers."""
OF_CATEGORY: Final = (Deed.ADD_CATEGORY, Deed.REMOVE_CATEGORY)


@dataclass(frozen=True, slots=True)
class Change:
    """A deed with what it needs. Raises NotFoundError without its category, TimeInvalidError without its time."""

    deed: Deed
    category: Category | None = None
    publish_at: datetime | None = None
    withdraw_at: datetime | None = None
    time_zone: str = ""  # in which the times were meant; "" for the edition's own

    def __post_init__(self) -> None:
        if self.deed in OF_CATEGORY and self.category is None:
            raise NotFoundError("category")
        if self.deed is Deed.SCHEDULE and self.publish_at is None:
            raise TimeInvalidError("publish_at")


def may_change_some(by: User, publisher: Publisher) -> bool:
    """Whether there are publications with editions to which the person may do any of it."""
    return any(can_do(by, Action.PUBLISH, one) for one in publication_list(by, publisher))


def editions_for(by: User, publisher: Publisher, deed: Deed, ids: Iterable[str]) -> list[Edition]:
    """Those of the editions that are there for this person, in the order in which they are named."""
    rows = deleted_editions(by, publisher) if deed is Deed.RESTORE else find_editions(by, publisher, Wanted())
    named = list(dict.fromkeys(ids))
    found = {row.pk: row for row in rows.filter(pk__in=named)}
    return [found[name] for name in named if name in found]


def refusal(by: User, edition: Edition, deed: Deed) -> MastheadError | None:
    """Why it cannot be done to this edition, as far as that can be told before."""
    action = Action.EDIT if deed in OF_CATEGORY else Action.PUBLISH
    if not can_do(by, action, edition):
        return NotAllowedError(action.value)
    if deed in STEPS and not is_possible(edition.state, STEPS[deed]):
        return StateError(edition.state)
    return None


def editions_change(*, by: User, editions: Sequence[Edition], change: Change) -> list[Refusal]:
    """Do it to each, and say of which it could not be done. Somebody else may have been quicker."""
    refused: list[Refusal] = []
    for edition in editions:
        error = refusal(by, edition, change.deed)
        try:
            if error is None:
                with transaction.atomic():
                    _do(by, edition, change)
        except MastheadError as found:
            error = found
        if error is not None:
            refused.append((edition, error))
    return refused


def _do(by: User, edition: Edition, change: Change) -> None:
    categories = [change.category] if change.category else []
    deeds: dict[Deed, Callable[[], object]] = {
        Deed.PUBLISH: lambda: edition_publish(by=by, edition=edition),
        Deed.SCHEDULE: lambda: _schedule(by, edition, change),
        Deed.WITHDRAW: lambda: edition_withdraw(by=by, edition=edition),
        Deed.DELETE: lambda: edition_delete(by=by, edition=edition),
        Deed.RESTORE: lambda: edition_restore(by=by, edition_id=edition.pk),
        Deed.ADD_CATEGORY: lambda: edition_categorise(by=by, edition=edition, add=categories),
        Deed.REMOVE_CATEGORY: lambda: edition_categorise(by=by, edition=edition, remove=categories),
    }
    deeds[change.deed]()


def _schedule(by: User, edition: Edition, change: Change) -> None:
    assert change.publish_at is not None
    edition_schedule(
        by=by,
        edition=edition,
        publish_at=change.publish_at,
        withdraw_at=change.withdraw_at,
        time_zone=change.time_zone or edition.time_zone,
    )
