"""What the house stands on is really taken away and given back: database, storage, room on the disk, clock."""

from __future__ import annotations

import os
import re
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from tests.command.test_house import EMAIL, PASSWORD, House, hand_over, running
from tests.pdfs import story_pdf
from tests.scale import servers
from tests.scale.servers import until
from tests.scale.test_many_machines import press

BUILD_SECONDS = 240
ROOM = 400  # megabytes of a disk: the house wants 256 to say that it is ready
FAKE_TIME = next(iter(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), None)
IS_REQUIRED = os.environ.get("MASTHEAD_TEST_SCALE") == "required"
pytestmark = pytest.mark.scale


def status_of(house: House, path: str) -> tuple[int, str]:
    try:
        return 200, house.get(path)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def assert_said(status: int, page: str, words: str, expected: int = 503) -> None:
    """A designed page with the sentence and the id that stands in the log."""
    assert status == expected, page[:300]
    assert words in page
    assert re.search(r"\b[0-9a-f]{12}\b", page), "the id that the person can tell the operator"
    assert "Traceback" not in page


@pytest.mark.skipif("PostgreSQL" in servers.missing() and not IS_REQUIRED, reason="PostgreSQL is not installed here")
def test_a_database_server_is_stopped_and_started_again(tmp_path: Path) -> None:
    with (
        servers.stoppable_database() as database,
        running(tmp_path / "data", MASTHEAD_DATABASE=database.address) as house,
    ):
        house.post("/account/login/", {"login": EMAIL, "password": PASSWORD})
        assert "/office/houses/" in house.get("/office/")
        form = house.get("/account/password/change/")
        tree = {job: house.processes(job) for job in ("web", "converter", "clock")}
        database.stop()
        for path in ("/office/", "/", "/search?q=light", "/account/login/", "/fathom/"):
            assert_said(*status_of(house, path), "cannot be reached")
        with urllib.request.urlopen(f"{house.address}/health", timeout=30) as answer:  # as a supervisor asks
            assert answer.status == 200
        assert status_of(house, "/ready")[0] == 503
        assert "csrfmiddlewaretoken" in form
        with pytest.raises(urllib.error.HTTPError, match="503"):
            house.post("/account/login/", {"login": EMAIL, "password": PASSWORD})
        database.start()
        until(lambda: status_of(house, "/ready")[0] == 200, 60, "the house")
        assert "/office/houses/" in house.get("/office/"), "who was signed in still is"
        home = hand_over(house, story_pdf(tmp_path / "harbour.pdf", pages=3))
        until(lambda: "Publish now" in house.get(home), BUILD_SECONDS, "a conversion after the outage")
        assert {job: house.processes(job) for job in tree} == tree, "no process had to be started again"
        with psycopg.connect(database.address) as rows:
            found = rows.execute("SELECT state, attempts FROM production_conversion").fetchall()
        assert found == [("done", 1)]


def reader_of(house: House) -> Callable[[str], tuple[int, bytes, float]]:
    """Somebody who has not signed in: status, what came, and after how many seconds."""

    def read(path: str) -> tuple[int, bytes, float]:
        begun = time.monotonic()
        try:
            with urllib.request.urlopen(f"{house.address}{path}", timeout=60) as answer:
                return answer.status, answer.read(), time.monotonic() - begun
        except urllib.error.HTTPError as error:
            return error.code, error.read(), time.monotonic() - begun

    return read


def published(house: House, pdf: Path) -> str:
    """An edition that everybody can read; its publication's page in the back office."""
    home = hand_over(house, pdf)
    until(lambda: "Publish now" in house.get(home), BUILD_SECONDS, "a conversion")
    press(house, home, f"{home.rstrip('/')}/publish")
    publication = re.search(r"/office/publications/[\w-]+/", house.get(home))
    assert publication is not None
    return publication[0]


