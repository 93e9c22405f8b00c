"""What runs inside the sandboxed process: opens one PDF and answers what the build asks of it, page by page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from masthead.document.geometry import Box
from masthead.edition import crossing
from masthead.layout.lines import page_lines
from masthead.pdf import glyphs, links, opening, rendering, report
from masthead.pdf.tags import TagReader
from masthead.pictures import encoding

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
                return self._pictures(int(message["page"]), [int(width) for width in message["widths"]])
            case "cover":
                return self._cover(int(message["page"]), int(message["width"]))
            case "text":
                return self._text(int(message["page"]))
            case "tile":
                return self._tile(message)
            case "figures":
                return self._figures(int(message["page"]), message["boxes"])
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
        return {"report": crossing.report_to_json(report.read_report(self._opened))}, []

    def _pictures(self, page: int, widths: list[int]) -> Answer:
        """All pictures of a page in one visit, so that PDFium decodes the page's images once."""
        sizes: list[list[int]] = []
        blobs: list[bytes] = []
        answer: dict[str, Any] = {"sizes": sizes}
        with self._pdf.held_page(page) as (page_width, page_height):
            for nominal in widths:
                width = encoding.real_width(nominal, page_width, page_height)
                raster = rendering.render(self._pdf, page, width)
                picture = encoding.picture_from_pixels(*raster)
                sizes.append([nominal, raster.width, raster.height])
                blobs.append(encoding.encode_webp(picture, nominal))
                if nominal == min(encoding.PAGE_WIDTHS):
                    answer["colour"] = encoding.mean_colour(picture)
        return answer, blobs

    def _cover(self, page: int, nominal: int) -> Answer:
        with self._pdf.page(page) as loaded:
            width = encoding.real_width(nominal, *loaded.get_size())
        picture = encoding.picture_from_pixels(*rendering.render(self._pdf, page, width))
        return {}, [encoding.encode_cover(picture)]

    def _text(self, page: int) -> Answer:
        found = links.page_links(self._pdf, page)
        lines = page_lines(glyphs.page_text(self._pdf.document, page, self._tags))
        return {"lines": crossing.lines_to_json(lines), "links": crossing.links_to_json(found)}, []

    def _tile(self, message: Message) -> Answer:
        """One tile of a page drawn `width` pixels wide; `box` in points."""
        clip = Box(*(float(value) for value in message["box"]))
        raster = rendering.render(self._pdf, int(message["page"]), int(message["width"]), clip)
        picture = encoding.picture_from_pixels(*raster)
        return {"size": [raster.width, raster.height]}, [encoding.encode_webp(picture, 0)]

    def _figures(self, page: int, boxes: list[list[float]]) -> Answer:
        """Parts of a page, boxes in points, in one visit, so that PDFium decodes the page's images once."""
        sizes: list[list[int]] = []
        blobs: list[bytes] = []
        with self._pdf.held_page(page) as (page_width, _):
            for values in boxes:
                box = Box(*(float(value) for value in values))
                scale = encoding.figure_scale(box.width, box.height)
                raster = rendering.render(self._pdf, page, max(1, round(page_width * scale)), box)
                sizes.append([raster.width, raster.height])
                blobs.append(encoding.encode_figure(encoding.picture_from_pixels(*raster)))
        return {"sizes": sizes}, blobs


def create() -> PageWorker:
    """Entry of the sandboxed process."""
    return PageWorker()
