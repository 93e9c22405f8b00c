"""Passwords are hashed in turn: a few wait, the others are told, and nobody who reads or writes stands behind them."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.db import connection
from django.test import Client
from tests.cast import PASSWORD, Cast

from masthead.accounts import hashing
from masthead.accounts.errors import SigningInBusyError
from masthead.accounts.selectors import User
from masthead.accounts.services import user_create
from masthead.config.house import django_settings_of_house
from masthead.config.settings import Settings


@pytest.fixture(autouse=True)
def _real_hashes(settings: Any) -> None:
    settings.PASSWORD_HASHERS = django_settings_of_house(Settings())["PASSWORD_HASHERS"]


@pytest.fixture
def crowd(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As many as may wait hash or wait, until the test is over."""
    go, here = threading.Event(), threading.Semaphore(0)

    def verify(self: object, password: str, encoded: str) -> bool:
        here.release()
        go.wait(60)
        return False

    kept = make_password(PASSWORD)
    User.objects.filter(pk=cast.editor.pk).update(password=kept)
    monkeypatch.setattr(Argon2PasswordHasher, "verify", verify)
    monkeypatch.setattr(hashing, "PATIENCE", 600.0)
    monkeypatch.setattr(hashing, "_places", places := Places(hashing.AT_ONCE))
    with ThreadPoolExecutor(hashing.AT_ONCE) as pool:
        waiting = [pool.submit(check_password, "guess", kept) for _ in range(hashing.AT_ONCE)]
        here.acquire(timeout=60)
        places.are_taken.wait(60)
        yield
        go.set()
        assert not any(one.result(60) for one in waiting)


class Places(threading.Semaphore):
    """Says when the last one is taken."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.are_taken, self._left, self._counting = threading.Event(), number, threading.Lock()

    def acquire(self, blocking: bool = True, timeout: float | None = None) -> bool:
        is_mine = super().acquire(blocking, timeout)
        with self._counting:
            self._left -= is_mine
            if self._left == 0:
                self.are_taken.set()
        return is_mine


def test_a_hash_is_the_frameworks_own_and_is_made_behind_all_others() -> None:
    kept = make_password(PASSWORD)
    assert kept.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")
    assert check_password(PASSWORD, kept)
    assert not check_password("another one", kept)
    before = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    pool = hashing._hasher(os.getpid())
    behind = pool.submit(lambda: os.getpriority(os.PRIO_PROCESS, threading.get_native_id())).result()
    assert behind == min(before + hashing._NICE, 19) or behind == hashing._NICE
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == before


def test_a_house_with_little_memory_keeps_the_password_in_use_anew(settings: Any, cast: Cast) -> None:
    User.objects.filter(pk=cast.editor.pk).update(password=make_password(PASSWORD))
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"password_memory_mb": 19})
    user = User.objects.get(pk=cast.editor.pk)
    assert user.check_password(PASSWORD)
    user.refresh_from_db()
    assert user.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=8$")
    assert user.check_password(PASSWORD)
    with pytest.raises(ValueError, match="19"):
        Settings(password_memory_mb=18)


@pytest.mark.usefixtures("crowd")
def test_whoever_comes_when_all_places_are_taken_is_told_at_once() -> None:
    with pytest.raises(SigningInBusyError):
        make_password("one more")


def test_whoever_has_waited_too_long_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    go = threading.Event()
    busy = hashing._hasher(os.getpid()).submit(go.wait, 60)
    monkeypatch.setattr(hashing, "PATIENCE", 0.01)
    with pytest.raises(SigningInBusyError):
        make_password("one more")
    go.set()
    assert busy.result(60)
    monkeypatch.setattr(hashing, "PATIENCE", 60.0)
    assert make_password("one more"), "the place is free again"


@pytest.mark.usefixtures("crowd")
@pytest.mark.parametrize(("language", "said"), [("en", "One moment"), ("de", "Einen Moment"), ("ar", "لحظة")])
def test_the_form_says_so_keeps_the_address_and_counts_no_try(
    cast: Cast, settings: Any, language: str, said: str
) -> None:
    client = Client(headers={"accept-language": language})
    typed = {"login": "emil@harbour.example", "password": PASSWORD}
    for _ in range(8):  # more than the five wrong passwords that lock an account
        answer = client.post("/account/login/", typed)
        assert said in answer.content.decode()
        assert b'value="emil@harbour.example"' in answer.content
        assert PASSWORD.encode() not in answer.content
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("crowd")
def test_where_no_form_catches_it_a_page_says_so_and_when_to_come_again(cast: Cast) -> None:
    client = Client(raise_request_exception=False)
    answer = client.post("/account/signup/", {"email": "new@reader.example", "password1": PASSWORD})
    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert b"One moment" in answer.content
    assert not User.objects.filter(email="new@reader.example").exists()


@pytest.mark.django_db
def test_nothing_is_hashed_while_a_row_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    outside, seen = len(connection.savepoint_ids), []
    encode = hashing.PacedArgon2.encode

    def watched(self: hashing.PacedArgon2, password: str, salt: str) -> str:
        seen.append(len(connection.savepoint_ids))
        return encode(self, password, salt)

    monkeypatch.setattr(hashing.PacedArgon2, "encode", watched)
    user_create(email="new@reader.example", password=PASSWORD)
    assert seen == [outside]
