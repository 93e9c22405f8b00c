"""Puts an article in the order of its file: title first, what stands beside the text next to what it belongs to.

On a page a reader's eye decides when it goes to the picture or to the box; in a file somebody must. A picture, a box
or a pull quote comes after the paragraph that stands nearest to it, and never between a headline and what belongs to
it. Notes come last. A pull quote that only repeats the article's words is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from masthead.document.geometry import Box
from masthead.document.text import Article, Block, Figure, ReadText, Role

QUOTATION_MARKS = frozenset("\"'\u00ab\u00bb\u2018\u2019\u201a\u201c\u201d\u201e\u2039\u203a\u300c\u300d\u300e\u300f")
_HEAD = frozenset({Role.HEADING, Role.STANDFIRST, Role.BYLINE})
_WHOLE = frozenset({Role.HEADING, Role.CODE, Role.TABLE})  # never one with a block after it
_ATTACHED = frozenset({Role.PULL_QUOTE, Role.FOOTNOTE, Role.CAPTION})


@dataclass(frozen=True, slots=True)
class Passage:
    """Blocks that read as one: a paragraph with what continues it in the next column or on the next page."""

    blocks: tuple[Block, ...]
    kind: str  # "title", "kicker", or the value of the first block's role

    @property
    def page(self) -> int:
        """The page that it begins on."""
        return self.blocks[0].page


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure with its captions."""

    figure: Figure
    captions: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """A sidebar or a pull quote: what stands apart from the text."""

    group: str
    passages: tuple[Passage, ...]
    is_quote: bool = False


Part = Passage | Picture | Aside


@dataclass(frozen=True, slots=True)
class Story:
    """An article as it is written: its parts in order, then its notes."""

    article: Article
    parts: tuple[Part, ...]
    notes: tuple[Passage, ...] = ()


@dataclass(slots=True)
class _Sorted:
    """The article's blocks by what becomes of them."""

    flow: list[Block] = field(default_factory=list)
    aside: list[Block] = field(default_factory=list)
    quotes: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    captions: dict[str, list[Block]] = field(default_factory=dict)


def arrange(article: Article, text: ReadText) -> Story:
    """The article's parts in the order in which a file tells them."""
    figures = [figure for row in text.figures.values() for figure in row if figure.article == article.id]
    figures.sort(key=lambda figure: (figure.page, figure.box.y0, figure.box.x0))
    blocks = _sorted(article, _blocks(article, text, figures), {figure.id for figure in figures})
    flow = _titled(article, _passages(blocks.flow))
    beside: list[tuple[int, Box, Part]] = []
    for figure in figures:
        captions = tuple(_passages(blocks.captions.get(figure.id, [])))
        beside.append((figure.page, figure.box, Picture(figure, captions)))
    for aside in _asides(blocks.aside):
        first = aside.passages[0].blocks[0]
        beside.append((first.page, _box_on(aside.passages, first.page), aside))
    for quote in blocks.quotes:
        beside.append((quote.page, quote.box, Aside(quote.group, tuple(_passages([quote])), is_quote=True)))
    return Story(article, tuple(_placed(flow, beside)), tuple(_passages(blocks.notes)))


def _blocks(article: Article, text: ReadText, figures: Sequence[Figure]) -> list[Block]:
    """The article's blocks in its own order, then those attached to it that the order does not name."""
    known = {block.id: block for row in text.blocks.values() for block in row}
    names = dict.fromkeys([*article.blocks, *article.asides, *(figure.caption for figure in figures)])
    found = (known[name] for name in names if name in known)
    return [block for block in found if _says_something(block) and not block.role.is_furniture]


def _says_something(block: Block) -> bool:
    """Whether there is something to read; a large quotation mark beside a pull quote is an ornament."""
    said = block.text.strip()
    return bool(said) and not (block.role is Role.PULL_QUOTE and QUOTATION_MARKS.issuperset(said))


def _sorted(article: Article, blocks: Sequence[Block], figures: set[str]) -> _Sorted:
    asides, own = set(article.asides), {block.id for block in blocks}
    apart = {block.id for block in blocks if block.role is Role.SIDEBAR or block.id in asides}
    boxes = {block.group for block in blocks if block.group and block.id in apart and block.role not in _ATTACHED}
    captions = {block.id: block.figure for block in blocks if block.figure in figures}
    result = _Sorted()
    for block in blocks:
        if block.id in captions:
            result.captions.setdefault(captions[block.id], []).append(block)
        elif block.role is Role.PULL_QUOTE:
            if block.repeats not in own:
                result.quotes.append(block)
        elif block.role is Role.FOOTNOTE:
            result.notes.append(block)
        elif block.id in apart or (block.group and block.group in boxes):
            result.aside.append(block)
        else:
            result.flow.append(block)
    return result


