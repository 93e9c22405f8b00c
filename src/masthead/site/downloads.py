"""What leaves the house as a file: the current build as EPUB, text or Markdown, made once; and the PDF."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from masthead import __version__
from masthead.edition.folder import SOURCE
from masthead.edition.folder import Edition as Folder
from masthead.exports.articles.markdown import write_markdown
from masthead.exports.articles.text import write_text
from masthead.exports.epub.book import write_epub
from masthead.faces.failures import failure_response
from masthead.faces.sending import file_response
from masthead.library.reach import reach_of
from masthead.library.selectors import edition_at
from masthead.production.sweeping import EXPORTS
from masthead.site.answering import Served, answer
from masthead.site.reading import open_edition
from masthead.site.source import EditionSource

Write = Callable[[Folder, Path], None]


def _zipped(write: Write) -> Write:
    """Writes the folder that `write` makes as one ZIP file."""

    def packed(edition: Folder, target: Path) -> None:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            write(edition, Path(folder) / "issue")
            made = shutil.make_archive(str(Path(folder) / "issue"), "zip", Path(folder) / "issue")
            Path(made).rename(target)

    return packed


@require_safe
def epub(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The edition as an EPUB book."""
    return _sent(request, publication, slug, "issue.epub", write_epub)


@require_safe
def text(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The edition as plain text, a file an article, zipped."""
    return _sent(request, publication, slug, "text.zip", _zipped(write_text))


@require_safe
def markdown(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The edition as Markdown with its pictures, a file an article, zipped."""
    return _sent(request, publication, slug, "markdown.zip", _zipped(write_markdown))


@require_safe
def pdf(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The PDF of the edition."""

    def send(served: Served) -> HttpResponseBase:
        file = served.source.wait_for(SOURCE, 0) if served.offers_source else None
        if file is None:
            return failure_response(request, HTTPStatus.NOT_FOUND)
        response = file_response(request, file, immutable=False)
        response["Content-Disposition"] = _named(publication, slug, ".pdf")
        return answer(served, response)

    return open_edition(request, publication, slug, None, send)


def _sent(request: HttpRequest, publication: str, slug: str, name: str, write: Write) -> HttpResponseBase:
    def send(served: Served) -> HttpResponseBase:
        edition, folder = edition_at(publication, slug), served.source.edition()
        if not reach_of(edition).books and served.is_public:
            return failure_response(request, HTTPStatus.NOT_FOUND)
        if folder.manifest["status"] != "complete":
            return failure_response(request, HTTPStatus.SERVICE_UNAVAILABLE)
        response = file_response(request, _made(served.source, folder, name, write), immutable=False)
        response["Content-Disposition"] = _named(publication, slug, Path(name).suffix)
        return answer(served, response)

    return open_edition(request, publication, slug, None, send)


def _made(source: EditionSource, folder: Folder, name: str, write: Write) -> Path:
    """The file for this build and this version of the program; others wait while one process writes it."""
    place = settings.MASTHEAD.cache / EXPORTS / f"{folder.build}-{__version__}"
    target: Path = place / name
    if target.is_file():
        with suppress(OSError):
            os.utime(place)  # it is wanted: others make room first
        return target
    place.mkdir(parents=True, exist_ok=True)
    with (place / f".{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.is_file():
            growing = place / f".{name}"
            write(source.whole_edition(), growing)
            growing.rename(target)
    return target


def _named(publication: str, slug: str, ending: str) -> str:
    return content_disposition_header(as_attachment=True, filename=f"{publication}-{slug}{ending}") or ""
