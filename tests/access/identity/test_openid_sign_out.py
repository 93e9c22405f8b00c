"""Signing out: here and at the OpenID provider by which somebody had signed in, begun on either side."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from tests.access.identity.openid_organisation import CLIENT, Lake, person_in, sign_in

from masthead.access.identity.providers import IdentityProvider


def test_signing_out_here_leads_out_there(lake: Lake, provider: IdentityProvider) -> None:
    client = Client()
    sign_in(client, lake, provider)
    led = client.post("/account/logout/")
    assert person_in(client) is None
    assert led["Location"].startswith("/account/identity/leaving/")
    page = client.get(led["Location"])
    onward = urlsplit(page["Refresh"].removeprefix("0; url="))
    query = parse_qs(onward.query)
    assert f"{onward.scheme}://{onward.netloc}{onward.path}" == f"{lake.address}/leave"
    assert query["post_logout_redirect_uri"] == [f"http://testserver/account/identity/{provider.pk}/signed-out"]
    assert query["client_id"] == [CLIENT]
    assert query["id_token_hint"][0].count(".") == 2
    assert client.get(led["Location"]).status_code == 404  # once
    back = client.get(f"/account/identity/{provider.pk}/signed-out")
    assert "You are signed out" in back.content.decode()
    assert client.post("/account/logout/")["Location"] == "/"


EVENTS = {"http://schemas.openid.net/event/backchannel-logout": {}}
OUT = {"events": EVENTS, "nonce": None, "exp": int(time.time()) + 600, "jti": "j1"}


def tell(lake: Lake, provider: IdentityProvider, **said: Any) -> int:
    token = lake.token(**{**OUT, "email": None, **said})
    stranger = Client(enforce_csrf_checks=True)
    return stranger.post(f"/account/identity/{provider.pk}/sign-out", {"logout_token": token}).status_code


def test_who_is_signed_out_there_is_signed_out_here(lake: Lake, provider: IdentityProvider) -> None:
    first, second, other = Client(), Client(), Client()
    for client, subject, session in ((first, "u-77", "s1"), (second, "u-77", "s2"), (other, "u-78", "s3")):
        lake.claims = {"sub": subject, "sid": session, "email": f"{subject}@lake.example"}
        sign_in(client, lake, provider)
    assert tell(lake, provider, sub=None, sid="s1") == 200
    assert [bool(person_in(client)) for client in (first, second, other)] == [False, True, True]
    assert tell(lake, provider, sub="u-77", sid=None) == 200
    assert [bool(person_in(client)) for client in (first, second, other)] == [False, False, True]


@pytest.mark.parametrize(
    "said",
    [
        {"nonce": "an ID token"},
        {"events": None},
        {"events": {"http://schemas.openid.net/event/other": {}}},
        {"aud": "somebody"},
        {"iss": "https://evil.example"},
        {"jti": None},
        {"sub": None, "sid": None},
        {"iat": int(time.time()) - 3600},
    ],
)
def test_a_wrong_word_signs_nobody_out(lake: Lake, provider: IdentityProvider, said: dict[str, Any]) -> None:
    client = Client()
    lake.claims = {"sid": "s1"}
    sign_in(client, lake, provider)
    assert tell(lake, provider, **{"sid": "s1", **said}) == 400
    assert person_in(client) is not None
    lake.signed_by = "evil"
    assert tell(lake, provider, sid="s1") == 400
    assert person_in(client) is not None
