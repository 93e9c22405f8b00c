"""Operations on the text of an edition as staff have it, with all corrections: its articles, pages and pictures."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Router
from pydantic import Field

from masthead.api.gate import Call, Needs
from masthead.api.overlays import editable
from masthead.api.paging import Limit, Place, part_of
from masthead.api.shapes import BoxOut, OneOf, Out, Page
from masthead.document.text import Article, Block, Figure, Role
from masthead.edition.correcting.words import cell_words
from masthead.library.errors import NotFoundError
from masthead.production.corrections import WorkingCopy, working_copy
from masthead.production.edits import header_counts

router = Router(tags=["Text"])
_EDITION = "/editions/{slug:edition}"
_READ = Needs("texts:read")
RoleName = Annotated[str, OneOf(role.value for role in Role)]


class CellOut(Out):
    """A cell of a table; rows and columns count from 0."""

    row: int
    column: int
    text: str
    is_header: bool


class TableOut(Out):
    """The grid of a table."""

    rows: int
    columns: int
    header_rows: int
    header_columns: int
    cells: list[CellOut]


class BlockOut(Out):
    """Lines that belong together."""

    id: str = Field(description="By which changes name it; it holds until the text is changed.")
    page: int
    box: BoxOut
    role: RoleName
    level: int = Field(description="Of headings and list items.")
    text: str
    article: str | None = Field(description="Id; null: it is in no article.")
    table: TableOut | None

    @staticmethod
    def of(row: Block) -> BlockOut:
        """As it is answered."""
        return BlockOut(
            id=row.id,
            page=row.page,
            box=BoxOut.of(row.box),
            role=row.role.value,
            level=row.level,
            text=row.text,
            article=row.article or None,
            table=_table(row),
        )


class FigureOut(Out):
    """A picture that means something."""

    id: str
    page: int
    box: BoxOut
    alternative: str = Field(description="What screen readers say of it.")
    is_decorative: bool
    caption: str
    article: str | None

    @staticmethod
    def of(row: Figure, copy: WorkingCopy) -> FigureOut:
        """As it is answered."""
        captions = [block.text for block in copy.reading.text.blocks.get(row.page, ()) if block.id == row.caption]
        return FigureOut(
            id=row.id,
            page=row.page,
            box=BoxOut.of(row.box),
            alternative=row.alt,
            is_decorative=row.decorative,
            caption=captions[0] if captions and row.caption else "",
            article=row.article or None,
        )


class ArticleOut(Out):
    """A story over one or more pages."""

    id: str
    title: str
    slug: str
    standfirst: str
    byline: str
    section: str
    pages: list[int]
    words: int
    undescribed: int = Field(description="Its pictures that nobody has described.")

    @staticmethod
    def of(row: Article, copy: WorkingCopy) -> ArticleOut:
        """As it is answered."""
        figures = [one for one in _figures(copy) if one.article == row.id and not one.alt and not one.decorative]
        return ArticleOut.filled(row, pages=list(row.pages), undescribed=len(figures))


class ArticleWhole(ArticleOut):
    """A story with its text, page by page in reading order."""

    blocks: list[BlockOut]
    figures: list[FigureOut]


class PageOut(Out):
    """A page of the edition."""

    number: int
    label: str = Field(description="The number printed on it.")
    width: float = Field(description="Points.")
    height: float
    language: str = Field(description="BCP 47.")
    is_cover: bool
    order_confidence: float = Field(description="From 0 to 1: how sure the reading order is.")


class PageWhole(PageOut):
    """A page with its text in reading order, whatever articles it is in."""

    blocks: list[BlockOut]
    figures: list[FigureOut]


def _table(row: Block) -> TableOut | None:
    if row.table is None:
        return None
    heads, columns = header_counts(row)
    cells = [
        CellOut(row=cell.row, column=cell.column, text=cell_words(row, cell), is_header=cell.header)
        for cell in row.table.cells
    ]
    sizes = {"rows": row.table.rows, "columns": row.table.columns}
    return TableOut(header_rows=heads, header_columns=columns, cells=cells, **sizes)


def _figures(copy: WorkingCopy) -> list[Figure]:
    return [figure for _, row in sorted(copy.reading.text.figures.items()) for figure in row]


def copy_of(request: Call, edition: str) -> WorkingCopy:
    """The edition with all its corrections; raises NotFoundError, NotAllowedError, NotKeptError."""
    return working_copy(editable(request, edition))


def _page(copy: WorkingCopy, number: int) -> PageOut:
    shape = copy.reading.report.pages[number - 1]
    return PageOut(
        number=number,
        label=shape.label,
        width=shape.width,
        height=shape.height,
        language=copy.reading.languages.get(number, copy.reading.language),
        is_cover=number == (copy.reading.cover or 1),
        order_confidence=round(copy.confidence.get(number, 1.0), 3),
    )


@router.get(f"{_EDITION}/articles", response=Page[ArticleOut], auth=_READ)
def list_articles(request: Call, edition: str, cursor: Place = "", limit: Limit = 50) -> Page[ArticleOut]:
    """The articles in the order of the issue, with corrections that readers may not have yet."""
    copy = copy_of(request, edition)
    rows, following = part_of(copy.reading.text.articles, cursor, limit)
    return Page(items=[ArticleOut.of(row, copy) for row in rows], next=following)


@router.get(f"{_EDITION}/articles/{{slug:article}}", response=ArticleWhole, auth=_READ)
def get_article(request: Call, edition: str, article: str) -> ArticleWhole:
    """One article with its text and pictures."""
    copy = copy_of(request, edition)
    text = copy.reading.text
    row = next((one for one in text.articles if one.id == article), None)
    if row is None:
        raise NotFoundError(article)
    blocks = [block for number in sorted(text.blocks) for block in text.blocks[number] if block.article == article]
    return ArticleWhole(
        blocks=[BlockOut.of(block) for block in blocks],
        figures=[FigureOut.of(one, copy) for one in _figures(copy) if one.article == article],
        **ArticleOut.of(row, copy).model_dump(),
    )


@router.get(f"{_EDITION}/pages", response=Page[PageOut], auth=_READ)
def list_pages(request: Call, edition: str, cursor: Place = "", limit: Limit = 50) -> Page[PageOut]:
    """The pages of the edition."""
    copy = copy_of(request, edition)
    rows, following = part_of(copy.reading.report.pages, cursor, limit)
    return Page(items=[_page(copy, shape.number) for shape in rows], next=following)


@router.get(f"{_EDITION}/pages/{{int:page}}", response=PageWhole, auth=_READ)
def get_page(request: Call, edition: str, page: int) -> PageWhole:
    """One page with its text and pictures."""
    copy = copy_of(request, edition)
    if not 1 <= page <= len(copy.reading.report.pages):
        raise NotFoundError(str(page))
    return PageWhole(
        blocks=[BlockOut.of(block) for block in copy.reading.text.blocks.get(page, ())],
        figures=[FigureOut.of(one, copy) for one in copy.reading.text.figures.get(page, ())],
        **_page(copy, page).model_dump(),
    )


@router.get(f"{_EDITION}/figures", response=Page[FigureOut], auth=_READ)
def list_figures(
    request: Call,
    edition: str,
    state: Literal["", "undescribed"] = "",
    cursor: Place = "",
    limit: Limit = 50,
) -> Page[FigureOut]:
    """The pictures that mean something, page by page; `undescribed` are those of which nothing is said."""
    copy = copy_of(request, edition)
    wanted = [one for one in _figures(copy) if not state or not (one.alt or one.decorative)]
    rows, following = part_of(wanted, cursor, limit)
    return Page(items=[FigureOut.of(one, copy) for one in rows], next=following)
