"""The cells of a grid while it is being made, and what stands on one line of one cell."""

from __future__ import annotations

from dataclasses import dataclass, field

from masthead.document.geometry import Box, union_of
from masthead.document.text import Word
from masthead.layout.tables.pieces import Piece


@dataclass(slots=True)
class Entry:
    """What stands on one line of one cell."""

    first: int  # column
    last: int
    pieces: list[Piece]

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def box(self) -> Box:
        """Its box."""
        return union_of(piece.box for piece in self.pieces)


@dataclass(slots=True)
class GridCell:
    """A cell: where it stands, what it spans, its lines from top to bottom."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    lines: list[list[Piece]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(piece.text for line in self.lines for piece in line)

    @property
    def words(self) -> list[Word]:
        """Its words, one by one."""
        return [word for line in self.lines for piece in line for word in piece.words]
