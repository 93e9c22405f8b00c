"""An edition that can be read while it is being built: the folder it grows in, and the folder it ends in."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from pathlib import Path

from masthead.document.errors import EditionInvalidError, MastheadError
from masthead.document.structure import PageFailure, SourceReport
from masthead.edition.build import build, growing_folder
from masthead.edition.correcting.applying import Outcome
from masthead.edition.folder import Edition, is_edition, read_edition
from masthead.edition.options import BuildOptions, Listener, Silence

_POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class GrowingEdition:
    """Reads an edition wherever it stands now. Works from any process: the disk is all it looks at."""

    folder: Path  # where the edition will be when it is done

    @property
    def is_building(self) -> bool:
        """Whether the build still goes on."""
        return not is_edition(self.folder)

    def edition(self) -> Edition:
        """The edition, finished or not; raises EditionInvalidError if there is neither."""
        for _ in range(3):  # the folder may get its name between two looks
            for path in (self.folder, growing_folder(self.folder)):
                if is_edition(path):
                    try:
                        return read_edition(path)
                    except EditionInvalidError:
                        continue
        return read_edition(self.folder)

    def wait_for(self, path: str, seconds: float) -> Path | None:
        """The file `path` of the edition as soon as it is written, within `seconds`; None if it does not come."""
        deadline = time.monotonic() + seconds
        while True:
            building = self.is_building
            for root in (self.folder, growing_folder(self.folder)):
                if (root / path).is_file():
                    return root / path
            if not building or time.monotonic() > deadline:
                return None
            time.sleep(_POLL_SECONDS)


class Conversion(threading.Thread):
    """A build that goes on beside the server; `ready` is set when the first page can be read, or it failed."""

    def __init__(self, pdf: Path, folder: Path, options: BuildOptions, listener: Listener | None = None) -> None:
        super().__init__(name="conversion", daemon=True)
        self.ready = threading.Event()
        self.error: MastheadError | None = None
        self._pdf = pdf
        self._folder = folder
        self._options = options
        self._listener = listener or Silence()

    def run(self) -> None:
        """Build; an expected failure is kept in `error`."""
        try:
            build(self._pdf, self._folder, self._options, self)
        except MastheadError as error:
            self.error = error
        finally:
            self.ready.set()

    def opened(self, report: SourceReport) -> None:
        """Passed on."""
        self._listener.opened(report)

    def page_done(self, number: int, failure: PageFailure | None) -> None:
        """The first page that is done can be read."""
        self.ready.set()
        self._listener.page_done(number, failure)

    def recognising(self, pages: int) -> None:
        """Passed on."""
        self._listener.recognising(pages)

    def page_recognised(self, number: int) -> None:
        """Passed on."""
        self._listener.page_recognised(number)

    def finishing(self) -> None:
        """Passed on."""
        self._listener.finishing()

    def corrected(self, outcome: Outcome) -> None:
        """Passed on."""
        self._listener.corrected(outcome)
