"""Headlines with what a designer sets around them: kicker, standfirst, byline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from masthead.document.text import Role
from masthead.layout.bylines import byline_of_lines, signature_of
from masthead.layout.neighbours import is_above, shares_column
from masthead.layout.styles import Piece, Style, StyleSheet

_SAME = 0.9  # of the size: two sizes so near are one
_DISPLAY = 22.0  # points: display type in any document
_DECK = 0.83  # of the headline's size: a line below it that is smaller is no part of the headline


@dataclass(slots=True, eq=False)
class Opening:
    """A headline and what stands around it before the text begins."""

    title: list[Piece]
    kickers: list[Piece] = field(default_factory=list)
    standfirst: list[Piece] = field(default_factory=list)
    bylines: list[Piece] = field(default_factory=list)
    inner: list[Piece] = field(default_factory=list)  # the first headings inside the story
    words: int = 0  # of running text until the next opening
    listed: bool = False  # the contents name it
    after_end: bool = False  # the story before it was signed

    @property
    def pieces(self) -> list[Piece]:
        """All of it, in reading order."""
        return sorted(
            [*self.kickers, *self.title, *self.standfirst, *self.bylines, *self.inner], key=lambda piece: piece.order
        )

    @property
    def size(self) -> float:
        """The headline's size in points; 0 without one."""
        return max((piece.style.size for piece in self.title), default=0.0)

    @property
    def page(self) -> int:
        """The page it stands on."""
        return self.pieces[0].page

    @property
    def signed(self) -> bool:
        """Whether it names an author."""
        return any(not only_pictures(piece) for piece in self.bylines)

    @property
    def text(self) -> str:
        """The headline."""
        return " ".join(piece.text for piece in self.title)


def only_pictures(piece: Piece) -> bool:
    """Whether a byline credits photographs, drawings or design, and no author."""
    line = byline_of_lines(piece.printed)
    return line is not None and line.credits_pictures


def heads_of(row: Sequence[Piece], sheet: StyleSheet, decks: frozenset[Style]) -> list[Opening]:
    """The headings of a page, each with what belongs to it; a byline without a headline at the top opens one too."""
    result: list[Opening] = []
    index = 0
    while index < len(row):
        piece = row[index]
        if piece.role is Role.BYLINE and _is_first(row, index) and signature_of(piece.text) is None:
            opening, index = _around(row, index, index, sheet, decks)
            result.append(opening)
        elif piece.role is Role.HEADING:
            start = _headline_after(row, index)
            label = row[index - 1] if index and _is_label(row[index - 1], row[start], sheet) else None
            opening, index = _around(row, index, start, sheet, decks)
            if label is not None:
                opening.kickers.insert(0, label)
            result.append(opening)
        else:
            index += 1
    return result


def _is_label(piece: Piece, headline: Piece, sheet: StyleSheet) -> bool:
    """Whether a word or two in small type, flush with a headline right above it, are its kicker."""
    if piece.role not in (Role.PARAGRAPH, Role.CAPTION) or piece.words > 5 or len(piece.block.lines) > 1:
        return False
    if (
        piece.letters < 3
        or piece.ends_sentence
        or piece.style in sheet.prose
        or piece.block.group != headline.block.group
    ):
        return False
    size = headline.style.size
    flush = abs(piece.box.x0 - headline.box.x0) < max(0.3 * size, 6.0)
    return flush and size > 1.4 * piece.style.size and -0.4 * size < headline.box.y0 - piece.box.y1 < 1.5 * size


def _is_first(row: Sequence[Piece], index: int) -> bool:
    """Whether a byline stands before anything else on its page, but for credits of pictures."""
    return not only_pictures(row[index]) and all(only_pictures(piece) for piece in row[:index])


def _headline_after(row: Sequence[Piece], index: int) -> int:
    """The place of the headline that the heading at `index` is the kicker of, or `index` itself."""
    start = index
    while start + 1 < len(row):
        piece, following = row[start], row[start + 1]
        near = following.box.y0 - piece.box.y1 < 2.5 * following.style.size
        if not (
            following.role is Role.HEADING
            and following.style.size > 1.12 * piece.style.size
            and is_above(piece.box, following.box, 0.4 * piece.style.size)
            and near
            and piece.words <= 8
        ):
            break
        start += 1
    return start


