"""The house as people start it: one tree of processes that survives the loss of any, and loses no conversion."""

from __future__ import annotations

import http.client
import http.cookiejar
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.pdfs import story_pdf
from tests.tables import give_tables

START_SECONDS, BUILD_SECONDS = 90, 240
EMAIL, PASSWORD = "olga@harbour.example", "lantern over water"
COMMAND = [sys.executable, "-c", "from masthead.command import main; main()", "serve", "--port", "0"]

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the list of processes from /proc")


class House:
    """A running house with its owner in a browser without scripts."""

    def __init__(self, process: subprocess.Popen[str], address: str, data: Path) -> None:
        self.process, self.address, self.data = process, address, data
        jar = http.cookiejar.CookieJar()
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar)).open

    def get(self, path: str) -> str:
        with self._open(f"{self.address}{path}", timeout=30) as answer:
            return str(answer.read().decode())

    def post(self, path: str, fields: dict[str, str], file: Path | None = None) -> str:
        """Send a form from its own page, so that its token comes along; the address where that leads."""
        with self._send(path, fields, file) as answer:
            return urllib.parse.urlsplit(answer.geturl()).path

    def post_page(self, path: str, fields: dict[str, str]) -> str:
        """Send a form; the page that comes back."""
        with self._send(path, fields, None) as answer:
            return str(answer.read().decode())

    def _send(self, path: str, fields: dict[str, str], file: Path | None) -> Any:
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', self.get(path))
        assert token is not None
        edge, parts = "edge-of-a-part", []
        for name, value in {**fields, "csrfmiddlewaretoken": token[1]}.items():
            parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
        if file is not None:
            head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{file.name}"\r\n\r\n'
            parts.append(head.encode() + file.read_bytes() + b"\r\n")
        request = urllib.request.Request(
            f"{self.address}{path}",
            data=b"".join(parts) + f"--{edge}--\r\n".encode(),
            headers={"Content-Type": f"multipart/form-data; boundary={edge}"},
        )
        return self._open(request, timeout=60)

    def conversion(self) -> dict[str, object]:
        """The row of the only conversion."""
        with sqlite3.connect(self.data / "masthead.sqlite3", timeout=20) as rows:
            rows.row_factory = sqlite3.Row
            return dict(rows.execute("SELECT * FROM production_conversion").fetchone())

    def processes(self, job: str) -> list[int]:
        """The numbers of this house's processes that do a job, the web server's own children not counted."""
        mark = re.compile(rf"masthead: {job}( \d+)? of {self.process.pid}\b".encode())
        found = []
        for file in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                line = file.read_bytes()
            except OSError:
                continue
            if mark.match(line):
                found.append(int(file.parent.name))
        return sorted(found)


def until(true: Callable[[], object], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.2)


@contextmanager
def running(data: Path, *, with_tables: bool = True, **settings: str) -> Iterator[House]:
    """A house on this folder; it makes its tables itself where it is not given those that every test begins with."""
    if with_tables and "MASTHEAD_DATABASE" not in settings:
        give_tables(data)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MASTHEAD_")} | {
        "MASTHEAD_DATA": str(data),
        "MASTHEAD_CACHE": str(data / "cache"),
        "MASTHEAD_OWNER_EMAIL": EMAIL,
        "MASTHEAD_OWNER_PASSWORD": PASSWORD,
        "MASTHEAD_WEB_PROCESSES": "1",
        "MASTHEAD_CONVERSIONS": "1",
        "MASTHEAD_NICENESS": "0",  # other tests never let the processor rest
        "MASTHEAD_PASSWORD_MEMORY_MB": "19",  # nobody guesses
        "MASTHEAD_PICTURE_WIDTH": "1200",  # nobody zooms
        "PYTHONUNBUFFERED": "1",
        **settings,
    }
    with (data.parent / "log").open("a") as log:
        process = subprocess.Popen(COMMAND, env=environment, stdout=subprocess.PIPE, stderr=log, text=True)
    assert process.stdout is not None
    try:
        said = process.stdout.readline()
        address = re.search(r"http://[^/]+", said)
        assert address is not None, (data.parent / "log").read_text()
        house = House(process, address[0], data)
        with socket.create_connection(("127.0.0.1", int(address[0].rpartition(":")[2])), 10):
            pass  # whoever comes as soon as the address is said is not refused
        until(lambda: _answers(house), START_SECONDS)
        yield house
    finally:
        process.terminate()
        process.wait(40)
        process.stdout.close()


def _answers(house: House) -> bool:
    try:
        return '"ok"' in house.get("/ready")
    except OSError:
        return False


def hand_over(house: House, pdf: Path) -> str:
    """Sign in, make a publication, hand over an issue; the edition's page."""
    house.post("/account/login/", {"login": EMAIL, "password": PASSWORD})
    slug = re.search(r"/office/houses/([\w-]+)/", house.get("/office/"))
    assert slug is not None
    made = house.post(
        f"/office/houses/{slug[1]}/publications/new", {"name": "Fathom", "language": "en", "frequency": "monthly"}
    )
    return house.post(f"{made}editions/new", {"label": "No. 1", "date": "2026-11-01"}, pdf)


