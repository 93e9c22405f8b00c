"""Reads what a WOFF2 font says of itself (W3C WOFF 2.0, OpenType), and judges whether browsers can use it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import brotli

_HEADER: Final = struct.Struct(">4s4sIHHIIHHIIIII")
_MOST_TABLES: Final = 64
_LARGEST: Final = 24 << 20  # bytes of all tables unpacked: the largest Japanese fonts have about 20
_OUTLINES: Final = ("glyf", "CFF ", "CFF2")
_NEEDED: Final = ("cmap", "head", "hhea", "hmtx", "maxp", "name", "OS/2")
_TRANSFORMED: Final = ("glyf", "loca")  # for these 3 means "as it is"; for all others 0 does
# The tags that WOFF 2.0 names by a number (section 5.2).
_KNOWN: Final = (
    *("cmap", "head", "hhea", "hmtx", "maxp", "name", "OS/2", "post", "cvt ", "fpgm", "glyf", "loca", "prep"),
    *("CFF ", "VORG", "EBDT", "EBLC", "gasp", "hdmx", "kern", "LTSH", "PCLT", "VDMX", "vhea", "vmtx", "BASE"),
    *("GDEF", "GPOS", "GSUB", "EBSC", "JSTF", "MATH", "CBDT", "CBLC", "COLR", "CPAL", "SVG ", "sbix", "acnt"),
    *("avar", "bdat", "bloc", "bsln", "cvar", "fdsc", "feat", "fmtx", "fvar", "gvar", "hsty", "just", "lcar"),
    *("mort", "morx", "opbd", "prop", "trak", "Zapf", "Silf", "Glat", "Gloc", "Feat", "Sill"),
)
_ITALIC, _OBLIQUE = 0x1, 0x200  # bits of fsSelection
_FAMILIES: Final = (16, 1)  # ids of names: the typographic family, else the family


class FontError(Exception):
    """The file cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class FontFile:
    """What a font says of itself."""

    family: str
    weight: str  # as CSS writes it: "400", or "100 900" where it can be varied
    is_italic: bool


def read_font(data: bytes) -> FontFile:
    """The family and cut of a WOFF2 file; raises FontError."""
    try:
        tables = _tables(data)
        missing = [tag for tag in _NEEDED if tag not in tables]
        if missing or not any(tag in tables for tag in _OUTLINES):
            raise FontError(f"tables are missing: {', '.join(missing) or 'outlines'}")
        selection = struct.unpack_from(">H", tables["OS/2"], 62)[0]
        return FontFile(_family(tables["name"]), _weight(tables), bool(selection & (_ITALIC | _OBLIQUE)))
    except (struct.error, IndexError, brotli.error) as error:
        raise FontError("the file is damaged") from error


def _tables(data: bytes) -> dict[str, bytes]:
    """The tables as they lie in the file, those with outlines still transformed."""
    if data[:4] != b"wOF2":
        raise FontError("it is no WOFF2 file")
    _, flavor, length, count, *_, packed, _, _, _, _, _, _, _ = _HEADER.unpack_from(data)
    if length != len(data) or not 0 < count <= _MOST_TABLES:
        raise FontError("the file is damaged")
    if flavor == b"ttcf":
        raise FontError("it holds several fonts")
    entries, at = _directory(data, count)
    whole = sum(size for _, size in entries)
    if whole > _LARGEST:
        raise FontError(f"{whole} bytes unpacked")
    unpacked = _unpacked(data[at : at + packed], whole)
    found, begin = {}, 0
    for tag, size in entries:
        found[tag] = unpacked[begin : begin + size]
        begin += size
    return found


def _directory(data: bytes, count: int) -> tuple[list[tuple[str, int]], int]:
    """The tags with their lengths in the stream, in order, and where the stream begins."""
    entries, at = [], _HEADER.size
    for _ in range(count):
        flags = data[at]
        at += 1
        if flags & 0x3F == 0x3F:
            tag = data[at : at + 4].decode("latin-1")
            at += 4
        else:
            tag = _KNOWN[flags & 0x3F]
        size, at = _number(data, at)
        if (flags >> 6 != 3) if tag in _TRANSFORMED else (flags >> 6 != 0):
            size, at = _number(data, at)
        entries.append((tag, size))
    return entries, at


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A UIntBase128 and where it ends."""
    value = 0
    for end in range(at, at + 5):
        value = value << 7 | data[end] & 0x7F
        if not data[end] & 0x80:
            return value, end + 1
    raise FontError("the file is damaged")


def _unpacked(packed: bytes, whole: int) -> bytes:
    """The stream, never more of it than the directory told; raises FontError where it is of another length."""
    decompressor = brotli.Decompressor()
    pieces = [decompressor.process(packed, output_buffer_limit=whole + 1)]
    if not decompressor.is_finished() or len(pieces[0]) != whole:
        raise FontError("the file is damaged")
    return b"".join(pieces)


def _weight(tables: dict[str, bytes]) -> str:
    """The weight by OS/2, or from where to where it can be varied."""
    for tag, least, most in _axes(tables.get("fvar", b"")):
        if tag == b"wght" and 1 <= least < most <= 1000:
            return f"{least} {most}"
    weight = struct.unpack_from(">H", tables["OS/2"], 4)[0]
    return str(min(1000, max(1, weight)))


def _axes(fvar: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The axes along which a font varies, with the ends of each."""
    if not fvar:
        return
    begin, _, count, size = struct.unpack_from(">HHHH", fvar, 4)
    for number in range(count):
        tag, least, _, most = struct.unpack_from(">4siii", fvar, begin + number * size)
        yield tag, least >> 16, most >> 16


def _family(names: bytes) -> str:
    """The name of the family, in English where it has one."""
    count, strings = struct.unpack_from(">HH", names, 2)
    found: dict[tuple[int, int], str] = {}
    for number in range(count):
        platform, _, language, name, length, offset = struct.unpack_from(">6H", names, 6 + number * 12)
        if name in _FAMILIES and platform in (0, 3):
            said = names[strings + offset : strings + offset + length].decode("utf-16-be", "replace")
            found.setdefault((_FAMILIES.index(name), 0 if language in (0, 0x409) else 1), said)
    best = found[min(found)] if found else ""
    return "".join(letter for letter in best if letter.isprintable()).strip()[:80]
