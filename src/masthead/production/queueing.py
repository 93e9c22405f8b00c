"""What staff say about the order in which the conversions of their house are begun."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.utils import timezone

from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.library.errors import StateError
from masthead.library.selectors import require
from masthead.library.telling import step_log
from masthead.production.models import Conversion

_NEW: Final = 0  # the priority of a new issue
_SAID: Final = {True: "yes", False: "no"}


def conversion_first(*, by: User, conversion: Conversion, is_first: bool) -> None:
    """Put one that waits before all others of its house, or back into its turn.

    The conversions of a house only change places among themselves (`queued_at`), so that the turns of other houses stay
    exactly as they were. What was to be done after everything else, such as editions converted anew by the hundred,
    joins the queue now, like a new issue; what is done at once, such as corrections, still goes before. Raises
    NotAllowedError, StateError where it does not wait any more.
    """
    require(by, Action.PUBLISH, conversion.edition)
    with transaction.atomic():
        # All of the house that wait, locked: a worker that comes by takes another house's, and looks again in seconds.
        rows = Conversion.objects.select_for_update(of=("self",)).filter(
            publisher_id=conversion.publisher_id, state=Conversion.State.WAITING
        )
        waiting = list(rows)
        chosen = next((row for row in waiting if row.pk == conversion.pk), None)
        if chosen is None:
            raise StateError("it does not wait any more")
        before = chosen.is_first
        if is_first and chosen.priority < _NEW:
            chosen.priority, chosen.queued_at = _NEW, timezone.now()
        chosen.first_at = timezone.now() if is_first else None
        peers = [row for row in waiting if row.priority == chosen.priority]
        places = sorted(row.queued_at for row in peers)
        for row, place in zip(sorted(peers, key=_wanted), places, strict=True):
            row.queued_at = place
        Conversion.objects.bulk_update(peers, ["priority", "queued_at", "first_at"], batch_size=500)
        said = ({"first": _SAID[before]}, {"first": _SAID[is_first]})
        step_log(by, "edition.conversion_first", conversion.edition, *said)


def _wanted(row: Conversion) -> tuple[float, float]:
    """What was put first goes first, the latest of those before the others; the rest as they came."""
    return (-row.first_at.timestamp() if row.first_at else 0.0, row.created_at.timestamp())
