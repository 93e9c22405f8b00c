"""How deep the items of a list stand in each other, told by their indents and, at one indent, by their markers.

A typesetter draws each level in; where the columns are narrow, bullets stand right below numbers and only the sign
tells. A list that goes on in the next column starts from that column's edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from masthead.document.text import Role
from masthead.layout.neighbours import shares_column
from masthead.layout.styles import Piece

_STEP = 0.6  # ems: from here on an indent is another one on purpose
_DEEPEST = 4


@dataclass(slots=True)
class _Level:
    edge: float  # points from the side where reading begins
    kind: str


def set_list_levels(row: Sequence[Piece]) -> None:
    """Set `level` of the items among a page's pieces in reading order: 1 for the outermost."""
    stack: list[_Level] = []
    last: Piece | None = None
    for piece in row:
        if piece.role is not Role.LIST_ITEM:
            if not piece.role.is_furniture:
                stack = []
            continue
        edge, kind = _edge(piece), _kind(piece.marker)
        if stack and last is not None and not shares_column(last.box, piece.box):
            _move(stack, edge, kind)
        step = _STEP * piece.style.size
        while stack and edge < stack[-1].edge - step:
            stack.pop()
        if not stack or edge > stack[-1].edge + step:
            stack.append(_Level(edge, kind))
        elif stack[-1].kind != kind:
            _turn(stack, edge, kind, step)
        piece.level = min(_DEEPEST, len(stack))
        last = piece


def _move(stack: list[_Level], edge: float, kind: str) -> None:
    """The list goes on in another column: the item stands on the level that has its marker, else on the outermost."""
    depth = max((at for at, level in enumerate(stack) if level.kind == kind), default=0)
    del stack[depth + 1 :]
    shift = edge - stack[-1].edge
    for level in stack:
        level.edge += shift


def _turn(stack: list[_Level], edge: float, kind: str, step: float) -> None:
    """Another marker at the same indent: back to the level that has it there, else one level deeper."""
    depth = next(
        (at for at, level in enumerate(stack) if level.kind == kind and abs(level.edge - edge) <= step), len(stack)
    )
    if depth < len(stack):
        del stack[depth + 1 :]
    elif stack[-1].kind in ("1", "a"):
        stack.append(_Level(edge, kind))
    else:
        stack[-1].kind = kind


def _edge(piece: Piece) -> float:
    first = piece.block.lines[0]
    return -first.box.x1 if first.right_to_left else first.box.x0


def _kind(marker: str) -> str:
    sign = marker.strip("().")[:1]
    return "1" if sign.isdigit() else "a" if sign.isalpha() else sign
