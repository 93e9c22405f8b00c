"""A house on three machines that share no disk: PostgreSQL, a queue and a storage between them, and one is lost."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis
from psycopg.rows import dict_row
from tests.command.test_house import EMAIL, PASSWORD, House, hand_over
from tests.pdfs import story_pdf
from tests.scale import servers
from tests.scale.servers import Servers, until

BUILD_SECONDS = 240
_PROGRAM = [sys.executable, "-c", "from masthead.command import main; main()"]
_ABSENT = servers.missing()
pytestmark = [
    pytest.mark.scale,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the list of processes from /proc"),
    pytest.mark.skipif(
        bool(_ABSENT) and os.environ.get("MASTHEAD_TEST_SCALE") != "required",
        reason=f"not installed here: {', '.join(_ABSENT)}; bin/setup --for scale installs what it can",
    ),
]


class Machine:
    """A process tree with a data folder and a cache of its own."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self.process, self.folder = process, folder

    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def processes(self, job: str) -> list[int]:
        return House(self.process, "", self.folder).processes(job)

    def lose(self) -> None:
        """The machine is gone: nothing of it can say a last word."""
        converters = self.processes("converter")
        assert converters
        for number in (self.process.pid, *converters):
            os.kill(number, signal.SIGKILL)
        self.process.wait(20)


def settings_of(folder: Path, found: Servers) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MASTHEAD_")}
    return {
        **kept,
        **found.environment(),
        "MASTHEAD_DATA": str(folder / "data"),
        "MASTHEAD_CACHE": str(folder / "cache"),
        "MASTHEAD_OWNER_EMAIL": EMAIL,
        "MASTHEAD_OWNER_PASSWORD": PASSWORD,
        "MASTHEAD_WEB_PROCESSES": "1",
        "MASTHEAD_CONVERSIONS": "0",
        "MASTHEAD_WORKERS": "1",
        "MASTHEAD_NICENESS": "0",  # other tests never let the processor rest
        "PYTHONUNBUFFERED": "1",
    }


@contextmanager
def machine(folder: Path, found: Servers, *command: str) -> Iterator[Machine]:
    folder.mkdir(parents=True)
    environment = settings_of(folder, found)
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [*_PROGRAM, *command], env=environment, stdout=subprocess.PIPE, stderr=log, text=True
        )
    try:
        yield Machine(process, folder)
    finally:
        process.terminate()
        process.wait(40)
        assert process.stdout is not None
        process.stdout.close()


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    assert not _ABSENT, f"not installed here: {', '.join(_ABSENT)}"
    with servers.running(tmp_path_factory.mktemp("servers") / "all") as running:
        yield running


def rows(found: Servers, asked: str, *values: Any) -> list[dict[str, Any]]:
    with psycopg.connect(found.database, row_factory=dict_row, autocommit=True) as connection:
        cursor = connection.execute(asked, values)  # type: ignore[call-overload]
        return list(cursor.fetchall()) if cursor.description else []


def conversions(found: Servers) -> list[dict[str, Any]]:
    return rows(found, "SELECT * FROM production_conversion ORDER BY created_at")


def opened(web: Machine) -> House:
    assert web.process.stdout is not None
    address = re.search(r"http://[^/]+", web.process.stdout.readline())
    assert address is not None, web.log()
    house = House(web.process, address[0], web.folder / "data")

    def answers() -> bool:
        try:
            return '"ok"' in house.get("/ready")
        except OSError:
            return False

    until(answers, servers.START_SECONDS, "the house")
    return house


def bytes_of(house: House, path: str) -> bytes:
    with house._open(f"{house.address}{path}", timeout=60) as answer:
        return bytes(answer.read())


def one_is_lost(found: Servers, workers: dict[str, Machine]) -> Machine:
    """Kill the machine that converts when it has drawn some pages; the other one."""
    until(lambda: conversions(found)[0]["pages_done"] > 8, BUILD_SECONDS, "a conversion that is under way")
    number = int(str(conversions(found)[0]["worker"]).split("-")[-2])
    (name,) = [name for name, one in workers.items() if number in one.processes("converter")]
    workers.pop(name).lose()
    (other,) = workers.values()
    # half a minute is long in a test
    rows(found, "UPDATE production_conversion SET lease_until = now() - interval '1 minute' WHERE state = 'running'")
    return other


