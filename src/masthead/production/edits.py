"""What staff or a program change in an edition, as corrections: one after the other, each on top of those before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from masthead.document import corrections as kinds
from masthead.document.corrections import Correction
from masthead.document.text import Article, Block, Figure, Role
from masthead.edition.correcting.applying import with_correction
from masthead.edition.correcting.places import block_place, figure_place, opening_of, page_place
from masthead.edition.correcting.reading import DoesNotFitError, Reading
from masthead.edition.correcting.words import cell_words
from masthead.production.correction_words import role_said, role_value, role_word
from masthead.production.corrections import Told
from masthead.production.errors import CorrectionInvalidError, TextMissingError

NO_ARTICLE, NEW_ARTICLE, SOLD = "none", "new", "sold"
"""Where chosen blocks can go beside an article that is there."""
_SHORT = 80  # characters of a subject in the ledger


class Edits:
    """Changes that belong together; `reading` is the edition with all of them so far.

    Where a method takes `said`, it is what stands in fields that name their block or figure, as the editor's form does.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._shown = reading  # what the form was made of
        self.told: list[Told] = []
        self.mistakes: dict[str, TextMissingError] = {}  # by the field's name

    def add(self, change: Correction, subject: str, before: str = "", after: str = "") -> None:
        """One change more; raises CorrectionInvalidError where it cannot be made."""
        try:
            self.reading = with_correction(self.reading, change)
        except DoesNotFitError as error:
            raise CorrectionInvalidError(str(error)) from error
        self.told.append(Told(change, subject[:_SHORT], before, after))

    def block(self, name: str) -> Block:
        """The block as it is now; raises CorrectionInvalidError where there is none of that name."""
        return _block(self.reading, name)

    def article(self, name: str) -> Article:
        """The article as it is now; raises CorrectionInvalidError where there is none of that name."""
        for article in self.reading.text.articles:
            if article.id == name:
                return article
        raise CorrectionInvalidError(name)

    def opening(self, name: str) -> kinds.BlockPlace:
        """The place of an article's opening block."""
        found = opening_of(self.reading.text, self.article(name))
        if found is None:
            raise CorrectionInvalidError(name)
        return block_place(found)

    def roles(self, said: Mapping[str, str]) -> None:
        """Fields `role-<block>`."""
        for name, value in _of(said, "role-"):
            block = self.block(name)
            before = role_value(block.role, block.level)
            if value == before:
                continue
            role, level = role_said(value)
            change = kinds.BlockRole(block_place(block), role, level)
            self.add(change, block.text, role_word(before), role_word(value))

    def words(self, said: Mapping[str, str]) -> None:
        """Fields `text-<block>`; an empty one is a mistake."""
        for name, value in _of(said, "text-"):
            block, wanted = self.block(name), " ".join(value.split())
            if wanted == " ".join(_block(self._shown, name).text.split()):
                continue
            if not wanted:
                self.mistakes[f"text-{name}"] = TextMissingError(name)
                continue
            self.add(kinds.BlockText(block_place(block), block.text, wanted), block.text, block.text, wanted)

    def cells(self, said: Mapping[str, str]) -> None:
        """Fields `cell-<block>-<row>-<column>` of tables."""
        for rest, value in _of(said, "cell-"):
            name, row, column = rest.rsplit("-", 2) if rest.count("-") >= 2 else ("", "", "")
            block, wanted = self.block(name), " ".join(value.split())
            for cell in block.table.cells if block.table is not None else ():
                printed = cell_words(block, cell)
                if (str(cell.row), str(cell.column)) == (row, column) and wanted != printed:
                    change = kinds.CellText(block_place(block), cell.row, cell.column, printed, wanted)
                    self.add(change, printed, printed, wanted)

    def heads(self, said: Mapping[str, str]) -> None:
        """Fields `rows-<block>` and `columns-<block>` of tables."""
        for name, value in _of(said, "rows-"):
            block = self.block(name)
            rows, columns = _number(value), _number(said.get(f"columns-{name}", ""))
            before = header_counts(block)
            if block.table is not None and (rows, columns) != before:
                change = kinds.TableHeads(block_place(block), rows, columns)
                self.add(change, block.text, f"{before[0]} × {before[1]}", f"{rows} × {columns}")

    def order(self, page: int, shown: Sequence[str]) -> None:
        """Blocks of a page in another order; those that are not shown keep their places."""
        row = list(self.reading.text.blocks.get(page, ()))
        names = [block.id for block in row]
        wanted = reordered(names, shown)
        if wanted == names:
            return
        known = {block.id: block for block in row}
        places = tuple(block_place(known[name]) for name in wanted)
        before, after = (
            " · ".join(known[name].text[:24] for name in order if name in shown) for order in (names, wanted)
        )
        self.add(kinds.BlockOrder(page_place(self.reading.text, page), places), f"{page}", before, after)

    def step(self, name: str, shown: Sequence[str], by: int) -> None:
        """A block one place up (-1) or down (1) among those shown of its page."""
        block = self.block(name)
        own = [one.id for one in self.reading.text.blocks[block.page] if one.id in shown]
        at = own.index(name) if name in own else -1
        if at < 0 or not 0 <= at + by < len(own):
            return
        own[at], own[at + by] = own[at + by], own[at]
        self.order(block.page, own)

    def move(self, names: Sequence[str], target: str, title: str) -> None:
        """Chosen blocks to another article, a new one, none, or out of articles as advertisements."""
        if not names:
            return
        blocks = [self.block(name) for name in names]
        places, subject = tuple(block_place(block) for block in blocks), blocks[0].text
        homes = {article.id: article.title for article in self.reading.text.articles}
        before = homes.get(blocks[0].article, "")
        if target == SOLD:
            for block in blocks:
                self.add(kinds.BlockHidden(block_place(self.block(block.id))), block.text, before)
        elif target == NEW_ARTICLE:
            self.add(kinds.ArticleNew(places, title), subject, before, title or subject)
        elif target == NO_ARTICLE:
            self.add(kinds.BlockArticle(places, None), subject, before)
        else:
            self.add(kinds.BlockArticle(places, self.opening(target)), subject, before, homes.get(target, ""))

    def split(self, name: str) -> None:
        """A new article from a block on."""
        block = self.block(name)
        change = kinds.ArticleSplit(block_place(block), "")
        self.add(change, block.text, self.article(block.article).title, block.text[:_SHORT])

    def merge(self, name: str, into: str) -> None:
        """An article as the rest of another."""
        gone, kept = self.article(name), self.article(into)
        self.add(kinds.ArticleMerge(self.opening(name), self.opening(into)), gone.title, gone.title, kept.title)

    def about(self, name: str, said: Mapping[str, str]) -> None:
        """Title, standfirst, byline and section of an article, as far as they are said and differ."""
        article = self.article(name)
        before = next((one for one in self._shown.text.articles if one.id == name), article)
        fields = ("title", "standfirst", "byline", "section")
        typed = {field: " ".join(said[field].split()) for field in fields if field in said}
        changed = {field: value for field, value in typed.items() if value != " ".join(getattr(before, field).split())}
        if changed.get("title") == "":
            self.mistakes["title"] = TextMissingError(name)
            del changed["title"]
        if changed:
            values: dict[str, Any] = changed
            change = replace(kinds.ArticleWords(self.opening(name)), **values)
            was = " · ".join(getattr(article, field) for field in changed)
            self.add(change, article.title, was, " · ".join(changed.values()))

    def figures(self, said: Mapping[str, str]) -> None:
        """Fields `alt-<figure>` and `decorative-<figure>`."""
        known = {figure.id: figure for row in self.reading.text.figures.values() for figure in row}
        for name, value in _of(said, "alt-"):
            if name not in known:
                raise CorrectionInvalidError(name)
            self._figure(known[name], " ".join(value.split()), decorative=f"decorative-{name}" in said)

    def _figure(self, figure: Figure, alternative: str, *, decorative: bool) -> None:
        said = "" if decorative else alternative
        if (said, decorative) != (figure.alt, figure.decorative):
            place = figure_place(self.reading.text, figure)
            self.add(kinds.FigureWords(place, said, decorative), f"{figure.page}", figure.alt, said)


