"""Figures by their tags: place, alternative text, caption."""

from __future__ import annotations

from collections.abc import Sequence
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
            found.append((index, Figure(f"p{number}-f{len(found) + 1}", number, box.rounded(), alt=alt)))
    return found


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
