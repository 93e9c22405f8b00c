"""Running heads, folios and other lines that belong to the page and not to what is read.

They are found by repetition over the pages: the same words on the same height, or, where each article has a running
head of its own, the same type on the same place page after page. Left and right pages are allowed to differ.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from masthead.document.text import Line, PageLines, Role
from masthead.layout.measures import size_of, text_of

_BAND = 0.11  # of the page's height at top and bottom in which furniture stands
_ROMAN = re.compile(r"[ivxlcdm]{1,7}", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:page|seite|p\.|s\.)?\s*[–—|·•-]?\s*(\d{1,4})\s*[–—|·•-]?(?:\s*(?:/|of|von)\s*\d+)?"
    r"|(?:[a-z]|\d{1,2})[–-]\d{1,3}",  # of a handbook: chapter and page
    re.IGNORECASE,
)
_MOST_LETTERS = 60  # of a folio, with what stands around the number
_MIN_REPEATS = 3
_MIN_PLACES = 4  # pages on which a place must be taken
_PLACE_SHARE = 0.12  # of all pages
_OUTER, _OUTER_SHARE = 3, 0.75  # pages, and share of all, with a line at the same height that is flush with an edge
_MAX_SIZE = 1.35  # of the body's: larger is a headline that stands on the same height on many pages
_APART = 1.7  # line heights of white that part furniture from text of the same type
_BELOW = 2.2  # line heights by which a line may stand below the heading that it belongs to
_HEADING = 1.05  # to the line below it
_WHITE = 3.0  # ems between the two parts of a running head
_EDGE = 1.0  # ems by which its ends may miss the edges of the text

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
            if size_of(line) > _MAX_SIZE * body_size:
                continue
            if _stands_apart(line, page, body, body_size):
                for place in _places(line):
                    taken[place].add(page.number)
            if _is_outside(line, page):
                taken[_outer(line)].add(page.number)
    needed = max(_MIN_REPEATS, min(8, len(pages) // 12))
    words = frozenset(key for key, numbers in where.items() if len(numbers) >= needed)
    least = max(_MIN_PLACES, _PLACE_SHARE * len(pages))
    outer = max(_OUTER, _OUTER_SHARE * len(pages))
    places = (place for place, numbers in taken.items() if len(numbers) >= (outer if place[0] == "outer" else least))
    return Furniture(words, frozenset(places), body_size, body)


def furniture_role(line: Line, page: PageLines, furniture: Furniture) -> Role | None:
    """Running head or folio, if the line is one of them; a lone number at the edge of a page is a folio."""
    if not _in_band(line, page):
        return None
    if _is_folio(line, furniture):
        return Role.FOLIO
    if _key(line, page) in furniture.words:
        return None if _is_under_heading(line, page, furniture) else Role.RUNNING_HEAD
    if size_of(line) <= _MAX_SIZE * furniture.body_size:
        is_placed = not furniture.places.isdisjoint(_places(line))
        if is_placed and _stands_apart(line, page, furniture.body, furniture.body_size):
            return Role.RUNNING_HEAD
        if _outer(line) in furniture.places and _is_outside(line, page):
            return Role.RUNNING_HEAD
    return Role.RUNNING_HEAD if _is_part_of_a_row(line, page, furniture) else None


def _is_folio(line: Line, furniture: Furniture) -> bool:
    text = text_of(line)
    is_short = len(text) <= _MOST_LETTERS  # else the signs around a number would be read in ever more ways
    is_number = (is_short and _NUMBER.fullmatch(text) is not None) or (
        _ROMAN.fullmatch(text) is not None and len(text) < 6
    )
    return is_number and line.box.height < 3.5 * furniture.body_size


def _is_part_of_a_row(line: Line, page: PageLines, furniture: Furniture) -> bool:
    """Whether the line stands beside a folio, or is half of a running head that reaches from edge to edge.

    That is how a head or foot is known of which there is only one. On a first page two such parts may say what paper
    it is, and at the foot they may be anything.
    """
    size = size_of(line)
    if line.angle or size > _HEADING * furniture.body_size or _ends_a_sentence(line):
        return False
    middle = line.box.centre[1]
    row = [other for other in page.lines if not other.angle and abs(other.box.centre[1] - middle) < 0.4 * size]
    if len(row) < 2 or len(row) > 3:
        return False
    row.sort(key=lambda other: other.box.x0)
    if any(after.box.x0 - before.box.x1 < _WHITE * size for before, after in pairwise(row)):
        return False
    if not _is_outermost(row, page, furniture):
        return False
    if any(other is not line and _is_folio(other, furniture) for other in row):
        return True
    return page.number > 1 and middle < 0.5 * page.height and _reaches_both_edges(row, page, size)


def _ends_a_sentence(line: Line) -> bool:
    return line.words[-1].text.endswith((".", "!", "?", ":"))


def _is_outermost(row: Sequence[Line], page: PageLines, furniture: Furniture) -> bool:
    """Whether white parts the row from the text, and nothing that is read stands between it and the page's edge."""
    middle, size = row[0].box.centre[1], max(map(size_of, row))
    at_top = middle < 0.5 * page.height
    for other in page.lines:
        if other in row or other.angle:
            continue
        step = other.box.centre[1] - middle
        if abs(step) < _APART * max(size, size_of(other)) or (
            (step < 0 if at_top else step > 0) and _key(other, page) not in furniture.words
        ):
            return False
    return True


