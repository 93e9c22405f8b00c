"""Where a page stands on a window that shows two: the frame paints it where the reader will show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

Stand = Literal["alone", "before", "behind"]

# A page this much wider than high is a double page saved as one; the reader's `book.ts` pairs by the same rules.
_WIDE = 1.15


def stand_of(pages: Sequence[dict[str, Any]], number: int) -> Stand:
    """Alone in the middle, before the spine or behind it; `number` counts from 1."""
    at = 0
    while at < number:
        alone = at == 0 or _is_wide(pages[at]) or at + 1 == len(pages) or _is_wide(pages[at + 1])
        if alone and at + 1 == number:
            return "alone"
        if not alone and number <= at + 2:
            return "before" if at + 1 == number else "behind"
        at += 1 if alone else 2
    return "alone"


def _is_wide(page: dict[str, Any]) -> bool:
    return bool(page["width"] > _WIDE * page["height"])
