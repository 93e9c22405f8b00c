"""Run-in headings: bold, slanted or small capital words that begin a paragraph in its own first line.

A designer who has no room for a line of its own runs the lowest heading into the text, in another face and with a full
stop, a dash or a wide gap behind it. One bold beginning may be a lead-in, a name or a place; headings come in a style
that is used again and again with other words each time, so that they are judged over the whole document.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median
from typing import NamedTuple

from masthead.document.geometry import union_of
from masthead.document.text import Font, Line, PageLines, Role, Word
from masthead.layout.captions import is_label
from masthead.layout.paragraphs import Group

Grouped = tuple[Group, Role | None, int]  # lines, what they are if that is known, the box they stand in

_FEWEST = 3  # times that a style of run-in headings is used in a document
_FEWEST_NUMBERED = 2
_FEWEST_SHORT, _SHORT, _LONG = 2, 4, 25  # so few, if each has few words and a long text behind it
_DISTINCT = 0.8  # share of them that say something of their own: names of speakers come again and again
_MOST_WORDS, _MOST_LINES = 12, 2
_FEWEST_BEHIND = 6  # words of the text that goes on in the line
_SMALLEST = 0.85  # to the body: below, they are labels of notes and captions
_GAP = 0.9  # ems of white behind a heading that has no full stop
_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){1,3}\.?|\d{1,2}\.|[IVX]{1,5}\.|§)$")
_SMALL_CAPITALS = re.compile(r"small ?caps?|(?:^|[-_])(?:sc|caps)\b|csc\d*$|sc$", re.IGNORECASE)
_STOPS = (".", "?", "!", "—", "–", "。")


class _Face(NamedTuple):
    name: str
    colour: int
    size: float  # points, to the half


class _RunIn(NamedTuple):
    page: int
    at: int  # place of its group on the page
    words: int
    text: str
    face: _Face
    numbered: bool
    behind: int  # words of the text behind it


def with_run_ins(grouped: Mapping[int, Sequence[Grouped]], pages: Sequence[PageLines], body_size: float) -> None:
    """Part run-in headings from the paragraphs that they begin; the rows of `grouped` are its own."""
    found: dict[tuple[_Face, bool, bool], list[_RunIn]] = defaultdict(list)
    for page in pages:
        for at, (group, role, _) in enumerate(grouped[page.number]):
            if role is None and (run_in := _run_in(page, at, group, body_size)) is not None:
                found[run_in.face, run_in.numbered, run_in.text.endswith(":")].append(run_in)
    kept = sorted((one for style in found.values() for one in _headings(style)), key=lambda one: -one.at)
    for one in kept:  # from the end, so that places stay what they are
        row = grouped[one.page]
        assert isinstance(row, list)
        group, _, box = row[one.at]
        head, text = _parted(group, one.words)
        row[one.at : one.at + 1] = [(head, Role.HEADING, box), (text, None, box)]


def _headings(run_ins: Sequence[_RunIn]) -> list[_RunIn]:
    """Those of one style that are headings: all, or none; a word alone that comes again ("Note.") is none."""
    times = Counter(one.text.casefold() for one in run_ins)
    several = [one for one in run_ins if one.words > 1]
    alone = [one for one in run_ins if one.words == 1 and times[one.text.casefold()] == 1]
    return [*several, *alone] if _is_style(several) else []


def _is_style(run_ins: Sequence[_RunIn]) -> bool:
    """Whether so many begin alike, each with words of its own, that it is a style of headings."""
    if not run_ins or (run_ins[0].text.endswith(":") and median(one.behind for one in run_ins) < _LONG):
        return False
    fewest = _FEWEST_NUMBERED if run_ins[0].numbered else _FEWEST
    if all(one.words <= _SHORT and one.behind >= _LONG and one.text.endswith(".") for one in run_ins):
        fewest = _FEWEST_SHORT
    distinct = len({one.text.casefold() for one in run_ins})
    return len(run_ins) >= fewest and distinct >= _DISTINCT * len(run_ins)


def _run_in(page: PageLines, at: int, group: Group, body_size: float) -> _RunIn | None:
    """The heading that may begin the group; None where its first words are set as those behind them."""
    first = group.lines[0]
    if group.marker or group.table or first.vertical or first.angle or group.size < _SMALLEST * body_size:
        return None
    words = [word for line in group.lines[: _MOST_LINES + 1] for word in line.words][: _MOST_WORDS + 1]
    numbered = _NUMBER.match(words[0].text) is not None and len(words) > 1
    name = _name(words[int(numbered)], page.fonts)
    count = next((place for place, word in enumerate(words) if place > numbered and _name(word, page.fonts) != name), 0)
    if not count or count > _MOST_WORDS:
        return None
    text = " ".join(word.text for word in words[:count])
    if not _reads_as_heading(text, numbered=numbered) or not _is_parted(words[count - 1], words[count], first):
        return None
    behind = [word for line in group.lines for word in line.words][count:]
    lead, rest = page.fonts[words[count - 1].font], _usual(behind, page.fonts)
    if len(behind) < _FEWEST_BEHIND or rest.name == lead.name or not _stands_out(lead, rest):
        return None
    face = _Face(lead.name, words[count - 1].colour, round(words[count - 1].size * 2) / 2)
    return _RunIn(page.number, at, count, text, face, numbered, len(behind))


def _name(word: Word, fonts: Sequence[Font]) -> str:
    return fonts[word.font].name


def _usual(words: Sequence[Word], fonts: Sequence[Font]) -> Font:
    letters: dict[Font, int] = defaultdict(int)
    for word in words:
        letters[fonts[word.font]] += len(word.text)
    return max(letters, key=lambda font: letters[font], default=Font("", False, False, False, False))


def _stands_out(lead: Font, rest: Font) -> bool:
    """Whether the first face is the stronger: bold, slanted or small capitals, before a text that is not."""
    if lead.bold or rest.bold:
        return lead.bold and not rest.bold
    if lead.monospace:
        return False
    return (lead.italic and not rest.italic) or bool(_SMALL_CAPITALS.search(lead.name))


def _reads_as_heading(text: str, *, numbered: bool) -> bool:
    """Whether the words may be a heading: they begin large and are no label of a figure."""
    bare = text.split(" ", 1)[-1] if numbered else text
    first = next((char for char in bare if char.isalpha()), "")
    letters = sum(map(str.isalpha, bare))
    return letters >= 3 and text[0] not in "*†‡" and not first.islower() and not is_label(text)


def _is_parted(last: Word, following: Word, line: Line) -> bool:
    """Whether a full stop or dash, or white as wide as an em, parts the heading from a sentence that begins."""
    if next((char for char in following.text if char.isalnum()), "").islower():
        return False
    if last.text.endswith((*_STOPS, ":")):
        return True
    same_line = last.box.y1 > following.box.y0 and not line.right_to_left
    return same_line and following.box.x0 - last.box.x1 > _GAP * last.size and last.text[-1:].isalnum()


def _parted(group: Group, count: int) -> tuple[Group, Group]:
    """The group's first `count` words, and the rest of it."""
    head: list[Line] = []
    rest: list[Line] = []
    for line in group.lines:
        inside = line.words[: max(0, count)]
        count -= len(line.words)
        if inside:
            head.append(_line(line, inside))
        if len(inside) < len(line.words):
            rest.append(_line(line, line.words[len(inside) :]))
    return (
        replace(group, lines=tuple(head), bold=True, marker=""),
        replace(group, lines=tuple(rest), marker=""),
    )


def _line(line: Line, words: Sequence[Word]) -> Line:
    return replace(line, words=tuple(words), box=union_of(word.box for word in words))
