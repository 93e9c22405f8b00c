"""What a person may choose about a build, and what they hear while it runs."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from masthead.document.corrections import PagePiece
from masthead.document.structure import PageFailure, SourceReport
from masthead.document.template import TemplateRule
from masthead.edition.correcting.applying import Numbered, Outcome
from masthead.pdf.sandbox import Limits
from masthead.pictures.encoding import PAGE_WIDTHS
from masthead.recognition.engine import COMMAND

Spreads = Literal["auto", "split", "keep"]
"""Split where it is clear that wide pages are spreads, split all wide pages, or keep every page as it is."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """Pages of a PDF that was put together anew; `sha256` and `size` are those of the PDF that was handed over."""

    sha256: str
    size: int  # bytes
    pieces: tuple[PagePiece, ...]  # their sheets are those of the PDF that was put together


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """Choices of one build. Empty strings mean: take what the PDF says."""

    password: str = ""
    title: str = ""
    language: str = ""  # BCP 47
    direction: str = ""  # "ltr" or "rtl"
    spreads: Spreads = "auto"  # what becomes of two pages saved as one wide one
    trim: bool = True  # cut sheets to the finished page where the PDF says it (TrimBox)
    tags: bool = True  # let the tags of a tagged PDF tell order and roles where they are good
    recognise: bool = True  # read pages without text of their own from their picture
    languages: tuple[str, ...] = ()  # of pages so read, as BCP 47 or by Tesseract's names; empty: found out
    tesseract: str = COMMAND  # its path or name
    recognition_seconds: float = 240.0  # for one page
    recognition_memory_mb: int = 1024
    keep_source: bool = True  # keep the PDF in the folder, for sharp tiles at zoom and for download
    widths: tuple[int, ...] = PAGE_WIDTHS
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    open_seconds: float = 60.0
    page_seconds: float = 60.0
    max_file_mb: int = 2048
    max_pages: int = 10_000
    limits: Limits = field(default_factory=Limits)
    corrections: tuple[Numbered, ...] = ()  # the publisher's, in their order
    template: tuple[TemplateRule, ...] = ()  # what corrections of other issues taught
    inserted: Mapping[str, Path] = field(default_factory=dict)  # PDFs of replaced pages, by sha256
    arranged: Arranged | None = None  # set by the build itself
    keep_reading: Path | None = None  # where to keep what was read, so that corrections need not read it again


class Listener(Protocol):
    """Hears how a build goes; called from several threads, one call at a time."""

    def opened(self, report: SourceReport) -> None:
        """The PDF is open: pages and sizes are known."""

    def page_done(self, number: int, failure: PageFailure | None) -> None:
        """A page's pictures are on disk, or it failed."""

    def recognising(self, pages: int) -> None:
        """So many pages are now read from their picture, while the last pages are drawn."""

    def page_recognised(self, number: int) -> None:
        """A page was read from its picture, or could not be."""

    def finishing(self) -> None:
        """The text is being put in order."""

    def corrected(self, outcome: Outcome) -> None:
        """The publisher's corrections were applied, as far as they fit."""


class Silence:
    """A listener that does nothing."""

    def opened(self, report: SourceReport) -> None:
        """Ignore."""

    def page_done(self, number: int, failure: PageFailure | None) -> None:
        """Ignore."""

    def recognising(self, pages: int) -> None:
        """Ignore."""

    def page_recognised(self, number: int) -> None:
        """Ignore."""

    def finishing(self) -> None:
        """Ignore."""

    def corrected(self, outcome: Outcome) -> None:
        """Ignore."""
