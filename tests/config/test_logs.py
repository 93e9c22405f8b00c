"""What the log says of a failure."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
import structlog

from masthead.config.logs import set_up


@pytest.fixture
def logging_kept() -> Iterator[None]:
    """What the test run logs with comes back."""
    root, request = logging.getLogger(), logging.getLogger("django.request")
    kept = root.handlers, root.level, request.level
    yield
    root.handlers, root.level, request.level = kept
    structlog.reset_defaults()


def fails(password: str) -> None:
    raise ValueError("that did not go well")


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_failure_is_told_without_the_values_of_its_variables(
    form: str, logging_kept: None, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(cast(Any, SimpleNamespace(log_format=form, log_level="info")))
    secret = "lantern " * 2
    try:
        fails(secret)
    except ValueError:
        logging.getLogger("masthead.test").exception("it failed")
    told = capsys.readouterr().err
    assert "that did not go well" in told
    assert "in fails" in told
    assert "lantern lantern" not in told
    assert told.count("\n") < 40
