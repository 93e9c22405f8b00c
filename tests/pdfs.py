"""Small PDFs made in code, for tests: real files that PDFium opens, with text, pictures, links, labels, outline."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

WIDTH, HEIGHT = 400.0, 500.0


def text_at(x: float, top: float, text: str, size: float = 12) -> str:
    """Content that writes `text` with its base line `top` points below the upper edge."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf {x} {HEIGHT - top} Td ({escaped}) Tj ET"


def new_pdf(contents: Sequence[str]) -> pikepdf.Pdf:
    """A PDF with one page for each content stream; Helvetica is /F1."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for content in contents:
        page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        page.Contents = pdf.make_stream(content.encode("latin-1"))
    return pdf


def story_pdf(path: Path, pages: int = 3) -> Path:
    """Pages with a heading, a paragraph with a word broken at a line end, a drawing and a folio."""
    contents = []
    for number in range(1, pages + 1):
        lines = [
            text_at(40, 60, f"Harbour story {number}", 28),
            text_at(40, 110, "The keeper of the light wrote his jour-"),
            text_at(40, 124, "nal every evening before the lamp was lit."),
            text_at(40, 138, "Nobody read it for a hundred years."),
            text_at(200, 480, str(number), 9),
        ]
        contents.append("\n".join(lines) + f"\n0.{number} 0.5 0.7 rg 40 100 320 180 re f")
    with new_pdf(contents) as pdf:
        pdf.docinfo["/Title"] = String("Harbour")
        pdf.Root.Lang = String("en")
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Start", 0))
            outline.root.append(pikepdf.OutlineItem("End", pages - 1))
        labels = Array([0, Dictionary(S=Name("/r")), 1, Dictionary(S=Name("/D"), St=1)])
        pdf.Root.PageLabels = Dictionary(Nums=labels)
        pdf.save(path, deterministic_id=True)
    return path


def add_link(pdf: pikepdf.Pdf, page: int, box: tuple[float, float, float, float], action: Dictionary) -> None:
    """A link annotation; `box` in points with the origin top left of the unrotated page, `action` the /A entry."""
    x0, y0, x1, y1 = box
    annotation = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([x0, HEIGHT - y1, x1, HEIGHT - y0]),
        Border=Array([0, 0, 0]),
        A=action,
    )
    target = pdf.pages[page - 1]
    annotations = target.obj.get("/Annots", Array())
    annotations.append(pdf.make_indirect(annotation))
    target.obj.Annots = annotations


def save_encrypted(source: Path, path: Path, *, user: str, owner: str = "owner") -> Path:
    """A copy of `source` protected with AES-256."""
    with pikepdf.open(source) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user=user, owner=owner, R=6))
    return path
