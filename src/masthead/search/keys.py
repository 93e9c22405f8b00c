"""The number of a row in the index: day, edition and page in one, so that numbers are ordered by date.

That lets an engine give the newest rows first without sorting, and makes an edition, or a span of days, a span of
numbers.
"""

from __future__ import annotations

from datetime import date

from masthead.search.engine import Indexed, Row, Scope

_EDITION_BITS, _ROW_BITS = 24, 16
_DAY_SHIFT = _EDITION_BITS + _ROW_BITS
LARGEST = (1 << 63) - 1


def key(day: date, edition: int, number: int) -> int:
    """The number of a row."""
    return day.toordinal() << _DAY_SHIFT | edition << _ROW_BITS | min(number, (1 << _ROW_BITS) - 1)


def span(day: date, edition: int) -> tuple[int, int]:
    """The first and the last number of an edition's rows."""
    return key(day, edition, 0), key(day, edition, (1 << _ROW_BITS) - 1)


def parts(number: int) -> tuple[int, int]:
    """The number of the edition, and of the row in it."""
    return number >> _ROW_BITS & (1 << _EDITION_BITS) - 1, number & (1 << _ROW_BITS) - 1


def reading_order(number: int) -> tuple[int, int]:
    """What sorts rows as a person reads them: the newest edition first, within it page after page."""
    edition, page = divmod(number, 1 << _ROW_BITS)
    return -edition, page


def days(scope: Scope) -> tuple[int, int]:
    """The first and the last number of all rows of a scope's days."""
    first = scope.first.toordinal() << _DAY_SHIFT if scope.first else 0
    last = (scope.last.toordinal() + 1 << _DAY_SHIFT) - 1 if scope.last else LARGEST
    return first, last


def marks(entry: Indexed, row: Row) -> list[str]:
    """Words that say where a row belongs: to its publication, language and sections."""
    return [f"p{entry.publication}", f"l{entry.language.replace('-', '')}", *(f"s{key}" for key in row.sections)]


def wanted_marks(scope: Scope) -> list[str]:
    """The words that rows of a scope have."""
    wanted = [("p", scope.publication), ("l", scope.language.replace("-", "")), ("s", scope.section)]
    return [f"{letter}{value}" for letter, value in wanted if value]
