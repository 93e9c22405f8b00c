"""Learns a document's habits before any page is read: body size, running heads and folios, its own vocabulary."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from masthead.document.text import Line, PageLines, Role

_BAND = 0.11  # of the page's height at top and bottom in which furniture stands
_ROMAN = re.compile(r"[ivxlcdm]{1,7}", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:page|seite|p\.|s\.)?\s*[–—|·•-]?\s*(\d{1,4})\s*[–—|·•-]?(?:\s*(?:/|of|von)\s*\d+)?", re.IGNORECASE
)
_MIN_REPEATS = 3


@dataclass(frozen=True, slots=True)
class Habits:
    """What holds for the whole document."""

    body_size: float  # points
    furniture: frozenset[tuple[str, int]]  # text with digits as #, and band of its height on the page
    vocabulary: frozenset[str]  # every word, lower case, as printed inside lines


def learn(pages: Sequence[PageLines]) -> Habits:
    """Habits of the document."""
    return Habits(_body_size(pages), _furniture(pages), _vocabulary(pages))


def text_of(line: Line) -> str:
    """The line's words with spaces between them."""
    return " ".join(word.text for word in line.words)


def furniture_role(line: Line, page: PageLines, habits: Habits) -> Role | None:
    """Running head or folio, if the line is one of them; a lone number at the edge of a page is a folio."""
    if not _in_band(line, page):
        return None
    text = text_of(line)
    is_number = _NUMBER.fullmatch(text) is not None or (_ROMAN.fullmatch(text) is not None and len(text) < 6)
    if is_number and line.box.height < 3.5 * habits.body_size:
        return Role.FOLIO
    if _key(line, page) in habits.furniture:
        return Role.RUNNING_HEAD
    return None


def _body_size(pages: Sequence[PageLines]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            for word in line.words:
                sizes[round(word.size * 2) / 2] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _furniture(pages: Sequence[PageLines]) -> frozenset[tuple[str, int]]:
    """Lines that stand on the same height on several pages with the same words."""
    where: dict[tuple[str, int], set[int]] = defaultdict(set)
    for page in pages:
        for line in page.lines:
            if _in_band(line, page):
                where[_key(line, page)].add(page.number)
    needed = max(_MIN_REPEATS, min(8, len(pages) // 12))
    return frozenset(key for key, numbers in where.items() if len(numbers) >= needed)


def _in_band(line: Line, page: PageLines) -> bool:
    if line.angle:
        return line.box.x1 < page.width * _BAND or line.box.x0 > page.width * (1 - _BAND)
    return line.box.y1 < page.height * _BAND or line.box.y0 > page.height * (1 - _BAND)


def _key(line: Line, page: PageLines) -> tuple[str, int]:
    text = re.sub(r"\d+", "#", text_of(line)).lower()
    return text, round(line.box.y0 / max(1.0, page.height) * 40)


def _vocabulary(pages: Sequence[PageLines]) -> frozenset[str]:
    """Words that stand whole inside a line; the last word of a line may be half of one."""
    words: set[str] = set()
    for page in pages:
        for line in page.lines:
            words.update(word.text.strip(".,;:!?()[]“”\"'‘’").lower() for word in line.words[:-1])
    return frozenset(words)
