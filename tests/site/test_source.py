"""Where the site takes an edition from: read once, waited for with measure, tiles cut to the page."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from tests.editions import manifest_without_inventory, write_edition
from tests.pdfs import story_pdf

from masthead.document.errors import EditionInvalidError
from masthead.document.geometry import Box
from masthead.edition import growing as growing_room
from masthead.edition.build import growing_folder
from masthead.edition.page_files import to_bytes
from masthead.site.source import Busy, FolderSource, tile_box


def building(folder: Path) -> Path:
    growing = growing_folder(folder)
    write_edition(growing)
    (growing / "manifest.json").write_bytes(to_bytes(manifest_without_inventory(3, status="building")))
    (growing / "pages/3.json").unlink()
    return growing


def test_the_manifest_is_read_again_only_when_it_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    growing = building(tmp_path / "edition")
    reads: list[Path] = []
    read = growing_room.read_edition
    monkeypatch.setattr(growing_room, "read_edition", lambda path: (reads.append(path), read(path))[1])
    source = FolderSource(tmp_path / "edition", tmp_path / "cache")
    for _ in range(3):
        assert source.edition().manifest["title"] == "Harbour Quarterly"
    assert len(reads) == 1
    changed = manifest_without_inventory(3, status="building", title="Changed")
    (growing / "manifest.json").write_bytes(to_bytes(changed))
    assert source.edition().manifest["title"] == "Changed"
    assert len(reads) == 2


def test_no_edition(tmp_path: Path) -> None:
    with pytest.raises(EditionInvalidError):
        FolderSource(tmp_path / "none", tmp_path / "cache").edition()


def test_a_file_is_waited_for(tmp_path: Path) -> None:
    growing = building(tmp_path / "edition")
    source = FolderSource(tmp_path / "edition", tmp_path / "cache")
    assert source.wait_for("pages/3.json", 0) is None
    threading.Timer(0.15, lambda: (growing / "pages/3.json").write_text("{}")).start()
    assert source.wait_for("pages/3.json", 5) == growing / "pages/3.json"


def test_only_some_may_wait_at_a_time(tmp_path: Path) -> None:
    growing = building(tmp_path / "edition")
    source = FolderSource(tmp_path / "edition", tmp_path / "cache")
    threads = [threading.Thread(target=source.wait_for, args=("pages/3.json", 5)) for _ in range(5)]
    for thread in threads:
        thread.start()
    time.sleep(0.1)
    with pytest.raises(Busy):
        source.wait_for("pages/3.json", 5)
    assert source.wait_for("pages/1.json", 5) is not None  # what is there needs no waiting
    (growing / "pages/3.json").write_text("{}")
    for thread in threads:
        thread.join(5)
    assert source.wait_for("pages/3.json", 5) is not None


def test_a_tile_is_cut_to_its_page() -> None:
    page = {"width": 400.0, "height": 500.0}  # 3200 pixels wide: a tile is 64 points
    assert tile_box(page, 3200, 0, 0) == Box(0, 0, 64, 64)
    assert tile_box(page, 3200, 6, 7) == Box(384, 448, 400, 500)
    assert tile_box(page, 3200, 7, 0) is None
    assert tile_box(page, 3200, 0, 8) is None
    assert tile_box(page, 3200, 10**18, 0) is None


def test_tiles_are_drawn_once_and_kept_outside_the_edition(tmp_path: Path) -> None:
    pdf = story_pdf(tmp_path / "harbour.pdf").read_bytes()
    edition = write_edition(tmp_path / "edition", source=pdf)
    before = sorted(edition.path.rglob("*"))
    source = FolderSource(edition.path, tmp_path / "cache")
    try:
        tile = source.tile(1, 3200, 0, 0)
        assert tile is not None
        assert tile.is_relative_to(tmp_path / "cache")
        assert tile.read_bytes()[8:12] == b"WEBP"
        drawn = tile.stat().st_mtime_ns
        assert source.tile(1, 3200, 0, 0) == tile
        assert tile.stat().st_mtime_ns == drawn
        for page, width, column, row in ((1, 3000, 0, 0), (4, 3200, 0, 0), (0, 3200, 0, 0), (1, 3200, 99, 0)):
            assert source.tile(page, width, column, row) is None
    finally:
        source.close()
    assert sorted(edition.path.rglob("*")) == before


def test_a_tile_that_was_removed_is_drawn_again(tmp_path: Path) -> None:
    edition = write_edition(tmp_path / "edition", source=story_pdf(tmp_path / "harbour.pdf").read_bytes())
    source = FolderSource(edition.path, tmp_path / "cache", tile_bytes=1)
    try:
        first = source.tile(1, 3200, 0, 0)
        second = source.tile(1, 3200, 1, 0)
        assert first is not None
        assert second is not None
        assert not first.exists()  # it made room
        assert source.tile(1, 3200, 0, 0) == first
        assert first.is_file()
    finally:
        source.close()


def test_no_tiles_without_the_pdf(tmp_path: Path) -> None:
    edition = write_edition(tmp_path / "edition")
    assert FolderSource(edition.path, tmp_path / "cache").tile(1, 3200, 0, 0) is None
