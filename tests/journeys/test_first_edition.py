"""From the first start to an edition that everybody reads, by a person who read nothing; desktop, phone, axe-core."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import DESKTOP, PHONE, ROOT, axe_violations, wait_until_answered
from tests.pdfs import story_pdf

pytestmark = pytest.mark.journey
PASSWORD = "lantern over water"
MINUTE = 60_000  # milliseconds
Look = Callable[[Page, str], None]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[str]:
    """The address that a house says at its first start."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MASTHEAD_")} | {
        "MASTHEAD_DATA": str(tmp_path / "data"),
        "MASTHEAD_CACHE": str(tmp_path / "cache"),
        "MASTHEAD_CONVERSIONS": "1",
        "PYTHONUNBUFFERED": "1",
    }
    command = [str(ROOT / "bin/masthead"), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        said = ""
        while (found := re.search(r"http://\S+/setup/\S+", said)) is None:
            line = process.stdout.readline()
            assert line, "the house ended"
            said += line
        wait_until_answered(f"{found[0].split('/setup/')[0]}/ready", 90)
        yield found[0]
        process.terminate()
        process.wait(40)


@pytest.fixture
def look(screen: Callable[[Page, str], None]) -> Look:
    """Keeps a picture for the desk and one for the phone; on each nothing is wrong and nothing is cut off."""

    def check(page: Page, name: str) -> None:
        for device, size in (("phone", PHONE["viewport"]), ("desktop", DESKTOP["viewport"])):
            page.set_viewport_size(size)
            screen(page, f"house-{name}-{device}")
            assert axe_violations(page) == [], f"{name}, {device}"
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{name}, {device}"

    return check


def test_from_the_first_start_to_a_live_edition(house: str, browser: Browser, look: Look, tmp_path: Path) -> None:
    pdf = story_pdf(tmp_path / "harbour.pdf", pages=4)
    base = house.split("/setup/", maxsplit=1)[0]
    context = browser.new_context(**DESKTOP)
    page, problems = context.new_page(), []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if "Content Security" in said.text else None)

    _set_up(page, house, look)
    _make_publication(page, look)
    _hand_over(page, pdf, look)
    for path, name in (("email", "addresses"), ("2fa", "two-steps"), ("sessions", "sessions")):
        page.goto(f"{base}/account/{path}/")
        look(page, f"account-{name}")
    _somebody_reads(browser, base, look, problems)
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
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("The edition is live.")).to_be_visible()
    look(page, "edition-live")
    page.get_by_role("link", name="Overview").click()
    look(page, "dashboard")


def _somebody_reads(browser: Browser, base: str, look: Look, problems: list[str]) -> None:
    """A visitor finds the issue from the home page and turns to its second page."""
    context = browser.new_context(**DESKTOP)
    context.add_init_script("try { localStorage.setItem('masthead-guide', 'seen') } catch {}")
    page = context.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if "Content Security" in said.text else None)
    page.goto(f"{base}/?lang=ar")
    look(page, "home-arabic")
    page.goto(base)
    look(page, "home")
    page.get_by_role("link", name="Fathom").click()
    look(page, "archive")
    page.get_by_role("link", name="Read the current issue").click()
    page.wait_for_selector("masthead-reader[data-ready] .page .page-picture")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/fathom/no-1/page/2")
    page.goto(f"{base}/account/login/")
    look(page, "sign-in")
    page.goto(f"{base}/nothing/here/")
    look(page, "not-found")
    context.close()
