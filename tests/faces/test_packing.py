"""Compression as clients ask for it; what is remembered stays under its limit."""

from __future__ import annotations

import gzip

import brotli
import pytest

from masthead.faces.packing import Shelf, accepted_encoding, pack


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("br;q=0.000,gzip; q=0", ""),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("BR", "br"),
        ("br;q=0.5", "br"),
    ],
)
def test_accepted(header: str, encoding: str) -> None:
    assert accepted_encoding(header) == encoding


def test_packed_reads_back_and_is_the_same_each_time() -> None:
    data = b"The lamp was lit. " * 100
    assert brotli.decompress(pack(data, "br", quality=5)) == data
    assert gzip.decompress(pack(data, "gzip", quality=5)) == data
    assert pack(data, "gzip", quality=5) == pack(data, "gzip", quality=5)


def test_the_shelf_stays_under_its_limit_and_keeps_what_is_asked_for() -> None:
    shelf = Shelf(10)
    made: list[str] = []

    def make(name: str, size: int = 4) -> bytes:
        return shelf.get(name, lambda: (made.append(name), b"." * size)[1])

    make("a"), make("b"), make("a"), make("c"), make("a")
    assert made == ["a", "b", "c"]
    make("b")
    assert made == ["a", "b", "c", "b"]
    assert shelf.size <= 10
    assert len(make("large", 11)) == 11
    assert shelf.size <= 10
