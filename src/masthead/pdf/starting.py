"""Starts child processes from one thread that lives on: the kernel ends a child with the thread that started it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_STARTER = ThreadPoolExecutor(1, thread_name_prefix="child-starter")


def start(make: Callable[[], subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
    """The process that `make` starts."""
    return _STARTER.submit(make).result()


def import_path() -> list[str]:
    """Where this program lies, for an interpreter that ignores its environment."""
    import masthead  # noqa: PLC0415 - only to ask where it lies

    return [str(Path(masthead.__file__).parents[1])]
