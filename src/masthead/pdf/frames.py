"""How parent and sandboxed process talk: frames of a JSON header and byte blobs over a pipe. Never pickle.

A frame is: 4 bytes length of the header, 4 bytes number of blobs, 8 bytes length of each blob, the header, the blobs;
numbers big-endian.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

_HEAD = struct.Struct(">II")
_LENGTH = struct.Struct(">Q")
_MAX_BLOBS = 64


class FrameError(Exception):
    """A frame is cut off, malformed, or larger than allowed."""


def write_frame(stream: BinaryIO, header: dict[str, Any], blobs: Sequence[bytes] = ()) -> None:
    """Write one frame and flush."""
    data = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    stream.write(_HEAD.pack(len(data), len(blobs)))
    for blob in blobs:
        stream.write(_LENGTH.pack(len(blob)))
    stream.write(data)
    for blob in blobs:
        stream.write(blob)
    stream.flush()


def read_frame(read: Callable[[int], bytes], limit: int) -> tuple[dict[str, Any], tuple[bytes, ...]]:
    """Read one frame of at most `limit` bytes; `read(n)` gives exactly n bytes. Raises FrameError, EOFError."""
    header_length, count = _HEAD.unpack(read(_HEAD.size))
    if count > _MAX_BLOBS:
        raise FrameError(f"{count} blobs")
    lengths = [_LENGTH.unpack(read(_LENGTH.size))[0] for _ in range(count)]
    if header_length + sum(lengths) > limit:
        raise FrameError(f"{header_length + sum(lengths)} bytes; the limit is {limit}")
    try:
        header = json.loads(read(header_length).decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise FrameError(str(error)) from error
    if not isinstance(header, dict):
        raise FrameError("the header is not an object")
    return header, tuple(read(length) for length in lengths)
