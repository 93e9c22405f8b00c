"""Makes twins of PDFs whose text comes in random order in the content stream, while the page looks the same.

So a tool shows whether it understands the page or repeats the file's order. Text objects that follow each other in the
stream and lie close together are one frame; frames change places, inside a frame the order stays. The structure tree
is taken out, of twins and of the copies that other tools get: some of them follow it, and it is the truth.

PDFium loses the letters of a few pages when it writes them anew, out of the page or behind each other; nobody could
read those twins, so they are left out.
"""

from __future__ import annotations

import ctypes
import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from measures.corpus import KEPT

SEED = 7
_NEXT_LINE = 2.2  # heights between text objects of a frame
_KEPT_LETTERS = 0.6  # share of a page's letters that must stand where they stood; word spacing moves some
_GRID = 4.0  # points: as far as a letter may be from its place
_FRAME_MEMORY = 6  # text objects that say how wide the frame is

Placed = tuple[Any, float, float, float, float]  # a text object, then left, bottom, right, top in points


def twin_of(pdf: Path, seed: int = SEED) -> Path:
    """The twin of a PDF, made once and kept."""
    out = KEPT / f"shuffled-{seed}" / pdf.name
    if not out.exists() or out.stat().st_mtime < pdf.stat().st_mtime:
        out.parent.mkdir(parents=True, exist_ok=True)
        unfinished = out.with_suffix(".part")
        shuffle(pdf, unfinished, seed)
        _without_tags(unfinished, unfinished)
        unfinished.rename(out)
    return out


def untagged_of(pdf: Path) -> Path:
    """A copy of a PDF without its structure tree, made once and kept."""
    out = KEPT / "untagged" / pdf.name
    if not out.exists() or out.stat().st_mtime < pdf.stat().st_mtime:
        out.parent.mkdir(parents=True, exist_ok=True)
        _without_tags(pdf, out)
    return out


def unreadable_pages(pdf: Path, seed: int = SEED) -> frozenset[int]:
    """The pages, from 1, whose letters PDFium lost when it wrote the twin."""
    twin = twin_of(pdf, seed)
    kept = twin.with_suffix(".lost.json")
    if not kept.exists() or kept.stat().st_mtime < twin.stat().st_mtime:
        with pypdfium2.PdfDocument(pdf) as first, pypdfium2.PdfDocument(twin) as second:
            pairs = enumerate(zip(first, second, strict=True), start=1)
            lost = [number for number, (page, other) in pairs if _share_in_place(page, other) < _KEPT_LETTERS]
        kept.write_text(json.dumps(lost), encoding="utf-8")
    return frozenset(json.loads(kept.read_text(encoding="utf-8")))


def _share_in_place(page: pypdfium2.PdfPage, other: pypdfium2.PdfPage) -> float:
    places, found = _places(page), _places(other)
    return (places & found).total() / places.total() if places else 1.0


def _places(page: pypdfium2.PdfPage) -> Counter[tuple[int, int]]:
    text = page.get_textpage()
    boxes = [text.get_charbox(index) for index in range(text.count_chars())]
    return Counter((round(box[0] / _GRID), round(box[1] / _GRID)) for box in boxes if box[2] > box[0])


def _without_tags(pdf: Path, out: Path) -> None:
    with pikepdf.open(pdf, allow_overwriting_input=pdf == out) as opened:
        for key in ("/StructTreeRoot", "/MarkInfo"):
            if key in opened.Root:
                del opened.Root[key]
        opened.save(out)


def shuffle(pdf: Path, out: Path, seed: int) -> None:
    """Write the twin of `pdf`."""
    chance = random.Random(seed)
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        frames = _frames(_texts(page.raw))
        chance.shuffle(frames)
        for frame in frames:
            for thing, *_ in frame:
                if pdfium.FPDFPage_RemoveObject(page.raw, thing):
                    pdfium.FPDFPage_InsertObject(page.raw, thing)
        pdfium.FPDFPage_GenerateContent(page.raw)
    document.save(out)


def _texts(page: Any) -> list[Placed]:
    found = []
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        thing = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_TEXT:
            edges = [ctypes.c_float() for _ in range(4)]
            pdfium.FPDFPageObj_GetBounds(thing, *edges)
            left, bottom, right, top = (edge.value for edge in edges)
            found.append((thing, left, bottom, right, top))
    return found


def _frames(texts: Sequence[Placed]) -> list[list[Placed]]:
    frames: list[list[Placed]] = []
    for text in texts:
        if frames and _is_next(frames[-1], text):
            frames[-1].append(text)
        else:
            frames.append([text])
    return frames


def _is_next(frame: Sequence[Placed], text: Placed) -> bool:
    _, left, bottom, right, top = text
    _, _, last_bottom, _, last_top = frame[-1]
    height = max(last_top - last_bottom, top - bottom, 4)
    recent = frame[-_FRAME_MEMORY:]
    return (
        abs(last_bottom - bottom) < _NEXT_LINE * height
        and left < max(placed[3] for placed in recent) + 2 * height
        and right > min(placed[1] for placed in recent) - 2 * height
    )
