"""Links for named recipients: nothing is kept without their yes, and what is kept goes after its time."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast, ready_edition, signed_in

from masthead.accounts.selectors import LogEntry
from masthead.library.particulars import edition_settings_change
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish, edition_withdraw
from masthead.sharing.models import RecipientLink, RecipientVisit
from masthead.sharing.recipients import forget_recipients, token_of

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
COUNT = "/fathom/no-1/count"


@pytest.fixture
def live(cast: Cast, data: Path) -> Edition:
    return edition_publish(by=cast.owner, edition=ready_edition(cast, data))


@pytest.fixture
def office(live: Edition) -> str:
    return f"/office/editions/{live.pk}/recipients"


def browser() -> Client:
    return Client(headers={"User-Agent": BROWSER})


def link_for(cast: Cast, office: str, name: str = "Nora Paint", **more: Any) -> str:
    """The address of a new link."""
    answer = signed_in(cast.editor).post(office, {"names": name, "days": "30", **more})
    assert answer.status_code == 303
    return f"/fathom/no-1/for/{token_of(RecipientLink.objects.get(name=name))}"


def tell(client: Client, *events: dict[str, Any], batch: str = "abcdefgh") -> int:
    """What a reader's script tells."""
    body = json.dumps({"batch": batch, "events": list(events)})
    answer = client.post(COUNT, body, content_type="application/json", headers={"Sec-Fetch-Site": "same-origin"})
    return answer.status_code


def test_looking_at_the_page_tells_nothing_and_says_who_wants_to_know_what(cast: Cast, office: str) -> None:
    address = link_for(cast, office)
    client = browser()
    page = client.get(address)
    said = page.content.decode()
    assert "Harbour Press made this link" in said
    assert "Nora Paint" in said
    assert "which pages and articles you read" in said
    assert "Read on without it" in said
    assert page["Cache-Control"] == "private, no-store"
    assert client.head(address).status_code == 200
    assert not RecipientVisit.objects.exists()
    assert "session" not in client.cookies


def test_with_a_yes_pages_and_time_are_kept_and_staff_see_them(cast: Cast, live: Edition, office: str) -> None:
    address = link_for(cast, office)
    client = browser()
    assert client.post(address, {"choice": "yes"})["Location"] == "/fathom/no-1/"
    events = ({"kind": "page", "page": 1, "seconds": 20}, {"kind": "time", "page": 1, "seconds": 40})
    assert tell(client, *events, {"kind": "page", "page": 3, "seconds": 60}) == 204
    assert tell(client, *events) == 204  # the same batch, sent twice
    assert tell(client, {"kind": "time", "page": 3, "seconds": 61}, batch="ijklmnop") == 204
    visit = RecipientVisit.objects.get()
    assert visit.pages == {"1": 60, "3": 121}
    page = signed_in(cast.editor).get(office).content.decode()
    assert "opened 1 time" in page
    assert "2 pages" in page
    assert "3 minutes" in page
    table = signed_in(cast.editor).get(f"{office}.csv").content.decode()
    assert "Nora Paint" in table
    assert ",1,2,0,181," in table


def test_without_a_yes_nothing_is_kept(cast: Cast, office: str) -> None:
    address = link_for(cast, office)
    declining, passing = browser(), browser()
    assert declining.post(address, {"choice": "no"})["Location"] == "/fathom/no-1/"
    passing.get(address)
    for client in (declining, passing, browser()):
        assert tell(client, {"kind": "page", "page": 1, "seconds": 20}) == 204
    assert not RecipientVisit.objects.exists()
    assert "not opened yet" in signed_in(cast.editor).get(office).content.decode()


def test_the_recipient_can_stop_it(cast: Cast, office: str) -> None:
    address = link_for(cast, office)
    client = browser()
    client.post(address, {"choice": "yes"})
    assert "Stop it, and read on" in client.get(address).content.decode()
    client.post(address, {"choice": "yes"})
    assert RecipientVisit.objects.count() == 1
    client.post(address, {"choice": "no"})
    tell(client, {"kind": "page", "page": 2, "seconds": 9})
    assert RecipientVisit.objects.get().pages == {}


