"""Range headers are read as the standard says, whatever clients send."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.faces.ranges import Span, multipart, wanted_spans


@pytest.mark.parametrize(
    ("header", "spans"),
    [
        ("bytes=0-9", [Span(0, 10)]),
        ("Bytes= 0-9", [Span(0, 10)]),
        ("bytes=90-", [Span(90, 100)]),
        ("bytes=-5", [Span(95, 100)]),
        ("bytes=-500", [Span(0, 100)]),
        ("bytes=95-400", [Span(95, 100)]),
        ("bytes=0-0,-1", [Span(0, 1), Span(99, 100)]),
        ("bytes=0-1, 200-, 5-6", [Span(0, 2), Span(5, 7)]),
        ("bytes=100-", []),
        ("bytes=-0", []),
        ("bytes=200-300,400-", []),
        ("", None),
        ("bytes=", None),
        ("bytes=-", None),
        ("bytes=9-2", None),
        ("bytes=0-9,x", None),
        ("pages=1-2", None),
        ("bytes=" + "9" * 5000 + "-", None),
        ("bytes=" + ",".join(["0-0"] * 17), None),
        ("bytes=0-99,0-99", None),
    ],
)
def test_header(header: str, spans: list[Span] | None) -> None:
    assert wanted_spans(header, 100) == spans


def test_nothing_of_an_empty_file_can_be_had() -> None:
    assert wanted_spans("bytes=0-", 0) == []
    assert wanted_spans("bytes=-1", 0) == []


@given(st.text(alphabet="bytes=0123456789-, x", max_size=40), st.integers(0, 200))
def test_any_header_gives_parts_of_the_file(header: str, size: int) -> None:
    for span in wanted_spans(header, size) or []:
        assert 0 <= span.start < span.end <= size


def test_the_length_of_several_parts_is_that_of_the_body() -> None:
    spans = [Span(0, 3), Span(90, 100)]
    frame = multipart(spans, 100, "image/webp", "edge")
    body = b"".join(head + b"." * span.length for head, span in zip(frame.heads, spans, strict=True)) + frame.tail
    assert len(body) == frame.length
    assert b"Content-Range: bytes 90-99/100\r\n\r\n.........." in body
