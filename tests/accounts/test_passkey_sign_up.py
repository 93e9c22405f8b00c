"""Signing up with a passkey, by requests: what each step asks, says, keeps and refuses; and back in when it is lost."""

from __future__ import annotations

import html
import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.accounts.keys import Key
from tests.cast import PASSWORD, Cast

from masthead.access.joining import reader_invite, token_of
from masthead.accounts.many import users_create
from masthead.accounts.passkey_accounts import Waiting, passkey_account_create
from masthead.accounts.selectors import User
from masthead.accounts.services import user_create

BEGIN, CODE, MAKE = (f"/account/signup/passkey/{step}" for step in ("", "code/", "make/"))
NORA = "nora@reader.example"


@pytest.fixture(autouse=True)
def _fresh(cast: Cast) -> None:
    cache.clear()


def words(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def mailed_code(address: str = NORA) -> str:
    last = [letter for letter in mail.outbox if letter.to == [address]][-1]
    found = re.search(r"^\d{6}$", str(last.body), re.MULTILINE)
    assert found is not None, last.body
    return found[0]


def options(answer: Any) -> dict[str, Any]:
    found = re.search(r'data-options="([^"]*)"', answer.content.decode())
    assert found is not None
    return dict(json.loads(html.unescape(found[1])))


def waiting(target: str = "", address: str = NORA) -> Client:
    """Somebody whose address is shown to be theirs."""
    client = Client()
    assert client.post(BEGIN, {"email": address, "next": target})["Location"] == CODE
    assert client.post(CODE, {"code": mailed_code(address)})["Location"] == MAKE
    return client


def signed_up(key: Key, target: str = "") -> Client:
    client = waiting(target)
    client.post(MAKE, {"credential": key.made(options(client.get(MAKE)))})
    return client


def sign_in(key: Key) -> Client:
    client = Client()
    asked = client.get("/account/2fa/webauthn/login/", headers={"Accept": "application/json"}).json()
    client.post("/account/2fa/webauthn/login/", {"credential": key.given(asked["request_options"])})
    return client


def is_in(client: Client) -> bool:
    return client.get("/account/subscriptions").status_code == 200


def test_from_an_address_to_an_account_and_back_to_the_page() -> None:
    key, client = Key(), waiting("/fathom/no-1/page/3")
    assert not User.objects.filter(email=NORA).exists(), "nothing is left of who gives up here"
    done = client.post(MAKE, {"credential": key.made(options(client.get(MAKE)))})
    assert done["Location"] == "/fathom/no-1/page/3"
    made = User.objects.get(email=NORA)
    assert not made.has_usable_password()
    assert EmailAddress.objects.get(user=made).verified
    assert [row.type for row in Authenticator.objects.filter(user=made)] == [Authenticator.Type.WEBAUTHN]
    assert is_in(client)
    assert is_in(sign_in(key)), "it signs in alone from then on"
    assert client.get(BEGIN, {"next": "/fathom/"})["Location"] == "/fathom/", "who has an account needs none"


def test_where_nobody_may_sign_up_no_step_is_there(settings: Any) -> None:
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"sign_up": "closed"})
    for step in (BEGIN, CODE, MAKE):
        assert "Ask there to be invited" in words(Client().get(step)), step
        assert "Ask there to be invited" in words(Client().post(step, {"email": NORA})), step
    assert mail.outbox == []


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(target: str) -> None:
    assert signed_up(Key(), target).get(BEGIN)["Location"] == "/account/subscriptions"


def test_steps_are_not_jumped_over() -> None:
    client, key = Client(), Key()
    for step in (CODE, MAKE):
        assert client.get(step)["Location"] == BEGIN
    client.post(BEGIN, {"email": NORA})
    assert client.get(MAKE)["Location"] == BEGIN, "before the code was right"
    elsewhere = waiting(address="else@reader.example")
    assert client.post(MAKE, {"credential": key.made(options(elsewhere.get(MAKE)))})["Location"] == BEGIN
    assert not User.objects.filter(email=NORA).exists()
    with pytest.raises(ValueError, match="not shown"):
        passkey_account_create(waiting=Waiting(NORA, "x", "x", "x"), name="", credential={})


def test_a_code_is_tried_six_times_and_good_for_ten_minutes(settings: Any) -> None:
    client = Client()
    client.post(BEGIN, {"email": NORA})
    right = mailed_code()
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    assert "This code is wrong or too old." in words(client.post(CODE, {"code": wrong}))
    for _ in range(5):
        client.post(CODE, {"code": wrong})
    assert client.post(CODE, {"code": right}).status_code == 422, "even the right one, and from this visit or another"
    cache.clear()
    kept = client.session
    kept["passkey_sign_up"] = {
        **kept["passkey_sign_up"],
        "sent_at": (timezone.now() - timedelta(minutes=11)).isoformat(),
    }
    kept.save()
    assert client.post(CODE, {"code": right})["Location"] == BEGIN


def test_who_has_an_account_is_told_by_mail_alone() -> None:
    user_create(email=NORA, password=PASSWORD, is_confirmed=True)
    client, other = Client(), Client()
    known, new = client.post(BEGIN, {"email": NORA}), other.post(BEGIN, {"email": "new@reader.example"})
    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"])
    pages = [words(one.get(CODE)).replace(who, "") for one, who in ((client, NORA), (other, "new@reader.example"))]
    assert re.sub(r'value="\w+"', "", pages[0]) == re.sub(r'value="\w+"', "", pages[1])
    told = str(mail.outbox[0].body)
    assert "/account/login/" in told
    assert "/account/password/reset/" in told
    assert not re.search(r"\b\d{6}\b", told)
    assert "000000" not in words(client.post(CODE, {"code": "000000"})).partition("<main")[0]
    assert client.get(MAKE)["Location"] == BEGIN


