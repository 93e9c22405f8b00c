"""What programs do with the house: each resource from its making to its end, as the back office would."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from tests.api.calling import Program, program
from tests.cast import Cast, ready_edition
from tests.pdfs import story_pdf
from tests.search.archive import block, live_edition

from masthead.accounts.selectors import Staff
from masthead.library.selectors import Edition
from masthead.library.services import edition_withdraw
from masthead.production.checking import check_now
from masthead.production.selectors import Arrival, Conversion
from masthead.search.services import rebuild

TUS = {"Tus-Resumable": "1.0.0"}


def looked_at() -> Arrival:
    """What the clock does to a file that has arrived."""
    return check_now(Arrival.objects.get())


def test_a_pdf_becomes_an_edition_and_is_replaced(cast: Cast, data: Path, tmp_path: Path) -> None:
    call, pdf = program(cast), story_pdf(tmp_path / "issue.pdf", pages=2).read_bytes()
    made = call.send_file("/api/v1/uploads", pdf)
    assert (made.status_code, made.json()["state"]) == (201, "here")
    upload = made.json()["id"]
    early = {"publication": cast.fathom.pk, "label": "No. 1", "date": "2026-11-01", "upload": upload}
    assert call("POST", "editions", early).status_code == 409  # it was not looked at yet
    looked_at()
    assert call.told(f"uploads/{upload}")["pages"] == 2
    edition = call("POST", "editions", {**early, "slug": "first"}).json()
    assert (edition["state"], edition["slug"]) == ("converting", "first")
    (conversion,) = call.told(f"editions/{edition['id']}/conversions")["items"]
    assert conversion["state"] == "waiting"
    turn = f"editions/{edition['id']}/conversions/{conversion['id']}/turn"
    assert not conversion["is_first"]
    assert call("PUT", turn, {"is_first": True}).json()["is_first"]
    assert not call("PUT", turn, {"is_first": False}).json()["is_first"]
    cancelled = call("POST", f"editions/{edition['id']}/conversions/{conversion['id']}/cancel")
    assert call("PUT", turn, {"is_first": True}).status_code == 409
    assert cancelled.json()["state"] == "cancelled"
    assert call.told(f"editions/{edition['id']}")["state"] == "draft"
    again = call("POST", f"editions/{edition['id']}/conversions/{conversion['id']}/retry")
    assert (again.status_code, again.json()["state"]) == (201, "waiting")
    assert Conversion.objects.count() == 2
    assert call.told("uploads")["items"] == []  # it was used


def test_a_refused_pdf_says_why_and_a_large_one_is_sent_elsewhere(cast: Cast, data: Path, settings: Any) -> None:
    call = program(cast)
    upload = call.send_file("/api/v1/uploads", b"no pdf at all").json()["id"]
    looked_at()
    told = call.told(f"uploads/{upload}")
    assert (told["state"], told["failure"]["code"]) == ("refused", "not_a_pdf")
    assert call("DELETE", f"uploads/{upload}").status_code == 204
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"api_upload_mb": 1})
    large = call.send_file("/api/v1/uploads", b"%PDF-1.7" + b" " * (1 << 20))
    assert (large.status_code, large.json()["code"]) == (413, "upload_too_large")


def test_a_large_file_comes_in_pieces(cast: Cast, data: Path) -> None:
    call, begun = program(cast, scopes=["uploads:write"]), {**TUS, "Upload-Length": "6"}
    named = base64.b64encode(b"big.pdf").decode()
    answer = call("POST", "uploads/tus", **begun, **{"Upload-Metadata": f"filename {named}"})
    assert answer.status_code == 201
    place = answer["Location"]
    assert call.send_bytes(place, b"%PD", {**TUS, "Upload-Offset": "0"})["Upload-Offset"] == "3"
    assert call("HEAD", place, **TUS)["Upload-Offset"] == "3"
    assert call.send_bytes(place, b"F-x", {**TUS, "Upload-Offset": "2"}).status_code == 409
    assert call.send_bytes(place, b"F-1", {**TUS, "Upload-Offset": "3"}).status_code == 204
    assert (Arrival.objects.get().name, Arrival.objects.get().state) == ("big.pdf", "here")
    other = program(cast, cast.editor)
    assert other("HEAD", place, **TUS).status_code == 404  # somebody else's
    assert program(cast, scopes=["editions:read"])("POST", "uploads/tus", **begun).status_code == 403


@pytest.mark.parametrize("name", ["issue.epub", "text.zip", "markdown.zip", "issue.json"])
def test_an_edition_is_had_as_files(cast: Cast, data: Path, name: str) -> None:
    edition = ready_edition(cast, data)
    answer = program(cast, scopes=["exports:read"])("GET", f"editions/{edition.pk}/files/{name}")
    content = b"".join(answer.streaming_content)
    answer.close()
    assert answer.status_code == 200
    assert content.startswith(b"{" if name.endswith("json") else b"PK")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"].startswith("private")


def test_the_archive_answers_with_clippings_of_what_is_live(cast: Cast, data: Path) -> None:
    edition = live_edition(cast, data, [[block("p1-b1", "the keeper lit his lamp")]])
    edition_withdraw(by=cast.owner, edition=live_edition(cast, data, [[block("p1-b1", "another lamp")]], "Hidden"))
    rebuild()
    found = program(cast, scopes=["search:read"]).told("search?q=lamp")
    assert found["count"] == 1
    (hit,) = found["items"]
    assert (hit["edition"], hit["label"]) == (edition.pk, "No. 1")
    assert [piece["text"] for piece in hit["clipping"]["text"] if piece["marked"]] == ["lamp"]
    assert hit["clipping"]["marks"]
    stranger = program(cast, cast.outsider).told("search?q=lamp")
    assert (stranger["items"], stranger["count"]) == ([], 0)


def test_staff_are_invited_changed_and_never_without_an_owner(cast: Cast) -> None:
    call = program(cast)
    asked = {"email": "nina@harbour.example", "role": "editor", "scope": "publication", "scope_id": cast.fathom.pk}
    made = call("POST", "invitations", asked)
    assert made.status_code == 201
    assert mail.outbox[0].to == ["nina@harbour.example"]
    assert "/invitation/" in mail.outbox[0].body
    assert call("POST", "invitations", {**asked, "scope_id": "none"}).status_code == 404
    assert call("DELETE", f"invitations/{made.json()['id']}").status_code == 204
    own = Staff.objects.get(user=cast.owner, role="owner")
    refused = call("DELETE", f"staff/{own.pk}")
    assert (refused.status_code, refused.json()["code"]) == (409, "last_owner")
    row = Staff.objects.get(user=cast.editor)
    assert call("PUT", f"staff/{row.pk}", {"role": "reports"}).json()["role"] == "reports"
    assert call("DELETE", f"staff/{row.pk}").status_code == 204


def test_an_edition_goes_its_way(cast: Cast, data: Path) -> None:
    call, path = program(cast), f"editions/{ready_edition(cast, data).pk}"
    category = call("POST", "categories", {"name": "Special"}).json()["id"]
    changed = call("PATCH", path, {"label": "No. 1a", "categories": [category]}).json()
    assert (changed["label"], changed["categories"]) == ("No. 1a", [category])
    assert call.told(f"editions?category={category}&state=ready&year=2026&words=1a")["items"][0]["label"] == "No. 1a"
    times = {"publish_at": "2199-01-01T06:00:00+01:00", "time_zone": "Europe/Berlin"}
    coming = call("POST", f"{path}/schedule", times).json()
    assert (coming["state"], coming["publish_at"]) == ("scheduled", "2199-01-01T05:00:00Z")
    late = call("POST", f"{path}/schedule", {"publish_at": "2001-01-01T00:00:00Z"})
    assert (late.status_code, late.json()["errors"][0]["field"]) == (422, "publish_at")
    assert call("POST", f"{path}/unschedule").json()["state"] == "ready"
    assert call("POST", f"{path}/publish").json()["state"] == "live"
    assert call("POST", f"{path}/publish").status_code == 409
    assert call("PUT", f"{path}/settings", {"view": "scroll"}).json()[0] == {
        "name": "view",
        "value": "scroll",
        "origin": "edition",
        "inherited": "auto",
    }
    assert call("PUT", f"{path}/settings", {"view": "sideways"}).json()["code"] == "setting_invalid"
    link = call("POST", f"{path}/proof_links", {"name": "The author", "days": 3}).json()
    assert Program("").client.get(link["address"].removeprefix("http://testserver")).status_code == 302
    assert call("DELETE", f"{path}/proof_links/{link['id']}").status_code == 204
    assert call("POST", f"{path}/withdraw").json()["state"] == "withdrawn"
    assert call("DELETE", path).status_code == 204
    assert call("GET", path).status_code == 404
    assert call.told("editions/deleted")["items"][0]["label"] == "No. 1a"
    assert call("POST", f"{path}/restore").json()["state"] == "withdrawn"
    assert Edition.objects.count() == 1
