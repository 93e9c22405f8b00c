"""The trace that a proxy tells stands in the lines of the request, and what is no trace in none."""

from __future__ import annotations

import logging

import pytest
from django.test import Client
from structlog.contextvars import get_contextvars

from masthead.faces.tracing import trace_of

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


class Kept(logging.Handler):
    """What is bound to the request when its line is written."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, object] = {}

    def emit(self, record: logging.LogRecord) -> None:
        self.said = dict(get_contextvars())


@pytest.fixture
def line() -> Kept:
    """The line that was written last."""
    return Kept()


def test_the_line_of_a_request_names_its_trace(db: None, line: Kept) -> None:
    log = logging.getLogger("masthead.requests")
    log.addHandler(line)
    before = log.level
    log.setLevel(logging.DEBUG)
    try:
        Client().get("/version", headers={"traceparent": f"00-{TRACE}-{PARENT}-01"})
        said = line.said
        Client().get("/version")
    finally:
        log.removeHandler(line)
        log.setLevel(before)
    assert (said["trace_id"], said["parent_span_id"]) == (TRACE, PARENT)
    assert len(str(said["span_id"])) == 16
    assert said["span_id"] != PARENT
    assert "trace_id" not in line.said  # the next request is not part of it
    assert "request_id" in line.said


@pytest.mark.parametrize(
    "told",
    [
        "",
        f"00-{TRACE}-{PARENT}",
        f"01-{TRACE}-{PARENT}-01",
        f"00-{'0' * 32}-{PARENT}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-{PARENT}-01",
        f"00-{TRACE}-{PARENT}-01\n",
        "x" * 100_000,
    ],
)
def test_what_is_no_trace_is_not_written_down(told: str) -> None:
    assert trace_of(told) == {}
