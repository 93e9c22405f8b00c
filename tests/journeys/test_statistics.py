"""Somebody reads, and staff see it: on a desk, on a phone, in the dark, from the right, in files."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import BROWSER, DESKTOP, FLAGS, PHONE, Look, chromium, serving_house, signed_in

pytestmark = pytest.mark.journey

# The driver does not see what a page sends while it closes.
KEEPS = """
localStorage.setItem('masthead-guide', 'seen');
const send = navigator.sendBeacon.bind(navigator);
navigator.sendBeacon = (address, said) => {
  const told = JSON.parse(sessionStorage.getItem('told') ?? '[]');
  sessionStorage.setItem('told', JSON.stringify([...told, said]));
  return send(address, said);
};
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a house that has been read for months."""
    with serving_house(tmp_path_factory.mktemp("statistics"), "seeding_statistics.py") as address:
        yield address


def screens(page: Page, house: str) -> dict[str, str]:
    """The statistics' screens, found by following links."""
    page.goto(f"{house}office/")
    page.get_by_role("link", name="Statistics").click()
    found = {"house": page.url}
    page.get_by_role("link", name="Fathom").click()
    found["publication"] = page.url
    page.get_by_role("link", name="No. 5").click()
    found["edition"] = page.url
    page.goto(f"{house}office/")
    page.get_by_role("link", name="Lighthouse").first.click()
    page.get_by_role("link", name="Statistics").last.click()
    found["nothing"] = page.url
    page.goto(found["house"])
    page.get_by_role("link", name="COUNTER").click()
    found["counter"] = page.url
    return found


@dataclass(frozen=True)
class Visit:
    """What a browser told of somebody's reading, and the screen on which its pages have to be counted."""

    told: list[dict[str, Any]]
    sizes: list[int]  # bytes of each message
    cookies: list[Any]
    address: str
    before: int  # pages that were counted there


@pytest.fixture(scope="module")
def visit(house: str, browser: Browser) -> Visit:
    """Somebody reads three pages; it is made early, as numbers come once a minute."""
    with signed_in(browser, house) as page:
        found = screens(page, house)
        page.goto(f"{found['edition']}")
        today = page.locator("[name=until]").input_value()
        address = f"{found['edition']}?since={today}&until={today}"
        before = pages_counted(page, address)
    # Set in a context, it is not that of what is sent while a page closes.
    named = [*FLAGS, f"--user-agent={BROWSER}"]
    own = browser.browser_type.launch(executable_path=chromium(), args=named)
    reader = own.new_context(**DESKTOP)
    reader.add_init_script(KEEPS)
    read = reader.new_page()
    read.goto(f"{house}fathom/no-5/")
    read.wait_for_selector("masthead-reader[data-ready] .reader-toolbar button")
    read.wait_for_timeout(2500)
    read.keyboard.press("ArrowRight")
    read.wait_for_url("**/page/2")
    read.wait_for_timeout(4000)  # a second is enough on a machine with nothing else to do
    read.goto(f"{house}health")
    batches = json.loads(read.evaluate("sessionStorage.getItem('told')"))
    cookies = reader.cookies()
    own.close()
    told = [event for batch in batches for event in json.loads(batch)["events"]]
    return Visit(told, list(map(len, batches)), cookies, address, before)


def pages_counted(page: Page, address: str) -> int:
    """The number of pages on a screen of statistics."""
    page.goto(address)
    return int(page.locator(".tile .figure").nth(2).inner_text().replace(",", ""))


def test_what_somebody_reads_is_told_in_few_bytes_and_without_cookies(visit: Visit) -> None:
    assert visit.cookies == []
    assert [(event["kind"], event.get("page")) for event in visit.told] == [
        ("open", None),
        ("page", 1),
        ("page", 2),
        ("page", 3),
    ]
    assert sum(visit.sizes) < 600


def test_every_screen_holds(house: str, browser: Browser, look: Look) -> None:
    with signed_in(browser, house) as page:
        found = screens(page, house)
        for name, address in found.items():
            page.goto(address)
            look(page, f"{name}")
        page.goto(f"{found['edition']}?since=2026-01-01&until=2026-11-28&show=seconds")
        look(page, "year")
    with signed_in(browser, house, color_scheme="dark", locale="ar") as page:
        for name, address in found.items():
            page.goto(address)
            look(page, f"{name}-dark-arabic", "phone")
    with signed_in(browser, house, locale="de") as page:
        page.goto(found["edition"])
        look(page, "edition-german", "desktop")


def test_charts_have_their_numbers_in_a_table_and_in_a_file(house: str, browser: Browser) -> None:
    with signed_in(browser, house) as page:
        edition = screens(page, house)["edition"]
        page.goto(edition)
        today = date.fromisoformat(page.locator("[name=until]").input_value())
        # Today is still counted, perhaps between the page and its file.
        page.goto(f"{edition}?since={today - timedelta(days=30)}&until={today - timedelta(days=1)}")
        page.get_by_text("The numbers of the chart as a table").click()
        table = page.get_by_role("region", name="Numbers of each day")
        expect(table.get_by_role("row")).to_have_count(31)
        with page.expect_download() as sent:
            page.get_by_role("link", name="Every day as a spreadsheet").click()
        rows = list(csv.reader(io.StringIO(sent.value.path().read_text("utf-8-sig"))))
        cells = table.get_by_role("row").nth(1).locator("th, td").all_inner_texts()
        shown = [cells[0], *(cell.replace(",", "") for cell in cells[1:])]
        assert rows[1] == shown
        visits = sum(int(row[1]) for row in rows[1:31])
        assert page.locator(".tile .figure").first.inner_text().replace(",", "") == str(visits)
        assert any("30 minutes" in row[0] for row in rows[31:] if row)
        with page.expect_download() as sent:
            page.get_by_role("link", name="Pages: CSV").click()
        assert len(list(csv.reader(io.StringIO(sent.value.path().read_text("utf-8-sig"))))) > 48


def test_a_report_for_libraries_is_had(house: str, browser: Browser) -> None:
    with signed_in(browser, house) as page:
        page.goto(screens(page, house)["counter"])
        with page.expect_download() as sent:
            page.get_by_role("link", name="Item Report (IR): JSON").click()
        report = json.loads(sent.value.path().read_text())
        assert report["Report_Header"]["Report_ID"] == "IR"
        names = {item["Item"] for title in report["Report_Items"] for item in title["Items"]}
        assert "The keepers winter" in names


def test_a_reader_on_a_phone_without_scripts_is_counted_by_the_server(house: str, browser: Browser) -> None:
    context = browser.new_context(**{**PHONE, "java_script_enabled": False, "user_agent": BROWSER})
    page = context.new_page()
    page.goto(f"{house}fathom/no-4/page/2")
    assert re.search(r"Harbour story 2", page.content())
    assert context.cookies() == []
    context.close()


def test_what_somebody_read_is_counted(house: str, browser: Browser, visit: Visit) -> None:
    with signed_in(browser, house) as page:
        for _ in range(50):  # the page that the server sent may come first
            if pages_counted(page, visit.address) == visit.before + 3:
                break
            page.wait_for_timeout(3000)
        assert pages_counted(page, visit.address) == visit.before + 3
