"""What every template of the server's faces is given: words, language, the person, addresses of styles and scripts."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_datetime_format
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from masthead import wording
from masthead.access.identity.providers import has_domains, providers_of_the_house
from masthead.accounts.selectors import public_names, publishers_of
from masthead.exports.reader_files import FOLDER as READER_FOLDER
from masthead.faces.browsers import browser_named
from masthead.faces.languages import language_of
from masthead.faces.single_sign_on import start_address

FOLDER = Path(__file__).parent / "assets"
TOKENS = "tokens.css"


def context(request: HttpRequest) -> dict[str, Any]:
    """The values that the templates share."""
    words = wording.translator(language_of(request))

    def day(value: date) -> str:
        return day_in(value, words.language)

    def moment(value: datetime, time_zone: str = "UTC") -> str:
        return moment_in(value, words.language, time_zone)

    return {
        "t": words.text,
        "tn": words.plural,
        "language": words.language,
        "direction": words.direction,
        "asset": asset_address,
        "styles": {
            "tokens": asset_address(TOKENS),
            "house": asset_address("house.css"),
            "account": asset_address("account.css"),
        },
        "url": reverse,
        "day": day,
        "moment": moment,
        "person": person_of(request),
        "account_pages": _account_pages(words),
        "account_words": words.text("Your account"),
        "here": request.path,
        "house_name": house_name,
        "identity_buttons": lambda target: identity_buttons(request, target),
        "finds_organisations": has_domains,
        "browser_named": browser_named,
        "person_ways": lambda: _person_ways(words, person_of(request)),
        "signs_up": settings.MASTHEAD.sign_up == "open",
    }


def moment_in(value: datetime, language: str, time_zone: str) -> str:
    """Day and minute as people of the language write them, by the clocks of a time zone."""
    here = value.astimezone(ZoneInfo(time_zone))
    order = str(get_datetime_format("medium", locale=language)).replace("'", "")
    clock = format_time(here, "short", locale=language)  # the medium one has seconds
    return order.replace("{0}", clock).replace("{1}", format_date(here, "medium", locale=language))


def day_in(value: date, language: str) -> str:
    """A day as people of a language write it out."""
    return format_date(value, "long", locale=language)


def house_name() -> str:
    """What stands over the public pages: the publisher's name, or the program's where several share the house."""
    names = public_names()
    return names[0] if len(names) == 1 else "Masthead"


def identity_buttons(request: HttpRequest, target: str) -> list[tuple[str, str]]:
    """Address and name of each identity provider that the general page for signing in offers."""
    return [(start_address(request, row, target), row.name) for row in providers_of_the_house()]


def _person_ways(words: wording.Translator, person: Any) -> list[tuple[str, str]]:
    """Addresses and names of where whoever asks may go from any page of the site."""
    if person is None:
        return [(reverse("account_login"), words.text("Sign in"))]
    own = [(reverse("my-account"), words.text("Your account")), (reverse("account_logout"), words.text("Sign out"))]
    office = [(reverse("office"), words.text("Back office"))] if publishers_of(person) else []
    return [*office, *own]


def _account_pages(words: wording.Translator) -> list[tuple[str, str]]:
    """Addresses and names of the pages on which people look after their account."""
    return [
        (reverse("my-account"), words.text("Subscriptions")),
        (reverse("my-orders"), words.text("Orders")),
        (reverse("account-you"), words.text("You")),
        (reverse("account_email"), words.text("E-mail addresses")),
        (reverse("account_change_password"), words.text("Password")),
        (reverse("mfa_list_webauthn"), words.text("Passkeys")),
        (reverse("mfa_index"), words.text("Signing in with two steps")),
        (reverse("usersessions_list"), words.text("Where you are signed in")),
        (reverse("my-devices"), words.text("Devices")),
        (reverse("my-data"), words.text("Your data")),
    ]


def person_of(request: HttpRequest) -> Any:
    """Who asks; None for somebody who has not signed in."""
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def asset_address(name: str) -> str:
    """The address of a style or script, which changes with its content."""
    stem, _, ending = name.rpartition(".")
    return f"/assets/{stem}.{_version(name, _changed(name))}.{ending}"


def asset_bytes(name: str) -> bytes:
    """The content of a style or script; raises FileNotFoundError.

    The tokens of the design language are the reader's own file, set for the whole page instead of its element.
    """
    if name == TOKENS:
        file = READER_FOLDER / TOKENS
        return file.read_bytes().replace(b"masthead-reader", b":root") if file.is_file() else b""
    return (FOLDER / name).read_bytes()


def _changed(name: str) -> int:
    file = READER_FOLDER / TOKENS if name == TOKENS else FOLDER / name
    return file.stat().st_mtime_ns if file.is_file() else 0


@lru_cache(maxsize=64)
def _version(name: str, _state: int) -> str:
    return hashlib.sha256(asset_bytes(name)).hexdigest()[:12]