def test_a_killed_converter_loses_nothing_and_draws_no_page_twice(tmp_path: Path) -> None:
    data = tmp_path / "data"
    pdf = story_pdf(tmp_path / "harbour.pdf", pages=30)
    with running(data) as house:
        home = hand_over(house, pdf)
        until(lambda: list(data.glob("editions/*/.*.building/pictures/240/6.webp")), BUILD_SECONDS)
        (converter,) = house.processes("converter")
        os.kill(converter, signal.SIGKILL)
        drawn = {
            file.name: file.stat().st_mtime_ns for file in data.glob("editions/*/.*.building/pictures/1200/*.webp")
        }
        assert len(drawn) > 3
        with sqlite3.connect(data / "masthead.sqlite3", timeout=20) as rows:  # half a minute is long in a test
            rows.execute("UPDATE production_conversion SET lease_until = '2026-01-01 00:00:00'")
        until(lambda: house.processes("converter") not in ([], [converter]), 30)
        until(lambda: house.conversion()["state"] == "done", BUILD_SECONDS)
        row = house.conversion()
        assert (row["attempts"], row["interruptions"], row["pages_done"]) == (2, 1, 30)
        (folder,) = data.glob("editions/*/*-2")
        kept = [name for name, at in drawn.items() if (folder / "pictures/1200" / name).stat().st_mtime_ns == at]
        assert len(kept) >= len(drawn) - 2  # those that were not yet noted down are drawn again
        assert "Publish now" in house.get(home)
        assert (
            subprocess.run(
                [sys.executable, "-c", "from masthead.command import main; main()", "check", str(folder)], check=False
            ).returncode
            == 0
        )


def test_the_whole_tree_dies_together_and_goes_on_after(tmp_path: Path) -> None:
    data = tmp_path / "data"
    pdf = story_pdf(tmp_path / "harbour.pdf", pages=12)
    with running(data) as house:
        hand_over(house, pdf)
        until(lambda: house.conversion()["state"] == "running", BUILD_SECONDS)
        jobs = ("web", "converter", "clock")
        assert all(house.processes(job) for job in jobs)
        house.process.kill()
        house.process.wait(10)
        until(lambda: not any(house.processes(job) for job in jobs), 40)
    with running(data) as again:
        with sqlite3.connect(data / "masthead.sqlite3", timeout=20) as rows:
            rows.execute("UPDATE production_conversion SET lease_until = '2026-01-01 00:00:00' WHERE state = 'running'")
        until(lambda: again.conversion()["state"] == "done", BUILD_SECONDS)


@pytest.fixture(scope="module")
def quiet_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house that nobody stops, with two processes that answer."""
    folder = tmp_path_factory.mktemp("quiet") / "data"  # without tables, so that one house of the run makes its own
    with running(folder, with_tables=False, MASTHEAD_WEB_PROCESSES="2", MASTHEAD_NICENESS="12") as house:
        yield house


def test_a_second_house_on_the_same_folder_is_refused(quiet_house: House) -> None:
    environment = {**os.environ, "MASTHEAD_DATA": str(quiet_house.data)}
    second = subprocess.run(COMMAND, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert second.returncode == 44
    assert "[house_runs]" in second.stderr


def test_who_converts_stands_back_behind_who_answers(quiet_house: House) -> None:
    (converter,) = quiet_house.processes("converter")
    until(lambda: os.getpriority(os.PRIO_PROCESS, converter) == 12, 30)
    assert {os.getpriority(os.PRIO_PROCESS, process) for process in quiet_house.processes("web")} == {0}


class Visitor(threading.Thread):
    """Asks again and again, each time over a new connection, as many who come do."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.answered, self.failures, self.over = 0, list[OSError | http.client.HTTPException](), threading.Event()
        self._host = urllib.parse.urlsplit(address).netloc

    def run(self) -> None:
        while not self.over.is_set():
            connection = http.client.HTTPConnection(self._host, timeout=60)
            try:
                connection.request("GET", "/health")
                assert connection.getresponse().status == 200
                self.answered += 1
            except (OSError, http.client.HTTPException) as error:
                self.failures.append(error)
            finally:
                connection.close()
            self.over.wait(0.02)


def test_who_asks_while_processes_that_answer_are_killed_waits_and_is_not_refused(quiet_house: House) -> None:
    first = quiet_house.processes("web")
    assert len(first) == 2
    visitors = [Visitor(quiet_house.address) for _ in range(4)]
    for visitor in visitors:
        visitor.start()

    def answered() -> int:
        return sum(visitor.answered for visitor in visitors)

    def all_new(old: list[int]) -> bool:
        now = quiet_house.processes("web")
        return len(now) == 2 and not set(now) & set(old)

    until(answered, 30)
    os.kill(first[0], signal.SIGKILL)
    until(lambda: first[0] not in quiet_house.processes("web"), 30)
    before = answered()
    until(lambda: answered() > before + 20, 30)  # the other one goes on
    until(lambda: len(set(quiet_house.processes("web")) - {first[0]}) == 2, 30)
    second = quiet_house.processes("web")
    for process in second:  # nobody is left to answer
        os.kill(process, signal.SIGKILL)
    before = answered()
    until(lambda: all_new(second) and answered() > before + 20, 60)
    for visitor in visitors:
        visitor.over.set()
        visitor.join(60)
    failures = [failure for visitor in visitors for failure in visitor.failures]
    assert not [failure for failure in failures if isinstance(failure, ConnectionRefusedError | TimeoutError)]
    assert len(failures) <= 2 * len(visitors), failures  # what was being answered in that moment


@pytest.mark.parametrize(
    ("name", "value", "status", "code"),
    [
        ("MASTHEAD_DATA", "/proc/nowhere", 42, "data_folder"),
        ("MASTHEAD_DATABASE", "postgresql://127.0.0.1:9/none", 43, "database_missing"),
        ("MASTHEAD_SECRET_KEY", "short", 40, "settings_invalid"),
    ],
)
def test_what_is_wrong_at_the_start_is_said(tmp_path: Path, name: str, value: str, status: int, code: str) -> None:
    environment = {**os.environ, "MASTHEAD_DATA": str(tmp_path / "data"), name: value}
    done = subprocess.run(COMMAND, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == status, done.stderr
    assert f"[{code}]" in done.stderr
    assert "Traceback" not in done.stderr
