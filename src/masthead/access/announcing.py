"""Which editions may be spoken of: to everybody with all they hold, or on the shelves only."""

from __future__ import annotations

from collections.abc import Iterable

from masthead.access.terms import terms_of
from masthead.library.selectors import Edition


def is_announced(edition: Edition) -> bool:
    """Whether somebody of whom nothing is known may read all of it, and may hear of it. Reads no rows."""
    terms = terms_of(edition)
    return edition.is_live and edition.build is not None and terms.is_open and terms.is_listed


def announced(editions: Iterable[Edition]) -> list[Edition]:
    """Those of the editions that everybody may hear of and read, in their order."""
    return [edition for edition in editions if is_announced(edition)]


def is_listed(edition: Edition) -> bool:
    """Whether the edition stands on the public shelves, open or not. Reads no rows."""
    return edition.is_live and edition.build is not None and terms_of(edition).is_listed


def listed(editions: Iterable[Edition]) -> list[Edition]:
    """Those of the editions that stand on the public shelves, in their order."""
    return [edition for edition in editions if is_listed(edition)]


def shows_cover(edition: Edition) -> bool:
    """Whether everybody may see its first page."""
    terms = terms_of(edition)
    is_before_gates = not terms.ways and all(gate.page > 1 for gate in terms.gates)
    return terms.is_open or (not terms.sites and (1 in terms.free or is_before_gates))
