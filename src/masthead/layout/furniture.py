"""Running heads, folios and other lines that belong to the page and not to what is read.

They are found by repetition over the pages: the same words on the same height, or, where each article has a running
head of its own, the same type on the same place page after page. Left and right pages are allowed to differ.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from masthead.document.text import Line, PageLines, Role
from masthead.layout.measures import size_of, text_of

_BAND = 0.11  # of the page's height at top and bottom in which furniture stands
_ROMAN = re.compile(r"[ivxlcdm]{1,7}", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:page|seite|p\.|s\.)?\s*[–—|·•-]?\s*(\d{1,4})\s*[–—|·•-]?(?:\s*(?:/|of|von)\s*\d+)?", re.IGNORECASE
)
_MOST_LETTERS = 60  # of a folio, with what stands around the number
_MIN_REPEATS = 3
_MIN_PLACES = 4  # pages on which a place must be taken
_PLACE_SHARE = 0.12  # of all pages
_MAX_SIZE = 1.35  # of the body's: larger is a headline that stands on the same height on many pages
_APART = 1.7  # line heights of white that part furniture from text of the same type

Key = tuple[str, int]
Place = tuple[str, int, int, int]


@dataclass(frozen=True, slots=True)
class Furniture:
    """What repeats on the pages of a document."""

    words: frozenset[Key]  # text with digits as #, and band of its height on the page
    places: frozenset[Place]  # side of its edge, the edge, the height, the size
    body_size: float
    body: tuple[str, int]  # name and colour of the type of the running text


def learn_furniture(pages: Sequence[PageLines], body_size: float) -> Furniture:
    """Lines that stand on the same height on several pages with the same words, or in the same type on one place."""
    where: dict[Key, set[int]] = defaultdict(set)
    taken: dict[Place, set[int]] = defaultdict(set)
    body = _body_font(pages)
    for page in pages:
        for line in page.lines:
            if not _in_band(line, page):
                continue
            where[_key(line, page)].add(page.number)
            if size_of(line) <= _MAX_SIZE * body_size and _stands_apart(line, page, body, body_size):
                for place in _places(line):
                    taken[place].add(page.number)
    needed = max(_MIN_REPEATS, min(8, len(pages) // 12))
    words = frozenset(key for key, numbers in where.items() if len(numbers) >= needed)
    least = max(_MIN_PLACES, _PLACE_SHARE * len(pages))
    return Furniture(
        words, frozenset(place for place, numbers in taken.items() if len(numbers) >= least), body_size, body
    )


def furniture_role(line: Line, page: PageLines, furniture: Furniture) -> Role | None:
    """Running head or folio, if the line is one of them; a lone number at the edge of a page is a folio."""
    if not _in_band(line, page):
        return None
    text = text_of(line)
    is_short = len(text) <= _MOST_LETTERS  # else the signs around a number would be read in ever more ways
    is_number = (is_short and _NUMBER.fullmatch(text) is not None) or (
        _ROMAN.fullmatch(text) is not None and len(text) < 6
    )
    if is_number and line.box.height < 3.5 * furniture.body_size:
        return Role.FOLIO
    if _key(line, page) in furniture.words:
        return Role.RUNNING_HEAD
    is_placed = size_of(line) <= _MAX_SIZE * furniture.body_size and not furniture.places.isdisjoint(_places(line))
    if is_placed and _stands_apart(line, page, furniture.body, furniture.body_size):
        return Role.RUNNING_HEAD
    return None


def _in_band(line: Line, page: PageLines) -> bool:
    if line.angle:
        return line.box.x1 < page.width * _BAND or line.box.x0 > page.width * (1 - _BAND)
    return line.box.y1 < page.height * _BAND or line.box.y0 > page.height * (1 - _BAND)


def _key(line: Line, page: PageLines) -> Key:
    text = re.sub(r"\d+", "#", text_of(line)).lower()
    return text, round(line.box.y0 / max(1.0, page.height) * 40)


def _places(line: Line) -> Iterator[Place]:
    """Where the line stands by its left edge, its right edge and its middle: which one is fixed cannot be known."""
    height, size = round(line.box.y0 / 1.5), round(size_of(line) * 2)
    yield "left", round(line.box.x0 / 3), height, size
    yield "right", round(line.box.x1 / 3), height, size
    yield "middle", round((line.box.x0 + line.box.x1) / 6), height, size


def _body_font(pages: Sequence[PageLines]) -> tuple[str, int]:
    """Name and colour of the type that most letters are set in."""
    letters: Counter[tuple[str, int]] = Counter()
    for page in pages:
        for line in page.lines:
            word = line.words[0]
            letters[page.fonts[word.font].name, word.colour] += len(text_of(line))
    return letters.most_common(1)[0][0] if letters else ("", 0)


def _stands_apart(line: Line, page: PageLines, body: tuple[str, int], body_size: float) -> bool:
    """Whether the line is no first or last line of the text: other type, or much white towards the text."""
    word = line.words[0]
    size = size_of(line)
    alike = (page.fonts[word.font].name, word.colour) == body and abs(size - body_size) < 0.06 * body_size
    left, top, right, bottom = line.box
    twice = top + bottom
    for other in page.lines:
        x0, y0, x1, y1 = other.box
        if (
            x0 < right
            and x1 > left
            and other is not line
            and not other.angle
            and abs(y0 + y1 - twice) / 2 < _APART * max(size, size_of(other))
        ) and (alike or not _in_band(other, page)):
            return False
    return True
