"""Somebody without an account comes in with a passkey from the first, reads, loses it, and comes back by mail."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import PHONE, Look, serving_house
from tests.journeys.post import Post
from tests.journeys.test_passkeys import with_key

pytestmark = pytest.mark.journey
NINA, NEW_PASSWORD = "nina@reader.example", "lamps along the mole"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, post: Post) -> Iterator[str]:
    """The address of a house with an edition for subscribers, by a name: browsers have no passkeys for numbers."""
    settings = {"MASTHEAD_MAIL": f"smtp://127.0.0.1:{post.port}", "MASTHEAD_HOSTS": "*"}
    with serving_house(tmp_path_factory.mktemp("house"), "way_in_seeding.py", **settings) as address:
        yield address.replace("127.0.0.1", "localhost")


def code_to(post: Post, address: str) -> str:
    body = post.mail_to(address).get_body(("plain",))
    assert body is not None
    found = re.search(r"^\d{6}(?=\r?$)", body.get_content(), re.MULTILINE)
    assert found is not None
    return found[0]


def sign_up(page: Page, post: Post, look: Look, address: str, *, wrong_first: bool = False) -> None:
    """From the form for an account to the page behind it."""
    page.get_by_label("E-mail address").fill(address)
    look(page, "choice")
    page.get_by_role("button", name="With a passkey instead").click()
    expect(page.get_by_text(f"We sent a mail to {address}.")).to_be_visible()
    if wrong_first:
        look(page, "code")
        page.get_by_label("Code from the mail").fill("no")
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_text("This code is wrong or too old.")).to_be_visible()
        look(page, "code-wrong")
    page.get_by_label("Code from the mail").fill(code_to(post, address))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text(f"{address} is yours.")).to_be_visible()
    look(page, "make")
    page.get_by_role("button", name="Make the passkey").click()


def test_from_the_wall_to_reading_and_back_in_when_it_is_lost(
    browser: Browser, house: str, post: Post, look: Look
) -> None:
    context = browser.new_context(**PHONE)
    page = with_key(context)
    page.goto(f"{house}fathom/no-1/page/4")
    page.locator(".way").get_by_role("link", name="Make an account").click()
    sign_up(page, post, look, NINA, wrong_first=True)
    page.wait_for_url("**/fathom/no-1/page/4")  # where she came from, and no password was ever asked for
    page.get_by_role("link", name="Use an access code").click()
    page.get_by_label("Access code").fill("ABCD-EFGH-JKLM")
    page.get_by_role("button", name="Use the code").click()
    page.wait_for_url("**/fathom/no-1/page/4")
    page.wait_for_selector("masthead-reader[data-ready] .page:not(.is-away) .page-picture")
    page.goto(f"{house}account/2fa/webauthn/")
    expect(page.get_by_text("Passkey", exact=True)).to_be_visible()
    page.goto(f"{house}account/password/change/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("Your account has no password so far.")).to_be_visible()
    look(page, "no-password")
    page.goto(f"{house}account/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{house}account/login/?next=/fathom/no-1/page/5")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/fathom/no-1/page/5")
    context.close()
    other = browser.new_context()  # a browser without the passkey
    page = with_key(other)
    page.goto(f"{house}account/login/")
    page.get_by_role("link", name="Lost your password or passkey?").click()
    look(page, "lost")
    page.get_by_label("E-mail address").fill(NINA)
    page.get_by_role("button", name="Send the link").click()
    page.goto(post.link_to(NINA).replace("127.0.0.1", "localhost"))
    expect(page.get_by_text("This password takes the place of your passkeys")).to_be_visible()
    look(page, "in-its-place")
    page.get_by_label("New password", exact=True).fill(NEW_PASSWORD)
    again = page.get_by_label("New password, once more")
    if again.is_visible():
        again.fill(NEW_PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    page.goto(f"{house}account/login/?next=/fathom/no-1/page/5")
    page.get_by_label("E-mail address").fill(NINA)
    page.get_by_label("Password", exact=True).fill(NEW_PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/fathom/no-1/page/5")
    other.close()


def test_it_fits_in_the_dark_from_the_right_and_says_no(browser: Browser, house: str, post: Post, look: Look) -> None:
    context = browser.new_context(color_scheme="dark", locale="ar")
    page = with_key(context)
    page.goto(f"{house}account/signup/")
    look(page, "choice-arabic", "phone")
    page.goto(f"{house}account/signup/passkey/")
    look(page, "address-arabic", "phone")
    page.locator("[name=email]").fill("salma@reader.example")
    page.locator("main button[type=submit]").first.click()
    expect(page.locator("[name=code]")).to_be_focused()
    look(page, "code-arabic", "phone")
    page.locator("[name=code]").fill(code_to(post, "salma@reader.example"))
    page.keyboard.press("Enter")
    page.locator("form[data-passkey] button").wait_for()
    look(page, "make-arabic", "phone")
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new DOMException('no')); }")
    page.locator("form[data-passkey] button").click()
    expect(page.locator("form[data-passkey] [role=alert]")).to_be_visible()
    look(page, "refused-arabic", "phone")
    context.close()


def test_a_browser_without_passkeys_is_led_to_a_password(browser: Browser, house: str, look: Look) -> None:
    context = browser.new_context(locale="de")
    page = context.new_page()
    page.add_init_script("delete window.PublicKeyCredential")
    page.goto(f"{house}account/signup/?next=/fathom/no-1/page/4")
    expect(page.get_by_role("button", name="Lieber mit einem Passkey")).to_be_hidden()
    page.goto(f"{house}account/signup/passkey/?next=/fathom/no-1/page/4")
    expect(page.get_by_text("Dieser Browser kennt keine Passkeys.")).to_be_visible()
    look(page, "without-german")
    page.get_by_role("link", name="Lieber mit einem Passwort").click()
    page.wait_for_url("**/account/signup/?next=*page*4")
    context.close()
