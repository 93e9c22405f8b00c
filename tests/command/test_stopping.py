"""Told to stop: the event is set whatever the main thread was doing when the signal came."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from masthead.command.process_tree import told_to_stop

SIGNALS = (signal.SIGTERM, signal.SIGINT)


@pytest.fixture
def handlers() -> Iterator[None]:
    """Those of the test run come back."""
    kept = [signal.getsignal(number) for number in SIGNALS]
    yield
    for number, handler in zip(SIGNALS, kept, strict=True):
        signal.signal(number, handler)


@pytest.mark.parametrize("number", SIGNALS)
def test_a_signal_in_the_middle_of_waiting_locks_nobody_out(number: signal.Signals, handlers: None) -> None:
    stop = told_to_stop()
    with stop._cond:  # type: ignore[attr-defined]  # as the main thread holds it a moment before and after it waits
        signal.raise_signal(number)
        assert not stop.is_set()
    assert stop.wait(10)
