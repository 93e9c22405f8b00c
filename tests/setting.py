"""Pages set line by line for the tests of roles and articles: a small style sheet, and lines that follow each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from masthead.document.geometry import Box, union_of
from masthead.document.text import Block, Font, Line, PageLines, ReadText, Shape, Word
from masthead.layout.reading import read

FONTS = (
    Font("Garamond", False, False, False, False),
    Font("Garamond-Bold", True, False, False, False),
    Font("Garamond-Italic", False, True, False, False),
    Font("Gill", False, False, False, False),
    Font("Courier", False, False, False, True),
)
BODY, BOLD, ITALIC, SANS, MONO = range(5)
WIDTH, HEIGHT = 600.0, 800.0


def line(text: str, x: float, y: float, size: float = 10.0, font: int = BODY, colour: int = 0) -> Line:
    """One line; a word is half as wide as its letters are high."""
    words, at = [], x
    for word in text.split():
        end = at + len(word) * size * 0.5
        words.append(Word(word, Box(at, y, end, y + size), size, font, colour))
        at = end + size * 0.25
    return Line(union_of(word.box for word in words), tuple(words))


@dataclass
class Sheet:
    """A page that is set from top to bottom, in one column after another."""

    number: int = 1
    lines: list[Line] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    x: float = 50.0
    y: float = 60.0

    def put(self, text: str, size: float = 10.0, font: int = BODY, gap: float = 8.0, colour: int = 0) -> Sheet:
        """A line with white above."""
        self.y += gap
        self.lines.append(line(text, self.x, self.y, size, font, colour))
        self.y += 1.2 * size
        return self

    def prose(self, *names: str, lines: int = 8, gap: float = 8.0) -> Sheet:
        """Paragraphs of full lines; each line begins with the paragraph's name and ends in the middle of a sentence."""
        for name in names:
            self.y += gap
            for index in range(lines):
                last = index == lines - 1
                text = f"{name.capitalize() if not index else name} {index} said what the others knew" + (
                    "." if last else " and more"
                )
                self.lines.append(line(text, self.x, self.y))
                self.y += 12
        return self

    def column(self, x: float, y: float) -> Sheet:
        """Go on at the top of another column."""
        self.x, self.y = x, y
        return self

    def page(self) -> PageLines:
        """The page."""
        return PageLines(self.number, WIDTH, HEIGHT, tuple(self.lines), FONTS, tuple(self.shapes))


def understood(*sheets: Sheet, language: str = "en") -> ReadText:
    """The pages read, numbered as they come."""
    for number, sheet in enumerate(sheets, start=1):
        sheet.number = number
    return read([sheet.page() for sheet in sheets], language=language)


def block(text: ReadText, said: str) -> Block:
    """The only block that says this, or begins so."""
    found = [one for row in text.blocks.values() for one in row if one.text.startswith(said)]
    assert len(found) == 1, f"{said!r} begins {len(found)} blocks"
    return found[0]
