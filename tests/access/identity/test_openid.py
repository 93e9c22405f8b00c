"""Signing in by OpenID Connect: accounts, groups, what staff connect, and every attack that must come to nothing."""

from __future__ import annotations

import base64
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.access.identity.openid_organisation import (
    CLIENT,
    SECRET,
    Lake,
    begin,
    come_back,
    lake_changed,
    lake_serving,
    new_code,
    person_in,
    sign_in,
)
from tests.cast import Cast, signed_in

from masthead.access.errors import DiscoveryUnreadableError
from masthead.access.identity.discovery import discover
from masthead.access.identity.openid_providers import openid_create
from masthead.access.identity.providers import IdentityProvider, SignInTry, metadata_refresh_due
from masthead.access.identity.sealing import opened
from masthead.access.subscribing import periods_of
from masthead.accounts.selectors import LogEntry, User


def failed(response: Any, reason: str, words: str = "") -> None:
    body = response.content.decode()
    assert response.status_code == 403, body
    for part in ("Authentication failed", f">{reason}<", words):
        assert part in body, (part, SignInTry.objects.latest("began_at").detail)


def test_somebody_new_has_an_account_and_what_their_groups_give(lake: Lake, provider: IdentityProvider) -> None:
    lake.claims = {"groups": ["members", "alumni"]}
    client = Client()
    back = sign_in(client, lake, provider, "/account/data")
    assert (back.status_code, back["Location"]) == (303, "/account/data")
    nora = person_in(client)
    assert nora is not None
    assert (nora.email, nora.name, nora.has_usable_password()) == ("nora@lake.example", "Nora North", False)
    assert [period.subscription.name for period in periods_of(nora)] == ["Campus"]
    row = SignInTry.objects.get()
    assert (row.user, row.received, row.reason) == (nora, {}, "")
    _, headers, form = next(one for one in lake.asked if one[0] == "/token")
    told = base64.b64decode(headers["Authorization"].removeprefix("Basic ")).decode()
    assert told == "masthead%20at%20the%20lake:what%20only%3A%20we%2Fknow"
    assert form["redirect_uri"] == f"http://testserver/account/identity/{provider.pk}/code"
    assert "client_secret" not in form
    assert not [one for one in lake.asked if one[0] == "/userinfo"]  # nothing was missing
    assert person_in(client) == nora
    assert sign_in(Client(), lake, provider).status_code == 303  # the same account again
    assert User.objects.filter(email="nora@lake.example").count() == 1


def test_what_the_token_lacks_is_asked_for(cast: Cast, lake: Lake, provider: IdentityProvider) -> None:
    lake.claims = {"email": None, "name": None}
    lake.userinfo = {"sub": "u-77", "email": "nora@lake.example", "realm_access": {"roles": ["Members"]}}
    lake_changed(cast, provider, groups_attribute="realm_access.roles")
    client = Client()
    assert sign_in(client, lake, provider).status_code == 303
    nora = person_in(client)
    assert nora is not None
    assert periods_of(nora).count() == 1
    lake.userinfo = {"sub": "u-99", "email": "omar@lake.example"}
    failed(sign_in(Client(), lake, provider), "not_for_us")
    lake.userinfo = None
    failed(sign_in(Client(), lake, provider), "no_email")


def test_a_secret_may_go_in_the_form_or_not_be_there(cast: Cast, lake: Lake, provider: IdentityProvider) -> None:
    lake.described = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    IdentityProvider.objects.update(places={**provider.places, "methods": ["client_secret_post"]})
    sign_in(Client(), lake, provider)
    _, headers, form = next(one for one in lake.asked if one[0] == "/token")
    assert "Authorization" not in headers
    assert (form["client_id"], form["client_secret"]) == (CLIENT, SECRET)


