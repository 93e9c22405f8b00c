"""Mails about accounts are the house's own: in its words and three languages, and nothing changes unheard."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import allauth
import pytest
from django.core.mail import EmailMessage
from django.test import RequestFactory
from tests.access.people import confirm
from tests.cast import PASSWORD, Cast, signed_in

from masthead.accounts.account_mails import WHAT_WORDS, account_mail

SAID = {
    "activate_url": "https://house.example/confirm",
    "password_reset_url": "https://house.example/reset",
    "signup_url": "https://house.example/signup",
    "from_email": "old@reader.example",
    "to_email": "new@reader.example",
    "deleted_email": "gone@reader.example",
    "ip": "192.0.2.1",
    "timestamp": datetime(2026, 11, 1, 9, 30, tzinfo=UTC),
}
BY_CODE = {"login_code", "password_reset_code", "email_confirm"}  # ways of the library that the house has not
TEMPLATES = Path(allauth.__file__).parent / "templates"
LIBRARY = sorted(
    f"{room}/email/{file.name.removesuffix('_subject.txt')}"
    for room in ("account", "mfa")
    for file in (TEMPLATES / room / "email").glob("*_subject.txt")
    if file.name.removesuffix("_subject.txt") not in BY_CODE
)


@pytest.mark.parametrize("language", ["en", "de", "ar"])
@pytest.mark.parametrize("template", LIBRARY)
def test_whatever_the_library_mails_is_said_in_our_words(template: str, language: str) -> None:
    mail = account_mail(RequestFactory().get("/"), template, "rita@reader.example", SAID, language)
    text = f"{mail.subject}\n{mail.body}"
    assert not re.search(r"[{}]", text), text
    assert "testserver" in text
    assert mail.to == ["rita@reader.example"]
    assert mail.extra_headers["Content-Language"] == language
    if language != "en":
        assert mail.body != account_mail(RequestFactory().get("/"), template, "", SAID, "en").body
    if template in WHAT_WORDS:
        assert "192.0.2.1" in mail.body


@pytest.mark.django_db
def test_whoever_did_not_change_the_password_hears_of_it(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    browser = signed_in(confirm(cast.reader))
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    fields = {"oldpassword": PASSWORD, "password1": "another lantern 7", "password2": "another lantern 7"}
    answer = browser.post("/account/password/change/", fields, headers={"Accept-Language": "de"})
    assert answer.status_code == 302
    (mail,) = mailoutbox
    assert mail.to == ["rita@reader.example"]
    assert "Das Passwort Ihres Kontos wurde geändert." in mail.body
    assert "http://testserver/account/password/reset/" in mail.body
