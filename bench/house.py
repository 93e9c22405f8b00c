"""Hands a corpus over to a house at once through its API while readers read, kills its processes, says what came.

Run it alone on the machine. It starts a house of its own on a folder that it removes. Files are uploaded, made editions
of, converted and published by a program with a token and idempotency keys; what is not answered is sent again. Reading
is measured as a browser does it: a page of a live edition, then its picture. Meanwhile processes are killed without
warning, by turns: one that answers requests, one that converts, one that has a PDF open. It fails where a file has no
verdict, where one came twice, or where nobody could read.

On a machine that others use too, the clock says what they do. `--ahead 15` (as root) has whoever reads and whoever
answers go before everything else by as much as conversions of a house otherwise stand back: the same shares, but beside
all others.
"""

from __future__ import annotations

import argparse
import http.client
import json
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
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from measures.handing_over import Program, Verdict, all_handed_over

OWNER = "bench@example.org"
PROGRAM = [sys.executable, "-c", "from masthead.command import main; main()"]
AIM_MS = 100
KINDS = ("web", "converter", "pdf")


class Readers(threading.Thread):
    """Reads pages of the live edition again and again; seconds of each answer, and how long nobody was answered."""

    def __init__(self, address: str, home: str, pages: int) -> None:
        super().__init__(daemon=True)
        self.seconds: dict[str, list[float]] = {"page": [], "picture": []}
        self.failed, self.longest_gap = 0, 0.0
        self._host, self._home, self._pages = urlsplit(address).netloc, home, pages
        self._last = time.monotonic()
        self.over = threading.Event()

    def run(self) -> None:
        chance = random.Random(1)
        while not self.over.is_set():
            try:
                self.read(chance)
            except (OSError, http.client.HTTPException):
                self.failed += 1
            self.over.wait(0.05)

    def forget(self) -> None:
        """Begin to count."""
        self.seconds = {"page": [], "picture": []}
        self.failed, self.longest_gap, self._last = 0, 0.0, time.monotonic()

    def read(self, chance: random.Random) -> None:
        """Some page and its picture."""
        page = chance.randint(1, self._pages)
        connection = http.client.HTTPConnection(self._host, timeout=30)
        text = self._asked(connection, "page", f"{self._home}page/{page}").decode()
        picture = re.search(r'src="([^"]+/pictures/\d+/\d+\.webp)"', text)
        if picture:
            self._asked(connection, "picture", picture[1])
        connection.close()

    def _asked(self, connection: http.client.HTTPConnection, kind: str, path: str) -> bytes:
        begin = time.perf_counter()
        connection.request("GET", path, headers={"Accept-Encoding": "identity"})
        answer = connection.getresponse()
        said = answer.read()
        self.seconds[kind].append(time.perf_counter() - begin)
        self.failed += answer.status != 200
        now = time.monotonic()
        self.longest_gap, self._last = max(self.longest_gap, now - self._last), now
        return said


class Ahead(threading.Thread):
    """Puts the processes that answer, and each that comes in the place of one, before all others of the machine."""

    def __init__(self, tree: int, steps: int) -> None:
        super().__init__(daemon=True)
        self.over = threading.Event()
        self._tree, self._steps, self._known = tree, steps, set[int]()

    def run(self) -> None:
        while self._steps and not self.over.wait(0.1):
            for process in processes_of(self._tree, "web"):
                if process not in self._known:
                    go_ahead(process, self._steps)
                    self._known.add(process)


def go_ahead(process: int, steps: int) -> None:
    """Before others by so many steps of niceness, its session too; see masthead.pdf.priority."""
    try:
        for thread in Path(f"/proc/{process}/task").iterdir():
            os.setpriority(os.PRIO_PROCESS, int(thread.name), -steps)
        Path(f"/proc/{process}/autogroup").write_text(str(-steps))
    except OSError as error:
        print(f"process {process} could not be put ahead: {error}", file=sys.stderr)


def does(command: bytes, job: str, tree: int) -> bool:
    """Whether a process that is called so does a job in a house's tree."""
    return re.match(rf"masthead: {job}( \d+)? of {tree}\b".encode(), command) is not None


