"""Tiles on disk keep to their bytes: those not looked at longest go first."""

from __future__ import annotations

import os
import time
from pathlib import Path

from masthead.site.tile_cache import TileCache


def put(cache: TileCache, column: int, *, build: str = "b", size: int = 100, age: float = 0) -> Path:
    """A tile of `size` bytes that was last wanted `age` seconds ago."""
    tile = cache.place(build, 1, 3200, column, 0)
    tile.parent.mkdir(parents=True, exist_ok=True)
    tile.write_bytes(b"x" * size)
    os.utime(tile, (time.time() - age, time.time() - age))
    return tile


def test_the_longest_unwanted_go_first(tmp_path: Path) -> None:
    cache = TileCache(tmp_path / "tiles", 1000)
    tiles = [put(cache, column, age=1000 - column) for column in range(10)]
    assert cache.holds(tiles[0])  # looked at now: it stays
    newest = put(cache, 10)
    cache.added(newest)
    kept = [tile for tile in tiles if tile.exists()]
    assert kept == [tiles[0], *tiles[4:]]
    assert newest.exists()


def test_being_wanted_does_not_change_when_it_was_drawn(tmp_path: Path) -> None:
    cache = TileCache(tmp_path / "tiles", 1000)
    tile = put(cache, 1, age=500)
    drawn = tile.stat().st_mtime_ns
    assert cache.holds(tile)
    assert tile.stat().st_mtime_ns == drawn
    assert time.time() - tile.stat().st_atime < 100
    assert not cache.holds(cache.place("b", 1, 3200, 2, 0))


def test_folders_of_old_builds_go_with_their_last_tile(tmp_path: Path) -> None:
    cache = TileCache(tmp_path / "tiles", 250)
    put(cache, 1, build="old", age=900)
    put(cache, 2, build="old", age=900)
    cache.added(put(cache, 1, build="new"))
    assert sorted(path.name for path in (tmp_path / "tiles").iterdir()) == ["new", "old"]
    cache.added(put(cache, 2, build="new"))
    assert sorted(path.name for path in (tmp_path / "tiles").iterdir()) == ["new"]


def test_what_other_processes_kept_counts(tmp_path: Path) -> None:
    other, cache = TileCache(tmp_path / "tiles", 1000), TileCache(tmp_path / "tiles", 1000)
    for column in range(10):
        other.added(put(other, column, age=100))
    cache.added(put(cache, 10))
    assert sum(path.stat().st_size for path in (tmp_path / "tiles").glob("*/*")) <= 800


def test_a_tile_that_is_being_written_is_left_alone(tmp_path: Path) -> None:
    cache = TileCache(tmp_path / "tiles", 150)
    growing = put(cache, 1).with_name(".1-3200-2-0.webp.77")
    growing.write_bytes(b"x" * 500)
    cache.added(put(cache, 3))
    assert growing.exists()
