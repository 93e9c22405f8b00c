"""Reads what a PDF says of itself: page sizes, labels, outline, metadata; runs inside the sandboxed process."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pikepdf
import pypdfium2

from masthead.document.geometry import Box
from masthead.document.structure import OutlineEntry, PagePart, PageShape, SourceReport
from masthead.pdf.opening import OpenedPdf
from masthead.pdf.trimming import trim_window

_MAX_OUTLINE_DEPTH = 6
_MAX_OUTLINE_ENTRIES = 5000
_MAX_TEXT = 500  # characters of a title that anyone reads
_FALLBACK_SIZE = (595.0, 842.0)  # A4, for a page that has no usable size
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
# ISO 32000-1, 7.9.4: D:YYYYMMDDHHmmSSOHH'mm, all but the year may be missing
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([-+Z])(\d\d)?'?(\d\d)?)?")
_FIRST = (1, 1, 1, 0, 0, 0)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def read_report(opened: OpenedPdf, *, trim: bool = False) -> SourceReport:
    """Everything known before a page is drawn. What cannot be read becomes a warning, not an error.

    With `trim` pages are cut to their finished size where the PDF says it.
    """
    warnings: list[str] = []
    document = opened.document
    catalogue = _catalogue(opened, warnings, trim=trim)
    with opened.path.open("rb") as stream:  # not all at once: a PDF may be larger than the memory allowed
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        size = stream.tell()
    return SourceReport(
        sha256=digest,
        size=size,
        pages=_shapes(document, catalogue, warnings),
        title=catalogue.title or clean(document.get_metadata_value("Title")),
        author=catalogue.author or clean(document.get_metadata_value("Author")),
        language=catalogue.language,
        right_to_left=catalogue.right_to_left,
        encrypted=opened.encrypted,
        tagged=catalogue.tagged,
        repaired=opened.repaired,
        outline=_outline(document, len(document), warnings),
        modified=_modified(document),
        warnings=tuple(warnings),
    )


def clean(text: str) -> str:
    """Text of a PDF without control characters and of a bounded length."""
    return " ".join(_CONTROL.sub(" ", text).split())[:_MAX_TEXT]


def _modified(document: pypdfium2.PdfDocument) -> str:
    """The date of the last change, else of creation, in UTC; empty where the PDF says none that exists."""
    for name in ("ModDate", "CreationDate"):
        found = _DATE.match(document.get_metadata_value(name).strip())
        if found is None:
            continue
        parts = [int(part or first) for part, first in zip(found.groups(), _FIRST, strict=False)]
        sign, hours, minutes = found[7] or "+", int(found[8] or 0), int(found[9] or 0)
        ahead = timedelta(hours=hours, minutes=minutes) * (-1 if sign == "-" else 1)
        try:
            moment = datetime(*parts, tzinfo=UTC) - ahead  # type: ignore[arg-type, misc]
        except (ValueError, OverflowError):
            continue
        if moment.year >= 1900:
            return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return ""


class _Catalogue(NamedTuple):
    title: str = ""
    author: str = ""
    language: str = ""
    right_to_left: bool = False
    tagged: bool = False
    rotations: tuple[int, ...] = ()
    windows: tuple[Box | None, ...] = ()


def _shapes(document: pypdfium2.PdfDocument, catalogue: _Catalogue, warnings: list[str]) -> tuple[PageShape, ...]:
    shapes = []
    for index in range(len(document)):
        width, height = _size(document, index)
        if width <= 0 or height <= 0:
            warnings.append(f"Page {index + 1} has no usable size; A4 is assumed.")
            width, height = _FALLBACK_SIZE
        label = clean(document.get_page_label(index)) or str(index + 1)
        rotation = catalogue.rotations[index] if index < len(catalogue.rotations) else 0
        shape = PageShape(index + 1, label, width, height, rotation)
        window = catalogue.windows[index] if index < len(catalogue.windows) else None
        if window is not None:
            part = PagePart(index + 1, window)
            shape = replace(shape, width=window.width, height=window.height, part=part)
        shapes.append(shape)
    if cut := sum(shape.part is not None for shape in shapes):
        warnings.append(f"Pages were cut to their finished size ({cut}): the PDF has bleed or printer's marks.")
    return tuple(shapes)


def _size(document: pypdfium2.PdfDocument, index: int) -> tuple[float, float]:
    try:
        width, height = document.get_page_size(index)
    except pypdfium2.PdfiumError:
        return 0.0, 0.0
    return float(width), float(height)


def _catalogue(opened: OpenedPdf, warnings: list[str], *, trim: bool) -> _Catalogue:
    """Title, author, language, direction, tags and rotations, which PDFium does not tell or only page by page."""
    try:
        with opened.structure() as pdf:
            root = pdf.Root
            language = clean(str(root.get("/Lang", "")))
            preferences = root.get("/ViewerPreferences", pikepdf.Dictionary())
            right_to_left = str(preferences.get("/Direction", "")) == "/R2L"
            marked = bool(root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked", False))
            tagged = marked and "/StructTreeRoot" in root
            title, author = _dublin_core(pdf)
            rotations = tuple(_rotation(page.obj) for page in pdf.pages)
            windows = _windows(opened.document, pdf, rotations) if trim else ()
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, AttributeError, RecursionError) as error:
        warnings.append(f"The document's catalogue could not be read ({type(error).__name__}).")
        return _Catalogue()
    if not _LANGUAGE.fullmatch(language):
        language = ""
    return _Catalogue(title, author, language, right_to_left, tagged, rotations, windows)


def _windows(document: pypdfium2.PdfDocument, pdf: pikepdf.Pdf, rotations: tuple[int, ...]) -> tuple[Box | None, ...]:
    rows = enumerate(zip(pdf.pages, rotations, strict=True))
    return tuple(trim_window(page, rotation, *_size(document, index)) for index, (page, rotation) in rows)


def _rotation(node: pikepdf.Object) -> int:
    """The page's /Rotate, inherited from its parents (ISO 32000-1, 7.7.3.4), as 0, 90, 180 or 270."""
    for _ in range(50):
        value = node.get("/Rotate")
        if value is not None:
            return int(value) % 360 // 90 * 90
        parent = node.get("/Parent")
        if not isinstance(parent, pikepdf.Dictionary):
            return 0
        node = parent
    return 0