WRONG_CLAIMS = {
    "another issuer": ({"iss": "https://evil.example"}, "not_for_us"),
    "an issuer with more": ({"iss": "ADDRESS/"}, "not_for_us"),
    "another audience": ({"aud": "somebody"}, "not_for_us"),
    "an audience that begins like ours": ({"aud": f"{CLIENT}2"}, "not_for_us"),
    "several without azp": ({"aud": [CLIENT, "somebody"]}, "not_for_us"),
    "made for somebody else": ({"aud": [CLIENT, "somebody"], "azp": "somebody"}, "not_for_us"),
    "no audience": ({"aud": None}, "unreadable"),
    "no issuer": ({"iss": None}, "unreadable"),
    "no end": ({"exp": None}, "unreadable"),
    "no beginning": ({"iat": None}, "unreadable"),
    "no subject": ({"sub": None}, "unreadable"),
    "no nonce": ({"nonce": None}, "unreadable"),
    "an empty subject": ({"sub": ""}, "unreadable"),
    "a long subject": ({"sub": "s" * 256}, "unreadable"),
    "another nonce": ({"nonce": "of another sign-in"}, "unasked"),
    "a nonce that is a number": ({"nonce": 7}, "unasked"),
    "too old": ({"exp": int(time.time()) - 120}, "expired"),
    "made long ago": ({"iat": int(time.time()) - 7200, "exp": int(time.time()) + 7200}, "expired"),
    "made tomorrow": ({"iat": int(time.time()) + 86_400}, "expired"),
    "not yet good": ({"nbf": int(time.time()) + 3600}, "expired"),
    "an address nobody confirmed": ({"email_verified": False}, "email_unconfirmed"),
    "no address": ({"email": "nora"}, "no_email"),
}


@pytest.mark.parametrize("name", WRONG_CLAIMS)
def test_a_token_that_says_something_else_signs_nobody_in(lake: Lake, provider: IdentityProvider, name: str) -> None:
    claims, reason = WRONG_CLAIMS[name]
    lake.claims = {key: value.replace("ADDRESS", lake.address) if key == "iss" and value else value
                   for key, value in claims.items()}  # fmt: skip
    client = Client()
    failed(sign_in(client, lake, provider), reason)
    assert person_in(client) is None
    assert not User.objects.filter(email__endswith="lake.example").exists()


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS384"])
def test_a_token_must_be_signed_as_the_provider_signs(lake: Lake, provider: IdentityProvider, algorithm: str) -> None:
    lake.algorithm = algorithm
    failed(sign_in(Client(), lake, provider), "signature")


@pytest.mark.parametrize("kid", ["first", "evil", None])
def test_a_token_of_somebody_elses_key_is_refused(lake: Lake, provider: IdentityProvider, kid: str | None) -> None:
    lake.signed_by, lake.kid = "evil", kid
    failed(sign_in(Client(), lake, provider), "signature")


def test_new_keys_are_asked_for_once_a_minute(lake: Lake, provider: IdentityProvider) -> None:
    lake.keys, lake.signed_by, lake.kid = ["first", "second"], "second", "second"
    assert sign_in(Client(), lake, provider).status_code == 303
    lake.signed_by, lake.kid = "third", "third"
    lake.keys.append("third")
    before = len([one for one in lake.asked if one[0] == "/keys"])
    failed(sign_in(Client(), lake, provider), "signature")
    assert len([one for one in lake.asked if one[0] == "/keys"]) == before
    IdentityProvider.objects.update(keys_asked_at=timezone.now() - timedelta(minutes=2))
    assert sign_in(Client(), lake, provider).status_code == 303


def test_a_key_without_a_name_is_found(lake: Lake, provider: IdentityProvider) -> None:
    lake.kid = None
    assert sign_in(Client(), lake, provider).status_code == 303


def test_a_code_is_used_once(lake: Lake, provider: IdentityProvider) -> None:
    client, code = Client(), new_code()
    state = begin(client, lake, provider)
    assert come_back(client, provider, state=state, code=code, iss=lake.address).status_code == 303
    other = Client()
    failed(come_back(other, provider, state=state, code=code, iss=lake.address), "unasked")
    state = begin(other, lake, provider)
    failed(come_back(other, provider, state=state, code=code, iss=lake.address), "code_refused")
    assert person_in(other) is None


