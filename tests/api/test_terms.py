"""Who may read is said through the API as in the back office: it counts at once, and nobody is told a password."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client
from tests.api.calling import Program, program
from tests.cast import Cast, ready_edition

from masthead.accounts.selectors import LogEntry
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish

PAGE = "/fathom/no-1/page/2"
WAYS = {"ways": ["password", "addresses"], "password": "mackerel sky", "ranges": ["192.0.2.0/24"]}


@pytest.fixture
def live(cast: Cast, data: Path) -> Edition:
    return edition_publish(by=cast.owner, edition=ready_edition(cast, data))


def at(edition: Edition) -> str:
    return f"editions/{edition.pk}/terms"


def test_terms_count_at_once(cast: Cast, live: Edition) -> None:
    call = program(cast)
    assert call.told(at(live))["is_open"]
    assert [Client().get(PAGE).status_code for _ in range(2)] == [200, 200]
    said = call("PUT", at(live), {"ways": WAYS, "free": "1", "listing": "unlisted"})
    assert said.status_code == 200, said.content
    told = said.json()
    assert told == call.told(at(live))
    assert (told["is_open"], told["free"], told["listing"]) == (False, "1", "unlisted")
    assert told["own"] == ["free", "listing", "ways"]
    assert told["ways"]["has_password"]
    assert told["ways"]["ranges"] == ["192.0.2.0/24"]
    assert Client().get(PAGE).status_code == 403
    assert Client().get(PAGE, REMOTE_ADDR="192.0.2.7").status_code == 200
    assert call("PUT", at(live), {}).json()["is_open"]
    assert Client().get(PAGE).status_code == 200


def test_a_password_is_told_to_nobody_and_stays_until_there_is_another(cast: Cast, live: Edition) -> None:
    call = program(cast)
    answer = call("PUT", at(live), {"ways": WAYS})
    first = Edition.objects.get(pk=live.pk).terms["ways"]["password"]
    assert check_password("mackerel sky", first)
    call("PUT", at(live), {"ways": {**WAYS, "password": ""}})
    assert Edition.objects.get(pk=live.pk).terms["ways"]["password"] == first
    for said in (answer.content.decode(), str(list(LogEntry.objects.values_list("before", "after")))):
        assert "mackerel" not in said
        assert first not in said


def test_an_edition_inherits_what_it_does_not_say(cast: Cast, live: Edition) -> None:
    call = program(cast)
    of_publication = f"publications/{cast.fathom.pk}/terms"
    assert call("PUT", of_publication, {"ways": {"ways": ["sign_in"]}, "free": "1-2"}).status_code == 200
    told = call.told(at(live))
    assert (told["ways"]["ways"], told["free"], told["own"]) == (["sign_in"], "1-2", [])
    call("PUT", at(live), {"free": "1"})
    assert call.told(at(live))["free"] == "1"
    assert call.told(at(live))["ways"]["ways"] == ["sign_in"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"ways": {"ways": ["password"]}}, "ways.password"),
        ({"ways": {"ways": ["addresses"], "ranges": ["somewhere"]}}, "ways.ranges"),
        ({"ways": {"ways": ["email_code"], "domains": ["nowhere"]}}, "ways.domains"),
        ({"ways": {"ways": ["magic"]}}, "terms.ways.ways.0"),
        ({"free": "one to three"}, "free"),
        ({"sites": ["https://news.example/path"]}, "sites"),
        ({"listing": "secret"}, "listing"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(cast: Cast, live: Edition, said: dict[str, object], field: str) -> None:
    answer = program(cast)("PUT", at(live), said)
    assert answer.status_code == 422, answer.content
    [mistake] = answer.json()["errors"]
    assert mistake["field"].endswith(field.removeprefix("terms."))
    assert mistake["message"]
    assert Edition.objects.get(pk=live.pk).terms == {}


def test_who_may_not_say_it_in_the_back_office_may_not_here(cast: Cast, live: Edition) -> None:
    reading = program(cast, scopes=["editions:read"])
    assert reading.told(at(live))["is_open"]
    assert reading("PUT", at(live), {"ways": WAYS}).status_code == 403
    assert Program("")("GET", at(live)).status_code == 401
