"""Sends files and HTML: types, strong validators, byte ranges, compression, cache headers. Large files in pieces."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Generator, Iterator, Sequence
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import http_date, parse_http_date_safe

from masthead.edition.folder import FileFacts
from masthead.faces.packing import LARGEST, SMALLEST, Shelf, accepted_encoding, pack
from masthead.faces.ranges import Span, multipart, wanted_spans

TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".epub": "application/epub+zip",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".zip": "application/zip",
}
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
_COMPRESSED = frozenset({".css", ".html", ".js", ".json", ".svg", ".txt"})
_PIECE = 1 << 18
_PACKED = Shelf(64 << 20)


def file_response(
    request: HttpRequest, path: Path, *, immutable: bool, facts: FileFacts | None = None
) -> HttpResponseBase:
    """The file, or the parts that the request asks for; raises FileNotFoundError.

    The file is opened here and now: a build that is finished meanwhile may give its folder another name. The
    validator is the content's hash where `facts` are those of this file, so that it is the same on every server and
    after every copy; else it is made of time and size.
    """
    stream = path.open("rb")
    state = os.fstat(stream.fileno())
    kind = TYPES.get(path.suffix, "application/octet-stream")
    is_known = facts is not None and facts.size == state.st_size
    version = facts.sha256[:20] if facts and is_known else f"{state.st_mtime_ns:x}-{state.st_size:x}"
    encoding = _encoding(request, path, state.st_size)
    tag = f'"{version}-{encoding}"' if encoding else f'"{version}"'
    response: HttpResponseBase
    if is_fresh(request, tag, int(state.st_mtime)):
        stream.close()
        response = HttpResponse(status=HTTPStatus.NOT_MODIFIED, content_type=kind)
    elif encoding:
        key = (version, encoding) if is_known else (version, encoding, str(path))
        with stream:
            quality = 9 if state.st_size < 1 << 20 else 5
            packed = _PACKED.get(key, lambda: pack(stream.read(), encoding, quality=quality))
        response = HttpResponse(packed, content_type=kind, headers={"Content-Encoding": encoding})
    else:
        response = _whole_or_parts(request, stream, state, tag, kind)
    response["ETag"] = tag
    response["Last-Modified"] = http_date(state.st_mtime)
    response["Cache-Control"] = IMMUTABLE if immutable else REVALIDATE
    response["Accept-Ranges"] = "bytes"
    if path.suffix in _COMPRESSED:
        response["Vary"] = "Accept-Encoding"
    return response


def text_response(request: HttpRequest, data: bytes, *, cache: str = REVALIDATE, status: int = 200) -> HttpResponse:
    """HTML made on the spot, compressed and validated by its content."""
    encoding = accepted_encoding(request.headers.get("Accept-Encoding", "")) if len(data) >= SMALLEST else ""
    digest = _digest(data)
    tag = f'"{digest}-{encoding}"' if encoding else f'"{digest}"'
    if status == HTTPStatus.OK and is_fresh(request, tag, 0):
        response = HttpResponse(status=HTTPStatus.NOT_MODIFIED, content_type=TYPES[".html"])
    else:
        packed = _PACKED.get((digest, encoding), lambda: pack(data, encoding, quality=5)) if encoding else data
        response = HttpResponse(packed, status=status, content_type=TYPES[".html"])
        if encoding:
            response["Content-Encoding"] = encoding
    response["ETag"] = tag
    response["Vary"] = "Accept-Encoding, Accept-Language"
    response["Cache-Control"] = cache
    return response


def bytes_response(request: HttpRequest, data: bytes, content_type: str) -> HttpResponse:
    """The same for what is no HTML."""
    response = text_response(request, data)
    response["Content-Type"] = content_type
    return response


@lru_cache(maxsize=512)
def _digest(data: bytes) -> str:
    """The validator of what was made on the spot; pages of finished builds are kept, and asked for again and again."""
    return hashlib.sha256(data).hexdigest()[:20]


def is_fresh(request: HttpRequest, tag: str, modified: int) -> bool:
    """Whether the client's copy is still good (RFC 9110, section 13.2.2); `modified` in seconds, 0 if not known."""
    wanted = request.headers.get("If-None-Match")
    if wanted is not None:
        return wanted.strip() == "*" or tag in [part.strip().removeprefix("W/") for part in wanted.split(",")]
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return bool(modified) and since is not None and modified <= since


class Pieces(Iterator[bytes]):
    """The parts of an open file with what stands before each; closes the file at the end, or when told to."""

    def __init__(self, stream: BinaryIO, spans: Sequence[Span], heads: Sequence[bytes] = (), tail: bytes = b"") -> None:
        self._stream = stream
        self._pieces = self._read(spans, heads, tail)

    def __next__(self) -> bytes:
        return next(self._pieces)

    def close(self) -> None:
        """Close the file; nothing more comes."""
        self._pieces.close()
        self._stream.close()

    def _read(self, spans: Sequence[Span], heads: Sequence[bytes], tail: bytes) -> Generator[bytes, None, None]:
        for number, span in enumerate(spans):
            if heads:
                yield heads[number]
            self._stream.seek(span.start)
            left = span.length
            while left > 0:
                piece = self._stream.read(min(_PIECE, left))
                if not piece:
                    return
                left -= len(piece)
                yield piece
        if tail:
            yield tail
        self._stream.close()


def _whole_or_parts(
    request: HttpRequest, stream: BinaryIO, state: os.stat_result, tag: str, kind: str
) -> HttpResponseBase:
    size = state.st_size
    spans = wanted_spans(_range(request, tag, state), size)
    if spans == []:
        stream.close()
        return HttpResponse(
            status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            content_type=kind,
            headers={"Content-Range": f"bytes */{size}"},
        )
    headers = {"Content-Length": str(size)}
    status = HTTPStatus.OK
    pieces = Pieces(stream, [Span(0, size)])
    if spans is not None:
        status = HTTPStatus.PARTIAL_CONTENT
        if len(spans) == 1:
            pieces = Pieces(stream, spans)
            headers = {"Content-Length": str(spans[0].length), "Content-Range": spans[0].content_range(size)}
        else:
            frame = multipart(spans, size, kind, secrets.token_hex(12))
            pieces = Pieces(stream, spans, frame.heads, frame.tail)
            headers = {"Content-Length": str(frame.length)}
            kind = frame.content_type
    return StreamingHttpResponse(pieces, status=status, content_type=kind, headers=headers)


def _range(request: HttpRequest, tag: str, state: os.stat_result) -> str:
    """The Range header where it counts: on GET, and if the client's copy is of this very file."""
    condition = request.headers.get("If-Range")
    if request.method != "GET" or condition not in (None, tag, http_date(state.st_mtime)):
        return ""
    return request.headers.get("Range", "")


def _encoding(request: HttpRequest, path: Path, size: int) -> str:
    if path.suffix not in _COMPRESSED or not SMALLEST <= size <= LARGEST or "Range" in request.headers:
        return ""
    return accepted_encoding(request.headers.get("Accept-Encoding", ""))
