"""Passkeys by requests: who may have one, and what the pages say; the ceremony itself is driven by a journey."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.cast import PASSWORD, Cast

from masthead.accounts.services import user_create


def signed_in(email: str) -> Client:
    client = Client()
    client.post("/account/login/", {"login": email, "password": PASSWORD})
    return client


def test_somebody_with_a_confirmed_address_can_add_one(cast: Cast) -> None:
    user_create(email="nora@reader.example", password=PASSWORD, is_confirmed=True)
    client = signed_in("nora@reader.example")
    assert "You have no passkey yet." in client.get("/account/2fa/webauthn/").content.decode()
    asked = client.get("/account/2fa/webauthn/add/")["Location"]
    assert asked.startswith("/account/reauthenticate/")
    client.post(asked, {"password": PASSWORD})
    page = client.get("/account/2fa/webauthn/add/")
    assert page.status_code == 200
    body = page.content.decode()
    assert 'data-passkey="create"' in body
    assert "&#34;publicKey&#34;" in body  # what the browser is asked for, as an attribute
    assert "<script>" not in body
    refused = client.post("/account/2fa/webauthn/add/", {"name": "x", "credential": "{}", "passwordless": "on"})
    assert "That did not work." in refused.content.decode()


def test_without_a_confirmed_address_there_is_none(cast: Cast) -> None:
    user_create(email="omar@reader.example", password=PASSWORD)
    assert signed_in("omar@reader.example").get("/account/2fa/webauthn/add/").status_code == 302


@pytest.mark.parametrize("credential", ["", "{}", '{"id": "x"}', "no json"])
def test_what_is_no_passkey_signs_nobody_in(cast: Cast, credential: str) -> None:
    client = Client()
    asked = client.get("/account/2fa/webauthn/login/", headers={"Accept": "application/json"})
    assert asked.json()["request_options"]["publicKey"]["challenge"]
    back = client.post("/account/2fa/webauthn/login/", {"credential": credential})
    assert back["Location"] == "/account/login/"
    assert "_auth_user_id" not in client.session


def test_the_list_of_sign_ins_names_browsers(cast: Cast) -> None:
    user_create(email="nora@reader.example", password=PASSWORD, is_confirmed=True)
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    client = Client(headers={"User-Agent": agent})
    client.post("/account/login/", {"login": "nora@reader.example", "password": PASSWORD})
    assert "Firefox, Windows" in client.get("/account/sessions/").content.decode()
