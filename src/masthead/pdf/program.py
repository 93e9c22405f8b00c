"""Runs another program on data from a PDF: with limits on time and memory, without files, network and privileges.

Our own interpreter starts first, gives up its rights (see `confinement`) and then becomes the program, which keeps
none of them: limits, the empty network namespace, Landlock and death with the parent all hold over `execve`.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from masthead.document.errors import MemoryLimitError, ReaderProcessError, TimeLimitError
from masthead.pdf.confinement import confine
from masthead.pdf.priority import stand_back_like_parent
from masthead.pdf.starting import ENVIRONMENT, import_path, start_interpreter

_BECOME = "from masthead.pdf.program import become; become(sys.argv[1])"
_MAX_LOG = 4_000  # bytes of what the program says that are kept
_OUT_OF_MEMORY = ("bad_alloc", "memoryerror", "out of memory", "cannot allocate", "memory exhausted")
_SYSTEM = ("/usr/lib", "/lib", "/lib64", "/usr/lib64", "/etc/ld.so.cache", "/dev/null", "/dev/urandom")


def run_program(
    command: Sequence[str],
    data: bytes,
    *,
    seconds: float,
    memory_mb: int,
    readable: Sequence[Path] = (),
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """What the program writes to its standard output when it gets `data` on its standard input.

    `command` begins with the program's path; `readable` are the files and folders it needs beside the system's
    libraries. Raises TimeLimitError, MemoryLimitError, or ReaderProcessError with the end of what it said.
    """
    program = Path(command[0]).resolve()
    order = {
        "command": list(command),
        "environment": {**ENVIRONMENT, **(environment or {})},
        "memory_bytes": memory_mb << 20,
        "cpu_seconds": max(1, round(seconds)),
        "readable": [str(path) for path in (*_libraries(program), *readable)],
    }
    process = start_interpreter(_BECOME, json.dumps(order), path=import_path(), packages=False)
    try:
        output, log = process.communicate(data, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise TimeLimitError(f"no answer in {seconds:.0f} s") from None
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                stream.close()
    if process.returncode == 0:
        return output
    if process.returncode == -signal.SIGXCPU:
        raise TimeLimitError("the program used up its CPU time")
    said = log[-_MAX_LOG:].decode("utf-8", "replace").strip()
    if any(sign in said.lower() for sign in _OUT_OF_MEMORY):
        raise MemoryLimitError("the program ran out of memory")
    raise ReaderProcessError(f"{program.name} ended with status {process.returncode}: {said[-300:]}")


def become(order: str) -> None:
    """In the child: give up every right and become the program that the order names."""
    wanted = json.loads(order)
    stand_back_like_parent()
    confine(wanted["memory_bytes"], wanted["cpu_seconds"], [Path(path) for path in wanted["readable"]])
    os.execve(wanted["command"][0], wanted["command"], wanted["environment"])  # noqa: S606 - no shell is wanted


def _libraries(program: Path) -> list[Path]:
    """What any program must read: itself, and libraries of the system and beside it."""
    beside = [program.parent, *(program.parent.parent / name for name in ("lib", "lib64"))]
    return [path for path in (*beside, *(Path(name) for name in _SYSTEM)) if path.exists()]
