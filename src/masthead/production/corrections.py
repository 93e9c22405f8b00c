"""Corrects an edition: changes are kept as rows, shown at once to staff, and reach readers with one quick build.

Several changes go into one build. Readers keep the build they have until the new one is there; then it is switched as
after any conversion.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.document.corrections import Correction as Change
from masthead.document.corrections import to_json
from masthead.edition.correcting.applying import Outcome, applied, with_correction
from masthead.edition.correcting.reading import DoesNotFitError, Reading
from masthead.edition.correcting.words import differing
from masthead.edition.kept import read_kept
from masthead.edition.texts import reading_of
from masthead.library.build_folders import reading_here
from masthead.library.errors import NotFoundError, StateError
from masthead.library.selectors import Edition, require
from masthead.library.telling import step_log
from masthead.production.conversion import FROM, carried
from masthead.production.correction_rows import active, next_place, numbered, waiting
from masthead.production.errors import CorrectionInvalidError, NotKeptError
from masthead.production.models import Arrival, Conversion, Correction, Upload
from masthead.production.selectors import conversions_of_builds

_PRIORITY = 10  # somebody waits for it, and it is quick
_WHOLE = frozenset({"contents", "page_arrangement", "edition_words"})
"""Kinds that say all of something: a later one takes the place of one that no build has yet."""
_SHOWN = 2000  # characters of before and after in the ledger


@dataclass(frozen=True, slots=True)
class Told:
    """A change and what the ledger says of it: what it is about, how it was, how it is."""

    change: Change
    subject: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """An edition as staff see it: with all corrections, also those that readers do not have yet."""

    reading: Reading
    outcome: Outcome
    widths: Mapping[int, tuple[int, ...]]  # nominal, of each page's pictures
    confidence: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class _Printed:
    reading: Reading
    widths: Mapping[int, tuple[int, ...]]


def working_copy(edition: Edition) -> WorkingCopy:
    """The edition with its corrections, of its current build. Raises NotKeptError where it was not kept."""
    if edition.build is None:
        raise NotKeptError(edition.pk)
    path = reading_here(edition.build.folder)
    printed = _printed_of(str(path), path.stat().st_mtime_ns) if path is not None else None
    if printed is None:
        raise NotKeptError(edition.build.folder)
    reading, outcome = applied(printed.reading, numbered(edition.pk))
    confidence = {number: one.value for number, one in reading.text.confidence.items()}
    return WorkingCopy(reading, outcome, printed.widths, confidence)


@lru_cache(maxsize=4)
def _printed_of(path: str, _changed: int) -> _Printed | None:
    """What was read lies in a file that never changes."""
    kept = read_kept(Path(path))
    if kept is None:
        return None
    widths = {number: tuple(nominal for nominal, *_ in page.sizes) for number, page in kept.state.pages.items()}
    return _Printed(reading_of(kept.state), widths)


def corrections_add(*, by: User, edition: Edition, changes: Sequence[Told]) -> list[Correction]:
    """Keep changes, in this order, if all of them can be made. Raises NotAllowedError, CorrectionInvalidError."""
    require(by, Action.EDIT, edition)
    with transaction.atomic():
        Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)  # two people at once go one after the other
        reading = working_copy(edition).reading
        for told in changes:
            try:
                reading = with_correction(reading, told.change)
            except DoesNotFitError as error:
                raise CorrectionInvalidError(f"{told.change.kind}: {error}") from error
        rows = [_kept(by, edition, told) for told in changes]
        if rows:
            _log(by, edition, "edition.correct", changes)
    return rows


def _kept(by: User, edition: Edition, told: Told) -> Correction:
    data, kind = to_json(told.change), told.change.kind
    said = {"subject": told.subject[:200], "after": told.after[:_SHOWN]}
    if kind in _WHOLE:
        last = active(edition.pk).filter(kind=kind, is_built=False).last()
        if last is not None:
            for name, value in {"data": data, "by": by, **said}.items():
                setattr(last, name, value)
            last.save()
            return last
    return Correction.objects.create(
        edition=edition,
        place=next_place(edition.pk),
        kind=kind,
        data=data,
        before=told.before[:_SHOWN],
        by=by,
        **said,
    )


def arrival_insert(*, by: User, edition: Edition, arrival: Arrival) -> Upload:
    """A file that arrived, to stand for a page of an edition. Raises NotAllowedError, StateError."""
    require(by, Action.EDIT, edition)
    rows = Arrival.objects.filter(
        pk=arrival.pk, by=by, publisher=edition.publication.publisher_id, state=Arrival.State.GOOD
    )
    if arrival.upload is None or arrival.password or not rows.update(state=Arrival.State.USED, edition=edition):
        raise StateError("the file was used already, or cannot be")
    return arrival.upload


def correction_undo(*, by: User, edition: Edition, correction_id: str) -> Correction:
    """Take one change back; it stays in the ledger. Raises NotAllowedError, NotFoundError."""
    require(by, Action.EDIT, edition)
    with transaction.atomic():
        row = active(edition.pk).filter(pk=correction_id).first()
        if row is None:
            raise NotFoundError(correction_id)
        row.undone_at = timezone.now()
        row.save(update_fields=["undone_at"])
        _log(by, edition, "edition.uncorrect", [Told(Change(), row.subject, row.after, row.before)])
    return row


def correction_undo_last(*, by: User, edition: Edition) -> Correction | None:
    """Take back the last change that readers do not have yet; None where there is none. Raises NotAllowedError."""
    require(by, Action.EDIT, edition)
    last = active(edition.pk).filter(is_built=False).last()
    return correction_undo(by=by, edition=edition, correction_id=last.pk) if last is not None else None


def correction_restore(*, by: User, edition: Edition, correction_id: str) -> Correction:
    """Make a change again that was taken back. Raises NotAllowedError, NotFoundError."""
    require(by, Action.EDIT, edition)
    with transaction.atomic():
        row = Correction.objects.filter(edition=edition, undone_at__isnull=False, pk=correction_id).first()
        if row is None:
            raise NotFoundError(correction_id)
        row.undone_at = None
        row.save(update_fields=["undone_at"])
        _log(by, edition, "edition.correct", [Told(Change(), row.subject, row.before, row.after)])
    return row


def corrections_apply(*, by: User, edition: Edition) -> Conversion:
    """Build the edition with its corrections and switch to it. Raises NotAllowedError, StateError, NotKeptError.

    A quick build that still goes on is begun again, so that it has all of them; while a PDF is being converted nothing
    is begun: that conversion applies them itself.
    """
    require(by, Action.EDIT, edition)
    if edition.build is None:
        raise NotKeptError(edition.pk)
    made_by = conversions_of_builds(edition).get(edition.build.pk)
    if made_by is None:
        raise NotKeptError(edition.pk)
    with transaction.atomic():
        going = Conversion.objects.filter(edition=edition)
        going = going.filter(state__in=[Conversion.State.WAITING, Conversion.State.RUNNING])
        if any(FROM not in one.options for one in going):
            raise StateError("it is being converted")
        going.filter(state=Conversion.State.WAITING).update(state=Conversion.State.CANCELLED, ended_at=timezone.now())
        going.filter(state=Conversion.State.RUNNING).update(cancel_asked=True)
        options = carried(made_by.options)
        started = Conversion.objects.create(
            publisher_id=edition.publication.publisher_id,
            edition=edition,
            upload=made_by.upload,
            priority=_PRIORITY,
            options=options if _is_arranged_anew(edition) else {**options, FROM: edition.build.pk},
            by=by,
        )
        step_log(by, "edition.apply_corrections", edition, {}, {"changes": waiting(edition.pk)})
    return started


def _is_arranged_anew(edition: Edition) -> bool:
    """Whether pages come, go or move: then the PDF is opened again."""
    rows = Correction.objects.filter(edition=edition, kind="page_arrangement")
    return any(row.is_waiting for row in rows)


def _log(by: User, edition: Edition, action: str, changes: Sequence[Told]) -> None:
    for told in changes:
        before, after = differing(told.before, told.after)
        was = {"text": before[:300], "about": told.subject}
        step_log(by, action, edition, was, {"text": (after or told.subject)[:300], "about": told.subject})
