"""Writes the index: takes editions in and out, follows the library, makes all of it anew, checks it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections

from masthead.document.errors import MastheadError
from masthead.library.build_folders import read_build
from masthead.library.selectors import Edition, editions_state, live_editions
from masthead.search.engine import Indexed
from masthead.search.errors import IndexBusyError
from masthead.search.places import Index, adopt, begin, current, writing
from masthead.search.reading import read_rows

log = logging.getLogger("masthead.search")
_TICK_SECONDS = 1.0
_LOOK_AGAIN = 60  # ticks after which all editions are compared even if none seems to have changed
Said = Callable[[Edition, int, int], None]


def keep_index(stop: threading.Event) -> None:
    """Follow the library until told to stop. Several may run: one writes, and what is done is not done again."""
    known: object = None
    ticks = 0
    while not stop.is_set():
        try:
            close_old_connections()
            state = editions_state()
            if state != known or ticks % _LOOK_AGAIN == 0:
                catch_up(stop)
                known = state
        except IndexBusyError:
            pass
        except Exception:
            # An index that cannot be written is behind, and no more: it is tried again in a moment.
            log.exception("the search index could not follow")
        ticks += 1
        stop.wait(_TICK_SECONDS)


def catch_up(stop: threading.Event | None = None) -> int:
    """Take in what is live and not yet known in this form, forget what is not live; how many editions changed.

    What the index holds is compared with the library: whatever was interrupted is found and done.
    """
    with writing(wait=False):
        index = current()
        if index is None:
            adopt(begin())
            index = current()
            assert index is not None
        known = index.indexed()
        changed = 0
        wanted = {edition.pk: edition for edition in live_editions()}
        for gone in known.keys() - wanted.keys():
            index.delete_edition(gone)
            changed += 1
        for edition in wanted.values():
            if stop is not None and stop.is_set():
                break
            if edition.pk not in known or not _is_current(known[edition.pk], edition):
                changed += index_edition(index, edition)
        return changed


def index_edition(index: Index, edition: Edition) -> bool:
    """Take an edition into an index; False, and a line in the log, where its folder cannot be read."""
    assert edition.build is not None
    try:
        folder = read_build(edition.build.folder)
    except MastheadError as error:
        log.warning("edition %s cannot be searched: %s (%s)", edition.pk, error.code, error.detail)
        return False
    entry = _entry(edition)
    rows = read_rows(folder, entry.language)
    taken = Indexed(entry.edition, entry.build, entry.publication, entry.language, entry.day, rows.sections)
    index.index_edition(taken, rows.pages, rows.articles, rows.spellings)
    log.info("edition %s can be searched: %s pages", edition.pk, len(rows.pages))
    return True


def rebuild(said: Said | None = None) -> int:
    """Make the index anew beside the current one, then put it in its place; how many editions it holds."""
    with writing(wait=True):
        fresh = begin()
        editions = list(live_editions())
        taken = 0
        for number, edition in enumerate(editions, start=1):
            taken += index_edition(fresh, edition)
            if said is not None:
                said(edition, number, len(editions))
        fresh.compact()
        adopt(fresh)
    return taken


def check() -> list[str]:
    """What is wrong with the index: damage, missing pages, editions that are missing, behind, or not live."""
    index = current()
    if index is None:
        return ["there is no index yet"]
    try:
        known = index.indexed()
        wanted = {edition.pk: edition for edition in live_editions()}
        pages = {name: edition.build.pages for name, edition in wanted.items() if edition.build}
        found = index.faults(pages)
    except DatabaseError as error:
        return [str(error)]
    found += [f"{wanted[name]}: missing" for name in sorted(wanted.keys() - known.keys())]
    found += [f"{name}: not live, and still there" for name in sorted(known.keys() - wanted.keys())]
    both = sorted(wanted.keys() & known.keys())
    return found + [f"{wanted[name]}: behind" for name in both if not _is_current(known[name], wanted[name])]


def _entry(edition: Edition) -> Indexed:
    publication = edition.publication
    build = edition.build.build_id if edition.build else ""
    return Indexed(edition.pk, build, publication.pk, publication.language, edition.date)


def _is_current(known: Indexed, edition: Edition) -> bool:
    wanted = _entry(edition)
    return (known.build, known.publication, known.language, known.day) == (
        *(wanted.build, wanted.publication, wanted.language, wanted.day),
    )
