"""What every answer of every route must carry: taken from the URL table, so that no new route can be forgotten."""

from __future__ import annotations

import re
from http import HTTPStatus
from pathlib import Path

import pytest
from django.http import HttpResponseBase
from django.test import Client
from tests.cast import PASSWORD, Cast, ready_edition, signed_in
from tests.hardening.routes import Route, known_of, routes

from masthead.config.house import django_settings_of_house
from masthead.config.settings import Settings
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish

# Who sends to these has not seen a page of ours; each says beside its view why nothing can be forged.
SENT_FROM_ELSEWHERE = {
    *("identity-answer", "identity-sign-out", "order-payment"),  # signed by who sends it
    *("no-mail", "comment-mail", "edition-count"),  # can do no harm
}
# Sources that each directive may name; whatever else stands in a policy has to be put here by hand.
SOURCES = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "img-src": {"'self'", "data:", "blob:"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "frame-src": {"'self'"},
    "media-src": {"'self'"},
    "worker-src": {"'self'"},
    "manifest-src": {"'self'"},
    "base-uri": {"'none'"},
    "form-action": {"'self'"},
}
# Only pages of an edition may stand in frames of other sites, where its publisher lets them.
IN_FRAMES = re.compile(
    r"(edition(-page|-article|-articles|-pages|-embed|-file|-tile|-clipping|-[a-z0-9-]+)?|overlay-.*"
    r"|iiif-(image|information|manifest|picture)|edition-opds)"
)
HASHED_STYLES = re.compile(r"'self'( 'sha256-[A-Za-z0-9+/=]+')+")


@pytest.fixture
def live(cast: Cast, data: Path) -> Edition:
    return edition_publish(by=cast.owner, edition=ready_edition(cast, data))


def assert_guarded(answer: HttpResponseBase, route: Route) -> None:
    """The headers of one answer."""
    where = f"{route.template} {answer.status_code}"
    assert answer.status_code not in (500, 502), where
    assert answer["X-Content-Type-Options"] == "nosniff", where
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin", where
    assert "camera=()" in answer["Permissions-Policy"], where
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin", where
    assert re.fullmatch("[0-9a-f]{12}", answer["X-Request-Id"]), where
    assert answer.has_header("Content-Type"), where
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    ancestors, styles = policy.pop("frame-ancestors"), policy.pop("style-src")
    assert HASHED_STYLES.fullmatch(styles), where
    assert {name: set(said.split()) for name, said in policy.items()} == SOURCES, where
    if ancestors != "'none'":
        assert IN_FRAMES.fullmatch(route.name), where
    if "private" in answer.get("Cache-Control", "") or "no-store" in answer.get("Cache-Control", ""):
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin", where
        assert not answer.has_header("Access-Control-Allow-Origin"), where
    for cookie in answer.cookies.values():
        assert cookie["samesite"] == "Lax", where
        assert cookie["httponly"] or cookie.key == "signed-in", where


@pytest.mark.parametrize("who", ["nobody", "owner"])
def test_every_route_answers_with_all_headers(cast: Cast, live: Edition, who: str) -> None:
    client = signed_in(cast.people()[who])
    seen = set()
    for route in routes():
        answer = client.get(route.address(known_of(live, route)))
        assert_guarded(answer, route)
        answer.close()
        seen.add(answer.status_code // 100)
        if "private" not in answer.get("Cache-Control", "") and who == "owner":
            assert b"emil@harbour.example" not in getattr(answer, "content", b""), route.template
        if not client.session.get("_auth_user_id") and who == "owner":
            client = signed_in(cast.owner)  # it was the route that signs out
    assert seen >= {2, 3, 4}


def test_no_route_takes_a_form_without_the_token_of_its_page(cast: Cast, live: Edition) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(cast.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    exempt = {route.name for route in routes() if route.is_exempt and not route.template.startswith("api/")}
    assert exempt == SENT_FROM_ELSEWHERE
    tried = 0
    for route in routes():
        if route.is_exempt:
            continue
        answer = client.post(route.address(known_of(live, route)))
        assert answer.status_code == HTTPStatus.FORBIDDEN, route.template
        assert b"too old" in answer.content, route.template
        assert_guarded(answer, route)
        tried += 1
    assert tried > 150


def test_the_api_knows_no_cookies(cast: Cast, live: Edition) -> None:
    client = signed_in(cast.owner)
    closed = 0
    for route in routes():
        if route.template.startswith("api/v1/") and route.name not in ("api-openapi", "api-reference"):
            assert client.get(route.address({})).status_code == HTTPStatus.UNAUTHORIZED, route.template
            closed += 1
    assert closed > 30


@pytest.mark.usefixtures("live")
def test_no_route_answers_to_a_stranger_s_name(settings: object) -> None:
    settings.ALLOWED_HOSTS = ["read.example"]  # type: ignore[attr-defined]
    client = Client(raise_request_exception=False)
    for route in routes():
        answer = client.get(route.address({}), headers={"host": "evil.example"})
        assert answer.status_code == HTTPStatus.BAD_REQUEST, route.template
        assert b"evil.example" not in answer.content, route.template
    for names in ({"host": "read.example", "x-forwarded-host": "evil.example"}, {"host": "read.example:99999"}):
        answer = client.get("/", headers=names)
        assert b"evil.example" not in answer.content


def test_what_is_mailed_for_a_new_password_leads_to_our_own_name(cast: Cast, settings: object) -> None:
    from django.core import mail

    settings.ALLOWED_HOSTS = ["read.example"]  # type: ignore[attr-defined]
    asked = {"email": "emil@harbour.example"}
    headers = {"host": "read.example", "x-forwarded-host": "evil.example", "origin": "http://read.example"}
    Client().post("/account/password/reset/", asked, headers=headers)
    assert "http://read.example/account/password/reset/key/" in mail.outbox[0].body
    assert "evil" not in mail.outbox[0].body


def test_cookies_stay_with_the_house_and_out_of_reach_of_scripts() -> None:
    made = django_settings_of_house(Settings(origin="https://read.example"))
    for kind in ("SESSION", "CSRF"):
        assert made[f"{kind}_COOKIE_NAME"].startswith("__Host-")
        assert made[f"{kind}_COOKIE_SECURE"] is True
        assert made[f"{kind}_COOKIE_HTTPONLY"] is True
        assert made[f"{kind}_COOKIE_SAMESITE"] == "Lax"
        assert f"{kind}_COOKIE_DOMAIN" not in made, "the prefix forbids a domain"
    assert made["CSRF_TRUSTED_ORIGINS"] == ["https://read.example"]
    assert made["SECURE_PROXY_SSL_HEADER"] is None, "nobody is believed unless the operator says so"
    assert not made["DEBUG"]


@pytest.mark.django_db
def test_a_session_begins_anew_when_somebody_signs_in(cast: Cast) -> None:
    client = Client()
    client.get("/account/login/")
    session = client.session
    session["kept"] = "before"
    session.save()
    before = session.session_key
    client.cookies["session"] = before
    client.post("/account/login/", {"login": "emil@harbour.example", "password": PASSWORD})
    assert client.cookies["session"].value != before


def test_https_is_asked_for_where_the_house_has_it(cast: Cast, settings: object) -> None:
    house = settings.MASTHEAD.model_copy(update={"origin": "https://read.example"})  # type: ignore[attr-defined]
    settings.MASTHEAD = house  # type: ignore[attr-defined]
    answer = Client().get("/", secure=True)
    assert answer["Strict-Transport-Security"] == "max-age=31536000"