@pytest.mark.parametrize("how", ["signal", "publisher"])
def test_who_asks_not_to_be_followed_is_not_asked(cast: Cast, live: Edition, office: str, how: str) -> None:
    address = link_for(cast, office)
    client = browser()
    if how == "signal":
        client = Client(headers={"User-Agent": BROWSER, "Sec-GPC": "1"})
    else:
        edition_settings_change(by=cast.owner, edition=live, values={"counting": "no"})
    assert "I agree" not in client.get(address).content.decode()
    client.post(address, {"choice": "yes"})
    assert not RecipientVisit.objects.exists()


def test_staff_who_try_a_link_are_not_counted(cast: Cast, office: str) -> None:
    address = link_for(cast, office)
    signed_in(cast.editor).post(address, {"choice": "yes"})
    assert not RecipientVisit.objects.exists()


def test_a_link_that_is_over_leads_to_the_edition_and_all_of_it_is_deleted(cast: Cast, office: str) -> None:
    address = link_for(cast, office)
    client = browser()
    client.post(address, {"choice": "yes"})
    assert forget_recipients(timezone.now() + timedelta(days=29)) == 0
    RecipientLink.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    assert browser().get(address)["Location"] == "/fathom/no-1/"
    tell(client, {"kind": "page", "page": 2, "seconds": 9})
    assert RecipientVisit.objects.get().pages == {}
    assert "Nora" not in signed_in(cast.editor).get(office).content.decode()
    assert forget_recipients() == 2
    assert browser().get(f"{address}x").status_code == 302


def test_a_link_opens_nothing_by_itself(cast: Cast, live: Edition, office: str) -> None:
    address = link_for(cast, office)
    edition_withdraw(by=cast.owner, edition=live)
    answer = browser().get(address)
    assert answer.status_code == 410
    assert b"Nora" not in answer.content


def test_a_list_makes_many_and_keeps_those_that_are_there(cast: Cast, office: str) -> None:
    link_for(cast, office)
    file = BytesIO("Name;Firm\nÅsa;Lights\nNora Paint;Paints\n=cmd;x\n\n".encode())
    file.name = "list.csv"
    answer = signed_in(cast.editor).post(office, {"names": "Extra One", "file": file, "days": "7"})
    assert answer.status_code == 303
    assert sorted(RecipientLink.objects.values_list("name", flat=True)) == ["=cmd", "Extra One", "Nora Paint", "Åsa"]
    assert "'=cmd" in signed_in(cast.editor).get(f"{office}.csv").content.decode()
    assert "Nora" not in str(list(LogEntry.objects.values()))


def test_what_is_no_list_is_said_at_its_field(cast: Cast, office: str) -> None:
    file = BytesIO(b"\x00\x01\x02\xff")
    file.name = "list.csv"
    client = signed_in(cast.editor)
    answer = client.post(office, {"names": "Typed", "file": file, "days": "7"})
    assert answer.status_code == 422
    assert "cannot be read" in answer.content.decode()
    assert "Typed" in answer.content.decode()
    assert client.post(office, {"names": "  ", "days": "7"}).status_code == 422
    assert client.post(office, {"names": "\n".join(map(str, range(501))), "days": "7"}).status_code == 422
    assert not RecipientLink.objects.exists()


def test_a_link_is_deleted_with_what_was_kept_by_who_publishes_alone(cast: Cast, live: Edition, office: str) -> None:
    address = link_for(cast, office)
    browser().post(address, {"choice": "yes"})
    row = RecipientLink.objects.get()
    assert signed_in(cast.shop).get(office).status_code == 403
    assert signed_in(cast.shop).post(office, {"link": row.pk}).status_code == 403
    assert signed_in(cast.outsider).post(office, {"link": row.pk}).status_code == 404
    assert signed_in(cast.editor).post(office, {"link": row.pk}).status_code == 303
    assert not RecipientVisit.objects.exists()
