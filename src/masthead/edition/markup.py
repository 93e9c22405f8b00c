"""A block's words as HTML: escaped, joined as a sentence, links live; shared by whoever writes fragments.

What is written is well-formed XML too, so that programs can read a fragment again without guessing. Strings from a
PDF are text, never markup. Links to pages are written `page:12`; whoever puts the frame around the fragment knows
the real address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

from masthead.document.structure import Link, LinkKind
from masthead.document.text import Block, Join, Role, Word

_LEADERS = re.compile(r"\s*(?:[.·]\s?){5,}|\s*(?:…\s?){3,}")  # more than any ellipsis has
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """The text without the characters that neither HTML nor XML can hold (control characters, surrogates)."""
    return _NOT_XML.sub("", text)


def text(value: str) -> str:
    """A string as the text of an element."""
    return escape(plain(value), quote=False)


def attribute(value: str) -> str:
    """A string as the value of an attribute, without the quotation marks around it."""
    return escape(plain(value), quote=True)


def without_leaders(value: str) -> str:
    """The text without the dots that lead the eye over the white to a page number: read aloud, they are noise."""
    return _LEADERS.sub(" ", value).strip() if _may_lead(value) else value


def _may_lead(value: str) -> bool:
    return ".." in value or ". ." in value or "…" in value or "··" in value or "· ·" in value


def element(tag: str, inner: str, *, name: str = "", block: str = "") -> str:
    """An element with a class and the block that it shows."""
    attributes = f' class="{name}"' if name else ""
    attributes += f' data-block="{attribute(block)}"' if block else ""
    return f"<{tag}{attributes}>{inner}</{tag}>"


class NoteMark(NamedTuple):
    """What refers to a note at the end of a word: the mark as printed and the anchor that it becomes."""

    mark: str
    anchor: str


def inline(block: Block, links: Sequence[Link], marks: Mapping[int, NoteMark] | None = None) -> str:
    """The block's words as a sentence, each run of words under one link inside an anchor.

    `marks` tells by a word's place in the block which ones end with the mark of a note.
    """
    near = [link for link in links if link.box.overlap(block.box) > 0]
    if not near and not marks:
        return text(without_leaders(block.text))
    words = words_inline([word for line in block.lines for word in line.words], near, marks)
    return words.removeprefix(f"{text(block.marker)} ") if block.marker else words


def words_inline(words: Sequence[Word], links: Sequence[Link], marks: Mapping[int, NoteMark] | None = None) -> str:
    """Words as a sentence, each run of words under one link inside an anchor."""
    out: list[str] = []
    open_link: Link | None = None
    gap = ""
    shown = _shown(words)
    for index, word in enumerate(words):
        if (said := shown.get(index, word.text)) == "":
            continue
        note = marks.get(index) if marks else None
        link = None if note else _link_at(word, links)
        if link is not open_link:
            out.append("</a>" if open_link else "")
            out.append(gap)
            out.append(_anchor(link) if link else "")
            open_link = link
        else:
            out.append(gap)
        if note:
            out.append(text(word.text.removesuffix(note.mark)) + note.anchor)
        else:
            out.append(text(said[:-1] if word.join is Join.HYPHEN else said))
        gap = " " if word.join is Join.SPACE else ""
    if open_link:
        out.append("</a>")
    return "".join(out)


def _shown(words: Sequence[Word]) -> dict[int, str]:
    """What is shown of the words that leaders are part of, by their places."""
    if not any(word.text[-1:] in ".…·" or ".." in word.text for word in words):
        return {}
    line = " ".join(word.text for word in words)
    leaders = [match.span() for match in _LEADERS.finditer(line)] if _may_lead(line) else []
    shown: dict[int, str] = {}
    start = 0
    for index, word in enumerate(words):
        end = start + len(word.text)
        cut = [(max(first, start), min(last, end)) for first, last in leaders if first < end and last > start]
        if cut:
            shown[index] = "".join(
                " " if any(first <= at < last for first, last in cut) else char
                for at, char in enumerate(word.text, start=start)
            )
            shown[index] = " ".join(shown[index].split())
        start = end + 1
    return shown


def heading_levels(blocks: Iterable[Block], *, first: int = 2) -> dict[str, int]:
    """Levels from `first` on by block: no level is skipped on the way down, whatever the whole issue has."""
    headings = [block for block in blocks if block.role is Role.HEADING]
    ranks: Mapping[int, int] = {
        level: rank for rank, level in enumerate(sorted({block.level for block in headings}), start=first)
    }
    levels: dict[str, int] = {}
    last = first - 1
    for block in headings:
        last = min(6, ranks[block.level], last + 1)
        levels[block.id] = last
    return levels


def code(block: Block) -> str:
    """The lines of a program as they stand, with their indents counted in letters of the usual width."""
    words = [word for line in block.lines for word in line.words]
    letters = sum(len(word.text) for word in words) or 1
    width = sum(word.box.width for word in words) / letters or 1.0
    left = min((line.box.x0 for line in block.lines), default=0.0)
    rows = []
    for line in block.lines:
        indent = " " * min(80, round((line.box.x0 - left) / width))
        rows.append(indent + " ".join(text(word.text) for word in line.words))
    return "\n".join(rows)


def _link_at(word: Word, links: Sequence[Link]) -> Link | None:
    x, y = word.box.centre
    for link in links:
        if link.box.x0 <= x <= link.box.x1 and link.box.y0 <= y <= link.box.y1:
            return link
    return None


def _anchor(link: Link) -> str:
    if link.kind is LinkKind.PAGE:
        return f'<a href="page:{int(link.target)}">'
    return f'<a href="{attribute(link.target)}" rel="noopener nofollow">'
