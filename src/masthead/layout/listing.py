"""The contents page understood: its entries, title and page number in either order, and where they lead.

A contents list is told by what it is for: a run of page numbers that rise, each with words beside it, under a heading
that says so, or with titles that stand on the very pages the numbers name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from masthead.document.geometry import Box
from masthead.document.text import Line, Role
from masthead.layout.styles import Piece

_HEADING = re.compile(
    r"\b(?:table of )?contents\b|in(?:side)? this (?:issue|edition)|^inside:?$|what's inside|^outline$|"
    r"inhalt(?:sverzeichnis)?\b|in diese[mr] (?:heft|ausgabe)|^sommaire|table des mati[eè]res|^contenidos?$|"
    r"sumario|sommario|in questo numero|inhoud(?:sopgave)?\b|in dit nummer|[íi]ndice|sum[aá]rio|spis tre[sś]ci|"
    r"w numerze",
    re.IGNORECASE,
)
_ALONE = re.compile(r"^(?:p(?:age|g|p)?\.?|s(?:eite)?\.?|str\.)?\s*(\d{1,3})$", re.IGNORECASE)
_LONGEST = 400  # letters of a line that are looked at: its number would be found in ever more ways
_AT_END = re.compile(
    r"^(.*?[^\W\d_]{2}.*?)[\s.…·_|–—-]*[\s.…·_|](?:p(?:age|g)?\.?\s*)?(\d{1,3})$", re.IGNORECASE | re.DOTALL
)
_AT_START = re.compile(r"^(\d{1,3})[\s|–—.:]+(\D.*[^\W\d_]{2}.*)$", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{3,}")
_SMALL_WORDS = frozenset({"the", "and", "for", "der", "die", "das", "und", "les", "des", "del", "van", "het"})
_MIN_ENTRIES = 4
_MIN_UNDER_HEADING = 3
_RISING = 0.72  # share of steps from entry to entry that do not go back
_SAME_COLUMN = 36.0  # points between the left edges of one column of entries (numbers may be set flush right)
_CONFIRMED = 0.4  # of the entries of a list that no heading names
_PROSE = 40  # words of a block that is no entry


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    title: str
    page: int  # of the document, the printed number put right


@dataclass(frozen=True, slots=True)
class Listing:
    """The contents that a document prints."""

    entries: tuple[Entry, ...] = ()
    pieces: frozenset[str] = frozenset()  # ids of the blocks that make it up
    pages: frozenset[int] = frozenset()  # pages that hold nothing else

    def title_on(self, page: int) -> str:
        """The title listed for a page; empty if none is."""
        return next((entry.title for entry in self.entries if entry.page == page), "")

    def names(self, text: str, page: int) -> bool:
        """Whether an entry names this text on this page, or on the next (an opening picture on the left)."""
        return any(0 <= page - entry.page <= 1 and similar(entry.title, text) for entry in self.entries)


def similar(first: str, second: str) -> bool:
    """Whether two titles share most words of the shorter one, letters' case and small words left out."""
    a, b = words_of(first), words_of(second)
    if not a or not b:
        return False
    shared = len(a & b)
    return shared >= 0.6 * min(len(a), len(b)) and (shared >= 2 or min(len(a), len(b)) == 1)


@lru_cache(maxsize=4096)
def words_of(text: str) -> frozenset[str]:
    """The words of three letters and more, in small letters."""
    return frozenset(word.lower() for word in _WORD.findall(text)) - _SMALL_WORDS


def listing_of(rows: Mapping[int, Sequence[Piece]]) -> Listing:
    """The document's contents list; an empty one if it prints none."""
    if len(rows) < 3:
        return Listing()
    last = max(rows)
    found: list[tuple[int, list[tuple[str, int, str]], bool]] = []
    for number in sorted(rows):
        if number > 12 and number < last - 1:
            continue
        entries, under_heading = _entries(rows[number], last)
        if _is_list(entries, under_heading=under_heading):
            found.append((number, entries, under_heading))
    if not found:
        return Listing()
    headings = _headings(rows)
    offset = _offset([entry for _, entries, _ in found for entry in entries], headings, rows)
    kept = [item for item in found if item[2] or _is_confirmed(item[1], offset, headings)][:4]
    result = tuple(
        Entry(title, value + offset)
        for _, entries, _ in kept
        for title, value, _ in entries
        if 1 <= value + offset <= last
    )
    ids = frozenset(name for _, entries, _ in kept for _, _, names in entries for name in names.split())
    whole = frozenset(number for number, _, _ in kept if _is_whole(rows[number], ids))
    return Listing(result, ids, whole)