def _passages(blocks: Sequence[Block]) -> list[Passage]:
    """Each block, with what continues it."""
    passages: list[list[Block]] = []
    homes: dict[str, list[Block]] = {}
    for block in blocks:
        home = homes.get(block.continues) if block.continues else None
        if home is None or not _goes_on(home[0].role, block.role):
            home = []
            passages.append(home)
        home.append(block)
        homes[block.id] = home
    return [Passage(tuple(passage), passage[0].role.value) for passage in passages]


def _goes_on(first: Role, following: Role) -> bool:
    return first not in _WHOLE and following in (first, Role.PARAGRAPH)


def _titled(article: Article, flow: list[Passage]) -> list[Passage]:
    """The headings that make up the title become one; what stood over it is its kicker."""
    headings = [index for index, passage in enumerate(flow) if passage.kind == Role.HEADING.value]
    if not headings:
        return flow
    places = _title_places(article, flow, headings)
    start = places[0]
    title = Passage(tuple(block for place in places for block in flow[place].blocks), "title")
    before = [
        replace(passage, kind="kicker") if passage.kind == Role.HEADING.value else passage for passage in flow[:start]
    ]
    after = [passage for place, passage in enumerate(flow) if place > start and place not in places]
    return [*before, title, *after]


def _title_places(article: Article, flow: Sequence[Passage], headings: Sequence[int]) -> list[int]:
    """The headings that say the title: some that follow each other, or two halves of a headline over a fold.

    Else it is the first heading.
    """
    wanted = folded(article.title)
    for start in headings:
        said = ""
        for index in range(start, len(flow)):
            if flow[index].kind != Role.HEADING.value:
                break
            said += folded(flow[index].blocks[0].text)
            if said == wanted:
                return list(range(start, index + 1))
    words = {place: folded(flow[place].blocks[0].text) for place in headings}
    for first, second in combinations(headings, 2):
        if words[first] + words[second] == wanted:
            return [first, second]
    return [headings[0]]


def folded(text: str) -> str:
    """Letters and digits alone, in one case: what stays the same however it was set."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _asides(blocks: Sequence[Block]) -> list[Aside]:
    """Blocks of one box together; those without a box as they follow each other."""
    groups: dict[str, list[Block]] = {}
    loose, last = "", ""
    for block in blocks:
        if block.group:
            key = block.group
        else:
            loose = loose if last == loose and loose else f"{block.id}-aside"
            key = loose
        last = key
        groups.setdefault(key, []).append(block)
    return [Aside(rows[0].group, tuple(_passages(rows))) for rows in groups.values()]


def _box_on(passages: Iterable[Passage], page: int) -> Box:
    boxes = [block.box for passage in passages for block in passage.blocks if block.page == page]
    box = boxes[0]
    for other in boxes[1:]:
        box = box.union(other)
    return box


def _placed(flow: Sequence[Passage], beside: Sequence[tuple[int, Box, Part]]) -> list[Part]:
    """The text with each part beside it put after the passage that it stands nearest to."""
    after: dict[int, list[Part]] = {}
    for page, box, part in beside:
        after.setdefault(_place(flow, page, box), []).append(part)
    parts: list[Part] = list(after.get(-1, ()))
    for index, passage in enumerate(flow):
        parts.append(passage)
        parts.extend(after.get(index, ()))
    return parts


def _place(flow: Sequence[Passage], page: int, box: Box) -> int:
    """The index of the passage to come after; -1 before all."""
    near = [
        (block.box.distance(box), index)
        for index, passage in enumerate(flow)
        for block in passage.blocks
        if block.page == page
    ]
    if near:
        index = min(near)[1]
    else:
        index = max((index for index, passage in enumerate(flow) if passage.page < page), default=-1)
    kinds = [passage.kind for passage in flow]
    heads = {role.value for role in _HEAD} | {"title", "kicker"}
    stays = heads if index < 0 or kinds[index] in heads else {Role.LIST_ITEM.value}
    while index + 1 < len(kinds) and (index < 0 or kinds[index] in stays) and kinds[index + 1] in stays:
        index += 1
    return index
