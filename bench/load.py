"""Ten thousand readers at once over loopback, and then a storm of sign-ins while they read.

A house of its own with two editions of the sample, one open, one for subscribers. Each reader has a connection of their
own that stays open: they open a page, fetch the manifest, then for each page its picture and words, and tell that they
read it; between pages they read. A share of them is signed in and reads the edition for subscribers. Then so many
people a second sign in with passwords, hashed as they are, while the others go on reading. The crowd takes its part of
the same cores: what the house's own processes spent is said apart. Run it alone on the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measures.crowd import Browser, Issue, Seen, read, sign_in
from measures.crowd_seeding import PASSWORD
from serving import processor_seconds

ROOT = Path(__file__).parents[1]
PROGRAM = [sys.executable, "-c", "from masthead.command import main; main()"]
BETWEEN = 20  # seconds between two lines of how it goes


@dataclass(frozen=True)
class House:
    """One that runs, and who is in it."""

    process: subprocess.Popen[str]
    address: str
    told: dict[str, Any]

    def web(self) -> list[Path]:
        """Its processes that answer, by their folders in /proc."""
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            try:
                title = (place / "cmdline").read_bytes()
                if re.match(rf"masthead: web \d+ of {self.process.pid}\b".encode(), title):
                    found.append(place)
            except OSError:
                continue
        return found

    def megabytes(self) -> float:
        """Memory of these processes, what they share counted once."""
        total = 0
        for place in self.web():
            try:
                total += int((re.search(r"Pss: +(\d+)", (place / "smaps_rollup").read_text()) or ["", "0"])[1])
            except OSError:
                continue
        return total / 1024

    def files(self) -> list[int]:
        """Open files of each, most first."""
        return sorted((len(list((place / "fd").iterdir())) for place in self.web()), reverse=True)


@contextmanager
def standing(options: argparse.Namespace) -> Iterator[House]:
    """A house with its readers, taken away afterwards."""
    with tempfile.TemporaryDirectory(prefix="masthead-load-") as folder:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("MASTHEAD_")}
        environment |= {
            "MASTHEAD_DATA": f"{folder}/data",
            "MASTHEAD_CACHE": f"{folder}/cache",
            "MASTHEAD_LOG_LEVEL": "error",
            "MASTHEAD_SECRET_KEY": "only-for-a-crowd-that-is-made-for-this-one-measurement",
            "MASTHEAD_PROXIES": "1",  # so that each reader has a network address of their own
            "MASTHEAD_WEB_PROCESSES": str(options.processes),
            "MASTHEAD_CONVERSIONS": "0",
            "PYTHONUNBUFFERED": "1",
            "PYTHONPATH": str(options.source / "src"),
        }
        for name in ("run", "incoming", "originals", "editions"):
            Path(folder, "data", name).mkdir(parents=True)
        seeding = [sys.executable, str(ROOT / "bench/measures/crowd_seeding.py")]
        counts = [str(options.signed_in), str(options.sign_ins * options.storm)]
        done = subprocess.run([*seeding, *counts], env=environment, check=True, stdout=subprocess.PIPE, text=True)
        process = subprocess.Popen(
            [*PROGRAM, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True, cwd=folder
        )
        try:
            assert process.stdout is not None
            found = re.search(r"http://[^/\s]+", process.stdout.readline())
            assert found is not None
            ready(found[0])
            yield House(process, found[0], json.loads(done.stdout.splitlines()[-1]))
        finally:
            process.terminate()
            process.wait(60)


def ready(address: str) -> None:
    """Wait until it answers."""
    end = time.monotonic() + 300
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{address}/ready", timeout=30):
                return
        except OSError:
            time.sleep(0.5)
    sys.exit("the house does not answer")


async def crowd(house: House, options: argparse.Namespace) -> None:
    """Let them in, let them read, let the others sign in."""
    seen = Seen()
    end = time.monotonic() + options.ramp + options.seconds
    last = end + (options.storm + 30 if options.sign_ins else 0)
    sessions = house.told["sessions"]
    issues = [Issue(home, house.told["pages"]) for home in house.told["homes"]]
    readers = []
    for at in range(options.readers):
        is_ours = bool(sessions) and random.random() < options.share
        cookies = {"session": random.choice(sessions)} if is_ours else {}
        browser = Browser(house.address, seen, network(at), cookies)
        begin = options.ramp * at / options.readers
        readers.append(asyncio.create_task(read(browser, issues[is_ours], options.pause, last, seen, begin)))
    spent = processor_seconds(house.process.pid)
    while time.monotonic() < end:
        await asyncio.sleep(min(BETWEEN, max(0.1, end - time.monotonic())))
        done = sum(map(len, seen.seconds.values()))
        print(f"  {seen.there} readers, {done} answers, open files {house.files()}", file=sys.stderr, flush=True)
    said(house, seen, options.ramp + options.seconds, processor_seconds(house.process.pid) - spent, "reading")
    if options.sign_ins:
        await storm(house, seen, options)
    for reader in readers:
        reader.cancel()
    await asyncio.gather(*readers, return_exceptions=True)


async def storm(house: House, seen: Seen, options: argparse.Namespace) -> None:
    """So many people a second sign in; who reads goes on."""
    seen.seconds.clear()
    seen.failures.clear()
    outcomes: Counter[str] = Counter()
    spent, begin = processor_seconds(house.process.pid), time.monotonic()
    people = []
    for at, email in enumerate(house.told["emails"]):
        await asyncio.sleep(max(0.0, begin + at / options.sign_ins - time.monotonic()))
        browser = Browser(house.address, seen, network(1_000_000 + at))
        people.append(asyncio.create_task(sign_in(browser, email, PASSWORD, seen, outcomes)))
    await asyncio.gather(*people)
    took = time.monotonic() - begin
    said(house, seen, took, processor_seconds(house.process.pid) - spent, f"{options.sign_ins} sign-ins a second")
    print("\n" + ", ".join(f"{what}: {number}" for what, number in sorted(outcomes.items())))


def network(number: int) -> str:
    """An address that nobody else has."""
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def said(house: House, seen: Seen, seconds: float, spent: float, what: str) -> None:
    """Print what came of it."""
    done = sum(map(len, seen.seconds.values()))
    print(f"\n### {what}\n\n| request | answers | p50 ms | p95 ms | p99 ms |\n|---|---|---|---|---|")
    for kind, each in sorted(seen.seconds.items()):
        each.sort()
        places = [each[min(len(each) - 1, int(len(each) * share))] * 1000 for share in (0.5, 0.95, 0.99)]
        print(f"| {kind} | {len(each)} | " + " | ".join(f"{ms:.0f}" for ms in places) + " |")
    print(f"\n{seen.most} readers at once at most; {done / seconds:.0f} answers a second; failures: ", end="")
    print(dict(seen.failures) or "none", f"; connections opened again: {seen.again}")
    print(f"processor: {spent:.1f} s in {seconds:.0f} s, {1000 * spent / max(1, done):.2f} ms an answer; ", end="")
    print(f"memory of the web processes {house.megabytes():.0f} MB; open files {house.files()}", flush=True)


def main() -> None:
    """Make the house, let the crowd in, take it away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=10_000, metavar="N")
    parser.add_argument("--share", type=float, default=0.3, metavar="PART", help="who is signed in and subscribes")
    parser.add_argument("--signed-in", type=int, default=500, metavar="N", help="accounts of these")
    parser.add_argument("--pause", type=float, default=60, metavar="SECONDS", help="for which a page is read")
    parser.add_argument("--ramp", type=int, default=60, metavar="SECONDS", help="in which all come")
    parser.add_argument("--seconds", type=int, default=60, metavar="N", help="that all read")
    parser.add_argument("--sign-ins", type=int, default=20, metavar="N", help="a second; 0 for none")
    parser.add_argument("--storm", type=int, default=20, metavar="SECONDS")
    parser.add_argument("--source", type=Path, default=ROOT, metavar="CHECKOUT", help="whose house it is")
    parser.add_argument("--processes", type=int, default=3, metavar="N")
    options = parser.parse_args()
    wanted = options.readers + 1000
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < wanted:
        sys.exit(f"so many connections need {wanted} open files; the limit is {hard} (ulimit -n)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    with standing(options) as house:
        asyncio.run(crowd(house, options))


if __name__ == "__main__":
    main()
