"""Where everything goes in the drawing of a page: boxes, numbers, arrows from block to block, the legend below.

All lengths are points of the page. Input is a page of `masthead.edition.inspection.inspect`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from masthead.document.geometry import Box, union_of
from masthead.document.text import Role
from masthead.exports.explanation.palette import FIGURE_COLOUR, GROUP_COLOUR, ROLE_COLOURS
from masthead.wording.catalogue import Translator

_ORDINARY_HEIGHT = 800.0  # of a page, in points, at which marks are drawn in their usual size
_BADGE = 7.0  # radius of a number, in points of an ordinary page
_SMALL_BADGE = 4.6  # of a block that is itself hardly larger
_SMALL = 50.0  # width of such a block
_STEP = 30.0  # how far a block may stand below the one before to be a step and not a jump
_SIDESTEP = 150.0  # or beside it


@dataclass(frozen=True, slots=True)
class Outline:
    """A rectangle to draw."""

    box: Box
    colour: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class BlockMark:
    """A block: its box, its number in reading order and what a pointer that rests on it tells."""

    id: str
    number: int
    box: Box
    colour: str
    role: str
    is_furniture: bool
    badge: tuple[float, float]
    radius: float  # of the badge
    article_colour: str
    cells: tuple[Box, ...]
    tip: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """The way from a block to the next; a jump leads elsewhere than right below or beside."""

    path: str
    is_jump: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """An entry of the legend."""

    x: float
    y: float
    colour: str
    name: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All marks of a page; `scale` is 1 on an ordinary page."""

    number: int
    width: float
    height: float
    scale: float
    foot: float  # height of the legend below the page
    blocks: tuple[BlockMark, ...]
    arrows: tuple[Arrow, ...]
    groups: tuple[Outline, ...]
    figures: tuple[Outline, ...]
    ties: tuple[str, ...]  # paths from captions to their figures
    legend: tuple[Chip, ...]
    notes: tuple[str, ...]  # how far the page can be trusted, line by line


def draw(
    page: Mapping[str, Any], article_colours: Mapping[str, str], roles: Mapping[Role, str], t: Translator
) -> Drawing:
    """The marks of a page; `roles` are the roles' names in the language of `t`."""
    scale = max(page["width"], page["height"]) / _ORDINARY_HEIGHT
    blocks = tuple(
        _block(block, number, scale, article_colours, roles) for number, block in enumerate(page["blocks"], start=1)
    )
    figures = {figure["id"]: Box(*figure["bbox"]) for figure in page["figures"]}
    legend, below = _legend(page, blocks, roles, t, scale)
    notes = confidence_notes(page, t)
    return Drawing(
        number=page["number"],
        width=page["width"],
        height=page["height"],
        scale=scale,
        foot=below + (len(notes) * 13 + 8) * scale,
        blocks=blocks,
        arrows=_arrows([block for block in blocks if not block.is_furniture], scale),
        groups=_groups(page["blocks"], scale),
        figures=tuple(Outline(box, FIGURE_COLOUR, name) for name, box in figures.items()),
        ties=tuple(
            _straight(Box(*block["bbox"]).centre, figures[block["figure"]].centre)
            for block in page["blocks"]
            if block.get("figure") in figures
        ),
        legend=legend,
        notes=notes,
    )


def confidence_notes(page: Mapping[str, Any], t: Translator) -> tuple[str, ...]:
    """How far order and roles can be trusted, and why not further; nothing where it was not judged."""
    if page["confidence"] is None:
        return ()
    share = t.text("Order and roles: {percent} % sure", percent=round(page["confidence"] * 100))
    return (share, *(t.singular.get(reason, reason) for reason in page["reasons"]))


