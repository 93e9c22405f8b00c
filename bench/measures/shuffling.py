"""Makes twins of PDFs whose text comes in random order in the content stream, while the page looks the same.

So a tool shows whether it understands the page or repeats the file's order. Text objects that follow each other in the
stream and lie close together are one frame; frames change places, inside a frame the order stays. Tags get lost.
"""

from __future__ import annotations

import ctypes
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from measures.corpus import KEPT

SEED = 7
_NEXT_LINE = 2.2  # heights between text objects of a frame
_FRAME_MEMORY = 6  # text objects that say how wide the frame is

Placed = tuple[Any, float, float, float, float]  # a text object, then left, bottom, right, top in points


def twin_of(pdf: Path, seed: int = SEED) -> Path:
    """The twin of a PDF, made once and kept."""
    out = KEPT / f"shuffled-{seed}" / pdf.name
    if not out.exists() or out.stat().st_mtime < pdf.stat().st_mtime:
        out.parent.mkdir(parents=True, exist_ok=True)
        unfinished = out.with_suffix(".part")
        shuffle(pdf, unfinished, seed)
        unfinished.rename(out)
    return out


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
