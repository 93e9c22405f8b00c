"""Carts: what somebody has chosen, kept so that no device and no sign-in loses or doubles any of it.

A cart takes *changes*, each under a name of its own and each once, however often it is sent. A cart that joins another
(somebody signs in, or a device comes with what it kept) is remembered with what it brought: joining again brings only
what is more. There is one cart for all editions of a publication; each line remembers where it was chosen. `Kept` and
its functions are pure; the rows of those who signed in are written here, the others lie in the visit.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Self

from django.db import transaction

from masthead.accounts.selectors import User
from masthead.orders.checking import key_of
from masthead.orders.errors import CartFullError, CartUnreadableError
from masthead.orders.models import Cart

MOST_LINES: Final = 100
MOST: Final = 1_000_000  # of one product
_REMEMBERED = 300  # changes: those of a device that was away for long
_JOINED = 20  # carts
Lines = Mapping[str, int]  # how many of each, by the key of its code, in the order in which they came
Sources = Mapping[str, str]  # the slug of the edition in which each was chosen, by the key of its code
_SLUG: Final = re.compile(r"[-\w]{1,100}")


class Deed(StrEnum):
    """What a change does with the quantity that it names."""

    ADD = "add"
    SET = "set"  # to 0: remove


@dataclass(frozen=True, slots=True)
class Change:
    """One wish of somebody, under a name that no other has."""

    name: str
    deed: Deed
    code: str
    quantity: int
    source: str = ""  # the slug of the edition in which it was chosen


@dataclass(frozen=True, slots=True)
class Kept:
    """A cart as it is kept: its name, its lines and where they come from, the changes it took, what others brought."""

    name: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    lines: Lines = field(default_factory=dict)
    sources: Sources = field(default_factory=dict)
    taken: tuple[str, ...] = ()
    joined: Mapping[str, Lines] = field(default_factory=dict)

    @classmethod
    def read(cls, said: Mapping[str, Any] | None) -> Self:
        """A cart as `written` wrote it; a new one where there is nothing."""
        if not said:
            return cls()
        lines = {str(line[0]): int(line[1]) for line in said["lines"]}
        sources = {str(line[0]): str(line[2]) for line in said["lines"] if len(line) > 2}
        joined = {name: dict(brought) for name, brought in said["joined"]}
        return cls(said["name"], lines, sources, tuple(said["taken"]), joined)

    def written(self) -> dict[str, Any]:
        """The cart as JSON; lists, because their order counts."""
        return {
            "name": self.name,
            "lines": [
                [key, number, self.sources[key]] if key in self.sources else [key, number]
                for key, number in self.lines.items()
            ],
            "taken": list(self.taken[-_REMEMBERED:]),
            "joined": [[name, dict(brought)] for name, brought in self.joined.items()][-_JOINED:],
        }

    def with_changes(self, changes: Iterable[Change]) -> Kept:
        """The cart with changes that it has not taken yet. Raises CartFullError."""
        lines, sources, taken = dict(self.lines), dict(self.sources), list(self.taken)
        for change in changes:
            if change.name in taken:
                continue
            taken.append(change.name)
            key = key_of(change.code)
            wanted = change.quantity + (lines.get(key, 0) if change.deed is Deed.ADD else 0)
            lines[key] = min(wanted, MOST)
            if change.source and (change.deed is Deed.ADD or key not in sources):
                sources[key] = change.source
            if wanted <= 0:
                del lines[key]
                sources.pop(key, None)
        if len(lines) > MOST_LINES:
            raise CartFullError
        return replace(self, lines=lines, sources=sources, taken=tuple(taken))

    def with_cart(self, name: str, brought: Lines, sources: Sources | None = None) -> Kept:
        """The cart with what another brings, less what it brought before. Raises CartFullError."""
        if name == self.name or not brought:
            return self
        before = self.joined.get(name, {})
        lines = dict(self.lines)
        for code, number in brought.items():
            key = key_of(code)
            more = number - before.get(key, 0)
            if more > 0:
                lines[key] = min(lines.get(key, 0) + more, MOST)
        if len(lines) > MOST_LINES:
            raise CartFullError
        most = {key_of(code): max(number, before.get(key_of(code), 0)) for code, number in brought.items()}
        others = {other: lines for other, lines in self.joined.items() if other != name}
        chosen = {key_of(code): slug for code, slug in (sources or {}).items()} | dict(self.sources)
        chosen = {key: slug for key, slug in chosen.items() if key in lines}
        return replace(self, lines=lines, sources=chosen, joined={**others, name: {**before, **most}})

    def without(self, ordered: Lines) -> Kept:
        """The cart once these were ordered; what was added meanwhile stays."""
        left = {key: number - ordered.get(key, 0) for key, number in self.lines.items()}
        lines = {key: number for key, number in left.items() if number > 0}
        return replace(self, lines=lines, sources={key: slug for key, slug in self.sources.items() if key in lines})


def lines_read(said: Any) -> dict[str, int]:
    """Lines as a device or a form tells them: code, quantity, more. Raises CartUnreadableError, CartFullError."""
    try:
        lines = {key_of(str(code)[:120]): int(number) for code, number, *_ in said}
    except (TypeError, ValueError) as error:
        raise CartUnreadableError(str(error)) from error
    if len(lines) > MOST_LINES:
        raise CartFullError
    return {key: min(number, MOST) for key, number in lines.items() if key and number > 0}


def sources_read(said: Any) -> dict[str, str]:
    """In which edition lines were chosen: the last that a line says. Raises CartUnreadableError."""
    try:
        found = {key_of(str(code)[:120]): source_read(rest[-1]) for code, _, *rest in said if rest}
    except (TypeError, ValueError) as error:
        raise CartUnreadableError(str(error)) from error
    return {key: slug for key, slug in found.items() if slug}


def source_read(said: Any) -> str:
    """The slug of an edition as a device tells it; "" where it can be none."""
    return said if isinstance(said, str) and _SLUG.fullmatch(said) else ""


def changes_read(said: Any) -> list[Change]:
    """Changes as a device tells them. Raises CartUnreadableError."""
    try:
        found = [
            Change(
                str(one["id"]),
                Deed(one["deed"]),
                str(one["code"])[:60],
                int(one["quantity"]),
                source_read(one.get("from", "")),
            )
            for one in said
        ]
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise CartUnreadableError(str(error)) from error
    if len(found) > _REMEMBERED or any(not 8 <= len(one.name) <= 40 or one.quantity < 0 for one in found):
        raise CartUnreadableError("changes")
    return found


def cart_of(person: User, publication_id: str) -> Kept | None:
    """The cart that somebody has with their account; None where they have none."""
    row = Cart.objects.filter(person=person, publication=publication_id).first()
    return Kept.read(row.kept) if row else None


def carts_data(person: User) -> list[dict[str, Any]]:
    """The carts that somebody has with their account, as they may take them along."""
    rows = Cart.objects.filter(person=person).select_related("publication")
    return [{"publication": row.publication.name, "lines": row.kept.get("lines", [])} for row in rows]


def cart_change(
    *,
    by: User,
    publication_id: str,
    changes: Iterable[Change] = (),
    name: str = "",
    brought: Lines | None = None,
    sources: Sources | None = None,
) -> Kept:
    """Take changes, and what the cart `name` brings, into the person's own. Raises CartFullError."""
    with transaction.atomic():
        Cart.objects.get_or_create(person=by, publication_id=publication_id, defaults={"kept": Kept().written()})
        row = Cart.objects.select_for_update().get(person=by, publication=publication_id)
        before = Kept.read(row.kept)
        kept = before.with_cart(name, brought or {}, sources).with_changes(changes)
        if kept != before:
            row.kept = kept.written()
            row.save()
    return kept


def cart_take_out(*, by: User, publication_id: str, ordered: Lines) -> None:
    """Take out what was ordered; belongs to the transaction of the order."""
    row = Cart.objects.select_for_update().filter(person=by, publication=publication_id).first()
    if row is not None:
        row.kept = Kept.read(row.kept).without(ordered).written()
        row.save()


def carts_forget(*, before: datetime) -> int:
    """Forget carts of accounts that nobody has changed since; answers how many."""
    return Cart.objects.filter(changed_at__lt=before).delete()[0]
