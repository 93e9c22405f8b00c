"""The paragraph styles of a document: which there are, what each is used for, and which the body is set in.

A designer keeps a style sheet: every block is set in one of a few styles, and a style has one use. So the use is
learned over the whole document from all the blocks of a style before any one block is judged.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from masthead.document.geometry import Box
from masthead.document.text import Block, Font, Line, Role

_VARIANT = re.compile(r"[-,]|(?<=[a-z])(?=(?:Bold|Italic|Regular|Roman|Light|Medium|Black|Book)\b)|MT$|PS$")
_PROSE_WORDS = 25  # a block of so many words is text to be read and not a label
_PROSE_SHARE = 0.02  # of all letters in such blocks: below, a style is only used for single large quotes and the like
_END = (".", "!", "?", "…", ".”", '."', ".’", "?”", "!”", ".»", "。")


class Style(NamedTuple):
    """How the letters of a block are set."""

    family: str  # the font's name without weight and slope
    size: float  # points, to the half
    bold: bool
    italic: bool
    colour: int  # 0xRRGGBB
    monospace: bool


@dataclass(slots=True, eq=False)
class Piece:
    """A block while its role is being found."""

    block: Block
    style: Style
    role: Role
    marker: str = ""  # the bullet or number that it begins with
    level: int = 0
    order: int = 0  # its place in the reading order of the document
    continues: str = ""
    figure: str = ""
    repeats: str = ""
    reference: str = ""
    words: int = 0
    letters: int = 0
    capitals: bool = False  # all its letters are capitals

    @property
    def text(self) -> str:
        """What it says."""
        return self.block.text

    @property
    def box(self) -> Box:
        """Where it stands."""
        return self.block.box

    @property
    def page(self) -> int:
        """The page it stands on."""
        return self.block.page

    @property
    def printed(self) -> list[str]:
        """Its lines as they are printed."""
        return [" ".join(word.text for word in line.words) for line in self.block.lines]

    @property
    def ends_sentence(self) -> bool:
        """Whether it ends as a sentence does."""
        return self.text.rstrip().endswith(_END)


class Use(NamedTuple):
    """What the blocks of a style have in common."""

    blocks: int
    letters: int
    words: float  # in its median block
    sentences: float  # share of its blocks that end as sentences do


@dataclass(frozen=True)
class StyleSheet:
    """The styles of a document."""

    body: Style
    uses: Mapping[Style, Use]
    prose: frozenset[Style]  # styles in which running text is set

    def is_prose(self, piece: Piece) -> bool:
        """Whether the piece is running text by its style or its length."""
        return piece.style in self.prose and (piece.words >= 8 or piece.ends_sentence)

    def scale(self, piece: Piece) -> float:
        """The piece's size beside that of the body."""
        return piece.style.size / self.body.size


def piece_of(block: Block, marker: str, fonts: Sequence[Font]) -> Piece:
    """The block with its style; `fonts` are its page's."""
    text = block.text
    letters = sum(map(str.isalpha, text))
    return Piece(
        block,
        style_of(block.lines, fonts),
        block.role,
        marker,
        figure=block.figure,
        words=len(text.split()),
        letters=letters,
        capitals=letters > 2 and text.isupper(),
    )


def style_of(lines: Sequence[Line], fonts: Sequence[Font]) -> Style:
    """The style of most letters; an initial or a bold first word does not change it.

    Typed words are counted as words: the one address in a typewriter face in an entry is longer than all the rest.
    """
    counts: dict[tuple[int, float, int], int] = {}
    typed, words = 0, 0
    for line in lines:
        for word in line.words:
            key = word.font, word.size, word.colour
            counts[key] = counts.get(key, 0) + len(word.text)
            typed += fonts[word.font].monospace
        words += len(line.words)
    merged: Counter[Style] = Counter()
    for (font, size, colour), count in counts.items():
        face = fonts[font]
        if face.monospace and 2 * typed <= words:
            continue
        merged[Style(family_of(face.name), round(size * 2) / 2, face.bold, face.italic, colour, face.monospace)] += (
            count
        )
    return merged.most_common(1)[0][0] if merged else Style("", 10.0, False, False, 0, False)


def family_of(name: str) -> str:
    """The family's name: what stands before weight and slope in a font's PostScript name."""
    return _VARIANT.split(name, maxsplit=1)[0]


def learn_styles(pieces: Iterable[Piece]) -> StyleSheet:
    """The style sheet that the pieces were set by."""
    of_style: dict[Style, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if not piece.role.is_furniture:
            of_style[piece.style].append(piece)
    uses = {style: _use(members) for style, members in of_style.items()}
    long = {
        style: sum(piece.letters for piece in members if piece.words >= _PROSE_WORDS)
        for style, members in of_style.items()
    }
    everything = {style: use.letters for style, use in uses.items()}
    measure = long if any(long.values()) else everything
    body = max(measure, key=lambda style: (measure[style], style.size), default=Style("", 10.0, False, False, 0, False))
    total = sum(long.values())
    prose = {style for style, letters in long.items() if letters and letters >= _PROSE_SHARE * total}
    prose = {style for style in prose if 0.6 * body.size <= style.size <= 1.35 * body.size}
    return StyleSheet(body, uses, frozenset({*prose, body}))


def _use(members: Sequence[Piece]) -> Use:
    return Use(
        len(members),
        sum(piece.letters for piece in members),
        median(piece.words for piece in members),
        sum(piece.ends_sentence for piece in members) / len(members),
    )
