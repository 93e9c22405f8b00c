"""Writes what readers add. Each change names the revision that it was made from; another one's is never overwritten.

A change that was made from the current revision is taken; one that is sent again is recognised; of all others the
device hears what the annotation is by now, merges, and sends the result. No clock has a say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from masthead.accounts.selectors import User
from masthead.annotations.checking import Change, Content, Request
from masthead.annotations.errors import NotebookFullError, TooOftenError
from masthead.annotations.models import Annotation, Notebook
from masthead.annotations.selectors import Row, as_shown, rows_since
from masthead.library.selectors import Edition

MOST = 3000
"""Annotations that one person keeps in one edition."""
DEVICES = 30  # whose last change an annotation remembers
TOMBSTONES = timedelta(days=180)
"""For so long a device that was away still hears that something was deleted."""
_A_MINUTE = 90  # requests of one person


class Outcome(StrEnum):
    """What became of a change."""

    APPLIED = "applied"
    REPLAYED = "replayed"  # it had been taken before
    CONFLICT = "conflict"  # another device was quicker
    GONE = "gone"  # the annotation is not known any more
    REFUSED = "refused"  # it cannot be kept


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one change, and the annotation as it is now."""

    name: str
    outcome: Outcome
    revision: int
    content: Content | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Results in the order of the changes; and all else that is newer than what the device knew."""

    results: tuple[Result, ...]
    rows: tuple[Row, ...]
    sequence: int


def annotations_synchronise(
    *, by: User, edition: Edition, request: Request, readable: Callable[[int], bool] = lambda page: True
) -> Answer:
    """Take a device's changes and say what others changed, in one transaction. The caller asked `access` before.

    `readable` says of a page whether the person may read it now; the quoted words of other pages are withheld.
    """
    with transaction.atomic():
        notebook = _locked(by, edition)
        taken = _Taking(notebook, request.device, readable)
        taken.read([change.name for change in request.changes])
        results = tuple(taken.take(change) for change in request.changes)
        taken.write()
        rows = rows_since(notebook, request.since, readable)
    own = {result.name for result in results}
    return Answer(results, tuple(row for row in rows if row.name not in own), notebook.sequence)


def pace_keep(*, by: User, most: int = _A_MINUTE, what: str = "annotations") -> None:
    """Count a request of this person; raises TooOftenError beyond the number that is allowed in a minute."""
    name = f"{what}:{by.pk}"
    if cache.add(name, 1, 60):
        return
    try:
        asked = cache.incr(name)
    except ValueError:  # the minute was over in this very moment
        return
    if asked > most:
        raise TooOftenError


def tombstones_forget(*, now: datetime) -> int:
    """Forget what was deleted long ago; says how many rows went."""
    old = Annotation.objects.filter(is_deleted=True, changed_at__lt=now - TOMBSTONES)
    removed, _ = old.delete()
    return removed


def _locked(owner: User, edition: Edition) -> Notebook:
    """The person's notebook for this edition; until the transaction ends nobody else writes in it."""
    notebook, _ = Notebook.objects.get_or_create(owner=owner, edition=edition)
    return Notebook.objects.select_for_update().get(pk=notebook.pk)


class _Taking:
    """Changes of one request on their way into the rows: read at once, written at once."""

    def __init__(self, notebook: Notebook, device: str, readable: Callable[[int], bool]) -> None:
        self._notebook = notebook
        self._device = device
        self._readable = readable
        self._rows: dict[str, Annotation] = {}
        self._made: list[Annotation] = []
        self._changed: list[Annotation] = []
        self._room = -1

    def take(self, change: Change) -> Result:
        """Decide what becomes of a change."""
        row = self._row(change.name)
        if change.fault:
            return self._result(change, Outcome.REFUSED, row, change.fault)
        if row is None:
            return self._take_new(change)
        if row.applied.get(self._device) == change.change:
            return self._result(change, Outcome.REPLAYED, row)
        content = _with_withheld_words(change.content, row.content)
        if row.content == content:
            return self._result(change, Outcome.APPLIED, row)
        if row.revision != change.base:
            return self._result(change, Outcome.CONFLICT, row)
        row.content, row.revision = content, row.revision + 1
        self._stamp(row, change)
        if row not in self._made:
            self._changed.append(row)
        return self._result(change, Outcome.APPLIED, row)

    def write(self) -> None:
        """Write everything that was taken."""
        Annotation.objects.bulk_create(self._made)
        fields = ["content", "is_deleted", "revision", "sequence", "build", "applied", "changed_at"]
        Annotation.objects.bulk_update(self._changed, fields)
        if self._made or self._changed:
            self._notebook.save(update_fields=["sequence"])

    def read(self, names: Sequence[str]) -> None:
        """Fetch the rows that are about to be changed."""
        rows = Annotation.objects.filter(notebook=self._notebook, name__in=names)
        self._rows = {row.name: row for row in rows}

    def _row(self, name: str) -> Annotation | None:
        return self._rows.get(name)

    def _take_new(self, change: Change) -> Result:
        if change.base or change.content is None:
            return Result(change.name, Outcome.GONE, 0, None)
        if self._room < 0:
            self._room = MOST - Annotation.objects.filter(notebook=self._notebook, is_deleted=False).count()
        if self._room <= 0:
            return Result(change.name, Outcome.REFUSED, 0, None, NotebookFullError.code)
        self._room -= 1
        row = Annotation(notebook=self._notebook, name=change.name, content=change.content)
        self._stamp(row, change)
        self._rows[change.name] = row
        self._made.append(row)
        return self._result(change, Outcome.APPLIED, row)

    def _stamp(self, row: Annotation, change: Change) -> None:
        self._notebook.sequence += 1
        row.sequence = self._notebook.sequence
        row.build, row.is_deleted, row.changed_at = build_of(row.content), row.content is None, timezone.now()
        others = {device: last for device, last in row.applied.items() if device != self._device}
        kept = list(others.items())[-(DEVICES - 1) :]
        row.applied = {**dict(kept), self._device: change.change}

    def _result(self, change: Change, outcome: Outcome, row: Annotation | None, fault: str = "") -> Result:
        if row is None:
            return Result(change.name, outcome, 0, None, fault)
        return Result(change.name, outcome, row.revision, as_shown(row.content, self._readable), fault)


def build_of(content: Content | None) -> str:
    """The build in which an annotation is placed, or was looked for in vain; "" for a deleted one."""
    locator: dict[str, Any] = content["locator"] if content else {}
    return str(locator.get("unplaced") or locator.get("build") or "")


def _with_withheld_words(content: Content | None, kept: Content | None) -> Content | None:
    """What a device changed of an annotation whose words it was not given does not take the words away."""
    if not content or not kept or not content["locator"].get("withheld"):
        return content
    return {**content, "locator": kept["locator"]}
