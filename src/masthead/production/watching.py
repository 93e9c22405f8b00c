"""The watched folder: a PDF laid into the folder of a publication becomes an edition, in the name of one of the staff.

`fathom/November 2026.pdf` is the issue "November 2026" of the publication whose address is fathom. The file is then
moved to `done/fathom/`, or to `failed/fathom/` beside a text that says why. It is converted, not published.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import time
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from masthead.document.errors import FileMissingError, MastheadError
from masthead.library.selectors import Edition
from masthead.production.errors import WatchedFolderError
from masthead.production.handing_over import hand_over, person_named, publication_named

log = logging.getLogger("masthead.watching")
DONE, FAILED = "done", "failed"
_QUIET_SECONDS = 3.0  # a file that did not change so long is whole
_REASON = ".txt"


class WatchedFolder:
    """Looks again and again; knows how each file was when it was looked at last."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen: dict[Path, tuple[tuple[int, int], float]] = {}

    def look(self) -> list[Path]:
        """Hand over what lies there and has not changed for a while; gives where it lies afterwards."""
        if not self._root.is_dir():
            return []
        moved = []
        files = sorted(path for path in self._root.glob("*/*") if path.suffix.lower() == ".pdf" and path.is_file())
        files += sorted(path for path in self._root.glob("*") if path.suffix.lower() == ".pdf" and path.is_file())
        for file in files:
            if file.parent.name not in (DONE, FAILED) and self._is_whole(file):
                self._seen.pop(file, None)
                moved.append(self._take(file))
        self._seen = {path: seen for path, seen in self._seen.items() if path in files}
        return moved

    def _is_whole(self, file: Path) -> bool:
        """Whether nobody is writing to it any more, as far as it can be told."""
        try:
            now = file.stat()
        except OSError:
            return False
        state, moment = (now.st_size, now.st_mtime_ns), time.monotonic()
        before, since = self._seen.get(file, (None, moment))
        if before != state:
            self._seen[file] = (state, moment)
            return False
        return moment - since >= _QUIET_SECONDS

    def _take(self, file: Path) -> Path:
        try:
            edition = self._hand_over(file)
        except MastheadError as error:
            log.warning("%s was not taken: %s (%s)", file, error.code, error.detail)
            return self._put_away(file, FAILED, f"{error.sentence} {error.detail}\n{error.hint} [{error.code}]\n")
        log.info("%s is edition %s", file, edition.pk)
        return self._put_away(file, DONE, "")

    def _hand_over(self, file: Path) -> Edition:
        person = person_named(settings.MASTHEAD.watched_by)
        if file.parent == self._root:
            raise WatchedFolderError(file.name)
        publication = publication_named(person, file.parent.name, WatchedFolderError)
        if file.is_symlink():
            raise FileMissingError("a link is not followed")
        return hand_over(by=person, publication=publication, file=file)

    def _put_away(self, file: Path, where: str, reason: str) -> Path:
        """Move it, beside a text if there is a reason; a file of the same name that lies there keeps its place."""
        folder = self._root / where / (file.parent.name if file.parent != self._root else "")
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / file.name
        if target.exists():
            target = folder / f"{file.stem} {timezone.now():%Y%m%dT%H%M%S%f}{file.suffix}"
        if reason:
            target.with_suffix(_REASON).write_text(reason, encoding="utf-8")
        with contextlib.suppress(FileNotFoundError):
            shutil.move(file, target)
        return target