def _block(reading: Reading, name: str) -> Block:
    for row in reading.text.blocks.values():
        for block in row:
            if block.id == name:
                return block
    raise CorrectionInvalidError(name)


def reordered(names: Sequence[str], shown: Sequence[str]) -> list[str]:
    """All names, with those shown in their wanted order in the places that they hold together."""
    wanted = [name for name in shown if name in names]
    taken = iter(wanted)
    return [next(taken) if name in wanted else name for name in names]


def header_counts(block: Block) -> tuple[int, int]:
    """How many rows and columns of a table begin with header cells only."""
    if block.table is None:
        return 0, 0
    heads = [cell for cell in block.table.cells if cell.header]
    rows = {cell.row for cell in heads if cell.column == block.table.columns - 1 or block.table.columns == 1}
    columns = {cell.column for cell in heads if cell.row == block.table.rows - 1}
    return _run(rows), _run(columns)


def _run(numbers: set[int]) -> int:
    count = 0
    while count in numbers:
        count += 1
    return count


def _of(said: Mapping[str, str], prefix: str) -> list[tuple[str, str]]:
    return [(name.removeprefix(prefix), value) for name, value in said.items() if name.startswith(prefix)]


def _number(value: str) -> int:
    return min(int(value), 20) if value.isdecimal() else 0


def is_shown(block: Block) -> bool:
    """Whether a block has something to correct."""
    return bool(block.text.strip()) or block.role is Role.TABLE
