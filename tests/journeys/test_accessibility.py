"""axe-core on every screen, and what it cannot see: headings, landmarks, names, targets."""

from __future__ import annotations

import pytest
from tests.journeys.conftest import DESKTOP, PHONE, OpenReader, axe_violations

pytestmark = pytest.mark.journey


PANELS = {"/": "search", "c": "contents", "p": "pages", "s": "settings", "?": "help"}


@pytest.mark.parametrize("device", ["desktop", "dark-phone"])
def test_no_violation_on_any_screen(open_reader: OpenReader, device: str) -> None:
    options = {**PHONE, "color_scheme": "dark"} if device == "dark-phone" else {}
    page = open_reader("page/12", **options)
    page.wait_for_selector(".page[data-page='12'][data-text='ready']")
    assert axe_violations(page) == []
    for key, name in PANELS.items():
        page.keyboard.press(key)
        page.wait_for_selector(f"masthead-reader[data-panel='{name}']")
        page.wait_for_timeout(400)
        assert axe_violations(page) == [], name
        page.keyboard.press("Escape")
        page.wait_for_selector("masthead-reader:not([data-panel])")


def test_no_violation_in_arabic_and_without_the_reader(open_reader: OpenReader) -> None:
    page = open_reader("page/3?lang=ar")
    page.wait_for_timeout(600)
    assert axe_violations(page) == []
    plain = open_reader("pages", ready=False)
    assert axe_violations(plain) == []


def test_a_screen_reader_gets_the_text_of_the_page_in_order(open_reader: OpenReader) -> None:
    page = open_reader("page/12")
    page.wait_for_selector(".page[data-page='13'][data-text='ready']")
    names = page.locator(".page:not(.is-away)").evaluate_all(
        "pages => pages.map(page => page.getAttribute('aria-label'))"
    )
    assert names == ["Page 12", "Page 13"]
    assert page.locator(".page[data-page='12'] .page-spoken h2").first.text_content() == "How to hear fog"
    assert page.locator(".page[data-page='12'] .page-text").get_attribute("aria-hidden") == "true"
    flat = " ".join((page.locator(".page[data-page='12'] .page-spoken").text_content() or "").split())
    assert flat.index("Robert Foulis") < flat.index("Before him there had been") < flat.index("The grandest was")


def test_targets_are_large_enough(open_reader: OpenReader) -> None:
    page = open_reader("page/12", **PHONE)
    page.wait_for_timeout(600)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.reader-toolbar button, .reader-footer button, .reader-footer input')]
            .filter(part => part.checkVisibility())
            .map(part => [part.getAttribute('aria-label'), part.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
            .map(([name]) => name)"""
    )
    assert small == []
    # Who has the browser write everything twice as large reaches every tool too, at the desk and on the phone.
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    for device in (DESKTOP, PHONE):
        page.set_viewport_size(device["viewport"])
        page.reload()
        page.wait_for_selector("masthead-reader[data-ready] .page .page-picture")
        outside = page.evaluate(
            """() => [...document.querySelectorAll('.reader-toolbar button, .reader-footer button')]
                .filter(part => part.checkVisibility())
                .map(part => [part.getAttribute('aria-label') || part.textContent, part.getBoundingClientRect()])
                .filter(([, box]) => box.left < 0 || box.right > innerWidth + 1)
                .map(([name]) => name)"""
        )
        assert outside == [], device
