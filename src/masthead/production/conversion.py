"""The work of one conversion: builds the edition folder, says how far it is, keeps the lease, writes the end."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from masthead import __version__
from masthead.annotations.following import annotations_follow
from masthead.comments.following import comments_follow
from masthead.document.errors import MastheadError
from masthead.document.structure import PageFailure, SourceReport
from masthead.edition.build import build, growing_folder
from masthead.edition.correcting.applying import Outcome
from masthead.edition.folder import Edition as Folder
from masthead.edition.folder import is_edition, read_edition
from masthead.edition.kept import kept_path, read_kept
from masthead.edition.options import BuildOptions, Spreads
from masthead.edition.rebuild import rebuild
from masthead.library.build_folders import folder_exists, folder_remove, place_here, reading_here, whole_build
from masthead.library.selectors import Build
from masthead.library.services import build_add
from masthead.pdf.sandbox import Limits
from masthead.pictures.encoding import PAGE_WIDTHS
from masthead.production.claiming import LEASE
from masthead.production.correction_rows import corrections_built, inserted_uploads, numbered
from masthead.production.errors import ConversionBrokenError
from masthead.production.links.services import links_follow
from masthead.production.models import Conversion
from masthead.production.originals import original_file
from masthead.production.overlays.replacing import moves_to, overlays_move
from masthead.production.putting_up import PuttingUp, go_on_from
from masthead.production.services import conversion_ended, conversion_handed_back
from masthead.production.templates import template_learn, template_of

log = logging.getLogger("masthead.production")
_BEAT_SECONDS = 2.0
FROM = "from"
"""The option that names the build whose pictures and words a conversion after corrections takes over."""
USED = "corrections"
"""Where a conversion that is done names the corrections that its build was made with."""


class Stopped(Exception):  # noqa: N818 - nothing failed
    """The conversion was cancelled, or another worker holds it now."""


class Progress:
    """Hears how the build goes, and writes it down every two seconds together with a new lease."""

    def __init__(self, conversion: Conversion, worker: str, stop: threading.Event) -> None:
        self._id = conversion.pk
        self.putting_up = PuttingUp(conversion.folder)
        self._worker = worker
        self._stop = stop
        self._pages = self._done = 0
        self._is_finishing = self._is_recognising = False
        self.outcome: Outcome | None = None  # of the corrections
        self._begin = 0.0
        self._over = threading.Event()
        self.is_stopped = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="lease", daemon=True)

    def __enter__(self) -> Progress:
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.putting_up.end()
        self._over.set()
        self._thread.join()

    def opened(self, report: SourceReport) -> None:
        """The number of pages is known."""
        self._pages, self._begin = len(report.pages), time.monotonic()
        self._go_on()

    def page_done(self, number: int, failure: PageFailure | None) -> None:
        """One page more."""
        self._done += 1
        self._is_finishing = self._is_recognising and self._done >= self._pages
        self.putting_up.page_done(number)
        self._go_on()

    def recognising(self, pages: int) -> None:
        """Some pages are read from their pictures: that belongs to the text, and goes on when all are drawn."""
        self._is_recognising = True
        self._go_on()

    def page_recognised(self, number: int) -> None:
        """A moment at which it can be stopped."""
        self._go_on()

    def finishing(self) -> None:
        """All pages are drawn."""
        self._is_finishing = True
        self._go_on()

    def corrected(self, outcome: Outcome) -> None:
        """What became of the corrections is written down with the end."""
        self.outcome = outcome
        self._go_on()

    def _go_on(self) -> None:
        if self.is_stopped.is_set() or self._stop.is_set():
            raise Stopped

    def _beat(self) -> None:
        try:
            while not self._over.is_set():
                try:
                    self._write()
                except Exception:
                    # A database that is away for a moment does not end a conversion; its lease might.
                    log.exception("conversion %s: its progress could not be written", self._id)
                self._over.wait(_BEAT_SECONDS)
        finally:
            connection.close()

    def _write(self) -> None:
        held = Conversion.objects.filter(pk=self._id, worker=self._worker, state=Conversion.State.RUNNING)
        changed = held.update(
            lease_until=timezone.now() + LEASE,
            pages=self._pages,
            pages_done=self._done,
            seconds_left=self._seconds_left(),
            is_finishing=self._is_finishing,
        )
        if not changed or held.filter(cancel_asked=True).exists():
            self.is_stopped.set()

    def _seconds_left(self) -> int | None:
        """At the speed so far; unknown before the second page."""
        if self._done < 2 or not self._pages:
            return None
        passed = time.monotonic() - self._begin
        return round(passed / self._done * max(0, self._pages - self._done)) + 1


def convert(conversion: Conversion, worker: str, stop: threading.Event) -> None:
    """Make the build of a conversion that `worker` has claimed. Every end is written to its row; nothing is raised.

    When `stop` is set the conversion waits for another worker, who goes on where this one was.
    """
    folder = place_here(conversion.folder)
    log.info("conversion %s of edition %s begins", conversion.pk, conversion.edition_id)
    with Progress(conversion, worker, stop) as progress:
        try:
            made = _build(conversion, folder, progress)
            progress.putting_up.whole()
            _finish(conversion, worker, made, progress.outcome)
            _forget_attempts(conversion, conversion.attempts - 1)
            _let_follow(conversion)
            return
        except Stopped:
            ended: MastheadError | None = None
        except MastheadError as error:
            ended = error
        except Exception as error:
            log.exception("conversion %s", conversion.pk)
            ended = ConversionBrokenError(f"{conversion.pk}: {type(error).__name__}: {error}")
    if ended is None and stop.is_set() and conversion_handed_back(conversion=conversion, worker=worker):
        log.info("conversion %s waits for another worker", conversion.pk)
    elif ended is None:
        _forget_attempts(conversion, conversion.attempts)
        conversion_ended(conversion=conversion, worker=worker, state=Conversion.State.CANCELLED)
    else:
        fail(conversion, worker, ended)
        _forget_attempts(conversion, conversion.attempts)


def carried(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a conversion that another one of the same PDF is given: not what concerned that build alone."""
    return {name: value for name, value in options.items() if name not in (FROM, USED)}


