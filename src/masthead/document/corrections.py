"""What a publisher corrects in an edition: a list of typed changes, each with the place that it is about.

A place is kept by what is seen there (page, box, quoted words) and never by the id of a build, so that it is found
again in the next one. As JSON a correction is `{"version": 1, "kind": …, …}`; docs/engineers/corrections.md tells it.
"""

from __future__ import annotations

import types
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, ClassVar, Union, get_args, get_origin, get_type_hints

from masthead.document.geometry import Box

VERSION = 1
"""Of the format; a reader of a later version still reads this one."""
QUOTED = 240
"""Characters of a block or page that are kept with its place."""


@dataclass(frozen=True, slots=True)
class BlockPlace:
    """A block: where it stood (points) and what it said."""

    page: int
    box: Box
    words: str


@dataclass(frozen=True, slots=True)
class FigurePlace:
    """A figure: where it stood (points), and the first words of its page."""

    page: int
    box: Box
    words: str = ""


@dataclass(frozen=True, slots=True)
class PagePlace:
    """A page by its number and its first words."""

    number: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """An entry of the contents; `page` is None where it leads nowhere."""

    title: str
    page: PagePlace | None
    children: tuple[ContentsLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PagePiece:
    """A page of a new arrangement: a sheet of the PDF, or of another one that was handed over for it."""

    sheet: int  # 1-based
    half: str = ""  # "first" or "second" of a wide sheet in the direction of reading; "" is all of it
    inserted: str = ""  # sha256 of the other PDF


@dataclass(frozen=True, slots=True)
class Correction:
    """One change; each kind says what it is about."""

    kind: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class BlockOrder(Correction):
    """The blocks of a page as they are read; those that are not named follow."""

    kind: ClassVar[str] = "block_order"
    page: PagePlace
    blocks: tuple[BlockPlace, ...]


@dataclass(frozen=True, slots=True)
class BlockRole(Correction):
    """What a block is; `level` of a heading, 1 to 6."""

    kind: ClassVar[str] = "block_role"
    at: BlockPlace
    role: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class BlockText(Correction):
    """The words of a block: as printed, and as they should be."""

    kind: ClassVar[str] = "block_text"
    at: BlockPlace
    printed: str
    corrected: str


@dataclass(frozen=True, slots=True)
class CellText(Correction):
    """The words of a table's cell: as printed, and as they should be. Rows and columns count from 0."""

    kind: ClassVar[str] = "cell_text"
    at: BlockPlace
    row: int
    column: int
    printed: str
    corrected: str


@dataclass(frozen=True, slots=True)
class BlockArticle(Correction):
    """The article that blocks belong to, by its opening block; None: to no article."""

    kind: ClassVar[str] = "block_article"
    blocks: tuple[BlockPlace, ...]
    article: BlockPlace | None


@dataclass(frozen=True, slots=True)
class BlockHidden(Correction):
    """An advertisement: it stays on its page and leaves its article."""

    kind: ClassVar[str] = "block_hidden"
    at: BlockPlace


@dataclass(frozen=True, slots=True)
class TableHeads(Correction):
    """How many rows and columns at the edges of a table are headers."""

    kind: ClassVar[str] = "table_heads"
    at: BlockPlace
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class ArticleWords(Correction):
    """Title, standfirst, byline and section of an article; what is None stays."""

    kind: ClassVar[str] = "article_words"
    article: BlockPlace
    title: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleSplit(Correction):
    """From a block on it is another article."""

    kind: ClassVar[str] = "article_split"
    at: BlockPlace
    title: str


@dataclass(frozen=True, slots=True)
class ArticleMerge(Correction):
    """An article is the rest of another one."""

    kind: ClassVar[str] = "article_merge"
    article: BlockPlace
    into: BlockPlace


@dataclass(frozen=True, slots=True)
class ArticleNew(Correction):
    """Chosen blocks become an article of their own."""

    kind: ClassVar[str] = "article_new"
    blocks: tuple[BlockPlace, ...]
    title: str


@dataclass(frozen=True, slots=True)
class FigureWords(Correction):
    """The alternative text of a picture, or that it is decoration."""

    kind: ClassVar[str] = "figure_words"
    at: FigurePlace
    alternative: str
    decorative: bool = False


@dataclass(frozen=True, slots=True)
class PageLanguage(Correction):
    """The language of a page as BCP 47; "" is the edition's."""

    kind: ClassVar[str] = "page_language"
    page: PagePlace
    language: str


@dataclass(frozen=True, slots=True)
class PageLabel(Correction):
    """The printed number of a page; `counting`: the pages after it count on."""

    kind: ClassVar[str] = "page_label"
    page: PagePlace
    label: str
    counting: bool = False


@dataclass(frozen=True, slots=True)
class CoverPage(Correction):
    """The page that stands for the edition on shelves and in previews."""

    kind: ClassVar[str] = "cover_page"
    page: PagePlace


@dataclass(frozen=True, slots=True)
class PageArrangement(Correction):
    """All pages in their order: what is not named is removed. It holds for one PDF, `source` is its sha256."""

    kind: ClassVar[str] = "page_arrangement"
    source: str
    pages: tuple[PagePiece, ...]
    whole: tuple[PagePiece, ...] = ()  # as the PDF has them, so that what was left out can come back


@dataclass(frozen=True, slots=True)
class Contents(Correction):
    """The whole list of contents."""

    kind: ClassVar[str] = "contents"
    lines: tuple[ContentsLine, ...]


@dataclass(frozen=True, slots=True)
class EditionWords(Correction):
    """Title and language of the edition; what is None stays."""

    kind: ClassVar[str] = "edition_words"
    title: str | None = None
    language: str | None = None


KINDS: dict[str, type[Correction]] = {kind.kind: kind for kind in Correction.__subclasses__()}
"""Every kind by its name."""


def quoted(words: str) -> str:
    """What is kept of a block's or page's words: the first of them, white space as single spaces."""
    return " ".join(words.split())[:QUOTED]


def to_json(correction: Correction) -> dict[str, Any]:
    """A correction as plain JSON."""
    return {"version": VERSION, "kind": correction.kind, **_plain(correction)}


def from_json(data: dict[str, Any]) -> Correction:
    """The reverse of `to_json`; raises ValueError on a kind or version that is not known, and on what does not fit."""
    if data.get("version") != VERSION or data.get("kind") not in KINDS:
        raise ValueError(f"a correction of kind {data.get('kind')!r}, version {data.get('version')!r}")
    rest = {name: value for name, value in data.items() if name not in ("version", "kind")}
    try:
        made = _read(KINDS[data["kind"]], rest)
    except (TypeError, KeyError) as error:
        raise ValueError(str(error)) from error
    assert isinstance(made, Correction)
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, Box):
        return [round(number, 1) for number in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value


def _read(wanted: Any, value: Any) -> Any:
    """The value as the annotated type wants it; nothing is guessed."""
    origin = get_origin(wanted)
    if origin in (Union, types.UnionType):
        kind = next(kind for kind in get_args(wanted) if kind is not type(None))
        return None if value is None else _read(kind, value)
    if origin is tuple:
        if not isinstance(value, list):
            raise TypeError("a list is wanted")
        return tuple(_read(get_args(wanted)[0], part) for part in value)
    if wanted is Box:
        return Box(*(float(number) for number in value))
    if is_dataclass(wanted) and isinstance(wanted, type):
        hints = get_type_hints(wanted)
        if not isinstance(value, dict) or not set(value) <= {field.name for field in fields(wanted)}:
            raise TypeError(f"{wanted.__name__} has other fields")
        return wanted(**{name: _read(hints[name], part) for name, part in value.items()})
    if not isinstance(value, wanted):
        raise TypeError(f"{wanted.__name__} is wanted, not {type(value).__name__}")
    return value
