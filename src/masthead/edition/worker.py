"""What runs inside the sandboxed process: opens one PDF and answers what the build asks of it, page by page."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

from masthead.document.geometry import Box
from masthead.document.structure import PagePart
from masthead.edition import crossing
from masthead.layout.lines import page_lines
from masthead.pdf import assembling, glyphs, links, opening, parts, preflight, rendering, report
from masthead.pdf.flatness import is_flat
from masthead.pdf.tags import TagReader
from masthead.pictures import encoding, flat, scanning, skew

_COLLECTOR = 20_000, 20, 20  # objects made until the collector looks for cycles, and its older generations

Message = dict[str, Any]
Answer = tuple[dict[str, Any], list[bytes]]


class PageWorker:
    """Keeps one PDF open and serves requests on it, such as `open`, `pictures`, `text`, `tile` and `figures`."""

    def __init__(self) -> None:
        self._opened: opening.OpenedPdf | None = None
        self._tags: TagReader | None = None

    def handle(self, message: Message) -> Answer:
        """Answer one request; failures raise MastheadError and cross as data."""
        match message["do"]:
            case "open":
                return self._open(message)
            case "pictures":
                return self._pictures(_part(message), [int(width) for width in message["widths"]])
            case "cover":
                return self._cover(_part(message), int(message["width"]))
            case "text":
                return self._text(_part(message), int(message["page"]))
            case "tile":
                return self._tile(_part(message), int(message["width"]), _box(message["box"]))
            case "figures":
                return self._figures(_part(message), [_box(values) for values in message["boxes"]])
            case "scan":
                return self._scan(_part(message))
            case "survey":
                return {"survey": preflight.survey(self._pdf)}, []
            case "assemble":
                return self._assemble(message)
            case "source":
                return {}, [self._pdf.normalised_bytes()]
        raise ValueError(f"unknown request {message['do']!r}")

    @property
    def _pdf(self) -> opening.OpenedPdf:
        if self._opened is None:
            raise ValueError("no PDF is open")
        return self._opened

    def _open(self, message: Message) -> Answer:
        self._opened = opening.open_pdf(Path(message["path"]), str(message.get("password", "")))
        self._tags = TagReader(self._opened) if message.get("tags", True) else None
        if not message.get("report", True):
            return {}, []
        found = report.read_report(self._opened, trim=bool(message.get("trim", False)))
        return {"report": crossing.report_to_json(found)}, []

    def _assemble(self, message: Message) -> Answer:
        """One PDF of sheets of several; printed numbers are those of the first."""
        files = [(Path(path), str(password)) for path, password in message["files"]]
        order = [(int(file), int(sheet)) for file, sheet in message["order"]]
        labels = [self._pdf.document.get_page_label(sheet - 1) if file == 0 else "" for file, sheet in order]
        return {}, [assembling.assembled(files, order, labels)]

    def _pictures(self, part: PagePart, widths: list[int]) -> Answer:
        """All pictures of a page in one visit, so that PDFium decodes the page's images once."""
        sizes: list[list[int]] = []
        blobs: list[bytes] = []
        answer: dict[str, Any] = {"sizes": sizes}
        with self._pdf.held_page(part.sheet) as sheet, self._pdf.page(part.sheet) as page:
            may_be_flat, levels = is_flat(page), None
            for nominal in widths:
                raster = self._draw(part, sheet, nominal)
                picture = encoding.picture_from_pixels(*raster)
                sizes.append([nominal, raster.width, raster.height])
                if may_be_flat and nominal >= encoding.READING_WIDTH:
                    may_be_flat, levels = False, flat.levels_of(picture)
                blobs.append(flat.encode_page(picture, nominal, levels))
                if nominal == min(encoding.PAGE_WIDTHS):
                    answer["colour"] = encoding.mean_colour(picture)
        return answer, blobs

    def _cover(self, part: PagePart, nominal: int) -> Answer:
        with self._pdf.held_page(part.sheet) as sheet:
            picture = encoding.picture_from_pixels(*self._draw(part, sheet, nominal))
        return {}, [encoding.encode_cover(picture)]

    def _draw(self, part: PagePart, sheet: tuple[float, float], nominal: int) -> rendering.Raster:
        """The page in a nominal width; `sheet` is the size of its sheet in points."""
        width, height = _size(part, sheet)
        scale = encoding.real_width(nominal, width, height) / width
        return rendering.render(self._pdf, part.sheet, sheet[0] * scale, part.window)

    def _text(self, part: PagePart, number: int) -> Answer:
        with self._pdf.held_page(part.sheet), self._pdf.page(part.sheet) as sheet:
            found = parts.links_of_part(links.page_links(self._pdf, part.sheet), number, part.window)
            text = parts.text_of_part(glyphs.page_text(sheet, part.sheet, self._tags), number, part.window)
        return {"lines": crossing.lines_to_json(page_lines(text)), "links": crossing.links_to_json(found)}, []

    def _tile(self, part: PagePart, width: int, box: Box) -> Answer:
        """The part `box` (points) of a page drawn `width` pixels wide."""
        with self._pdf.held_page(part.sheet) as sheet:
            scale = width / _size(part, sheet)[0]
            raster = rendering.render(self._pdf, part.sheet, sheet[0] * scale, parts.on_sheet(box, part.window))
        picture = encoding.picture_from_pixels(*raster)
        return {"size": [raster.width, raster.height]}, [encoding.encode_webp(picture, 0)]

    def _figures(self, part: PagePart, boxes: list[Box]) -> Answer:
        """Parts of a page, boxes in points, in one visit, so that PDFium decodes the page's images once."""
        sizes: list[list[int]] = []
        blobs: list[bytes] = []
        with self._pdf.held_page(part.sheet) as (sheet_width, _):
            for box in boxes:
                width = max(1.0, sheet_width * encoding.figure_scale(box.width, box.height))
                raster = rendering.render(self._pdf, part.sheet, width, parts.on_sheet(box, part.window))
                sizes.append([raster.width, raster.height])
                blobs.append(encoding.encode_figure(encoding.picture_from_pixels(*raster)))
        return {"sizes": sizes}, blobs

    def _scan(self, part: PagePart) -> Answer:
        """The page laid straight for the recognition of characters, with its pixels a point and how it lay.

        There is no picture where the page is blank.
        """
        with self._pdf.held_page(part.sheet) as sheet:
            scale = scanning.scan_scale(*_size(part, sheet))
            raster = rendering.render(self._pdf, part.sheet, sheet[0] * scale, part.window, grey=True)
        picture = encoding.picture_from_pixels(*raster)
        if not scanning.has_ink(picture):
            return {"scale": scale, "skew": 0.0}, []
        angle = skew.skew_of(picture)
        straight = skew.straightened(picture, angle) if angle else picture
        return {"scale": scale, "skew": angle}, [scanning.encode_scan(straight)]


def _box(values: list[float]) -> Box:
    return Box(*(float(value) for value in values))


def _part(message: Message) -> PagePart:
    window = message.get("window")
    return PagePart(int(message["sheet"]), _box(window) if window else None)


def _size(part: PagePart, sheet: tuple[float, float]) -> tuple[float, float]:
    """Width and height of the page in points."""
    return (part.window.width, part.window.height) if part.window else sheet


def create() -> PageWorker:
    """Entry of the sandboxed process.

    A page is hundreds of thousands of small objects without a cycle: the collector would look through them in vain.
    """
    gc.set_threshold(*_COLLECTOR)
    return PageWorker()
