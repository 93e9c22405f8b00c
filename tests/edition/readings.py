"""A small edition as data, for tests of corrections: three pages, two articles, a picture, a table."""

from __future__ import annotations

from collections.abc import Sequence

from masthead.document.geometry import Box, union_of
from masthead.document.structure import OutlineEntry, PageShape, SourceReport
from masthead.document.text import Article, Block, Cell, Figure, Join, Line, ReadText, Role, Table, Word
from masthead.edition.correcting.reading import Reading

WIDTH, HEIGHT = 400.0, 500.0


def line(words: str, top: float) -> Line:
    """Words of 30 points each on one line; a hyphen at the end is that of the line break."""
    parts = words.split()
    made = tuple(
        Word(part, Box(40 + 32 * at, top, 70 + 32 * at, top + 10), 10, 0, join=_join(part, at == len(parts) - 1))
        for at, part in enumerate(parts)
    )
    return Line(union_of(word.box for word in made), made)


def _join(part: str, is_last: bool) -> Join:
    return Join.HYPHEN if is_last and part.endswith("-") else Join.SPACE


def block(
    name: str, lines: Sequence[str], top: float, role: Role = Role.PARAGRAPH, article: str = "", level: int = 0
) -> Block:
    """A block of these lines from `top` on; its page is that of its name."""
    made = tuple(line(words, top + 12 * at) for at, words in enumerate(lines))
    text = " ".join(lines).replace("- ", "")
    page = int(name[1 : name.index("-")])
    return Block(name, page, role, union_of(one.box for one in made), made, text, level=level, article=article)


def reading() -> Reading:
    """Page 1: a story; page 2: its rest and a second story; page 3: a table, loose text, a folio."""
    rows = {
        1: (
            block("p1-b1", ["The keeper"], 40, Role.HEADING, "a1", 1),
            block("p1-b2", ["Every evening he lit the lamp."], 60, Role.STANDFIRST, "a1"),
            block("p1-b3", ["By Ann Lee"], 80, Role.BYLINE, "a1"),
            block(
                "p1-b4", ["The keeper of the light wrote his jour-", "nal before the lamp was lit."], 100, article="a1"
            ),
        ),
        2: (
            block("p2-b1", ["Nobody read it for a hundred years."], 40, article="a1"),
            block("p2-b2", ["Fog at sea"], 120, Role.HEADING, "a2", 1),
            block("p2-b3", ["A bell is heard before the ship is seen."], 140, article="a2"),
            block("p2-b4", ["Buy our lamps today, cheap and bright."], 200, article="a2"),
        ),
        3: (
            block("p3-b2", ["Read on in the next issue of the magazine."], 200),
            block("p3-b3", ["3"], 480, Role.FOLIO),
        ),
    }
    grid = Table(2, 2, tuple(Cell(at // 2, at % 2, 1, 1, False, at, at + 1) for at in range(4)))
    table = block("p3-b1", ["Port Depth", "Harwick 12"], 60, Role.TABLE)
    rows[3] = (Block(table.id, 3, Role.TABLE, table.box, table.lines, table.text, table=grid), *rows[3])
    articles = (
        Article(
            "a1",
            "The keeper",
            "the-keeper",
            (1, 2),
            ("p1-b1", "p1-b2", "p1-b3", "p1-b4", "p2-b1"),
            "Every evening he lit the lamp.",
            "By Ann Lee",
            30,
            authors=("Ann Lee",),
            figures=("p1-f1",),
        ),
        Article("a2", "Fog at sea", "fog-at-sea", (2,), ("p2-b2", "p2-b3", "p2-b4"), words=18),
    )
    figures = {1: (Figure("p1-f1", 1, Box(40, 200, 200, 300), article="a1"),)}
    pages = tuple(PageShape(number, str(number), WIDTH, HEIGHT, 0) for number in (1, 2, 3))
    report = SourceReport(
        "a" * 64, 10, pages, "Harbour", "", "en", False, False, False, False, (OutlineEntry("Start", 1),)
    )
    return Reading(report, ReadText(rows, articles, figures=figures), report.outline, "en")
