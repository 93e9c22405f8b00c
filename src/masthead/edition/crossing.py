"""Turns what is read from a page into plain JSON and back, for the way out of the sandboxed process.

Nothing is unpickled: the parent rebuilds every value from numbers and strings, and refuses what does not fit.
"""

from __future__ import annotations

from typing import Any

from masthead.document.geometry import Box
from masthead.document.structure import Link, LinkKind, OutlineEntry, PagePart, PageShape, SourceReport
from masthead.document.tags import UNTAGGED
from masthead.document.text import Font, Join, Line, PageLines, Shape, Word
from masthead.edition.crossing_tags import leaves_from_json, leaves_to_json, tags_from_json, tags_to_json

_JOINS = (Join.SPACE, Join.NONE, Join.HYPHEN)
_JOIN_NUMBERS = {join: number for number, join in enumerate(_JOINS)}

Json = dict[str, Any]


def join_number(join: Join) -> int:
    """The number a join is written as: 0 a space follows, 1 nothing follows, 2 the hyphen is dropped."""
    return _JOIN_NUMBERS[join]


def lines_to_json(page: PageLines) -> Json:
    """A page's lines as lists of numbers and strings."""
    return {
        "number": page.number,
        "size": [page.width, page.height],
        "fonts": [list(font) for font in page.fonts],
        "shapes": [[shape.kind, *shape.box, shape.colour] for shape in page.shapes],
        "warnings": list(page.warnings),
        "recognised": page.recognised,
        "lines": [
            [
                *line.box,
                line.angle,
                int(line.right_to_left) + 2 * int(line.vertical),
                [_word_to_json(word) for word in line.words],
                *([leaves_to_json(line)] if page.tags else []),
            ]
            for line in page.lines
        ],
        **({"tags": tags_to_json(page.tags)} if page.tags else {}),
    }


def lines_from_json(data: Json) -> PageLines:
    """The reverse of `lines_to_json`; raises ValueError, TypeError or KeyError on anything malformed."""
    width, height = data["size"]
    tags = tags_from_json(data["tags"]) if "tags" in data else None
    return PageLines(
        number=int(data["number"]),
        width=float(width),
        height=float(height),
        lines=tuple(_line_from_json(row, len(tags.leaves) if tags else 0) for row in data["lines"]),
        fonts=tuple(
            Font(str(name), bool(bold), bool(italic), bool(symbolic), bool(monospace))
            for name, bold, italic, symbolic, monospace in data["fonts"]
        ),
        shapes=tuple(
            Shape(str(kind), Box(float(x0), float(y0), float(x1), float(y1)), int(colour))
            for kind, x0, y0, x1, y1, colour in data["shapes"]
        ),
        warnings=tuple(str(warning) for warning in data["warnings"]),
        recognised=bool(data["recognised"]),
        tags=tags,
    )


def _word_to_json(word: Word) -> list[Any]:
    row: list[Any] = [word.text, *word.box, word.size, word.font, word.colour, _JOIN_NUMBERS[word.join]]
    return row if word.confidence == 1.0 else [*row, word.confidence]


def _line_from_json(row: list[Any], known: int) -> Line:
    x0, y0, x1, y1, angle, direction, words, *tagged = row
    leaves = leaves_from_json(tagged[0], len(words), known) if tagged else [UNTAGGED] * len(words)
    return Line(
        box=Box(float(x0), float(y0), float(x1), float(y1)),
        words=tuple(
            Word(
                str(text),
                Box(float(a), float(b), float(c), float(d)),
                float(size),
                int(font),
                int(colour),
                _JOINS[int(join)],
                float(confidence[0]) if confidence else 1.0,
                leaf,
            )
            for (text, a, b, c, d, size, font, colour, join, *confidence), leaf in zip(words, leaves, strict=True)
        ),
        angle=float(angle),
        right_to_left=bool(int(direction) & 1),
        vertical=bool(int(direction) & 2),
    )


def links_to_json(links: tuple[Link, ...]) -> list[list[Any]]:
    """Links as lists."""
    return [[link.page, *link.box, link.kind.value, link.target, link.source, link.text] for link in links]


def links_from_json(rows: list[list[Any]]) -> tuple[Link, ...]:
    """The reverse of `links_to_json`."""
    return tuple(
        Link(
            int(page),
            Box(float(x0), float(y0), float(x1), float(y1)),
            LinkKind(kind),
            str(target),
            str(source),
            str(text),
        )
        for page, x0, y0, x1, y1, kind, target, source, text in rows
    )


def report_to_json(report: SourceReport) -> Json:
    """A report as plain JSON."""
    return {
        "sha256": report.sha256,
        "size": report.size,
        "pages": [
            [p.number, p.label, p.width, p.height, p.rotation, p.place.window and list(p.place.window)]
            for p in report.pages
        ],
        "title": report.title,
        "author": report.author,
        "language": report.language,
        "right_to_left": report.right_to_left,
        "encrypted": report.encrypted,
        "tagged": report.tagged,
        "repaired": report.repaired,
        "outline": outline_to_json(report.outline),
        "modified": report.modified,
        "warnings": list(report.warnings),
    }


def report_from_json(data: Json) -> SourceReport:
    """The reverse of `report_to_json`."""
    return SourceReport(
        sha256=str(data["sha256"]),
        size=int(data["size"]),
        pages=tuple(_shape_from_json(row) for row in data["pages"]),
        title=str(data["title"]),
        author=str(data["author"]),
        language=str(data["language"]),
        right_to_left=bool(data["right_to_left"]),
        encrypted=bool(data["encrypted"]),
        tagged=bool(data["tagged"]),
        repaired=bool(data["repaired"]),
        outline=outline_from_json(data["outline"]),
        modified=str(data["modified"]),
        warnings=tuple(str(warning) for warning in data["warnings"]),
    )


def _shape_from_json(row: list[Any]) -> PageShape:
    number, label, width, height, rotation, window = row
    part = PagePart(int(number), Box(*(float(value) for value in window))) if window else None
    return PageShape(int(number), str(label), float(width), float(height), int(rotation), part)


def outline_to_json(entries: tuple[OutlineEntry, ...]) -> list[Json]:
    """An outline in the shape that the manifest's contents have."""
    return [
        {"title": entry.title, "page": entry.page, "children": outline_to_json(entry.children)} for entry in entries
    ]


def outline_from_json(rows: list[Json]) -> tuple[OutlineEntry, ...]:
    """The reverse of `outline_to_json`."""
    return tuple(OutlineEntry(str(row["title"]), int(row["page"]), outline_from_json(row["children"])) for row in rows)
