"""The changes that programs can make to the text of an edition, each with what it does."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from masthead.api.shapes import Id, In, Language, OneOf, Text
from masthead.document import corrections as kinds
from masthead.document.text import Role
from masthead.edition.correcting.places import page_place
from masthead.production.correction_words import HEADING_LEVELS, role_value
from masthead.production.edits import NEW_ARTICLE, NO_ARTICLE, SOLD, Edits
from masthead.production.errors import CorrectionInvalidError

Names = Annotated[list[Id], Field(min_length=1, max_length=500)]
Words = Annotated[Text, Field(max_length=20_000)]
Line = Annotated[Text, Field(max_length=500)]
PageNumber = Annotated[int, Field(ge=1, le=100_000)]
RoleName = Annotated[str, OneOf(role.value for role in Role)]


class BlockRole(In):
    """What a block is."""

    kind: Literal["block_role"]
    block: Id
    role: RoleName
    level: int = Field(default=1, ge=1, le=HEADING_LEVELS, description="Of a heading.")

    def make(self, edits: Edits) -> None:
        """Make it."""
        block, role = edits.block(self.block), Role(self.role)
        if role is Role.TABLE and block.table is None:
            raise CorrectionInvalidError(self.block)
        edits.roles({f"role-{self.block}": role_value(role, self.level)})


class BlockText(In):
    """The words of a block."""

    kind: Literal["block_text"]
    block: Id
    text: Words

    def make(self, edits: Edits) -> None:
        """Make it."""
        edits.words({f"text-{self.block}": self.text})


class BlockOrder(In):
    """Blocks of a page in the order in which they are read; those that are not named keep their places."""

    kind: Literal["block_order"]
    page: PageNumber
    blocks: Names

    def make(self, edits: Edits) -> None:
        """Make it."""
        if any(edits.block(name).page != self.page for name in self.blocks):
            raise CorrectionInvalidError(str(self.page))
        edits.order(self.page, list(dict.fromkeys(self.blocks)))


class BlockArticle(In):
    """The article that blocks belong to; null: to none."""

    kind: Literal["block_article"]
    blocks: Names
    article: Id | None

    def make(self, edits: Edits) -> None:
        """Make it."""
        edits.move(self.blocks, self.article or NO_ARTICLE, "")


class BlockHidden(In):
    """Blocks are an advertisement: they stay on their page and leave their article."""

    kind: Literal["block_hidden"]
    blocks: Names

    def make(self, edits: Edits) -> None:
        """Make it."""
        edits.move(self.blocks, SOLD, "")


class CellText(In):
    """The words of a table's cell."""

    kind: Literal["cell_text"]
    block: Id
    row: int = Field(ge=0, le=10_000)
    column: int = Field(ge=0, le=10_000)
    text: Words

    def make(self, edits: Edits) -> None:
        """Make it."""
        edits.cells({f"cell-{self.block}-{self.row}-{self.column}": self.text})


class TableHeads(In):
    """How many rows and columns at the edges of a table are headers."""

    kind: Literal["table_heads"]
    block: Id
    rows: int = Field(ge=0, le=20)
    columns: int = Field(ge=0, le=20)

    def make(self, edits: Edits) -> None:
        """Make it."""
        edits.heads({f"rows-{self.block}": str(self.rows), f"columns-{self.block}": str(self.columns)})


class ArticleWords(In):
    """Title, standfirst, byline and section of an article; what is left out stays."""

    kind: Literal["article_words"]
    article: Id
    title: Line | None = None
    standfirst: Words | None = None
    byline: Line | None = None
    section: Line | None = None

    def make(self, edits: Edits) -> None:
        """Make it."""
        edits.about(self.article, self.model_dump(exclude={"kind", "article"}, exclude_none=True))


class ArticleSplit(In):
    """From a block on it is another article."""

    kind: Literal["article_split"]
    block: Id

    def make(self, edits: Edits) -> None:
        """Make it."""
        edits.split(self.block)