def test_a_stolen_code_does_not_fit_another_sign_in(lake: Lake, provider: IdentityProvider) -> None:
    """PKCE: the thief began a sign-in, but the code belongs to the one of the victim."""
    thief, victim = Client(), Client()
    own = begin(thief, lake, provider)
    begin(victim, lake, provider)
    failed(come_back(thief, provider, state=own, code=new_code(), iss=lake.address), "code_refused")


def test_nobody_is_signed_in_as_somebody_else_by_a_link(lake: Lake, provider: IdentityProvider) -> None:
    attacker, victim = Client(), Client()
    state = begin(attacker, lake, provider)
    failed(come_back(victim, provider, state=state, code=new_code(), iss=lake.address), "other_browser")
    assert person_in(victim) is None


def test_a_code_without_a_question_is_not_even_taken_back(lake: Lake, provider: IdentityProvider) -> None:
    failed(come_back(Client(), provider, code=new_code(), iss=lake.address), "unasked")
    failed(come_back(Client(), provider, state="guessed", code=new_code(), iss=lake.address), "unasked")
    assert not [one for one in lake.asked if one[0] == "/token"]


@pytest.mark.parametrize("issuer", ["https://evil.example", ""])
def test_a_code_of_another_provider_is_not_shown_to_this_one(
    lake: Lake, provider: IdentityProvider, issuer: str
) -> None:
    """The mix-up: `iss` with the code says whose it is, and a provider that always says so must say so."""
    client = Client()
    state = begin(client, lake, provider)
    failed(come_back(client, provider, state=state, code=new_code(), iss=issuer), "not_for_us")
    assert not [one for one in lake.asked if one[0] == "/token"]


def test_the_state_of_one_provider_is_nothing_to_another(cast: Cast, lake: Lake, provider: IdentityProvider) -> None:
    other = lake_changed(
        cast, openid_create(by=cast.owner, publisher=cast.harbour, name="2", address=lake.address), groups={}
    )
    client = Client()
    state = begin(client, lake, provider)
    failed(come_back(client, other, state=state, code=new_code(), iss=lake.address), "unasked")


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_nobody_is_led_elsewhere(lake: Lake, provider: IdentityProvider, target: str) -> None:
    assert sign_in(Client(), lake, provider, target)["Location"] == "/account/subscriptions"


def test_each_failure_of_the_provider_has_its_words(lake: Lake, provider: IdentityProvider) -> None:
    client = Client()
    state = begin(client, lake, provider)
    denied = come_back(client, provider, state=state, error="access_denied", iss=lake.address)
    failed(denied, "denied", "did not let you in")
    lake.status, lake.error = 401, "invalid_client"
    failed(sign_in(client, lake, provider), "client_refused", "our client ID or our client secret")
    lake.status = 503
    failed(sign_in(client, lake, provider), "unreachable", "does not answer")
    IdentityProvider.objects.update(places={**provider.places, "token": "http://127.0.0.1:9/token"})
    failed(sign_in(client, lake, provider), "unreachable")


def test_secrets_go_to_no_address_inside(settings: Any, lake: Lake, provider: IdentityProvider) -> None:
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"private_hosts": ""})
    failed(sign_in(Client(), lake, provider), "unreachable")
    assert not [one for one in lake.asked if one[0] == "/token"]
    with pytest.raises(DiscoveryUnreadableError):
        discover(lake.address)
    with pytest.raises(DiscoveryUnreadableError):
        discover("https://127.0.0.1/")


