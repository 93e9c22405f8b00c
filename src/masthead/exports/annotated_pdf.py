"""A copy of an edition's PDF with a reader's annotations in it: only the pages that the reader may have."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from pathlib import Path
from typing import Any

from masthead.document.structure import PagePart
from masthead.edition.folder import Edition, place_of
from masthead.pdf.sandbox import Limits, Sandbox

Content = dict[str, Any]

_SECONDS = 60.0
_PORTION = 600_000  # characters of marks in one message to the process
_LIMITS = Limits(memory_mb=700, cpu_seconds=120, output_mb=400)


def annotated_pdf(
    edition: Edition,
    source: Path,
    annotations: Sequence[Content],
    readable: Callable[[int], bool],
    *,
    label: Callable[[int], str] = str,
    title: str = "",
    wanted: Container[int] | None = None,
) -> bytes:
    """The PDF. A sheet stays if every page on it is `readable`, and if a page on it is `wanted`, where that is said.

    `label` names a page, `title` the list of bookmarks; `annotations` are by the schema of the room of that name.
    No bytes where no sheet stays. Raises MastheadError.
    """
    places = {page["number"]: place_of(page) for page in edition.manifest["pages"]}
    closed = {place.sheet for number, place in places.items() if not readable(number)}
    asked = {place.sheet for number, place in places.items() if wanted is None or number in wanted}
    sheets = sorted(asked - closed)
    if not sheets:
        return b""
    with Sandbox("masthead.pdf.annotating:Annotator", _LIMITS, [source]) as process:
        process.request({"do": "open", "path": str(source), "sheets": sheets}, seconds=_SECONDS)
        for portion in _portions(_marks(edition, annotations, places, label)):
            process.request({"do": "add", "marks": portion}, seconds=_SECONDS)
        return process.request({"do": "save", "title": title}, seconds=_SECONDS).blobs[0]


def _marks(
    edition: Edition, annotations: Sequence[Content], places: dict[int, PagePart], label: Callable[[int], str]
) -> Iterator[dict[str, Any]]:
    """Annotations as marks on sheets, in points from the top left of the sheet."""
    pages = {page["number"]: page for page in edition.manifest["pages"]}
    for index, content in enumerate(annotations):
        locator = content["locator"]
        shared = {"kind": content["kind"], "name": f"masthead-{index}", "text": content.get("text", "")}
        shared["changed"] = _pdf_date(content["changed"])
        number = locator["page"]
        if number not in pages:
            continue
        on = _Sheet(pages[number], places[number])
        if content["kind"] == "bookmark":
            yield {**shared, "sheet": on.sheet, "text": label(number)}
        elif content["kind"] == "note":
            yield {**shared, "sheet": on.sheet, "at": on.point(*content.get("at", (0.5, 0.5)))}
        elif content["kind"] == "drawing":
            yield from _drawn(content, shared, on)
        else:
            yield from _highlighted(content, shared, pages, places)


def _highlighted(
    content: Content, shared: dict[str, Any], pages: dict[int, Any], places: dict[int, PagePart]
) -> Iterator[dict[str, Any]]:
    for at, place in enumerate(content["locator"]["places"]):
        if place["page"] not in pages or not place["boxes"]:
            continue
        on = _Sheet(pages[place["page"]], places[place["page"]])
        boxes = [[*on.point(x0, y0), *on.point(x1, y1)] for x0, y0, x1, y1 in place["boxes"]]
        own = {"colour": content.get("colour", "yellow"), "boxes": boxes, "sheet": on.sheet}
        yield {**shared, **own, "name": f"{shared['name']}-{at}", "text": shared["text"] if at == 0 else ""}


def _drawn(content: Content, shared: dict[str, Any], on: _Sheet) -> Iterator[dict[str, Any]]:
    for at, stroke in enumerate(content.get("strokes", [])):
        points = stroke["points"]
        line = [value for x, y in zip(points[::3], points[1::3], strict=False) for value in on.point(x, y)]
        if not line:
            continue
        own = {"colour": stroke["colour"], "width": stroke["width"] * on.width, "lines": [line], "sheet": on.sheet}
        yield {**shared, **own, "name": f"{shared['name']}-{at}", "text": shared["text"] if at == 0 else ""}


class _Sheet:
    """Where a page lies on its sheet."""

    def __init__(self, page: dict[str, Any], place: PagePart) -> None:
        self.sheet = place.sheet
        self.width, self.height = page["width"], page["height"]
        self._left, self._top = (place.window.x0, place.window.y0) if place.window else (0.0, 0.0)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """From parts of the page to points of the sheet."""
        return round(self._left + x * self.width, 2), round(self._top + y * self.height, 2)


def _portions(marks: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    portion: list[dict[str, Any]] = []
    size = 0
    for mark in marks:
        weight = len(str(mark))
        if portion and size + weight > _PORTION:
            yield portion
            portion, size = [], 0
        portion.append(mark)
        size += weight
    if portion:
        yield portion


def _pdf_date(moment: str) -> str:
    """2026-11-28T10:00:00Z as PDFs write it; ISO 32000-1, 7.9.4."""
    digits = "".join(sign for sign in moment[:19] if sign.isdigit())
    return f"D:{digits}Z"
