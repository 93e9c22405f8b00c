"""Starts interpreters that have nothing of ours: no environment, no terminal, no open file, no settings of a person.

They are started from one thread that lives on: the kernel ends a child with the thread that started it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ENVIRONMENT: Mapping[str, str] = {"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": "/nonexistent"}
_STARTER = ThreadPoolExecutor(1, thread_name_prefix="child-starter")


def start_interpreter(
    program: str,
    *arguments: str,
    path: Sequence[str],
    packages: bool = True,
    stdin: int = subprocess.PIPE,
    stdout: int = subprocess.PIPE,
    stderr: int | None = subprocess.PIPE,
) -> subprocess.Popen[bytes]:
    """A process that runs these lines of Python, with folders to import from before all others.

    Without `packages` it begins sooner and knows the standard library and `path` alone.
    """
    begin = f"import sys; sys.path[:0] = {list(path)!r}; {program}"
    command = [sys.executable, "-I", *([] if packages else ["-S"]), "-X", "utf8", "-c", begin, *arguments]
    return _STARTER.submit(
        lambda: subprocess.Popen(
            command,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
            env=dict(ENVIRONMENT),
            cwd="/",
            close_fds=True,
            start_new_session=True,
        )
    ).result()


def import_path() -> list[str]:
    """Where this program lies, for an interpreter that ignores its environment."""
    import masthead  # noqa: PLC0415 - only to ask where it lies

    return [str(Path(masthead.__file__).parents[1])]
