"""A house is backed up while people read and write, is lost, and comes back from either kind of backup."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from tests.command.test_house import BUILD_SECONDS, EMAIL, PASSWORD, House, hand_over, running, until
from tests.pdfs import story_pdf

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the list of processes from /proc")


def command(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MASTHEAD_")} | {
        "MASTHEAD_DATA": str(data),
        "MASTHEAD_CACHE": str(data.parent / "cache"),
    }
    return subprocess.run(
        [sys.executable, "-c", "from masthead.command import main; main()", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def press(house: House, page: str, path: str) -> None:
    """Press a button of a page."""
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', house.get(page))
    assert token is not None
    fields = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1]}).encode()
    house._open(urllib.request.Request(f"{house.address}{path}", data=fields), timeout=60).close()


class Readers(threading.Thread):
    """People who read and write for as long as they are there."""

    def __init__(self, house: House, home: str) -> None:
        super().__init__(daemon=True)
        self._house, self._home = house, home
        self.is_over = threading.Event()
        self.rounds = 0
        self.failures: list[BaseException] = []

    def run(self) -> None:
        while not self.is_over.is_set():
            try:
                self._house.get("/fathom/no-1/")
                press(self._house, self._home, f"{self._home.rstrip('/')}/withdraw")
                press(self._house, self._home, f"{self._home.rstrip('/')}/publish")
                self.rounds += 1
                self.is_over.wait(0.05)  # they also read what they opened
            except OSError as error:
                if "410" not in str(error):  # it was withdrawn just then
                    self.failures.append(error)


def test_a_lost_house_comes_back(tmp_path: Path) -> None:
    data, folder, file = tmp_path / "data", tmp_path / "backup", tmp_path / "backup.tar"
    with running(data) as house:
        home = hand_over(house, story_pdf(tmp_path / "harbour.pdf", pages=3))
        until(lambda: house.conversion()["state"] == "done", BUILD_SECONDS)
        press(house, home, f"{home.rstrip('/')}/publish")
        readers = Readers(house, home)
        readers.start()
        until(lambda: readers.rounds > 0, 30)
        for place in (folder, file, folder):
            done = command(data, "backup", str(place))
            assert done.returncode == 0, done.stderr
        readers.is_over.set()
        readers.join(60)
        assert readers.failures == []
        assert (folder / "secret-key").read_bytes() == (data / "secret-key").read_bytes()
        refused = command(data, "restore", str(folder))
        assert refused.returncode == 46, refused.stderr
    for place in (folder, file):
        shutil.rmtree(data)
        done = command(data, "restore", str(place))
        assert done.returncode == 0, done.stderr
        assert command(data, "check").returncode == 0
    with running(data) as again:
        again.post("/account/login/", {"login": EMAIL, "password": PASSWORD})
        if "No. 1" not in again.get("/fathom/"):  # it may be that just then it was withdrawn
            press(again, home, f"{home.rstrip('/')}/publish")
        page = again.get("/fathom/no-1/page/3")
        picture = re.search(r"/fathom/no-1/b/\w{16}/pictures/\d+/3\.webp", page)
        assert picture is not None
        with again._open(f"{again.address}{picture[0]}", timeout=30) as answer:
            assert answer.read(4) == b"RIFF"
        until(lambda: "/fathom/no-1/" in again.get("/search?q=harbour"), 60)
    text = next(data.glob("editions/*/*/text/1.html"))
    text.write_text("changed", encoding="utf-8")
    faulty = command(data, "check")
    assert (faulty.returncode, "text/1.html" in faulty.stdout) == (47, True)


def test_an_interrupted_restore_can_be_begun_again(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", tmp_path / "backup"
    with running(data):
        assert command(data, "backup", str(folder)).returncode == 0
    shutil.rmtree(data)
    database = folder / "database.sqlite3"
    whole = database.read_bytes()
    database.write_bytes(whole[:-1])
    refused = command(data, "restore", str(folder))
    assert (refused.returncode, "damaged" in refused.stderr) == (45, True)
    assert not (data / "masthead.sqlite3").exists()
    database.write_bytes(whole)
    done = command(data, "restore", str(folder))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("words", [["check"], ["check", "--quick"], ["backup", "nowhere.tar"]])
def test_where_there_is_no_house_it_is_said(tmp_path: Path, words: list[str]) -> None:
    done = command(tmp_path / "data", *words)
    assert (done.returncode, "[database_missing]" in done.stderr) == (43, True)
    assert not (tmp_path / "data").exists()
    assert not list(tmp_path.rglob("*.tar"))