class ArticleMerge(In):
    """An article is the rest of another one."""

    kind: Literal["article_merge"]
    article: Id
    into: Id

    def make(self, edits: Edits) -> None:
        """Make it."""
        edits.merge(self.article, self.into)


class ArticleNew(In):
    """Blocks become an article of their own."""

    kind: Literal["article_new"]
    blocks: Names
    title: Line = Field(default="", description="Empty: what its headline says.")

    def make(self, edits: Edits) -> None:
        """Make it."""
        edits.move(self.blocks, NEW_ARTICLE, " ".join(self.title.split()))


class FigureWords(In):
    """The alternative text of a picture, or that it is decoration."""

    kind: Literal["figure_words"]
    figure: Id
    alternative: Annotated[Text, Field(max_length=2000)] = ""
    is_decorative: bool = False

    def make(self, edits: Edits) -> None:
        """Make it."""
        marked = {f"decorative-{self.figure}": "on"} if self.is_decorative else {}
        edits.figures({f"alt-{self.figure}": self.alternative, **marked})


class PageLanguage(In):
    """The language of a page; null: the edition's."""

    kind: Literal["page_language"]
    page: PageNumber
    language: Language | None

    def make(self, edits: Edits) -> None:
        """Make it."""
        before, label = edits.reading.languages.get(self.page, ""), _label(edits, self.page)
        wanted = self.language or ""
        if wanted != before:
            place = page_place(edits.reading.text, self.page)
            edits.add(kinds.PageLanguage(place, wanted), label, before, wanted)


class PageLabel(In):
    """The printed number of a page."""

    kind: Literal["page_label"]
    page: PageNumber
    label: Annotated[Text, Field(min_length=1, max_length=20)]
    counts_on: bool = Field(default=False, description="The pages after it count on from there.")

    def make(self, edits: Edits) -> None:
        """Make it."""
        before, wanted = _label(edits, self.page), " ".join(self.label.split())
        if wanted and (wanted != before or self.counts_on):
            place = page_place(edits.reading.text, self.page)
            edits.add(kinds.PageLabel(place, wanted, self.counts_on), f"{self.page}", before, wanted)


class CoverPage(In):
    """The page that stands for the edition on shelves and in previews."""

    kind: Literal["cover_page"]
    page: PageNumber

    def make(self, edits: Edits) -> None:
        """Make it."""
        _label(edits, self.page)
        before = edits.reading.cover or 1
        if self.page != before:
            place = page_place(edits.reading.text, self.page)
            edits.add(kinds.CoverPage(place), f"{self.page}", f"{before}", f"{self.page}")


class EditionWords(In):
    """Title and language of the edition's text; what is left out stays."""

    kind: Literal["edition_words"]
    title: Annotated[Text, Field(min_length=1, max_length=500)] | None = None
    language: Language | None = None

    def make(self, edits: Edits) -> None:
        """Make it."""
        now = {"title": edits.reading.title or edits.reading.report.title, "language": edits.reading.language}
        said = {"title": " ".join((self.title or "").split()), "language": self.language or ""}
        changed = {name: value for name, value in said.items() if value and value != now[name]}
        if changed:
            before = f"{now['title']} · {now['language']}"
            edits.add(kinds.EditionWords(**changed), said["title"], before, " · ".join(changed.values()))


def _label(edits: Edits, page: int) -> str:
    pages = edits.reading.report.pages
    if page > len(pages):
        raise CorrectionInvalidError(str(page))
    return pages[page - 1].label


Change = Annotated[
    BlockRole
    | BlockText
    | BlockOrder
    | BlockArticle
    | BlockHidden
    | CellText
    | TableHeads
    | ArticleWords
    | ArticleSplit
    | ArticleMerge
    | ArticleNew
    | FigureWords
    | PageLanguage
    | PageLabel
    | CoverPage
    | EditionWords,
    Field(discriminator="kind"),
]
