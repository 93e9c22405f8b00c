"""Advertisements from the frame on the page to the report for the advertiser: on a desk, a phone, from the right."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.advertising_seeding import INN, OILSKINS
from tests.journeys.conftest import DESKTOP, Look, serving_house, signed_in

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a house whose issue has advertisements, read for weeks."""
    folder = tmp_path_factory.mktemp("advertisements")
    with serving_house(folder, "advertising_seeding.py", MASTHEAD_LINK_CHECK_DAYS="0") as address:
        yield address


@pytest.fixture
def desk(browser: Browser, house: str) -> Iterator[Page]:
    """Olga at the overview of her house."""
    with signed_in(browser, house) as page:
        page.goto(f"{house}office/houses/harbour-press/")
        yield page


def register(page: Page) -> str:
    """The register of the edition, found by links."""
    page.get_by_role("link", name="No. 7").first.click()
    page.get_by_role("navigation", name="Pages about it").get_by_role("link", name="Advertisements").click()
    page.wait_for_url("**/advertisements")
    return page.url


def test_staff_see_what_each_did_and_which_link_is_dead(desk: Page, house: str, look: Look) -> None:
    expect(desk.get_by_role("heading", name="Look at this")).to_be_visible()
    expect(desk.get_by_text("“A jumper is a small house” of Guernsey Row on page 21")).to_be_visible()
    look(desk, "overview")
    desk.get_by_role("region", name="Look at this").get_by_role("link", name="Fathom: No. 7").click()
    desk.wait_for_url("**/links/")
    desk.goto(f"{house}office/houses/harbour-press/")
    register(desk)
    rows = desk.locator(".register tbody tr")
    expect(rows).to_have_count(2)
    oilskins = rows.filter(has_text="Northing Oilskins")
    expect(oilskins.locator("td.number").nth(3)).to_have_text("31")
    expect(rows.filter(has_text="Guernsey Row")).to_contain_text("1 does not answer")
    expect(desk.locator(".crop image").first).to_have_attribute("href", re.compile(r"/pictures/240/2\.webp$"))
    look(desk, "register")
    desk.get_by_label("Order of the list").select_option(label="Dead links")
    desk.get_by_role("button", name="Show", exact=True).click()
    expect(rows.first).to_contain_text("Guernsey Row")
    desk.get_by_role("link", name="Fathom").first.click()
    desk.get_by_role("navigation", name="Pages about it").get_by_role("link", name="Advertisements").click()
    expect(rows).to_have_count(2)
    look(desk, "publication")
    with desk.expect_download() as file:
        desk.get_by_role("link", name="As a spreadsheet (CSV)").click()
    assert "Dry to the bone, autumn" in file.value.path().read_text(encoding="utf-8-sig")


def test_a_report_is_handed_over_on_paper(desk: Page, look: Look) -> None:
    desk.get_by_text("More", exact=True).click()
    desk.get_by_role("link", name="Advertisers").click()
    look(desk, "advertisers")
    desk.get_by_role("link", name="Northing Oilskins").click()
    expect(desk.get_by_role("heading", name="Report for Northing Oilskins")).to_be_visible()
    expect(desk.get_by_role("img", name=f"Dry to the bone, autumn, page {OILSKINS}")).to_be_visible()
    assert "Pays by the year" not in desk.content()
    look(desk, "report")
    desk.emulate_media(media="print")
    expect(desk.get_by_role("button", name="Print")).to_be_hidden()
    expect(desk.get_by_role("navigation", name="Periods")).to_be_hidden()
    look(desk, "report-printed", "desktop")


