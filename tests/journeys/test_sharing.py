"""Sharing as people do it: from the reader's panel, from an article, without scripts, by mail until it arrives."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import (
    DESKTOP,
    PHONE,
    OpenReader,
    axe_violations,
    serving_house,
)
from tests.journeys.post import Post

pytestmark = pytest.mark.journey
Keep = Callable[[Page, str], None]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, post: Post) -> Iterator[str]:
    """The address of a house with one edition that is live and one that is not."""
    settings = {"MASTHEAD_MAIL": f"smtp://127.0.0.1:{post.port}"}
    with serving_house(tmp_path_factory.mktemp("house"), "sharing_seeding.py", **settings) as address:
        yield address


@pytest.mark.parametrize(
    ("name", "window", "language"),
    [("desktop", DESKTOP, "en"), ("phone", {**PHONE, "color_scheme": "dark"}, "de"), ("arabic", DESKTOP, "ar")],
)
def test_the_panel_shares_what_is_read(
    house: str, open_reader: OpenReader, screen: Keep, name: str, window: dict[str, Any], language: str
) -> None:
    page = open_reader(f"fathom/no-1/page/4?lang={language}", at=house, **window)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.wait_for_selector("[data-panel=share]", state="attached")
    page.wait_for_timeout(300)  # the keys are listened to when the bars stand
    page.keyboard.press("r")
    page.wait_for_selector(".share-address")
    shown = page.locator(".share-address")
    assert shown.input_value() == f"{house}fathom/no-1/page/4"
    assert page.locator(".share-rest a[href*='linkedin.com']").get_attribute("rel") == "noopener noreferrer nofollow"
    screen(page, f"share-panel-{name}")
    assert axe_violations(page) == []
    page.get_by_role("radio").last.check()
    assert shown.input_value() == f"{house}fathom/no-1/"
    with page.expect_event("request", lambda asked: asked.url.endswith("/count"), timeout=90_000) as told:
        page.locator(".share-link button").click()
        page.wait_for_selector(".toast, .notice, [role=status]", state="attached")
        assert page.evaluate("navigator.clipboard.readText()") == f"{house}fathom/no-1/"
        page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert '"share"' in (told.value.post_data or "")
    page.keyboard.press("Escape")
    assert page.locator(".panel").count() == 0


def test_selected_words_are_shared_and_found_again(house: str, open_reader: OpenReader, screen: Keep) -> None:
    page = open_reader("fathom/no-1/page/4#select=4.20-4.26", at=house)
    words = selected_in(page)
    assert len(words) > 10
    page.locator(".reader-toolbar button[data-panel=share]").click()
    page.wait_for_selector(".share-address")
    shared = page.locator(".share-address").input_value()
    assert shared == f"{house}fathom/no-1/page/4#select=4.20-4.26"
    clipping = page.locator(".share-clipping")
    expect(clipping.get_by_role("img")).to_have_attribute("alt", " ".join(words.split()))
    assert page.evaluate("document.querySelector('.share-clipping img').decode().then(() => true)")
    assert clipping.locator("rect").count() >= 1
    screen(page, "share-words")
    assert axe_violations(page) == []
    page.wait_for_timeout(600)
    assert page.locator(".share-address").input_value() == shared
    again = open_reader(shared.removeprefix(house), at=house)
    assert selected_in(again) == words


def test_selected_words_are_shared_from_their_bar_on_a_phone(house: str, open_reader: OpenReader, screen: Keep) -> None:
    page = open_reader("fathom/no-1/page/4#select=4.20-4.26", at=house, **PHONE)
    assert selected_in(page)
    bar = page.locator(".selection-bar")
    bar.wait_for()
    screen(page, "share-words-phone")
    box = bar.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    bar.get_by_role("button", name="Share").click()
    page.wait_for_selector(".share-clipping img")
    screen(page, "share-clipping-phone")
    assert page.locator(".share-address").input_value().endswith("#select=4.20-4.26")


def selected_in(page: Page) -> str:
    """The words that the address selected, waited for."""
    end = time.monotonic() + 20
    while not (found := str(page.evaluate("document.getSelection().toString()"))) and time.monotonic() < end:
        page.wait_for_timeout(100)
    return found


@pytest.mark.parametrize("width", [700, 1000, 1100])
def test_the_tools_still_fit(house: str, open_reader: OpenReader, width: int) -> None:
    page = open_reader("fathom/no-1/page/4", at=house, viewport={"width": width, "height": 800})
    page.wait_for_selector(".reader-toolbar .tools")
    assert page.evaluate("document.querySelector('.reader-toolbar').scrollWidth - innerWidth") <= 0


def test_an_article_is_shared_from_its_own_bar(house: str, open_reader: OpenReader) -> None:
    page = open_reader("fathom/no-1/page/4", at=house)
    page.keyboard.press("a")
    page.wait_for_selector(".article-bar")
    page.locator(".article-bar button[data-panel=share]").click()
    page.wait_for_selector(".share-address")
    assert "/article/" in page.locator(".share-address").input_value()
    assert axe_violations(page) == []


def faults_at(browser: Browser, address: str) -> list[str]:
    """What axe-core finds at an address; it needs scripts, which the person here has not."""
    page = browser.new_page()
    page.goto(address)
    found = axe_violations(page)
    page.close()
    return found


@pytest.mark.parametrize(("name", "window"), [("desktop", DESKTOP), ("phone", PHONE)])
def test_a_mail_from_a_stranger_without_scripts(
    house: str, post: Post, browser: Browser, screen: Keep, name: str, window: dict[str, Any], tmp_path: Path
) -> None:
    context = browser.new_context(**{**window, "java_script_enabled": False})
    page = context.new_page()
    page.goto(f"{house}fathom/no-1/page/4")
    page.get_by_role("link", name="Share").click()
    if name == "phone":
        page.goto(f"{page.url}&select=4.20-4.40")  # as the panel's link has it: a mail with the clipping
    page.fill("#letter-sender", f"mona-{name}@reader.example")
    page.fill("#letter-recipients", f"ana-{name}@friends.example")
    page.fill("#letter-comment", "See www.money.example")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#letter-comment-mistake")).to_be_visible()
    assert page.input_value("#letter-recipients") == f"ana-{name}@friends.example"
    screen(page, f"share-page-{name}")
    page.fill("#letter-comment", "This is the story I told you about.")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("status")).to_be_visible()
    question = post.mail_to(f"mona-{name}@reader.example").get_body(("plain",))
    assert question is not None
    found = re.search(r"http://\S+/share/confirm/\S+", question.get_content())
    assert found is not None
    page.goto(found[0])
    screen(page, f"share-confirm-{name}")
    assert faults_at(browser, found[0]) == []
    page.get_by_role("button", name="Yes, send it").click()
    got = post.mail_to(f"ana-{name}@friends.example")
    html = got.get_body(("html",))
    assert html is not None
    shown = html.get_content()
    for part in got.walk():
        if part["Content-ID"]:
            (tmp_path / "page.jpg").write_bytes(part.get_content())
            shown = shown.replace("cid:page", (tmp_path / "page.jpg").as_uri())
    (tmp_path / "mail.html").write_text(shown)
    page.goto((tmp_path / "mail.html").as_uri())
    screen(page, f"share-mail-{name}")
    never = got["List-Unsubscribe"].strip(" <>")
    page.goto(never)
    assert faults_at(browser, never) == []
    page.get_by_role("button", name="Never send me mail from here").click()
    screen(page, f"share-never-{name}")
    context.close()


@pytest.mark.parametrize(
    ("name", "options", "path"),
    [
        ("light", {}, "fathom/no-1/share?page=4&select=4.2-4.9"),
        ("arabic", {}, "fathom/no-1/share?page=4&lang=ar"),
        ("dark-phone", {**PHONE, "color_scheme": "dark"}, "fathom/no-1/share?page=4"),
    ],
)
def test_the_page_looks_finished_and_is_accessible(
    house: str, browser: Browser, screen: Keep, name: str, options: dict[str, Any], path: str
) -> None:
    context = browser.new_context(**{**DESKTOP, **options})
    page = context.new_page()
    page.goto(f"{house}{path}")
    screen(page, f"share-{name}")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()
