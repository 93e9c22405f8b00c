"""Begins a house for a journey, in a process of its own before the server: its tables, and editions of the sample."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

from tests.tables import give_tables

ROOT = Path(__file__).parents[2]
EDITION = ROOT / "build/sample-edition"
PASSWORD = "lantern over water"
OWNER = "olga@harbour.example"


def begin() -> None:
    """Django over the tables of a new house."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "masthead.config.house_settings"
    give_tables(Path(os.environ["MASTHEAD_DATA"]))
    import django

    django.setup()


def owner_made() -> Any:
    """Olga, whose house it is."""
    from masthead.accounts.services import house_set_up

    return house_set_up(house="Harbour Press", name="Olga Brandt", email=OWNER, password=PASSWORD)


def edition_of(folder: Path, *, by: Any, publication: Any, label: str, day: date) -> Any:
    """An edition that has a copy of an edition folder as its build."""
    from django.conf import settings

    from masthead.edition.folder import read_edition
    from masthead.library.services import build_add, edition_create

    edition = edition_create(by=by, publication=publication, label=label, date=day)
    place = f"editions/{edition.pk}/made"
    shutil.copytree(folder, settings.MASTHEAD.data / place)
    made = read_edition(settings.MASTHEAD.data / place)
    facts = {"build_id": made.build, "folder": place, "pages": made.page_count, "failures": 0, "version": "0"}
    build_add(edition_id=edition.pk, **facts)
    edition.refresh_from_db()
    return edition


def some_pages(pdf: Path, pages: Collection[int], target: Path) -> Path:
    """Pages of a PDF as one of its own, where all of it would take too long to convert."""
    import pikepdf

    with pikepdf.open(pdf) as whole:
        for number in range(len(whole.pages), 0, -1):
            if number not in pages:
                del whole.pages[number - 1]
        whole.save(target)
    return target


def run(seed: Any) -> None:
    """Begin and fill: what a script does when it is run."""
    sys.path.insert(0, str(ROOT))
    begin()
    seed()
