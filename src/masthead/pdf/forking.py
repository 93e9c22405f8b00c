"""The program of the zygote: loads what opens PDFs once, and forks a process for each that is asked for.

A request comes over the socket that is its standard input: the entry to load, and four descriptors, which are the
child's standard input, output and error, and a socket of its own. Over that the zygote tells the child's number,
together with a descriptor of the process (pidfd_open(2)), and later the status with which it ended. It never sees a
PDF, has no secret, and holds no thread. It ends with its parent, and when nobody has needed it for a while.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import selectors
import signal
import socket
import sys
import traceback
from typing import NamedTuple

from masthead.pdf import child
from masthead.pdf.confinement import die_with_parent

IDLE_SECONDS = 60.0
LONGEST_REQUEST = 1000  # bytes
DESCRIPTORS = 4


class _Forked(NamedTuple):
    """A child at work: its number, and the socket over which its end is told."""

    number: int
    told: int


def main() -> None:
    """Fork whenever it is asked for, until the parent is gone or nobody asks any more."""
    die_with_parent()
    with selectors.DefaultSelector() as selector, socket.socket(fileno=os.dup(0)) as asked:
        selector.register(asked, selectors.EVENT_READ)
        while ready := selector.select(IDLE_SECONDS if len(selector.get_map()) == 1 else None):
            for key, _ in ready:
                if isinstance(key.data, _Forked):
                    selector.unregister(key.fd)
                    _tell_end(key.fd, key.data)
                    continue
                entry, descriptors, *_ = socket.recv_fds(asked, LONGEST_REQUEST, DESCRIPTORS)
                if not entry:
                    return
                with contextlib.suppress(OSError):  # there may be no more processes: whoever asked hears nothing
                    selector.register(*_fork(entry.decode(), descriptors))


def _fork(entry: str, descriptors: list[int]) -> tuple[int, int, _Forked]:
    """A descriptor of the new process, what to wait for (its end), and what is known of it."""
    *streams, told = descriptors
    with socket.socket(fileno=told) as teller:
        try:
            _load(entry)
            number = os.fork()
            if number == 0:
                _be_the_child(streams)
            process = _descriptor_of(number)
        finally:
            for stream in streams:
                os.close(stream)
        with contextlib.suppress(OSError):  # whoever asked may be gone
            socket.send_fds(teller, [str(number).encode()], [process])
        return process, selectors.EVENT_READ, _Forked(number, teller.detach())


def _descriptor_of(number: int) -> int:
    """Of the child and of nobody else: its number is given anew only after `waitpid`."""
    try:
        return os.pidfd_open(number)
    except OSError:
        os.kill(number, signal.SIGKILL)
        os.waitpid(number, 0)
        raise


def _load(entry: str) -> None:
    """What is loaded here need not be loaded in each child; what cannot be is for the child to tell."""
    module = entry.partition(":")[0]
    if module not in sys.modules:
        gc.disable()
        with contextlib.suppress(Exception):
            importlib.import_module(module)
        gc.enable()
        gc.collect()
        gc.freeze()  # a child that collects garbage would make the memory that it shares its own


def _be_the_child(streams: list[int]) -> None:
    """Serve as a process that was just started would; does not return."""
    status = 1
    try:
        os.setsid()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        _close_all_from(len(streams))  # the zygote's own, and other children's
        child.main()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _close_all_from(first: int) -> None:
    """What is open is listed where it can be: in some containers a process may have a thousand million files."""
    try:
        found = [int(name) for name in os.listdir("/proc/self/fd")]  # noqa: PTH208 - numbers, not paths
    except OSError:
        os.closerange(first, os.sysconf("SC_OPEN_MAX"))
        return
    for descriptor in found:
        if descriptor >= first:
            with contextlib.suppress(OSError):  # the one with which they were listed
                os.close(descriptor)


def _tell_end(process: int, forked: _Forked) -> None:
    _, status = os.waitpid(forked.number, 0)
    os.close(process)
    with socket.socket(fileno=forked.told) as teller, contextlib.suppress(OSError):
        teller.send(str(os.waitstatus_to_exitcode(status)).encode())
