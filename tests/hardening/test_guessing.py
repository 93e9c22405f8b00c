"""Who guesses learns nothing and not often: the same answer, the same work, and an end to trying."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.hashers import get_hasher
from django.core.cache import cache
from django.db import OperationalError, connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.access.people import reader, restricted
from tests.cast import Cast, signed_in

from masthead.access.codes import codes_create
from masthead.access.errors import TooManyTriesError
from masthead.access.subscribing import subscription_create
from masthead.access.tries import try_once
from masthead.accounts.selectors import User

WRONG = "not the password at all"


@pytest.fixture(autouse=True)
def _fresh(db: None) -> None:
    cache.clear()


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each time that a password is put through the hash, which is what costs."""
    seen: list[str] = []
    kind = type(get_hasher())
    encode = kind.encode
    monkeypatch.setattr(
        kind, "encode", lambda self, password, salt: (seen.append(password), encode(self, password, salt))[1]
    )
    return seen


def plain(answer: Any, *typed: str) -> str:
    """The page without what is different each time, and without what was typed."""
    text = re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", answer.content.decode())
    for word in typed:
        text = text.replace(word, "")
    return text


def without_password(cast: Cast) -> User:
    user = reader("imported")
    user.set_unusable_password()
    user.save()
    return user


def test_signing_in_says_and_does_the_same_for_everybody(cast: Cast, hashed: list[str]) -> None:
    said = {}
    for name in (cast.reader.email, without_password(cast).email, "nobody@reader.example"):
        Client().get("/account/login/")
        hashed.clear()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = Client().post("/account/login/", {"login": name, "password": WRONG})
        asked = len([one for one in queries if "cache_entry" not in one["sql"] and "POINT" not in one["sql"]])
        said[name] = (answer.status_code, plain(answer, name), len(hashed), asked)
    first = said[cast.reader.email]
    assert "The e-mail address or the password is wrong" in first[1]
    for name, other in said.items():
        assert other[:3] == first[:3], name
        assert abs(other[3] - first[3]) <= 1, (name, other[3], first[3])


def test_a_forgotten_password_says_the_same_to_everybody(cast: Cast) -> None:
    said = []
    for name in (cast.reader.email, "nobody@reader.example", without_password(cast).email):
        answer = Client().post("/account/password/reset/", {"email": name}, follow=True)
        said.append((answer.status_code, answer.request["PATH_INFO"], plain(answer, name)))
    assert said[0] == said[1] == said[2]


def test_codes_that_are_used_up_and_codes_that_never_were_are_refused_alike_often(cast: Cast) -> None:
    product = subscription_create(by=cast.owner, publisher=cast.harbour, name="Ours", kind="club")
    [real] = codes_create(by=cast.owner, publisher=cast.harbour, name="Fair", subscription=product)
    client = signed_in(reader("guesser"))
    answers = [client.post("/account/code", {"code": f"GUESS-{number}"}) for number in range(11)]
    assert {answer.status_code for answer in answers[:10]} == {422}
    assert b"tried too often" in answers[10].content
    assert b"tried too often" in client.post("/account/code", {"code": real.code}).content, "the right one waits, too"


@pytest.mark.parametrize(
    "address", ["invitation", "setup", "proof", "account/join", "account/no-mail", "account/identity/done"]
)
def test_addresses_that_open_something_do_not_tell_how_near_a_guess_is(cast: Cast, address: str) -> None:
    said = {
        (answer.status_code, re.sub(r"[0-9a-f]{12}", "", plain(answer, guess)))
        for guess in ("qq", "Q" * 32, "qq:qq:qq", "0" * 200)
        if (answer := Client(raise_request_exception=False).get(f"/{address}/{guess}"))
    }
    assert len(said) == 1
    assert said.pop()[0] in (400, 404, 409, 410)


def test_passwords_of_editions_are_tried_only_so_often(cast: Cast, data: Path) -> None:
    restricted(cast, data, ways=["password"], password="lighthouse")
    client = Client()
    address = "/fathom/no-1/way-in"
    answers = [client.post(address, {"what": "password", "page": "2", "password": f"guess {n}"}) for n in range(11)]
    assert b"too often" in answers[-1].content
    assert b"too often" not in answers[-2].content
    other = Client(REMOTE_ADDR="198.51.100.7")
    assert b"too often" not in other.post(address, {"what": "password", "page": "2", "password": "no"}).content


def test_an_address_in_a_header_does_not_make_a_new_guesser(cast: Cast) -> None:
    answers = []
    for number in range(8):
        more = {"x-forwarded-for": f"203.0.113.{number}", "forwarded": f"for=203.0.113.{number}"}
        said = {"login": cast.reader.email, "password": WRONG}
        answers.append(Client().post("/account/login/", said, headers=more))
    assert b"That was too often wrong" in answers[-1].content


def test_others_cannot_push_counted_tries_out(cast: Cast) -> None:
    """The framework's cache forgets what it likes beyond 300 entries."""
    for _ in range(3):
        try_once("a code", "of Rita", limit=3)
    for number in range(400):
        cache.set(f"other:{number}", 1, 600)
    with pytest.raises(TooManyTriesError):
        try_once("a code", "of Rita", limit=3)


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_moment_all_count() -> None:
    cache.clear()
    together, limit = Barrier(8), 5

    def attempt(_: int) -> bool:
        together.wait()
        while True:
            try:
                try_once("at once", limit=limit)
            except TooManyTriesError:
                return False
            except OperationalError:  # the tests' tables lie in memory, where nobody waits for a lock
                continue
            finally:
                connections.close_all()
            return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(8))) <= limit
