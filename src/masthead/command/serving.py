"""Serves an edition folder, or a PDF while it is being converted, until it is told to stop."""

from __future__ import annotations

import hashlib
import os
import sys
import threading
import webbrowser
from dataclasses import dataclass
from pathlib import Path

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from masthead.command.conversion import options_from_settings
from masthead.command.progress import BuildProgress
from masthead.command.web_process import bound
from masthead.config.folder_site import FOLDER_VARIABLE
from masthead.config.settings import Settings, load_settings
from masthead.document.errors import EditionInvalidError, FileMissingError
from masthead.edition.folder import is_edition, read_edition
from masthead.edition.growing import Conversion

_THREADS = 8


@dataclass(frozen=True, slots=True)
class PdfChoices:
    """What was chosen for a PDF that is served while it is converted."""

    password: str = ""
    title: str = ""
    languages: str = ""  # of pages read from their pictures, separated by commas
    recognise: bool = True


def serve_source(source: Path, choices: PdfChoices, *, host: str | None, port: int | None, open_browser: bool) -> None:
    """Serve `source` (an edition folder or a PDF) until interrupted; raises MastheadError before it starts."""
    settings = load_settings()
    address, number = host or settings.host, free_port(host or settings.host, settings.port if port is None else port)
    if not source.exists():
        raise FileMissingError(str(source))
    if source.is_dir():
        if not is_edition(source):
            raise EditionInvalidError(str(source))
        read_edition(source)
        folder = source.resolve()
    else:
        folder = _converted(source, settings, choices)
    url = f"http://{f'[{address}]' if ':' in address else address}:{number}/"
    click.echo(f"Read it at {url}\nStop with Ctrl-C.")
    sys.stdout.flush()
    if open_browser:
        threading.Timer(1.0, webbrowser.open, [url]).start()
    os.environ[FOLDER_VARIABLE] = str(folder)
    Granian(
        "masthead.config.folder_site:make_application",
        address=address,
        port=number,
        interface=Interfaces.WSGI,
        factory=True,
        workers=1,
        blocking_threads=_THREADS,
        log_level=LogLevels.error,
        websockets=False,
    ).serve()


def _converted(pdf: Path, settings: Settings, choices: PdfChoices) -> Path:
    """The folder in which the PDF's edition is or grows; returns when its first page can be read."""
    with pdf.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    digest.update(choices.title.encode())
    if choices.languages or not choices.recognise:
        digest.update(f"\0{choices.languages}\0{choices.recognise}".encode())
    folder = settings.cache / "editions" / digest.hexdigest()[:24]
    if is_edition(folder):
        return folder
    options = options_from_settings(
        settings,
        password=choices.password,
        title=choices.title,
        recognise=choices.recognise,
        languages=choices.languages,
    )
    progress = BuildProgress(pdf.name)
    conversion = Conversion(pdf, folder, options, progress)
    conversion.start()
    conversion.ready.wait()
    if conversion.error is not None:
        raise conversion.error
    return folder


def free_port(host: str, port: int) -> int:
    """The port if nobody listens on it, a free one for 0."""
    with bound(host, port) as probe:
        number: int = probe.getsockname()[1]
        return number
