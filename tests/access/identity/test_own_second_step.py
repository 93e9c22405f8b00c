"""Who comes by an organisation and has a second step here: a publisher can have it asked for, too."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from tests.access.identity.organisation import sent
from tests.access.identity.test_signing_in import begin, campus, change, made, person_in, send, sign_in, university
from tests.access.people import confirm
from tests.accounts.test_second_step import code_of
from tests.cast import Cast, signed_in

from masthead.access.identity.providers import IdentityProvider
from masthead.accounts.selectors import User
from masthead.accounts.services import user_create

__all__ = ("campus", "university")  # fixtures
SECRET = generate_totp_secret()


@pytest.fixture
def nora(cast: Cast, university: IdentityProvider) -> User:
    """She has an account of her own, a second step, and has linked her university to it."""
    cache.clear()
    there = confirm(user_create(email="nora@university.example", password="lantern over water"))
    sign_in(signed_in(there), university)
    TOTP.activate(there, SECRET)
    return there


def answered(client: Client, university: IdentityProvider) -> str:
    """The university has said that it is her; where that leads."""
    state, request_id = begin(client, university)
    answer = client.post(
        f"/account/identity/{university.pk}/answer",
        {"SAMLResponse": sent(made(university, request_id).signed()), "RelayState": state},
    )
    return str(answer["Location"])


def test_by_itself_the_organisation_is_enough(nora: User, university: IdentityProvider) -> None:
    client = Client()
    assert sign_in(client, university).status_code == 303
    assert person_in(client) == nora


def test_where_the_publisher_wants_it_nobody_is_in_before_it(
    cast: Cast, nora: User, university: IdentityProvider
) -> None:
    change(cast, university, asks_second_step=True)
    client = Client()
    done = answered(client, university)
    page = client.get(done)
    assert "has a second step of its own" in page.content.decode()
    assert person_in(client) is None
    wrong = client.post(done, {"code": "000000"})
    assert wrong.status_code == 422
    assert "This code is not right" in wrong.content.decode()
    assert client.post(done, {"credential": "{}"}).status_code == 422
    assert person_in(client) is None
    assert client.post(done, {"code": code_of(SECRET)}).status_code == 303
    assert person_in(client) == nora


def test_codes_are_not_tried_one_after_the_other(cast: Cast, nora: User, university: IdentityProvider) -> None:
    change(cast, university, asks_second_step=True)
    client = Client()
    done = answered(client, university)
    for _ in range(12):
        client.post(done, {"code": "000000"})
    client.post(done, {"code": code_of(SECRET)})
    assert person_in(client) is None, "even the right one has to wait now"


def test_another_browser_learns_nothing(cast: Cast, nora: User, university: IdentityProvider) -> None:
    change(cast, university, asks_second_step=True)
    done = answered(Client(), university)
    other = Client()
    assert "has a second step of its own" not in other.get(done).content.decode()
    assert other.post(done, {"code": code_of(SECRET)}).status_code == 404, "it was refused, and is used up"
    assert person_in(other) is None


def test_who_has_none_comes_in_as_before(cast: Cast, university: IdentityProvider) -> None:
    change(cast, university, asks_second_step=True)
    client = Client()
    state, request_id = begin(client, university)
    assert send(client, university, made(university, request_id), state).status_code == 303
    assert person_in(client) is not None
