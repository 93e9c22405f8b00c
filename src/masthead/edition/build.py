"""The table of contents of a conversion: a PDF becomes an edition folder.

    arrange  the pages, if the publisher moved or removed some      (`arranging`)
    open     the PDF in a separate process: pages, labels, outline (`workforce`)
    draw     each page's pictures, page 1 first                     (`workforce`)
    read     each page's lines and links                            (`workforce`)
    look     at pages without text, and read their pictures         (`recognising`)
    learn    what the whole document says, in which order           (`layout`)
    draw     the figures found                                      (`figures`)
    correct  what the publisher corrected                           (`correcting`)
    write    words, text, articles, search, contents                (`fragments`, `article_files`, `page_files`)
    seal     the inventory and the manifest, which name the build   (`seal`)

The folder appears under its name only when it is whole.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from masthead.document.errors import MastheadError, NoPageReadableError, OutputExistsError, OutputFailedError
from masthead.document.structure import Link, PageFailure
from masthead.document.text import Font, PageLines
from masthead.edition.arranging import arranged
from masthead.edition.correcting.learning import with_sections
from masthead.edition.drawn import DrawnPages
from masthead.edition.failures import SOURCE_NOT_KEPT, missing_pictures
from masthead.edition.figures import draw_figures
from masthead.edition.folder import COVER, MANIFEST, SOURCE, Edition, figure_path, is_edition, read_edition
from masthead.edition.kept import Kept, keep
from masthead.edition.manifest import BuildState, PageState, manifest_of, title_of
from masthead.edition.options import BuildOptions, Listener, Silence
from masthead.edition.page_files import to_bytes
from masthead.edition.recognising import recognise
from masthead.edition.seal import seal
from masthead.edition.texts import correct, write_texts
from masthead.edition.workforce import PageContent, Workforce, draw_page, read_page
from masthead.edition.writing import write_file, write_text_files
from masthead.layout.contents import contents_from_headings
from masthead.layout.language import detect_language
from masthead.layout.reading import read
from masthead.layout.template import Template
from masthead.pictures.encoding import READING_WIDTH
from masthead.recognition.scan import put_back

_DRAWN_BESIDE = 16  # pages at the end, about as long to draw as two are to be recognised


def build(
    pdf: Path,
    out: Path,
    options: BuildOptions | None = None,
    listener: Listener | None = None,
    *,
    resume: bool = False,
) -> Edition:
    """Make the edition folder `out` from the file `pdf`; an edition that is already there is replaced when done.

    Raises one of the documented errors (`masthead.document.errors`); nothing is left behind then. A page that
    fails is recorded in the manifest and does not stop the build, unless all do. With `resume`, pages that an
    interrupted build has drawn in the growing folder are taken over, and an exception of the listener leaves
    that folder for the next time.
    """
    if out.exists() and not is_edition(out) and (not out.is_dir() or any(out.iterdir())):
        raise OutputExistsError(str(out))
    work = growing_folder(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        build_in(work, pdf, options or BuildOptions(), listener or Silence(), resume=resume)
        put_in_place(work, out)
    except OSError as error:
        shutil.rmtree(work, ignore_errors=True)
        raise OutputFailedError(str(error)) from error
    except BaseException as error:
        if isinstance(error, MastheadError) or not resume:
            shutil.rmtree(work, ignore_errors=True)
        raise
    return read_edition(out)


def growing_folder(out: Path) -> Path:
    """Where the edition grows before it gets its name `out`."""
    return out.parent / f".{out.name}.building"


def build_in(work: Path, pdf: Path, options: BuildOptions, listener: Listener, *, resume: bool = False) -> None:
    """Build inside the folder `work`, which holds a growing edition that can already be read (status "building")."""
    if not resume:
        shutil.rmtree(work, ignore_errors=True)
    work.mkdir(exist_ok=True)
    with arranged(pdf, options, work) as (source, chosen), Workforce(source, chosen) as workforce:
        conversion = _Conversion(work, chosen, listener, workforce, pdf.name)
        conversion.draw_and_recognise()
        conversion.draw_cover()
        if options.keep_source:
            conversion.keep_source(source)
        listener.finishing()
        conversion.understand()
        conversion.draw_figures()
        conversion.correct()
    conversion.write()
    conversion.drawn.forget()
    seal(work, lambda inventory: manifest_of(conversion.state, chosen, inventory))


class _Conversion:
    """One build as it goes on: jobs run in threads and meet here, one at a time."""

    def __init__(
        self, work: Path, options: BuildOptions, listener: Listener, workforce: Workforce, file_name: str
    ) -> None:
        self._work = work
        self._options = options
        self._listener = listener
        self._workforce = workforce
        self._lock = threading.Lock()
        self._contents: dict[int, PageContent] = {}
        report = workforce.open()
        report = replace(report, title=options.title or title_of(report, file_name))
        self.state = BuildState(report, {shape.number: PageState() for shape in report.pages})
        self.state.language = options.language or report.language or "und"
        self.drawn = DrawnPages(work, report, options)
        self._write_growing_manifest()
        listener.opened(report)

    def draw_and_recognise(self) -> None:
        """Pictures and lines of every page, and the words of pages that have none of their own, from their pictures.

        Page 1 can be read before the others begin. The last pages are drawn while words are recognised: that takes
        seconds for each page, and few pages need it, so that the other cores would wait.
        """
        numbers = [shape.number for shape in self.state.report.pages]
        first = [width for width in self._options.widths if width <= READING_WIDTH]
        rest = [width for width in self._options.widths if width > READING_WIDTH]
        jobs = [partial(self._draw, 1, first, last=not rest)] if first else []
        beside: list[partial[None]] = []
        for number in numbers:
            jobs.append(partial(self._read, number))
            widths = self._options.widths if number > 1 or not first else rest
            if widths:
                drawing = partial(self._draw, number, widths, last=True)
                (jobs if number <= len(numbers) - _DRAWN_BESIDE else beside).append(drawing)
        self._workforce.each(jobs)
        self._recognise(beside)
        if not any(page.status == "ready" for page in self.state.pages.values()):
            raise NoPageReadableError(self.state.failures[0].message if self.state.failures else "")

    def draw_cover(self) -> None:
        """The first page that could be drawn, for link previews and shelves; small where only that could be made."""
        for number, page in sorted(self.state.pages.items()):
            made = [nominal for nominal, *_ in page.sizes]
            if made:
                width = max([nominal for nominal in made if nominal <= READING_WIDTH] or made[:1])
                with suppress(MastheadError):
                    write_file(self._work / COVER, self._workforce.cover(number, width))
                    return

    def keep_source(self, pdf: Path) -> None:
        """The PDF decrypted and repaired; where that takes too much and neither was needed, the file as it is."""
        report = self.state.report
        try:
            write_file(self._work / SOURCE, self._workforce.source())
        except MastheadError:
            if report.encrypted or report.repaired:
                self.state.warnings.append(SOURCE_NOT_KEPT)
                return
            shutil.copyfile(pdf, self._work / SOURCE)
        self.state.has_source = True

    def _take_over(self, number: int) -> bool:
        """Whether an interrupted build has drawn the page."""
        found = self.drawn.find(number)
        if found is not None:
            page = self.state.pages[number]
            page.sizes, page.colour = found
            page.status = "ready"
        return found is not None

    def _draw(self, number: int, widths: tuple[int, ...] | list[int], *, last: bool) -> None:
        page = self.state.pages[number]
        if self._take_over(number):
            pictures = failure = None
        else:
            pictures, failure = draw_page(self._workforce, number, widths)
        if pictures is not None:
            for (nominal, *_), data in zip(pictures.sizes, pictures.files, strict=True):
                write_file(self._work / f"pictures/{nominal}/{number}.webp", data)
        with self._lock:
            if pictures is not None:
                page.sizes = tuple(sorted({*page.sizes, *pictures.sizes}))
                page.colour = pictures.colour or page.colour
                page.status = "ready"
            if failure is not None:
                self._note(failure, page)
            if number == 1:
                self._write_growing_manifest()
            if pictures is not None and len(page.sizes) == len(self._options.widths):
                self.drawn.add(number, page.sizes, page.colour)
            if last:
                self._listener.page_done(number, failure if page.status == "failed" else None)

    def _note(self, failure: PageFailure, page: PageState) -> None:
        """A page without any picture has failed; one that lacks only some gets a warning."""
        if page.status == "ready":
            self.state.warnings.append(missing_pictures(failure, page.sizes[-1][0]))
        else:
            page.status = "failed"
            self.state.failures.append(failure)

    def _read(self, number: int) -> None:
        result = read_page(self._workforce, number)
        with self._lock:
            if isinstance(result, PageContent):
                self._contents[number] = result
            else:
                self.state.failures.append(result)
        if number == 1 and isinstance(result, PageContent):
            first = read([result.lines], language=self.state.language)
            shape = self.state.report.pages[0]
            write_text_files(self._work, shape, first.blocks.get(1, ()), result.links)

    def _recognise(self, beside: Sequence[Callable[[], None]]) -> None:
        state = self.state
        pages = [self._contents[number].lines for number in sorted(self._contents)]
        found = recognise(self._workforce, pages, state.language, self._options, self._listener, beside)
        for number, page in found.pages.items():
            self._contents[number] = replace(self._contents[number], lines=page)
        state.recognition = found

    def understand(self) -> None:
        """Reading order, articles and figures over the whole document."""
        state = self.state
        pages: list[PageLines] = [self._contents[number].lines for number in sorted(self._contents)]
        if state.language == "und":
            state.language = detect_language(
                " ".join(word.text for line in page.lines for word in line.words) for page in pages
            )
        template = Template(self._options.template)
        habits = None if self._options.template else state.recognition.habits  # those do not know the template
        text = read(pages, language=state.language, habits=habits, template=template)
        heights = {page.number: page.height for page in pages}
        state.text = with_sections(put_back(text, pages), template, heights, self._fonts)
        state.contents = state.report.outline or contents_from_headings(state.text, state.report.pages)

    def draw_figures(self) -> None:
        """The pictures of the figures; one that cannot be drawn is no figure any more."""
        state = self.state
        state.text, state.figure_sizes, warnings = draw_figures(
            self._workforce, state.text, lambda figure, data: write_file(self._work / figure_path(figure), data)
        )
        state.warnings += warnings

    def correct(self) -> None:
        """Keep what was read, then change it by the publisher's corrections; a cover that was chosen is drawn."""
        state, options = self.state, self._options
        fonts = self._fonts
        if options.keep_reading is not None:
            keep(options.keep_reading, Kept(state, self._annotated, fonts))
        self._listener.corrected(correct(state, options.corrections, fonts))
        if state.cover and (made := [nominal for nominal, *_ in state.pages[state.cover].sizes]):
            width = max([nominal for nominal in made if nominal <= READING_WIDTH] or made[:1])
            with suppress(MastheadError):
                write_file(self._work / COVER, self._workforce.cover(state.cover, width))
                return
        state.cover = 0

    def write(self) -> None:
        """What the pages and the articles say."""
        write_texts(self._work, self.state, self._annotated)

    @property
    def _fonts(self) -> dict[int, tuple[Font, ...]]:
        """The fonts of each page, as words name them."""
        return {number: content.lines.fonts for number, content in self._contents.items()}

    @property
    def _annotated(self) -> dict[int, tuple[Link, ...]]:
        """The links that the PDF draws, by page."""
        return {number: content.links for number, content in self._contents.items()}

    def _write_growing_manifest(self) -> None:
        write_file(self._work / MANIFEST, to_bytes(manifest_of(self.state, self._options, None)))


def put_in_place(work: Path, out: Path) -> None:
    """Give the finished folder its name; an older edition steps aside and goes only after."""
    if not out.exists():
        work.rename(out)
        return
    old = out.parent / f".{out.name}.old-{os.getpid()}"
    out.rename(old)
    work.rename(out)
    shutil.rmtree(old, ignore_errors=True)
