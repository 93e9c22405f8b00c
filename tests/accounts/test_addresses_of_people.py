"""E-mail addresses of an account: whoever gets another one onto it could ask for a new password there."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from tests.access.people import confirm
from tests.cast import PASSWORD, Cast

OTHER = "else@reader.example"


@pytest.fixture
def found_open(cast: Cast) -> Client:
    """A browser in which somebody signed in, and went away."""
    confirm(cast.reader)
    client = Client()
    client.post("/account/login/", {"login": cast.reader.email, "password": PASSWORD})
    return client


def test_who_finds_a_browser_open_cannot_add_an_address(cast: Cast, found_open: Client) -> None:
    answer = found_open.post("/account/email/", {"action_add": "yes", "email": OTHER})
    assert answer["Location"] == "/account/reauthenticate/?next=%2Faccount%2Femail%2F"
    assert not EmailAddress.objects.filter(email=OTHER).exists()
    refused = found_open.post(answer["Location"], {"password": "not theirs at all", "next": "/account/email/"})
    assert refused.status_code == 200
    assert not EmailAddress.objects.filter(email=OTHER).exists()


def test_who_shows_that_it_is_them_has_lost_nothing_that_was_typed(cast: Cast, found_open: Client) -> None:
    asked = found_open.post("/account/email/", {"action_add": "yes", "email": OTHER})["Location"]
    found_open.post(asked, {"password": PASSWORD, "next": "/account/email/"})
    assert EmailAddress.objects.filter(email=OTHER, user=cast.reader).exists()


@pytest.mark.parametrize("deed", ["action_primary", "action_remove"])
def test_nor_choose_or_remove_one(cast: Cast, found_open: Client, deed: str) -> None:
    EmailAddress.objects.create(user=cast.reader, email=OTHER, verified=True)
    answer = found_open.post("/account/email/", {deed: "yes", "email": OTHER})
    assert answer["Location"].startswith("/account/reauthenticate/")
    cast.reader.refresh_from_db()
    assert cast.reader.email != OTHER
    assert EmailAddress.objects.filter(email=OTHER).exists()
