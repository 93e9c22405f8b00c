"""What the editor shows of blocks and pages: numbers, boxes over the page's picture, fields with what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from masthead import wording
from masthead.document.text import Article, Block, Figure
from masthead.edition.correcting.words import cell_words
from masthead.edition.folder import figure_path
from masthead.edition.manifest import PICTURE_TEMPLATE
from masthead.library.selectors import Edition
from masthead.production.correction_words import role_choices, role_value
from masthead.production.corrections import WorkingCopy
from masthead.production.edits import header_counts, is_shown

_PICTURE = 1200  # nominal width: sharp enough to read on a desk
_SURE = 0.6  # below, the order of a page is worth a look


@dataclass(frozen=True, slots=True)
class Card:
    """A block as it is edited."""

    block: Block
    number: int  # in reading order, as its box on the picture
    role: str
    roles: list[tuple[str, str]]
    text: str
    article: str  # the title of the article that it is in, where that is another one than shown
    heads: tuple[int, int]
    rows: list[list[tuple[str, str]]]  # of a table: the name of each cell's field and what it says; "" where none can
    mistake: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page with the blocks of it that are edited."""

    number: int
    label: str
    width: float
    height: float
    picture: str
    cards: list[Card]
    order: str  # as it was typed, where it was not kept yet
    others: list[Block]  # of the page, not edited here
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture with its alternative text."""

    figure: Figure
    picture: str
    alt: str
    decorative: bool
    caption: str


def leaves(
    edition: Edition,
    copy: WorkingCopy,
    blocks: Iterable[Block],
    words: wording.Translator,
    typed: Mapping[str, str] | None = None,
    mistakes: Mapping[str, str] | None = None,
) -> list[Leaf]:
    """The pages of these blocks in their order, each with its picture."""
    rows: dict[int, list[Block]] = {}
    for block in blocks:
        if is_shown(block):
            rows.setdefault(block.page, []).append(block)
    homes = {article.id: article.title for article in copy.reading.text.articles}
    own = {block.article for row in rows.values() for block in row}
    result = []
    number = 0
    for page, row in rows.items():
        shape = copy.reading.report.pages[page - 1]
        cards = []
        order = (typed or {}).get(f"order-{page}", "")
        for block in _as_typed(row, order):
            number += 1
            home = homes.get(block.article, "") if len(own) > 1 else ""
            cards.append(_card(block, number, home, words, typed or {}, mistakes or {}))
        others = [one for one in copy.reading.text.blocks.get(page, ()) if is_shown(one) and one not in row]
        sure = copy.confidence.get(page, 1.0) >= _SURE
        picture = picture_of(edition, copy, page)
        result.append(Leaf(page, shape.label, shape.width, shape.height, picture, cards, order, others, sure))
    return result


def _as_typed(row: Sequence[Block], order: str) -> list[Block]:
    """The blocks in the order that was typed and not kept yet; "" is as they are."""
    names = order.split(",") if order else [block.id for block in row]
    return sorted(row, key=lambda block: names.index(block.id) if block.id in names else len(names))


def _card(
    block: Block,
    number: int,
    home: str,
    words: wording.Translator,
    typed: Mapping[str, str],
    mistakes: Mapping[str, str],
) -> Card:
    choices = [(value, words.text(word)) for value, word in role_choices(has_grid=block.table is not None)]
    return Card(
        block,
        number,
        typed.get(f"role-{block.id}", role_value(block.role, block.level)),
        choices,
        typed.get(f"text-{block.id}", block.text),
        home,
        header_counts(block),
        _cells(block, typed),
        mistakes.get(f"text-{block.id}", ""),
    )


def _cells(block: Block, typed: Mapping[str, str]) -> list[list[tuple[str, str]]]:
    """The cells of a table row by row; an empty one has no place on the page and no field."""
    rows: list[list[tuple[str, str]]] = [[] for _ in range(block.table.rows)] if block.table else []
    for cell in block.table.cells if block.table else ():
        name = f"cell-{block.id}-{cell.row}-{cell.column}" if cell.end > cell.start else ""
        rows[cell.row].append((name, typed.get(name, cell_words(block, cell))))
    return rows


def picture_of(edition: Edition, copy: WorkingCopy, page: int, nominal: int = _PICTURE) -> str:
    """The address of a page's picture about so wide; "" where it has none."""
    widths = copy.widths.get(page, ())
    if not widths:
        return ""
    width = min((one for one in widths if one >= nominal), default=widths[-1])
    return file_of(edition, PICTURE_TEMPLATE.format(width=width, page=page))


def file_of(edition: Edition, path: str) -> str:
    """The address of a file of the edition's current build."""
    assert edition.build is not None
    return reverse("edition-file", args=[edition.publication.slug, edition.slug, edition.build.build_id, path])


def shots(edition: Edition, copy: WorkingCopy, figures: Sequence[Figure], typed: Mapping[str, str]) -> list[Shot]:
    """Pictures with their texts, as typed where something was."""
    captions = {block.id: block.text for row in copy.reading.text.blocks.values() for block in row}
    return [
        Shot(
            figure,
            file_of(edition, figure_path(figure.id)),
            typed.get(f"alt-{figure.id}", figure.alt),
            f"decorative-{figure.id}" in typed if typed else figure.decorative,
            captions.get(figure.caption, ""),
        )
        for figure in figures
    ]


def article_blocks(copy: WorkingCopy, article: Article) -> list[Block]:
    """All blocks of an article, page by page in reading order, furniture left out."""
    text = copy.reading.text
    return [block for page in sorted(text.blocks) for block in text.blocks[page] if block.article == article.id]


def article_facts(copy: WorkingCopy) -> list[dict[str, Any]]:
    """What the list of articles says of each."""
    labels = {shape.number: shape.label for shape in copy.reading.report.pages}
    figures = [figure for row in copy.reading.text.figures.values() for figure in row]
    return [
        {
            "article": article,
            "pages": ", ".join(labels.get(page, str(page)) for page in article.pages),
            "undescribed": sum(
                figure.article == article.id and not figure.alt and not figure.decorative for figure in figures
            ),
        }
        for article in copy.reading.text.articles
    ]
