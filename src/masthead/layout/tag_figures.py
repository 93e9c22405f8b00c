"""Figures by their tags: place, alternative text, caption."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from masthead.document.geometry import Box
from masthead.document.text import Block, Figure, Role
from masthead.layout.tag_alternatives import alternative_of
from masthead.layout.tag_tree import PageTree

_MIN_AREA = 400.0  # square points: a smaller picture is a bullet or an ornament


def figures_of(number: int, tree: PageTree, size: tuple[float, float]) -> list[tuple[int, Figure]]:
    """The figures that mean something, for they have an alternative text or a caption; each with its element.

    `size` is the page's in points. Programs tag every picture as a figure, ornaments and backgrounds too.
    """
    found: list[tuple[int, Figure]] = []
    captioned = set(_captions(tree).values())
    for index, element in enumerate(tree.tags.elements):
        if element.role != "Figure" or element.box is None or tree.standings[index].figure != index:
            continue
        x0, y0, x1, y1 = element.box
        box = Box(max(0.0, x0), max(0.0, y0), min(size[0], x1), min(size[1], y1))
        alt = alternative_of(element.alt)
        if (alt or index in captioned) and box.width > 0 and box.height > 0 and box.area >= _MIN_AREA:
            found.append((index, Figure(f"p{number}-t{len(found) + 1}", number, box.rounded(), alt=alt)))
    return found


def with_tagged_figures(
    figures: Mapping[int, Sequence[Figure]],
    tagged: Mapping[int, Sequence[Figure]],
    blocks: Mapping[int, tuple[Block, ...]],
) -> tuple[dict[int, tuple[Figure, ...]], dict[int, tuple[Block, ...]]]:
    """The figures that the page shows, with what the tags say of them, and those that only the tags know."""
    result = {number: tuple(row) for number, row in figures.items()}
    placed = dict(blocks)
    for number, row in tagged.items():
        known = list(result.get(number, ()))
        names: dict[str, str] = {}
        for figure in row:
            index = next((at for at, other in enumerate(known) if _is_same(other.box, figure.box)), -1)
            if index < 0:
                index = len(known)
                known.append(replace(figure, id=f"p{number}-f{index + 1}"))
            names[figure.id] = known[index].id
            alt, caption = known[index].alt or figure.alt, known[index].caption or figure.caption
            known[index] = replace(known[index], alt=alt, caption=caption)
        if known:
            result[number] = tuple(known)
        placed[number] = tuple(
            replace(block, figure=names[block.figure]) if block.figure in names else block for block in placed[number]
        )
    return result, placed


def _is_same(one: Box, other: Box) -> bool:
    return one.overlap(other) > 0.5 * min(one.area, other.area) and one.overlap(other) > 0.2 * max(one.area, other.area)


def with_captions(
    blocks: Sequence[Block], figures: Sequence[tuple[int, Figure]], tree: PageTree
) -> tuple[tuple[Block, ...], tuple[Figure, ...]]:
    """Captions and figures that name each other."""
    owners = _captions(tree)
    known = dict(figures)
    result = []
    for block in blocks:
        leaf = block.lines[0].words[0].leaf if block.lines and block.role is Role.CAPTION else -1
        owner = owners.get(tree.of_leaf(leaf).block, -1)
        figure = known.get(owner)
        if figure is not None:
            result.append(replace(block, figure=figure.id))
            if not figure.caption:
                known[owner] = replace(figure, caption=block.id)
        else:
            result.append(block)
    return tuple(result), tuple(known.values())


def _captions(tree: PageTree) -> dict[int, int]:
    """For each caption its figure: the one it stands in, else the one right before or after it in the tree."""
    elements = tree.tags.elements
    siblings: dict[int, list[int]] = {}
    for index, element in enumerate(elements):
        siblings.setdefault(element.parent, []).append(index)
    found: dict[int, int] = {}
    for index, element in enumerate(elements):
        if element.role != "Caption":
            continue
        if tree.standings[index].figure >= 0:
            found[index] = tree.standings[index].figure
            continue
        row = siblings[element.parent]
        at = row.index(index)
        near = [row[place] for place in (at - 1, at + 1) if 0 <= place < len(row)]
        figure = next((other for other in near if elements[other].role == "Figure"), None)
        if figure is not None:
            found[index] = figure
    return found
