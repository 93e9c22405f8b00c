"""Sandboxed processes at work on the pages of one PDF: one thread drives one process, page 1 comes first.

A process that dies or hangs takes one page with it: it is started again, the page is tried once more with its
smaller pictures only, then with the smallest, and then recorded as failed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from masthead.document.errors import MastheadError, ReaderProcessError, TooLargeError
from masthead.document.geometry import Box
from masthead.document.structure import Link, LinkKind, PageFailure, PagePart, SourceReport
from masthead.document.text import PageLines
from masthead.edition import crossing
from masthead.edition.arranging import ENTRY, arranged_report
from masthead.edition.failures import MALFORMED_TEXT, picture_failure, text_failure
from masthead.edition.imposition import READ_SHEETS, Imposition, imposition_of, may_be_imposed
from masthead.edition.options import BuildOptions
from masthead.edition.spreads import is_bound_right, split_spreads
from masthead.pdf.sandbox import Reply, Sandbox
from masthead.pictures.encoding import READING_WIDTH
from masthead.recognition.scan import Scan, scan_of

Outcome = TypeVar("Outcome")
_FULL = 0.6
"""Share of its memory at which a process is replaced: PDFium keeps fonts and pictures of all the pages it has seen."""


@dataclass(frozen=True, slots=True)
class PagePictures:
    """A page's pictures as they came out of the process: (nominal, width, height) and the bytes of each."""

    number: int
    sizes: tuple[tuple[int, int, int], ...] = ()
    files: tuple[bytes, ...] = ()
    colour: str = ""


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page's lines and link annotations."""

    lines: PageLines
    links: tuple[Link, ...]


class Workforce:
    """A set of sandboxed processes that all have the same PDF open. Close it, or use it as a context."""

    def __init__(self, pdf: Path, options: BuildOptions) -> None:
        self._pdf = pdf.resolve()
        self._options = options
        self._idle: SimpleQueue[Sandbox] = SimpleQueue()
        self._all: list[Sandbox] = []
        self._lock = threading.Lock()
        self._places: dict[int, PagePart] = {}
        self._first_of_sheet: dict[int, int] = {}

    def __enter__(self) -> Workforce:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """End every process; safe to call twice."""
        with self._lock:
            for sandbox in self._all:
                sandbox.close()
            self._all.clear()

    def open(self) -> SourceReport:
        """Open the PDF and say what it holds; raises one of the documented errors."""
        if self._pdf.is_file() and self._pdf.stat().st_size > self._options.max_file_mb << 20:
            raise TooLargeError(f"the limit is {self._options.max_file_mb} MB")
        report = self._worked(self._opened, report=True)
        found = self._options.arranged
        if found is not None:
            report = arranged_report(report, found, self._options)
        else:
            report = split_spreads(report, self._options, self._imposition(report))
        if len(report.pages) > self._options.max_pages:
            raise TooLargeError(f"{len(report.pages)} pages; the limit is {self._options.max_pages}")
        self._places = {shape.number: shape.place for shape in report.pages}
        for shape in reversed(report.pages):
            self._first_of_sheet[shape.place.sheet] = shape.number
        return report

    def _imposition(self, report: SourceReport) -> Imposition | None:
        """What lies on sheets that may each hold two pages, if their folios tell it."""
        if self._options.spreads == "keep" or not may_be_imposed(report):
            return None
        self._places = {shape.number: shape.place for shape in report.pages}
        sheets = []
        for shape in report.pages[:READ_SHEETS]:
            content = read_page(self, shape.number)
            if not isinstance(content, PageContent):
                return None
            sheets.append(content.lines)
        return imposition_of(sheets, len(report.pages), right_to_left=is_bound_right(report, self._options))

    def source(self) -> bytes:
        """The PDF decrypted and repaired, the same bytes each time."""
        return self._asked({"do": "source"}, self._options.open_seconds).blobs[0]

    def survey(self) -> dict[str, Any]:
        """What a look at the PDF tells before anything is drawn, as `masthead.pdf.preflight` says it."""
        found: dict[str, Any] = self._asked({"do": "survey"}, self._options.open_seconds).header["survey"]
        return found

    def _opened(self, sandbox: Sandbox, header: dict[str, Any]) -> SourceReport:
        if sandbox.resident_mb > _FULL / 2 * self._options.limits.memory_mb:
            sandbox.close()  # the structure of a long document stays in memory, and no page needs it
        return crossing.report_from_json(header["report"])

    def _asked(self, message: dict[str, Any], seconds: float, *, again: bool = True) -> Reply:
        """The answer; see `_worked`."""
        return self._worked(lambda sandbox, _: sandbox.request(message, seconds=seconds), again=again)

    def _about_page(self, do: str, page: int, *, again: bool = True, **more: object) -> Reply:
        message = _message(do, self._places.get(page, PagePart(page)), page=page, **more)
        return self._asked(message, self._options.page_seconds, again=again)

    def _worked(
        self, work: Callable[[Sandbox, dict[str, Any]], Outcome], *, report: bool = False, again: bool = True
    ) -> Outcome:
        """What the work of a process comes to; of a second one where the first ended, and of no third.

        A process may also be ended by the system, which has no memory left: while it starts that is no fault of what
        is asked. Where `again` is not wanted, the caller has something better to try than the same work.
        """
        is_at_work = False
        try:
            with self._process(report) as (sandbox, header):
                is_at_work = True
                return work(sandbox, header)
        except ReaderProcessError:
            if is_at_work and not again:
                raise
        with self._process(report) as (sandbox, header):
            return work(sandbox, header)

    def tile(self, place: PagePart, width: int, box: Sequence[float]) -> bytes:
        """WebP of the part `box` (points) of the page that lies at `place`, drawn `width` pixels wide."""
        message = _message("tile", place, width=width, box=list(box))
        return self._asked(message, self._options.page_seconds).blobs[0]

    def cover(self, page: int, width: int) -> bytes:
        """JPEG of the page in a nominal width, for link previews."""
        return self.cover_of(self._places.get(page, PagePart(page)), width)

    def cover_of(self, place: PagePart, width: int) -> bytes:
        """JPEG of the page that lies at `place`."""
        message = _message("cover", place, width=width)
        return self._asked(message, self._options.page_seconds).blobs[0]

    def pictures(self, page: int, widths: Sequence[int]) -> PagePictures:
        """The page's pictures in the widths asked for; a caller whose process ended asks for fewer."""
        return _pictures(page, self._about_page("pictures", page, again=False, widths=list(widths)))

    def content(self, page: int) -> PageContent:
        """The page's lines and links."""
        header = self._about_page("text", page).header
        links = tuple(self._to_page(link) for link in crossing.links_from_json(header["links"]))
        return PageContent(crossing.lines_from_json(header["lines"]), links)

    def _to_page(self, link: Link) -> Link:
        """A link to a sheet of the PDF leads to the first page on it."""
        if link.kind is not LinkKind.PAGE or not link.target.isdecimal():
            return link
        return replace(link, target=str(self._first_of_sheet.get(int(link.target), 0)))

    def figures(self, page: int, boxes: Sequence[Box]) -> list[tuple[tuple[int, int], bytes]]:
        """Pictures of parts of a page: size in pixels and WebP of each."""
        reply = self._about_page("figures", page, boxes=[list(box) for box in boxes])
        sizes = [(int(width), int(height)) for width, height in reply.header["sizes"]]
        return list(zip(sizes, reply.blobs, strict=True))

    def scan(self, page: int) -> Scan | None:
        """The page as a picture for the recognition of characters; None where it is blank."""
        reply = self._about_page("scan", page)
        if not reply.blobs:
            return None
        return scan_of(reply.blobs[0], float(reply.header["scale"]), float(reply.header["skew"]))

    def each(self, jobs: Sequence[Callable[[], None]]) -> None:
        """Run the jobs in order, as many at once as there are processes; the first exception is raised at the end."""
        with ThreadPoolExecutor(self._options.workers, thread_name_prefix="page") as pool:
            futures = [pool.submit(job) for job in jobs]
            try:
                for future in as_completed(futures):
                    future.result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                self.close()
                raise

    @contextmanager
    def _process(self, report: bool = False) -> Iterator[tuple[Sandbox, dict[str, Any]]]:
        """An idle process with the PDF open; one that died or has grown too large is not used again."""
        header: dict[str, Any] = {}
        sandbox = self._take_idle()
        if sandbox is None:
            sandbox, header = self._start(report)
        try:
            yield sandbox, header
        finally:
            if sandbox.is_alive and sandbox.resident_mb < _FULL * self._options.limits.memory_mb:
                self._idle.put(sandbox)
            else:
                sandbox.close()

    def _take_idle(self) -> Sandbox | None:
        try:
            return self._idle.get_nowait()
        except Empty:  # another thread was quicker
            return None

    def _start(self, report: bool) -> tuple[Sandbox, dict[str, Any]]:
        sandbox = Sandbox(ENTRY, self._options.limits, [self._pdf])
        with self._lock:
            self._all.append(sandbox)
        message = {
            "do": "open",
            "path": str(self._pdf),
            "password": self._options.password,
            "report": report,
            "trim": self._options.trim,
            "tags": self._options.tags,
        }
        try:
            return sandbox, sandbox.request(message, seconds=self._options.open_seconds).header
        except BaseException:
            sandbox.close()
            raise


