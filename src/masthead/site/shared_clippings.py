"""The clipping that is shared, as its sender sees it first: on the page without a script, and in the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from masthead.document.geometry import Box
from masthead.faces.clipping_addresses import clipping_address
from masthead.library.selectors import Edition
from masthead.sharing.clipping import passage_of
from masthead.sharing.things import Thing


@dataclass(frozen=True, slots=True)
class ShownClipping:
    """The picture of a piece of a page, with the boxes of the words in it (points from its corner) and the words."""

    picture: str
    width: float
    height: float
    marks: Sequence[Box]
    words: str

    def said(self) -> dict[str, Any]:
        """For programs."""
        marks = [[mark.x0, mark.y0, mark.width, mark.height] for mark in self.marks]
        return {
            "picture": self.picture,
            "width": self.width,
            "height": self.height,
            "marks": [[round(side, 1) for side in mark] for mark in marks],
            "words": self.words,
        }


def shown_clipping(edition: Edition, thing: Thing) -> ShownClipping | None:
    """The clipping of a passage that this person may read; None for everything else, and where its words are gone."""
    passage = passage_of(edition, thing.passage) if thing.passage else None
    if passage is None:
        return None
    box = passage.box
    marks = [Box(one.x0 - box.x0, one.y0 - box.y0, one.x1 - box.x0, one.y1 - box.y0) for one in passage.marks]
    return ShownClipping(clipping_address(edition, thing.page, box), box.width, box.height, marks, passage.text)
