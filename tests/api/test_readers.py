"""What programs do with readers: invited, imported, given subscriptions and codes, explained, exported and erased."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from tests.access.people import reader as somebody
from tests.access.people import restricted
from tests.api.calling import Program, program
from tests.cast import Cast, signed_in
from tests.forms.making import form_made
from tests.orders.ordering import placed

from masthead.access.devices import device_add
from masthead.access.readers import reader_know
from masthead.accounts.models import User
from masthead.accounts.selectors import LogEntry
from masthead.forms.selectors import Answer
from masthead.library.selectors import Edition
from masthead.orders.services import product_create

NINA = {"email": "nina@reader.example", "name": "Nina", "number": "4711"}


@pytest.fixture
def call(cast: Cast) -> Program:
    return program(cast)


@pytest.fixture
def live(cast: Cast, data: Path) -> Edition:
    return restricted(cast, data, ways=["subscription"], free="1")


def test_a_reader_is_invited_found_and_changed(call: Program) -> None:
    made = call("POST", "readers", NINA, Idempotency_Key="nina")
    assert (made.status_code, made.json()["mail"]) == (201, "sent")
    told = made.json()["reader"]
    assert (told["email"], told["number"], told["came_by"]) == (NINA["email"], "4711", "invited")
    assert mail.outbox[0].to == [NINA["email"]]
    assert call("POST", "readers", NINA, Idempotency_Key="nina").content == made.content
    assert len(mail.outbox) == 1
    place = f"readers/{told['id']}"
    assert [row["id"] for row in call.told("readers?number=4711")["items"]] == [told["id"]]
    assert call.told("readers?state=running")["items"] == []
    assert call("PATCH", place, {"note": "By post"}).json()["note"] == "By post"
    other = call("POST", "readers", {"email": "odd@reader.example", "invite": False}).json()
    assert other["mail"] == "not_wanted"
    taken = call("PATCH", f"readers/{other['reader']['id']}", {"number": "4711"})
    assert (taken.status_code, taken.json()["errors"][0]["field"]) == (409, "number")
    assert call("POST", f"{place}/invite").json()["mail"] == "sent"


def test_a_list_is_tried_then_taken_in_and_twice_is_once(call: Program) -> None:
    call("POST", "subscriptions", {"name": "Print and web"})
    rows: list[dict[str, Any]] = [
        {**NINA, "subscription": "Print and web", "starts": "2026-01-01", "ends": "2026-12-31"},
        {"email": "nobody", "name": "Nobody"},
        {"email": "olaf@reader.example", "subscription": "Unknown"},
    ]
    tried = call("POST", "readers/import", {"rows": rows, "is_trial": True}).json()
    assert (tried["new_readers"], tried["new_periods"]) == (1, 1)
    assert [(one["row"], one["email"]) for one in tried["problems"]] == [(1, "nobody"), (2, "olaf@reader.example")]
    assert call.told("readers")["items"] == []
    assert call("POST", "readers/import", {"rows": rows}).json()["new_readers"] == 1
    again = call("POST", "readers/import", {"rows": rows}).json()
    assert (again["new_readers"], again["known_readers"], again["new_periods"]) == (0, 1, 0)
    german = call("POST", "readers/import", {"rows": rows, "is_trial": True}, Accept_Language="de").json()
    assert german["problems"][0]["message"] != tried["problems"][0]["message"]


def test_a_subscription_opens_an_edition_and_is_explained(cast: Cast, call: Program, live: Edition) -> None:
    sold = call("POST", "subscriptions", {"name": "Web", "kind": "club", "publications": [cast.fathom.pk]}).json()
    taken = call("POST", "subscriptions", {"name": "Web"})
    assert (taken.status_code, taken.json()["code"]) == (409, "subscription_taken")
    person = somebody("nina")
    known = reader_know(publisher=cast.harbour, user=person, came_by="sign_up")
    ask = f"editions/{live.pk}/explain"
    before = call("POST", ask, {"reader": known.pk, "page": 3}).json()
    assert (before["allowed"], before["reason"], before["rules"][0]["why"]) == (False, "closed", "no_subscription")
    assert call("POST", ask, {"page": 1}).json()["reason"] == "free"
    assert call("POST", ask, {"email": "stranger@other.example"}).status_code == 404
    periods = f"readers/{known.pk}/periods"
    wrong = call("POST", periods, {"subscription": sold["id"], "starts": "2026-02-01", "ends": "2026-01-01"})
    assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "ends")
    given = call("POST", periods, {"subscription": sold["id"], "starts": "2026-01-01"}).json()
    after = call("POST", ask, {"email": person.email, "page": 3}).json()
    assert (after["allowed"], after["rules"][0]) == (
        True,
        {"way": "subscription", "is_met": True, "why": "met", "first_day": "2026-01-01", "last_day": None},
    )
    assert signed_in(person).get("/fathom/no-1/page/3").status_code == 200
    place = f"{periods}/{given['id']}"
    assert call("PUT", place, {"starts": "2025-01-01", "ends": "2025-12-31"}).json()["ends"] == "2025-12-31"
    assert call("POST", ask, {"reader": known.pk, "page": 3}).json()["rules"][0]["why"] == "over"
    assert call("DELETE", place).status_code == 204
    assert call.told(periods)["items"] == []
    closed = call("PUT", f"subscriptions/{sold['id']}", {"name": "Web", "is_closed": True}).json()
    assert closed["is_closed"]
    late = call("POST", periods, {"subscription": sold["id"], "starts": "2026-01-01"})
    assert (late.status_code, late.json()["code"]) == (422, "period_invalid")
    permissions = f"readers/{known.pk}/permissions"
    one = call("POST", permissions, {"edition": live.pk}).json()
    assert call("POST", ask, {"reader": known.pk, "page": 3}).json()["allowed"]
    assert call("DELETE", f"{permissions}/{one['id']}").status_code == 204
    assert not call("POST", ask, {"reader": known.pk, "page": 3}).json()["allowed"]


def test_codes_are_made_listed_and_taken_back(call: Program, live: Edition) -> None:
    assert call("POST", "access_codes", {"name": "Fair"}).json()["code"] == "fields_invalid"
    made = call("POST", "access_codes", {"name": "Fair", "edition": live.pk, "number": 3, "days": 30})
    assert made.status_code == 201
    codes = made.json()["items"]
    assert len({row["code"] for row in codes}) == 3
    assert len(call.told("access_codes?name=Fair&limit=2")["items"]) == 2
    assert call("DELETE", f"access_codes/{codes[0]['id']}").status_code == 204
    assert call.told(f"access_codes/{codes[0]['id']}")["revoked_at"]
    assert call("DELETE", "access_codes/none").status_code == 404


def test_devices_are_listed_and_reset(cast: Cast, call: Program) -> None:
    person = somebody("nina")
    known = reader_know(publisher=cast.harbour, user=person, came_by="sign_up")
    for secret in ("one", "two"):
        device_add(user=person, publisher_id=cast.harbour.pk, secret=secret, name=f"Browser {secret}")
    device_add(user=person, publisher_id=cast.other.pk, secret="three", name="Elsewhere")
    names = {row["name"] for row in call.told(f"readers/{known.pk}/devices")["items"]}
    assert names == {"Browser one", "Browser two"}
    assert call("POST", f"readers/{known.pk}/devices/reset").json() == {"removed": 2}
    assert call.told(f"readers/{known.pk}/devices")["items"] == []


@pytest.fixture
def known(cast: Cast, live: Edition, settings: Any) -> str:
    """Rita, known to two houses, with an order and an answer."""
    settings.EMAIL_BACKEND = "masthead.outbox.mail.Backend"
    row = reader_know(publisher=cast.harbour, user=cast.reader, came_by="sign_up")
    elsewhere = reader_know(publisher=cast.other, user=cast.reader, came_by="sign_up")
    elsewhere.note = "Of the other house"
    elsewhere.save()
    said = {"code": "4711", "name": "Lantern", "price": "1", "currency": "EUR"}
    product_create(by=cast.owner, publication=cast.fathom, said=said)
    order = placed(live, {"4711": 1})
    type(order).objects.filter(pk=order.pk).update(person=cast.reader, status="done")
    form = form_made(cast)
    answer = Answer.objects.create(form=form, edition=live, key="k", email=cast.reader.email)
    assert answer.pk
    return str(row.pk)


def test_ones_data_are_those_of_this_house(call: Program, known: str, cast: Cast) -> None:
    told = call.told(f"readers/{known}/data")
    assert told["kept"]["reader"]["email"] == cast.reader.email
    assert len(told["orders"]) == 1
    assert len(told["form_answers"]) == 1
    assert "Other House" not in str(told)
    assert "Of the other house" not in str(told)
    less = program(cast, scopes=["readers:read"]).told(f"readers/{known}/data")
    assert (less["orders"], less["form_answers"]) == (None, None)


def test_erasing_leaves_what_is_somebody_elses(call: Program, known: str, cast: Cast) -> None:
    narrow = program(cast, scopes=["readers:write"])
    assert narrow("POST", f"readers/{known}/erase", {"orders": True}).json()["code"] == "scope_missing"
    assert call.told(f"readers/{known}")
    erased = call("POST", f"readers/{known}/erase", {"orders": True, "form_answers": True})
    assert erased.json() == {"account": False, "form_answers": 1, "orders": 1}
    assert call("GET", f"readers/{known}").status_code == 404
    assert User.objects.filter(pk=cast.reader.pk).exists()
    assert cast.reader.readerships.count() == 1  # the other house's
    entry = LogEntry.objects.get(action="reader.erase")
    assert cast.reader.email not in str(entry.subject_name)


def test_an_account_that_nobody_took_over_goes_with_its_reader(call: Program) -> None:
    told = call("POST", "readers", {**NINA, "invite": False}).json()["reader"]
    assert call("POST", f"readers/{told['id']}/erase", {}).json()["account"] is True
    assert not User.objects.filter(email=NINA["email"]).exists()


def test_who_manages_readers_does_so_here_and_nobody_else(cast: Cast, call: Program) -> None:
    narrow = program(cast, publications=[cast.fathom.pk])
    for path in ("readers", "subscriptions", "access_codes", "identity_providers"):
        answer = narrow("GET", path)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed"), path