def fail(conversion: Conversion, worker: str, error: MastheadError) -> None:
    """Write down why it came to nothing."""
    log.warning("conversion %s failed: %s (%s)", conversion.pk, error.code, error.detail)
    conversion_ended(
        conversion=conversion,
        worker=worker,
        state=Conversion.State.FAILED,
        error_code=error.code,
        error_sentence=error.sentence,
        error_hint=error.hint,
        error_detail=error.detail[:300],
    )


def options_of(conversion: Conversion) -> BuildOptions:
    """The publication's particulars, what was chosen at the upload, and the operator's limits."""
    house, edition = settings.MASTHEAD, conversion.edition
    publication = edition.publication
    return BuildOptions(
        password=conversion.options.get("password", ""),
        title=f"{publication.name} {edition.label}",
        language=publication.language,
        direction=publication.direction,
        spreads=cast(Spreads, conversion.options.get("spreads", "auto")),
        widths=tuple(width for width in PAGE_WIDTHS if width <= house.picture_width),
        workers=house.workers,
        page_seconds=house.page_seconds,
        tesseract=house.tesseract,
        recognition_seconds=house.recognition_seconds,
        recognition_memory_mb=house.recognition_memory_mb,
        max_file_mb=house.max_file_mb,
        max_pages=house.max_pages,
        limits=replace(Limits(), memory_mb=house.memory_mb),
        corrections=numbered(edition.pk),
        template=template_of(publication.pk),
        keep_reading=kept_path(place_here(conversion.folder)),
    )


