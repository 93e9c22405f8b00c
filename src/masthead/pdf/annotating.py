"""Writes a reader's annotations into a copy of a PDF, as annotations that PDF programs show; in the sandboxed process.

Highlights, text notes and ink are those of ISO 32000-1, 12.5.6; each brings its own appearance, because not every
program draws one. Bookmarks become entries of the outline.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from masthead.document.errors import PdfDamagedError

_PIN = 18.0  # points: the side of a note's sign
_PRINTED = 4  # the flag of annotations that are printed too; ISO 32000-1, 12.5.3
_COLOURS = {
    "yellow": (1.0, 0.82, 0.0),
    "green": (0.41, 0.8, 0.31),
    "blue": (0.27, 0.65, 1.0),
    "pink": (1.0, 0.41, 0.71),
    "black": (0.11, 0.11, 0.09),
    "red": (0.78, 0.16, 0.12),
}
_INKS = {"blue": (0.08, 0.38, 0.69), "green": (0.17, 0.48, 0.11)}  # darker than highlights of the same name


class _Space(NamedTuple):
    """From points of the page as it is shown, from the top left, to the PDF's own user space."""

    left: float
    bottom: float
    width: float
    height: float
    rotation: int
    unit: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The same point in user space."""
        x, y = x / self.unit, y / self.unit
        across, down = {
            90: (y, self.height - x),
            180: (self.width - x, self.height - y),
            270: (self.width - y, x),
        }.get(self.rotation, (x, y))
        return round(self.left + across, 2), round(self.bottom + self.height - down, 2)

    def rectangle(self, box: Sequence[float]) -> tuple[float, float, float, float]:
        """The box around two corners."""
        (ax, ay), (bx, by) = self.point(box[0], box[1]), self.point(box[2], box[3])
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


class Annotator:
    """Opens a PDF, takes marks in portions, answers the copy."""

    def __init__(self) -> None:
        self._pdf: pikepdf.Pdf | None = None
        self._bookmarks: list[tuple[str, int]] = []
        self._places: dict[int, int] = {}

    def handle(self, message: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        """`open` with `path` and the `sheets` that stay; `add` with `marks`; `save` with the `title` of bookmarks."""
        if message["do"] == "open":
            self._open(Path(message["path"]), message["sheets"])
        elif message["do"] == "add":
            for mark in message["marks"]:
                self._add(mark)
        else:
            return {}, [self._saved(str(message.get("title", "")))]
        return {}, []

    def _open(self, path: Path, sheets: list[int]) -> None:
        try:
            source = pikepdf.open(path)
        except (pikepdf.PdfError, RuntimeError, ValueError) as error:
            raise PdfDamagedError(str(error)) from error
        self._places = {sheet: at for at, sheet in enumerate(sheets)}
        if sheets == list(range(1, len(source.pages) + 1)):
            self._pdf = source
            return
        # Only what may be read goes into a new file: no outline, tags or attachments that speak of other pages.
        self._pdf = pikepdf.Pdf.new()
        for sheet in sheets:
            self._pdf.pages.append(source.pages[sheet - 1])
        for page in self._pdf.pages:
            for name in ("/StructParents", "/AF", "/Metadata", "/PieceInfo"):
                if name in page.obj:
                    del page.obj[name]

    def _add(self, mark: dict[str, Any]) -> None:
        pdf = self._document()
        if mark["sheet"] not in self._places:
            return
        number = self._places[mark["sheet"]]
        page = pdf.pages[number]
        space = _space(page)
        if mark["kind"] == "bookmark":
            self._bookmarks.append((mark["text"], number))
            return
        made = {"highlight": _highlight, "note": _note, "drawing": _ink}[mark["kind"]](pdf, space, mark)
        made.update({"/NM": String(mark["name"]), "/F": _PRINTED, "/P": page.obj})
        if mark.get("text"):
            made["/Contents"] = String(mark["text"])
        if mark.get("changed"):
            made["/M"] = String(mark["changed"])
        if "/Annots" not in page.obj or not isinstance(page.obj["/Annots"], Array):
            page.obj["/Annots"] = Array([])
        page.obj["/Annots"].append(pdf.make_indirect(Dictionary(made)))

    def _saved(self, title: str) -> bytes:
        pdf = self._document()
        if self._bookmarks:
            with pdf.open_outline() as outline:
                group = OutlineItem(title, self._bookmarks[0][1])
                group.children.extend(OutlineItem(text, number) for text, number in self._bookmarks)
                outline.root.append(group)
        buffer = io.BytesIO()
        pdf.save(buffer)
        return buffer.getvalue()

    def _document(self) -> pikepdf.Pdf:
        if self._pdf is None:
            raise PdfDamagedError("no PDF is open")
        return self._pdf


def _space(page: pikepdf.Page) -> _Space:
    x0, y0, x1, y1 = (float(value) for value in page.cropbox.as_list())
    rotation = int(page.obj.get("/Rotate", _inherited(page, "/Rotate"))) % 360
    unit = float(page.obj.get("/UserUnit", 1))
    return _Space(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0), rotation, unit or 1.0)


def _inherited(page: pikepdf.Page, name: str) -> int:
    """An attribute that pages take from the nodes above them."""
    node = page.obj.get("/Parent")
    for _ in range(40):
        if node is None:
            return 0
        if name in node:
            return int(node[name])
        node = node.get("/Parent")
    return 0


def _highlight(pdf: pikepdf.Pdf, space: _Space, mark: dict[str, Any]) -> dict[str, Any]:
    colour = _COLOURS[mark["colour"]]
    boxes = [space.rectangle(box) for box in mark["boxes"]]
    quads = [value for x0, y0, x1, y1 in boxes for value in (x0, y1, x1, y1, x0, y0, x1, y0)]
    rect = _around(boxes)
    drawn = "".join(f"{x0:.2f} {y0:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f\n" for x0, y0, x1, y1 in boxes)
    content = f"/G gs {_said(colour)} rg\n{drawn}"
    states = Dictionary(G=Dictionary(Type=Name.ExtGState, BM=Name.Multiply, ca=0.45))
    return {
        **_shared("/Highlight", rect, colour),
        "/QuadPoints": Array(quads),
        "/CA": 0.45,
        "/AP": Dictionary(N=_form(pdf, rect, content, states)),
    }


def _note(pdf: pikepdf.Pdf, space: _Space, mark: dict[str, Any]) -> dict[str, Any]:
    x, y = space.point(*mark["at"])
    rect = (x - _PIN / 2, y - _PIN / 2, x + _PIN / 2, y + _PIN / 2)
    left, bottom = rect[0] + 1, rect[1] + 1
    side = _PIN - 2
    lines = "".join(
        f"{left + 4:.2f} {bottom + side * part:.2f} m {left + side - 4:.2f} {bottom + side * part:.2f} l S\n"
        for part in (0.3, 0.5, 0.7)
    )
    content = f"1 0.88 0.4 rg 0.48 0.36 0 RG 1.2 w {left:.2f} {bottom:.2f} {side:.2f} {side:.2f} re B\n{lines}"
    return {
        **_shared("/Text", rect, _COLOURS["yellow"]),
        "/Name": Name.Note,
        "/Open": False,
        "/AP": Dictionary(N=_form(pdf, rect, content, None)),
    }


def _ink(pdf: pikepdf.Pdf, space: _Space, mark: dict[str, Any]) -> dict[str, Any]:
    colour = _INKS.get(mark["colour"], _COLOURS[mark["colour"]])
    width = max(0.3, mark["width"] / space.unit)
    lines = [[space.point(x, y) for x, y in zip(line[::2], line[1::2], strict=True)] for line in mark["lines"]]
    every = [point for line in lines for point in line]
    rect = _around([(x - width, y - width, x + width, y + width) for x, y in every])
    drawn = "".join(_path(line) for line in lines)
    content = f"{_said(colour)} RG {width:.2f} w 1 J 1 j\n{drawn}"
    return {
        **_shared("/Ink", rect, colour),
        "/InkList": Array([Array([value for point in line for value in point]) for line in lines]),
        "/BS": Dictionary(W=width, S=Name.S),
        "/AP": Dictionary(N=_form(pdf, rect, content, None)),
    }


def _path(points: list[tuple[float, float]]) -> str:
    (x, y), *rest = points
    ends = rest or [(x + 0.01, y)]  # a dot
    return f"{x:.2f} {y:.2f} m " + "".join(f"{bx:.2f} {by:.2f} l " for bx, by in ends) + "S\n"


def _shared(kind: str, rect: Sequence[float], colour: Sequence[float]) -> dict[str, Any]:
    return {"/Type": Name.Annot, "/Subtype": Name(kind), "/Rect": Array(list(rect)), "/C": Array(list(colour))}


def _form(pdf: pikepdf.Pdf, rect: Sequence[float], content: str, states: Dictionary | None) -> pikepdf.Object:
    """An appearance in the page's own coordinates."""
    form = pdf.make_stream(content.encode("ascii"))
    form.update(
        {
            "/Type": Name.XObject,
            "/Subtype": Name.Form,
            "/BBox": Array(list(rect)),
            "/Resources": Dictionary(ExtGState=states) if states is not None else Dictionary(),
        }
    )
    return form


def _around(boxes: Sequence[Sequence[float]]) -> tuple[float, float, float, float]:
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


def _said(colour: Sequence[float]) -> str:
    return " ".join(f"{value:.2f}" for value in colour)