WRONG_DESCRIPTIONS: dict[str, dict[str, Any]] = {
    "somebody else": {"issuer": "https://evil.example"},
    "a template": {"issuer": "https://login.example/{tenantid}/v2.0"},
    "no issuer": {"issuer": None},
    "nowhere to ask": {"token_endpoint": None},
    "no keys": {"jwks_uri": None},
    "keys inside": {"jwks_uri": "http://10.0.0.1/keys"},
    "a program for an address": {"authorization_endpoint": "javascript:alert(1)"},
    "shared secrets alone": {"id_token_signing_alg_values_supported": ["HS256", "none"]},
    "no codes": {"response_types_supported": ["id_token"]},
}


@pytest.mark.parametrize("name", WRONG_DESCRIPTIONS)
def test_what_describes_itself_wrongly_is_not_taken_in(lake: Lake, name: str) -> None:
    lake.described = WRONG_DESCRIPTIONS[name]
    with pytest.raises(DiscoveryUnreadableError):
        discover(lake.address)


def test_an_issuer_is_found_by_each_of_its_addresses(lake: Lake) -> None:
    for address in (lake.address, f"{lake.address}/", f"{lake.address}/.well-known/openid-configuration"):
        assert discover(address).issuer == lake.address


def test_what_it_says_of_itself_is_asked_for_every_day(lake: Lake, provider: IdentityProvider) -> None:
    lake.keys = ["second"]
    now = timezone.now()
    assert metadata_refresh_due(now) == 0
    assert metadata_refresh_due(now + timedelta(days=2)) == 1
    provider.refresh_from_db()
    assert [key["kid"] for key in provider.keys] == ["second"]
    lake.described = {"issuer": "https://evil.example"}
    assert metadata_refresh_due(now + timedelta(days=4)) == 0
    provider.refresh_from_db()
    assert (provider.is_stale, provider.entity_id) == (True, lake.address)


def test_the_secret_is_sealed_and_goes_to_nobody_else(cast: Cast, lake: Lake, provider: IdentityProvider) -> None:
    assert SECRET not in provider.client_secret
    assert opened(provider.client_secret) == SECRET
    kept = lake_changed(cast, provider, client_secret="")
    assert opened(kept.client_secret) == SECRET
    with lake_serving() as other:
        moved = lake_changed(cast, kept, client_secret="", address=other.address)
        assert (moved.entity_id, moved.client_secret) == (other.address, "")
    assert SECRET not in str(list(LogEntry.objects.values()))


def test_staff_connect_test_and_see_what_comes(cast: Cast, lake: Lake) -> None:
    owner = signed_in(cast.owner)
    home = "/office/houses/harbour-press/identity"
    said = {"protocol": "openid", "name": "Lake", "address": "https://127.0.0.1/"}
    wrong = owner.post(home, said)
    assert wrong.status_code == 422
    body = wrong.content.decode()
    assert "No OpenID provider describes itself at this address." in body
    assert 'value="https://127.0.0.1/"' in body
    done = owner.post(home, {**said, "address": lake.address})
    page = done["Location"]
    found = IdentityProvider.objects.get()
    body = owner.get(page).content.decode()
    for part in ("Redirect URI", f"/account/identity/{found.pk}/code", "Back-channel logout URI"):
        assert part in body, part
    assert owner.get(f"{page}/test")["Location"] == page  # it has no name for us yet
    filled = {"name": "Lake", "address": lake.address, "client_id": CLIENT, "client_secret": SECRET}
    assert owner.post(page, filled).status_code == 302
    assert SECRET not in owner.get(page).content.decode()
    state = lake.begun(owner.get(f"{page}/test")["Location"])
    shown = come_back(owner, found, state=state, code=new_code(), iss=lake.address)
    body = owner.get(shown["Location"]).content.decode()
    for part in ("The test worked", "nora@lake.example", '<code dir="ltr">sub</code>', "u-77"):
        assert part in body, part
    assert person_in(owner) == cast.owner
    assert not User.objects.filter(email="nora@lake.example").exists()
    assert SignInTry.objects.get().received["token"] == ""
    failed(come_back(Client(), found, state="x", code="y", iss=lake.address), "off")


