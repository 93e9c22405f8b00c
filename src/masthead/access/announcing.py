"""Which editions may be spoken of to everybody: in lists, feeds, catalogues, sitemaps, and in other sites' frames."""

from __future__ import annotations

from collections.abc import Iterable

from masthead.access.rules import may_read
from masthead.library.selectors import Edition


def is_announced(edition: Edition) -> bool:
    """Whether somebody of whom nothing is known may read it, and so may hear of it."""
    given = may_read(None, edition)
    return given.allowed and given.is_public and edition.build is not None


def announced(editions: Iterable[Edition]) -> list[Edition]:
    """Those of the editions that everybody may hear of, in their order."""
    return [edition for edition in editions if is_announced(edition)]