def _entries(row: Sequence[Piece], last: int) -> tuple[list[tuple[str, int, str]], bool]:
    """Titles with their numbers and the ids of their blocks; and whether a heading names the list."""
    body = [piece for piece in row if not piece.role.is_furniture]
    headings = [place for place, piece in enumerate(body) if piece.words <= 6 and _HEADING.search(piece.text)]
    if headings:
        body = body[headings[0] + 1 :]
    lines = [(line, piece) for piece in body for line in piece.block.lines]
    texts = [" ".join(word.text for word in line.words).strip()[:_LONGEST] for line, _ in lines]
    alone = [_ALONE.match(text) for text in texts]
    kinds: dict[str, list[tuple[Box, tuple[str, int, str]]]] = {"alone": [], "end": [], "start": []}
    for index, (line, piece) in enumerate(lines):
        if single := alone[index]:
            beside = _beside(line, lines, alone)
            if beside is not None:
                title, owner = beside
                kinds["alone"].append((line.box, (title, int(single[1]), f"{piece.block.id} {owner}")))
        elif texts[index][-1:].isdigit() and (match := _AT_END.match(texts[index])):
            kinds["end"].append((line.box, (match[1].strip(" .…·_|–—-"), int(match[2]), piece.block.id)))
        elif texts[index][:1].isdigit() and (match := _AT_START.match(texts[index])):
            kinds["start"].append((line.box, (match[2], int(match[1]), piece.block.id)))
    # A list puts its numbers on one side: "2 Methods" beside "Methods .... 7" numbers a section.
    found = max(kinds.values(), key=len)
    result = [(box, entry) for box, entry in found if 0 < entry[1] <= last + 20 and len(entry[0]) < 160]
    return [entry for _, entry in _by_column(result)], bool(headings)


def _by_column(entries: list[tuple[Box, tuple[str, int, str]]]) -> list[tuple[Box, tuple[str, int, str]]]:
    """The entries down one column of numbers after the other, whatever way the page was read."""
    columns: list[list[tuple[Box, tuple[str, int, str]]]] = []
    for entry in sorted(entries, key=lambda item: item[0].x0):
        if columns and entry[0].x0 - columns[-1][0][0].x0 < _SAME_COLUMN:
            columns[-1].append(entry)
        else:
            columns.append([entry])
    return [entry for column in columns for entry in sorted(column, key=lambda item: item[0].y0)]


def _beside(
    number: Line, lines: Sequence[tuple[Line, Piece]], alone: Sequence[re.Match[str] | None]
) -> tuple[str, str] | None:
    """The text at the height of a number that stands by itself, and the block that holds it."""
    best: tuple[float, int] | None = None
    for index, (line, _) in enumerate(lines):
        if alone[index] or line is number:
            continue
        shared = min(line.box.y1, number.box.y1) - max(line.box.y0, number.box.y0)
        gap = max(line.box.x0 - number.box.x1, number.box.x0 - line.box.x1)
        if shared > 0.5 * min(line.box.height, number.box.height) and gap < 400 and (best is None or gap < best[0]):
            best = (gap, index)
    if best is None:
        return None
    line, piece = lines[best[1]]
    words = [" ".join(word.text for word in line.words)]
    following = lines[best[1] + 1] if best[1] + 1 < len(lines) else None
    if following is not None and following[1] is piece and not alone[best[1] + 1]:
        words.append(" ".join(word.text for word in following[0].words))
    return " ".join(words), piece.block.id


def _is_list(entries: Sequence[tuple[str, int, str]], *, under_heading: bool) -> bool:
    values = [value for _, value, _ in entries]
    if len(set(values)) < (_MIN_UNDER_HEADING if under_heading else _MIN_ENTRIES):
        return False
    rising = sum(after >= before for before, after in pairwise(values))
    steps = max(1, len(values) - 1)
    plain_count = all(after - before == 1 for before, after in pairwise(values)) and len(values) > 3
    return rising >= _RISING * steps and not (plain_count and not under_heading)


def _headings(rows: Mapping[int, Sequence[Piece]]) -> dict[int, list[str]]:
    """What each page's headings say, those of one page joined too."""
    found: dict[int, list[str]] = {}
    for number, row in rows.items():
        texts = [piece.text for piece in row if piece.role is Role.HEADING]
        found[number] = [*texts, *(" ".join(pair) for pair in pairwise(texts))]
    return found


def _is_confirmed(entries: Sequence[tuple[str, int, str]], offset: int, headings: Mapping[int, Sequence[str]]) -> bool:
    """Whether enough of a page's entries lead to their heading; steps that are counted in a text lead nowhere."""
    led = sum(any(similar(title, text) for text in headings.get(value + offset, ())) for title, value, _ in entries)
    return led >= _CONFIRMED * len(entries)


def _offset(
    entries: Sequence[tuple[str, int, str]], headings: Mapping[int, Sequence[str]], rows: Mapping[int, Sequence[Piece]]
) -> int:
    """What to add to a printed number to get the page: what leads most entries to their heading, else the folios."""
    votes: Counter[int] = Counter()
    for title, value, _ in entries:
        for number, texts in headings.items():
            if abs(number - value) <= 30 and any(similar(title, text) for text in texts):
                votes[number - value] += 1
    printed: Counter[int] = Counter()
    for number, row in rows.items():
        for piece in row:
            if piece.role is Role.FOLIO and (digits := re.search(r"\d{1,3}", piece.text)):
                printed[number - int(digits[0])] += 1
    if votes:
        offset = max(votes, key=lambda value: (votes[value], printed[value]))
        if votes[offset] >= 2 or not printed:
            return offset
    return printed.most_common(1)[0][0] if printed else 0


def _is_whole(row: Sequence[Piece], ids: frozenset[str]) -> bool:
    """Whether the page holds the list and no story."""
    prose = sum(piece.words for piece in row if piece.words >= _PROSE and piece.block.id not in ids)
    return prose < 120
