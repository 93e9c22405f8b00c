"""Draws text on pages of a PDF, with the truth about it: what belongs together, and in which order it is read.

The pages are real: PDFium opens them and gives the characters with the boxes that it gives for any other file.
"""

from __future__ import annotations

import ctypes
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from pikepdf import Dictionary, Name

FONTS = ("Times-Roman", "Times-Bold", "Times-Italic", "Helvetica", "Helvetica-Bold", "Courier")
ROMAN, BOLD, ITALIC, SANS, SANS_BOLD, MONO = range(len(FONTS))


@dataclass(frozen=True)
class Style:
    """How text is set; sizes and distances in points, `tracking` between letters in ems."""

    font: int = ROMAN
    size: float = 10.0
    leading: float = 12.0
    align: str = "justify"  # or "left", "right", "centre"
    tracking: float = 0.0
    indent: float = 0.0
    grey: float = 0.0


@dataclass(frozen=True)
class Piece:
    """One text of the truth: `thread` says in which story it is read, "" what only has to be in one piece."""

    kind: str  # "text", "heading", "float", "furniture"
    text: str
    thread: str = ""


@dataclass
class Sheet:
    """A page that is being drawn; y runs down."""

    width: float
    height: float
    spaces: str = "spaces"  # how words are parted: "spaces", or by their places alone: "words", "letters", "kerned"
    frames: list[list[str]] = field(default_factory=list)  # content, by frame: what a program writes in one go
    shapes: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    def frame(self) -> None:
        """What comes now is written in a frame of its own."""
        self.frames.append([])

    def fill(self, x: float, y: float, width: float, height: float, grey: float = 0.88) -> None:
        """A grey rectangle behind the text."""
        self.shapes.append(f"{grey:.2f} g {x:.2f} {self.height - y - height:.2f} {width:.2f} {height:.2f} re f")

    def rule(self, x: float, y: float, width: float, weight: float = 0.6) -> None:
        """A line from left to right."""
        self.shapes.append(f"0 g {x:.2f} {self.height - y:.2f} {width:.2f} {weight:.2f} re f")

    def line(self, words: Sequence[str], x: float, y: float, style: Style, *, room: float = 0.0, turn: int = 0) -> None:
        """Words on the base line `y`; with `room` their spaces are stretched to fill that many points."""
        text = " ".join(words)
        spacing = 0.0
        if room and len(words) > 1:
            spacing = (room - width_of(text, style)) / (len(words) - 1)
        if not self.frames:
            self.frame()
        matrix = {0: "1 0 0 1", 90: "0 1 -1 0", 270: "0 -1 1 0"}[turn]
        start = f"BT {style.grey:.2f} g /F{style.font} {style.size:.2f} Tf"
        if turn or self.spaces == "spaces":
            self.frames[-1].append(
                f"{start} {style.tracking * style.size:.3f} Tc {spacing:.3f} Tw"
                f" {matrix} {x:.2f} {self.height - y:.2f} Tm ({_escaped(text)}) Tj ET"
            )
            return
        blank = width_of(" ", style) + spacing
        if self.spaces == "kerned":
            gap = -1000 * blank / style.size
            parts = f" {gap:.1f} ".join(f"({_escaped(word)})" for word in words)
            tracking = f"{style.tracking * style.size:.3f} Tc 0 Tw"
            self.frames[-1].append(f"{start} {tracking} 1 0 0 1 {x:.2f} {self.height - y:.2f} Tm [{parts}] TJ ET")
            return
        for word in words:
            for part in word if self.spaces == "letters" else [word]:
                self.frames[-1].append(
                    f"{start} {style.tracking * style.size:.3f} Tc 0 Tw"
                    f" 1 0 0 1 {x:.2f} {self.height - y:.2f} Tm ({_escaped(part)}) Tj ET"
                )
                x += width_of(part, style)
            x += blank

    def content(self, chance: random.Random | None) -> bytes:
        """The content stream; with `chance` the frames come in any order."""
        frames = list(self.frames)
        if chance is not None:
            chance.shuffle(frames)
        return "\n".join([*self.shapes, *("\n".join(frame) for frame in frames)]).encode("cp1252")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def save(sheets: Sequence[Sheet], path: Path, shuffled: random.Random | None = None) -> None:
    """Write the sheets as a PDF."""
    with pikepdf.new() as pdf:
        fonts = Dictionary()
        for number, name in enumerate(FONTS):
            font = Dictionary(
                Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/" + name), Encoding=Name.WinAnsiEncoding
            )
            fonts[f"/F{number}"] = pdf.make_indirect(font)
        for sheet in sheets:
            page = pdf.add_blank_page(page_size=(sheet.width, sheet.height))
            page.Resources = Dictionary(Font=fonts)
            page.Contents = pdf.make_stream(sheet.content(shuffled))
        pdf.save(path, deterministic_id=True)


def width_of(text: str, style: Style) -> float:
    """The width of a text in points, as PDFium draws it."""
    return sum(_advance(style.font, char) for char in text) * style.size + style.tracking * style.size * len(text)


@cache
def _advance(font: int, char: str) -> float:
    """In ems."""
    width = ctypes.c_float()
    pdfium.FPDFFont_GetGlyphWidth(_font(font), ord(char), 1000.0, width)
    return width.value / 1000


@cache
def _font(number: int) -> object:
    return pdfium.FPDFText_LoadStandardFont(_document().raw, FONTS[number].encode())


@cache
def _document() -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument.new()
