"""Where an edition is written, and what stands around it there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from masthead.document.overlays import NOTHING, Laid
from masthead.exports.frame.belonging import Belonging


@dataclass(frozen=True, slots=True)
class Place:
    """A folder for an edition. `reader`, `icon` and the addresses of `belonging` are relative to it.

    `base` is its absolute address once it is served; empty where nobody knows that yet.
    """

    folder: Path
    reader: str = "reader/"
    icon: str = "favicon.svg"
    base: str = ""
    with_pdf: bool = True
    belonging: Belonging | None = None
    laid: Laid = NOTHING
    laid_file: Callable[[str], Path | None] = lambda name: None  # where a file that overlays show lies now
