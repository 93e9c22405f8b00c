"""Moves overlays to their words when another build takes the place of the current one."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from masthead.document.overlays import Area, OverlayKind
from masthead.library.build_folders import folder_here
from masthead.library.selectors import Edition
from masthead.library.services import edition_laid
from masthead.production.advertising.beneath import links_beneath
from masthead.production.models import Overlay
from masthead.production.overlays.placing import WHOLE, Words, anchor_of, place_of

log = logging.getLogger("masthead.production")


@dataclass(frozen=True, slots=True)
class Move:
    """Where an overlay belongs in another build; None: nowhere that could be found."""

    overlay: Overlay
    place: tuple[int, Area] | None
    anchor: dict[str, Any]
    particulars: dict[str, Any]


def moves_to(edition: Edition, folder: str, pages: int) -> list[Move]:
    """Look for the place of each overlay in a build; `folder` below the data folder. Takes seconds for many of them.

    Nothing is written: it is done before the transaction in which the build takes its place.
    """
    rows = list(Overlay.objects.filter(edition=edition))
    words = Words(folder_here(folder), pages)
    found = []
    for row in rows:
        place = place_of(words, row.page, Area(row.x, row.y, row.width, row.height), row.anchor)
        anchor = anchor_of(words, *place) if place and row.anchor else row.anchor
        particulars = _leading(words, row.particulars)
        if row.kind == OverlayKind.ADVERTISEMENT and place:  # other links may be in the same area now
            particulars = {**particulars, "links": links_beneath(words.folder, *place)}
        found.append(Move(row, place, anchor, particulars))
    return found


def _leading(words: Words, particulars: dict[str, Any]) -> dict[str, Any]:
    """A link to a page leads to where the words of that page stand now; to its number where they are gone."""
    if not particulars.get("words"):
        return particulars
    found = place_of(words, particulars["target"], WHOLE, particulars["words"])
    return {**particulars, "target": found[0] if found else min(particulars["target"], words.count)}


def overlays_move(*, edition_id: str, moves: list[Move]) -> int:
    """Write what was found; says how many are lost. What staff changed in the meantime stays as they left it."""
    lost = 0
    for move in moves:
        row = Overlay.objects.filter(pk=move.overlay.pk, changed_at=move.overlay.changed_at)
        if move.place is None:
            lost += row.update(is_lost=True, particulars=move.particulars) if move.overlay.removed_at is None else 0
            continue
        number, area = move.place
        # A place that has other words under it than were quoted keeps its quote: the next PDF may have them again.
        anchor = move.anchor or move.overlay.anchor
        row.update(page=number, **area._asdict(), anchor=anchor, particulars=move.particulars, is_lost=False)
    if moves:
        edition_laid(edition_id=edition_id)
    if lost:
        log.warning("edition %s: %s overlays have lost their place", edition_id, lost)
    return lost
