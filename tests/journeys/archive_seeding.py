"""Fills an empty house with two publications whose issues can be searched; run on its own before the server."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
from tests.journeys.stocking import OWNER, PASSWORD, ROOT, run

BEACON = range(10, 18)  # pages of the sample that the second publication has, counted from 0


def seed() -> None:
    """Fathom with two issues of 28 pages, Beacon with one of 8."""

    from django.conf import settings

    from masthead.accounts.selectors import Publisher
    from masthead.accounts.services import house_set_up
    from masthead.library.services import publication_create
    from masthead.search.services import rebuild

    owner = house_set_up(house="Harbour Press", name="Olga Brandt", email=OWNER, password=PASSWORD)
    of_house = {"by": owner, "publisher": Publisher.objects.get()}
    fathom = publication_create(name="Fathom", **of_house)
    beacon = publication_create(name="Beacon", **of_house)
    sample = ROOT / "build/sample-edition"
    live(owner, fathom, "No. 11", date(2025, 11, 1), sample)
    live(owner, fathom, "No. 12", date(2026, 11, 1), sample)
    live(owner, beacon, "Spring 2026", date(2026, 3, 20), _other(settings.MASTHEAD.data.parent))
    rebuild()


def live(owner: Any, publication: Any, label: str, day: date, made: Path) -> None:
    """An edition of a finished folder, published."""
    from django.conf import settings

    from masthead.edition.folder import read_edition
    from masthead.library.selectors import Edition
    from masthead.library.services import build_add, edition_create, edition_publish

    edition = edition_create(by=owner, publication=publication, label=label, date=day)
    folder = f"editions/{edition.pk}/made"
    shutil.copytree(made, settings.MASTHEAD.data / folder)
    found = read_edition(settings.MASTHEAD.data / folder)
    facts = {"build_id": found.build, "folder": folder, "pages": found.page_count, "failures": 0, "version": "0"}
    build_add(edition_id=edition.pk, **facts)
    edition_publish(by=owner, edition=Edition.objects.select_related("publication__publisher").get(pk=edition.pk))


def _other(folder: Path) -> Path:
    """Some pages of the sample, converted as an issue of its own."""
    with pikepdf.open(ROOT / "build/sample-issue.pdf") as sample, pikepdf.new() as pdf:
        pdf.add_pages_from(sample, BEACON)
        pdf.docinfo["/Title"] = pikepdf.String("Beacon")
        pdf.save(folder / "beacon.pdf")
    build = [str(ROOT / "bin/masthead"), "build", str(folder / "beacon.pdf"), "--out", str(folder / "beacon")]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    return folder / "beacon"


if __name__ == "__main__":
    run(seed)
