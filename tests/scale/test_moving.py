"""A house begun as everybody begins, with SQLite and a folder, moves to PostgreSQL with one command."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from tests.command.test_house import BUILD_SECONDS, EMAIL, PASSWORD, hand_over, running, until
from tests.pdfs import story_pdf
from tests.scale import servers

pytestmark = [
    pytest.mark.scale,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the list of processes from /proc"),
    pytest.mark.skipif(
        "PostgreSQL" in servers.missing() and os.environ.get("MASTHEAD_TEST_SCALE") != "required",
        reason="PostgreSQL is not installed here",
    ),
]


def move(old: Path, new: Path, address: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MASTHEAD_")}
    return subprocess.run(
        [sys.executable, "-c", "from masthead.command import main; main()", "move", str(old)],
        env={
            **kept,
            "MASTHEAD_DATA": str(new),
            "MASTHEAD_CACHE": str(new.parent / "cache"),
            "MASTHEAD_DATABASE": address,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def words_of(page: str) -> list[str]:
    """What somebody reads of a page; the tokens of its forms change."""
    return re.sub(r"<[^>]+>", " ", page).split()


def test_a_house_moves_to_a_database_server(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    old, new = tmp_path / "one" / "data", tmp_path / "two" / "data"
    pdf = story_pdf(tmp_path / "harbour.pdf", pages=4)
    with servers.database() as address:
        with running(old) as house:
            home = hand_over(house, pdf)
            until(lambda: house.conversion()["state"] == "done", BUILD_SECONDS)
            publication = re.search(r"/office/publications/[\w-]+", house.get(home))
            assert publication is not None
            shown = house.get("/office/publications/" + publication[0].rpartition("/")[2] + "/")
            assert move(old, new, address).returncode == 44, "it is still served"
        done = move(old, new, address)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "the same in each table" in done.stdout
        with psycopg.connect(address) as table:
            found = table.execute("SELECT label, build_id IS NOT NULL FROM library_edition").fetchall()
        assert found == [("No. 1", True)]
        assert move(old, new, address).returncode == 46, "nothing is written over a house"
        with running(new, MASTHEAD_DATABASE=address) as moved:
            moved.post("/account/login/", {"login": EMAIL, "password": PASSWORD})
            assert words_of(moved.get(f"{publication[0]}/")) == words_of(shown)
            second = moved.post(f"{publication[0]}/editions/new", {"label": "No. 2", "date": "2026-12-01"}, pdf)
            assert second.startswith("/office/")
            assert second != home
