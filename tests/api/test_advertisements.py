"""Advertisements by programs: laid as overlays, read with their numbers, found ones refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from tests.api.calling import Program, program
from tests.backoffice.test_statistics import happen
from tests.cast import Cast
from tests.production.advertising.placing import ACME, advertise, advertised_edition

from masthead.library.selectors import Edition
from masthead.production.links.checking import round_begin
from masthead.production.models import LinkCheck

AREA = {"x": 0.0, "y": 0.5, "width": 1.0, "height": 0.5}
CONTENT = {"kind": "advertisement", "advertiser": "Acme", "booking": "A-17", "note": "pays late"}


@pytest.fixture
def call(cast: Cast) -> Program:
    return program(cast)


@pytest.fixture
def edition(cast: Cast, data: Path) -> Edition:
    return advertised_edition(cast, data)


def test_one_is_laid_changed_and_removed_and_its_numbers_read(call: Program, edition: Edition) -> None:
    place = f"editions/{edition.pk}/overlays"
    body = {"page": 1, "area": AREA, "title": "Lamps", "content": CONTENT}
    wrong = call("POST", place, {**body, "content": {**CONTENT, "advertiser": " "}})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "overlay_advertiser")
    made = call("POST", place, body)
    assert made.status_code == 201
    assert made.json()["content"] == CONTENT
    happen(edition, "page", page=1, number=30)
    happen(edition, "page", page=1, number=30, visitor="b")
    happen(edition, "link", page=1, name=ACME)
    round_begin(edition, timezone.now())
    LinkCheck.objects.filter(address=ACME).update(state="dead")
    (row,) = call.told("advertisements")["items"]
    assert (row["id"], row["edition"], row["advertiser"]) == (made.json()["id"], edition.pk, "Acme")
    assert (row["seen"], row["seconds"], row["clicks"], row["has_dead_link"]) == (2, 60, 1, True)
    assert row["links"] == [{"to": ACME, "text": "acme.example", "clicks": 1, "state": "dead"}]
    one = f"{place}/{row['id']}"
    changed = call("PUT", one, {**body, "content": {**CONTENT, "advertiser": "Nordhaven"}})
    assert changed.json()["content"]["advertiser"] == "Nordhaven"
    assert call.told("advertisements?advertiser=acme")["items"] == []
    assert len(call.told(f"advertisements?edition={edition.pk}&advertiser=NORDHAVEN")["items"]) == 1
    assert call("DELETE", one).status_code == 204
    assert call.told("advertisements")["items"] == []


def test_of_a_publication_a_period_and_in_parts(cast: Cast, data: Path, call: Program, edition: Edition) -> None:
    other = advertised_edition(cast, data, "No. 2")
    for at in (edition, other):
        advertise(cast.owner, at)
    happen(edition, "page", page=1)
    told = call.told(f"advertisements?publication={cast.fathom.pk}&limit=1")
    assert told["next"] == "1"
    assert len(call.told(f"advertisements?publication={cast.fathom.pk}&limit=1&cursor=1")["items"]) == 1
    past = call.told("advertisements?since=2020-01-01&until=2020-02-01")
    assert (past["since"], past["until"]) == ("2020-01-01", "2020-02-01")
    assert [row["seen"] for row in past["items"]] == [0, 0]
    assert call("GET", "advertisements?edition=none").status_code == 404


def test_found_ones_are_listed_and_refused(call: Program, edition: Edition) -> None:
    place = f"editions/{edition.pk}/found_advertisements"
    box, whole = call.told(place)
    assert (box["page"], whole["page"], whole["area"]["width"]) == (2, 3, 1.0)
    assert call("POST", f"{place}/refuse", {"places": [box["place"], "9-nothing"]}).status_code == 204
    assert [row["place"] for row in call.told(place)] == [whole["place"]]


def test_whose_rights_do_not_reach_so_far_is_refused(cast: Cast, edition: Edition) -> None:
    advertise(cast.owner, edition)
    numbers = program(cast, scopes=["statistics:read"])
    assert len(numbers.told("advertisements")["items"]) == 1
    assert numbers("GET", f"editions/{edition.pk}/found_advertisements").status_code == 403
    assert program(cast, scopes=["overlays:write"])("GET", "advertisements").status_code == 403