def _build(conversion: Conversion, folder: Path, progress: Progress) -> Folder:
    options = options_of(conversion)
    folder.parent.mkdir(parents=True, exist_ok=True)
    _go_on_where_it_was(conversion, folder)
    if is_edition(folder):
        return read_edition(folder)
    base = Build.objects.filter(pk=conversion.options.get(FROM, ""), edition=conversion.edition_id).first()
    if base is not None:
        path = reading_here(base.folder)
        kept = read_kept(path) if path is not None else None
        if kept is not None and folder_exists(base.folder):
            return rebuild(whole_build(base.folder), kept, folder, options, progress)
    with ExitStack() as files:
        file = files.enter_context(original_file(conversion.upload))
        inserted = {
            one.sha256: files.enter_context(original_file(one)) for one in inserted_uploads(conversion.edition_id)
        }
        return build(file, folder, replace(options, inserted=inserted), progress, resume=True)


def _go_on_where_it_was(conversion: Conversion, folder: Path) -> None:
    """Take over what the attempt before this one has made: some pages, or all of it but the last word."""
    before = conversion.folder_of(conversion.attempts - 1)
    done = place_here(before)
    with suppress(OSError):
        growing_folder(done).rename(growing_folder(folder))
    with suppress(OSError):
        done.rename(folder)
    with suppress(OSError):
        kept_path(done).rename(kept_path(folder))
    if conversion.attempts > 1 and not is_edition(folder) and not growing_folder(folder).is_dir():
        go_on_from(before, conversion.folder)


def _forget_attempts(conversion: Conversion, last: int) -> None:
    """Remove what the attempts up to this one left; what cannot be removed now costs room and nothing else."""
    for attempt in range(1, last + 1):
        try:
            folder_remove(conversion.folder_of(attempt))
        except Exception:
            log.exception("conversion %s: attempt %s could not be removed", conversion.pk, attempt)


def _let_follow(conversion: Conversion) -> None:
    """What readers added goes along to the new build; where that fails the clock tries again."""
    try:
        annotations_follow(edition=conversion.edition)
        comments_follow(edition=conversion.edition)
    except Exception:
        log.exception("annotations of edition %s stay where they were for now", conversion.edition_id)


def _noted(conversion: Conversion, outcome: Outcome | None) -> dict[str, Any]:
    """The options without the password; with the corrections that were used."""
    options = {name: value for name, value in conversion.options.items() if name != "password"}
    if outcome is not None:
        options[USED] = [*outcome.fitting, *(name for name, _ in outcome.lost)]
    return options


def _finish(conversion: Conversion, worker: str, made: Folder, outcome: Outcome | None) -> None:
    """The build and the end of its conversion are written together or not at all."""
    moves = moves_to(conversion.edition, conversion.folder, made.page_count)
    with transaction.atomic():
        held = Conversion.objects.select_for_update().filter(
            pk=conversion.pk, worker=worker, state=Conversion.State.RUNNING, cancel_asked=False
        )
        if not held.exists():
            raise Stopped
        added = build_add(
            edition_id=conversion.edition_id,
            build_id=made.build,
            folder=conversion.folder,
            pages=made.page_count,
            failures=len(made.manifest["failures"]),
            version=__version__,
        )
        overlays_move(edition_id=conversion.edition_id, moves=moves)
        links_follow(edition_id=conversion.edition_id, folder=conversion.folder, pages=made.page_count)
        if outcome is not None:
            corrections_built(edition_id=conversion.edition_id, outcome=outcome)
            template_learn(edition_id=conversion.edition_id, rules=outcome.lessons)
        conversion_ended(
            conversion=conversion,
            worker=worker,
            state=Conversion.State.DONE,
            build=added,
            pages=made.page_count,
            pages_done=made.page_count,
            options=_noted(conversion, outcome),
        )
    log.info("conversion %s is done: build %s, %s pages", conversion.pk, made.build, made.page_count)
