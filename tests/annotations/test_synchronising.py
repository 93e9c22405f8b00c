"""Synchronising over HTTP: who may, what comes back, what is refused, and that nobody else ever sees it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.annotations.notes import body, change, highlight, note
from tests.cast import Cast, signed_in

from masthead.annotations import services
from masthead.annotations.checking import MOST_CHANGES
from masthead.annotations.models import Annotation
from masthead.annotations.selectors import annotations_of
from masthead.library.selectors import Edition
from masthead.library.services import edition_withdraw

ADDRESS = "/fathom/no-1/annotations"


def post(client: Client, said: dict[str, Any]) -> Any:
    return client.post(ADDRESS, json.dumps(said), content_type="application/json")


def test_whoever_has_not_signed_in_hears_where_to(live: Edition) -> None:
    answer = Client().get(ADDRESS)
    said = answer.json()
    assert said["signed_in"] is False
    assert said["sign_in"] == "/account/login/?next=%2Ffathom%2Fno-1%2F"
    assert answer["Cache-Control"] == "private, no-store"
    assert post(Client(), body()).status_code == 401


def test_the_readers_script_can_see_that_somebody_has_signed_in(cast: Cast, live: Edition) -> None:
    client = signed_in(cast.reader)
    told = client.get(ADDRESS)
    assert told.cookies["signed-in"].value == "1"
    assert not told.cookies["signed-in"]["httponly"]
    assert "signed-in" not in client.get(ADDRESS).cookies  # said once
    assert b'annotations="/fathom/no-1/annotations"' in client.get("/fathom/no-1/").content
    client.logout()
    client.cookies["signed-in"] = "1"
    assert client.get(ADDRESS).cookies["signed-in"].value == ""
    assert not Client().get(ADDRESS).cookies.get("signed-in")


def test_two_devices_of_one_person(cast: Cast, live: Edition) -> None:
    phone, desk = signed_in(cast.reader), signed_in(cast.reader)
    first = post(phone, body(change("note-0001", note("from the phone")), device="the-phone")).json()
    assert first["results"][0]["outcome"] == "applied"
    there = desk.get(ADDRESS).json()
    assert there["owner"] == cast.reader.pk
    assert there["rows"] == [{"id": "note-0001", "revision": 1, "content": note("from the phone")}]
    changed = change("note-0001", note("from the desk"), base=1)
    second = post(desk, body(changed, since=there["sequence"], device="the-desk")).json()
    assert second["results"][0]["revision"] == 2
    late = post(phone, body(change("note-0001", note("late"), base=1), since=1, device="the-phone")).json()
    assert late["results"] == [
        {"id": "note-0001", "outcome": "conflict", "revision": 2, "content": note("from the desk")}
    ]
    assert desk.get(ADDRESS, {"since": there["sequence"]}).json()["rows"][0]["content"]["text"] == "from the desk"


def test_what_is_sent_again_is_taken_once(cast: Cast, live: Edition) -> None:
    client, said = signed_in(cast.reader), body(change("note-0001", note("once")))
    post(client, said)
    again = post(client, said).json()["results"][0]
    assert (again["outcome"], again["revision"]) == ("replayed", 1)
    assert Annotation.objects.count() == 1


def test_what_was_deleted_leaves_no_words_behind(cast: Cast, live: Edition) -> None:
    client = signed_in(cast.reader)
    post(client, body(change("note-0001", note("a secret"))))
    gone = post(client, body(change("note-0001", None, base=1), since=1)).json()
    assert gone["results"][0] == {"id": "note-0001", "outcome": "applied", "revision": 2, "content": None}
    row = Annotation.objects.get()
    assert row.is_deleted
    assert row.content is None
    assert client.get(ADDRESS, {"since": 1}).json()["rows"] == [{"id": "note-0001", "revision": 2, "content": None}]
    assert client.get(ADDRESS).json()["rows"] == []  # a new device need not hear of it


def test_nobody_else_gets_them_whatever_their_rights(cast: Cast, live: Edition) -> None:
    post(signed_in(cast.reader), body(change("note-0001", note("mine alone"))))
    for name, person in cast.people().items():
        if name == "reader":
            continue
        answer = signed_in(person).get(ADDRESS)
        assert b"mine alone" not in answer.content, name
        rows, _ = annotations_of(person, live, 0, lambda page: True)
        assert rows == (), name
        if person is not None:  # the same name is another annotation in another notebook
            taken = post(signed_in(person), body(change("note-0001", None, base=1))).json()
            assert taken["results"][0]["outcome"] == "gone"
    assert Annotation.objects.get().content["text"] == "mine alone"


def test_no_annotation_of_a_withdrawn_edition_leaves(cast: Cast, live: Edition) -> None:
    client = signed_in(cast.reader)
    post(client, body(change("note-0001", note("mine"))))
    edition_withdraw(by=cast.owner, edition=live)
    assert client.get(ADDRESS).status_code == 410
    assert post(client, body(change("note-0002", note("more")))).status_code == 410
    assert Annotation.objects.count() == 1


def test_everything_of_ones_own_can_be_taken_along(cast: Cast, live: Edition) -> None:
    client = signed_in(cast.reader)
    post(client, body(change("mark-0001", highlight("printed words", text="my thought"))))
    said = client.get("/own-notes.jsonld").json()
    (item,) = said["first"]["items"]
    assert item["target"]["selector"]["exact"] == "printed words"
    assert item["target"]["source"].endswith("/fathom/no-1/page/2")
    edition_withdraw(by=cast.owner, edition=live)
    after = client.get("/own-notes.jsonld")
    assert b"my thought" in after.content
    assert b"printed words" not in after.content
    assert signed_in(cast.owner).get("/own-notes.jsonld").json()["total"] == 0
    assert Client().get("/own-notes.jsonld")["Location"].startswith("/account/login/")


def test_quoted_words_of_a_closed_page_are_withheld_and_survive_a_change(cast: Cast, live: Edition) -> None:
    def two_is_closed(page: int) -> bool:
        return page != 2

    client = signed_in(cast.reader)
    post(client, body(change("mark-0001", highlight("the secret words", text="my thought"))))
    (row,), _ = annotations_of(cast.reader, live, 0, two_is_closed)
    assert row.content is not None
    assert "secret" not in json.dumps(row.content)
    assert row.content["text"] == "my thought"
    changed = {**row.content, "text": "another thought"}
    post(client, body(change("mark-0001", changed, base=1)))
    kept = Annotation.objects.get().content
    assert kept["text"] == "another thought"
    assert kept["locator"]["quote"]["exact"] == "the secret words"


@pytest.mark.parametrize(
    "said",
    [
        [],
        {},
        {"changes": [], "since": 0},
        {"changes": [], "device": "device-one", "since": -1},
        {"changes": [], "device": "x' or 1=1", "since": 0},
        {"changes": [{"id": "short", "change": "change-1", "base": 0}], "device": "device-one"},
        {"changes": [change("note-0001", note())] * 2, "device": "device-one"},
        {"changes": [change(f"note-{n:04}", note()) for n in range(MOST_CHANGES + 1)], "device": "device-one"},
    ],
)
def test_what_no_reader_sends_is_refused(cast: Cast, live: Edition, said: Any) -> None:
    answer = signed_in(cast.reader).post(ADDRESS, json.dumps(said), content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["code"] == "annotations_unreadable"
    assert not Annotation.objects.exists()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ({**note(), "kind": "poem"}, "invalid"),
        ({**note(), "at": [3, 0]}, "invalid"),
        ({**note(), "text": "x" * 10_001}, "invalid"),
        ({**note(), "created": "yesterday"}, "invalid"),
        ({**note(), "script": "<script>"}, "invalid"),
        ({**note(), "foreign": "y" * 120_000}, "too_large"),
    ],
)
def test_a_faulty_annotation_is_refused_and_the_others_are_taken(
    cast: Cast, live: Edition, content: Any, fault: str
) -> None:
    said = body(change("note-0001", content), change("note-0002", note("fine")))
    first, second = post(signed_in(cast.reader), said).json()["results"]
    assert (first["outcome"], first["fault"]) == ("refused", fault)
    assert second["outcome"] == "applied"


def test_a_notebook_has_its_limit(cast: Cast, live: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST", 2)
    said = body(*(change(f"note-{number:04}", note()) for number in range(3)))
    results = post(signed_in(cast.reader), said).json()["results"]
    assert [result["outcome"] for result in results] == ["applied", "applied", "refused"]
    assert results[2]["fault"] == "notebook_full"


def test_asking_too_often_is_told_to_wait(cast: Cast, live: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("masthead.annotations.services._A_MINUTE", 2)
    monkeypatch.setattr(services.pace_keep, "__kwdefaults__", {"most": 2, "what": "annotations"})
    client = signed_in(cast.reader)
    answers = [post(client, body()) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert answers[-1]["Retry-After"] == "60"


def test_it_needs_its_token(cast: Cast, live: Edition) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    said = json.dumps(body(change("note-0001", note())))
    assert client.post(ADDRESS, said, content_type="application/json").status_code == 403
    token = client.get(ADDRESS).json()["token"]
    answer = client.post(ADDRESS, said, content_type="application/json", headers={"X-CSRFToken": token})
    assert answer.status_code == 200


def test_a_hundred_changes_cost_as_many_queries_as_one(cast: Cast, live: Edition) -> None:
    client = signed_in(cast.reader)
    post(client, body(change("first-000", note())))

    def queries(count: int, start: int) -> int:
        said = body(*(change(f"note-{start + number:04}", note()) for number in range(count)), since=1)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            post(client, said)
        return len(seen)

    assert queries(1, 0) == queries(MOST_CHANGES, 100)
