"""Shows on the terminal how a build goes: pages done, pages a second, time left."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from masthead.document.structure import PageFailure, SourceReport
from masthead.edition.correcting.applying import Outcome


class BuildProgress:
    """A listener that draws a bar on standard error; plain silence where that is not a terminal."""

    def __init__(self, name: str) -> None:
        console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("pages"),
            TimeElapsedColumn(),
            TextColumn("left:"),
            TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._task = self._progress.add_task(name, total=None)

    def __enter__(self) -> BuildProgress:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._progress.stop()

    def opened(self, report: SourceReport) -> None:
        """The number of pages is known."""
        self._progress.update(self._task, total=len(report.pages))

    def page_done(self, number: int, failure: PageFailure | None) -> None:
        """One page more."""
        if failure is not None:
            self._progress.console.print(f"Page {number}: {failure.message}", highlight=False, markup=False)
        self._progress.advance(self._task)

    def recognising(self, pages: int) -> None:
        """So many pages are read from their pictures, which takes seconds for each."""
        total = self._progress.tasks[0].total or 0
        self._progress.update(self._task, total=total + pages, description="Recognising text")

    def page_recognised(self, number: int) -> None:
        """One page more."""
        self._progress.advance(self._task)

    def finishing(self) -> None:
        """The text of the whole document is put in order."""
        self._progress.update(self._task, description="Putting the text in order")

    def corrected(self, outcome: Outcome) -> None:
        """Nothing to show."""
