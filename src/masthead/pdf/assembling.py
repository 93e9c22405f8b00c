"""Puts sheets of PDFs together as one: for an edition whose pages were moved, removed or replaced. In the sandbox."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from masthead.document.errors import PdfDamagedError


def assembled(files: Sequence[tuple[Path, str]], order: Sequence[tuple[int, int]], labels: Sequence[str]) -> bytes:
    """A PDF of sheets in an order, without encryption; the same bytes for the same files.

    `files` are paths with passwords, `order` names each sheet by its file's index and its number from 1 on, and no
    sheet twice; outline and tags are those of the first file. `labels` are the printed numbers, "" where there is none.
    """
    try:
        with pikepdf.open(files[0][0], password=files[0][1]) as whole:
            own = list(whole.pages)
            wanted = []
            for file, sheet in order:
                if file == 0:
                    wanted.append(own[sheet - 1])
                    continue
                path, password = files[file]
                with pikepdf.open(path, password=password) as other:
                    whole.pages.append(other.pages[sheet - 1])
                wanted.append(whole.pages[-1])
            del whole.pages[:]
            for page in wanted:
                whole.pages.append(page)
            whole.Root.PageLabels = _labels(labels)
            buffer = io.BytesIO()
            whole.save(buffer, deterministic_id=True, encryption=False)
            return buffer.getvalue()
    except (pikepdf.PdfError, RuntimeError, ValueError, IndexError) as error:
        raise PdfDamagedError(f"its pages could not be put together: {type(error).__name__}") from error


def _labels(labels: Sequence[str]) -> Dictionary:
    """Each page with its own label; one without has its number (ISO 32000-1, 12.4.2)."""
    rows = Array([])
    for at, label in enumerate(labels):
        rows.append(at)
        rows.append(Dictionary(P=String(label)) if label else Dictionary(S=Name.D, St=at + 1))
    return Dictionary(Nums=rows)