@pytest.mark.skipif("SeaweedFS" in servers.missing() and not IS_REQUIRED, reason="SeaweedFS is not installed here")
def test_a_storage_is_stopped_and_started_again(tmp_path: Path) -> None:
    cache, pdf = tmp_path / "cache", story_pdf(tmp_path / "harbour.pdf", pages=3)
    with (
        servers.stoppable_storage(tmp_path / "storage") as storage,
        running(tmp_path / "data", MASTHEAD_CACHE=str(cache), **servers.over_storage(storage.address)) as house,
    ):
        publication, read = published(house, pdf), reader_of(house)
        tree = {job: house.processes(job) for job in ("web", "converter", "clock")}
        page = read("/fathom/no-1/page/1")[1].decode()
        pictures = re.findall(r"/fathom/no-1/b/[\w-]+/pictures/\d+/\d+\.webp", page)
        assert pictures
        whole = read(pictures[0])[1]
        storage.stop()
        status, again, _ = read(pictures[0])
        assert (status, again) == (200, whole), "what is cached is read as before"
        assert read("/fathom/no-1/page/1")[0] == 200
        assert read("/fathom/no-1/page/3")[0] == 200, "words come with the small files"
        assert read("/health")[0] == 200
        ready = read("/ready")
        assert ready[0] == 200, "whoever reads is still sent here"
        assert b'"limited"' in ready[1]
        assert b"storage" in ready[1]
        for file in cache.rglob("*.webp"):
            file.unlink()
        status, said, seconds = read(pictures[0])
        assert_said(status, said.decode(), "storage")
        assert seconds < 20
        with pytest.raises(urllib.error.HTTPError) as refused:
            house.post(f"{publication}editions/new", {"label": "No. 2", "date": "2026-12-01"}, pdf)
        assert_said(refused.value.code, refused.value.read().decode(), "storage")
        storage.start()
        until(lambda: b'"limited"' not in read("/ready")[1], 60, "the house")
        assert read(pictures[0])[:2] == (200, whole)
        second = house.post(f"{publication}editions/new", {"label": "No. 2", "date": "2026-12-01"}, pdf)
        until(lambda: "Publish now" in house.get(second), BUILD_SECONDS, "a conversion after the outage")
        assert {job: house.processes(job) for job in tree} == tree, "no process had to be started again"


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM}m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def filled(disk: Path) -> Path:
    """A file that takes all the room that is left."""
    ballast = disk / "ballast"
    with ballast.open("wb") as stream:
        try:
            while True:
                stream.write(bytes(1 << 16))
                stream.flush()
        except OSError:
            return ballast


@pytest.mark.skipif(os.getuid() != 0, reason="only the system's owner can mount a disk")
def test_a_disk_is_full_and_has_room_again(tmp_path: Path) -> None:
    pdf = story_pdf(tmp_path / "harbour.pdf", pages=3)
    with small_disk(tmp_path / "disk") as disk, running(disk / "data", MASTHEAD_CACHE=str(tmp_path / "cache")) as house:
        home = hand_over(house, pdf)
        until(lambda: "Publish now" in house.get(home), BUILD_SECONDS, "a conversion")
        office = house.get("/office/")
        new = re.search(r"/office/houses/[\w-]+/", office)
        assert new is not None
        ballast = filled(disk)
        assert "almost full" in status_of(house, "/ready")[1]
        assert "Fathom" in house.get("/office/"), "reading goes on"
        with pytest.raises(urllib.error.HTTPError) as refused:
            house.post(f"{new[0]}publications/new", {"name": "Lantern", "language": "en", "frequency": "monthly"})
        assert_said(refused.value.code, refused.value.read().decode(), "no room", 507)
        assert "Lantern" not in house.get("/office/")
        ballast.unlink()
        made = house.post(f"{new[0]}publications/new", {"name": "Lantern", "language": "en", "frequency": "monthly"})
        assert made.startswith("/office/publications/")
        assert "Lantern" in house.get("/office/")
        assert "Publish now" in house.get(home), "what was there before is whole"


@pytest.mark.skipif(FAKE_TIME is None and not IS_REQUIRED, reason="libfaketime is not installed here")
def test_the_clock_jumps_and_comes_back(tmp_path: Path) -> None:
    """A month forward, then back, below a house that runs: it answers, converts, and the session is as it was."""
    said = tmp_path / "clock"
    said.write_text("+0")
    fake = {"LD_PRELOAD": str(FAKE_TIME), "FAKETIME_TIMESTAMP_FILE": str(said), "FAKETIME_NO_CACHE": "1"}
    fake["FAKETIME_DONT_FAKE_MONOTONIC"] = "1"  # as with a real clock: what is measured is not moved
    with running(tmp_path / "data", **fake) as house:
        home = hand_over(house, story_pdf(tmp_path / "harbour.pdf", pages=3))
        until(lambda: "Publish now" in house.get(home), BUILD_SECONDS, "a conversion")
        said.write_text("+26d")
        assert status_of(house, "/ready")[0] == 200
        gone = house.get("/office/")
        assert "/office/houses/" in gone or "csrfmiddlewaretoken" in gone, "a session may end with its time"
        said.write_text("-2d")
        time.sleep(0.5)
        assert status_of(house, "/ready")[0] == 200
        house.post("/account/login/", {"login": EMAIL, "password": PASSWORD}) if "login" in gone else None
        assert "/office/houses/" in house.get("/office/")
        assert house.conversion()["state"] == "done"
        said.write_text("+0")
        assert "Publish now" in house.get(home)