def test_mails_end_where_one_address_gets_many() -> None:
    answers = [Client().post(BEGIN, {"email": NORA}) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [303] * 5 + [422] * 2
    assert len(mail.outbox) == 5
    assert f'value="{NORA}"' in words(answers[-1]), "what was typed is there"


def test_a_mail_server_that_is_away_is_said_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    answer = Client().post(BEGIN, {"email": NORA})
    assert answer.status_code == 422
    assert "The mail could not be sent." in words(answer)
    assert f'value="{NORA}"' in words(answer)


@pytest.mark.parametrize("broken", ["", "{}", "no json", '{"id": "x"}', "unverified", "another challenge"])
def test_what_is_no_passkey_makes_no_account(broken: str) -> None:
    client, key = waiting(), Key()
    asked = options(client.get(MAKE))
    if broken == "unverified":
        broken = key.made(asked, flags=0x01)  # a device that asked neither for finger nor for face
    elif broken == "another challenge":
        broken = key.made(options(waiting(address="else@reader.example").get(MAKE)))
    answer = client.post(MAKE, {"credential": broken})
    assert answer.status_code == 422
    assert "That did not work." in words(answer) or "not right" in words(answer)
    assert not User.objects.filter(email=NORA).exists()
    done = client.post(MAKE, {"credential": key.made(options(answer))})
    assert done.status_code == 302, "and it can be tried again"


def test_somebody_else_was_quicker() -> None:
    client, key = waiting(), Key()
    asked = options(client.get(MAKE))
    user_create(email=NORA, password=PASSWORD)
    answer = client.post(MAKE, {"credential": key.made(asked)})
    assert "Somebody already signs in with this e-mail address." in words(answer)
    assert not Authenticator.objects.exists()


def test_the_account_that_a_list_made_becomes_theirs() -> None:
    there = users_create(names={NORA: "Nora"})[NORA]
    key = Key()
    assert is_in(signed_up(key))
    assert User.objects.get(email=NORA).pk == there.pk
    assert EmailAddress.objects.get(user=there).verified
    assert is_in(sign_in(key))


def test_staff_are_not_taken_over(cast: Cast) -> None:
    cast.editor.set_unusable_password()
    cast.editor.save()
    Client().post(BEGIN, {"email": cast.editor.email})
    assert mail.outbox[-1].subject == "You have an account already"


def test_an_invitation_of_a_publisher_does_not_ask_them_for_a_password(cast: Cast) -> None:
    reader = reader_invite(by=cast.owner, publisher=cast.harbour, email=NORA)
    token = token_of(reader)
    assert Client().get(f"/account/join/{token}").status_code == 200
    signed_up(Key())
    assert Client().get(f"/account/join/{token}").status_code == 409


def back_by_mail() -> Any:
    """The link for a new password, followed to its form."""
    Client().post("/account/password/reset/", {"email": NORA})
    found = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    client = Client()
    page = client.get(found[1], follow=True)
    return client, page


def test_a_lost_passkey_is_replaced_by_mail() -> None:
    key = Key()
    before = signed_up(key)
    client, page = back_by_mail()
    assert "takes the place of your passkeys" in words(page)
    client.post(page.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    assert not is_in(before), "who holds the lost device is signed out"
    assert not is_in(sign_in(key)), "and does not get in again"
    login = Client().post("/account/login/", {"login": NORA, "password": PASSWORD})
    assert login["Location"] == "/account/subscriptions", "the password alone is enough"


def test_a_second_step_is_not_lost_by_mail() -> None:
    """Who has a password, too, made the passkey their second step: a mailbox that was broken into is no way around."""
    key = Key()
    client = signed_up(key)
    asked = client.get("/account/password/change/", follow=True)
    assert asked.redirect_chain[-1][0] == "/account/2fa/webauthn/reauthenticate/?next=%2Faccount%2Fpassword%2Fset%2F"
    typed = {"password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/account/password/set/", typed)["Location"] == asked.redirect_chain[-1][0]
    assert PASSWORD not in str(dict(client.session))
    page = client.post(
        asked.redirect_chain[-1][0],
        {"credential": key.given(options(asked)), "next": "/account/password/set/"},
        follow=True,
    )
    assert "Your account has no password so far." in words(page)
    set_one = client.post("/account/password/set/", typed)
    assert set_one["Location"] == "/account/2fa/recovery-codes/"
    codes = re.findall(r"<li><code>(\w+)</code>", words(client.get(set_one["Location"])))
    assert len(codes) == 10
    again, form = back_by_mail()
    assert "takes the place of your passkeys" not in words(form)
    again.post(form.redirect_chain[-1][0], {"password1": "harbour at dawn", "password2": "harbour at dawn"})
    other = Client()
    step = other.post("/account/login/", {"login": NORA, "password": "harbour at dawn"})
    assert step["Location"] == "/account/2fa/authenticate/"
    assert not is_in(other)
    other.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert is_in(other), "by one of the codes that stand in for it"


@pytest.mark.parametrize(("hours", "is_good"), [(23, True), (25, False)])
def test_the_link_for_a_new_password_is_good_for_a_day(
    hours: int, is_good: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    user_create(email=NORA, password=PASSWORD, is_confirmed=True)
    earlier = datetime.now() - timedelta(hours=hours)  # noqa: DTZ005 - as the generator of links reckons
    with monkeypatch.context() as patched:
        patched.setattr(PasswordResetTokenGenerator, "_now", lambda self: earlier)
        Client().post("/account/password/reset/", {"email": NORA})
    found = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    assert ("used before or is too old" not in words(Client().get(found[1], follow=True))) == is_good
