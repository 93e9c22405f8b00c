"""Every address of the house, tried by everybody: tenants are sealed, and no route can be forgotten here."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_resolver
from tests.cast import PASSWORD, Cast, ready_edition, signed_in
from tests.house.test_announcing import public_routes

from masthead.accounts.selectors import Staff
from masthead.backoffice.setting_up import set_up_address
from masthead.library.selectors import Edition, Publication
from masthead.library.services import edition_publish, edition_withdraw
from masthead.library.states import State
from masthead.production.arrivals import arrival_take
from masthead.production.selectors import Arrival

# What stands where in an address, for one house's edition.
OFFICE = [
    ("office/houses/{house}/", "GET"),
    ("office/houses/{house}/publications/new", "GET"),
    ("office/publications/{publication}/", "GET"),
    ("office/publications/{publication}/editions/new", "GET"),
    ("office/editions/{edition}/", "GET"),
    ("office/editions/{edition}/progress", "GET"),
    ("office/editions/{edition}/publish", "POST"),
    ("office/editions/{edition}/withdraw", "POST"),
    ("office/editions/{edition}/schedule", "POST"),
    ("office/editions/{edition}/unschedule", "POST"),
    ("office/houses/{house}/editions", "GET"),
    ("office/houses/{house}/editions.csv", "GET"),
    ("office/houses/{house}/editions/change", "POST"),
    ("office/houses/{house}/shelves", "GET"),
    ("office/houses/{house}/shelves/{shelf}", "GET"),
    ("office/houses/{house}/shelves/{shelf}/remove", "POST"),
    ("office/houses/{house}/categories/{category}", "GET"),
    ("office/houses/{house}/staff", "GET"),
    ("office/houses/{house}/staff/{role}", "GET"),
    ("office/houses/{house}/staff/{role}/remove", "POST"),
    ("office/houses/{house}/invitations/{invitation}/remove", "POST"),
    ("office/houses/{house}/tokens", "GET"),
    ("office/houses/{house}/tokens/{token}/revoke", "POST"),
    ("office/houses/{house}/webhooks", "GET"),
    ("office/houses/{house}/webhooks/{webhook}", "GET"),
    ("office/houses/{house}/webhooks/{webhook}/{deed}", "POST"),
    ("office/houses/{house}/webhooks/{webhook}/deliveries/{delivery}/again", "POST"),
    ("office/houses/{house}/log", "GET"),
    ("office/houses/{house}/log.csv", "GET"),
    ("office/houses/{house}/leaving", "GET"),
    ("office/houses/{house}/leaving/{leaving}", "GET"),
    ("office/houses/{house}/settings", "GET"),
    ("office/editions/{edition}/recipients", "GET"),
    ("office/editions/{edition}/recipients", "POST"),
    ("office/editions/{edition}/recipients.csv", "GET"),
    ("office/houses/{house}/comments", "GET"),
    ("office/houses/{house}/comments", "POST"),
    ("office/houses/{house}/comments.csv", "GET"),
    ("office/houses/{house}/comments/rules", "GET"),
    ("office/houses/{house}/comments/rules", "POST"),
    ("office/houses/{house}/comments/{comment}/block", "POST"),
    ("office/houses/{house}/statistics", "GET"),
    ("office/houses/{house}/statistics.csv", "GET"),
    ("office/publications/{publication}/statistics", "GET"),
    ("office/publications/{publication}/statistics.csv", "GET"),
    ("office/editions/{edition}/statistics", "GET"),
    ("office/editions/{edition}/statistics.csv", "GET"),
    ("office/houses/{house}/counter", "GET"),
    ("office/houses/{house}/counter/{report}.{form}", "GET"),
    ("office/publications/{publication}/particulars", "GET"),
    ("office/publications/{publication}/reading", "GET"),
    ("office/publications/{publication}/look", "GET"),
    ("office/publications/{publication}/look/contrast", "GET"),
    ("office/publications/{publication}/look/logo", "POST"),
    ("office/publications/{publication}/look/icon", "POST"),
    ("office/publications/{publication}/look/typefaces/{use}", "POST"),
    ("office/publications/{publication}/words", "GET"),
    ("office/publications/{publication}/domain", "GET"),
    ("office/editions/{edition}/particulars", "GET"),
    ("office/editions/{edition}/reading", "GET"),
    ("office/publications/{publication}/advertisements", "GET"),
    ("office/publications/{publication}/advertisements.csv", "GET"),
    ("office/editions/{edition}/advertisements", "GET"),
    ("office/editions/{edition}/advertisements.csv", "GET"),
    ("office/editions/{edition}/advertisements/found", "GET"),
    ("office/editions/{edition}/advertisements/found", "POST"),
    ("office/houses/{house}/advertisers", "GET"),
    ("office/houses/{house}/advertisers.csv", "GET"),
    ("office/editions/{edition}/reading/as", "POST"),
    ("office/editions/{edition}/overlays/", "GET"),
    ("office/editions/{edition}/overlays/products", "GET"),
    ("office/editions/{edition}/overlays/products", "POST"),
    ("office/editions/{edition}/overlays/new", "GET"),
    ("office/editions/{edition}/overlays/new", "POST"),
    ("office/editions/{edition}/overlays/step", "POST"),
    ("office/editions/{edition}/overlays/files/{name}.{ending}", "GET"),
    ("office/editions/{edition}/overlays/{overlay}", "GET"),
    ("office/editions/{edition}/overlays/{overlay}", "POST"),
    ("office/editions/{edition}/overlays/{overlay}/move", "POST"),
    ("office/editions/{edition}/overlays/{overlay}/remove", "POST"),
    ("office/editions/{edition}/links/", "GET"),
    ("office/editions/{edition}/links/check", "POST"),
    ("office/editions/{edition}/links/change", "POST"),
    ("office/editions/{edition}/share", "GET"),
    ("office/editions/{edition}/qr.svg", "GET"),
    ("office/editions/{edition}/qr.png", "GET"),
    ("office/editions/{edition}/proof/{link}/revoke", "POST"),
    ("office/editions/{edition}/withdraw-later", "POST"),
    ("office/editions/{edition}/conversions/{conversion}/cancel", "POST"),
    ("office/editions/{edition}/conversions/{conversion}/first", "POST"),
    ("office/editions/{edition}/conversions/{conversion}/retry", "POST"),
    ("office/houses/{house}/arrivals", "POST"),
    ("office/arrivals/{arrival}", "HEAD"),
    ("office/arrivals/{arrival}", "PATCH"),
    ("office/arrivals/{arrival}", "DELETE"),
    ("office/arrivals/{arrival}/row", "GET"),
    ("office/arrivals/{arrival}/verdict", "GET"),
    ("office/arrivals/{arrival}/remove", "POST"),
    ("office/arrivals/{arrival}/unlock", "POST"),
    ("office/houses/{house}/upload", "GET"),
    ("office/houses/{house}/upload", "POST"),
    ("office/houses/{house}/upload/template", "GET"),
    ("office/houses/{house}/upload/sheet", "POST"),
    ("office/houses/{house}/upload/start", "POST"),
    ("office/editions/{edition}/replace", "GET"),
    ("office/editions/{edition}/replace", "POST"),
    ("office/editions/{edition}/builds/", "GET"),
    ("office/editions/{edition}/builds/{build_row}/choose", "POST"),
    ("office/editions/{edition}/builds/{build_row}/remove", "POST"),
    ("office/editions/{edition}/convert", "POST"),
    ("office/editions/{edition}/delete", "POST"),
    ("office/editions/{edition}/restore", "POST"),
    ("office/publications/{publication}/delete", "POST"),
    ("office/publications/{publication}/restore", "POST"),
    ("office/houses/{house}/deleted", "GET"),
    ("office/publications/{publication}/ordering", "GET"),
    ("office/editions/{edition}/ordering", "GET"),
    ("office/publications/{publication}/terms", "GET"),
    ("office/editions/{edition}/terms", "GET"),
    ("office/houses/{house}/readers", "GET"),
    ("office/houses/{house}/readers.csv", "GET"),
    ("office/houses/{house}/readers/import", "GET"),
    ("office/houses/{house}/readers/import/template", "GET"),
    ("office/houses/{house}/readers/import/problems", "GET"),
    ("office/houses/{house}/readers/{reader}", "GET"),
    ("office/houses/{house}/subscriptions", "GET"),
    ("office/houses/{house}/subscriptions/{subscription}", "GET"),
    ("office/houses/{house}/codes", "GET"),
    ("office/houses/{house}/codes.csv", "GET"),
    ("office/houses/{house}/codes/{code}/revoke", "POST"),
    ("office/houses/{house}/identity", "GET"),
    ("office/houses/{house}/identity/{provider}", "GET"),
    ("office/houses/{house}/identity/{provider}/test", "GET"),
    ("office/houses/{house}/identity/{provider}/refresh", "POST"),
    ("office/houses/{house}/identity/{provider}/own-key", "POST"),
    ("office/houses/{house}/identity/{provider}/remove", "POST"),
    ("office/houses/{house}/identity/{provider}/tries/{attempt}", "GET"),
    ("office/houses/{house}/sites/{provider}", "GET"),
    ("office/houses/{house}/sites/{provider}/keys/{key}/revoke", "POST"),
    ("office/editions/{edition}/corrections", "GET"),
    ("office/editions/{edition}/corrections/apply", "POST"),
    ("office/editions/{edition}/corrections/undo", "POST"),
    ("office/editions/{edition}/corrections/restore", "POST"),
    ("office/editions/{edition}/articles", "GET"),
    ("office/editions/{edition}/articles/{article}", "GET"),
    ("office/editions/{edition}/articles/{article}", "POST"),
    ("office/editions/{edition}/articles/{article}/preview", "GET"),
    ("office/editions/{edition}/text/{page}", "GET"),
    ("office/editions/{edition}/text/{page}", "POST"),
    ("office/editions/{edition}/pages", "GET"),
    ("office/editions/{edition}/pages", "POST"),
    ("office/editions/{edition}/pages/{page}/replace", "GET"),
    ("office/editions/{edition}/contents", "GET"),
    ("office/editions/{edition}/contents", "POST"),
    ("office/editions/{edition}/accessibility", "GET"),
    ("office/publications/{publication}/accessibility", "GET"),
    ("office/publications/{publication}/template", "GET"),
    ("office/publications/{publication}/template", "POST"),
    ("office/publications/{publication}/products", "GET"),
    ("office/publications/{publication}/products.csv", "GET"),
    ("office/publications/{publication}/products/new", "GET"),
    ("office/publications/{publication}/products/new", "POST"),
    ("office/publications/{publication}/products/import", "GET"),
    ("office/publications/{publication}/products/import", "POST"),
    ("office/publications/{publication}/products/import/template", "GET"),
    ("office/publications/{publication}/products/import/problems", "GET"),
    ("office/publications/{publication}/products/{product}", "GET"),
    ("office/publications/{publication}/products/{product}/remove", "POST"),
    ("office/publications/{publication}/forms", "GET"),
    ("office/publications/{publication}/forms/new", "GET"),
    ("office/publications/{publication}/forms/new", "POST"),
    ("office/publications/{publication}/forms/{form}", "GET"),
    ("office/publications/{publication}/forms/{form}", "POST"),
    ("office/publications/{publication}/forms/{form}/preview", "GET"),
    ("office/publications/{publication}/forms/{form}/answers", "GET"),
    ("office/publications/{publication}/forms/{form}/answers.{ending}", "GET"),
    ("office/publications/{publication}/forms/{form}/answers/{answer}", "GET"),
    ("office/publications/{publication}/forms/{form}/answers/{answer}", "POST"),
    ("office/publications/{publication}/forms/{form}/fields/new", "GET"),
    ("office/publications/{publication}/forms/{form}/fields/{field}", "GET"),
    ("office/publications/{publication}/forms/{form}/fields/{field}/{deed}", "POST"),
    ("office/publications/{publication}/forms/{form}/{deed}", "POST"),
    ("office/houses/{house}/answers", "GET"),
    ("office/houses/{house}/answers", "POST"),
    ("office/publications/{publication}/products/feed", "GET"),
    ("office/publications/{publication}/products/feed/fetch", "POST"),
    ("office/publications/{publication}/products/feed/remove", "POST"),
    ("office/publications/{publication}/products/{product}/picture", "POST"),
    ("office/publications/{publication}/checkout", "GET"),
    ("office/publications/{publication}/checkout/rotate", "POST"),
    ("office/publications/{publication}/prices", "GET"),
    ("office/publications/{publication}/prices/{price_list}", "GET"),
    ("office/publications/{publication}/prices/{price_list}/remove", "POST"),
    ("office/houses/{house}/orders", "GET"),
    ("office/houses/{house}/orders.{form}", "GET"),
    ("office/houses/{house}/orders/change", "POST"),
    ("office/houses/{house}/orders/{order}", "GET"),
    ("office/houses/{house}/orders/{order}", "POST"),
]
UNKNOWN = (
    *("conversion", "shelf", "category", "role", "invitation", "link", "reader", "subscription", "code"),
    *("token", "webhook", "deed", "delivery", "overlay", "name", "ending", "report", "form", "article", "page"),
    *("provider", "attempt", "product", "comment", "answer", "field", "order", "price_list", "key", "leaving", "use"),
)
READING = ["", "page/2", "pages", "articles", "article/none", "b/{build}/manifest.json", "b/{build}/text/2.html"]
OPEN = {
    "",
    "health",
    "ready",
    "metrics",
    "version",
    "robots.txt",
    "favicon.svg",
    "favicon.ico",
    "office/",
    "office/you",
}


def routes() -> set[str]:
    """All routes of our own rooms, as the URL table has them."""
    found = set()
    for part in get_resolver("masthead.config.urls").url_patterns:
        for pattern in getattr(part, "url_patterns", []):
            if not str(getattr(pattern, "lookup_str", "")).startswith("allauth"):
                found.add(str(part.pattern) + str(pattern.pattern))
    return {route for route in found if not route.startswith(("account/", "api/"))}  # tests/api tries its own


def values_of(edition: Edition) -> dict[str, str]:
    """What stands in the addresses, with an upload that has arrived; what nobody made is called none."""
    publication = edition.publication
    build = edition.build.build_id if edition.build else ""
    arrival = arrival_take(
        by=Staff.objects.filter(publisher=publication.publisher).earliest("created_at").user,
        publisher=publication.publisher,
        name="fathom.pdf",
        stream=BytesIO(b"%PDF-1.7"),
    )
    values = {"house": publication.publisher.slug, "publication": publication.pk, "edition": edition.pk}
    known = {"build": build, "build_row": str(edition.build_id), "arrival": arrival.pk}
    return {**values, **known, **dict.fromkeys(UNKNOWN, "none")}


def test_every_route_is_tried_here() -> None:
    tried = {route.replace("_row}", "}").replace("{", "<slug:").replace("}", ">") for route, _ in OFFICE} | OPEN
    public = set(public_routes())  # all of these are tried in tests/house/test_announcing.py
    by_link = {"setup/<str:token>", "invitation/<str:token>"}
    assert {route for route in routes() - tried - public if not route.startswith("brand/")} == by_link


@pytest.mark.parametrize("who", ["outsider", "reader", "nobody"])
def test_the_back_office_is_closed_to_others(cast: Cast, data: Path, who: str) -> None:
    """Nothing of the house changes, so that one house is enough for all addresses."""
    edition = ready_edition(cast, data)
    client, values = signed_in(cast.people()[who]), values_of(edition)
    for route, method in OFFICE:
        answer = client.generic(method, "/" + route.format(**values), headers={"Tus-Resumable": "1.0.0"})
        tried = f"{method} {route}"
        if who == "nobody":
            assert answer.status_code == 302, tried
            assert answer["Location"].startswith("/account/login/"), tried
        else:
            assert answer.status_code == 404, tried
        assert b"Fathom" not in answer.content, tried
        assert Edition.objects.get().state == State.READY, tried
        assert Publication.objects.exists(), tried
        assert Arrival.objects.filter(state="here").exists(), tried


def test_every_page_opens_for_the_owner_and_what_only_owners_may_for_nobody_else(cast: Cast, data: Path) -> None:
    edition = ready_edition(cast, data)
    owner, shop, values = signed_in(cast.owner), signed_in(cast.shop), values_of(edition)
    for route in [route for route, method in OFFICE if method == "GET"]:
        unknown = any(f"{{{name}}}" in route for name in UNKNOWN)
        address = "/" + route.format(**values)
        answer = owner.get(address)
        assert answer.status_code == (404 if unknown else 200), route
        for_owners = any(
            part in route
            for part in ("/staff", "/log", "/settings", "/leaving", "/shelves", "/look", "/particulars", "/tokens")
        )
        if for_owners and not unknown and not route.endswith("contrast"):
            assert shop.get(address).status_code == 403, route


@pytest.mark.parametrize("path", READING)
def test_an_edition_is_read_when_it_is_live_and_by_its_staff_before(cast: Cast, data: Path, path: str) -> None:
    edition = ready_edition(cast, data)
    address = f"/fathom/no-1/{path}".format(build=edition.build and edition.build.build_id)
    fine = 404 if path == "article/none" else 200
    for name, person in cast.people().items():
        answer = signed_in(person).get(address)
        answer.close()
        is_staff = name in ("owner", "editor", "shop")
        assert answer.status_code == (fine if is_staff else 404), name
        if is_staff and fine == 200:
            assert answer["Cache-Control"] == "private, no-store"
            assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    edition_publish(by=cast.owner, edition=edition)
    live = signed_in(None).get(address)
    live.close()
    assert live.status_code == fine
    edition_withdraw(by=cast.owner, edition=edition)
    assert signed_in(None).get(address).status_code == 410
    assert signed_in(cast.outsider).get(address).status_code == 410


def test_the_current_issue_and_the_archive(cast: Cast, data: Path) -> None:
    assert Client().get("/fathom/current").status_code == 404
    edition_publish(by=cast.owner, edition=ready_edition(cast, data))
    assert Client().get("/fathom/current")["Location"] == "/fathom/no-1/"
    assert b"No. 1" in Client().get("/fathom/").content
    assert b"Fathom" in Client().get("/").content


def test_publishing_by_hand(cast: Cast, data: Path) -> None:
    edition = ready_edition(cast, data)
    client, home = signed_in(cast.editor), f"/office/editions/{edition.pk}/"
    assert b"Publish now" in client.get(home).content
    assert client.post(f"{home}publish", follow=True).status_code == 200
    assert Edition.objects.get().state == State.LIVE
    assert client.post(f"{home}publish").status_code == 409  # somebody pressed twice
    shop = signed_in(cast.shop)
    assert b"Withdraw" not in shop.get(home).content
    assert shop.post(f"{home}withdraw").status_code == 403
    assert client.post(f"{home}withdraw", follow=True).status_code == 200
    assert Edition.objects.get().state == State.WITHDRAWN


def test_forms_need_their_token(cast: Cast, data: Path) -> None:
    edition = ready_edition(cast, data)
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.editor, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.post(f"/office/editions/{edition.pk}/publish")
    assert answer.status_code == 403
    assert b"too old" in answer.content


def test_signing_in_and_the_limit_on_trying(cast: Cast) -> None:
    client = Client()
    right = {"login": "Emil@harbour.example", "password": PASSWORD}
    assert client.post("/account/login/", right)["Location"] == "/office/"
    stranger = Client()
    answers = [stranger.post("/account/login/", {**right, "password": "no"}).content for _ in range(8)]
    assert b"That was too often wrong" in answers[-1]
    assert stranger.post("/account/login/", right).status_code == 200  # even the right one has to wait now


@pytest.mark.django_db
def test_a_house_is_set_up_once_with_its_address() -> None:
    address = set_up_address()
    said = {"house": "Harbour", "name": "Olga", "email": "olga@harbour.example", "password": PASSWORD}
    assert Client().get("/setup/guessed").status_code == 404
    assert b"too common" in Client().post(address, {**said, "password": "password123"}).content
    assert Client().post(address, said)["Location"] == "/office/"
    assert Client(raise_request_exception=False).post(address, said).status_code == 409
