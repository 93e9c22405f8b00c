"""What a designer sets at the foot of a column is heard where it is called, and never inside a sentence.

A note stands at the foot because the page has room there; the reader's eye goes to it from the raised number and
comes back. On a page of several columns it would be heard in the middle of the text, so it follows the paragraph that
calls it. Small type at the foot that nothing calls (rights, addresses, how to quote a paper) follows the whole text of
its page if a sentence runs past it from this column into the next. On a page of one column the foot is the end.
"""

from __future__ import annotations

from collections.abc import Sequence

from masthead.document.geometry import union_of
from masthead.layout.leaders import ends_with_number
from masthead.layout.measures import text_of
from masthead.layout.notes import calls, mark_in
from masthead.layout.paragraphs import Group

_SMALL = 0.92  # to the body
_FOOT = 0.45  # of the page's height: notes stand below
_NOTE = 3  # words of the shortest note
_SENTENCE = 8  # words of a text
_ENDS = (".", "!", "?", ":", "…", "。", "！", "？")
_CLOSING = "”’\"')]»“）」』0123456789*†‡"
_HYPHENS = ("-", "\u2010", "\u00ad")


def foot_in_place(groups: Sequence[Group], body_size: float, height: float) -> list[int]:
    """The places of the groups in the order in which they are read; `height` is the page's."""
    runs = [run for run in _runs(groups, body_size, height) if _is_foot(run, groups, body_size)]
    away = {place for run in runs for place in run}
    order = [place for place in range(len(groups)) if place not in away]
    tail: list[int] = []
    behind: dict[int, int] = {}  # by the paragraph: where the next note that it calls comes
    for run in runs:
        for note in _notes(run, groups):
            caller = _caller(note[0], order, groups, away)
            if caller is not None:
                at = order.index(behind.get(caller, _end_of(caller, order, groups, away)))
                behind[caller] = note[-1]
            elif _is_torn(run, groups):
                tail += note
                continue
            else:
                at = order.index(behind.get(note[0], _before(note[0], order)))
            order[at + 1 : at + 1] = note
    return order + tail


def _runs(groups: Sequence[Group], body_size: float, height: float) -> list[list[int]]:
    """Groups in small type that follow each other in the lower part of one column."""
    runs: list[list[int]] = []
    for place, group in enumerate(groups):
        if group.table is not None or group.size > _SMALL * body_size or group.box.y0 < _FOOT * height:
            continue
        if any(map(ends_with_number, group.lines)):
            continue  # contents
        if runs and runs[-1][-1] == place - 1 and group.box.y0 > groups[place - 1].box.y0 - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return [run for run in runs if run[0] > 0]


def _is_foot(run: Sequence[int], groups: Sequence[Group], body_size: float) -> bool:
    """Whether it begins as a note does, or parts a sentence, with no running text below it in its column."""
    if not _mark(groups[run[0]], groups) and not _is_torn(run, groups):
        return False
    foot = union_of(groups[place].box for place in run)
    text = [group for place, group in enumerate(groups) if place not in run and _words(group) >= _SENTENCE]
    beside = [group for group in text if group.box.x0 >= foot.x1 or group.box.x1 <= foot.x0]
    if not any(group.size > _SMALL * body_size for group in beside):
        return False
    return not any(
        group.box.y1 > foot.y1
        and min(group.box.x1, foot.x1) - max(group.box.x0, foot.x0) > 0.5 * min(group.box.width, foot.width)
        for group in text
    )


def _mark(group: Group, groups: Sequence[Group]) -> str:
    """The mark of a note; empty for items of lists: a number with a stop, one sign for several."""
    mark = mark_in(group.lines)
    if not mark or _words(group) < _NOTE or group.lines[0].words[0].text.endswith((".", ")")):
        return ""
    if not mark.isdigit() and sum(other.lines[0].words[0].text == mark for other in groups) > 1:
        return ""
    return mark


def _words(group: Group) -> int:
    return sum(len(line.words) for line in group.lines)


def _is_torn(run: Sequence[int], groups: Sequence[Group]) -> bool:
    """Whether a sentence begins right above the run and goes on behind it, higher on the page."""
    if run[-1] + 1 >= len(groups):
        return False
    before, after = groups[run[0] - 1], groups[run[-1] + 1]
    return after.box.y0 < groups[run[0]].box.y0 and _words(before) >= _SENTENCE and _continues(before, after)


def _continues(before: Group, after: Group) -> bool:
    if before.table is not None or after.table is not None or abs(before.size - after.size) > 0.6:
        return False
    last, first = text_of(before.lines[-1]), text_of(after.lines[0])
    if last.endswith(_HYPHENS):
        return True
    return first[:1].islower() and not last.rstrip(_CLOSING).endswith(_ENDS)


def _notes(run: Sequence[int], groups: Sequence[Group]) -> list[list[int]]:
    """Each note with the paragraphs that follow it without a mark of their own."""
    notes: list[list[int]] = []
    for place in run:
        if not notes or _mark(groups[place], groups):
            notes.append([place])
        else:
            notes[-1].append(place)
    return notes


def _caller(note: int, order: Sequence[int], groups: Sequence[Group], away: set[int]) -> int | None:
    mark = _mark(groups[note], groups)
    if not mark:
        return None
    text = [place for place in order if place not in away]
    return next((place for place in text if calls(groups[place].lines, groups[place].size, mark)), None)


def _end_of(caller: int, order: Sequence[int], groups: Sequence[Group], away: set[int]) -> int:
    """The last part on this page of the paragraph that begins with `caller`."""
    end = caller
    for place in order[order.index(caller) + 1 :]:
        if place in away:
            continue
        if not _continues(groups[end], groups[place]):
            break
        end = place
    return end


def _before(place: int, order: Sequence[int]) -> int:
    return max((other for other in order if other < place), default=order[0])
