"""Figures: the areas of a page whose pictures mean something to a reader.

Programs cut one photograph into tiles and lay its shadow as a second picture under it; designers put pictures under
text as ground, and set the same small logo on every page. So pictures that touch or overlap are one, and neither
grounds nor what repeats is a figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from masthead.document.geometry import Box
from masthead.document.text import Article, Block, Figure, PageLines

_SMALLEST = 40.0  # points: below, a picture is an icon, a bullet or a line
_TOUCH = 1.5  # points between two tiles of one picture
_SHARED = 0.8  # of the shorter edge that touching tiles share
_OVERLAP = 0.4  # of the smaller picture that lies on the larger one
_PAGE = 0.85  # of the page: it fills the page
_QUIET = 25  # words on a picture that still is one and not the ground of a text
_COVERED = 0.2  # of a picture that words may cover
_REPEATS = 3  # pages on which a picture of the same size stands at the same place
_MOST = 30  # figures on a page
_MOST_PICTURES = 400  # pictures on a page; beyond, it is a drawing made of little pictures


def figures_of(pages: Sequence[PageLines]) -> dict[int, tuple[Figure, ...]]:
    """Figures by page, from top to bottom."""
    found = {page.number: _areas(page) for page in pages}
    repeated = _repeated(found)
    result: dict[int, tuple[Figure, ...]] = {}
    for page in pages:
        boxes = [box for box in found[page.number] if _key(box) not in repeated and not _is_ground(box, page)]
        boxes = sorted(boxes, key=lambda box: box.area, reverse=True)[:_MOST]
        boxes.sort(key=lambda box: (box.y0, box.x0))
        if boxes:
            result[page.number] = tuple(
                Figure(f"p{page.number}-f{index}", page.number, box) for index, box in enumerate(boxes, start=1)
            )
    return result


def with_articles(
    figures: Mapping[int, Sequence[Figure]], blocks: Mapping[int, Sequence[Block]], articles: Sequence[Article]
) -> tuple[dict[int, tuple[Figure, ...]], tuple[Article, ...]]:
    """The figures with the article that each stands in, and the articles with their figures in page order.

    A figure belongs to the article whose block is nearest to it on its page; on a page without text, to the article
    that goes on before and after it.
    """
    placed: dict[int, tuple[Figure, ...]] = {}
    of_article: dict[str, list[str]] = defaultdict(list)
    for number in sorted(figures):
        near = blocks.get(number, ())
        placed[number] = tuple(
            replace(figure, article=_article_at(figure, near, articles)) for figure in figures[number]
        )
        for figure in placed[number]:
            of_article[figure.article].append(figure.id)
    return placed, tuple(replace(article, figures=tuple(of_article.get(article.id, ()))) for article in articles)


def _article_at(figure: Figure, blocks: Sequence[Block], articles: Sequence[Article]) -> str:
    if figure.article:
        return figure.article
    body = [block for block in blocks if not block.role.is_furniture and block.text.strip()]
    if body:
        return min(body, key=lambda block: block.box.distance(figure.box)).article
    around = [article for article in articles if article.pages and article.pages[0] < figure.page < article.pages[-1]]
    return around[0].id if around else ""


def _areas(page: PageLines) -> list[Box]:
    """Boxes of the page's pictures, those that make up one picture together; too small ones left out."""
    whole = Box(0.0, 0.0, page.width, page.height)
    boxes = [box for shape in page.shapes if shape.kind == "picture" and (box := _within(shape.box, whole)).area > 0]
    grounds = [box for box in boxes if box.area >= _PAGE * whole.area]
    boxes = [box for box in boxes if box.area < _PAGE * whole.area][:_MOST_PICTURES]
    areas = [box for box in _merged(boxes) if min(box.width, box.height) >= _SMALLEST]
    return areas if areas else grounds[:1]


def _within(box: Box, page: Box) -> Box:
    x0, y0 = max(box.x0, page.x0), max(box.y0, page.y0)
    return Box(x0, y0, max(x0, min(box.x1, page.x1)), max(y0, min(box.y1, page.y1)))


def _merged(boxes: Sequence[Box]) -> list[Box]:
    """Tiles, shadows and insets joined to the picture that they are part of."""
    areas = list(boxes)
    changed = True
    while changed:
        changed = False
        result: list[Box] = []
        for box in sorted(areas):
            for index, other in enumerate(result):
                if _is_one(box, other):
                    result[index] = other.union(box)
                    changed = True
                    break
            else:
                result.append(box)
        areas = result
    return areas


def _is_one(first: Box, second: Box) -> bool:
    smaller = min(first.area, second.area)
    if first.overlap(second) > _OVERLAP * smaller:
        return True
    across = min(first.x1, second.x1) - max(first.x0, second.x0)
    down = min(first.y1, second.y1) - max(first.y0, second.y0)
    beside = across >= -_TOUCH and down >= _SHARED * max(first.height, second.height)
    stacked = down >= -_TOUCH and across >= _SHARED * max(first.width, second.width)
    return beside or stacked


def _is_ground(box: Box, page: PageLines) -> bool:
    """Whether text stands on the picture: many words as on a tinted ground, or large ones as on a headline's band."""
    on_it = [
        word.box
        for line in page.lines
        if line.box.overlap(box) > 0
        for word in line.words
        if box.x0 <= word.box.centre[0] <= box.x1 and box.y0 <= word.box.centre[1] <= box.y1
    ]
    return len(on_it) > _QUIET or sum(word.area for word in on_it) > _COVERED * box.area


def _key(box: Box) -> tuple[int, int, int, int]:
    """Place and size in steps of two points."""
    return round(box.x0 / 2), round(box.y0 / 2), round(box.width / 2), round(box.height / 2)


def _repeated(found: Mapping[int, Sequence[Box]]) -> set[tuple[int, int, int, int]]:
    """Pictures of the same size at the same place on several pages: logos, ornaments, watermarks."""
    pages: dict[tuple[int, int, int, int], set[int]] = defaultdict(set)
    for number, boxes in found.items():
        for box in boxes:
            pages[_key(box)].add(number)
    return {key for key, numbers in pages.items() if len(numbers) >= _REPEATS}
