"""Where an edition is written, and what stands around it there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from masthead.document.overlays import NOTHING, Laid
from masthead.exports.frame.belonging import Belonging
from masthead.exports.frame.presentation import PLAIN, Presentation

BRAND = "brand/"  # the folder with what a publication wears


@dataclass(frozen=True, slots=True)
class Dress:
    """How an edition is shown, and the files that it wears by the names that this says them with."""

    presentation: Presentation = PLAIN
    files: Mapping[str, bytes] = field(default_factory=dict)


UNDRESSED = Dress()


@dataclass(frozen=True, slots=True)
class Place:
    """A folder for an edition. `reader`, `icon`, `brand` and the addresses of `belonging` are relative to it.

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
    presentation: Presentation = PLAIN  # its addresses are names of files in `brand`
    brand: str = BRAND