def _message(do: str, place: PagePart, **more: object) -> dict[str, Any]:
    window = list(place.window) if place.window else None
    return {"do": do, "sheet": place.sheet, "window": window, **more}


def _pictures(page: int, reply: Reply) -> PagePictures:
    sizes = tuple((int(a), int(b), int(c)) for a, b, c in reply.header["sizes"])
    return PagePictures(
        number=page,
        sizes=sizes,
        files=reply.blobs[: len(sizes)],
        colour=str(reply.header.get("colour", "")),
    )


def draw_page(workforce: Workforce, page: int, widths: Sequence[int]) -> tuple[PagePictures | None, PageFailure | None]:
    """The page's pictures in as many of the widths as can be made, and why not in all of them.

    The fewer and the smaller, the less memory and time: first all are tried, then those for reading, then the least.
    """
    failure = None
    for attempt in _fewer_and_fewer(sorted(widths)):
        try:
            return workforce.pictures(page, attempt), failure
        except MastheadError as error:
            failure = picture_failure(page, error)
    return None, failure


def _fewer_and_fewer(widths: list[int]) -> Iterator[list[int]]:
    yield widths
    reading = [width for width in widths if width <= READING_WIDTH]
    if reading and reading != widths:
        yield reading
    yield widths[:1]


def read_page(workforce: Workforce, page: int) -> PageContent | PageFailure:
    """The page's lines and links, or why not; tried twice, as a failure may be another page's."""
    for _ in range(2):
        try:
            return workforce.content(page)
        except ReaderProcessError as error:
            return text_failure(page, error.code)  # a second process was at it already
        except MastheadError as error:
            failure = text_failure(page, error.code)
        except (ValueError, TypeError, KeyError):
            failure = text_failure(page, MALFORMED_TEXT)
    return failure
