"""Starts processes, starts those again that end, and ends all of them when it is told to.

They are forked from this one (POSIX): what it has loaded they need not load, and the memory is shared. So whoever runs
a tree loads what its processes need, and starts no threads.
"""

from __future__ import annotations

import _thread
import ctypes
import gc
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.context import ForkProcess

from setproctitle import setproctitle

log = logging.getLogger("masthead.process_tree")
_LOOK_SECONDS = 0.2
_PATIENCE_SECONDS = 20.0  # between asking a process to end and ending it
_QUICK_SECONDS = 5.0  # a process that ends sooner is started again after a while only
_LONGEST_PAUSE = 4.0  # seconds: it may be the only one that answers, and a fork costs next to nothing
_PR_SET_PDEATHSIG = 1


def die_with(parent: int, number: signal.Signals = signal.SIGTERM) -> None:
    """Have this process get a signal when its parent ends, however that happens. Linux only; elsewhere nothing."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)
    if os.getppid() != parent:  # it ended before this was said
        os.kill(os.getpid(), number)


def told_to_stop() -> threading.Event:
    """An event that SIGTERM and SIGINT set from now on. Call it from the main thread.

    Another thread sets it: the handler runs in the main thread, between any two steps of its waiting for this very
    event, where it would wait for ever for a lock that the thread it interrupted holds.
    """
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: _thread.start_new_thread(stop.set, ()))
    return stop


@dataclass(slots=True)
class _Child:
    name: str
    job: Callable[[], None]
    process: ForkProcess | None = None
    begun: float = 0.0
    not_before: float = 0.0
    failures: int = field(default=0)


class ProcessTree:
    """Children by name. The thread that runs it must be the one that lives longest: children end with it."""

    def __init__(self) -> None:
        self._children: list[_Child] = []

    def add(self, name: str, job: Callable[[], None]) -> None:
        """Have a process that does a job, for as long as the tree runs; it has the open files that this one has."""
        self._children.append(_Child(name, job))

    def run(self, stop: threading.Event) -> None:
        """Start all and keep them until `stop` is set; then end all. Call it from the main thread."""
        gc.collect()
        gc.freeze()  # else each process would write to all that it shares as soon as it looks for garbage
        try:
            while not stop.is_set():
                for child in self._children:
                    self._keep(child)
                stop.wait(_LOOK_SECONDS)
        finally:
            self._end()

    def _keep(self, child: _Child) -> None:
        now = time.monotonic()
        if child.process is not None:
            if child.process.is_alive():
                return
            log.error("the process %s ended with status %s and is started again", child.name, child.process.exitcode)
            child.process.close()
            child.process = None
            child.failures = child.failures + 1 if now - child.begun < _QUICK_SECONDS else 0
            child.not_before = now + (min(_LONGEST_PAUSE, 2.0**child.failures) if child.failures else 0.0)
        if now >= child.not_before:
            child.begun = now
            child.process = multiprocessing.get_context("fork").Process(
                target=_do, args=(child.name, child.job, os.getpid()), name=child.name
            )
            child.process.start()

    def _end(self) -> None:
        running = [child.process for child in self._children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + _PATIENCE_SECONDS
        for process in running:
            process.join(max(0.1, deadline - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()


def _do(name: str, job: Callable[[], None], parent: int) -> None:
    """What a child does first: be a process of its own, in what others see and in how signals reach it."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)  # until the job says what they do
    os.setsid()  # a key that ends this program is the parent's affair
    die_with(parent)
    setproctitle(process_title(name, parent))
    job()


def process_title(name: str, parent: int) -> str:
    """What `ps` calls a process: "masthead: web 1 of 4711"."""
    return f"masthead: {name} of {parent}"