def _reaches_both_edges(row: Sequence[Line], page: PageLines, size: float) -> bool:
    text = [line.box for line in page.lines if not line.angle and line not in row]
    if not text or len(row) != 2:
        return False
    left, right = min(box.x0 for box in text), max(box.x1 for box in text)
    return abs(row[0].box.x0 - left) < _EDGE * size and abs(row[-1].box.x1 - right) < _EDGE * size


def _is_under_heading(line: Line, page: PageLines, furniture: Furniture) -> bool:
    """Whether the line stands right below a heading that is no furniture, flush with it or centred as it is.

    What a designer adds to the titles of many pages is read with them. At the foot it would be an address.
    """
    size, bold = size_of(line), page.fonts[line.words[0].font].bold
    left, top, right, bottom = line.box
    if line.angle or top > _BAND * page.height:
        return False
    for other in page.lines:
        x0, y0, x1, y1 = other.box
        if not 0 < (top + bottom - y0 - y1) / 2 < _BELOW * size_of(other):
            continue
        if min(abs(x0 - left), abs(x0 + x1 - left - right) / 2, abs(x1 - right)) > 0.5 * size:
            continue
        is_heading = size_of(other) > _HEADING * size or (page.fonts[other.words[0].font].bold and not bold)
        if other.angle == line.angle and is_heading and furniture_role(other, page, furniture) is None:
            return True
    return False


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


def _outer(line: Line) -> Place:
    """The height of a foot that is flush left on one page and right on the next."""
    return "outer", 0, round(line.box.y0 / 1.5), round(size_of(line) * 2)


def _is_outside(line: Line, page: PageLines) -> bool:
    """Whether the line stands at the foot, flush with an edge of the text, and white parts it from the text.

    At the top it may be the heading of each page.
    """
    size, middle = size_of(line), line.box.centre[1]
    if line.angle or middle < 0.5 * page.height or _ends_a_sentence(line):
        return False
    others = [other for other in page.lines if other is not line and not other.angle]
    above = [other for other in others if other.box.centre[1] < middle]
    if not above or min(abs(other.box.centre[1] - middle) for other in others) < 0.5 * size:
        return False
    if min(middle - other.box.centre[1] for other in above) < _APART * size:
        return False
    left, right = min(other.box.x0 for other in above), max(other.box.x1 for other in above)
    return min(abs(line.box.x0 - left), abs(line.box.x1 - right)) < _EDGE * size


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
