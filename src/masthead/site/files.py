"""Sends files: types, strong validators, byte ranges, compression, cache headers. Reads in pieces, never whole."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterator
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path

import brotli
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import http_date

TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
_COMPRESSED = frozenset({".css", ".html", ".js", ".json", ".svg", ".txt"})
_PIECE = 1 << 16
_SMALLEST = 800  # bytes: less is not worth compressing
_LARGEST = 16 << 20  # bytes: more is not held in memory
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def file_response(request: HttpRequest, path: Path, *, immutable: bool) -> HttpResponseBase:
    """The file, or the part that the request asks for (RFC 9110, sections 13 and 14)."""
    state = path.stat()
    tag = f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
    encoding = _encoding(request, path, state.st_size)
    if encoding:
        tag = f'{tag[:-1]}-{encoding}"'
    headers = {
        "ETag": tag,
        "Last-Modified": http_date(state.st_mtime),
        "Cache-Control": IMMUTABLE if immutable else REVALIDATE,
        "Accept-Ranges": "bytes",
    }
    if path.suffix in _COMPRESSED:
        headers["Vary"] = "Accept-Encoding"
    response: HttpResponseBase
    if is_fresh(request, tag, int(state.st_mtime)):
        response = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    elif encoding:
        response = HttpResponse(_packed(path, encoding, state.st_mtime_ns))
        response["Content-Encoding"] = encoding
    else:
        response = _whole_or_part(request, path, state.st_size, tag)
    for name, value in headers.items():
        response[name] = value
    response["Content-Type"] = TYPES.get(path.suffix, "application/octet-stream")
    return response


def text_response(request: HttpRequest, body: str, *, cache: str = REVALIDATE, status: int = 200) -> HttpResponse:
    """HTML made on the spot, compressed and validated by its content."""
    data = body.encode()
    tag = f'"{hashlib.sha256(data).hexdigest()[:20]}"'
    if status == HTTPStatus.OK and is_fresh(request, tag, 0):
        response = HttpResponse(status=HTTPStatus.NOT_MODIFIED)
    else:
        encoding = _accepted(request) if len(data) >= _SMALLEST else ""
        response = HttpResponse(_pack(data, encoding, quality=4) if encoding else data, status=status)
        if encoding:
            response["Content-Encoding"] = encoding
    response["Content-Type"] = TYPES[".html"]
    response["ETag"] = tag
    response["Vary"] = "Accept-Encoding, Accept-Language"
    response["Cache-Control"] = cache
    return response


def is_fresh(request: HttpRequest, tag: str, modified: int) -> bool:
    """Whether the client's copy is still good (RFC 9110, section 13.2.2)."""
    wanted = request.headers.get("If-None-Match")
    if wanted is not None:
        return wanted.strip() == "*" or tag in [part.strip().removeprefix("W/") for part in wanted.split(",")]
    since = request.headers.get("If-Modified-Since")
    return bool(since and modified and since == http_date(modified))


def _whole_or_part(request: HttpRequest, path: Path, size: int, tag: str) -> HttpResponseBase:
    wanted = request.headers.get("Range", "")
    condition = request.headers.get("If-Range")
    span = _span(wanted, size) if wanted and (condition is None or condition == tag) else (0, size)
    if span is None:
        response = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        response["Content-Range"] = f"bytes */{size}"
        return response
    start, end = span
    partial = (start, end) != (0, size) or bool(_RANGE.fullmatch(wanted) and condition in (None, tag))
    part = StreamingHttpResponse(
        _pieces(path, start, end), status=HTTPStatus.PARTIAL_CONTENT if partial else HTTPStatus.OK
    )
    part["Content-Length"] = str(end - start)
    if partial:
        part["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return part


def _span(wanted: str, size: int) -> tuple[int, int] | None:
    """Start and end of a single range; the whole file for what is not understood; None if it cannot be had."""
    match = _RANGE.fullmatch(wanted.strip())
    if match is None or match[1] == match[2] == "":
        return 0, size  # several ranges or another unit: the whole is a correct answer
    if match[1] == "":
        length = min(size, int(match[2]))
        return (size - length, size) if length else None
    start = int(match[1])
    end = min(size, int(match[2]) + 1) if match[2] else size
    return (start, end) if start < size and start < end else None


def _pieces(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as stream:
        stream.seek(start)
        left = end - start
        while left > 0:
            piece = stream.read(min(_PIECE, left))
            if not piece:
                return
            left -= len(piece)
            yield piece


def _encoding(request: HttpRequest, path: Path, size: int) -> str:
    if path.suffix not in _COMPRESSED or not _SMALLEST <= size <= _LARGEST or "Range" in request.headers:
        return ""
    return _accepted(request)


def _accepted(request: HttpRequest) -> str:
    accepted = [part.split(";")[0].strip() for part in request.headers.get("Accept-Encoding", "").split(",")]
    return next((name for name in ("br", "gzip") if name in accepted), "")


@lru_cache(maxsize=256)
def _packed(path: Path, encoding: str, _changed: int) -> bytes:
    """A compressed file, kept in memory: it is asked for again, and its bytes do not change."""
    return _pack(path.read_bytes(), encoding, quality=9 if path.stat().st_size < 1 << 20 else 5)


def _pack(data: bytes, encoding: str, *, quality: int) -> bytes:
    if encoding == "br":
        return bytes(brotli.compress(data, quality=quality))
    return gzip.compress(data, compresslevel=min(9, quality + 2), mtime=0)
