"""The public face of a house with an archive: shelves, other editions from the reader, frames of other sites."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.journeys.conftest import (
    DESKTOP,
    PHONE,
    OpenReader,
    axe_violations,
    serving_files,
    serving_house,
)

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A house with three live editions of the sample issue and one that was withdrawn."""
    with serving_house(tmp_path_factory.mktemp("house"), "public_seeding.py") as address:
        yield address


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("", "home"),
        ("fathom/", "publication"),
        ("fathom/?year=2025&lang=ar", "year-arabic"),
        ("fathom/?category=none", "nothing-of-this-kind"),
        ("fathom/no-4/", "withdrawn"),
        ("fathom/no-22/", "near"),
    ],
)
def test_every_page_looks_finished(
    house: str, browser: Browser, window: dict[str, object], path: str, name: str, screen: Callable[[Page, str], None]
) -> None:
    dark = name == "publication" and window is PHONE
    context = browser.new_context(**{**window, "color_scheme": "dark" if dark else "light"})
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text) if "Content Security" in said.text else None)
    page.goto(f"{house}{path}")
    screen(page, f"public-{name}-{'phone' if window is PHONE else 'desktop'}")
    assert axe_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert problems == []
    context.close()


def test_from_the_home_page_to_an_article_without_scripts(house: str, browser: Browser) -> None:
    context = browser.new_context(**{**PHONE, "java_script_enabled": False})
    page = context.new_page()
    page.goto(house)
    page.get_by_role("link", name="3 issues").click()
    page.get_by_role("link", name="No. 1").click()
    page.click("a[rel=next]")
    page.click("a[rel=up]")
    assert page.url == f"{house}fathom/"
    page.get_by_role("link", name="All articles").click()
    page.click(".frame-title a >> nth=0")
    assert page.locator("article h1").count() == 1
    context.close()


def test_other_editions_from_inside_the_reader(house: str, open_reader: OpenReader) -> None:
    page = open_reader("fathom/no-3/", at=house)
    page.get_by_role("button", name="Other editions").click()
    page.wait_for_selector(".archive-entry[aria-current]")
    assert page.locator(".archive-entry").count() == 3
    assert axe_violations(page) == []
    page.click(".archive-entry:has-text('No. 1')")
    page.wait_for_url("**/fathom/no-1/")


def test_other_sites_frame_what_they_may(house: str, browser: Browser, tmp_path: Path) -> None:
    """Three lines of HTML in a page of another origin: one edition may not be framed."""
    lines = [f'<iframe id="no-{number}" src="{house}fathom/no-{number}/embed?page=3"></iframe>' for number in (2, 3)]
    (tmp_path / "index.html").write_text(f"<!doctype html><title>News</title>{''.join(lines)}", encoding="utf-8")
    with serving_files(tmp_path) as other:
        context = browser.new_context(**DESKTOP)
        page = context.new_page()
        page.goto(other)
        page.frame_locator("#no-2").locator("masthead-reader[data-ready] .page .page-picture").first.wait_for()
        assert page.frame_locator("#no-3").locator("masthead-reader").count() == 0
        context.close()
