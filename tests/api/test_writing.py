"""Writes: once for each key, only on what the program knows, and lists that go on where they stopped."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.db import connection
from tests.api.calling import Program, program
from tests.cast import Cast, make_cast, ready_edition

from masthead.accounts.selectors import LogEntry, Token
from masthead.api.models import KeptAnswer
from masthead.api.once import forget_old_answers
from masthead.library.selectors import Edition, Publication

NEW = {"name": "Keel"}


def test_the_same_key_does_it_once_and_answers_the_same(cast: Cast) -> None:
    call = program(cast)
    first = call("POST", "publications", NEW, Idempotency_Key="a-1")
    again = call("POST", "publications", NEW, Idempotency_Key="a-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert Publication.objects.filter(name="Keel").count() == 1
    other = call("POST", "publications", {"name": "Mast"}, Idempotency_Key="a-1")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert program(cast)("POST", "publications", {"name": "Mast"}, Idempotency_Key="a-1").status_code == 201
    assert call("POST", "publications", NEW, Idempotency_Key="ä").json()["code"] == "key_invalid"


def test_what_came_to_nothing_can_be_sent_again_with_its_key(cast: Cast) -> None:
    call = program(cast)
    assert call("POST", "publications", {**NEW, "issn": "1"}, Idempotency_Key="a-1").status_code == 422
    assert not KeptAnswer.objects.exists()
    assert call("POST", "publications", NEW, Idempotency_Key="a-1").status_code == 201
    KeptAnswer.objects.update(created_at="2026-01-01T00:00:00Z")
    assert forget_old_answers() == 1


def test_a_kept_answer_holds_no_secret(cast: Cast) -> None:
    call, asked = program(cast), {"name": "Child", "scopes": ["editions:read"]}
    secret = call("POST", "tokens", asked, Idempotency_Key="t").json()["secret"]
    assert secret.encode() not in bytes(KeptAnswer.objects.get().body)
    assert call("POST", "tokens", asked, Idempotency_Key="t").json()["secret"] == ""
    assert Token.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one_in_a_database_server() -> None:
    """The embedded database is tried by tests/api/test_running_house.py: in memory it knows no waiting."""
    if connection.vendor != "postgresql":
        pytest.skip("the database is no server")
    secret, answers = program(make_cast()).secret, []
    path = f"publications/{Publication.objects.get().pk}"
    tag = Program(secret)("GET", path)["ETag"]

    def send(number: int) -> None:
        try:
            call = Program(secret)
            answers.append(call("POST", "publications", NEW, Idempotency_Key="both"))
            answers.append(call("PATCH", path, {"description": f"by {number}"}, If_Match=tag))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[number]) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [200] + [201] * 5 + [412] * 4
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
    assert Publication.objects.filter(name="Keel").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_change_of_what_is_known_in_a_transaction_of_its_own() -> None:
    call, path = program(make_cast()), f"publications/{Publication.objects.get().pk}"
    tag = call("GET", path)["ETag"]
    assert call("PATCH", path, {"description": "Ships"}, If_Match=tag).status_code == 200
    assert call("PATCH", path, {"description": "Boats"}, If_Match=tag).status_code == 412
    assert Publication.objects.get().description == "Ships"


def test_a_refused_write_leaves_nothing(cast: Cast) -> None:
    call = program(cast)
    answer = call("POST", "shelves", {"name": "New", "publications": ["none"]})
    assert answer.status_code == 404
    assert call.told("shelves")["items"] == []
    assert not LogEntry.objects.filter(action="shelf.create").exists()


def test_a_change_is_made_only_of_what_is_known(cast: Cast, data: Path) -> None:
    call, path = program(cast), f"editions/{ready_edition(cast, data).pk}"
    tag = call("GET", path)["ETag"]
    assert call("GET", path, If_None_Match=tag).status_code == 304
    assert call("PATCH", path, {"label": "First"}, If_Match=tag).status_code == 200
    late = call("PATCH", path, {"label": "Second"}, If_Match=tag)
    assert (late.status_code, late.json()["code"]) == (412, "changed_meanwhile")
    assert call("POST", f"{path}/publish", If_Match=tag).status_code == 412
    assert Edition.objects.get().state == "ready"
    assert call("POST", f"{path}/publish", If_Match=call("GET", path)["ETag"]).status_code == 200
    assert call("DELETE", path, If_Match=tag).status_code == 412
    assert call("DELETE", path, If_Match="*").status_code == 204
    assert call("DELETE", path, If_Match="*").status_code == 412


def test_lists_come_in_parts_that_miss_nothing(cast: Cast, data: Path) -> None:
    call = program(cast)
    for number in range(7):
        ready_edition(cast, data, f"No. {number}")  # all of one date
    for order in ("date", "oldest", "changed", "label", "publication"):
        seen, cursor = [], ""
        while True:
            part = call.told(f"editions?limit=3&order={order}&cursor={cursor}")
            seen += [row["id"] for row in part["items"]]
            cursor = part["next"]
            if not cursor:
                break
            other = "label" if order != "label" else "date"
            wrong = call("GET", f"editions?limit=3&order={other}&cursor={cursor}")
            assert (wrong.status_code, wrong.json()["code"]) == (400, "cursor_invalid")
        assert len(seen) == len(set(seen)) == 7
    for cursor in ("x", "W10", "WzEsMl0", "!!!", "bnVsbA"):
        assert call("GET", f"editions?cursor={cursor}").status_code == 400
