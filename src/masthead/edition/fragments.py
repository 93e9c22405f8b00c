"""Writes a page's text as semantic HTML: what search engines, screen readers and readers without scripts get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise

from masthead.document.structure import Link
from masthead.document.text import Block, Role
from masthead.edition.lists import Item, list_rows
from masthead.edition.markup import code, element, heading_levels, inline, without_leaders
from masthead.edition.table_markup import table_element, table_text

CLASSES = {
    Role.STANDFIRST: "standfirst",
    Role.BYLINE: "byline",
    Role.PULL_QUOTE: "pull-quote",
    Role.CAPTION: "caption",
    Role.TABLE: "table",
    Role.SIDEBAR: "sidebar",
    Role.FOOTNOTE: "footnote",
    Role.ADVERTISEMENT: "advertisement",
}
"""The classes of the elements that blocks become, for styles."""


def page_fragment(blocks: Sequence[Block], links: Sequence[Link]) -> str:
    """The page's text in reading order, headings from h2 on; running heads and folios are left out."""
    parts: list[str] = []
    shown = [block for block in blocks if not block.role.is_furniture]
    levels = heading_levels(_without_kickers(shown))
    for is_list, blocks_alike in groupby(shown, key=lambda block: block.role is Role.LIST_ITEM):
        group = list(blocks_alike)
        if is_list:
            parts.extend(list_rows([Item(item, inline(item, links)) for item in group]))
            continue
        names = dict(zip((block.id for block in group[1:]), group, strict=False))
        parts.extend(_block(block, links, levels, names.get(block.id)) for block in group)
    return "\n".join(parts) + ("\n" if parts else "")


def _without_kickers(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without headings that stand right before the title of their article: no part of the page's outline."""
    kickers = {
        block.id
        for block, following in pairwise(blocks)
        if block.role is following.role is Role.HEADING
        and block.level > following.level == 1
        and block.article == following.article != ""
    }
    return [block for block in blocks if block.id not in kickers]


def page_plain_text(blocks: Sequence[Block]) -> str:
    """The page's text in reading order, paragraphs apart by a blank line; running heads and folios left out."""
    parts = [_plain(block) for block in blocks if not block.role.is_furniture and block.text]
    return "\n\n".join(parts) + ("\n" if parts else "")


def table_name(before: Block | None) -> str:
    """What names a table: the words of the caption or heading right before it, if that is what stands there."""
    return before.text if before is not None and before.role in (Role.CAPTION, Role.HEADING) else ""


def _plain(block: Block) -> str:
    if block.table is not None:
        return table_text(block, block.table)
    said = without_leaders(block.text)
    return f"{block.marker} {said}" if block.marker else said


def block_element(block: Block, inner: str) -> str:
    """The element for a block that is neither heading nor list item, around its words."""
    if block.role is Role.QUOTATION:
        return element("blockquote", f"<p>{inner}</p>", block=block.id)
    if block.role is Role.PULL_QUOTE:
        return element("aside", f"<p>{inner}</p>", name=CLASSES[block.role], block=block.id)
    if block.role is Role.CODE:
        return element("pre", f"<code>{code(block)}</code>", block=block.id)
    return element("p", inner, name=CLASSES.get(block.role, ""), block=block.id)


def _block(block: Block, links: Sequence[Link], levels: Mapping[str, int], before: Block | None) -> str:
    if block.table is not None:
        return table_element(block, block.table, links, table_name(before))
    inner = inline(block, links)
    if block.role is Role.HEADING and block.id in levels:
        return element(f"h{levels[block.id]}", inner, block=block.id)
    if block.role is Role.HEADING:
        return element("p", inner, name="kicker", block=block.id)
    return block_element(block, inner)
