"""From blocks in reading order to what they are: roles, levels, articles, and the threads between blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from masthead.document.text import Article, Block, Figure, PageLines, Role
from masthead.layout.articles import articles_of
from masthead.layout.captions import captions_to_figures
from masthead.layout.continuations import join_continued
from masthead.layout.list_levels import set_list_levels
from masthead.layout.notes import refer
from masthead.layout.roles import assign_roles
from masthead.layout.styles import Piece, learn_styles, piece_of
from masthead.layout.template import NO_TEMPLATE, Template

Meant = tuple[dict[int, tuple[Block, ...]], tuple[Article, ...], dict[int, tuple[Figure, ...]]]


def understand(
    blocks: Mapping[int, Sequence[Block]],
    pages: Sequence[PageLines],
    figures: Mapping[int, Sequence[Figure]],
    template: Template = NO_TEMPLATE,
) -> Meant:
    """The blocks with what they are, the articles, and the figures with their captions.

    Blocks come as paragraphs with the marker that they begin with, or with a role that is known already (furniture,
    tables); those keep it.
    """
    fonts = {page.number: page.fonts for page in pages}
    rows = {
        number: [piece_of(block, block.marker, fonts[number]) for block in blocks[number]] for number in sorted(blocks)
    }
    for order, piece in enumerate(piece for row in rows.values() for piece in row):
        piece.order = order
    sheet = learn_styles(piece for row in rows.values() for piece in row)
    assign_roles(rows, sheet, pages)
    template.assign(rows, pages)
    articles, homes = articles_of(rows, sheet, pages)
    refer(rows)
    join_continued(rows, homes)
    for row in rows.values():
        set_list_levels(row)
    captioned = captions_to_figures(rows, figures, sheet.body.size)
    return (
        {number: tuple(_finished(piece, homes) for piece in row) for number, row in rows.items()},
        articles,
        captioned,
    )


def _finished(piece: Piece, homes: Mapping[str, str]) -> Block:
    """The block with all that was found out about it; only list items part with their marker."""
    is_item = piece.role is Role.LIST_ITEM
    is_page = piece.marker.isdecimal() and piece.block.role is not Role.LIST_ITEM  # before an entry of the contents
    marker = "" if is_page else piece.marker
    block = piece.block
    return replace(
        block,
        role=piece.role,
        text=block.text.removeprefix(marker).strip() if is_item else block.text,
        level=piece.level if is_item or piece.role is Role.HEADING else 0,
        marker=marker if is_item else "",
        article=homes.get(piece.block.id, ""),
        continues=piece.continues,
        figure=piece.figure,
        repeats=piece.repeats if piece.role is Role.PULL_QUOTE else "",
        reference=piece.reference,
    )
