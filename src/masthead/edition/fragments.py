"""Writes a page's text as semantic HTML: what search engines, screen readers and readers without scripts get.

Strings from a PDF are text, never markup: everything is escaped. Links to pages are written as `page:12`; whoever
puts the frame around the fragment knows the real address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby

from masthead.document.structure import Link, LinkKind
from masthead.document.text import Block, Join, Role, Word

_TAGS = {
    Role.STANDFIRST: ("p", "standfirst"),
    Role.BYLINE: ("p", "byline"),
    Role.PARAGRAPH: ("p", ""),
    Role.QUOTATION: ("blockquote", ""),
    Role.PULL_QUOTE: ("blockquote", "pull-quote"),
    Role.CAPTION: ("p", "caption"),
    Role.TABLE: ("p", "table"),
    Role.SIDEBAR: ("p", "sidebar"),
    Role.FOOTNOTE: ("p", "footnote"),
    Role.ADVERTISEMENT: ("p", "advertisement"),
}


def page_fragment(blocks: Sequence[Block], links: Sequence[Link]) -> str:
    """The page's text in reading order, headings from h2 on; running heads and folios are left out."""
    parts: list[str] = []
    levels = _heading_levels(blocks)
    shown = [block for block in blocks if not block.role.is_furniture]
    for is_list, blocks_alike in groupby(shown, key=lambda block: block.role is Role.LIST_ITEM):
        group = list(blocks_alike)
        parts.extend(_list(group, links) if is_list else (_block(block, links, levels) for block in group))
    return "\n".join(parts) + ("\n" if parts else "")


def page_plain_text(blocks: Sequence[Block]) -> str:
    """The page's text in reading order, paragraphs apart by a blank line; running heads and folios left out."""
    parts = [
        f"{block.marker} {block.text}" if block.marker else block.text
        for block in blocks
        if not block.role.is_furniture and block.text
    ]
    return "\n\n".join(parts) + ("\n" if parts else "")


def _list(items: list[Block], links: Sequence[Link]) -> Iterable[str]:
    ordered = all(item.marker and item.marker[0].isdigit() for item in items)
    tag = "ol" if ordered else "ul"
    yield f"<{tag}>"
    for item in items:
        number = "".join(char for char in item.marker if char.isdecimal() and char.isascii()) if ordered else ""
        value = f' value="{number}"' if number else ""
        yield f'<li data-block="{escape(item.id)}"{value}>{_words(item, links)}</li>'
    yield f"</{tag}>"


def _heading_levels(blocks: Sequence[Block]) -> dict[str, int]:
    """Levels from h2 on for one page alone: no level is skipped on the way down, whatever the whole issue has."""
    headings = [block for block in blocks if block.role is Role.HEADING]
    ranks = {level: rank for rank, level in enumerate(sorted({block.level for block in headings}), start=2)}
    levels: dict[str, int] = {}
    last = 1
    for block in headings:
        last = min(6, ranks[block.level], last + 1)
        levels[block.id] = last
    return levels


def _block(block: Block, links: Sequence[Link], levels: Mapping[str, int]) -> str:
    if block.role is Role.HEADING:
        tag, name = f"h{levels[block.id]}", ""
    else:
        tag, name = _TAGS.get(block.role, ("p", ""))
    attributes = f' class="{name}"' if name else ""
    inner = _words(block, links)
    if tag == "blockquote":
        inner = f"<p>{inner}</p>"
    return f'<{tag}{attributes} data-block="{escape(block.id)}">{inner}</{tag}>'


def _words(block: Block, links: Sequence[Link]) -> str:
    """The block's words as a sentence, each run of words under one link inside an anchor."""
    near = [link for link in links if link.box.overlap(block.box) > 0]
    if not near:
        return escape(block.text, quote=False)
    out: list[str] = []
    open_link: Link | None = None
    gap = ""
    for word in (word for line in block.lines for word in line.words):
        link = _link_at(word, near)
        if link is not open_link:
            out.append("</a>" if open_link else "")
            out.append(gap)
            out.append(_anchor(link) if link else "")
            open_link = link
        else:
            out.append(gap)
        text = word.text[:-1] if word.join is Join.HYPHEN else word.text
        out.append(escape(text, quote=False))
        gap = " " if word.join is Join.SPACE else ""
    if open_link:
        out.append("</a>")
    return "".join(out).removeprefix(f"{block.marker} ") if block.marker else "".join(out)


def _link_at(word: Word, links: Sequence[Link]) -> Link | None:
    x, y = word.box.centre
    for link in links:
        if link.box.x0 <= x <= link.box.x1 and link.box.y0 <= y <= link.box.y1:
            return link
    return None


def _anchor(link: Link) -> str:
    if link.kind is LinkKind.PAGE:
        return f'<a href="page:{int(link.target)}">'
    return f'<a href="{escape(link.target)}" rel="noopener nofollow">'
