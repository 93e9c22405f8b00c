"""Turns settings and what was typed into the options of a build."""

from __future__ import annotations

from masthead.config.settings import Settings
from masthead.edition.options import BuildOptions, Spreads
from masthead.pdf.sandbox import Limits
from masthead.pictures.encoding import PAGE_WIDTHS


def options_from_settings(
    settings: Settings,
    *,
    password: str = "",
    title: str = "",
    language: str = "",
    direction: str = "",
    spreads: Spreads = "auto",
    trim: bool = True,
    keep_source: bool = True,
    tags: bool = True,
    recognise: bool = True,
    languages: str = "",
    workers: int | None = None,
    widths: tuple[int, ...] = PAGE_WIDTHS,
) -> BuildOptions:
    """What was typed wins over the environment."""
    return BuildOptions(
        password=password,
        title=title,
        language=language,
        direction=direction,
        spreads=spreads,
        trim=trim,
        keep_source=keep_source,
        widths=widths,
        tags=tags,
        recognise=recognise,
        languages=tuple(name for part in languages.split(",") if (name := part.strip())),
        tesseract=settings.tesseract,
        recognition_seconds=settings.recognition_seconds,
        recognition_memory_mb=settings.recognition_memory_mb,
        workers=workers or settings.workers,
        page_seconds=settings.page_seconds,
        max_file_mb=settings.max_file_mb,
        max_pages=settings.max_pages,
        limits=Limits(memory_mb=settings.memory_mb),
    )
