"""What programs do for a whole house: numbers and COUNTER reports, identity providers, links, many editions at once."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from tests.access.identity.organisation import ENTITY, metadata
from tests.api.calling import Program, program
from tests.backoffice.test_statistics import TODAY, happen
from tests.cast import Cast, ready_edition
from tests.library.fonts import woff2
from tests.pdfs import story_pdf
from tests.production.overlays.laying import png
from tests.statistics.counter_schema import ITEM_REPORT, TITLE_REPORT

from masthead.access.identity.site_links import signature_of
from masthead.access.models import IdentityProvider
from masthead.accounts.errors import NotAllowedError
from masthead.accounts.selectors import history
from masthead.library.errors import NotFoundError, TimeInvalidError
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish, publication_create
from masthead.production.at_once import Change, Deed, editions_change
from masthead.production.checking import check_now
from masthead.production.models import Arrival
from masthead.sharing.recipients import link_of, visit_begin, visit_keep


@pytest.fixture
def call(cast: Cast) -> Program:
    return program(cast)


@pytest.fixture
def live(cast: Cast, data: Path) -> Edition:
    return edition_publish(by=cast.owner, edition=ready_edition(cast, data))


def test_numbers_by_day_and_by_what_they_are_made_of(cast: Cast, call: Program, live: Edition) -> None:
    yesterday = TODAY - timedelta(days=1)
    happen(live, "page", page=1, number=75, country="NO")
    happen(live, "page", page=2, number=60, visitor="b", country="DE")
    happen(live, "link", yesterday, page=1, name="https://shop.example/")
    happen(live, "search", yesterday, name="lamp", number=3)
    for query in ("", f"?publication={cast.fathom.pk}", f"?edition={live.pk}"):
        told = call.told(f"statistics{query}")
        assert (told["numbers"]["pages"], told["numbers"]["links"]) == (2, 1), query
        assert told["before"] == {}
        assert told["counted_at"]
    days = call.told(f"statistics/days?since={yesterday}&until={TODAY}")["items"]
    assert [day["numbers"].get("pages", 0) for day in days] == [0, 2]
    months = call.told(f"statistics/days?since={TODAY - timedelta(days=80)}&step=month&limit=1")
    assert len(months["items"]) == 1
    assert months["next"] == "1"
    countries = call.told("statistics/parts?measure=country")["items"]
    assert {row["name"]: row["number"] for row in countries}["NO"] == 1
    pages = call.told(f"statistics/parts?measure=page&edition={live.pk}")["items"]
    assert {row["name"] for row in pages} == {"1", "2"}
    (link,) = call.told("statistics/links")["items"]
    assert link == {"edition": live.pk, "page": 1, "address": "https://shop.example/", "clicks": 1}
    assert call.told("statistics/below")["items"][0]["id"] == cast.fathom.pk
    assert call.told(f"statistics/below?publication={cast.fathom.pk}")["items"][0]["id"] == live.pk
    assert {row["measure"] for row in call.told("statistics/rules")["rules"]} >= {"visits", "pages", "country"}
    assert call("GET", "statistics?edition=none").status_code == 404
    assert call("GET", "statistics/parts?measure=names").status_code == 422


def test_a_token_for_one_publication_has_its_numbers_alone(cast: Cast, live: Edition) -> None:
    happen(live, "page", page=1)
    keel = publication_create(by=cast.owner, publisher=cast.harbour, name="Keel")
    narrow = program(cast, scopes=["statistics:read"], publications=[keel.pk])
    assert narrow("GET", "statistics").status_code == 403
    assert narrow("GET", f"statistics?publication={cast.fathom.pk}").status_code == 404
    assert narrow.told(f"statistics?publication={keel.pk}")["numbers"] == {}


@pytest.mark.parametrize(("report", "schema"), [("tr", TITLE_REPORT), ("ir", ITEM_REPORT)])
def test_counter_reports_keep_to_the_published_schema(
    call: Program, live: Edition, report: str, schema: dict[str, Any]
) -> None:
    early = call("GET", f"counter/reports/{report}")
    assert (early.status_code, early.json()["code"]) == (404, "report_early")
    month = (TODAY.replace(day=1) - timedelta(days=1)).replace(day=2)
    happen(live, "page", month, page=1, items="-")
    told = call.told(f"counter/reports/{report}?begin_date={month:%Y-%m}&end_date={month:%Y-%m}")
    Draft202012Validator(schema).validate(told)
    assert told["Report_Items"]
    assert told["Report_Header"]["Report_Filters"]["Begin_Date"] == f"{month:%Y-%m}-01"


def test_an_identity_provider_is_taken_in_changed_and_removed_and_tells_no_secret(call: Program) -> None:
    said = {"protocol": "saml", "name": "University", "metadata": metadata().decode()}
    made = call("POST", "identity_providers", said)
    assert made.status_code == 201, made.content
    told = made.json()
    assert (told["entity_id"], told["is_on"]) == (ENTITY, False)
    assert told["ours"]["metadata"].endswith("/metadata.xml")
    place = f"identity_providers/{told['id']}"
    sold = call("POST", "subscriptions", {"name": "Campus"}).json()["id"]
    changed = call("PATCH", place, {"is_on": True, "domains": ["uni.example"], "groups": {sold: ["*"]}}).json()
    assert (changed["is_on"], changed["domains"], changed["groups"]) == (True, ["uni.example"], {sold: ["*"]})
    assert (changed["entity_id"], changed["name"]) == (ENTITY, "University")
    kept = IdentityProvider.objects.get()
    kept.client_secret = "sealed-secret"
    kept.save()
    answers = [call("GET", path).content.decode() for path in (place, "identity_providers", "log")]
    for secret in ("sealed-secret", *(str(one.get("private", one)) for one in kept.own_keys)):
        assert not any(secret in answer for answer in answers)
    assert call("POST", f"{place}/own_key/turn").status_code == 404, "there is no next one yet"
    states = [
        sorted(one["state"] for one in call("POST", f"{place}/{deed}").json()["own_keys"])
        for deed in ("own_key", "own_key", "own_key/turn")
    ]
    assert states[1:] == [["current", "next"], ["current", "former"]]
    assert call.told(f"{place}/sign_ins")["items"] == []
    assert call("POST", f"{place}/refresh").status_code == 409
    wrong = call("POST", "identity_providers", {**said, "metadata": "<a/>"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "metadata_unreadable")
    assert call("DELETE", place).status_code == 204
    assert call.told("identity_providers")["items"] == []


def test_keys_of_a_site_are_made_shown_once_and_taken_back(call: Program) -> None:
    site = call("POST", "identity_providers", {"protocol": "site", "name": "Shop"}).json()["id"]
    assert call("PATCH", f"identity_providers/{site}", {"is_on": True}).status_code == 200
    home = f"identity_providers/{site}/keys"
    made = call("POST", home, {"name": "Web shop"}, Idempotency_Key="once")
    told = made.json()
    assert (made.status_code, told["name"], told["by"], told["secret"][:4]) == (201, "Web shop", "Olga", "mhk_")
    again = call("POST", home, {"name": "Web shop"}, Idempotency_Key="once").json()
    assert (again["id"], again["secret"]) == (told["id"], "")
    listed = call("GET", home)
    assert [row["id"] for row in listed.json()["items"]] == [told["id"]]
    assert told["secret"].encode() not in listed.content
    signed = call("POST", "sign-in-links", {"site": site, "opens": "all"}).json()["address"]
    query = signed.partition("?")[2].partition("&signature=")
    assert signature_of(told["secret"], query[0]) == query[2]
    assert call("DELETE", f"{home}/{told['id']}").status_code == 204
    assert call("DELETE", f"{home}/{told['id']}").status_code == 404
    assert call.told(home)["items"][0]["revoked_at"]
    assert call("POST", "sign-in-links", {"site": site, "opens": "all"}).status_code == 404
    university = {"protocol": "saml", "name": "University", "metadata": metadata().decode()}
    other = call("POST", "identity_providers", university).json()["id"]
    assert call("POST", f"identity_providers/{other}/keys", {"name": "None"}).status_code == 404


def test_a_publication_gets_a_favicon_of_its_own_and_its_logos_again(call: Program, cast: Cast, data: Path) -> None:
    home = f"publications/{cast.fathom.pk}"
    assert call.told(f"{home}/branding")["icon"] is None
    by_logo = call.send_file(f"/api/v1/{home}/logo", png().read()).json()["icon"]
    own = call.send_file(f"/api/v1/{home}/icon", png(64, 64).read()).json()
    assert own["icon"] not in (None, by_logo)
    assert Client().get(own["icon"])["Content-Type"] == "image/png"
    refused = call.send_file(f"/api/v1/{home}/icon", b"<svg/>")
    assert (refused.status_code, refused.json()["code"]) == (422, "logo_invalid")
    assert call("DELETE", f"{home}/icon").status_code == 204
    assert call.told(f"{home}/branding")["icon"] == by_logo
    assert call("DELETE", f"{home}/logo").status_code == 204
    assert call.told(f"{home}/branding")["icon"] is None


def test_a_publication_brings_typefaces_along(call: Program, cast: Cast, data: Path) -> None:
    home = f"publications/{cast.fathom.pk}"
    assert call.told(f"{home}/branding")["typefaces"] == {"headings": [], "text": []}
    told = call.send_file(f"/api/v1/{home}/typefaces/text", woff2("Lantern", 700, is_italic=True)).json()
    (face,) = told["typefaces"]["text"]
    assert (face["family"], face["weight"], face["is_italic"]) == ("Lantern", "700", True)
    assert Client().get(face["address"])["Content-Type"] == "font/woff2"
    refused = call.send_file(f"/api/v1/{home}/typefaces/text", b"<svg/>")
    assert (refused.status_code, refused.json()["code"]) == (422, "font_invalid")
    assert call("DELETE", f"{home}/typefaces/text/{face['file']}").status_code == 204
    assert call.told(f"{home}/branding")["typefaces"]["text"] == []


def test_links_for_recipients_and_the_ways_to_hand_an_edition_on(call: Program, live: Edition) -> None:
    home = f"editions/{live.pk}/recipients"
    (made,) = call("POST", home, {"names": ["Ada"], "days": 7}).json()
    assert call("POST", home, {"names": ["Ada"]}).json() == []
    link = link_of(made["address"].rstrip("/").rpartition("/")[2], live)
    assert link is not None
    visit = visit_begin(link=link)
    visit_keep(visit_id=visit, edition=live, batch="b", pages={1: 30, 2: 12}, articles={})
    (told,) = call.told(home)["items"]
    assert (told["name"], told["pages"], told["seconds"], len(told["visits"])) == ("Ada", [1, 2], 42, 1)
    assert call("DELETE", f"{home}/{told['id']}").status_code == 204
    assert call.told(home)["items"] == []
    embed = call.told(f"editions/{live.pk}/embed")
    assert f'src="{embed["address"]}"' in embed["html"]
    assert embed["current"].endswith("/fathom/current")
    for kind, start in (("svg", b"<?xml"), ("png", b"\x89PNG")):
        assert call("GET", f"editions/{live.pk}/qr_code/{kind}").content.startswith(start)


def test_many_editions_are_changed_and_each_refusal_is_named(cast: Cast, call: Program, data: Path) -> None:
    first, second = (ready_edition(cast, data, label) for label in ("No. 1", "No. 2"))
    edition_publish(by=cast.owner, edition=second)
    asked = {"editions": [first.pk, second.pk, "none"], "deed": "publish"}
    told = call("POST", "editions/bulk", asked).json()
    assert told["done"] == [first.pk]
    assert [(one["edition"], one["code"]) for one in told["refused"]] == [
        (second.pk, "state_wrong"),
        ("none", "not_found"),
    ]
    assert program(cast, scopes=["editions:write"])("POST", "editions/bulk", asked).json()["code"] == "scope_missing"
    category = call("POST", "categories", {"name": "Special"}).json()["id"]
    tagged = {"editions": [first.pk, second.pk], "deed": "add_category", "category": category}
    assert call("POST", "editions/bulk", tagged).json()["done"] == [first.pk, second.pk]
    assert len(call.told(f"editions?category={category}")["items"]) == 2
    assert call("POST", "editions/bulk", {**tagged, "category": "none"}).status_code == 404


def test_many_editions_get_a_time_are_deleted_and_come_back(cast: Cast, call: Program, data: Path) -> None:
    first, second, live = (ready_edition(cast, data, label) for label in ("No. 1", "No. 2", "No. 3"))
    edition_publish(by=cast.owner, edition=live)
    named = {"editions": [second.pk, live.pk, first.pk]}
    asked = {**named, "deed": "schedule", "publish_at": "2031-01-05T07:30:00+01:00", "time_zone": "Europe/Berlin"}
    assert program(cast, scopes=["editions:write"])("POST", "editions/bulk", asked).json()["code"] == "scope_missing"
    timeless = call("POST", "editions/bulk", {**named, "deed": "schedule"})
    assert (timeless.status_code, timeless.json()["code"]) == (422, "time_invalid")
    told = call("POST", "editions/bulk", asked).json()
    assert told["done"] == [second.pk, first.pk]
    assert [(one["edition"], one["code"]) for one in told["refused"]] == [(live.pk, "state_wrong")]
    scheduled = call.told(f"editions/{first.pk}")
    assert (scheduled["state"], scheduled["publish_at"], scheduled["time_zone"]) == (
        "scheduled",
        "2031-01-05T06:30:00Z",
        "Europe/Berlin",
    )
    assert next(iter(history(cast.owner, cast.harbour, first.pk))).user == cast.owner
    past = call("POST", "editions/bulk", {**asked, "publish_at": "2020-01-05T07:30:00Z"}).json()
    assert [one["code"] for one in past["refused"]] == ["time_invalid", "state_wrong", "time_invalid"]
    assert call("POST", "editions/bulk", {**named, "deed": "delete"}).json()["refused"] == []
    assert call.told("editions")["items"] == []
    again = call("POST", "editions/bulk", {**named, "deed": "delete"}).json()
    assert {one["code"] for one in again["refused"]} == {"not_found"}
    back = call("POST", "editions/bulk", {**named, "deed": "restore"}).json()
    assert back == {"done": named["editions"], "refused": []}
    assert call.told(f"editions/{first.pk}")["state"] == "scheduled"


def test_what_is_done_at_once_needs_what_it_needs_and_stops_at_nobody(cast: Cast, data: Path) -> None:
    first, second = (ready_edition(cast, data, label) for label in ("No. 1", "No. 2"))
    for deed, error in ((Deed.SCHEDULE, TimeInvalidError), (Deed.ADD_CATEGORY, NotFoundError)):
        with pytest.raises(error):
            Change(deed)
    (refused, *more) = editions_change(by=cast.shop, editions=[first, second], change=Change(Deed.DELETE))
    assert (refused[0], type(refused[1]), len(more)) == (first, NotAllowedError, 1)
    edition_publish(by=cast.owner, edition=first)  # by somebody quicker; our copy of it is old
    assert [
        one.pk for one, _ in editions_change(by=cast.owner, editions=[first, second], change=Change(Deed.PUBLISH))
    ] == [first.pk]
    assert Edition.objects.filter(state="live").count() == 2


def test_editions_are_made_of_files_by_rows(cast: Cast, call: Program, data: Path, tmp_path: Path) -> None:
    pdf = story_pdf(tmp_path / "issue.pdf", pages=2).read_bytes()
    call.send_file("/api/v1/uploads", pdf)  # it is called Hidden.pdf
    rows = [
        {"file": "Hidden.pdf", "publication": "Fathom", "label": "No. 7", "date": "3.11.2026"},
        {"file": "missing.pdf", "label": "No. 8", "date": "2026-11-04"},
    ]
    early = call("POST", "editions/import", {"rows": rows, "is_trial": True}).json()
    assert [one["field"] for one in early["items"][0]["mistakes"]] == ["file"]  # it was not looked at yet
    check_now(Arrival.objects.get())
    tried = call("POST", "editions/import", {"rows": rows, "is_trial": True}).json()
    assert (tried["made"], tried["items"][0]["mistakes"]) == (0, [])
    assert [one["field"] for one in tried["items"][1]["mistakes"]] == ["file"]
    assert not Edition.objects.exists()
    made = call("POST", "editions/import", {"rows": rows}).json()
    assert made["made"] == 1
    edition = Edition.objects.get()
    assert (edition.pk, edition.label, edition.date) == (made["items"][0]["edition"], "No. 7", date(2026, 11, 3))
    assert call("POST", "editions/import", {"rows": rows}).json()["made"] == 0
