"""What is shown of a hit: the piece of the page around the words, where they stand on it, and the words as text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from masthead.document.geometry import Box
from masthead.search.asking import Question, groups_of
from masthead.search.engine import Engine, Group
from masthead.search.pages import BlockText, read_blocks
from masthead.search.words import Token, tokens

_AROUND = 2  # lines above and below the words that are shown
_MARGIN = 7.0  # points around what is cut out
_LEAST_WIDTH, _LEAST_HEIGHT = 190.0, 64.0  # points
_MOST_WIDTH, _MOST_HEIGHT = 330.0, 150.0  # points
_BEFORE, _AFTER = 9, 22  # words of the text before and after


@dataclass(frozen=True, slots=True)
class Clipping:
    """A piece of a page (points) with the boxes of the words in it, and text in which they are told apart."""

    box: Box
    marks: Sequence[Box]
    text: Sequence[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where one of the groups stands in a block: from word to word."""

    group: int
    first: int
    last: int


def clipping_of(
    engine: Engine, folder: Path, page: int, size: tuple[float, float], question: Question, language: str
) -> Clipping | None:
    """The best piece of a page (its size in points) for a question; None where the words are not on it."""
    groups = groups_of(question, [language], engine)
    best: tuple[tuple[int, int, int], BlockText, list[Token], list[_Place]] | None = None
    for number, block in enumerate(read_blocks(folder, page)):
        words = list(tokens(block.text, language))
        places = list(_places([word.term for word in words], groups))
        if places:
            worth = (len({place.group for place in places}), block.role == "heading", -number)
            if best is None or worth > best[0]:
                best = (worth, block, words, places)
    if best is None:
        return None
    _, block, words, places = best
    anchor = _anchor(places)
    box = _cut(block, words, anchor, size)
    shown = [mark for place in places for mark in _marks(block, words, place) if _overlap(mark, box)]
    return Clipping(box, shown, _text(block, words, places, anchor))


def first_page(
    engine: Engine, folder: Path, pages: Collection[int], question: Question, language: str
) -> tuple[int, int]:
    """Of an article's pages the one with the most of the words, and how many of them it has."""
    groups = groups_of(question, [language], engine)
    best = (0, 0)
    for page in pages:
        seen: set[int] = set()
        for block in read_blocks(folder, page):
            seen |= {place.group for place in _places([word.term for word in tokens(block.text, language)], groups)}
        if len(seen) > best[1]:
            best = (page, len(seen))
    return best


def _places(terms: Sequence[str], groups: Sequence[Group]) -> Iterator[_Place]:
    """All places of all groups."""
    for number, group in enumerate(groups):
        for phrase in group.phrases:
            for at in range(len(terms) - len(phrase) + 1):
                if _stands(terms, at, phrase, group.begins):
                    yield _Place(number, at, at + len(phrase) - 1)


def _stands(terms: Sequence[str], at: int, phrase: Sequence[str], begins: bool) -> bool:
    last = len(phrase) - 1
    for offset, term in enumerate(phrase):
        word = terms[at + offset]
        if word != term and not (begins and offset == last and word.startswith(term)):
            return False
    return True


def _anchor(places: Sequence[_Place]) -> _Place:
    """The place with the most other words of the question near it; the first of those."""

    def company(place: _Place) -> int:
        near = {other.group for other in places if abs(other.first - place.first) <= _AFTER}
        return len(near)

    return max(places, key=lambda place: (company(place), -place.first))


def _marks(block: BlockText, words: Sequence[Token], place: _Place) -> Iterator[Box]:
    for word in words[place.first : place.last + 1]:
        for piece in block.pieces_of(word.start, word.end):
            yield piece.box


def _cut(block: BlockText, words: Sequence[Token], anchor: _Place, size: tuple[float, float]) -> Box:
    """The lines around the words, as wide as their block where that is not too wide."""
    pieces = block.pieces_of(words[anchor.first].start, words[anchor.last].end)
    first, last = min(piece.line for piece in pieces), max(piece.line for piece in pieces)
    lines = block.lines[max(0, first - _AROUND) : last + _AROUND + 1]
    middle = pieces[0].box
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    top, bottom = min(line.y0 for line in lines), max(line.y1 for line in lines)
    # A headline set large is wider and higher than a column: it is shown whole if it can be.
    grown = 2 if block.role == "heading" else 1
    left, right = _span(left, right, (middle.x0 + middle.x1) / 2, _LEAST_WIDTH, grown * _MOST_WIDTH, size[0])
    top, bottom = _span(top, bottom, (middle.y0 + middle.y1) / 2, _LEAST_HEIGHT, grown * _MOST_HEIGHT, size[1])
    return Box(round(left), round(top), round(right), round(bottom))


def _span(low: float, high: float, centre: float, least: float, most: float, end: float) -> tuple[float, float]:
    """A span with a margin, not shorter or longer than allowed, around the centre where it is cut, on the page."""
    low, high = low - _MARGIN, high + _MARGIN
    if high - low > most:
        low = min(max(low, centre - most / 2), high - most)
        high = low + most
    elif high - low < least:
        more = (least - (high - low)) / 2
        low, high = low - more, high + more
    if low < 0:
        low, high = 0.0, high - low
    if high > end:
        low, high = low - (high - end), end
    return max(0.0, low), min(end, high)


def _overlap(mark: Box, box: Box) -> bool:
    return mark.x0 < box.x1 and mark.x1 > box.x0 and mark.y0 < box.y1 and mark.y1 > box.y0


def _text(block: BlockText, words: Sequence[Token], places: Sequence[_Place], anchor: _Place) -> list[tuple[str, bool]]:
    """The text around the anchor, in pieces; True for those that were looked for."""
    first, last = max(0, anchor.first - _BEFORE), min(len(words) - 1, anchor.last + _AFTER)
    at = words[first].start if first else 0
    end = words[last].end if last < len(words) - 1 else len(block.text)
    wanted = {number for place in places for number in range(place.first, place.last + 1)}
    pieces = [("\u2026 ", False)] if first else []
    for number in sorted(wanted):
        word = words[number]
        if word.start < at or word.end > end:
            continue
        if word.start > at:
            pieces.append((block.text[at : word.start], False))
        pieces.append((block.text[word.start : word.end], True))
        at = word.end
    if at < end:
        pieces.append((block.text[at:end], False))
    return [*pieces, (" \u2026", False)] if last < len(words) - 1 else pieces
