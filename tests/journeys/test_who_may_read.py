"""From the wall to reading: free pages, signing in and up, a forgotten password, devices; and the office behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import PHONE, OpenReader, axe_violations, serving_house
from tests.journeys.post import Post
from tests.journeys.stocking import PASSWORD
from tests.journeys.test_keeping import CHECKED_NOW, DAYS_AGO, NOTHING_KEPT, keep, until

pytestmark = pytest.mark.journey
Keep = Callable[[Page, str], None]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, post: Post) -> Iterator[str]:
    """The address of a house with one edition for subscribers and one with a password."""
    settings = {"MASTHEAD_MAIL": f"smtp://127.0.0.1:{post.port}", "MASTHEAD_HOSTS": "*"}
    with serving_house(tmp_path_factory.mktemp("house"), "way_in_seeding.py", **settings) as address:
        yield address


def open_page(open_reader: OpenReader, house: str, path: str, **more: Any) -> Page:
    return open_reader(path, at=house, ready=False, **more)


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("E-mail address").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


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
    page.goto(f"{house}fathom/no-1/page/4")
    expect(page.get_by_role("heading", name="Page 4 is for readers with access")).to_be_visible()
    screen(page, "access-way-in")
    assert_clear(page)
    page.locator(".way").get_by_role("link", name="Sign in").click()
    sign_in(page, "rita@reader.example", "not this one")
    expect(page.get_by_role("alert")).to_be_visible()
    screen(page, "access-sign-in-wrong")
    assert_clear(page)
    sign_in(page, "rita@reader.example")
    page.wait_for_url("**/fathom/no-1/page/4")
    page.wait_for_selector("masthead-reader[data-ready] .page:not(.is-away) .page-picture")
    screen(page, "access-inside")


def test_what_is_kept_on_the_device_goes_with_the_right_to_it(
    house: str, open_reader: OpenReader, screen: Keep
) -> None:
    page = open_page(open_reader, house, "fathom/no-1/page/3")
    page.wait_for_selector("masthead-reader[data-ready] .page .page-picture")
    assert page.locator("masthead-reader").get_attribute("offline") is None  # who may not read all of it keeps nothing
    page.goto(f"{house}account/login/?next=/fathom/no-1/page/4")
    sign_in(page, "mara@reader.example")
    page.wait_for_url("**/fathom/no-1/page/4")
    keep(page)
    expect(page.get_by_text("After 30 days without a connection")).to_be_visible()
    page.context.set_offline(True)
    page.goto(f"{house}fathom/no-1/page/6")
    page.wait_for_selector("masthead-reader[data-ready] .page:not(.is-away) .page-picture")
    page.evaluate(DAYS_AGO, 31)
    page.goto(f"{house}fathom/no-1/page/6")
    expect(page.get_by_role("heading", name="Connect once to read on")).to_be_visible()
    screen(page, "access-kept-too-long")
    assert_clear(page)
    page.context.set_offline(False)
    page.goto(f"{house}fathom/no-1/page/6")
    until(page, CHECKED_NOW)
    page.wait_for_selector(".reader-toolbar button")
    page.keyboard.press("w")
    page.get_by_role("button", name="Remove from this device").click()
    until(page, NOTHING_KEPT)
    page.goto(f"{house}fathom/no-1/page/6")
    keep(page)
    over = page.goto(f"{house}fathom/no-1/pages/long-over.pdf")
    assert over is not None
    assert over.status == 410
    page.wait_for_timeout(500)
    assert page.evaluate("caches.keys().then((names) => names.length)") == 1, "it says nothing of the edition"
    for number in (4, 3):  # one that is closed to others, one that is free
        page.goto(f"{house}fathom/no-1/page/6")
        if number == 3:
            keep(page)
        cookies = page.context.cookies()
        page.context.clear_cookies()  # as if the right had ended elsewhere
        page.goto(f"{house}fathom/no-1/page/{number}")
        until(page, NOTHING_KEPT)
        page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.goto(f"{house}fathom/no-1/page/6")
    keep(page)
    page.goto(f"{house}account/logout/")
    assert page.evaluate("caches.keys().then((names) => names.length)") == 1
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(house)
    assert page.evaluate("caches.keys().then((names) => names.length)") == 0


def test_the_wall_says_which_of_the_reasons_it_is(house: str, open_reader: OpenReader, screen: Keep) -> None:
    page = open_page(open_reader, house, "account/login/?next=/fathom/no-1/page/4")
    sign_in(page, "otto@reader.example")
    page.wait_for_url("**/fathom/no-1/page/4")
    expect(page.get_by_text("Your subscription has ended.")).to_be_visible()
    screen(page, "access-over")
    assert_clear(page)
    page.goto(f"{house}account/subscriptions")
    screen(page, "access-my-subscriptions")
    assert_clear(page)
    page.set_viewport_size(PHONE["viewport"])
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    screen(page, "access-my-subscriptions-phone")


def test_from_making_an_account_to_reading(house: str, open_reader: OpenReader, screen: Keep, post: Post) -> None:
    page = open_page(open_reader, house, "fathom/no-1/page/4", **PHONE)
    screen(page, "access-way-in-phone")
    assert_clear(page)
    page.locator(".way").get_by_role("link", name="Make an account").click()
    page.get_by_label("E-mail address").fill("nina@")
    page.get_by_role("button", name="Make the account").click()
    said = page.locator(".mistake:visible").all_text_contents()  # at the fields, not in the browser's bubble
    assert said == ["This is not an e-mail address. One looks like name@example.org.", "Please fill this in."]
    expect(page.get_by_label("E-mail address")).to_be_focused()
    page.get_by_label("E-mail address").fill("nina@reader.example")
    page.get_by_label("Password").fill(PASSWORD)
    expect(page.locator(".mistake:visible")).to_have_count(0)
    screen(page, "access-sign-up-phone")
    assert_clear(page)
    page.get_by_role("button", name="Make the account").click()
    page.wait_for_url("**/fathom/no-1/page/4")
    expect(page.get_by_text("Confirm your e-mail address first")).to_be_visible()
    page.goto(post.link_to("nina@reader.example"))
    page.get_by_role("button").last.click()
    page.goto(f"{house}fathom/no-1/page/4")
    expect(page.get_by_text("Your account has no access to this edition.")).to_be_visible()
    page.get_by_role("link", name="Use an access code").click()
    page.get_by_label("Access code").fill("wrong")
    page.get_by_role("button", name="Use the code").click()
    expect(page.get_by_text("There is no such access code.")).to_be_visible()
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
        page.goto(f"{house}account/password/reset/")
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
    page.goto(f"{house}account/login/")
    if "login" in page.url:
        sign_in(page, "otto@reader.example", "another lantern")
    page.wait_for_url("**/account/subscriptions")
    assert "never" not in post.link_to("nobody@reader.example")  # a mail helps whoever has no account, too


def test_too_many_devices(house: str, open_reader: OpenReader, screen: Keep) -> None:
    first = open_page(open_reader, house, "account/login/?next=/fathom/no-1/page/5")
    sign_in(first, "rita@reader.example")
    first.wait_for_url("**/fathom/no-1/page/5")  # nothing can be said of a page that is still to come
    if first.get_by_text("as many devices as your subscription allows").count():
        first.get_by_role("link", name="Your devices").click()
        first.get_by_role("button", name="off the list").first.click()
    second = open_page(open_reader, house, "account/login/?next=/fathom/no-1/page/5")
    first.goto(f"{house}fathom/no-1/page/5")
    first.wait_for_selector("masthead-reader[data-ready]")
    sign_in(second, "rita@reader.example")
    expect(second.get_by_text("as many devices as your subscription allows")).to_be_visible()
    screen(second, "access-too-many-devices")
    assert_clear(second)
    second.locator(".way").get_by_role("link", name="Your devices").click()
    second.wait_for_url("**/account/devices")
    screen(second, "access-devices")
    assert_clear(second)
    second.get_by_role("button", name="off the list").click()
    expect(second.get_by_text("No device on the list")).to_be_visible()  # going on at once would break the sending off
    second.goto(f"{house}fathom/no-1/page/5")
    second.wait_for_selector("masthead-reader[data-ready] .page:not(.is-away) .page-picture")
    first.keyboard.press("End")  # the window that was left open has lost its place
    expect(first.locator(".page:not(.is-away) .page-closed").first).to_be_visible()
    screen(first, "access-device-off-the-list")
    first.locator(".page:not(.is-away) .page-closed").get_by_role("link", name="How to get in").first.click()
    expect(first.get_by_text("as many devices as your subscription allows")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_password(house: str, open_reader: OpenReader, screen: Keep, scheme: str) -> None:
    page = open_page(open_reader, house, "fathom/no-2/", color_scheme=scheme)
    page.get_by_label("Password of this edition").fill("darkhouse")
    page.get_by_role("button", name="Open the edition").click()
    expect(page.get_by_text("This is not the password of this edition.")).to_be_visible()
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
    page.goto(f"{house}fathom/?lang=ar")
    screen(page, "access-shelf-arabic")
    assert_clear(page)


OFFICE = ("readers", "readers/import", "subscriptions", "codes")


@pytest.mark.parametrize("size", ["desktop", "phone-arabic"])
def test_the_office_of_readers(house: str, open_reader: OpenReader, screen: Keep, size: str, tmp_path: Path) -> None:
    more: dict[str, Any] = {**PHONE, "locale": "ar"} if size == "phone-arabic" else {}
    page = open_page(open_reader, house, "account/login/", **more)
    page.locator("input[name=login]").fill("olga@harbour.example")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button").first.click()
    page.wait_for_url("**/office/**")
    for name in OFFICE:
        page.goto(f"{house}office/houses/harbour-press/{name}")
        screen(page, f"access-office-{name.replace('/', '-')}-{size}")
        assert_clear(page)
    page.goto(f"{house}office/houses/harbour-press/readers?words=rita")
    page.locator("tbody a").first.click()
    page.wait_for_url(re.compile(r"/readers/\w{12}$"))
    screen(page, f"access-office-reader-{size}")
    assert_clear(page)
    page.goto(f"{house}office/houses/harbour-press/")
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
    page.goto(f"{house}office/houses/harbour-press/readers/import")
    page.set_input_files("input[type=file]", tmp_path / "list.csv")
    page.get_by_role("button", name="Look at the list").click()
    expect(page.get_by_text("There is no subscription of this name.")).to_be_visible()
    screen(page, "access-office-list")
    assert_clear(page)
    page.get_by_role("button", name="Take in the rows that are fine").click()
    expect(page.get_by_text("40 new readers and 40 periods were taken in.")).to_be_visible()