def processes_of(tree: int, job: str) -> list[int]:
    """The house's processes that do a job, and processor seconds are asked of."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if does(file.read_bytes(), job, tree):
                found.append(int(file.parent.name))
        except OSError:
            continue
    return found


def processor_seconds(tree: int) -> float:
    """Of the processes that answer, so far."""
    total = 0
    for process in processes_of(tree, "web"):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def cost_of_reading(tree: int, readers: Readers, number: int = 200) -> float:
    """Processor milliseconds of a page and its picture, while nothing else is asked."""
    chance = random.Random(2)
    for _ in range(20):
        readers.read(chance)
    before = processor_seconds(tree)
    for _ in range(number):
        readers.read(chance)
    readers.forget()
    return 1000 * (processor_seconds(tree) - before) / number


class Killer(threading.Thread):
    """Kills a process of the house from time to time, of each kind by turns."""

    def __init__(self, tree: int, every: float) -> None:
        super().__init__(daemon=True)
        self.killed: Counter[str] = Counter()
        self.over = threading.Event()
        self._tree, self._every = tree, every

    def run(self) -> None:
        turn = 0
        while not self.over.wait(self._every):
            kind = KINDS[turn % len(KINDS)]
            turn += 1
            self.killed[kind] += kill_one(self._tree, kind)


def rows(data: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(data / "masthead.sqlite3", timeout=30) as table:
        return table.execute(query).fetchall()


def add(environment: dict[str, str], *arguments: str) -> str:
    command = [*PROGRAM, "add", *arguments, "--publication", "bench", "--by", OWNER]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def prepare(environment: dict[str, str]) -> dict[str, str]:
    """A publication to hand over to, and a token that may do it."""
    code = (
        "import django, json; django.setup(set_prefix=False)\n"
        "from masthead.accounts.selectors import Publisher, User\n"
        "from masthead.accounts.tokens import token_create\n"
        "from masthead.library.services import publication_create\n"
        "who, house = User.objects.get(), Publisher.objects.get()\n"
        "made = publication_create(by=who, publisher=house, name='Bench')\n"
        "scopes = ['uploads:write', 'editions:write', 'conversions:read', 'publishing:write']\n"
        "_, secret = token_create(by=who, publisher=house, name='Bench', scopes=scopes)\n"
        "print(json.dumps({'publication': made.pk, 'token': secret}))"
    )
    settings = {**environment, "DJANGO_SETTINGS_MODULE": "masthead.config.house_settings"}
    done = subprocess.run([sys.executable, "-c", code], env=settings, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


def kill_one(tree: int, job: str) -> bool:
    """One process of a kind, without warning: the youngest, which does the work."""
    below, parents = [], _parents()
    for process in sorted(parents, reverse=True):
        above = process
        while above in parents and above != tree:
            above = parents[above]
        if above == tree:
            below.append(process)
    for process in below:
        try:
            command = Path(f"/proc/{process}/cmdline").read_bytes()
            if b"masthead.pdf" in command if job == "pdf" else does(command, job, tree):
                os.kill(process, signal.SIGKILL)
                return True
        except OSError:
            continue
    return False


def _parents() -> dict[int, int]:
    found = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            found[int(file.parent.name)] = int(file.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    return found


def measure(files: list[Path], data: Path, options: argparse.Namespace) -> bool:
    """Whether everything came out as it should."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("MASTHEAD_")},
        "MASTHEAD_DATA": str(data),
        "MASTHEAD_CACHE": str(data / "cache"),
        "MASTHEAD_OWNER_EMAIL": OWNER,
        "MASTHEAD_OWNER_PASSWORD": "lantern over water",
        "MASTHEAD_LOG_LEVEL": "error",
        "MASTHEAD_API_RATE": "100000",
        "PYTHONUNBUFFERED": "1",
        **({"MASTHEAD_NICENESS": "0"} if options.ahead else {}),
    }
    house = subprocess.Popen([*PROGRAM, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert house.stdout is not None
        found = re.search(r"http://[^/\s]+", house.stdout.readline())
        assert found is not None
        wait_until_ready(found[0])
        given = prepare(environment)
        print(add(environment, str(files[0]), "--label", "Read", "--publish").strip())
        [(pages,)] = rows(data, "SELECT pages FROM library_build")
        readers, killer = Readers(found[0], "/bench/read/", int(str(pages))), Killer(house.pid, options.every)
        ahead = Ahead(house.pid, options.ahead)
        ahead.start()
        if options.ahead:
            go_ahead(os.getpid(), options.ahead)
        print(f"a page and its picture cost {cost_of_reading(house.pid, readers):.1f} ms of the processor", flush=True)
        readers.forget()
        readers.start()
        killer.start()
        begin = time.monotonic()
        program = Program(found[0], given["token"], given["publication"], begin + options.seconds)
        verdicts = all_handed_over(program, files, options.at_once)
        seconds = time.monotonic() - begin
        for thread in (killer, readers, ahead):
            thread.over.set()
            thread.join(60)
        return report(verdicts, data, readers, killer, seconds)
    finally:
        house.terminate()
        house.wait(60)


def wait_until_ready(address: str) -> None:
    """Until the house has its tables and answers."""
    for _ in range(120):
        try:
            connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=5)
            connection.request("GET", "/ready")
            if connection.getresponse().status == 200:
                return
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(1)
    sys.exit("the house did not start")


def report(verdicts: list[Verdict], data: Path, readers: Readers, killer: Killer, seconds: float) -> bool:
    """Print the tables; whether each file has a verdict with its reason, nothing came twice, and reading went on."""
    print("\n| file | verdict | pages | seconds | sent again | said |\n|---|---|---|---|---|---|")
    for one in verdicts:
        said = f"{one.code}: {one.sentence}" if one.code else ""
        kind = one.kind or "NONE"
        print(f"| {one.name[:40]} | {kind} | {one.pages or ''} | {one.seconds:.0f} | {one.sent_again} | {said} |")
    kinds = Counter(one.kind or "NONE" for one in verdicts)
    silent = [one for one in verdicts if not one.kind or (one.kind in ("refused", "failed") and not one.sentence)]
    [(editions,)] = rows(data, "SELECT COUNT(*) FROM library_edition WHERE slug LIKE 'bench-%'")
    made = sum(bool(one.edition) for one in verdicts)
    states = "SELECT COUNT(*) FROM production_conversion WHERE state IN ('waiting', 'running')"
    [(left,)] = rows(data, states)
    [(taken_up,)] = rows(data, "SELECT COUNT(*) FROM production_conversion WHERE interruptions > 0 AND state = 'done'")
    pages = sum(one.pages for one in verdicts if one.kind == "published")
    late = {kind: percentiles(found) for kind, found in readers.seconds.items()}
    together = percentiles([one for found in readers.seconds.values() for one in found])
    print("\n| | |\n|---|---|")
    print(
        f"| files, and what became of them | {len(verdicts)}: {', '.join(f'{n} {kind}' for kind, n in kinds.items())} |"
    )
    print(f"| without a verdict, or without a sentence | {len(silent)} |")
    print(f"| editions made, editions that are there | {made}, {editions} |")
    print(f"| conversions that are left hanging | {left} |")
    print(f"| all done after | {seconds:.0f} s, {pages} pages, {pages / seconds:.2f} pages a second |")
    killed = ", ".join(f"{number} {kind}" for kind, number in killer.killed.items())
    print(f"| killed without warning | {killed or 'nobody'} |")
    print(f"| conversions interrupted that went on to their end | {taken_up} |")
    print(f"| requests sent again; answers given again | {sum(one.sent_again for one in verdicts)}; "
          f"{sum(one.replayed for one in verdicts)} |")  # fmt: skip
    for kind, (number, middle, p95, most) in {**late, "all": together}.items():
        print(
            f"| reading, {kind} | {number} answers, median {middle:.0f} ms, p95 {p95:.0f} ms, longest {most:.0f} ms |"
        )
    print(f"| requests of readers that failed, longest time without an answer | {readers.failed}, "
          f"{readers.longest_gap:.1f} s |")  # fmt: skip
    aim = "reached" if together[2] < AIM_MS else "missed"
    print(f"| aim: reading p95 below {AIM_MS} ms | {aim} |")
    return not silent and made == editions and left == 0 and bool(together[0])


def percentiles(seconds: list[float]) -> tuple[int, float, float, float]:
    """How many, and in milliseconds the median, the 95th percentile and the longest."""
    ordered = sorted(seconds) or [0.0]
    return len(seconds), *(1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95, 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--seconds", type=float, default=3600, help="longest time to wait for the end")
    parser.add_argument("--at-once", type=int, default=100, help="files on their way at the same time")
    parser.add_argument("--every", type=float, default=20, help="seconds between two kills; 100000: none")
    parser.add_argument("--files", type=int, default=10_000, help="the smallest so many, for a trial")
    parser.add_argument("--ahead", type=int, default=0, help="niceness by which reading goes before all; see above")
    options = parser.parse_args()
    files = sorted(file for folder in options.folders for file in folder.glob("*.pdf"))
    files = sorted(sorted(files, key=lambda file: file.stat().st_size)[: options.files])
    if not files:
        sys.exit("there is no PDF in these folders")
    with tempfile.TemporaryDirectory(prefix="masthead-bench-") as folder:
        sys.exit(0 if measure(files, Path(folder) / "data", options) else 1)


if __name__ == "__main__":
    main()
