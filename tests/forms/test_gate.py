"""A form as a gate: it holds at the server, opens for who filled it in, and closes again when it shall."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.access.people import body_of, restricted, set_terms, subscribed
from tests.cast import Cast, ready_edition, signed_in
from tests.forms.making import CONSENT, EMAIL, WORDING, address_of, filled, form_made, key_in

from masthead.forms.selectors import Answer, Form
from masthead.forms.services import form_ask_again, form_remove, form_switch
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish


@pytest.fixture
def live(cast: Cast, data: Path) -> Edition:
    return edition_publish(by=cast.owner, edition=ready_edition(cast, data))


def current(form: Form) -> Form:
    return Form.objects.select_related("publication__publisher").get(pk=form.pk)


def test_it_opens_for_who_filled_it_in(cast: Cast, live: Edition) -> None:
    form = form_made(cast, EMAIL, CONSENT)
    client = Client()
    gate = client.get("/fathom/no-1/page/2")
    assert gate.status_code == 403
    assert b"Before you read" in gate.content
    assert WORDING.encode() in gate.content
    assert b"checked" not in gate.content, "consent is never ticked beforehand"
    assert b"Harbour story" not in gate.content
    wrong = filled(client, live, form, "rita@nowhere", "", page=2)
    assert wrong.status_code == 422
    assert b"Please use a valid e-mail address" in wrong.content
    assert b'value="rita@nowhere"' in wrong.content
    assert b"Nothing is sent without your consent here." in wrong.content
    assert not Answer.objects.exists()
    sent = filled(client, live, form, "Rita@Example.ORG", "yes", key=key_in(gate.content), page=2)
    assert (sent.status_code, sent["Location"]) == (303, "/fathom/no-1/page/2")
    assert body_of(client, "/fathom/no-1/page/2")[0] == 200
    assert body_of(client, f"/fathom/no-1/b/{live.build and live.build.build_id}/pictures/240/2.webp")[0] == 200
    assert Client().get("/fathom/no-1/page/2").status_code == 403
    kept = Answer.objects.get()
    assert kept.email == "rita@example.org"
    assert [(one["wording"], one["version"]) for one in kept.consents] == [(WORDING, 1)]


def test_staff_read_without_it_and_everybody_when_it_is_off(cast: Cast, live: Edition) -> None:
    form = form_made(cast)
    assert signed_in(cast.editor).get("/fathom/no-1/").status_code == 200
    assert signed_in(cast.outsider).get("/fathom/no-1/").status_code == 403
    form_switch(by=cast.editor, form=current(form), is_on=False)
    assert Client().get("/fathom/no-1/").status_code == 200
    form_switch(by=cast.editor, form=current(form), is_on=True)
    assert Client().get("/fathom/no-1/").status_code == 403
    form_remove(by=cast.editor, form=current(form))
    assert Client().get("/fathom/no-1/").status_code == 200


def test_pages_before_it_are_open(cast: Cast, data: Path) -> None:
    edition = restricted(cast, data, ways=[])
    form_made(cast, page=2)
    client = Client()
    assert client.get("/fathom/no-1/").status_code == 200
    assert client.get("/fathom/no-1/page/2").status_code == 403
    build = edition.build.build_id if edition.build else ""
    assert body_of(client, f"/fathom/no-1/b/{build}/text/1.html")[0] == 200
    assert body_of(client, f"/fathom/no-1/b/{build}/text/2.html")[0] == 403
    assert b"Crossing story" not in body_of(client, f"/fathom/no-1/b/{build}/manifest.json")[1]


def test_the_reader_is_told_that_a_form_is_all_it_takes(cast: Cast, data: Path) -> None:
    edition = restricted(cast, data, ways=[])
    form_made(cast, page=2)
    build = edition.build.build_id if edition.build else ""
    told = json.loads(body_of(Client(), f"/fathom/no-1/b/{build}/manifest.json")[1])["readable"]
    assert (told["form"], told["pages"]) == (True, [[1, 1]])


def test_an_open_gate_costs_no_query(
    cast: Cast, live: Edition, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    form, client = form_made(cast), Client()
    filled(client, live, form, "rita@example.org")
    form_switch(by=cast.editor, form=current(form), is_on=False)
    body_of(client, "/fathom/no-1/")
    with CaptureQueriesContext(connection) as without:
        body_of(client, "/fathom/no-1/")
    queries = len(without)
    form_switch(by=cast.editor, form=current(form), is_on=True)
    body_of(client, "/fathom/no-1/")
    with django_assert_num_queries(queries):
        assert body_of(client, "/fathom/no-1/")[0] == 200


def test_ways_in_come_first(cast: Cast, data: Path) -> None:
    from datetime import date

    edition = restricted(cast, data, ways=["subscription"])
    form = form_made(cast)
    assert b"With a subscription" in Client().get("/fathom/no-1/").content
    assert filled(Client(), edition, form, "rita@example.org").status_code == 403, "nobody passes it who cannot get in"
    from tests.access.people import confirm

    subscribed(cast, confirm(cast.reader), date(2020, 1, 1), None)
    client = signed_in(cast.reader)
    assert b"Before you read" in client.get("/fathom/no-1/").content
    assert filled(client, edition, form, "rita@example.org").status_code == 303
    assert client.get("/fathom/no-1/").status_code == 200
    set_terms(cast, edition, ways=["sign_in"])
    assert client.get("/fathom/no-1/").status_code == 200
    assert Client().get("/fathom/no-1/").status_code == 403


def test_the_cookie_ends_and_cannot_be_made(cast: Cast, live: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    form = form_made(cast, days="30")
    client = Client()
    filled(client, live, form, "rita@example.org")
    cookie = client.cookies["filled"]
    assert cookie["httponly"]
    assert "rita" not in cookie.value
    assert client.get("/fathom/no-1/").status_code == 200
    forged = Client()
    forged.cookies["filled"] = cookie.value[:-2] + "xx"
    assert forged.get("/fathom/no-1/").status_code == 403
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 31 * 86400)
    assert client.get("/fathom/no-1/").status_code == 403
    monkeypatch.setattr(time, "time", real)
    form_ask_again(by=cast.editor, form=current(form))
    assert client.get("/fathom/no-1/").status_code == 403


def test_a_form_of_one_edition_closes_no_other(cast: Cast, data: Path) -> None:
    for label in ("No. 1", "No. 2"):
        edition = edition_publish(by=cast.owner, edition=ready_edition(cast, data, label))
    form_made(cast, editions=[edition.pk])
    assert Client().get("/fathom/no-1/").status_code == 200
    assert Client().get("/fathom/no-2/").status_code == 403


def test_the_address_is_confirmed_by_six_digits(cast: Cast, live: Edition) -> None:
    form = form_made(cast, confirms_email=True)
    client = Client()
    answer = filled(client, live, form, "rita@example.org")
    assert answer.status_code == 303
    asked = client.get(answer["Location"])
    assert b"We sent six digits to rita@example.org" in asked.content
    assert client.get("/fathom/no-1/").status_code == 403
    assert not Answer.objects.get().is_complete
    address = address_of(live, form)
    assert client.post(address, {"what": "code", "code": "x", "page": "1"}).status_code == 422
    again = client.post(address, {"what": "again", "page": "1"})
    assert b'value="rita@example.org"' in again.content, "nobody types it twice"
    filled(client, live, form, "rita@example.org", key=key_in(again.content))
    code = mail.outbox[-1].subject[:6]
    assert client.post(address, {"what": "code", "code": code, "page": "1"})["Location"] == "/fathom/no-1/"
    assert client.get("/fathom/no-1/").status_code == 200
    assert [row.is_complete for row in Answer.objects.order_by("created_at")] == [False, True]
    other = form_made(cast, confirms_email=True, name="Second")
    assert filled(client, live, other, "rita@example.org", key="k9")["Location"] == "/fathom/no-1/", "known for 30 days"
