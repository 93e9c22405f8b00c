"""Draws small pages that are still read wrongly, so that the documentation can show them; nothing of the corpus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pikepdf

_SIZE = (420, 300)  # points
_SENTENCES = (
    "The lamp stood over the bar",
    "for sixty years before it was",
    "moved to the harbour, where it",
    "is seen by all who come in.",
)


def draw(path: Path) -> None:
    """A PDF of three pages: hours with a text to each, contents with numbers aside, a box beside a table."""
    pdf = pikepdf.new()
    faces = {"F1": "/Helvetica", "F2": "/Helvetica-Bold"}
    fonts = pikepdf.Dictionary(
        {
            f"/{name}": pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Font,
                    Subtype=pikepdf.Name.Type1,
                    BaseFont=pikepdf.Name(face),
                    Encoding=pikepdf.Name.WinAnsiEncoding,
                )
            )
            for name, face in faces.items()
        }
    )
    for content in (_hours(), _contents(), _box_beside_table()):
        page = pdf.add_blank_page(page_size=_SIZE)
        page.Resources = pikepdf.Dictionary(Font=fonts)
        page.Contents = pdf.make_stream("\n".join(content).encode("cp1252"))
    pdf.save(path)


def _text(x: float, y: float, text: str, size: float = 9, face: str = "F1") -> str:
    """Text whose base line lies `y` points under the top."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{face} {size} Tf {x} {_SIZE[1] - y} Td ({escaped}) Tj ET"


def _lines(x: float, y: float, rows: Sequence[str], step: float = 12) -> list[str]:
    return [_text(x, y + index * step, row) for index, row in enumerate(rows)]


def _fill(x: float, y: float, width: float, height: float, grey: float) -> str:
    return f"{grey} g {x} {_SIZE[1] - y - height} {width} {height} re f 0 g"


def _hours() -> list[str]:
    hours = ("6:30 a.m.", "8:00 a.m.", "Noon:", "1 p.m.", "4:15 p.m.")
    duties = (
        ("The lamp is put out and the lenses", "are covered against the sun"),
        ("Oil and wicks are counted",),
        ("The glass is washed with vinegar", "on both sides of the lantern"),
        ("A letter to the board is written",),
        ("The weight of the clockwork is wound",),
    )
    out = [_text(40, 50, "A day in the lamp room", 18, "F2"), *_lines(40, 76, ("What does a keeper do all day?",))]
    y = 100.0
    for hour, rows in zip(hours, duties, strict=True):
        out += [_text(92 - 4.6 * len(hour), y, hour), *_lines(104, y, rows)]
        y += 12 * len(rows) + 6
    return [*out, *_lines(40, y + 10, _SENTENCES)]


def _contents() -> list[str]:
    entries = (
        ("4", "A lamp left on", ""),
        ("6", "Soundings: news from the edge", "of the land, ANN LEE"),
        ("12", "How to hear fog", "BOB ROE"),
        ("18", "Seven moons over Harwick, and", "what the tide brought, CY DOE"),
    )
    out = [_text(40, 50, "Contents", 20, "F2")]
    for index, (number, first, second) in enumerate(entries):
        y = 90 + 40 * index
        out.append(_text(120, y, first, 11, "F2"))
        if second:
            out.append(_text(120, y + 13, second, 8))
        out.append(_text(84, y + (6 if second else 0), number, 11, "F2"))
    return out


def _box_beside_table() -> list[str]:
    out = [_fill(30, 40, 130, 180, 0.85), _text(40, 58, "Becoming a keeper", 10, "F2")]
    told = (
        "The next course for those",
        "who would keep a light",
        "begins in October. Write",
        "to the board if you want",
    )
    out += _lines(40, 76, (*told, "to be there.", "A place costs nothing."), 15)
    out += [_text(180, 58, "Where the courses are held", 10, "F2")]
    for index, (town, keeper, day) in enumerate(
        (
            ("Harwick", "Ann Lee", "16.09."),
            ("Souter", "Bob Roe", "23.09."),
            ("Reef", "Cy Doe", "29.09."),
            ("Farne", "Di Fox", "13.10."),
            ("Coquet", "Ed Gee", "25.10."),
            ("Bell", "Flo Hay", "26.10."),
        )
    ):
        y = 76 + 15 * index
        if index % 2:
            out.append(_fill(176, y - 10, 214, 14, 0.93))
        out += [_text(180, y, town), _text(260, y, keeper), _text(350, y, day)]
    return out
