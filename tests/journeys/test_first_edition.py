"""From the first start to an edition that everybody reads, by a person who read nothing; desktop, phone, axe-core."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import DESKTOP, ROOT, Look, watched
from tests.journeys.stocking import PASSWORD, some_pages

pytestmark = pytest.mark.journey
SAMPLE = ROOT / "build/sample-issue.pdf"
PAGES = range(1, 13)  # of the sample: enough to wait for
MINUTE = 60_000  # milliseconds


class Clock:
    """How long the person takes; the time in which pictures are kept and axe-core looks is not theirs."""

    def __init__(self, look: Look) -> None:
        self._look, self._began, self._elsewhere = look, time.monotonic(), 0.0

    def look(self, page: Page, name: str) -> None:
        """Look at a screen while the clock stands still."""
        began = time.monotonic()
        self._look(page, name)
        self._elsewhere += time.monotonic() - began

    def say(self, what: str) -> None:
        """Print the seconds until now."""
        sys.stdout.write(f"\n{time.monotonic() - self._began - self._elsewhere:6.1f} s  {what}")


def test_from_the_first_start_to_a_live_edition(new_house: str, browser: Browser, look: Look, tmp_path: Path) -> None:
    base = new_house.split("/setup/", maxsplit=1)[0]
    context = browser.new_context(**DESKTOP)
    page = context.new_page()
    problems = watched(page)
    clock = Clock(look)
    _set_up(page, new_house, clock.look)
    _make_publication(page, clock.look)
    clock.say("owner and first publication")
    issue = some_pages(SAMPLE, PAGES, tmp_path / "issue.pdf")
    _hand_over(page, issue, clock.look)
    clock.say(f"{issue.stat().st_size >> 10} KiB converted")
    _preview(page, clock.look)
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("The edition is live.")).to_be_visible()
    clock.look(page, "edition-live")
    _somebody_reads(browser, base, clock)
    page.get_by_role("link", name="Overview").click()
    look(page, "dashboard")
    for path, name in (("email", "addresses"), ("2fa", "two-steps"), ("sessions", "sessions")):
        page.goto(f"{base}/account/{path}/")
        look(page, f"account-{name}")
    page.goto(f"{base}/office/")
    page.get_by_role("link", name="Fathom: No. 1").click()
    page.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("was withdrawn")).to_be_visible()
    assert context.request.get(f"{base}/fathom/no-1/").status == 200  # its staff can still look at it
    context.clear_cookies()
    assert context.request.get(f"{base}/fathom/no-1/").status == 410
    context.close()
    assert problems == []


def _set_up(page: Page, house: str, look: Look) -> None:
    """The owner, who first chooses a poor password."""
    page.goto(house)
    look(page, "setup")
    page.get_by_label("Name of the publishing house").fill("Harbour Press")
    page.get_by_label("Your name").fill("Olga Keeper")
    page.get_by_label("E-mail address").fill("olga@harbour.example")
    page.get_by_label("Password").fill("password123")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("too common")).to_be_visible()
    expect(page.get_by_label("Your name")).to_have_value("Olga Keeper")
    look(page, "setup-mistake")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Begin").click()


def _make_publication(page: Page, look: Look) -> None:
    """A title; a mistake is said at its field."""
    page.get_by_role("link", name="New publication").click()
    page.get_by_label("Name", exact=True).fill("Fathom")
    page.get_by_label("ISSN").fill("12")
    page.get_by_role("button", name="Make the publication").click()
    expect(page.get_by_text("eight digits")).to_be_visible()
    look(page, "new-publication")
    page.get_by_label("ISSN").fill("0317-8471")
    page.get_by_role("button", name="Make the publication").click()


def _hand_over(page: Page, pdf: Path, look: Look) -> None:
    """The PDF of an issue, converted before one's eyes, then published."""
    page.get_by_role("link", name="New edition").click()
    page.get_by_label("PDF of the issue").set_input_files(pdf)
    page.get_by_label("Issue", exact=True).fill("No. 1")
    look(page, "new-edition")
    page.get_by_role("button", name="Hand over the PDF").click()
    expect(page.get_by_role("button", name="Publish now")).to_be_visible(timeout=4 * MINUTE)
    look(page, "edition-ready")


def _preview(page: Page, look: Look) -> None:
    """The first page in the reader, as only staff see it; then back."""
    home = page.url
    page.get_by_role("link", name="Preview").click()
    page.wait_for_selector("masthead-reader[data-ready] .page .page-picture")
    expect(page).to_have_title(re.compile("Fathom"))
    look(page, "preview")
    page.goto(home)


def _somebody_reads(browser: Browser, base: str, clock: Clock) -> None:
    """A visitor finds the issue from the home page and turns to its second page."""
    context = browser.new_context(**DESKTOP)
    context.add_init_script("try { localStorage.setItem('masthead-guide', 'seen') } catch {}")
    page = context.new_page()
    problems = watched(page)
    page.goto(base)
    clock.look(page, "home")
    page.get_by_role("link", name="Fathom").click()
    clock.look(page, "archive")
    page.get_by_role("link", name="Read the current issue").click()
    page.wait_for_selector("masthead-reader[data-ready] .page .page-picture")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/fathom/no-1/page/2")
    page.wait_for_selector(".page:not(.is-away)[data-page='2'][data-text='ready']")
    clock.say("a visitor reads page 2")
    clock.look(page, "reader")
    for path, name in (("?lang=ar", "home-arabic"), ("account/login/", "sign-in"), ("nothing/here/", "not-found")):
        page.goto(f"{base}/{path}")
        clock.look(page, name)
    context.close()
    assert problems == []
