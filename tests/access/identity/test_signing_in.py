"""Signing in at an identity provider by requests: accounts, groups, tests of staff, and what must not be possible."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.access.identity.organisation import Answer, metadata, pair, sent
from tests.access.people import confirm, restricted
from tests.cast import Cast, signed_in

from masthead.access.errors import MetadataUnreadableError
from masthead.access.identity import providers as keeping
from masthead.access.identity.metadata import Described, metadata_read
from masthead.access.identity.providers import (
    IdentityProvider,
    SignInTry,
    metadata_refresh_due,
    provider_change,
    provider_create,
)
from masthead.access.joining import reader_invite
from masthead.access.readers import reader_of
from masthead.access.subscribing import Subscription, periods_of, subscription_create
from masthead.accounts.selectors import LogEntry, User
from masthead.accounts.services import user_create

HOST = "http://testserver"


@pytest.fixture
def campus(cast: Cast) -> Subscription:
    return subscription_create(by=cast.owner, publisher=cast.harbour, name="Campus", kind="club")


@pytest.fixture
def university(cast: Cast, campus: Subscription) -> IdentityProvider:
    made = provider_create(by=cast.owner, publisher=cast.harbour, name="University", address="", metadata=metadata())
    return change(cast, made, groups={campus.pk: ["Members", "Staff"]}, is_on=True)


def change(cast: Cast, provider: IdentityProvider, **said: Any) -> IdentityProvider:
    kept = {"groups": provider.groups, "is_on": provider.is_on, "takes_unasked": provider.takes_unasked}
    return provider_change(by=cast.owner, provider=provider, address="", metadata=b"", **{**kept, **said})


def begin(client: Client, provider: IdentityProvider, target: str = "") -> tuple[str, str]:
    """Where the answer is led by, and the id of the request."""
    gone = client.get(f"/account/identity/{provider.pk}/start", {"next": target})
    assert gone.status_code == 303
    return asked(gone["Location"]), SignInTry.objects.latest("began_at").request_id


def asked(address: str) -> str:
    assert address.startswith("https://login.university.example/sso?")
    return parse_qs(urlsplit(address).query)["RelayState"][0]


def made(provider: IdentityProvider, request_id: str = "", groups: tuple[str, ...] = (), **said: Any) -> Answer:
    attributes = {"mail": ["Nora@University.example"], "displayName": ["Nora North"], "memberOf": list(groups)}
    ours = f"{HOST}/account/identity/{provider.pk}"
    wanted = {"attributes": {name: values for name, values in attributes.items() if values}, **said}
    return Answer(f"{ours}/metadata.xml", f"{ours}/answer", request_id=request_id, **wanted)


def send(client: Client, provider: IdentityProvider, answer: Answer, state: str) -> Any:
    """What the browser is told in the end: the answer comes without its cookies, what follows has them."""
    said = {"SAMLResponse": sent(answer.signed()), "RelayState": state}
    stranger = Client(enforce_csrf_checks=True)
    led = stranger.post(f"/account/identity/{provider.pk}/answer", said)
    assert led.status_code == 303
    return client.get(led["Location"])


def sign_in(client: Client, provider: IdentityProvider, target: str = "", **said: Any) -> Any:
    state, request_id = begin(client, provider, target)
    return send(client, provider, made(provider, request_id, **said), state)


def person_in(client: Client) -> User | None:
    key = client.session.get("_auth_user_id")
    return User.objects.filter(pk=key).first() if key else None


def failed(response: Any, words: str) -> None:
    body = response.content.decode()
    assert response.status_code == 403
    for part in ("Authentication failed", words, "Try again", "Additional information for support"):
        assert part in body, part


def test_somebody_new_has_an_account_and_what_their_groups_give(
    cast: Cast, data: Path, university: IdentityProvider
) -> None:
    restricted(cast, data, ways=["subscription"])
    client = Client()
    wall = client.get("/fathom/no-1/").content.decode()
    assert f"/account/identity/{university.pk}/start?next=%2Ffathom%2Fno-1%2F" in wall
    assert "Sign in with University" in wall
    back = sign_in(client, university, "/fathom/no-1/", groups=("members",))
    assert (back.status_code, back["Location"]) == (303, "/fathom/no-1/")
    nora = person_in(client)
    assert nora is not None
    assert (nora.email, nora.name, nora.has_usable_password()) == ("nora@university.example", "Nora North", False)
    known = reader_of(nora, cast.harbour)
    assert known is not None
    assert known.came_by == "identity"
    assert client.get("/fathom/no-1/").status_code == 200
    assert LogEntry.objects.filter(action="reader.identity", subject_id=nora.pk).count() == 1
    row = SignInTry.objects.get()
    assert (row.user, row.received, row.reason) == (nora, {}, "")
    assert "University" in client.get("/account/data.json").content.decode()


def test_a_group_that_is_gone_ends_what_it_gave_and_nothing_else(
    cast: Cast, university: IdentityProvider, campus: Subscription
) -> None:
    client = Client()
    sign_in(client, university, groups=("Members",))
    nora = person_in(client)
    assert nora is not None
    sign_in(Client(), university, groups=("members",))
    assert periods_of(nora).count() == 1  # the same period goes on
    period = periods_of(nora).get()
    period.starts -= timedelta(days=9)
    period.save()
    sign_in(Client(), university, groups=("alumni",))
    period.refresh_from_db()
    assert period.ends is not None
    assert period.ends < timezone.now().date()
    change(cast, university, groups={campus.pk: ["*"]})
    sign_in(Client(), university)
    assert periods_of(nora).filter(ends__isnull=True).count() == 1


def test_an_answer_is_used_once(university: IdentityProvider) -> None:
    client = Client()
    state, request_id = begin(client, university)
    answer = made(university, request_id)
    assert send(client, university, answer, state).status_code in (302, 303)
    again = Client()
    failed(send(again, university, answer, state), "The answer belongs to no sign-in that was begun here.")
    other, _ = begin(again, university)
    failed(send(again, university, answer, other), "The answer belongs to no sign-in that was begun here.")
    assert person_in(again) is None


def test_an_unasked_answer_is_used_once_and_only_where_it_is_allowed(cast: Cast, university: IdentityProvider) -> None:
    client, answer = Client(), made(university)
    failed(send(client, university, answer, ""), "The answer belongs to no sign-in that was begun here.")
    change(cast, university, takes_unasked=True)
    back = send(client, university, answer, "/fathom/")
    assert (back.status_code, back["Location"]) == (303, "/fathom/")
    other = Client()
    failed(send(other, university, answer, ""), "This answer was used before.")
    assert person_in(other) is None


def test_nobody_is_signed_in_as_somebody_else_by_a_link(university: IdentityProvider) -> None:
    attacker, victim = Client(), Client()
    state, request_id = begin(attacker, university)
    failed(send(victim, university, made(university, request_id), state), "The sign-in was begun in another browser")
    assert person_in(victim) is None


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "\t//evil.example"]
)
def test_nobody_is_led_elsewhere(cast: Cast, university: IdentityProvider, target: str) -> None:
    assert sign_in(Client(), university, target)["Location"] == "/account/subscriptions"
    change(cast, university, takes_unasked=True)
    assert send(Client(), university, made(university), target)["Location"] == "/account/subscriptions"


def test_an_account_with_a_password_is_opened_only_to_who_is_signed_in_with_it(university: IdentityProvider) -> None:
    nora = confirm(user_create(email="nora@university.example", password="lantern over water"))
    client = Client()
    failed(sign_in(client, university), "There is an account with this address already.")
    assert person_in(client) is None
    assert sign_in(signed_in(nora), university).status_code in (302, 303)
    assert sign_in(client, university).status_code in (302, 303)
    assert person_in(client) == nora


def test_an_account_that_became_somebodys_own_is_asked_for_again(university: IdentityProvider) -> None:
    """Whoever made it by an identity provider must not keep a way into what its owner proved later."""
    sign_in(Client(), university)
    nora = User.objects.get(email="nora@university.example")
    nora.set_password("lantern over water")
    nora.save()
    failed(sign_in(Client(), university), "There is an account with this address already.")


def test_staff_and_people_of_other_houses_are_not_opened(cast: Cast, university: IdentityProvider) -> None:
    attributes = {"mail": ["olga@harbour.example"]}
    failed(sign_in(Client(), university, attributes=attributes), "Staff sign in with their password.")
    failed(sign_in(signed_in(cast.owner), university, attributes=attributes), "Staff sign in with their password.")
    reader_invite(by=cast.outsider, publisher=cast.other, email="omar@university.example")
    attributes = {"mail": ["omar@university.example"]}
    failed(sign_in(Client(), university, attributes=attributes), "There is an account with this address already.")
    reader_invite(by=cast.owner, publisher=cast.harbour, email="mina@university.example")
    mina = sign_in(Client(), university, attributes={"mail": ["mina@university.example"]}, subject="u-1")
    assert mina.status_code == 303  # the publisher itself has made this account


def test_the_address_counts_as_confirmed_at_this_publisher_only(
    cast: Cast, data: Path, university: IdentityProvider
) -> None:
    from masthead.access.entitlements import is_confirmed, is_vouched

    restricted(cast, data, ways=["sign_in"])
    client = Client()
    sign_in(client, university)
    nora = User.objects.get(email="nora@university.example")
    assert client.get("/fathom/no-1/").status_code == 200
    assert not is_confirmed(nora)
    assert is_vouched(nora, cast.harbour.pk)
    assert not is_vouched(nora, cast.other.pk)


def test_without_an_address_or_switched_off_it_says_so(cast: Cast, university: IdentityProvider) -> None:
    failed(
        sign_in(Client(), university, attributes={"cn": ["Nora"]}),
        "The identity provider did not tell your e-mail address.",
    )
    User.objects.create_user("off@university.example", is_active=False)
    failed(
        sign_in(Client(), university, attributes={"mail": ["off@university.example"]}), "This account is switched off."
    )
    client = Client()
    state, request_id = begin(client, university)
    change(cast, university, is_on=False)
    gone = client.get(f"/account/identity/{university.pk}/start")
    assert "This way to sign in is switched off." in gone.content.decode()
    late = send(client, university, made(university, request_id), state)
    assert "This way to sign in is switched off." in late.content.decode()


def test_staff_connect_test_and_see_what_comes(cast: Cast, campus: Subscription) -> None:
    owner = signed_in(cast.owner)
    home = "/office/houses/harbour-press/identity"
    wrong = owner.post(home, {"name": "University", "file": SimpleUploadedFile("m.xml", b"<html/>")})
    assert wrong.status_code == 422
    assert "This is no SAML metadata" in wrong.content.decode()
    assert "Choose the file with the metadata" in owner.post(home, {"name": "University"}).content.decode()
    inward = owner.post(home, {"name": "University", "address": "https://127.0.0.1/metadata"})
    assert "This is no SAML metadata" in inward.content.decode()
    done = owner.post(home, {"name": "University", "file": SimpleUploadedFile("m.xml", metadata())})
    page = done["Location"]
    provider = IdentityProvider.objects.get()
    assert f"/account/identity/{provider.pk}/answer" in owner.get(page).content.decode()
    said = {"name": "University", "is_on": "on", f"groups-{campus.pk}": "members, Staff\nmembers", "address": ""}
    assert owner.post(page, said).status_code in (302, 303)
    provider.refresh_from_db()
    assert (provider.groups, provider.is_on) == ({campus.pk: ["Staff", "members"]}, True)
    gone = owner.get(f"{page}/test")
    request_id = SignInTry.objects.get().request_id
    shown = send(owner, provider, made(provider, request_id, groups=("members",)), asked(gone["Location"]))
    body = owner.get(shown["Location"]).content.decode()
    for part in ("The test worked", "nora@university.example", "memberOf", "u-77"):
        assert part in body, part
    assert person_in(owner) == cast.owner
    assert not User.objects.filter(email="nora@university.example").exists()
    gone = owner.get(f"{page}/test")
    bad = made(provider, SignInTry.objects.latest("began_at").request_id, audience="https://other.example")
    shown = send(owner, provider, bad, asked(gone["Location"]))
    assert "made for another service" in owner.get(shown["Location"]).content.decode()
    assert owner.post(f"{page}/remove").status_code == 303
    assert not IdentityProvider.objects.exists()
    deeds = {"identity.create", "identity.change", "identity.remove"}
    assert set(LogEntry.objects.filter(action__startswith="identity.").values_list("action", flat=True)) == deeds


def test_metadata_is_read_again_once_a_day_and_never_becomes_somebody_elses(
    cast: Cast, university: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[Described | None] = [metadata_read(metadata(pair(), pair("next"))), None]

    def fetched(address: str) -> Described:
        said = answers.pop(0)
        if said is None:
            raise MetadataUnreadableError(address)
        return said

    monkeypatch.setattr(keeping, "metadata_fetch", fetched)
    IdentityProvider.objects.update(metadata_address="https://login.university.example/metadata", asked_at=None)
    now = timezone.now()
    assert (metadata_refresh_due(now), metadata_refresh_due(now)) == (1, 0)
    university.refresh_from_db()
    assert len(university.certificates) == 2
    assert metadata_refresh_due(now + timedelta(days=2)) == 0
    university.refresh_from_db()
    assert (university.is_stale, len(university.certificates)) == (True, 2)
    answers.append(metadata_read(metadata(pair("evil"), entity="https://evil.example")))
    metadata_refresh_due(now + timedelta(days=4))
    university.refresh_from_db()
    assert (university.is_stale, university.certificates) == (True, [pair().der, pair("next").der])


def test_our_metadata_is_there_for_everybody(university: IdentityProvider) -> None:
    said = Client().get(f"/account/identity/{university.pk}/metadata.xml")
    assert said["Content-Type"] == "application/samlmetadata+xml"
    assert f"{HOST}/account/identity/{university.pk}/answer".encode() in said.content
