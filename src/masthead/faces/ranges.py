"""Reads the byte ranges that clients ask for, and frames several of them as one body (RFC 9110, section 14)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNIT = re.compile(r"bytes=(.*)", re.IGNORECASE | re.DOTALL)
_PART = re.compile(r"(\d{0,18})\s*-\s*(\d{0,18})", re.ASCII)  # 18 digits: more than any file, never a costly number
_MOST = 16  # parts in one answer; who asks for more gets the whole


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes from `start` up to, not including, `end`."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Number of bytes."""
        return self.end - self.start

    def content_range(self, size: int) -> str:
        """The value of Content-Range in a file of `size` bytes."""
        return f"bytes {self.start}-{self.end - 1}/{size}"


def wanted_spans(header: str, size: int) -> list[Span] | None:
    """The parts that a Range header asks for; None: send the whole; an empty list: none of them can be had.

    What is not understood is ignored, as are requests for many or overlapping parts that together exceed the file.
    """
    match = _UNIT.fullmatch(header.strip())
    parts = [part.strip() for part in match[1].split(",")] if match else []
    parts = [part for part in parts if part]
    if not parts or len(parts) > _MOST:
        return None
    spans: list[Span] = []
    for part in parts:
        found = _PART.fullmatch(part)
        if found is None or found[1] == found[2] == "" or (found[1] and found[2] and int(found[2]) < int(found[1])):
            return None
        span = _span(found[1], found[2], size)
        if span is not None:
            spans.append(span)
    if len(spans) > 1 and sum(span.length for span in spans) > size:
        return None
    return spans


def _span(first: str, last: str, size: int) -> Span | None:
    if first == "":
        length = min(size, int(last))
        return Span(size - length, size) if length else None
    start = int(first)
    end = min(size, int(last) + 1) if last else size
    return Span(start, end) if start < size else None


@dataclass(frozen=True, slots=True)
class Multipart:
    """A multipart/byteranges body: what stands before each part and at the end."""

    boundary: str
    heads: tuple[bytes, ...]
    tail: bytes
    length: int  # bytes of the whole body

    @property
    def content_type(self) -> str:
        """The value of Content-Type."""
        return f"multipart/byteranges; boundary={self.boundary}"


def multipart(spans: list[Span], size: int, content_type: str, boundary: str) -> Multipart:
    """The frame for several parts of a file of `size` bytes."""
    start = f"\r\n--{boundary}\r\nContent-Type: {content_type}\r\nContent-Range: "
    heads = tuple(f"{start}{span.content_range(size)}\r\n\r\n".encode() for span in spans)
    tail = f"\r\n--{boundary}--\r\n".encode()
    length = sum(len(head) for head in heads) + sum(span.length for span in spans) + len(tail)
    return Multipart(boundary, heads, tail, length)
