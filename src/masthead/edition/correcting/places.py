"""Finds blocks, pages, figures and articles again by what was seen there, and says where they are now.

Pages move, and a replaced PDF sets its lines anew. What says the same is preferred, of several what lies where it lay,
then the nearest; else what is likest, on its page first, then on all others.
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from masthead.document.corrections import QUOTED, BlockPlace, FigurePlace, PagePlace, quoted
from masthead.document.geometry import Box
from masthead.document.text import Article, Block, Figure, ReadText
from masthead.edition.arrangement import folded
from masthead.edition.correcting.reading import DoesNotFitError

_LIKE = 82.0  # percent: less like than this is another block
_PAGE_LIKE = 60.0
_SHORT = 12  # characters: what is shorter is found as it is or not at all
_NEAR = 0.3  # share of the smaller box that both have to share, for what is found by its box alone


def block_place(block: Block) -> BlockPlace:
    """Where a block is, to be found again."""
    return BlockPlace(block.page, block.box.rounded(1), quoted(block.text))


def page_place(text: ReadText, number: int) -> PagePlace:
    """Where a page is, to be found again."""
    return PagePlace(number, _page_words(text, number))


def figure_place(text: ReadText, figure: Figure) -> FigurePlace:
    """Where a figure is, to be found again."""
    return FigurePlace(figure.page, figure.box.rounded(1), _page_words(text, figure.page))


def opening_of(text: ReadText, article: Article) -> Block | None:
    """The block by which an article is found again: its title if it has one on the page, else its first."""
    blocks = {block.id: block for row in text.blocks.values() for block in row}
    own = [blocks[name] for name in article.blocks if name in blocks]
    wanted = folded(article.title)
    titled = [block for block in own if folded(block.text) and wanted.startswith(folded(block.text))]
    return (titled or own or [None])[0]  # type: ignore[list-item]


def find_block(text: ReadText, place: BlockPlace) -> Block:
    """The block at a place; raises DoesNotFitError where there is none."""
    wanted = folded(place.words)
    own = text.blocks.get(place.page, ())
    others = [block for number, row in text.blocks.items() if number != place.page for block in row]
    if not wanted:
        return _by_box(own, place.box)
    same = [block for block in (*own, *others) if folded(quoted(block.text)) == wanted]
    if same:
        return min(same, key=lambda block: _moved(block, place))
    if len(wanted) >= _SHORT:
        for row in (own, others):
            found = [(_likeness(wanted, block), -_away(block.box, place.box), block.id, block) for block in row]
            likest = max(found, default=None)
            if likest is not None and likest[0] >= _LIKE:
                return likest[3]
    raise DoesNotFitError(place.words[:60])


def find_page(text: ReadText, place: PagePlace, pages: int) -> int:
    """The number of the page at a place; raises DoesNotFitError where there is none."""
    wanted = folded(place.words)
    if not wanted:
        if 1 <= place.number <= pages:
            return place.number
        raise DoesNotFitError(f"page {place.number}")
    here = folded(_page_words(text, place.number))
    if here == wanted or fuzz.ratio(here, wanted) >= _PAGE_LIKE:
        return place.number
    found = [
        (fuzz.ratio(folded(_page_words(text, number)), wanted), -abs(number - place.number), number)
        for number in range(1, pages + 1)
    ]
    likest = max(found, default=(0.0, 0, 0))
    if likest[0] < _PAGE_LIKE:
        raise DoesNotFitError(f"page {place.number}")
    return likest[2]


def find_figure(text: ReadText, place: FigurePlace, pages: int) -> Figure:
    """The figure at a place; raises DoesNotFitError where there is none."""
    number = find_page(text, PagePlace(place.page, place.words), pages)
    figures = [(_shared(figure.box, place.box), figure) for figure in text.figures.get(number, ())]
    share, figure = max(figures, key=lambda pair: pair[0], default=(0.0, None))
    if figure is None or share < _NEAR:
        raise DoesNotFitError(f"figure on page {place.page}")
    return figure


def find_article(text: ReadText, place: BlockPlace) -> Article:
    """The article that the block at a place belongs to; raises DoesNotFitError where it belongs to none."""
    block = find_block(text, place)
    for article in text.articles:
        if article.id == block.article:
            return article
    raise DoesNotFitError(place.words[:60])


def _page_words(text: ReadText, number: int) -> str:
    said = ""
    for block in text.blocks.get(number, ()):
        said += f"{block.text} "
        if len(said) > QUOTED:
            break
    return quoted(said)


def _moved(block: Block, place: BlockPlace) -> tuple[bool, int, float]:
    """How far a block with the same words is from the place: what kept its box has only changed its page.

    Else a short headline would be taken for the same word on the page that now has its number.
    """
    return _shared(block.box, place.box) < _NEAR, abs(block.page - place.page), _away(block.box, place.box)


def _likeness(wanted: str, block: Block) -> float:
    said = folded(quoted(block.text))
    return float(fuzz.ratio(wanted, said)) if said else 0.0


def _by_box(row: Sequence[Block], box: Box) -> Block:
    found = max(row, key=lambda block: _shared(block.box, box), default=None)
    if found is None or _shared(found.box, box) < _NEAR:
        raise DoesNotFitError("a block without words")
    return found


def _shared(one: Box, other: Box) -> float:
    smaller = min(one.area, other.area)
    return one.overlap(other) / smaller if smaller else 0.0


def _away(one: Box, other: Box) -> float:
    (x, y), (u, v) = one.centre, other.centre
    return abs(x - u) + abs(y - v)
