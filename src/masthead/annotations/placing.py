"""Puts annotations on their words again in another build of an edition: by the quote, with its surroundings.

Pins and lines go along with the words beside which they stood. What is not found stays as it was, marked as unplaced,
and is looked for again in the next build.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from masthead.annotations.checking import Content
from masthead.edition.anchoring import Quote, Searchable, find_quote
from masthead.edition.folder import Edition as Folder

_HYPHEN = 2  # join of a word whose last character is the hyphen of a line break
_PARTS = 1e5  # boxes are kept to so many parts of the page

Box = list[float]


@dataclass(frozen=True, slots=True)
class _Word:
    start: int  # characters of the block's text
    end: int
    line: int
    box: Box  # points


@dataclass(frozen=True, slots=True)
class _Block:
    name: str
    page: int
    text: str
    words: tuple[_Word, ...]
    article: str


class IssueText:
    """All words of a build in the order of reading, ready to be searched."""

    def __init__(self, folder: Folder) -> None:
        self.build = folder.build
        self._sizes: dict[int, tuple[float, float]] = {}
        self._blocks: list[_Block] = []
        self._starts: list[int] = []
        texts: list[str] = []
        passed = 0
        for number in range(1, folder.page_count + 1):
            for block in self._read(folder, number):
                self._blocks.append(block)
                self._starts.append(passed)
                texts.append(block.text)
                passed += len(block.text) + 1
        self._length = max(1, passed)
        self._text = Searchable(" ".join(texts))

    @property
    def pages(self) -> int:
        """Number of pages that could be read."""
        return max(self._sizes, default=0)

    def locate(self, locator: dict[str, Any]) -> dict[str, Any] | None:
        """The locator in this build; None where its words are not there."""
        quote = locator.get("quote")
        if not quote:
            return None
        wanted = Quote(quote["exact"], quote.get("prefix", ""), quote.get("suffix", ""), quote.get("position"))
        found = find_quote(wanted, self._text)
        if found is None:
            return None
        spans, boxes = self._between(found.start, found.end)
        if not spans:
            return None
        first = self._blocks[self._at(found.start)]
        made = {
            "build": self.build,
            "page": spans[0][0],
            "places": [{"page": page, "boxes": some} for page, some in boxes.items()],
            "spans": [{"block": block, "from": start, "to": end} for _, block, start, end in spans],
            "quote": {**quote, "position": round(found.start / self._length, 6)},
        }
        return {**made, "article": first.article} if first.article else made

    def _read(self, folder: Folder, number: int) -> list[_Block]:
        try:
            page = json.loads((folder.path / f"pages/{number}.json").read_bytes())
        except (OSError, ValueError):
            return []
        self._sizes[number] = (page["width"], page["height"])
        return [_block(number, block) for block in page["blocks"]]

    def _at(self, position: int) -> int:
        return max(0, bisect_right(self._starts, position) - 1)

    def _between(self, start: int, end: int) -> tuple[list[tuple[int, str, int, int]], dict[int, list[Box]]]:
        """Whole words between two places of the text: spans by block, and their boxes by page."""
        spans: list[tuple[int, str, int, int]] = []
        boxes: dict[int, list[Box]] = {}
        for at in range(self._at(start), self._at(end - 1) + 1):
            block, offset = self._blocks[at], self._starts[at]
            words = [word for word in block.words if word.end > start - offset and word.start < end - offset]
            if not words:
                continue
            spans.append((block.page, block.name, words[0].start, words[-1].end))
            width, height = self._sizes[block.page]
            boxes.setdefault(block.page, []).extend(_lines(words, width, height))
        return spans, boxes


def place(content: Content, text: IssueText) -> Content:
    """The annotation as it stands in this build; the same object where nothing is to be done."""
    locator = content["locator"]
    if locator["build"] == text.build and "unplaced" in locator:  # back where it was made
        return {**content, "locator": {name: value for name, value in locator.items() if name != "unplaced"}}
    if text.build in (locator["build"], locator.get("unplaced")):
        return content
    found = text.locate(locator)
    if found is not None:
        return _moved(content, found)
    if not locator.get("quote") and locator["page"] <= text.pages:  # without words there is only the page
        return {**content, "locator": {**locator, "build": text.build}}
    return {**content, "locator": {**locator, "unplaced": text.build}}


def _block(page: int, block: dict[str, Any]) -> _Block:
    """A block's words as one text, with hyphens of line breaks resolved, as the reader has it."""
    text = ""
    words: list[_Word] = []
    for at, line in enumerate(block["lines"]):
        for word, *rest in line["words"]:
            join = int(rest[4]) if len(rest) > 4 else 0
            start = len(text)
            text += word[:-1] if join == _HYPHEN else word
            words.append(_Word(start, len(text), at, rest[:4]))
            if not join:
                text += " "
    return _Block(block["id"], page, text.rstrip(), tuple(words), block.get("article", ""))


def _lines(words: list[_Word], width: float, height: float) -> list[Box]:
    """One box for each line, in parts of the page."""
    lines: dict[int, Box] = {}
    for word in words:
        x0, y0, x1, y1 = word.box
        before = lines.get(word.line, word.box)
        lines[word.line] = [min(before[0], x0), min(before[1], y0), max(before[2], x1), max(before[3], y1)]
    return [
        [round(value / (height if at % 2 else width) * _PARTS) / _PARTS for at, value in enumerate(box)]
        for box in lines.values()
    ]


def _moved(content: Content, locator: dict[str, Any]) -> Content:
    """Pins and lines go as far as the first of their words went."""
    before, after = _first_box(content["locator"]), _first_box(locator)
    made = {**content, "locator": locator}
    if before is None or after is None:
        return made
    by = (after[0] - before[0], after[1] - before[1])
    if "at" in content:
        made["at"] = [min(1.0, max(0.0, round(value + by[at], 4))) for at, value in enumerate(content["at"])]
    if "strokes" in content:
        made["strokes"] = [
            {
                **stroke,
                "points": [
                    value if at % 3 == 2 else min(2.0, max(-1.0, round(value + by[at % 3], 4)))
                    for at, value in enumerate(stroke["points"])
                ],
            }
            for stroke in content["strokes"]
        ]
    return made


def _first_box(locator: dict[str, Any]) -> Box | None:
    for here in locator["places"]:
        if here["boxes"]:
            return list(here["boxes"][0])
    return None
