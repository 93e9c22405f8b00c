"""How many requests a house answers over loopback, and what each costs the processors, by kind of request.

A house of its own with one live edition, the sample issue; `wrk` (apt-get install wrk) asks for one address at a time.
Run it alone on the machine. The load tool takes a part of the same processors, so that processor time for each request
is the figure to compare: a second of it, divided by that, is what a core can do.
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
from pathlib import Path

from house import add, prepare

ROOT = Path(__file__).parents[1]
PROGRAM = [sys.executable, "-c", "from masthead.command import main; main()"]
OWNER = "bench@example.org"
MOST_SECONDS, MOST_CONNECTIONS = 60, 256


def processor_seconds(tree: int) -> float:
    """Of the house's processes that answer requests, so far."""
    tick, total = os.sysconf("SC_CLK_TCK"), 0.0
    for place in Path("/proc").glob("[0-9]*"):
        try:
            line = (place / "cmdline").read_bytes()
            if f"house_process\0{tree}\0web".encode() in line:
                fields = (place / "stat").read_text().rpartition(")")[2].split()
                total += (int(fields[11]) + int(fields[12])) / tick
        except OSError:
            continue
    return total


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


def measure(house: int, address: str, options: argparse.Namespace) -> None:
    """Print a row for each kind of request."""
    page = urllib.request.urlopen(f"{address}/bench/read/page/2").read().decode()
    build = re.search(r"/bench/read/b/\w{16}/", page)
    assert build is not None
    kinds = {
        "page, HTML": ("/bench/read/page/2", ["Accept-Encoding: gzip"]),
        "article, HTML": (re.search(r'href="(/bench/read/article/[^"#]+)"', page) or ["", "/bench/read/articles"])[1],
        "words of a page, JSON": f"{build[0]}pages/2.json",
        "picture, 800 px": f"{build[0]}pictures/800/2.webp",
        "picture, 2400 px": f"{build[0]}pictures/2400/2.webp",
        "search": "/search?q=light",
        "front page": "/",
    }
    print("| request | a second | 99th percentile | processor, ms each | not good |\n|---|---|---|---|---|")
    for name, asked in kinds.items():
        path, headers = asked if isinstance(asked, tuple) else (asked, [])
        load(f"{address}{path}", headers, 1, options.connections)
        before, begin = processor_seconds(house), time.monotonic()
        rate, late, bad = load(f"{address}{path}", headers, options.seconds, options.connections)
        spent = processor_seconds(house) - before
        cost = 1000 * spent / max(1.0, rate * (time.monotonic() - begin))
        print(f"| {name} | {rate:.0f} | {late} | {cost:.2f} | {bad} |", flush=True)


def main() -> None:
    """Make the house, ask it, take it away."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=8, choices=range(1, MOST_SECONDS + 1), metavar="N")
    parser.add_argument("--connections", type=int, default=32, choices=range(1, MOST_CONNECTIONS + 1), metavar="N")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("wrk is not installed: apt-get install wrk")
    pdf = next(iter(sorted((ROOT / "build").glob("*.pdf"))), None)
    if pdf is None:
        sys.exit("the sample issue is not built yet: bin/demo --no-serve")
    with tempfile.TemporaryDirectory(prefix="masthead-bench-") as folder:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("MASTHEAD_")},
            "MASTHEAD_DATA": f"{folder}/data",
            "MASTHEAD_CACHE": f"{folder}/cache",
            "MASTHEAD_OWNER_EMAIL": OWNER,
            "MASTHEAD_OWNER_PASSWORD": "lantern over water",
            "MASTHEAD_LOG_LEVEL": "error",
            "PYTHONUNBUFFERED": "1",
        }
        command = [*PROGRAM, "serve", "--port", "0"]
        house = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            assert house.stdout is not None
            found = re.search(r"http://[^/\s]+", house.stdout.readline())
            assert found is not None
            time.sleep(8)
            prepare(environment)
            print(add(environment, str(pdf), "--label", "Read", "--publish").strip())
            measure(house.pid, found[0], options)
        finally:
            house.terminate()
            house.wait(60)


if __name__ == "__main__":
    main()
