"""Hands a corpus over to a house at once while readers read, kills its processes, and says what came of it.

Run it alone on the machine. It starts a house of its own on a folder that it removes. Reading is measured as a browser
does it: a page of a live edition, then its picture.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

OWNER = "bench@example.org"
PROGRAM = [sys.executable, "-c", "from masthead.command import main; main()"]


class Readers(threading.Thread):
    """Reads pages of the live edition again and again; seconds of each answer."""

    def __init__(self, address: str, home: str, pages: int) -> None:
        super().__init__(daemon=True)
        self.seconds: list[float] = []
        self.failed = 0
        self._host, self._home, self._pages = urlsplit(address).netloc, home, pages
        self.over = threading.Event()

    def run(self) -> None:
        chance = random.Random(1)
        while not self.over.is_set():
            page = chance.randint(1, self._pages)
            begin = time.perf_counter()
            try:
                connection = http.client.HTTPConnection(self._host, timeout=30)
                connection.request("GET", f"{self._home}page/{page}")
                answer = connection.getresponse()
                text = answer.read().decode()
                self.seconds.append(time.perf_counter() - begin)
                picture = re.search(r'src="([^"]+/pictures/\d+/\d+\.webp)"', text)
                if picture:
                    begin = time.perf_counter()
                    connection.request("GET", picture[1])
                    connection.getresponse().read()
                    self.seconds.append(time.perf_counter() - begin)
                self.failed += answer.status != 200
                connection.close()
            except OSError:
                self.failed += 1
            self.over.wait(0.05)


def rows(data: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(data / "masthead.sqlite3", timeout=30) as table:
        return table.execute(query).fetchall()


def add(environment: dict[str, str], *arguments: str) -> str:
    command = [*PROGRAM, "add", *arguments, "--publication", "bench", "--by", OWNER]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def prepare(environment: dict[str, str]) -> None:
    """A publication to hand over to."""
    code = (
        "import django; django.setup(set_prefix=False)\n"
        "from masthead.accounts.selectors import Publisher, User\n"
        "from masthead.library.services import publication_create\n"
        "publication_create(by=User.objects.get(), publisher=Publisher.objects.get(), name='Bench')"
    )
    settings = {**environment, "DJANGO_SETTINGS_MODULE": "masthead.config.house_settings"}
    subprocess.run([sys.executable, "-c", code], env=settings, check=True)


def kill_one(tree: int, job: str) -> None:
    """One process of a kind, without warning."""
    mark = f"masthead.command.house_process\0{tree}\0{job}\0".encode()
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if mark in file.read_bytes():
                os.kill(int(file.parent.name), signal.SIGKILL)
                return
        except OSError:
            continue


def measure(files: list[Path], data: Path, seconds: float) -> None:
    environment = {
        **os.environ,
        "MASTHEAD_DATA": str(data),
        "MASTHEAD_CACHE": str(data / "cache"),
        "MASTHEAD_OWNER_EMAIL": OWNER,
        "MASTHEAD_OWNER_PASSWORD": "lantern over water",
        "MASTHEAD_LOG_LEVEL": "error",
        "PYTHONUNBUFFERED": "1",
    }
    house = subprocess.Popen([*PROGRAM, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert house.stdout is not None
        found = re.search(r"http://[^/\s]+", house.stdout.readline())
        assert found is not None
        time.sleep(8)
        prepare(environment)
        print(add(environment, str(files[0]), "--label", "Read", "--publish").strip())
        [(pages,)] = rows(data, "SELECT pages FROM library_build")
        readers = Readers(found[0], "/bench/read/", int(str(pages)))
        readers.start()
        begin = time.monotonic()
        refused = add(environment, *map(str, files)).count("[")
        print(f"{len(files)} files handed over in {time.monotonic() - begin:.0f} s, {refused} refused with a sentence")
        report(house.pid, data, readers, begin + seconds)
        print(f"all ended after {time.monotonic() - begin:.0f} s")
    finally:
        house.terminate()
        house.wait(60)


def report(tree: int, data: Path, readers: Readers, end: float) -> None:
    """Kill a converter twice and the web process once on the way, wait for the end, and print what came of it."""
    kills = ["converter", "web", "converter"]
    waiting = "SELECT COUNT(*) FROM production_conversion WHERE state IN ('waiting', 'running')"
    while rows(data, waiting) != [(0,)] and time.monotonic() < end:
        time.sleep(15)
        if kills:
            kill_one(tree, kills.pop())
    readers.over.set()
    readers.join(40)
    for state, number in rows(data, "SELECT state, COUNT(*) FROM production_conversion GROUP BY state"):
        print(f"  {number:4} conversions {state}")
    [(taken_up,)] = rows(data, "SELECT COUNT(*) FROM production_conversion WHERE interruptions > 0 AND state = 'done'")
    print(f"  {taken_up:4} of them were interrupted by a kill and went on to their end")
    ordered = sorted(readers.seconds)
    if ordered:
        middle, late = (1000 * ordered[int(len(ordered) * share)] for share in (0.5, 0.95))
        print(f"  {len(ordered)} answers to readers: median {middle:.0f} ms, 95th percentile {late:.0f} ms")
    print(f"  {readers.failed} requests of readers failed")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--seconds", type=float, default=3600, help="longest time to wait for the end")
    options = parser.parse_args()
    files = sorted(file for folder in options.folders for file in folder.glob("*.pdf"))
    with tempfile.TemporaryDirectory(prefix="masthead-bench-") as folder:
        measure(files, Path(folder) / "data", options.seconds)


if __name__ == "__main__":
    main()