def _around(
    row: Sequence[Piece], first: int, start: int, sheet: StyleSheet, decks: frozenset[Style]
) -> tuple[Opening, int]:
    """The opening whose headline begins at `start`, and the place after it."""
    opening = Opening([], kickers=list(row[first:start]))
    index = start
    if row[start].role is Role.HEADING:
        opening.title.append(row[start])
        index += 1
        while index < len(row) and _goes_on(opening.title[-1], row[index]):
            opening.title.append(row[index])
            index += 1
    while index < len(row):
        piece = row[index]
        if piece.role is Role.BYLINE and signature_of(piece.text) is None:
            opening.bylines.append(piece)
        elif _is_deck(piece, opening, sheet, decks) and not _leads_in(piece, row[index + 1 : index + 2]):
            opening.standfirst.append(piece)
        elif piece.role is Role.CAPTION and piece.words < 12:
            pass  # a credit in the picture beside the headline
        elif _is_before_byline(row, index, opening):
            opening.inner.append(piece)
        else:
            break
        index += 1
    if _is_all_there_is(opening, row[index : index + 1]):
        index = row.index(opening.standfirst[0])
        opening.standfirst = []
    return opening, index


def _is_all_there_is(opening: Opening, following: Sequence[Piece]) -> bool:
    """Whether paragraphs in a box are taken for a standfirst though no text of the box follows: they are its text."""
    groups = {piece.block.group for piece in opening.standfirst}
    if len(opening.standfirst) < 2 or opening.bylines or "" in groups:
        return False
    return all(piece.role is Role.PARAGRAPH for piece in opening.standfirst) and not any(
        piece.block.group in groups for piece in following
    )


def _is_before_byline(row: Sequence[Piece], index: int, opening: Opening) -> bool:
    """Whether a smaller heading stands between a headline and the byline below it: it heads the first part."""
    piece = row[index]
    following = row[index + 1] if index + 1 < len(row) else None
    return (
        piece.role is Role.HEADING
        and piece.style.size < 0.85 * opening.size
        and not opening.bylines
        and following is not None
        and following.role is Role.BYLINE
        and not only_pictures(following)
    )


def _goes_on(before: Piece, piece: Piece) -> bool:
    """Whether the heading continues the headline: in its style right below, or announced by a colon."""
    if piece.role is not Role.HEADING or piece.box.y0 < before.box.y0 - before.style.size:
        return False
    gap = piece.box.y0 - before.box.y1
    near = gap < 1.3 * before.style.size and shares_column(before.box, piece.box)
    alike = _SAME * before.style.size <= piece.style.size <= before.style.size / _SAME
    if before.text.rstrip().endswith((":", "–", "—")):
        return piece.style.size > 0.5 * before.style.size
    if not alike:
        return False
    beside = abs(piece.box.centre[1] - before.box.centre[1]) < 0.5 * before.style.size
    if beside:  # words of one line that were set apart; headlines of two columns stand further from each other
        one_line = len(piece.block.lines) == len(before.block.lines) == 1
        return one_line and 0 <= piece.box.x0 - before.box.x1 < 0.8 * before.style.size
    if before.style.size >= _DISPLAY and -1.0 < gap / before.style.size < 0.6:
        return True  # the lines of a display headline may step to the right and change their face
    return near and piece.style.family == before.style.family


def _is_deck(piece: Piece, opening: Opening, sheet: StyleSheet, decks: frozenset[Style]) -> bool:
    """A standfirst: a sentence or two between headline and text, set larger, bolder or sloping."""
    if not opening.title or piece.words < 3 or piece.words > 120:
        return False
    if piece.style.size > _DECK * opening.size or any(part.order < piece.order for part in opening.bylines[1:]):
        return False
    title = opening.title[-1]
    if not is_above(title.box, piece.box, 0.45 * title.style.size) and not title.block.group:
        return False
    if piece.role is Role.HEADING:
        return piece.style in decks or (not opening.bylines and piece.words >= 7)
    if piece.role is not Role.PARAGRAPH or piece.style in sheet.prose:
        return False
    style, body = piece.style, sheet.body
    larger = style.size > 1.08 * body.size
    other = style.bold != body.bold or style.italic != body.italic or style.colour != body.colour
    return larger or (other and style.size >= 0.95 * body.size and piece.words >= 6)


def _leads_in(piece: Piece, following: Sequence[Piece]) -> bool:
    """Whether the text's first words are only set larger or bolder: their sentence goes on in what follows."""
    return any(
        not piece.ends_sentence and after.role is Role.PARAGRAPH and after.text[:1].islower() for after in following
    )


def deck_styles(rows: Mapping[int, Sequence[Piece]]) -> frozenset[Style]:
    """Styles of headings that stand, nearly always, right below a larger heading."""
    seen: dict[Style, list[bool]] = defaultdict(list)
    for row in rows.values():
        before: Piece | None = None
        for piece in row:
            if piece.role is Role.HEADING and piece.words >= 3:
                larger = before is not None and before.style.size * _DECK > piece.style.size
                seen[piece.style].append(before is not None and before.role is Role.HEADING and larger)
            before = piece
    return frozenset(style for style, found in seen.items() if sum(found) >= 0.7 * len(found))
