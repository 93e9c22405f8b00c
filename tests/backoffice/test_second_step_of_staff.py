"""A publisher can let into its back office only those who have a second step."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from tests.cast import Cast, signed_in
from tests.hardening.routes import routes

from masthead.accounts.errors import SecondStepMissingError
from masthead.accounts.selectors import LogEntry, Publisher
from masthead.accounts.services import publisher_change

SETTINGS = "/office/houses/harbour-press/settings"
SAID = {"name": "Harbour Press", "time_zone": "UTC", "language": "en"}


def demand(cast: Cast) -> None:
    """As its owner, who has one."""
    TOTP.activate(cast.owner, generate_totp_secret())
    publisher_change(by=cast.owner, publisher=cast.harbour, **SAID, asks_second_step=True)


def test_who_has_none_cannot_demand_it(cast: Cast) -> None:
    owner = signed_in(cast.owner)
    answer = owner.post(SETTINGS, {**SAID, "name": "Harbour", "asks_second_step": "on"})
    assert answer.status_code == 422
    assert "You have no second step yourself" in answer.content.decode()
    assert 'value="Harbour"' in answer.content.decode(), "nothing that was typed is lost"
    assert not Publisher.objects.get(pk=cast.harbour.pk).asks_second_step
    with pytest.raises(SecondStepMissingError):
        publisher_change(by=cast.owner, publisher=cast.harbour, **SAID, asks_second_step=True)


def test_it_is_demanded_and_stands_in_the_log(cast: Cast) -> None:
    TOTP.activate(cast.owner, generate_totp_secret())
    owner = signed_in(cast.owner)
    assert owner.post(SETTINGS, {**SAID, "asks_second_step": "on"}).status_code == 302
    assert Publisher.objects.get(pk=cast.harbour.pk).asks_second_step
    assert LogEntry.objects.filter(action="publisher.change").get().after == {"asks_second_step": True}
    assert owner.get("/office/").status_code in (200, 302), "who has one goes on"


def test_without_a_second_step_no_page_of_the_back_office_opens(cast: Cast) -> None:
    demand(cast)
    editor, asked = signed_in(cast.editor), 0
    for route in routes():
        if not route.template.startswith("office/") or route.name == "account-you":  # one's own name and language
            continue
        address = route.address({"house": "harbour-press", "publication": cast.fathom.pk})
        for answer in (editor.get(address), editor.post(address)):
            assert answer.status_code in (403, 405), address
            if answer.status_code == 403:
                assert b"A second step is needed" in answer.content, address
                asked += 1
    assert asked > 100
    assert editor.get("/account/2fa/").status_code == 200, "where it is set up"
    TOTP.activate(cast.editor, generate_totp_secret())
    assert editor.get("/office/").status_code in (200, 302)


def test_other_publishers_are_not_concerned(cast: Cast) -> None:
    demand(cast)
    assert signed_in(cast.outsider).get("/office/").status_code in (200, 302)
