"""A session is noted now and then: who reads does not write with every picture."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, signed_in

from masthead.accounts import seen


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr(seen.time, "monotonic", lambda: now[0])
    return now


def writes(client: Any, **headers: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/account/devices", **headers).status_code == 200
    return len([one for one in asked if "usersession" in one["sql"] and one["sql"].startswith(("INSERT", "UPDATE"))])


def test_a_session_is_noted_every_five_minutes_and_when_its_place_is_another(cast: Cast, clock: list[float]) -> None:
    client = signed_in(cast.reader)
    assert writes(client) >= 1
    assert [writes(client) for _ in range(3)] == [0, 0, 0]
    assert writes(client, REMOTE_ADDR="10.1.2.3") == 1
    assert UserSession.objects.get(user=cast.reader).ip == "10.1.2.3"
    clock[0] += seen.NOTED_SECONDS - 1
    assert writes(client, REMOTE_ADDR="10.1.2.3") == 0
    clock[0] += 2
    assert writes(client, REMOTE_ADDR="10.1.2.3") == 1


def test_nobody_is_kept_from_reading_because_it_cannot_be_noted(
    cast: Cast, clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(self: object, request: object) -> None:
        raise OperationalError("database is locked")

    client = signed_in(cast.reader)
    monkeypatch.setattr(type(UserSession.objects), "create_from_request", locked)
    assert client.get("/account/devices").status_code == 200
