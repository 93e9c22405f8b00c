"""Keeps what the sandboxed process answers, so that a change of reading order is measured without drawing text again.

The key holds the PDF and every source file that the process imports; pages a second mean nothing then.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from measures.corpus import KEPT

_LIST_SOURCES = (
    "import sys, masthead.edition.worker\n"
    "print(*sorted(m.__file__ for n, m in sys.modules.items() if n.startswith('masthead') and m.__file__), sep='\\n')"
)


@cache
def _code() -> str:
    """The hash of all that the process runs of ours."""
    done = subprocess.run([sys.executable, "-c", _LIST_SOURCES], capture_output=True, text=True, check=True)
    parts = [Path(name).read_bytes() for name in done.stdout.split()]
    return hashlib.sha256(b"".join(parts)).hexdigest()[:16]


class KeptPages:
    """The answers about one PDF."""

    def __init__(self, pdf: Path) -> None:
        state = pdf.stat()
        key = hashlib.sha256(f"{pdf.resolve()} {state.st_size} {state.st_mtime_ns}".encode()).hexdigest()[:16]
        self._file = KEPT / "pages" / _code() / f"{pdf.stem}-{key}.json.gz"
        self._answers: dict[str, Any] = {}
        self._is_new = not self._file.exists()
        if not self._is_new:
            self._answers = json.loads(gzip.decompress(self._file.read_bytes()))

    def get(self, message: dict[str, Any]) -> dict[str, Any] | None:
        """The answer to a message, if it was asked before."""
        answer: dict[str, Any] | None = self._answers.get(json.dumps(message, sort_keys=True))
        return answer

    def put(self, message: dict[str, Any], answer: dict[str, Any]) -> None:
        """Remember an answer until `save`."""
        self._answers[json.dumps(message, sort_keys=True)] = answer
        self._is_new = True

    def save(self) -> None:
        """Write what is new."""
        if self._is_new:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_bytes(gzip.compress(json.dumps(self._answers).encode(), 1))
