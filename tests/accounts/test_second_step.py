"""Signing in with two steps: switched on, asked for, lost and switched off, each screen in the house's words."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse
from tests.access.people import confirm
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db(transaction=True)  # what is said comes with the commit
LIBRARY = ("Two-Factor", "Authenticator", "Zwei-Faktor", "authenticator", "المصادقة الثنائية")
LANGUAGES = {"en": "The second step", "de": "Der zweite Schritt", "ar": "الخطوة الثانية"}


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


@pytest.fixture
def home() -> str:
    return reverse("mfa_index")


def signed_in_by_password(cast: Cast) -> Client:
    client = Client()
    client.post("/account/login/", {"login": cast.reader.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})  # what concerns the account asks once more
    return client


def own_words(page: str) -> str:
    """The page, which has nothing of the library's own words."""
    assert not [word for word in LIBRARY if word in re.sub(r"<[^>]*>", " ", page)]
    return page


def switched_on(client: Client) -> list[str]:
    page = own_words(client.get(reverse("mfa_activate_totp")).content.decode())
    secret = re.search(r'<code dir="ltr">(\w+)</code>', page)
    assert secret is not None
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    done = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret[1])}, follow=True).content.decode()
    assert "The second step is on." in own_words(done)
    return re.findall(r"<li><code>(\w+)</code>", done)


def test_it_is_switched_on_asked_for_and_switched_off(cast: Cast, home: str) -> None:
    confirm(cast.reader)
    client = signed_in_by_password(cast)
    assert "It is off." in own_words(client.get(home).content.decode())
    codes = switched_on(client)
    assert len(codes) == 10
    page = own_words(client.get(home).content.decode())
    assert "It is on." in page
    assert "10 codes are left" in page

    again = Client()
    asked = again.post("/account/login/", {"login": cast.reader.email, "password": PASSWORD}, follow=True)
    assert "The second step" in own_words(asked.content.decode())
    assert again.get("/account/subscriptions").status_code == 302
    wrong = again.post(reverse("mfa_authenticate"), {"code": "wrong"})
    assert "This code is not right" in own_words(wrong.content.decode())
    assert again.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 302
    assert again.get("/account/subscriptions").status_code == 200
    assert "9 codes are left" in own_words(again.get(home).content.decode())

    assert "stop working" in own_words(client.get(reverse("mfa_generate_recovery_codes")).content.decode())
    made = client.post(reverse("mfa_generate_recovery_codes"), follow=True).content.decode()
    assert "These are your new codes." in own_words(made)
    assert set(re.findall(r"<li><code>(\w+)</code>", made)).isdisjoint(codes)

    assert "alone is enough" in own_words(client.get(reverse("mfa_deactivate_totp")).content.decode())
    off = client.post(reverse("mfa_deactivate_totp"), follow=True).content.decode()
    assert "The second step is off." in own_words(off)
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_languages_of_the_house(cast: Cast, home: str, language: str) -> None:
    confirm(cast.reader)
    switched_on(signed_in_by_password(cast))
    client = Client(headers={"accept-language": language})
    page = client.post("/account/login/", {"login": cast.reader.email, "password": PASSWORD}, follow=True)
    assert LANGUAGES[language] in own_words(page.content.decode())
    assert f'lang="{language}"' in page.content.decode()
    wrong = client.post(reverse("mfa_authenticate"), {"code": "wrong"}).content.decode()
    assert ("This code is not right" in wrong) is (language == "en")
    own_words(wrong)
