"""A separate process with limits, in which PDFs are opened: the parent's side.

The process is an interpreter with an empty environment, forked from one that has loaded what it needs and nothing else
(see `zygote`). It gets messages and gives answers as frames (see
`frames`); it can write no file, reach no network where the platform allows to forbid it, and dies with its parent.
"""

from __future__ import annotations

import contextlib
import os
import resource
import selectors
import signal
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from masthead.document import errors
from masthead.document.errors import MastheadError, MemoryLimitError, ReaderProcessError, TimeLimitError
from masthead.pdf.frames import FrameError, read_frame, write_frame
from masthead.pdf.starting import import_path, start_interpreter
from masthead.pdf.zygote import forked_process

_PROGRAM = "from masthead.pdf.child import main; main()"  # where none can be forked
_END_SECONDS = 2.0
_START_SECONDS = 30.0
_MAX_LOG = 8_000  # bytes of the child's standard error that are kept
_BY_CODE: dict[str, type[MastheadError]] = {
    kind.code: kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, MastheadError)
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one process may use."""

    memory_mb: int = 560  # anonymous memory; the libraries' code comes on top
    cpu_seconds: int = 3600  # over the life of the process
    output_mb: int = 400  # of one answer


class Reply(NamedTuple):
    """An answer: plain JSON and bytes."""

    header: dict[str, Any]
    blobs: tuple[bytes, ...]


class Sandbox:
    """One process. Not for several threads at once: give each thread its own.

    `entry` is "module:callable"; the callable, in the child, makes an object whose `handle(message)` returns a header
    and a list of blobs. `readable` are the files that it may read beside Python's own.
    """

    def __init__(self, entry: str, limits: Limits | None = None, readable: Sequence[Path] = ()) -> None:
        self._limits = limits or Limits()
        self._log = bytearray()
        self._asking = threading.RLock()
        path = import_path()
        self._process = forked_process(entry, path) or start_interpreter(_PROGRAM, path=path)
        self._listener = threading.Thread(target=self._listen, daemon=True, name="sandbox-log")
        self._listener.start()
        order = {
            "entry": entry,
            "readable": [str(path) for path in (*_own_files(), *readable)],
            "memory_bytes": self._limits.memory_mb << 20,
            "cpu_seconds": self._limits.cpu_seconds,
        }
        self.in_force: dict[str, bool] = self.request(order, seconds=_START_SECONDS).header.get("ready", {})

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked again."""
        return self._process.poll() is None and self._process.stdin is not None and not self._process.stdin.closed

    @property
    def process_id(self) -> int:
        """The operating system's number of the process."""
        return self._process.pid

    @property
    def resident_mb(self) -> int:
        """Megabytes that the process holds in memory now; 0 where the platform does not tell."""
        try:
            pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1])
        except (OSError, ValueError, IndexError):
            return 0
        return pages * resource.getpagesize() >> 20

    def log(self) -> str:
        """The end of what the process wrote to its standard error, for the operator."""
        return bytes(self._log).decode("utf-8", "replace")

    def _listen(self) -> None:
        stream = self._process.stderr
        assert stream is not None
        with contextlib.suppress(OSError, ValueError):
            while part := os.read(stream.fileno(), 4096):
                self._log += part
                del self._log[:-_MAX_LOG]

    def request(self, message: dict[str, Any], *, seconds: float) -> Reply:
        """Ask and wait for the answer.

        Raises TimeLimitError (and kills the process), MemoryLimitError or ReaderProcessError if it dies, and the
        documented error that the child raised, under its own class.
        """
        with self._asking:
            return self._request(message, seconds)

    def _request(self, message: dict[str, Any], seconds: float) -> Reply:
        deadline = time.monotonic() + seconds
        try:
            assert self._process.stdin is not None
            write_frame(self._process.stdin, message)  # type: ignore[arg-type]
            header, blobs = read_frame(lambda count: self._read(count, deadline), self._limits.output_mb << 20)
        except TimeoutError:
            self.close()
            raise TimeLimitError(f"no answer in {seconds:.0f} s") from None
        except FrameError as error:
            self.close()
            raise ReaderProcessError(f"bad answer: {error}") from error
        except (EOFError, OSError):
            raise self._death() from None
        if "error" in header:
            detail = str(header.get("detail", ""))
            raise _BY_CODE.get(str(header["error"]), errors.PageFailedError)(detail)
        return Reply(header, blobs)

    def close(self) -> None:
        """End the process and take its remains away; safe to call twice, and while another thread waits for an answer.

        That thread hears of the end through its pipe, which must not be closed under it: it would wait in vain.
        """
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        is_mine = self._asking.acquire(timeout=_END_SECONDS)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        if is_mine:
            self._asking.release()
        self._listener.join(1)
        if self._process.stderr is not None:
            self._process.stderr.close()

    def _read(self, count: int, deadline: float) -> bytes:
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        parts: list[bytes] = []
        missing = count
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, selectors.EVENT_READ)
            while missing:
                left = deadline - time.monotonic()
                if left <= 0 or not selector.select(left):
                    raise TimeoutError
                part = os.read(descriptor, min(missing, 1 << 20))
                if not part:
                    raise EOFError
                parts.append(part)
                missing -= len(part)
        return b"".join(parts)

    def _death(self) -> MastheadError:
        """Why the process is no more."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(2)
        self._listener.join(1)
        log = self.log()
        status = self._process.poll()
        self.close()
        if "MemoryError" in log or "bad_alloc" in log or "out of memory" in log.lower():
            return MemoryLimitError("the process ran out of memory")
        if status is not None and status < 0:
            name = signal.Signals(-status).name
            if -status == signal.SIGXCPU:
                return TimeLimitError("the process used up its CPU time")
            if -status in (signal.SIGTRAP, signal.SIGABRT, signal.SIGILL):  # PDFium's answer to no memory
                return MemoryLimitError(f"the process gave up ({name})")
            return ReaderProcessError(f"ended by {name}")
        return ReaderProcessError(f"ended with status {status}")


def _own_files() -> list[Path]:
    """What Python itself must read."""
    paths = {Path(path) for path in sysconfig.get_paths().values()}
    paths |= {Path(entry) for entry in import_path()}
    paths |= {Path(sys.prefix), Path(sys.base_prefix), Path("/usr/lib"), Path("/lib"), Path("/lib64")}
    paths |= {Path("/etc/ld.so.cache"), Path("/usr/share/fonts"), Path("/dev/urandom")}
    return sorted(path for path in paths if path.exists())
