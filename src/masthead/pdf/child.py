"""The program of the sandboxed process: gives up its rights, loads its entry, answers frames until its input ends."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from masthead.document.errors import MastheadError
from masthead.pdf.confinement import confine
from masthead.pdf.frames import read_frame, write_frame
from masthead.pdf.priority import stand_back_like_parent

_MAX_REQUEST = 1 << 20  # bytes


class Worker(Protocol):
    """What an entry creates: answers a message with a header and blobs."""

    def handle(self, message: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
        """Answer one message; raise MastheadError for an expected failure."""


def main() -> None:
    """Serve on standard input and output; anything that prints goes to standard error."""
    incoming = os.fdopen(os.dup(0), "rb", buffering=0)
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    order = _read(incoming)
    module, _, name = str(order["entry"]).partition(":")
    worker: Worker = getattr(importlib.import_module(module), name)()
    readable = [Path(path) for path in order["readable"]]
    stand_back_like_parent()
    in_force = confine(int(order["memory_bytes"]), int(order["cpu_seconds"]), readable)
    write_frame(outgoing, {"ready": in_force})
    while True:
        try:
            message = _read(incoming)
        except EOFError:
            return
        _answer(worker, message, outgoing)


def _read(stream: Any) -> dict[str, Any]:
    def exactly(count: int) -> bytes:
        data = b""
        while len(data) < count:
            part = stream.read(count - len(data))
            if not part:
                raise EOFError
            data += part
        return data

    return read_frame(exactly, _MAX_REQUEST)[0]


def _answer(worker: Worker, message: dict[str, Any], outgoing: BinaryIO) -> None:
    try:
        header, blobs = worker.handle(message)
    except MastheadError as error:
        header, blobs = {"error": error.code, "detail": error.detail}, []
    except MemoryError:
        header, blobs = {"error": "memory_limit", "detail": "out of memory"}, []
    except Exception as error:
        traceback.print_exc(file=sys.stderr)
        header, blobs = {"error": "page_failed", "detail": f"{type(error).__name__}: {error}"[:300]}, []
    write_frame(outgoing, header, blobs)


if __name__ == "__main__":
    main()
