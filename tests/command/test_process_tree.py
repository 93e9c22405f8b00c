"""A tree of processes: they are what their parent is, come back when they are lost, and leave with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

TREE = """
import os, signal, sys, threading, time
from functools import partial
from pathlib import Path
from masthead.command.house import only_one
from masthead.command.process_tree import ProcessTree, told_to_stop

LOADED = object()
folder, parent = Path(sys.argv[1]), id(LOADED)

def work(name):
    stop = told_to_stop()
    (folder / f"{name}-{os.getpid()}").write_text(f"{id(LOADED) == parent} {os.getsid(0) == os.getpid()}")
    stop.wait(60)
    (folder / f"{name}-ended").touch()

def refuse():
    with (folder / "refused").open("a") as said:
        said.write(f"{time.monotonic()}\\n")
    raise SystemExit(3)

(folder / "run").mkdir(exist_ok=True)
with only_one(folder):
    tree = ProcessTree()
    tree.add("web 1", partial(work, "web"))
    if "refuse" in sys.argv:
        tree.add("clock", refuse)
    tree.run(told_to_stop())
"""


def until(true: Callable[[], object], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


def at_work(folder: Path) -> list[int]:
    """The numbers of those that have said that they work."""
    found = [int(path.name.partition("-")[2]) for path in folder.glob("web-[0-9]*") if path.read_text()]
    return [number for number in found if Path(f"/proc/{number}").exists()]


@contextmanager
def tree(folder: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    before = set(at_work(folder))
    with subprocess.Popen([sys.executable, "-c", TREE, str(folder), *words], stderr=subprocess.PIPE) as process:
        try:
            until(lambda: process.poll() is not None or set(at_work(folder)) - before)
            assert process.poll() is None
            yield process
        finally:
            process.kill()


def test_a_lost_process_is_back_with_all_that_its_parent_has_loaded(tmp_path: Path) -> None:
    with tree(tmp_path) as parent:
        (first,) = at_work(tmp_path)
        title = Path(f"/proc/{first}/cmdline").read_text().rstrip("\0 ")
        assert title == f"masthead: web 1 of {parent.pid}"
        assert (tmp_path / f"web-{first}").read_text() == "True True"  # and a session of its own
        os.kill(first, signal.SIGKILL)
        until(lambda: at_work(tmp_path) not in ([], [first]))


def test_told_to_stop_each_ends_in_its_own_way(tmp_path: Path) -> None:
    with tree(tmp_path) as parent:
        parent.terminate()
        assert parent.wait(30) == 0
        assert (tmp_path / "web-ended").exists()


def test_when_the_parent_is_lost_its_children_end_and_the_folder_is_free_at_once(tmp_path: Path) -> None:
    with tree(tmp_path) as parent:
        (child,) = at_work(tmp_path)
        os.kill(child, signal.SIGSTOP)  # one that cannot end yet holds nothing either
        parent.kill()
        parent.wait(30)
        with tree(tmp_path):
            os.kill(child, signal.SIGCONT)
            until((tmp_path / "web-ended").exists)


def test_one_that_ends_at_once_is_not_started_again_at_once(tmp_path: Path) -> None:
    refused = tmp_path / "refused"
    with tree(tmp_path, "refuse"):
        until(lambda: refused.exists() and len(refused.read_text().splitlines()) > 1)
        first, second = map(float, refused.read_text().splitlines()[:2])
        assert second - first > 1.5
