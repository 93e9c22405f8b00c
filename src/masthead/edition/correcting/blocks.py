"""Corrections of single blocks and pictures: role, words, order, heads of tables, alternative texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from masthead.document.corrections import BlockOrder, BlockRole, BlockText, CellText, FigureWords, TableHeads
from masthead.document.text import Article, Block, ReadText, Role
from masthead.edition.correcting.places import find_block, find_figure, find_page
from masthead.edition.correcting.reading import DoesNotFitError
from masthead.edition.correcting.settling import authors_of, settled
from masthead.edition.correcting.words import cell_words, patched, with_cell_words, with_text

_TOLD = frozenset({Role.STANDFIRST, Role.BYLINE, Role.HEADING})
_LEVELS = range(1, 7)


def with_block(text: ReadText, changed: Block) -> ReadText:
    """The text with one block in the place of the one that has its id."""
    row = tuple(changed if block.id == changed.id else block for block in text.blocks[changed.page])
    return replace(text, blocks={**text.blocks, changed.page: row})


def with_role(text: ReadText, correction: BlockRole) -> ReadText:
    """A block that is something else; what its article says of itself follows."""
    block = find_block(text, correction.at)
    try:
        role = Role(correction.role)
    except ValueError as error:
        raise DoesNotFitError(correction.role) from error
    if role is Role.TABLE and block.table is None:
        raise DoesNotFitError("no grid is known for this table")
    level = max(1, correction.level) if role in (Role.HEADING, Role.LIST_ITEM) else 0
    spoken = f"{block.marker} {block.text}".strip() if role is not Role.LIST_ITEM else block.text
    changed = replace(
        block,
        role=role,
        level=min(level, _LEVELS[-1]),
        text=spoken,
        marker=block.marker if role is Role.LIST_ITEM else "",
        continues="" if role is not block.role else block.continues,
        table=block.table if role is Role.TABLE else None,
    )
    if role.is_furniture:
        changed = replace(changed, article="")
    text = with_block(text, changed)
    return _told(settled(text, {block.article}), block, changed)


def with_hidden(text: ReadText, block: Block) -> ReadText:
    """An advertisement: on its page, in no article."""
    changed = replace(block, role=Role.ADVERTISEMENT, article="", level=0, marker="", continues="", table=None)
    return settled(with_block(text, changed), {block.article})


def with_words(text: ReadText, correction: BlockText) -> ReadText:
    """A block whose words are corrected, and with it the title, standfirst or byline that it spells."""
    block = find_block(text, correction.at)
    if block.table is not None:
        raise DoesNotFitError("the cells of a table are not corrected as one text")
    changed = with_text(block, patched(correction.printed, correction.corrected, block.text))
    text = with_block(text, changed)
    article = _article(text, block.article)
    if article is not None and block.role is Role.HEADING and block.text and block.text in article.title:
        title = article.title.replace(block.text, changed.text, 1).strip() or article.title
        text = _with_article(text, replace(article, title=title))
    return _told(settled(text, {block.article}), block, changed)


def with_cell(text: ReadText, correction: CellText) -> ReadText:
    """A table one of whose cells says something else."""
    block = find_block(text, correction.at)
    cells = block.table.cells if block.table is not None else ()
    cell = next((one for one in cells if (one.row, one.column) == (correction.row, correction.column)), None)
    if block.table is None or cell is None:
        raise DoesNotFitError("this cell is not there any more")
    said = patched(correction.printed, correction.corrected, cell_words(block, cell))
    return with_block(text, with_cell_words(block, block.table, cell, said))


def with_heads(text: ReadText, correction: TableHeads) -> ReadText:
    """A table whose first rows and columns are headers."""
    block = find_block(text, correction.at)
    if block.table is None:
        raise DoesNotFitError("this is no table any more")
    cells = tuple(
        cell._replace(header=cell.row < correction.rows or cell.column < correction.columns)
        for cell in block.table.cells
    )
    return with_block(text, replace(block, table=replace(block.table, cells=cells)))


def with_order(text: ReadText, correction: BlockOrder, pages: int) -> ReadText:
    """A page whose blocks are read in another order; blocks that are not named keep their order after these."""
    number = find_page(text, correction.page, pages)
    row = text.blocks.get(number, ())
    named: dict[str, Block] = {}
    for place in correction.blocks:
        try:
            block = find_block(text, replace(place, page=number))
        except DoesNotFitError:
            continue  # a block that is gone takes no place
        if block.page == number:
            named[block.id] = block
    if len(named) < max(1, len(correction.blocks) // 2):
        raise DoesNotFitError(f"page {number}")
    rest = [block for block in row if block.id not in named]
    furniture = [block for block in rest if block.role.is_furniture]
    others = [block for block in rest if not block.role.is_furniture]
    ordered = (*named.values(), *others, *furniture)
    text = replace(text, blocks={**text.blocks, number: ordered})
    return settled(text, {block.article for block in ordered})


def with_figure(text: ReadText, correction: FigureWords, pages: int) -> ReadText:
    """A picture with its alternative text, or without because it is decoration."""
    found = find_figure(text, correction.at, pages)
    said = "" if correction.decorative else " ".join(correction.alternative.split())
    changed = replace(found, alt=said, decorative=correction.decorative)
    row = tuple(changed if figure.id == found.id else figure for figure in text.figures[found.page])
    return replace(text, figures={**text.figures, found.page: row})


def _told(text: ReadText, before: Block, after: Block) -> ReadText:
    """The article's standfirst and byline as its blocks say them now, where one of these was changed."""
    article = _article(text, before.article)
    if article is None or not _TOLD.intersection({before.role, after.role}):
        return text
    own = {block.id: block for row in text.blocks.values() for block in row if block.article == article.id}
    flow = [own[name] for name in article.blocks if name in own]
    if Role.STANDFIRST in (before.role, after.role):
        article = replace(article, standfirst=_said(flow, Role.STANDFIRST))
    if Role.BYLINE in (before.role, after.role):
        byline = _said(flow, Role.BYLINE)
        article = replace(article, byline=byline, authors=authors_of(byline))
    return _with_article(text, article)


def _said(flow: Sequence[Block], role: Role) -> str:
    return " ".join(block.text for block in flow if block.role is role)


def _article(text: ReadText, name: str) -> Article | None:
    return next((article for article in text.articles if article.id == name), None)


def _with_article(text: ReadText, changed: Article) -> ReadText:
    return replace(text, articles=tuple(changed if one.id == changed.id else one for one in text.articles))
