"""From the wall to reading: free pages, signing in and up, a forgotten password, devices; and the office behind it."""

from __future__ import annotations

import email
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import policy
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Page
from tests.journeys.conftest import EDITION, PHONE, ROOT, OpenReader, axe_violations, wait_until_answered

pytestmark = pytest.mark.journey
PASSWORD = "lantern over water"
Keep = Callable[[Page, str], None]

STOCK = """
import shutil, sys
from datetime import date
import django
from masthead.command.house import prepare_database, prepare_folder
from masthead.config.settings import load_settings
settings = load_settings()
prepare_folder(settings)
django.setup()
prepare_database(settings)
from allauth.account.models import EmailAddress
from masthead.access.codes import codes_create
from masthead.access.models import AccessCode
from masthead.access.readers import reader_know
from masthead.access.setting_terms import terms_set
from masthead.access.subscribing import period_give, subscription_create
from masthead.accounts.selectors import Publisher
from masthead.accounts.services import house_set_up, user_create
from masthead.edition.folder import read_edition
from masthead.library import services
owner = house_set_up(house="Harbour Press", name="Olga", email="olga@harbour.example", password="lantern over water")
harbour = Publisher.objects.get()
fathom = services.publication_create(by=owner, publisher=harbour, name="Fathom", description="Of ships and lamps.")
editions = []
for number in (1, 2):
    edition = services.edition_create(by=owner, publication=fathom, label=f"No. {number}", date=date(2026, 3, number))
    folder = f"editions/{edition.pk}/made"
    shutil.copytree(sys.argv[1], settings.data / folder)
    made = read_edition(settings.data / folder)
    services.build_add(edition_id=edition.pk, build_id=made.build, folder=folder, pages=made.page_count,
                       failures=0, version="0")
    editions.append(services.edition_publish(by=owner, edition=edition))
terms_set(by=owner, of=editions[0], parts={"ways": {"ways": ["subscription", "addresses"], "ranges": ["192.0.2.0/24"]},
                                           "free": "1-3, 9"})
terms_set(by=owner, of=editions[1], parts={"ways": {"ways": ["password"]}, "free": ""}, password="lighthouse")
web = subscription_create(by=owner, publisher=harbour, name="Fathom on the web", kind="club", publications=[fathom],
                          device_limit=1, reminder_days=14)
for name, confirmed in (("rita", True), ("otto", True)):
    user = user_create(email=f"{name}@reader.example", password="lantern over water", name=name.title(),
                       is_confirmed=confirmed)
    reader_know(publisher=harbour, user=user, came_by="sign_up")
    ends = None if name == "rita" else date(2026, 1, 31)
    period_give(by=owner, subscription=web, user=user, starts=date(2025, 1, 1), ends=ends)
codes_create(by=owner, publisher=harbour, name="Trade fair", subscription=web, number=3, uses=5, days=30)
AccessCode.objects.filter(code=AccessCode.objects.first().code).update(code="ABCDEFGHJKLM")
"""


