"""Processes that open PDFs, forked from one that has loaded what they need: the parent's side (see `forking`).

To load it takes longer than to read a short PDF. Where the platform cannot tell processes by descriptors (Linux can),
there is no zygote, and each process is started anew.
"""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from typing import IO

from masthead.pdf.starting import start_interpreter

log = logging.getLogger("masthead.pdf")
_PROGRAM = "from masthead.pdf.forking import main; main()"
_LONGEST = 64  # bytes of what is told: a number
_START_SECONDS = 30.0
_A_WHILE = 1.0  # seconds


class ForkedProcess:
    """A process that is not our child, with as much of the surface of `subprocess.Popen` as a sandbox needs."""

    def __init__(self, number: int, process: int, told: socket.socket, streams: tuple[IO[bytes], ...]) -> None:
        self.pid = number
        self.stdin, self.stdout, self.stderr = streams
        self._process = process
        self._told = told
        self._status: int | None = None
        self._lock = threading.RLock()

    def poll(self) -> int | None:
        """The status with which it ended, negative for a signal; None while it runs."""
        with self._lock:
            if self._status is None and self._is_told(0):
                self._end()
            return self._status

    def wait(self, timeout: float | None = None) -> int:
        """The status with which it ends, within so many seconds. Raises subprocess.TimeoutExpired."""
        end = None if timeout is None else time.monotonic() + timeout
        while (status := self.poll()) is None:
            left = _A_WHILE if end is None else end - time.monotonic()
            if left <= 0:
                raise subprocess.TimeoutExpired("the process that opens PDFs", timeout or 0)
            self._is_told(min(left, _A_WHILE))
        return status

    def kill(self) -> None:
        """End it at once, if it has not ended."""
        with self._lock:
            if self._status is None:
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(self._process, signal.SIGKILL)

    def _is_told(self, seconds: float) -> bool:
        """Whether its end is told within so many seconds; another thread may have heard of it already."""
        with contextlib.suppress(OSError, ValueError), selectors.DefaultSelector() as selector:
            selector.register(self._told, selectors.EVENT_READ)
            return bool(selector.select(seconds))
        return False

    def _end(self) -> None:
        """What is told is the status; nothing at all, where the zygote ended and its children with it."""
        try:
            said = self._told.recv(_LONGEST)
        except OSError:
            said = b""
        self._status = int(said) if said else -signal.SIGKILL
        self._told.close()
        os.close(self._process)


class _Zygote:
    """One process that forks, for whatever lies on the import path."""

    def __init__(self, path: Sequence[str]) -> None:
        self._asked, its_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with its_end:
            self._process = start_interpreter(
                _PROGRAM, path=path, stdin=its_end.fileno(), stdout=subprocess.DEVNULL, stderr=None
            )

    def fork(self, entry: str) -> ForkedProcess | None:
        """A new process; None where the zygote is gone."""
        told, tells = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        told.settimeout(_START_SECONDS)
        pipes = [os.pipe() for _ in range(3)]
        (its_input, to_it), (from_it, its_output), (log, its_log) = pipes
        try:
            with tells:
                socket.send_fds(self._asked, [entry.encode()], [its_input, its_output, its_log, tells.fileno()])
            said, descriptors, *_ = socket.recv_fds(told, _LONGEST, 1, socket.MSG_CMSG_CLOEXEC)
        except OSError:
            said, descriptors = b"", []
        for descriptor in (its_input, its_output, its_log):
            os.close(descriptor)
        if not said:
            told.close()
            for descriptor in (to_it, from_it, log):
                os.close(descriptor)
            return None
        streams = (os.fdopen(to_it, "wb"), os.fdopen(from_it, "rb", 0), os.fdopen(log, "rb", 0))
        return ForkedProcess(int(said), descriptors[0], told, streams)

    def has_ended(self) -> bool:
        """Whether it ended, now or in a moment: it closes what it holds first."""
        try:
            self._process.wait(_A_WHILE)
        except subprocess.TimeoutExpired:
            return False
        self._asked.close()
        return True

    def close(self) -> None:
        """End it, and all that it forked."""
        self._asked.close()
        self._process.kill()
        self._process.wait()

    def leave(self) -> None:
        """In a process that was itself forked: it is the parent's, whose end would not be seen over a copy."""
        self._asked.close()
        self._process.returncode = 0  # it is not ours to wait for


_zygotes: dict[tuple[str, ...], _Zygote] = {}
_lock = threading.Lock()


def forked_process(entry: str, path: Sequence[str]) -> ForkedProcess | None:
    """A process that waits for its order and has loaded the entry, found on the path; None where there can be none."""
    if not sys.platform.startswith("linux") or not hasattr(os, "pidfd_open"):
        return None
    while True:
        with _lock:
            zygote = _zygotes.get(tuple(path))
            is_new = zygote is None
            if zygote is None:
                zygote = _zygotes[tuple(path)] = _Zygote(path)
        process = zygote.fork(entry)
        if process is not None:
            return process
        has_ended = zygote.has_ended()
        with _lock:
            if has_ended and _zygotes.get(tuple(path)) is zygote:
                del _zygotes[tuple(path)]
        if is_new or not has_ended:  # else nobody needed it for a while, and it ended just now
            log.warning("no process could be forked to open a PDF: one is started anew")
            return None


def end_zygotes() -> None:
    """End them; what they and their children used then counts as used by children of this process."""
    with _lock:
        while _zygotes:
            _zygotes.popitem()[1].close()


def _leave_all() -> None:
    global _lock  # noqa: PLW0603 - another thread may have held it when the process was forked
    _lock = threading.Lock()
    while _zygotes:
        _zygotes.popitem()[1].leave()


atexit.register(end_zygotes)
os.register_at_fork(after_in_child=_leave_all)
