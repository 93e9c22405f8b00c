"""How many requests a house answers over loopback, and what each costs the processors, by kind of request.

A house of its own with one live edition, the sample issue; `wrk` (apt-get install wrk) asks for one address at a time.
Run it alone on the machine. The load tool takes a part of the same processors, so that processor time for each request
is the figure to compare: a second of it, divided by that, is what a core can do. With `--beside` a house of another
checkout stands on the same machine, and both are asked by turns in the same run: what changed is a ratio, whatever
else the machine does. A browser that reads is asked for, so that its pages are counted as those of readers are.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from house import add, prepare, processor_seconds

ROOT = Path(__file__).parents[1]
PROGRAM = [sys.executable, "-c", "from masthead.command import main; main()"]
OWNER = "bench@example.org"
MOST_SECONDS, MOST_CONNECTIONS = 60, 256


def load(address: str, headers: list[str], seconds: int, connections: int) -> tuple[float, str, int]:
    """Requests a second, the 99th percentile, and how many answers were no good."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    for header in headers:
        command += ["-H", header]
    said = subprocess.run([*command, address], capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    late = re.search(r"99%\s+(\S+)", said)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    assert rate is not None
    assert late is not None, said
    return float(rate[1]), late[1], int(bad[1]) if bad else 0


AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@dataclass(frozen=True)
class House:
    """One that runs, and what is asked of it: kinds of requests with path and headers."""

    name: str
    process: subprocess.Popen[str]
    address: str
    kinds: dict[str, tuple[str, list[str]]]

    def asked(self, kind: str, seconds: int, connections: int) -> tuple[float, str, float, int]:
        """Requests a second, the 99th percentile, milliseconds of processor for each, and those that were no good."""
        path, headers = self.kinds[kind]
        before = processor_seconds(self.process.pid)
        begin = time.monotonic()
        rate, late, bad = load(f"{self.address}{path}", headers, seconds, connections)
        spent = processor_seconds(self.process.pid) - before
        return rate, late, 1000 * spent / max(1.0, rate * (time.monotonic() - begin)), bad


def kinds_of(address: str) -> dict[str, tuple[str, list[str]]]:
    """What is asked for, found on a page of the edition."""
    asked = urllib.request.Request(f"{address}/bench/read/page/2", headers={"User-Agent": AGENT})
    answer = urllib.request.urlopen(asked)
    page = answer.read().decode()
    build = re.search(r"/bench/read/b/\w{16}/", page)
    assert build is not None
    article = re.search(r'href="(/bench/read/article/[^"#]+)"', page) or ["", "/bench/read/articles"]
    browser = [f"User-Agent: {AGENT}", "Accept-Language: en-GB,en;q=0.8"]
    packed = [*browser, "Accept-Encoding: gzip, deflate, br"]
    asked.add_header("Accept-Encoding", "gzip, deflate, br")
    tag = urllib.request.urlopen(asked).headers["ETag"]
    return {
        "page, HTML": ("/bench/read/page/2", packed),
        "page, not changed": ("/bench/read/page/2", [*packed, f"If-None-Match: {tag}"]),
        "article, HTML": (article[1], packed),
        "words of a page, JSON": (f"{build[0]}pages/2.json", packed),
        "picture, 800 px": (f"{build[0]}pictures/800/2.webp", browser),
        "picture, 2400 px": (f"{build[0]}pictures/2400/2.webp", browser),
        "search": ("/search?q=light", browser),
        "front page": ("/", browser),
    }


def measure(houses: list[House], options: argparse.Namespace) -> None:
    """Print a row for each kind of request and house; of two, the second is what the first is compared with."""
    ratio = " against the other |" if len(houses) > 1 else ""
    print(f"| request | house | a second | 99th percentile | processor, ms each | not good |{ratio}")
    print(f"|---|---|---|---|---|---|{'---|' if ratio else ''}")
    for kind in [kind for kind in houses[0].kinds if options.only in kind]:
        rows: dict[str, list[tuple[float, str, float, int]]] = {house.name: [] for house in houses}
        for house in houses:
            house.asked(kind, 1, options.connections)
        for _ in range(options.turns):
            for house in houses:
                rows[house.name].append(house.asked(kind, options.seconds, options.connections))
        middle = {name: sorted(found)[len(found) // 2] for name, found in rows.items()}
        for name, (rate, late, cost, bad) in middle.items():
            against = next((other for other in middle if other != name), name)
            ratio = f" {rate / middle[against][0]:.2f} |" if len(houses) > 1 else ""
            print(f"| {kind} | {name} | {rate:.0f} | {late} | {cost:.2f} | {bad} |{ratio}", flush=True)


@contextmanager
def standing(name: str, checkout: Path, folder: str, pdf: Path, options: argparse.Namespace) -> Iterator[House]:
    """A house of a checkout with one live edition, taken away afterwards."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("MASTHEAD_")},
        "MASTHEAD_DATA": f"{folder}/{name}/data",
        "MASTHEAD_CACHE": f"{folder}/{name}/cache",
        "MASTHEAD_OWNER_EMAIL": OWNER,
        "MASTHEAD_OWNER_PASSWORD": "lantern over water",
        "MASTHEAD_LOG_LEVEL": options.log,
        "PYTHONPATH": str(checkout / "src"),
        "PYTHONUNBUFFERED": "1",
    }
    command = [*PROGRAM, "serve", "--port", "0"]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=folder
    )
    try:
        assert process.stdout is not None
        found = re.search(r"http://[^/\s]+", process.stdout.readline())
        assert found is not None
        time.sleep(8)
        prepare(environment)
        add(environment, str(pdf), "--label", "Read", "--publish")
        yield House(name, process, found[0], kinds_of(found[0]))
    finally:
        process.terminate()
        process.wait(60)


def main() -> None:
    """Make the houses, ask them, take them away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=8, choices=range(1, MOST_SECONDS + 1), metavar="N")
    parser.add_argument("--connections", type=int, default=32, choices=range(1, MOST_CONNECTIONS + 1), metavar="N")
    parser.add_argument("--turns", type=int, default=1, choices=range(1, 10), metavar="N", help="the middle one counts")
    parser.add_argument("--only", default="", metavar="WORD", help="kinds of requests with this word in their name")
    parser.add_argument("--log", default="error", help="what the houses log; info is how they run by themselves")
    parser.add_argument("--beside", type=Path, metavar="CHECKOUT", help="another checkout to compare with")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed: apt-get install wrk")
    pdf = next(iter(sorted((ROOT / "build").glob("*.pdf"))), None)
    if pdf is None:
        sys.exit("the sample issue is not built yet: bin/demo --no-serve")
    checkouts = {"this": ROOT, **({"other": options.beside.resolve()} if options.beside else {})}
    with tempfile.TemporaryDirectory(prefix="masthead-bench-") as folder, ExitStack() as stack:
        houses = [
            stack.enter_context(standing(name, checkout, folder, pdf, options)) for name, checkout in checkouts.items()
        ]
        measure(houses, options)


if __name__ == "__main__":
    main()