def _block(
    block: Mapping[str, Any],
    number: int,
    scale: float,
    article_colours: Mapping[str, str],
    roles: Mapping[Role, str],
) -> BlockMark:
    role = Role(block["role"])
    box = Box(*block["bbox"])
    cells = block["table"]["cells"] if block.get("table") else ()
    radius = (_SMALL_BADGE if box.width < _SMALL * scale and box.height < 3 * _BADGE * scale else _BADGE) * scale
    level = f" {block['level']}" if block.get("level") else ""
    return BlockMark(
        id=block["id"],
        number=number,
        box=box,
        colour=ROLE_COLOURS[role],
        role=roles[role],
        is_furniture=role.is_furniture,
        badge=(box.x0 - 0.9 * radius, box.y0 + min(radius, box.height / 2)),
        radius=radius,
        article_colour=article_colours.get(block["article"] or "", ""),
        cells=tuple(Box(*cell["bbox"]) for cell in cells if cell["text"]),
        tip=f"{number} · {roles[role]}{level}\n{block['text']}",
    )


def _arrows(blocks: Sequence[BlockMark], scale: float) -> tuple[Arrow, ...]:
    return tuple(_arrow(one, other, scale) for one, other in pairwise(blocks))


def _arrow(one: BlockMark, other: BlockMark, scale: float) -> Arrow:
    """A straight step to the block right below or beside; else a bow that leaves downwards and comes from the left."""
    x, y = other.badge
    radius = other.radius
    below = 0 <= other.box.y0 - one.box.y1 + radius < _STEP * scale + radius
    beside = min(one.box.x1, other.box.x1) > max(one.box.x0, other.box.x0)
    if below and beside:
        start = one.badge[0], one.badge[1] + one.radius
        if abs(x - start[0]) > 2 * radius:  # not down the margin, which would lead through the words
            start = min(max(x, one.box.x0), one.box.x1), one.box.y1
        return Arrow(_straight(start, (x, y - radius * 1.3)), is_jump=False)
    on_one_line = one.box.y0 < y < one.box.y1
    if on_one_line and 0 <= x - one.box.x1 < _SIDESTEP * scale:
        return Arrow(_straight((one.box.x1 + 5 * scale, y), (x - radius * 1.2, y)), is_jump=False)
    x0, y0 = one.box.x0 + min(one.box.width / 2, 40 * scale), one.box.y1
    bend = max(18 * scale, min(90 * scale, abs(x - x0) / 2))
    end = x - radius * 1.2
    return Arrow(f"M{x0:.1f} {y0:.1f}C{x0:.1f} {y0 + bend / 2:.1f} {end - bend:.1f} {y:.1f} {end:.1f} {y:.1f}", True)


def _straight(start: tuple[float, float], end: tuple[float, float]) -> str:
    return f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"


def _groups(blocks: Iterable[Mapping[str, Any]], scale: float) -> tuple[Outline, ...]:
    """The frame around the blocks of each sidebar, box or advertisement."""
    members: dict[str, list[Box]] = {}
    for block in blocks:
        if block.get("group"):
            members.setdefault(block["group"], []).append(Box(*block["bbox"]))
    air = 5 * scale
    frames = {name: union_of(boxes) for name, boxes in members.items()}
    return tuple(
        Outline(Box(box.x0 - air, box.y0 - air, box.x1 + air, box.y1 + air), GROUP_COLOUR, name)
        for name, box in frames.items()
    )


def _legend(
    page: Mapping[str, Any], blocks: Sequence[BlockMark], roles: Mapping[Role, str], t: Translator, scale: float
) -> tuple[tuple[Chip, ...], float]:
    """The roles of this page in rows as wide as the page, and the height they take."""
    used = dict.fromkeys(block.role for block in blocks)
    entries = [(ROLE_COLOURS[role], name) for role, name in roles.items() if name in used]
    if page["figures"]:
        entries.append((FIGURE_COLOUR, t.text("Picture")))
    if any(block.get("group") for block in page["blocks"]):
        entries.append((GROUP_COLOUR, t.text("Box")))
    chips = []
    x, y = 14 * scale, 18 * scale
    for colour, name in entries:
        room = (len(name) * 5.6 + 26) * scale  # a sans serif of 9 points is about 5 points a letter
        if x + room > page["width"] - 10 * scale and x > 14 * scale:
            x, y = 14 * scale, y + 15 * scale
        chips.append(Chip(x, y, colour, name))
        x += room
    return tuple(chips), y + 8 * scale