def test_a_lost_machine_costs_nothing_but_time(found: Servers, tmp_path: Path) -> None:
    with ExitStack() as stack:

        def start(name: str, *command: str) -> Machine:
            return stack.enter_context(machine(tmp_path / name, found, *command))

        web = start("web", "serve", "--port", "0")
        house = opened(web)
        workers = {name: start(name, "work", "--processes", "1") for name in ("first", "second")}
        home = hand_over(house, story_pdf(tmp_path / "harbour.pdf", pages=40))
        other = one_is_lost(found, workers)

        def done() -> bool:
            return bool(conversions(found)[0]["state"] == "done")

        until(done, BUILD_SECONDS, f"the end of a conversion\n{other.log()[-3000:]}")
        (row,) = conversions(found)
        assert (row["attempts"], row["interruptions"], row["pages_done"]) == (2, 1, 40)
        taken = re.search(r"goes on with (\d+) pictures", other.log())
        assert taken is not None, "what the lost machine had drawn is not drawn again"
        assert int(taken[1]) >= 5 * 5

        _message_that_is_lost(found, house, home, tmp_path)
        until(lambda: conversions(found)[-1]["state"] == "done", BUILD_SECONDS, "the end of one without a message")
        assert conversions(found)[-1]["attempts"] == 1
        _is_read_on_the_web_machine(house, home)


def _message_that_is_lost(found: Servers, house: House, home: str, tmp_path: Path) -> None:
    """A second issue, whose message nobody gets, and messages of which nobody knows."""
    publication = re.search(r"/office/publications/[\w-]+", house.get(home))
    assert publication is not None
    pdf = story_pdf(tmp_path / "second.pdf", pages=2)
    house.post(f"{publication[0]}/editions/new", {"label": "No. 2", "date": "2026-12-01"}, pdf)
    redis.Redis.from_url(found.queue).flushall()


def _is_read_on_the_web_machine(house: House, home: str) -> None:
    """Pages, pictures, the PDF and a book: the machine that answers has none of them on its disk at first."""
    press(house, home, f"{home.rstrip('/')}/publish")
    edition = bytes_of(house, "/fathom/no-1/").decode()
    assert "Harbour" in edition
    build = re.search(r"/fathom/no-1/b/(\w{16})/", edition)
    assert build is not None
    cache = house.data.parent / "cache"
    assert not list(cache.glob("copies/**/pictures/*/*.webp")), "pictures come when they are asked for"
    assert bytes_of(house, f"{build[0]}pictures/2400/40.webp")[:4] == b"RIFF"
    assert len(list(cache.glob("copies/**/pictures/*/*.webp"))) == 1
    assert bytes_of(house, "/fathom/no-1/issue.pdf")[:5] == b"%PDF-"
    assert bytes_of(house, "/fathom/no-1/issue.epub")[:2] == b"PK"
    until(lambda: "/fathom/no-1/" in house.get("/search?q=harbour"), 60, "a hit of the search")


def press(house: House, page: str, path: str) -> None:
    """Press a button of a page."""
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', house.get(page))
    assert token is not None
    fields = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1]}).encode()
    house._open(urllib.request.Request(f"{house.address}{path}", data=fields), timeout=60).close()


def test_a_house_at_scale_is_backed_up_and_restored_elsewhere(found: Servers, tmp_path: Path) -> None:
    """After the test before this one: its house goes into a folder, and from there into another database and prefix."""

    def command(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*_PROGRAM, *words], env=environment, capture_output=True, text=True, check=False, timeout=200
        )

    old, backup = settings_of(tmp_path / "old", found), tmp_path / "backup"
    done = command(old, "backup", str(backup))
    assert done.returncode == 0, done.stderr
    builds = len(rows(found, "SELECT 1 FROM library_build"))
    assert builds == len(list(backup.glob("editions/*/*/manifest.json"))) > 0
    rows(found, "CREATE DATABASE again")
    new = {
        **settings_of(tmp_path / "new", found),
        "MASTHEAD_DATABASE": found.database.replace("/postgres", "/again"),
        "MASTHEAD_STORAGE": "s3://harbour/again",
    }
    assert command(new, "check").returncode == 43, "there is no house yet"
    done = command(new, "restore", str(backup))
    assert done.returncode == 0, done.stderr
    new = {**new, "MASTHEAD_CACHE": str(tmp_path / "empty")}
    done = command(new, "check")
    assert (done.returncode, done.stdout) == (0, "The house is whole.\n"), done.stderr
    assert command(new, "restore", str(backup)).returncode == 46