@dataclass
class Post:
    """Mails that came."""

    mails: list[tuple[str, str]] = field(default_factory=list)
    port: int = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        message = email.message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append((envelope.rcpt_tos[0], message.get_body(("plain",)).get_content()))  # type: ignore[union-attr]
        return "250 OK"

    def link_to(self, address: str) -> str:
        """The last link that was sent to an address."""
        end = time.monotonic() + 10
        while time.monotonic() < end:
            for to, text in reversed(self.mails):
                found = re.search(r"http://\S+", text)
                if to == address and found:
                    return found[0]
            time.sleep(0.1)
        raise AssertionError(f"no mail for {address}")


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    caught = Post()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        caught.port = free.getsockname()[1]
    controller = Controller(caught, hostname="127.0.0.1", port=caught.port)
    controller.start()
    yield caught
    controller.stop()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, post: Post) -> Iterator[str]:
    """The address of a house with one edition for subscribers and one with a password."""
    data = tmp_path_factory.mktemp("house")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("MASTHEAD_")},
        "MASTHEAD_DATA": str(data),
        "MASTHEAD_CACHE": str(data / "cache"),
        "MASTHEAD_HOSTS": "*",
        "MASTHEAD_CONVERSIONS": "0",
        "MASTHEAD_WEB_PROCESSES": "1",
        "MASTHEAD_MAIL": f"smtp://127.0.0.1:{post.port}",
        "DJANGO_SETTINGS_MODULE": "masthead.config.house_settings",
        "PYTHONUNBUFFERED": "1",
    }
    subprocess.run([sys.executable, "-c", STOCK, str(EDITION)], env=environment, check=True, timeout=120)
    command = [str(ROOT / "bin/masthead"), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        found = re.search(r"http://[^/\s]+", process.stdout.readline())
        assert found is not None
        wait_until_answered(f"{found[0]}/ready", 90)
        yield found[0]
        process.terminate()
        process.wait(40)


def open_page(open_reader: OpenReader, house: str, path: str, **more: Any) -> Page:
    return open_reader(path, at=house, ready=False, **more)


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("E-mail address").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def assert_clear(page: Page) -> None:
    assert axe_violations(page) == []


def test_from_a_free_page_over_the_wall_and_back_to_the_same_page(
    house: str, open_reader: OpenReader, screen: Keep
) -> None:
    page = open_page(open_reader, house, "fathom/no-1/page/3")
    page.wait_for_selector("masthead-reader[data-ready] .page .page-picture")
    page.keyboard.press("ArrowRight")
    card = page.locator(".page:not(.is-away) .page-closed").first
    card.wait_for()
    screen(page, "access-closed-page")
    assert_clear(page)
    card.get_by_text("Go to the next free page").click()
    page.wait_for_url("**/page/9")
    page.goto(f"{house}/fathom/no-1/page/4")
    assert page.get_by_role("heading", name="Page 4 is for readers with access").is_visible()
    screen(page, "access-way-in")
    assert_clear(page)
    page.locator(".way").get_by_role("link", name="Sign in").click()
    sign_in(page, "rita@reader.example", "not this one")
    assert page.get_by_role("alert").is_visible()
    screen(page, "access-sign-in-wrong")
    assert_clear(page)
    sign_in(page, "rita@reader.example")
    page.wait_for_url("**/fathom/no-1/page/4")
    page.wait_for_selector("masthead-reader[data-ready] .page:not(.is-away) .page-picture")
    screen(page, "access-inside")


def test_the_wall_says_which_of_the_reasons_it_is(house: str, open_reader: OpenReader, screen: Keep) -> None:
    page = open_page(open_reader, house, "account/login/?next=/fathom/no-1/page/4")
    sign_in(page, "otto@reader.example")
    page.wait_for_url("**/fathom/no-1/page/4")
    assert page.get_by_text("Your subscription has ended.").is_visible()
    screen(page, "access-over")
    assert_clear(page)
    page.goto(f"{house}/account/subscriptions")
    screen(page, "access-my-subscriptions")
    assert_clear(page)


def test_from_making_an_account_to_reading(house: str, open_reader: OpenReader, screen: Keep, post: Post) -> None:
    page = open_page(open_reader, house, "fathom/no-1/page/4", **PHONE)
    screen(page, "access-way-in-phone")
    assert_clear(page)
    page.locator(".way").get_by_role("link", name="Make an account").click()
    page.get_by_label("E-mail address").fill("nina@reader.example")
    page.get_by_label("Password").fill(PASSWORD)
    screen(page, "access-sign-up-phone")
    assert_clear(page)
    page.get_by_role("button", name="Make the account").click()
    page.wait_for_url("**/fathom/no-1/page/4")
    assert page.get_by_text("Confirm your e-mail address first").is_visible()
    page.goto(post.link_to("nina@reader.example"))
    page.get_by_role("button").last.click()
    page.goto(f"{house}/fathom/no-1/page/4")
    assert page.get_by_text("Your account has no access to this edition.").is_visible()
    page.get_by_role("link", name="Use an access code").click()
    page.get_by_label("Access code").fill("wrong")
    page.get_by_role("button", name="Use the code").click()
    assert page.get_by_text("There is no such access code.").is_visible()
    screen(page, "access-code-wrong-phone")
    assert_clear(page)
    page.get_by_label("Access code").fill("abcd-efgh-jklm")
    page.get_by_role("button", name="Use the code").click()
    page.wait_for_url("**/fathom/no-1/page/4")
    page.wait_for_selector("masthead-reader[data-ready] .page:not(.is-away) .page-picture")


def test_a_forgotten_password(house: str, open_reader: OpenReader, screen: Keep, post: Post) -> None:
    said = []
    page = open_page(open_reader, house, "account/login/")
    for name in ("nobody@reader.example", "otto@reader.example"):
        page.goto(f"{house}/account/password/reset/")
        page.get_by_label("E-mail address").fill(name)
        page.locator("main button").click()
        page.wait_for_url("**/password/reset/done/")
        said.append(page.locator("main").inner_text())
    assert said[0] == said[1]
    page.goto(post.link_to("otto@reader.example"))
    page.locator("input[type=password]").first.fill("another lantern")
    for repeated in page.locator("input[type=password]").all()[1:]:
        repeated.fill("another lantern")
    page.locator("main button").click()
    page.goto(f"{house}/account/login/")
    if "login" in page.url:
        sign_in(page, "otto@reader.example", "another lantern")
    page.wait_for_url("**/account/subscriptions")
    assert "never" not in post.link_to("nobody@reader.example")  # a mail helps whoever has no account, too


def test_too_many_devices(house: str, open_reader: OpenReader, screen: Keep) -> None:
    first = open_page(open_reader, house, "account/login/?next=/fathom/no-1/page/5")
    sign_in(first, "rita@reader.example")
    if first.get_by_text("as many devices as your subscription allows").count():
        first.get_by_role("link", name="Your devices").click()
        first.get_by_role("button", name="off the list").first.click()
    second = open_page(open_reader, house, "account/login/?next=/fathom/no-1/page/5")
    first.goto(f"{house}/fathom/no-1/page/5")
    first.wait_for_selector("masthead-reader[data-ready]")
    sign_in(second, "rita@reader.example")
    assert second.get_by_text("as many devices as your subscription allows").is_visible()
    screen(second, "access-too-many-devices")
    assert_clear(second)
    second.locator(".way").get_by_role("link", name="Your devices").click()
    screen(second, "access-devices")
    assert_clear(second)
    second.get_by_role("button", name="off the list").click()
    second.goto(f"{house}/fathom/no-1/page/5")
    second.wait_for_selector("masthead-reader[data-ready] .page:not(.is-away) .page-picture")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_password(house: str, open_reader: OpenReader, screen: Keep, scheme: str) -> None:
    page = open_page(open_reader, house, "fathom/no-2/", color_scheme=scheme)
    page.get_by_label("Password of this edition").fill("darkhouse")
    page.get_by_role("button", name="Open the edition").click()
    assert page.get_by_text("This is not the password of this edition.").is_visible()
    screen(page, f"access-password-{scheme}")
    assert_clear(page)
    page.get_by_label("Password of this edition").fill("lighthouse")
    page.get_by_role("button", name="Open the edition").click()
    page.wait_for_selector("masthead-reader[data-ready] .page .page-picture")


def test_in_arabic(house: str, open_reader: OpenReader, screen: Keep) -> None:
    page = open_page(open_reader, house, "fathom/no-1/page/4?lang=ar", **PHONE)
    assert page.locator("html").get_attribute("dir") == "rtl"
    screen(page, "access-way-in-arabic")
    assert_clear(page)
    page.goto(f"{house}/fathom/?lang=ar")
    screen(page, "access-shelf-arabic")
    assert_clear(page)


OFFICE = ("readers", "readers/import", "subscriptions", "codes")


@pytest.mark.parametrize("size", ["desktop", "phone", "arabic"])
def test_the_office_of_readers(house: str, open_reader: OpenReader, screen: Keep, size: str, tmp_path: Path) -> None:
    more: dict[str, Any] = PHONE if size == "phone" else {"locale": "ar"} if size == "arabic" else {}
    page = open_page(open_reader, house, "account/login/", **more)
    page.locator("input[name=login]").fill("olga@harbour.example")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button").first.click()
    page.wait_for_url("**/office/**")
    for name in OFFICE:
        page.goto(f"{house}/office/houses/harbour-press/{name}")
        screen(page, f"access-office-{name.replace('/', '-')}-{size}")
        assert_clear(page)
    page.goto(f"{house}/office/houses/harbour-press/readers?words=rita")
    page.locator("tbody a").first.click()
    screen(page, f"access-office-reader-{size}")
    assert_clear(page)
    page.goto(f"{house}/office/houses/harbour-press/")
    page.locator("a[href*='/office/publications/']").first.click()
    page.goto(page.url.rstrip("/") + "/terms")
    screen(page, f"access-office-terms-{size}")
    assert_clear(page)
    page.locator("tbody a").last.click()
    page.goto(page.url + "?email=otto@reader.example&page=4&address=192.0.2.7")
    assert page.locator(".rules li").count() >= 3
    page.locator("#why").scroll_into_view_if_needed()
    screen(page, f"access-office-tester-{size}")
    assert_clear(page)


def test_a_list_is_taken_in(house: str, open_reader: OpenReader, screen: Keep, tmp_path: Path) -> None:
    rows = ["E-mail address;Name;Number;Subscription;First day;Last day"]
    rows += [f"reader{n}@list.example;Reader {n};{1000 + n};Fathom on the web;2026-01-01;31.12.2026" for n in range(40)]
    rows += ["no address;X;;;;", "lost@list.example;Y;;No such thing;;"]
    (tmp_path / "list.csv").write_text("\n".join(rows), encoding="utf-8")
    page = open_page(open_reader, house, "account/login/")
    sign_in(page, "olga@harbour.example")
    page.wait_for_url("**/office/**")
    page.goto(f"{house}/office/houses/harbour-press/readers/import")
    page.set_input_files("input[type=file]", tmp_path / "list.csv")
    page.get_by_role("button", name="Look at the list").click()
    assert page.get_by_text("There is no subscription of this name.").is_visible()
    screen(page, "access-office-list")
    assert_clear(page)
    page.get_by_role("button", name="Take in the rows that are fine").click()
    assert page.get_by_text("40 new readers and 40 periods were taken in.").is_visible()
