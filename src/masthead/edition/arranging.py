"""Makes the PDF of an edition whose pages the publisher moved, removed, replaced or split, before anything is read.

The pages that are left out are in no file of the edition, neither as a picture nor in the PDF that readers may have.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from masthead.document.corrections import PageArrangement, PagePiece
from masthead.document.structure import OutlineEntry, PageShape, SourceReport
from masthead.edition.options import Arranged, BuildOptions
from masthead.edition.spreads import halves_of, is_bound_right
from masthead.pdf.sandbox import Sandbox

_ENDING = ".arranged.pdf"
ENTRY = "masthead.edition.worker:create"


@contextmanager
def arranged(pdf: Path, options: BuildOptions, work: Path) -> Iterator[tuple[Path, BuildOptions]]:
    """The PDF to build from and the options for it: those given, unless the corrections arrange this PDF's pages."""
    with pdf.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        size = stream.tell()
    wanted = arrangement_for(options, digest)
    if wanted is None or not all(not piece.inserted or piece.inserted in options.inserted for piece in wanted.pages):
        yield pdf, options
        return
    file = work.with_name(work.name + _ENDING)
    try:
        pieces = _assemble(pdf, options, wanted, file)
        found = Arranged(digest, size, pieces)
        yield file, replace(options, password="", arranged=found)
    finally:
        file.unlink(missing_ok=True)


def arrangement_for(options: BuildOptions, sha256: str) -> PageArrangement | None:
    """The last arrangement of a PDF's pages among the corrections."""
    found = None
    for _, correction in options.corrections:
        if isinstance(correction, PageArrangement) and correction.source == sha256:
            found = correction
    return found


def _assemble(pdf: Path, options: BuildOptions, wanted: PageArrangement, file: Path) -> tuple[PagePiece, ...]:
    """Write the PDF; the pieces with their sheets in it."""
    inserted = sorted({piece.inserted for piece in wanted.pages if piece.inserted})
    paths = [pdf.resolve(), *(options.inserted[name].resolve() for name in inserted)]
    sheets: dict[tuple[int, int], int] = {}
    pieces = []
    for piece in wanted.pages:
        place = (inserted.index(piece.inserted) + 1 if piece.inserted else 0, piece.sheet)
        number = sheets.setdefault(place, len(sheets) + 1)
        pieces.append(PagePiece(number, piece.half))
    message = {
        "do": "assemble",
        "files": [[str(path), options.password if path == paths[0] else ""] for path in paths],
        "order": [list(place) for place in sheets],
    }
    with Sandbox(ENTRY, options.limits, paths) as sandbox:
        first = {"do": "open", "path": str(paths[0]), "password": options.password, "report": False}
        sandbox.request(first, seconds=options.open_seconds)
        file.write_bytes(sandbox.request(message, seconds=options.open_seconds).blobs[0])
    return tuple(pieces)


def arranged_report(report: SourceReport, found: Arranged, options: BuildOptions) -> SourceReport:
    """The report of an arranged PDF: its pages as arranged, its hash that of the PDF that was handed over."""
    right_to_left = is_bound_right(report, options)
    pages: list[PageShape] = []
    first: dict[int, int] = {}
    for piece in found.pieces:
        shape = report.pages[piece.sheet - 1]
        number = len(pages) + 1
        first.setdefault(piece.sheet, number)
        if piece.half:
            shape = tuple(halves_of(shape, right_to_left))[0 if piece.half == "first" else 1]
        part = shape.part if shape.part or shape.number == number else shape.place
        pages.append(replace(shape, number=number, part=part))
    return replace(
        report,
        sha256=found.sha256,
        size=found.size,
        pages=tuple(pages),
        outline=_renumbered(report.outline, first),
    )


def _renumbered(entries: tuple[OutlineEntry, ...], first: dict[int, int]) -> tuple[OutlineEntry, ...]:
    """Entries whose page was removed go with it; their children stay."""
    result: list[OutlineEntry] = []
    for entry in entries:
        children = _renumbered(entry.children, first)
        page = first.get(entry.page, 0)
        if page or children:
            result.append(replace(entry, page=page, children=children))
    return tuple(result)
