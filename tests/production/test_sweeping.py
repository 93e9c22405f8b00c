"""Caches that would grow without end: whole folders go, those first that were not used longest, and none in use."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from tests.cast import Cast, ready_edition, signed_in
from tests.storage import Bucket

from masthead.library.build_folders import folder_here, put_up
from masthead.library.services import edition_publish
from masthead.production.sweeping import sweep

HOURS = 3600


def made(folder: Path, hours_ago: float, size: int = 600_000) -> Path:
    folder.mkdir(parents=True)
    (folder / "issue.epub").write_bytes(b"x" * size)
    moment = time.time() - hours_ago * HOURS
    os.utime(folder, (moment, moment))
    return folder


@pytest.fixture
def one_megabyte(data: Path, settings: Any) -> Path:
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"exports_mb": 1, "copies_mb": 1})
    cache: Path = settings.MASTHEAD.cache
    return cache


def test_books_that_nobody_asked_for_go_first(one_megabyte: Path) -> None:
    old = made(one_megabyte / "exports" / "old-1", 30)
    newer = made(one_megabyte / "exports" / "newer-1", 2)
    assert sweep() == 1
    assert (old.exists(), newer.exists()) == (False, True)
    assert sweep() == 0


def test_what_is_in_use_stays_however_large(one_megabyte: Path) -> None:
    folders = [made(one_megabyte / "exports" / f"build-{number}", 0.1) for number in range(4)]
    assert sweep() == 0
    assert all(folder.exists() for folder in folders)


def test_asking_for_a_book_keeps_it(cast: Cast, data: Path, settings: Any) -> None:
    edition = edition_publish(by=cast.owner, edition=ready_edition(cast, data))
    ask = lambda: b"".join(signed_in(None).get(f"/fathom/{edition.slug}/text.zip").streaming_content)  # type: ignore[attr-defined]  # noqa: E731
    assert ask()[:2] == b"PK"
    (place,) = (settings.MASTHEAD.cache / "exports").iterdir()
    os.utime(place, (1, 1))
    ask()
    assert place.stat().st_mtime > time.time() - HOURS


def test_a_copy_that_made_room_is_fetched_again(
    cast: Cast, data: Path, bucket: Bucket, settings: Any, one_megabyte: Path
) -> None:
    edition = ready_edition(cast, one_megabyte / "copies")
    assert edition.build is not None
    place = one_megabyte / "copies" / edition.build.folder
    put_up(edition.build.folder)
    (place / "pictures" / "padding").write_bytes(b"x" * 1_200_000)
    os.utime(place, (1, 1))
    assert sweep() == 1
    assert not place.exists()
    assert (folder_here(edition.build.folder) / "manifest.json").is_file()
    growing = made(one_megabyte / "copies/editions/e/.c-1.building", 90, 2_000_000)
    sweep()
    assert growing.exists()
