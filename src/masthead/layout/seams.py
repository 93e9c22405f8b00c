"""How well one line is followed by another, told from their words: evidence for where a column goes on.

A sentence that is cut at the foot of a column goes on, in small letters and the same type, at the head of the next.
That and the content stream, in which neighbours inside a frame nearly always follow each other, speak for an order;
neither decides it alone.
"""

from __future__ import annotations

from masthead.document.text import Line
from masthead.layout.measures import size_of

_ENDS = frozenset(".!?:。！？…")
_CLOSING = "”’\"')]»“）」』"
_HYPHENS = ("-", "\u2010", "\u00ad")


def follows(before: Line, after: Line, *, full: bool = True) -> float:
    """From about -1 (a sentence would be torn) to 2 (a broken word goes on); 0 where nothing can be told.

    `full` says whether the first line fills its column: a line that ends early ends its paragraph.
    """
    last, first = before.words[-1].text, after.words[0].text
    small, large = sorted((size_of(before), size_of(after)))
    if large > 1.1 * small:
        return 0.0
    begins_small = first[:1].islower()
    if last.endswith(_HYPHENS) and len(last) > 2 and last[-2].isalpha():
        return 2.0 if begins_small else -0.3
    core = last.rstrip(_CLOSING)
    finished = core[-1:] in _ENDS or not core
    if finished:
        return -1.0 if begins_small else 0.2
    if not full:
        return 0.5 if begins_small else 0.1
    if begins_small:
        return 1.5
    return -0.3 if last.endswith(",") or len(before.words) > 3 else 0.0
