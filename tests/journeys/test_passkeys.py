"""Somebody makes a passkey and signs in with it alone, by the test key of the browser; and where they are signed in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from tests.journeys.conftest import PHONE, Look, axe_violations, serving_house
from tests.journeys.seeding import OWNER, PASSWORD

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a house by a name: browsers have no passkeys for numbers."""
    with serving_house(tmp_path_factory.mktemp("passkeys"), "seeding.py") as address:
        yield address.replace("127.0.0.1", "localhost")


def with_key(context: BrowserContext) -> Page:
    """A page of a browser that has an authenticator which always says yes."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    kind = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": kind})
    return page


def sign_in(page: Page, house: str) -> None:
    """With the password."""
    page.goto(f"{house}account/login/?next=/account/2fa/webauthn/")
    page.get_by_label("E-mail address").fill(OWNER)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def it_is_me(page: Page, then: Locator) -> None:
    """With the password once more, if that is asked before what comes then."""
    asked = page.get_by_role("heading", name="Is it you?")
    expect(asked.or_(then)).to_be_visible()  # a click does not wait until the next page is there
    if asked.is_visible():
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()


def test_from_a_password_to_a_passkey(browser: Browser, house: str, look: Look) -> None:
    context = browser.new_context(**PHONE)
    page = with_key(context)
    sign_in(page, house)
    expect(page.get_by_role("heading", name="Passkeys")).to_be_visible()
    look(page, "passkeys-none")
    page.get_by_role("link", name="Add a passkey").click()
    it_is_me(page, page.get_by_label("Name"))
    page.get_by_label("Name").fill("My phone")
    look(page, "passkeys-add")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/recovery-codes/**")
    page.goto(f"{house}account/2fa/webauthn/")
    expect(page.get_by_text("My phone")).to_be_visible()
    look(page, "passkeys-one")
    assert axe_violations(page) == []
    page.goto(f"{house}account/sessions/")
    expect(page.get_by_text("Chrome, Linux")).to_be_visible()
    page.goto(f"{house}account/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{house}account/login/?next=/account/sessions/")
    look(page, "passkeys-sign-in")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Where you are signed in")).to_be_visible()
    page.goto(f"{house}account/logout/")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, house)  # a password alone is not enough any more
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    look(page, "passkeys-second-step")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("My phone")).to_be_visible()
    page.get_by_role("link", name="Rename").click()
    it_is_me(page, page.get_by_label("Name"))
    page.get_by_label("Name").fill("Old phone")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Remove").click()
    warning = page.get_by_text("“Old phone” does not sign you in any more.")
    it_is_me(page, warning)
    expect(warning).to_be_visible()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("You have no passkey yet.")).to_be_visible()
    context.close()


def test_a_browser_without_the_key_says_so(browser: Browser, house: str, look: Look) -> None:
    context = browser.new_context()
    page = with_key(context)
    page.goto(f"{house}account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("That did not work.")).to_be_visible()
    look(page, "passkeys-refused")
    context.close()
