"""One story of a drawn page: its headline, and text that runs from column to column with what stands in it."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from measures.drawn_sheet import BOLD, ITALIC, SANS, SANS_BOLD, Piece, Sheet, Style, width_of
from measures.drawn_words import Author, broken

_LEAST = 3  # lines for which a column must have room, for something to begin there


@dataclass
class Column:
    """Where text can stand; y runs down, in points."""

    x: float
    y: float
    width: float
    end: float


class Story:
    """Draws a story on a sheet, and notes in the sheet's truth what was drawn."""

    def __init__(
        self, sheet: Sheet, name: str, body: Style, chance: random.Random, *, spaced: bool, hyphens: bool
    ) -> None:
        self._sheet, self._name, self._body, self._chance = sheet, name, body, chance
        self._spaced, self._hyphens = spaced, hyphens
        self._author = Author(chance)
        self._notes: list[str] = []

    def headline(self, x: float, y: float, width: float, style: Style) -> float:
        """The headline; returns where it ends."""
        self._sheet.frame()
        text = self._author.title()
        if self._chance.random() < 0.2:
            text = text.upper()
        y = self._set(text, x, y, width, style)
        self._note("heading", text)
        return y + 0.3 * style.size

    def standfirst(self, x: float, y: float, width: float) -> float:
        """A sentence or two that lead in."""
        self._sheet.frame()
        size = self._body.size + 3
        style = Style(self._chance.choice((ITALIC, SANS, BOLD)), size, 1.25 * size, "left")
        text = self._author.paragraph(1, 2)
        y = self._set(text, x, y, width, style)
        self._note("text", text)
        return y + 6

    def byline(self, x: float, y: float) -> float:
        """Who wrote it."""
        self._sheet.frame()
        text = f"By {self._author.name()}"
        style = Style(SANS, self._body.size, self._body.leading, "left")
        y = self._set(text, x, y, 200, style)
        self._note("text", text)
        return y + 4

    def picture_above(self, x: float, y: float, width: float, end: float) -> float:
        """A picture over all columns with its caption."""
        height = self._chance.uniform(0.2, 0.35) * (end - y)
        self._sheet.fill(x, y, width, height, 0.6)
        return self._caption(x, y + height + 4, width) + 10

    def box(self, x: float, y: float, width: float, height: float) -> None:
        """A tinted box with a heading and text of its own."""
        self._sheet.fill(x, y, width, height)
        self._sheet.frame()
        heading = self._author.title(1, 3)
        head = Style(SANS_BOLD, self._body.size + 1, self._body.leading + 2, "left")
        top = self._set(heading, x + 8, y + 8, width - 16, head)
        style = replace(self._body, font=SANS, size=self._body.size - 0.5, indent=0.0, align="left")
        room = y + height - 6 - top
        lines = list(broken(self._author.paragraph(12, 14), width - 16, style))[: max(1, int(room / style.leading))]
        lines[-1][-1] = lines[-1][-1].rstrip(".,") + "."
        for words in lines:
            top += style.leading
            self._sheet.line(words, x + 8, top - 0.25 * style.size, style)
        self._sheet.pieces.append(Piece("heading", heading))
        self._sheet.pieces.append(Piece("float", " ".join([heading, *map(" ".join, lines)])))

    def quote_over_gutter(self, columns: Sequence[Column]) -> list[Column]:
        """A pull quote over the first gutter, round which both columns run; their parts, in order."""
        first, second = columns[0], columns[1]
        size = self._body.size * 1.7
        style = Style(ITALIC, size, 1.2 * size, "centre")
        x = first.x + 0.5 * first.width
        width = second.x + 0.5 * second.width - x
        text = self._author.sentence(8, 12)
        lines = list(broken(text, width - 12, style))
        height = max(len(lines) * style.leading, 4 * self._body.leading)  # else no text would stand beside it
        y = first.y + (first.end - first.y) * 0.4
        self._sheet.frame()
        self._set(text, x + 6, y, width - 12, style)
        self._sheet.pieces.append(Piece("float", text))
        over, under = y - 4, y + height + 8
        left = [Column(first.x, first.y, first.width, over), Column(first.x, y - 2, x - first.x - 4, under)]
        left.append(Column(first.x, under, first.width, first.end))
        edge = x + width + 4
        right = [Column(second.x, second.y, second.width, over)]
        right.append(Column(edge, y - 2, second.x + second.width - edge, under))
        right.append(Column(second.x, under, second.width, second.end))
        return [*left, *right, *columns[2:]]

    def run(self, columns: Sequence[Column]) -> None:
        """Fill the columns with paragraphs and what stands between them; then notes at the foot of the last."""
        notes = self._chance.random() < 0.2
        foot = 0.0
        if notes:
            foot = self._foot(columns[-1])
        columns = list(columns)
        columns[-1].end -= foot
        at = 0
        paragraphs = 0
        self._sheet.frame()
        cap = self._chance.random() < 0.3
        while at < len(columns):
            column = columns[at]
            if column.end - column.y < _LEAST * self._body.leading:
                at += 1
                self._sheet.frame()
                continue
            if paragraphs and self._chance.random() < 0.3 and column.width > 60 and self._inset(column):
                continue
            at = self._paragraph(columns, at, first=not paragraphs, cap=cap and not paragraphs)
            paragraphs += 1

    def _inset(self, column: Column) -> bool:
        """Something between two paragraphs, if there is room for it."""
        room = column.end - column.y
        leading = self._body.leading
        kind = self._chance.choice(("subheading", "subheading", "list", "picture", "quote", "table"))
        if kind == "subheading" and room > 6 * leading:
            self._subheading(column)
        elif kind == "list" and room > 8 * leading:
            self._list(column)
        elif kind == "picture" and room > 150 and column.width > 90:
            self._picture(column)
        elif kind == "quote" and room > 150 and column.width > 100:
            self._quote(column)
        elif kind == "table" and room > 130 and column.width > 150:
            self._table(column)
        else:
            return False
        return True

    def _subheading(self, column: Column) -> None:
        body = self._body
        column.y += 0.7 * body.leading
        font, larger = self._chance.choice((BOLD, SANS_BOLD)), self._chance.choice((0, 1, 2))
        text = self._author.title(1, 3)
        style = Style(font, body.size + larger, body.leading + 1, "left")
        column.y = self._set(text, column.x, column.y, column.width, style) + 2
        self._note("heading", text)

    def _list(self, column: Column) -> None:
        style = replace(self._body, indent=0, align="left")
        column.y += 0.4 * style.leading
        for _ in range(self._chance.randint(2, 4)):
            text = self._author.sentence(3, 7)
            self._sheet.line(["•"], column.x + 2, column.y + style.leading - 0.25 * style.size, style)
            column.y = self._set(text, column.x + 12, column.y, column.width - 12, style)
            self._note("text", text)
        column.y += 0.6 * style.leading

    def _picture(self, column: Column) -> None:
        height = self._chance.uniform(60, 90)
        self._sheet.fill(column.x, column.y + 6, column.width, height, 0.6)
        column.y = self._caption(column.x, column.y + 10 + height, column.width) + self._body.leading
        self._sheet.frame()

    def _quote(self, column: Column) -> None:
        self._sheet.frame()
        size = self._body.size * 1.6
        text = self._author.sentence(6, 9)
        self._sheet.rule(column.x, column.y + 8, column.width)
        column.y = self._set(text, column.x, column.y + 14, column.width, Style(ITALIC, size, 1.2 * size, "left"))
        self._sheet.rule(column.x, column.y + 6, column.width)
        column.y += 14
        self._sheet.pieces.append(Piece("float", text))
        self._sheet.frame()

    def _table(self, column: Column) -> None:
        body = replace(self._body, font=SANS, size=self._body.size - 1, align="left")
        self._sheet.frame()
        column.y += 8
        self._sheet.rule(column.x, column.y, column.width)
        cells = []
        for row in range(self._chance.randint(3, 5)):
            column.y += body.leading + 2
            numbers = [f"{self._chance.uniform(1, 900):.1f}" for _ in range(2)] if row else ["2025", "2026"]
            label = self._author.title(0, 1) if row else "Item"
            self._sheet.line(label.split(), column.x, column.y - 3, body)
            for place, number in enumerate(numbers):
                self._sheet.line([number], column.x + column.width * (0.6 + 0.22 * place), column.y - 3, body)
            cells += [label, *numbers]
        self._sheet.rule(column.x, column.y + 2, column.width)
        column.y += 10
        self._sheet.pieces.append(Piece("float", " ".join(cells)))
        self._sheet.frame()

    def _caption(self, x: float, y: float, width: float) -> float:
        self._sheet.frame()
        size = self._body.size - 1.5
        style = Style(self._chance.choice((SANS, ITALIC)), size, 1.15 * size, "left")
        text = self._author.sentence(5, 12)
        y = self._set(text, x, y, width, style)
        self._sheet.pieces.append(Piece("float", text))
        return y

    def _foot(self, column: Column) -> float:
        """A note at the foot of a column; returns its height."""
        style = Style(self._body.font, self._body.size - 2, 1.15 * (self._body.size - 2), "left")
        text = "1 " + self._author.sentence(8, 14)
        height = len(list(broken(text, column.width, style))) * style.leading + 12
        if column.end - column.y < height + 8 * self._body.leading:
            return 0.0
        self._sheet.frame()
        self._sheet.rule(column.x, column.end - height + 6, 50)
        self._set(text, column.x, column.end - height + 8, column.width, style)
        self._sheet.pieces.append(Piece("float", text))
        return height

    def _paragraph(self, columns: list[Column], at: int, *, first: bool, cap: bool) -> int:
        """A paragraph that may go on in the next column; returns the column in which it ends."""
        body = self._body
        words = self._author.paragraph(3 if first else 1, 6).split()
        indent = 0.0 if first or self._spaced else body.indent
        initial, rows, beside = self._initial(columns[at], words) if cap else ("", 0, 0.0)
        done: list[str] = []
        while words:
            column = columns[at]
            if column.end - column.y < body.leading:
                if at + 1 >= len(columns):
                    break
                at += 1
                self._sheet.frame()
                continue
            inset = beside if len(done) < rows else (0.0 if done else indent)
            line = next(broken(" ".join(words), column.width - inset, body, hyphens=self._hyphens))
            words = _rest(words, line)
            column.y += body.leading
            room = column.width - inset if body.align == "justify" and words else 0.0
            self._sheet.line(line, column.x + inset, column.y - 0.25 * body.size, body, room=room)
            done.append(" ".join(line))
        if self._spaced:
            columns[at].y += 0.5 * body.leading
        self._note("text", initial + re.sub(r"(?<=[a-z])- (?=[a-z])", "", " ".join(done)))
        return at

    def _initial(self, column: Column, words: list[str]) -> tuple[str, int, float]:
        """Takes a letter from the words and draws it large; the letter, its lines, and how far they are drawn in."""
        body = self._body
        if column.end - column.y <= 5 * body.leading or column.width < 9 * body.size:
            return "", 0, 0.0
        letter, words[0] = words[0][0], words[0][1:]
        if not words[0]:
            words.pop(0)
        rows = self._chance.choice((2, 3))
        style = replace(body, font=BOLD, size=(rows - 0.2) * body.leading * 1.35)
        self._sheet.line([letter], column.x, column.y + (rows - 0.2) * body.leading, style)
        return letter, rows, width_of(letter, style) + 3

    def _set(self, text: str, x: float, y: float, width: float, style: Style) -> float:
        """Lines from `y` on; returns where they end."""
        for words in broken(text, width, style):
            y += style.leading
            room = width - width_of(" ".join(words), style)
            shift = room / 2 if style.align == "centre" else room if style.align == "right" else 0.0
            self._sheet.line(words, x + shift, y - 0.25 * style.size, style)
        return y

    def _note(self, kind: str, text: str) -> None:
        self._sheet.pieces.append(Piece(kind, text, self._name))


def _rest(words: list[str], line: list[str]) -> list[str]:
    """What is left of the words when the line was set; its last word may be a part of one."""
    rest = words[len(line) :]
    last, whole = line[-1], words[len(line) - 1]
    if last != whole and last.endswith("-"):
        return [whole[len(last) - 1 :], *rest]
    return rest
