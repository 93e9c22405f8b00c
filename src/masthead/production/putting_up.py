"""Hands what a conversion draws to the storage page by page, so that a worker on another machine can go on with it."""

from __future__ import annotations

import logging
import queue
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from masthead.edition.build import growing_folder
from masthead.edition.drawn import MEMORY, pictures_in_memory
from masthead.library.build_folders import is_stored, place_here, put_up, put_up_growing, take_over

log = logging.getLogger("masthead.production")
_AT_ONCE = 8  # pictures on their way at the same time


class PuttingUp:
    """Follows one growing folder. Without a storage it does nothing."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._growing = growing_folder(place_here(folder))
        self._pages: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._known: set[str] = set()
        self._thread: threading.Thread | None = None
        if is_stored():
            self._thread = threading.Thread(target=self._follow, name="putting up", daemon=True)
            self._thread.start()

    def page_done(self, number: int) -> None:
        """All pictures of the page are here."""
        if self._thread is not None:
            self._pages.put(number)

    def end(self) -> None:
        """Follow no more: what is on its way arrives."""
        if self._thread is not None:
            self._pages.put(None)
            self._thread.join()
            self._thread = None

    def whole(self) -> None:
        """The folder is finished: hand over what is missing, the manifest last; raises what the storage raises."""
        self.end()
        put_up(self._folder, self._known, forgotten=(MEMORY,))

    def _follow(self) -> None:
        try:
            while (number := self._pages.get()) is not None:
                for file in self._growing.glob(f"pictures/*/{number}.webp"):
                    path = file.relative_to(self._growing).as_posix()
                    put_up_growing(self._folder, path)
                    self._known.add(path)
                if self._pages.qsize() <= 1:
                    put_up_growing(self._folder, MEMORY)
        except FileNotFoundError:  # the folder got its name in this very moment, or is gone
            return
        except Exception:
            # The whole folder is handed over at the end all the same; only going on elsewhere would begin anew.
            log.exception("what is drawn in %s could not be put up", self._folder)


def go_on_from(folder: str, other: str) -> None:
    """Take what another machine has drawn in `folder` over into `other`, as far as the storage has it."""
    if not is_stored() or not take_over(folder, MEMORY, other):
        return
    memory: Path = growing_folder(place_here(other)) / MEMORY
    with suppress(OSError), ThreadPoolExecutor(_AT_ONCE) as hands:
        taken = list(hands.map(lambda path: take_over(folder, path, other), pictures_in_memory(memory)))
        log.info("%s goes on with %s pictures of %s", other, sum(taken), folder)
