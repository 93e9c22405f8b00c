"""Finishes the PDF that Typst made: page labels as printed, form fields where the pages left room for them."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

Note = dict[str, Any]


def finish(made: io.BytesIO, notes: list[Note], target: Path) -> None:
    """Write the finished PDF; the same bytes each time."""
    with Pdf.open(made) as pdf:
        cover, numbers = Dictionary(P=String("Cover")), Dictionary(S=Name.D, St=2)
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, cover, 1, numbers]))
        _add_form(pdf, notes)
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _add_form(pdf: Pdf, notes: list[Note]) -> None:
    fields = Array()
    for note in notes:
        page = pdf.pages[note["page"] - 1]
        top = float(page.mediabox[3]) - note["y"]
        box = [note["x"], top - note["height"], note["x"] + note["width"], top]
        widget = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            T=String(note["name"]),
            Rect=Array([round(side, 2) for side in box]),
            F=4,
            P=page.obj,
        )
        if note["kind"] == "tick":
            _make_tick(pdf, widget, note)
        else:
            _make_text(pdf, widget, note)
        field = pdf.make_indirect(widget)
        fields.append(field)
        page.obj.Annots = Array([*page.obj.get("/Annots", Array()), field])
    helvetica = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    pdf.Root.AcroForm = Dictionary(
        Fields=fields, DR=Dictionary(Font=Dictionary(Helv=helvetica)), DA=String("/Helv 10 Tf 0 g")
    )


def _make_text(pdf: Pdf, widget: Dictionary, note: Note) -> None:
    widget.FT = Name.Tx
    widget.DA = String("/Helv 10 Tf 0 g")
    widget.Ff = 4096 if note["height"] > 60 else 0  # several lines
    widget.AP = Dictionary(N=_appearance(pdf, note, b""))


def _make_tick(pdf: Pdf, widget: Dictionary, note: Note) -> None:
    wide, tall = note["width"], note["height"]
    right, top = f"{wide - 2.4:.2f}", f"{tall - 2.4:.2f}"
    cross = f"0.09 0.14 0.18 RG 1.4 w 2.4 2.4 m {right} {top} l S 2.4 {top} m {right} 2.4 l S"
    widget.FT = Name.Btn
    widget.V = Name.Off
    widget.AS = Name.Off
    widget.AP = Dictionary(N=Dictionary(Yes=_appearance(pdf, note, cross.encode()), Off=_appearance(pdf, note, b"")))


def _appearance(pdf: Pdf, note: Note, content: bytes) -> pikepdf.Stream:
    box = Array([0, 0, round(note["width"], 2), round(note["height"], 2)])
    return pdf.make_stream(content, Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=box))
