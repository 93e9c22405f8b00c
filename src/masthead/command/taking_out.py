"""Writes everything of a publisher into a folder, and the page that says what there is.

Wants the framework set up: only the command that has done so imports it.
"""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import click
from django.utils import timezone

from masthead.command.house_sites import edition_site_write, open_editions, open_site_write
from masthead.document.errors import EditionInvalidError
from masthead.exports.static.overview import PAPER_WORDS, Entry, Overview, write_overview
from masthead.library.build_folders import whole_build
from masthead.library.selectors import Edition, Publication
from masthead.safekeeping.leaving import TABLES, publisher_called, publisher_take_out

PUBLIC, PRIVATE, EDITIONS = "public", "private", "editions"
PAPERS = ("orders", "answers", "notes", "pdf", "files")  # folders in "private", as PAPER_WORDS calls them


def take_out(slug: str, folder: Path, base: str, *, with_notes: bool = False) -> list[str]:
    """Write everything below `folder`, which is there and empty; the names of what could not be read.

    Wants the framework set up. Raises PublisherUnknownError, OSError.
    """
    publisher = publisher_called(slug)
    folder.chmod(0o700)
    (folder / PRIVATE).mkdir(mode=0o700)
    taken = publisher_take_out(publisher, folder / PRIVATE, _say, with_notes=with_notes)
    missing, sites, alone = list(taken.missing), [], []
    for publication in Publication.objects.filter(publisher=publisher):
        site, others, gone = _sites(publication, folder, base)
        sites += site
        alone += others
        missing += gone
    papers = [
        Entry(words, f"{PRIVATE}/{name}", _files(folder / PRIVATE / name))
        for name, words in zip(PAPERS, PAPER_WORDS, strict=True)
    ]
    overview = Overview(
        publisher.name,
        publisher.language,
        timezone.now().astimezone(ZoneInfo(publisher.time_zone)),
        sites=sites,
        editions=alone,
        papers=[paper for paper in papers if paper.count],
        tables=[Entry(name, f"{PRIVATE}/{TABLES}/{name}", count) for name, count in taken.rows.items()],
        missing=missing,
    )
    _say("list of files")
    write_overview(overview, folder)
    return missing


def _sites(publication: Publication, folder: Path, base: str) -> tuple[list[Entry], list[Entry], list[str]]:
    """The publication's site for everybody, if it has one; its other editions; those that could not be read."""
    rows = list(Edition.objects.filter(publication=publication, build__isnull=False).select_related("build"))
    gone = {row.pk: f"{row}: {reason}" for row in rows if (reason := _fault(row))}
    site = f"{PUBLIC}/{publication.slug}"
    own = f"{base}{publication.slug}/" if base else ""
    written = [row for row in open_editions(publication) if row.pk not in gone]
    if written:
        open_site_write(publication, written, folder / site, base=own, said=_say)
    alone = []
    for row in rows:
        if row not in written and row.pk not in gone:
            place = f"{PRIVATE}/{EDITIONS}/{publication.slug}/{row.slug}"
            edition_site_write(row, folder / place, publication.language)
            alone.append(Entry(str(row), place))
            _say(row.label)
    return [Entry(publication.name, site, len(written))] if written else [], alone, list(gone.values())


def _fault(row: Edition) -> str:
    """Why the edition's folder cannot be read; "" where it can."""
    assert row.build is not None
    try:
        whole_build(row.build.folder)
    except EditionInvalidError as error:
        return error.detail
    return ""


def _files(folder: Path) -> int:
    return sum(file.is_file() for file in folder.rglob("*")) if folder.is_dir() else 0


def _say(what: str) -> None:
    click.echo(what, err=True)