def _dublin_core(pdf: pikepdf.Pdf) -> tuple[str, str]:
    try:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            title = metadata.get("dc:title", "")
            creator = metadata.get("dc:creator", "")
    except Exception:
        return "", ""
    names = [creator] if isinstance(creator, str) else [str(name) for name in creator or ()]
    return clean(str(title or "")), clean(", ".join(names))


def _outline(document: pypdfium2.PdfDocument, page_count: int, warnings: list[str]) -> tuple[OutlineEntry, ...]:
    """The bookmarks as a tree; broken ones lead to page 0, endless ones are cut."""
    rows: list[tuple[int, str, int]] = []
    try:
        for bookmark in document.get_toc(max_depth=_MAX_OUTLINE_DEPTH):
            if len(rows) >= _MAX_OUTLINE_ENTRIES:
                warnings.append(f"The outline was cut after {_MAX_OUTLINE_ENTRIES} entries.")
                break
            title = clean(bookmark.get_title())
            destination = bookmark.get_dest()
            index = destination.get_index() if destination is not None else None
            page = index + 1 if index is not None and 0 <= index < page_count else 0
            if title:
                rows.append((int(bookmark.level), title, page))
    except (pypdfium2.PdfiumError, ValueError, UnicodeError, RecursionError):
        warnings.append("The outline could not be read to its end.")
    return _nested(rows, 0, len(rows))


def _nested(rows: list[tuple[int, str, int]], start: int, end: int) -> tuple[OutlineEntry, ...]:
    entries = []
    at = start
    while at < end:
        level, title, page = rows[at]
        stop = at + 1
        while stop < end and rows[stop][0] > level:
            stop += 1
        entries.append(OutlineEntry(title, page, _nested(rows, at + 1, stop)))
        at = stop
    return tuple(entries)
