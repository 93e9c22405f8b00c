"""What an edition leaves the house as: its current build as EPUB, text, Markdown or JSON, made once for each build."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from django.conf import settings

from masthead import __version__
from masthead.edition.folder import Edition as Folder
from masthead.exports.articles.data import write_json
from masthead.exports.articles.markdown import write_markdown
from masthead.exports.articles.text import write_text
from masthead.exports.epub.book import write_epub
from masthead.production.sweeping import EXPORTS

Write = Callable[[Folder, Path], None]


def _zipped(write: Write) -> Write:
    """Writes the folder that `write` makes as one ZIP file."""

    def packed(edition: Folder, target: Path) -> None:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            write(edition, Path(folder) / "issue")
            made = shutil.make_archive(str(Path(folder) / "issue"), "zip", Path(folder) / "issue")
            Path(made).rename(target)

    return packed


KINDS: Final[dict[str, Write]] = {
    "issue.epub": write_epub,
    "text.zip": _zipped(write_text),
    "markdown.zip": _zipped(write_markdown),
    "issue.json": write_json,
}


def exported_file(folder: Folder, name: str, *, whole: Callable[[], Folder]) -> Path:
    """The file for this build and this version of the program; others wait while one process writes it.

    `whole` brings the edition with all its files, where they lie in a store.
    """
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
            KINDS[name](whole(), growing)
            growing.rename(target)
    return target
