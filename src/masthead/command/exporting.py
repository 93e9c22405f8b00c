"""Runs the exports that were asked for, from an edition folder or straight from a PDF."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from masthead.command.conversion import options_from_settings
from masthead.command.progress import BuildProgress
from masthead.config.settings import load_settings
from masthead.document.errors import OutputFailedError
from masthead.edition.build import build
from masthead.edition.folder import Edition, read_edition
from masthead.exports.articles.data import write_json
from masthead.exports.articles.markdown import write_markdown
from masthead.exports.articles.text import write_text
from masthead.exports.articles.webpages import write_html
from masthead.exports.epub.book import write_epub
from masthead.pictures.encoding import PAGE_WIDTHS

_WIDTHS = (800, 1200)  # pictures of pages that an export may need: the cover, and pages without words


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where each export goes; None where it is not wanted."""

    epub: Path | None
    text: Path | None
    markdown: Path | None
    html: Path | None
    json: Path | None
    words: bool
    advertisements: bool

    @property
    def targets(self) -> list[Path]:
        """All that will be written."""
        return [path for path in (self.epub, self.text, self.markdown, self.html, self.json) if path]


def export_source(source: Path, wanted: Wanted, *, password: str, language: str) -> Iterator[Path]:
    """Write every export and say so one by one; raises one of the documented errors."""
    with opened_edition(source, password, language) as edition:
        try:
            yield from _write(edition, wanted)
        except OSError as error:
            raise OutputFailedError(str(error)) from error


def _write(edition: Edition, wanted: Wanted) -> Iterator[Path]:
    for path, write in (
        (wanted.epub, write_epub),
        (wanted.text, write_text),
        (wanted.markdown, write_markdown),
        (wanted.html, write_html),
    ):
        if path:
            write(edition, path, advertisements=wanted.advertisements)
            yield path
    if wanted.json:
        write_json(edition, wanted.json, words=wanted.words)
        yield wanted.json


@contextmanager
def opened_edition(source: Path, password: str, language: str, *, whole: bool = False) -> Iterator[Edition]:
    """The folder itself, or one that is built for the exports alone; with all its pictures and the PDF if `whole`."""
    if source.is_dir():
        yield read_edition(source)
        return
    options = options_from_settings(
        load_settings(),
        password=password,
        language=language,
        keep_source=whole,
        widths=PAGE_WIDTHS if whole else _WIDTHS,
    )
    with tempfile.TemporaryDirectory(prefix="masthead-export-") as folder:
        with BuildProgress(source.name) as progress:
            edition = build(source, Path(folder) / "edition", options, progress)
        yield edition