def test_found_ones_are_named_refused_and_drawn(desk: Page, look: Look) -> None:
    register(desk)
    desk.get_by_role("link", name="Find advertisements").click()
    places = desk.locator(".found > li")
    expect(places.first).to_be_visible()
    look(desk, "found")
    count = places.count()
    box = places.filter(has=desk.get_by_role("heading", name=f"Page {INN}", exact=True))
    printed = " ".join((box.locator(".words").text_content() or "").split())
    expect(box.get_by_role("group").first).to_have_accessible_description(printed)
    expect(box.get_by_role("img")).to_have_accessible_name(re.compile(re.escape(f"Page {INN}: {printed[:60]}")))
    box.get_by_role("radio", name="Lay it").check()
    places.last.get_by_role("radio", name="It is none").check()
    desk.get_by_role("button", name="Do what was chosen").click()
    expect(desk.get_by_text("The advertisement has no advertiser.")).to_be_visible()
    expect(places.last.get_by_role("radio", name="It is none")).to_be_checked()
    look(desk, "found-mistake")
    box.get_by_label("Advertiser").fill("Keeper's Rest")
    box.get_by_label("Campaign").fill("Stay in the tower")
    desk.get_by_role("button", name="Do what was chosen").click()
    expect(desk.get_by_text("Laid on the pages: 1. Refused: 1.")).to_be_visible()
    expect(places).to_have_count(count - 2)
    desk.get_by_role("button", name="Propose them again").click()
    expect(places).to_have_count(count - 1)


def test_a_frame_is_drawn_with_keys_over_the_whole_page_and_taken_back(desk: Page, house: str, look: Look) -> None:
    desk.goto(register(desk).replace("advertisements", "overlays/?page=14&kind=advertisement"))
    expect(desk.get_by_role("radio", name="Advertisement")).to_be_checked()
    desk.get_by_role("button", name="New on the whole page").focus()
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/overlays/new?**")
    expect(desk.get_by_label("Width")).to_have_value("100")
    desk.get_by_label("Campaign").fill("Lamps for winter")
    desk.get_by_label("Advertiser").fill("Halloran Lamps")
    look(desk, "form")
    desk.keyboard.press("Enter")
    frame = desk.locator(".area.frame", has_text="Lamps for winter")
    expect(frame).to_be_visible()
    look(desk, "editor")
    paper = desk.locator(".paper.draws")
    at = paper.bounding_box()
    assert at is not None
    desk.get_by_role("radio", name="Link").check()
    desk.mouse.move(at["x"] + 0.3 * at["width"], at["y"] + 0.3 * at["height"])
    desk.mouse.down()
    desk.mouse.move(at["x"] + 0.6 * at["width"], at["y"] + 0.4 * at["height"], steps=4)
    desk.mouse.up()
    desk.wait_for_url("**/overlays/new?**kind=link**")
    assert frame.evaluate("part => part.area.x") == 0, "what lies in a frame is drawn as on the free page"
    desk.go_back()
    desk.get_by_role("button", name="Undo").click()
    expect(frame).to_have_count(0)
    desk.get_by_role("button", name="New", exact=True).click()
    desk.get_by_role("button", name="The whole page").click()
    expect(desk.get_by_label("Height")).to_have_value("100")


def test_readers_get_nothing_of_it(browser: Browser, house: str) -> None:
    page = browser.new_page(**DESKTOP)
    with page.expect_response(re.compile(r"/page/|/no-7")):
        page.goto(f"{house}fathom/no-7/page/2")
    page.wait_for_selector('.page:not(.is-away)[data-text="ready"]')
    assert "NO-2026-118" not in page.content()
    assert "Pays by the year" not in page.content()
    expect(page.locator(".page-overlay")).to_have_count(0)
    page.close()


@pytest.mark.parametrize("options", [{"locale": "ar", "color_scheme": "dark"}, {"locale": "de"}])
def test_in_other_languages(browser: Browser, house: str, look: Look, options: dict[str, str]) -> None:
    with signed_in(browser, house, **options) as page:
        page.goto(f"{house}office/houses/harbour-press/advertisers?name=Guernsey+Row")
        look(page, f"report-{options['locale']}", "phone", "desktop")
        page.locator('a[href*="/office/houses/harbour-press/"]').first.click()
        page.locator('a[href*="/office/editions/"]').first.click()
        page.locator('a[href$="/advertisements"]').click()
        look(page, f"register-{options['locale']}", "phone", "desktop")
        page.goto(f"{page.url}/found")
        look(page, f"found-{options['locale']}", "phone")
