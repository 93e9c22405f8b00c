"""Makes an edition again after corrections: pictures are those of the build before, words were kept; no PDF is read.

Only a cover that is another page is drawn. Files that stay are the same files on disk where the file system can do it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from masthead.document.errors import MastheadError, OutputExistsError, OutputFailedError
from masthead.edition.build import growing_folder, put_in_place
from masthead.edition.folder import COVER, SOURCE, Edition, read_edition
from masthead.edition.kept import Kept, keep
from masthead.edition.manifest import BuildState, manifest_of
from masthead.edition.options import BuildOptions, Listener, Silence
from masthead.edition.seal import seal
from masthead.edition.texts import correct, write_texts
from masthead.edition.workforce import Workforce
from masthead.edition.writing import write_file
from masthead.pictures.encoding import READING_WIDTH

_TAKEN = ("pictures", "figures")


def rebuild(
    before: Edition,
    kept: Kept,
    out: Path,
    options: BuildOptions,
    listener: Listener | None = None,
) -> Edition:
    """Make the edition folder `out` from what was read for the folder `before`, with the options' corrections.

    Raises OutputExistsError, OutputFailedError, and the documented errors of opening a PDF where a cover is drawn.
    """
    if out.exists():
        raise OutputExistsError(str(out))
    work, heard = growing_folder(out), listener or Silence()
    shutil.rmtree(work, ignore_errors=True)
    try:
        work.mkdir(parents=True)
        _take_over(before.path, work)
        heard.opened(kept.state.report)
        heard.finishing()
        if options.keep_reading is not None:
            keep(options.keep_reading, kept)
        state = kept.state
        heard.corrected(correct(state, options.corrections, kept.fonts))
        _cover(before, work, state, options)
        write_texts(work, state, kept.links)
        seal(work, lambda inventory: manifest_of(state, options, inventory))
        put_in_place(work, out)
    except OSError as error:
        shutil.rmtree(work, ignore_errors=True)
        raise OutputFailedError(str(error)) from error
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return read_edition(out)


def _take_over(before: Path, work: Path) -> None:
    for name in _TAKEN:
        for file in _files(before / name):
            _same(file, work / file.relative_to(before))
    if (before / SOURCE).is_file():
        _same(before / SOURCE, work / SOURCE)


def _files(folder: Path) -> Iterable[Path]:
    return (file for file in folder.rglob("*") if file.is_file())


def _same(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file, target)
    except OSError:  # another disk, or a file system without links
        shutil.copyfile(file, target)


def _cover(before: Edition, work: Path, state: BuildState, options: BuildOptions) -> None:
    """The cover of before, unless it shows another page."""
    was = int(before.manifest["pictures"].get("cover_page", 0))
    source = before.path / SOURCE
    if was == state.cover or not source.is_file():
        state.cover = was
        _same(before.path / COVER, work / COVER)
        return
    ready = (number for number, page in sorted(state.pages.items()) if page.sizes)
    number = state.cover if state.cover in state.pages else next(ready)
    widths = [nominal for nominal, *_ in state.pages[number].sizes]
    width = max([nominal for nominal in widths if nominal <= READING_WIDTH] or widths[:1] or [READING_WIDTH])
    try:
        with Workforce(source, options) as workforce:
            write_file(work / COVER, workforce.cover_of(state.report.pages[number - 1].place, width))
    except MastheadError:
        state.cover = was
        _same(before.path / COVER, work / COVER)