def test_the_page_for_signing_in_leads_to_the_organisation_and_tells_of_nobody(
    cast: Cast, lake: Lake, provider: IdentityProvider
) -> None:
    client = Client()
    body = client.get("/account/login/", {"next": "/fathom/"}).content.decode()
    assert f"/account/identity/{provider.pk}/start?next=%2Ffathom%2F" in body  # one publisher: a button
    assert "Sign in with your organisation" not in body
    lake_changed(cast, provider, domains=["lake.example"])
    assert "/account/identity/find?next=%2Ffathom%2F" in client.get("/account/login/?next=/fathom/").content.decode()
    found = client.post("/account/identity/find", {"email": "Anybody@Lake.example", "next": "/fathom/"})
    gone = client.get(found["Refresh"].removeprefix("0; url="))
    assert lake.begun(gone["Location"])
    assert "login_hint=Anybody%40Lake.example" in gone["Location"]
    assert SignInTry.objects.get().target == "/fathom/"
    known = client.post("/account/identity/find", {"email": cast.reader.email})
    unknown = client.post("/account/identity/find", {"email": "nobody@reader.example"})
    assert known.status_code == unknown.status_code == 422
    assert "No organisation is known for this address." in known.content.decode()
    lake_changed(cast, provider, domains=["lake.example"], is_on=False)
    assert client.post("/account/identity/find", {"email": "a@lake.example"}).status_code == 422
    assert "/account/identity/" not in client.get("/account/login/").content.decode()


def test_no_publisher_catches_the_readers_of_another_by_a_domain(
    cast: Cast, lake: Lake, provider: IdentityProvider, settings: Any
) -> None:
    """Xaver says that addresses of the lake are his readers', which is not his to say."""
    lake_changed(cast, provider, domains=["lake.example"])
    made = openid_create(by=cast.outsider, publisher=cast.other, name="Catcher", address=lake.address)
    IdentityProvider.objects.filter(pk=made.pk).update(domains=["lake.example"], is_on=True)
    typed = {"email": "anybody@lake.example"}
    assert Client().post("/account/identity/find", typed).status_code == 422, "nobody has confirmed either"
    ours = Client().post("/account/identity/find", {**typed, "next": "/fathom/no-1/page/2"})
    assert provider.pk in ours["Refresh"]
    assert b"Catcher" not in ours.content
    settings.MASTHEAD = settings.MASTHEAD.model_copy(
        update={"sign_in_domains": "x.example=other-house, Lake.example = harbour-press"}
    )
    led = Client().post("/account/identity/find", typed)
    assert provider.pk in led["Refresh"]
    assert b"Catcher" not in led.content
    cast.other.delete()
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"sign_in_domains": ""})
    assert provider.pk in Client().post("/account/identity/find", typed)["Refresh"], "one publisher needs nobody"


def test_whoever_sends_refused_answers_one_after_the_other_is_not_read_for_a_while(
    lake: Lake, provider: IdentityProvider
) -> None:
    client, page = Client(), f"/account/identity/{provider.pk}/code?state=guess&code=guess"
    cache.clear()
    assert [client.get(page).status_code for _ in range(60)] == [303] * 60
    kept = SignInTry.objects.count()
    answer = client.get(page)
    assert answer.status_code == 409
    assert b"tried too often" in answer.content
    assert SignInTry.objects.count() == kept
    assert client.get(page, REMOTE_ADDR="10.1.1.1").status_code == 303, "others are read"
    cache.clear()


def test_staff_type_domains_as_they_like(cast: Cast, provider: IdentityProvider) -> None:
    page = f"/office/houses/harbour-press/identity/{provider.pk}"
    said = {"name": "Lake", "address": provider.metadata_address, "client_id": CLIENT}
    signed_in(cast.owner).post(page, {**said, "domains": "Lake.example, @shore.example;lake.example\nme@bay.example"})
    provider.refresh_from_db()
    assert provider.domains == ["bay.example", "lake.example", "shore.example"]
