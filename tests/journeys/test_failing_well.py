"""What people meet when something is wrong: no scripts, no network, no such page, a picture that does not arrive."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.conftest import DESKTOP, OpenReader, axe_violations

pytestmark = pytest.mark.journey


def test_without_scripts_it_reads(server: str, browser: Browser, screen) -> None:
    context = browser.new_context(**DESKTOP, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}page/12")
    expect(page.locator("h2").first).to_have_text("How to hear fog")
    expect(page.locator("main")).to_contain_text("Robert Foulis was walking home through fog")
    expect(page.locator("main img")).to_be_visible()
    screen(page, "no-scripts")
    page.click("a[rel=next]")
    expect(page).to_have_url(f"{server}page/13")
    assert page.locator("nav.frame-pages a").count() >= 28
    context.close()


def test_a_page_that_does_not_exist(open_reader: OpenReader, screen) -> None:
    page = open_reader("page/900", ready=False)
    expect(page.locator("h1")).to_have_text("Page not found")
    assert axe_violations(page) == []
    screen(page, "not-found")


def test_a_picture_that_does_not_arrive_can_be_asked_for_again(open_reader: OpenReader, screen) -> None:
    page = open_reader("page/4")
    page.wait_for_timeout(800)
    page.route("**/pictures/*/20.webp", lambda route: route.abort())
    page.route("**/pictures/*/21.webp", lambda route: route.abort())
    page.evaluate("history.pushState({}, '', '/page/20'); dispatchEvent(new PopStateEvent('popstate'))")
    expect(page.locator(".page[data-page='20'] .page-placeholder")).to_be_visible()
    screen(page, "picture-missing")
    page.unroute("**/pictures/*/20.webp")
    page.unroute("**/pictures/*/21.webp")
    # It also tries again by itself: whichever comes first brings the picture.
    page.evaluate("document.querySelector(\".page[data-page='20'] .page-placeholder button\")?.click()")
    page.wait_for_selector(".page[data-page='20'] .page-picture")


def test_no_network_is_said_and_what_is_there_stays(open_reader: OpenReader, screen) -> None:
    page = open_reader("page/4")
    page.wait_for_timeout(1500)
    page.context.set_offline(True)
    page.evaluate("dispatchEvent(new Event('offline'))")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".page:not(.is-away)[data-page='6'] .page-picture")
    page.wait_for_timeout(600)
    screen(page, "offline")
    page.context.set_offline(False)


def test_an_edition_that_is_gone(open_reader: OpenReader, screen) -> None:
    page = open_reader("page/4")
    page.route("**/manifest.json", lambda route: route.fulfill(status=410, body="gone"))
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("no longer")
    screen(page, "gone")


def test_a_reader_that_never_arrives_leaves_the_way_on(open_reader: OpenReader, server: str) -> None:
    page = open_reader("page/12", ready=False)
    page.route("**/reader/assets/*.js", lambda route: route.abort())
    page.reload()
    page.get_by_role("link", name="Next page").click(timeout=15_000)
    expect(page).to_have_url(f"{server}page/13")
