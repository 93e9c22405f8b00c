"""What is written on a page: glyphs, words, lines, blocks, articles; each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from masthead.document.geometry import Box
from masthead.document.tags import PageTags, TagVerdict


class Glyph(NamedTuple):
    """One character as the PDF draws it. `run` numbers the text object in the content stream (the stream's order)."""

    text: str
    box: Box  # the em box: as high as the font's ascent and descent, as wide as the advance; page space
    size: float  # the real size in points, after all matrices
    font: int  # index into `PageText.fonts`
    run: int
    angle: float  # degrees clockwise on the page; 0 is upright
    colour: int  # 0xRRGGBB of the fill
    visible: bool  # False for render mode 3, full transparency, zero size
    leaf: int = -1  # its place in the logical order of a tagged PDF (see `tags`)


class Font(NamedTuple):
    """A font as the PDF names it (subset prefix removed)."""

    name: str
    bold: bool
    italic: bool
    symbolic: bool  # a dingbat font: its letters are pictures (ZapfDingbats, Wingdings, Webdings, ...)
    monospace: bool


class Shape(NamedTuple):
    """Something drawn that is not text: a picture, a filled box or its outline, a rule, or what may be a bullet."""

    kind: str  # "picture", "fill", "frame", "rule" or "mark"
    box: Box
    colour: int  # 0xRRGGBB of the fill; 0 for pictures


@dataclass(frozen=True, slots=True)
class PageText:
    """All that a page draws, in the order of its content stream; what `layout` starts from."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    fonts: tuple[Font, ...]
    shapes: tuple[Shape, ...]
    tags: PageTags | None = None  # of a tagged PDF


class Join(StrEnum):
    """How a word meets the next one when its block is read as a sentence."""

    SPACE = "space"  # a space follows
    NONE = "none"  # the next word follows at once (scripts without spaces; a compound's hyphen at the line end)
    HYPHEN = "hyphen"  # the word ends with a hyphen of the line break: drop it, the next word follows at once


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a line, as printed (with its hyphen if it has one)."""

    text: str
    box: Box
    size: float
    font: int
    colour: int = 0
    join: Join = Join.SPACE
    confidence: float = 1.0  # 0 to 1: how sure a character recognition was; 1 where the PDF says the text itself
    leaf: int = -1  # its place in the logical order of a tagged PDF (see `tags`)


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one base line in reading order. `angle` in degrees clockwise."""

    box: Box
    words: tuple[Word, ...]
    angle: float = 0.0
    right_to_left: bool = False
    vertical: bool = False  # upright characters set from top to bottom, lines from right to left


class Role(StrEnum):
    """What a block is to its reader."""

    HEADING = "heading"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTATION = "quotation"
    PULL_QUOTE = "pull_quote"
    CAPTION = "caption"
    TABLE = "table"
    SIDEBAR = "sidebar"
    FOOTNOTE = "footnote"
    CODE = "code"
    RUNNING_HEAD = "running_head"
    FOLIO = "folio"
    ADVERTISEMENT = "advertisement"

    @property
    def is_furniture(self) -> bool:
        """Whether the block belongs to the page and not to what is read."""
        return self in (Role.RUNNING_HEAD, Role.FOLIO)


class Cell(NamedTuple):
    """A cell of a table; its words are `words[start:end]` of the block, counted over all its lines."""

    row: int  # from 0
    column: int  # from 0
    rows: int  # how many rows it spans, at least 1
    columns: int
    header: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """The grid of a table. Cells stand row by row, and between them hold every word of their block once."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, drawing or chart that means something, as a place on a page."""

    id: str  # "p12-f1"
    page: int
    box: Box
    caption: str = ""  # id of the caption's block
    article: str = ""
    alt: str = ""  # its alternative text, if the PDF's tags or the publisher say one
    decorative: bool = False  # the publisher says that it tells nothing


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together, in reading order. `text` reads as a sentence: hyphens joined, no marker."""

    id: str  # "p12-b3": page 12, third block in reading order
    page: int
    role: Role
    box: Box
    lines: tuple[Line, ...]
    text: str
    level: int = 0  # of a heading: 1 is the largest; of a list item: 1 is the outermost; else 0
    marker: str = ""  # of a list item: the bullet or number as a reader expects it
    article: str = ""  # the article's id; empty outside articles
    continues: str = ""  # id of the block that this paragraph continues, over a column or page
    group: str = ""  # "p12-g1": the sidebar, box or advertisement that the block is part of
    figure: str = ""  # of a caption: the id of its figure
    repeats: str = ""  # of a pull quote: id of the block whose words it repeats
    reference: str = ""  # of a footnote: id of the block that refers to it
    table: Table | None = None  # of a table


@dataclass(frozen=True, slots=True)
class Article:
    """A story in reading order over one or more pages."""

    id: str
    title: str
    slug: str
    pages: tuple[int, ...]
    blocks: tuple[str, ...]
    standfirst: str = ""
    byline: str = ""
    words: int = 0
    section: str = ""  # the part of the issue it stands in, as running heads or the contents name it
    authors: tuple[str, ...] = ()  # names of the byline
    mails: tuple[str, ...] = ()  # mail addresses given with the byline
    figures: tuple[str, ...] = ()  # ids, in the order of the story
    asides: tuple[str, ...] = ()  # ids of blocks in sidebars, pull quotes and notes: attached, not in the flow

    @property
    def minutes(self) -> int:
        """How long reading takes at 230 words a minute (Brysbaert 2019: silent reading of non-fiction, 238)."""
        return max(1, round(self.words / 230))


@dataclass(frozen=True, slots=True)
class Confidence:
    """How far the order and roles of a page can be trusted, from 0 to 1, and why not further."""

    value: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadText:
    """The whole document's text understood: blocks by page in reading order, and articles."""

    blocks: dict[int, tuple[Block, ...]] = field(default_factory=dict)
    articles: tuple[Article, ...] = ()
    warnings: tuple[str, ...] = ()
    figures: dict[int, tuple[Figure, ...]] = field(default_factory=dict)
    confidence: dict[int, Confidence] = field(default_factory=dict)
    tagging: dict[int, TagVerdict] = field(default_factory=dict)  # of tagged pages


@dataclass(frozen=True, slots=True)
class PageLines:
    """A page's words and lines before the document is understood: what crosses from the sandboxed process."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]  # in the order of the content stream
    fonts: tuple[Font, ...]
    shapes: tuple[Shape, ...]
    warnings: tuple[str, ...] = ()
    recognised: bool = False  # the text lies over the picture of a scan: sizes and places are rough
    tags: PageTags | None = None  # of a tagged PDF
    skew: float = 0.0  # degrees clockwise by which it lies askew; its lines are those of the page laid straight
    recognition: str = ""  # why its words were read from its picture, as a sentence; empty if they are the PDF's own
