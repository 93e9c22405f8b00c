"""Where an overlay belongs: the words under it are quoted, and looked for again in another build of the edition."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from masthead.document.overlays import Area
from masthead.edition.anchoring import Quote, Searchable, find_quote, quote_of

_MOST_QUOTED = 400  # characters of an anchor: enough to tell a place, little to look for
WHOLE = Area(0.0, 0.0, 1.0, 1.0)
"""A whole page."""
_GAP = "\n"  # between pages
_SHORT = 12  # characters: so few words stand in many places, so their neighbours must be there too
_SPACE, _HYPHEN = 0, 2  # how a word meets the next one, as page files write it: a space follows; its hyphen is dropped


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word of a page: its characters in the text of the whole, and its box in fractions of the page."""

    start: int
    end: int
    page: int
    area: Area


@dataclass(slots=True)
class Words:
    """The words of an edition folder, page by page; pages are read when they are wanted."""

    folder: Path
    count: int
    pages: dict[int, tuple[str, list[PlacedWord]]] = field(default_factory=dict)
    _whole: tuple[str, list[int], Searchable] | None = None

    def page(self, number: int) -> tuple[str, list[PlacedWord]]:
        """The page's text and its words, whose characters are counted within it."""
        if number not in self.pages:
            self.pages[number] = _read(self.folder / f"pages/{number}.json", number)
        return self.pages[number]

    def whole(self) -> tuple[str, list[int], Searchable]:
        """The text of all pages, where each page begins in it, and the same made ready to be searched."""
        if self._whole is None:
            parts, starts, at = [], [], 0
            for number in range(1, self.count + 1):
                text = self.page(number)[0]
                starts.append(at)
                parts.append(text)
                at += len(text) + len(_GAP)
            text = _GAP.join(parts)
            self._whole = (text, starts, Searchable(text))
        return self._whole


def anchor_of(words: Words, page: int, area: Area) -> dict[str, Any]:
    """The words whose middle lies in the area, as a quote with the rectangle they fill; {} where there are none."""
    if not 1 <= page <= words.count:
        return {}
    text, placed = words.page(page)
    under = [word for word in placed if area.holds(word.area)]
    if not under:
        return {}
    start, end = under[0].start, under[0].end
    for word in under[1:]:
        if word.end - start > _MOST_QUOTED or text[end : word.start].strip():
            break  # what follows is too long, or belongs to words beside the area
        end = word.end
    quoted = [word for word in under if word.end <= end]
    quote = quote_of(text, start, end)
    kept = {"exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix}
    position = (page - 1 + (quote.position or 0)) / words.count
    return {**kept, "position": round(position, 5), "words": [round(value, 5) for value in union(quoted)]}


def place_of(words: Words, page: int, area: Area, anchor: Mapping[str, Any]) -> tuple[int, Area] | None:
    """The page and area in other words; None where the quoted words are not there any more.

    An overlay over no words stays where it was while its page is there.
    """
    if not anchor:
        return (page, area) if page <= words.count else None
    quote = Quote(anchor["exact"], anchor.get("prefix", ""), anchor.get("suffix", ""), anchor.get("position"))
    found = _on_its_page(words, quote, page) or _anywhere(words, quote)
    if found is None:
        return None
    number, fills = found
    return number, _moved(area, Area(*anchor["words"]), fills)


def union(words: Iterable[PlacedWord]) -> Area:
    """The smallest rectangle around words."""
    areas = [word.area for word in words]
    x, y = min(area.x for area in areas), min(area.y for area in areas)
    return Area(x, y, max(area.right for area in areas) - x, max(area.bottom for area in areas) - y)


def _on_its_page(words: Words, quote: Quote, page: int) -> tuple[int, Area] | None:
    """The same words on the same page: most pages of a replaced PDF are as they were."""
    if not 1 <= page <= words.count:
        return None
    text, placed = words.page(page)
    here = Quote(quote.exact, quote.prefix, quote.suffix)
    found = find_quote(here, text)
    if found is None or found.likeness < 1 or not _surrounded(text, found.start, found.end, quote):
        return None
    return page, union(_between(placed, found.start, found.end))


def _surrounded(text: str, start: int, end: int, quote: Quote) -> bool:
    """Whether it stands beside one of the words that it stood beside: a short quote stands on many pages."""
    before, after = quote.prefix.split()[-2:], quote.suffix.split()[:2]
    return (
        not (before or after)
        or (bool(before) and text[:start].split()[-len(before) :] == before)
        or (bool(after) and text[end:].split()[: len(after)] == after)
    )


def _anywhere(words: Words, quote: Quote) -> tuple[int, Area] | None:
    text, starts, ready = words.whole()
    found = find_quote(quote, ready)
    if found is None or (len(quote.exact) < _SHORT and not _surrounded(text, found.start, found.end, quote)):
        return None
    number = bisect_right(starts, found.start)
    begin = starts[number - 1]
    under = _between(words.page(number)[1], found.start - begin, found.end - begin)
    return (number, union(under)) if under else None


def _between(placed: Iterable[PlacedWord], start: int, end: int) -> list[PlacedWord]:
    return [word for word in placed if word.start < end and word.end > start]


def _moved(area: Area, before: Area, after: Area) -> Area:
    """The area in the same relation to the words' rectangle, and on the page."""
    across = after.width / before.width if before.width > 0 else 1.0
    down = after.height / before.height if before.height > 0 else 1.0
    x = min(0.99, max(0.0, after.x + (area.x - before.x) * across))
    y = min(0.99, max(0.0, after.y + (area.y - before.y) * down))
    return Area(x, y, max(0.005, min(area.width * across, 1 - x)), max(0.005, min(area.height * down, 1 - y)))


def _read(file: Path, page: int) -> tuple[str, list[PlacedWord]]:
    """Words joined as they are read, one space between them; a page that failed has none."""
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "", []
    text, placed = "", []
    for word, area, space in _words(read):
        placed.append(PlacedWord(len(text), len(text) + len(word), page, area))
        text += f"{word} " if space else word
    return text, placed


def _words(read: Mapping[str, Any]) -> Iterator[tuple[str, Area, bool]]:
    width, height = read["width"] or 1, read["height"] or 1
    for block in read["blocks"]:
        for line in block["lines"]:
            for text, x0, y0, x1, y1, *join in line["words"]:
                kind = join[0] if join else _SPACE
                area = Area(x0 / width, y0 / height, max(0.0, x1 - x0) / width, max(0.0, y1 - y0) / height)
                yield (text[:-1] if kind == _HYPHEN else text), area, kind == _SPACE
