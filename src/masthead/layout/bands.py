"""White bands from side to side, and whether one parts the page before its columns do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from masthead.document.geometry import Box
from masthead.layout.frames import Frame
from masthead.layout.gutters import Gutter, core
from masthead.layout.seams import follows
from masthead.layout.symbols import is_marker

_LEADING = 1.2  # ems from base line to base line, as usual
_TIGHT = 0.7  # of the leading: no wider than the white between the lines of a paragraph
_APART = 1.5  # ems between edges that are not the same
_HEADLINE = 1.4  # to the text
_HEADING, _HEADING_LINES = 1.12, 3  # to the text that it heads
_DOUBT = 0.05  # evidence that is none
_MARGIN = 6.0  # points beyond the band's height: where a pull quote begins that made the band
_SLACK = 3.0  # points by which a picture may reach beyond its column
_MAX_PICTURE = 0.8  # of the width: a wider one parts the page as a band does
_STREAM = 0.4  # what it counts that two frames follow each other in the content stream


class Drawn(NamedTuple):
    """What stands on a page beside the frames that are cut."""

    rules: Sequence[Box] = ()
    pictures: Sequence[Box] = ()  # pictures and grounds without text
    floats: Sequence[Box] = ()  # pull quotes that were lifted out


NOTHING_DRAWN = Drawn()


class Band(NamedTuple):
    """The columns above and below a white band, in the direction of reading, and the gutters between them."""

    above: list[list[Frame]]
    below: list[list[Frame]]
    gutters: Sequence[Gutter]


def parts_of(frames: Sequence[Frame]) -> list[list[Frame]]:
    """The frames cut at every white band that runs from side to side, from top to bottom."""
    ordered = sorted(frames, key=lambda frame: core(frame)[0])
    parts: list[list[Frame]] = []
    bottom = float("-inf")
    for frame in ordered:
        top, end = core(frame)
        if top > bottom or not parts:
            parts.append([frame])
        else:
            parts[-1].append(frame)
        bottom = max(bottom, end)
    return parts


def cut_is_before_columns(band: Band, drawn: Drawn) -> bool:
    """Whether what lies above the band is read before any of what lies below, in all columns.

    Columns of one story have white bands on the same height only by chance: then sentences go on below. Rows of
    items, or two stories one above the other, are parted by a band wider than their own spacing, or by a rule; no
    picture of one column stands across it, and it is not the white around a pull quote that both columns run round.
    """
    upper = [frame for column in band.above for frame in column]
    lower = [frame for column in band.below for frame in column]
    top, bottom = max(core(frame)[1] for frame in upper), min(core(frame)[0] for frame in lower)
    leading = _LEADING * median([frame.size for frame in upper + lower if not frame.group] or [10.0])
    start, end = _between_pictures(drawn.pictures, upper + lower, top, bottom)
    height = end - start
    gutter = min((gutter.width for gutter in band.gutters), default=0.0)
    score = -0.6
    if _is_usual(height, band):
        score -= 0.4
    else:
        score += 0.6 * (height > 1.6 * leading) + 0.8 * (height > max(2.6 * leading, 1.3 * gutter))
    if height < _TIGHT * _LEADING * _size_at(top, bottom, upper + lower):
        score -= 0.8
    if _other_edges(band):
        score += 0.8
    if _begins_stories(band):
        score += 0.8
    if _ends_with_headings(band):
        score -= 1.0
    if _has_rule(drawn.rules, upper + lower, top, bottom):
        score += 1.5
    if height < 0 or _is_beside_float(drawn.floats, band, top, bottom):
        score -= 0.8
    score += _rows(band)
    score += _evidence_for_rows(band) - evidence_for_columns(band)
    return score > _DOUBT


def _is_usual(height: float, band: Band) -> bool:
    """Whether one of the columns has white as high between its own frames: spaced items, not two parts of a page."""
    for over, under in zip(band.above, band.below, strict=True):
        spans = sorted(core(frame) for frame in [*over, *under])
        gaps = sorted(after[0] - before[1] for before, after in pairwise(spans))
        if len(gaps) >= 3 and height < 1.15 * gaps[len(gaps) // 2]:
            return True
    return False


def _size_at(top: float, bottom: float, frames: Sequence[Frame]) -> float:
    """The larger size, in points, of what stands right above and right below the band."""
    return max(frame.size for frame in frames if abs(core(frame)[1] - top) < 1 or abs(core(frame)[0] - bottom) < 1)


def _other_edges(band: Band) -> bool:
    """Whether every column below the band has other edges than the one above: names centred over running text."""
    pairs = [(over, under) for over, under in zip(band.above, band.below, strict=True) if over and under]
    if len(pairs) < 2:
        return False
    return all(
        abs(min(frame.box.x0 for frame in over) - min(frame.box.x0 for frame in under)) > _APART * under[0].size
        and abs(max(frame.box.x1 for frame in over) - max(frame.box.x1 for frame in under)) > _APART * under[0].size
        for over, under in pairs
    )


def _begins_stories(band: Band) -> bool:
    """Whether a headline stands at the head of every part below the band: stories begin there side by side."""
    heads = [min(column, key=lambda frame: frame.box.y0) for column in band.below if column]
    text = median([frame.size for column in [*band.above, *band.below] for frame in column if not frame.group] or [0.0])
    return len(heads) >= 2 and all(not head.group and head.size > _HEADLINE * text for head in heads)


def _ends_with_headings(band: Band) -> bool:
    """Whether what stands right above the band heads the text below it, in every column: a cut would part them."""
    pairs = [(over, under) for over, under in zip(band.above, band.below, strict=True) if over and under]
    if len(pairs) < 2 or len(pairs) < sum(bool(column) for column in band.above):
        return False
    for over, under in pairs:
        last, first = max(over, key=lambda frame: frame.box.y1), min(under, key=lambda frame: frame.box.y0)
        if last.group or first.group or len(last.lines) > _HEADING_LINES or last.size < _HEADING * first.size:
            return False
    return True


def _has_rule(rules: Sequence[Box], frames: Sequence[Frame], top: float, bottom: float) -> bool:
    left, right = min(frame.box.x0 for frame in frames), max(frame.box.x1 for frame in frames)
    width = right - left
    return any(
        top - 2 <= (rule.y0 + rule.y1) / 2 <= bottom + 2
        and rule.width > rule.height
        and min(rule.x1, right) - max(rule.x0, left) > 0.8 * width
        for rule in rules
    )


def _between_pictures(
    pictures: Sequence[Box], frames: Sequence[Frame], top: float, bottom: float
) -> tuple[float, float]:
    """The band without what pictures of single columns reach into it; upside down if a picture stands across it."""
    left, right = min(frame.box.x0 for frame in frames), max(frame.box.x1 for frame in frames)
    start, end = top, bottom
    for picture in pictures:
        inside = picture.x0 > left - _SLACK and picture.x1 < right + _SLACK
        if not inside or picture.width > _MAX_PICTURE * (right - left):
            continue
        if picture.y0 <= top + 1 and picture.y1 > top:
            start = max(start, picture.y1)
        if picture.y1 >= bottom - 1 and picture.y0 < bottom:
            end = min(end, picture.y0)
    return start, end


def _is_beside_float(floats: Sequence[Box], band: Band, top: float, bottom: float) -> bool:
    """Whether the band is the white above or below a pull quote over the gutter."""
    reach = bottom - top + _MARGIN
    return any(
        (abs(box.y0 - bottom) < reach or abs(box.y1 - top) < reach)
        and any(box.x0 < gutter.x0 and box.x1 > gutter.x1 for gutter in band.gutters)
        for box in floats
    )


def _rows(band: Band) -> float:
    """Whether both sides of the band look like rows of short items that begin on one height."""
    score = 0.0
    short = 0
    for columns in (band.above, band.below):
        filled = [column for column in columns if column]
        if len(filled) < 2:
            return -0.2
        tops = [min(frame.box.y0 for frame in column) for column in filled]
        size = median([frame.size for column in filled for frame in column])
        if max(tops) - min(tops) < 0.5 * size:
            score += 0.3
            short += all(_is_short(column) for column in filled)
    return score + (0.0, 0.3, 1.0)[short]


def _is_short(column: Sequence[Frame]) -> bool:
    """A few lines that do not fill their column: a card, an address, a name with a title."""
    lines = [line for frame in column for line in frame.lines]
    if len(lines) > 6 or is_marker(lines[0].words[0].text):
        return False
    width = max(frame.box.width for frame in column)
    return len(lines) <= 2 or sum(line.box.width > 0.85 * width for line in lines) <= 0.5 * len(lines)


def evidence_for_columns(band: Band) -> float:
    """Columns go on below the band: the seams from each column's end to its own part below."""
    return sum(_seam(over, under) for over, under in zip(band.above, band.below, strict=True))


def _evidence_for_rows(band: Band) -> float:
    """Each column goes on at the head of the next one, the last at the head of the first below the band."""
    above = [column for column in band.above if column]
    below = [column for column in band.below if column]
    score = sum(_seam(above[index], above[index + 1]) for index in range(len(above) - 1))
    return score + _seam(above[-1], below[0])


def _seam(over: Sequence[Frame], under: Sequence[Frame]) -> float:
    if not over or not under:
        return 0.0
    last, first = max(over, key=lambda frame: frame.box.y1), min(under, key=lambda frame: frame.box.y0)
    if last.group or first.group:
        return 0.0
    right = max(frame.box.x1 for frame in over)
    end = last.lines[-1].box
    full = len(last.lines) > 1 and end.x1 > right - 0.15 * (right - min(frame.box.x0 for frame in over))
    evidence = follows(last.lines[-1], first.lines[0], full=full)
    return evidence + (_STREAM if first.first == last.last + 1 else 0.0)
