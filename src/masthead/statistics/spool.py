"""Files in which each process of the house writes what happened, a line at a time, until they are taken in.

Writing a line costs some microseconds and waits for nobody. A file holds ten seconds of one process; it is taken in
when its time is over, so that nobody writes into a file that is being read.
"""

from __future__ import annotations

import json
import os
import platform
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_SECONDS = 10
_PATIENCE = 1  # further parts of ten seconds before a file is taken
_NAME = re.compile(r"(\d+)-[\w.-]+\.jsonl")
_NODE = re.sub(r"[^\w.]", "_", platform.node())[:40] or "here"


def append(folder: Path, line: Mapping[str, Any]) -> None:
    """Write a line; raises OSError where that cannot be done."""
    path = folder / f"{int(time.time()) // _SECONDS}-{_NODE}-{os.getpid()}.jsonl"
    data = json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    try:
        file = os.open(path, flags, 0o600)
    except FileNotFoundError:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(path, flags, 0o600)
    try:
        os.write(file, data)
    finally:
        os.close(file)


def finished(folder: Path, now: float) -> list[Path]:
    """The files that nobody writes into any more, oldest first; `now` in seconds since 1970."""
    last = int(now) // _SECONDS - 1 - _PATIENCE
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        name = _NAME.fullmatch(path.name)
        if name and int(name[1]) <= last:
            found.append((int(name[1]), path))
    return [path for _, path in sorted(found)]


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a file; one that was cut off when its process died is left out."""
    with path.open("rb") as file:
        for line in file:
            try:
                read = json.loads(line)
            except ValueError:
                continue
            if isinstance(read, dict):
                yield read
