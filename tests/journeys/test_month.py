"""A month in the life of a trade magazine: made, corrected, live at its time, replaced, undone, counted, withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import DESKTOP, ROOT, Look, serving_house, signed_in, until_gone, visitor
from tests.pdfs import new_pdf, text_at

pytestmark = pytest.mark.journey
SAMPLE = ROOT / "build/sample-issue.pdf"
ISSUE = "fathom/november-2026"
LEAVES = (1, 2, 3, 4, 5, 6, 18, 22)  # pages of the sample: with letters, drawings without a description, a shop
LETTERS, DRAWINGS, SHOP, NOTICE = 5, 7, 8, 9  # pages of the issue
MINUTE = 60_000  # milliseconds
GERMAN = (
    "Die Werft am alten Hafen sucht zum Beginn des neuen Jahres",
    "eine Meisterin oder einen Meister, der sich mit Leuchten und",
    "Linsen auskennt und gern mit jungen Leuten arbeitet. Wir",
    "bieten eine Wohnung mit Blick auf das Wasser, einen ruhigen",
    "Arbeitsplatz und Kollegen, die einander helfen. Wer sich",
    "bewerben will, schreibt bitte bis zum Ende des Monats an die",
    "Leitung der Werft und legt die Zeugnisse der letzten Stellen",
    "bei. Eine Reise zur Vorstellung wird selbstverst.ndlich",
    "bezahlt, ebenso der Umzug der Familie in unsere Stadt.",
)


def issue_pdf(path: Path, leaves: tuple[int, ...]) -> Path:
    """Pages of the sample and a notice in German."""
    with pikepdf.open(SAMPLE) as sample, pikepdf.new() as pdf:
        pdf.add_pages_from(sample, [leaf - 1 for leaf in leaves])
        lines = [text_at(40, 60, "Eine Stelle am Hafen", 24)]
        lines += [text_at(40, 110 + 16 * at, line, 11) for at, line in enumerate(GERMAN)]
        with new_pdf(["\n".join(lines).replace("verst.nd", "verst\xe4nd")]) as notice:
            pdf.add_pages_from(notice)
        pdf.Root.Lang = pikepdf.String("en")
        pdf.docinfo["/Title"] = pikepdf.String("Fathom")
        pdf.save(path)
    return path


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a house with one publication and nothing in it yet."""
    settings = {"MASTHEAD_CONVERSIONS": "1", "MASTHEAD_LINK_CHECK_DAYS": "0"}
    with serving_house(tmp_path_factory.mktemp("month"), "month_seeding.py", **settings) as address:
        yield address


@pytest.fixture(scope="module")
def home(house: str, browser: Browser, look: Look, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The home of an issue that was handed over, corrected and made lively, all of it at the screens for that."""
    with signed_in(browser, house) as page:
        home = _handed_over(page, issue_pdf(tmp_path_factory.mktemp("pdf") / "november.pdf", LEAVES))
        _corrected(page, home, look)
        _laid_on_pages(page, home)
        _findings_fixed(page, home, look)
    return home


def test_it_goes_live_at_its_time_with_all_that_was_corrected(
    house: str, home: str, browser: Browser, look: Look
) -> None:
    with signed_in(browser, house) as page:
        at = _scheduled(page, home, look)
        _stranger_waits(browser, house, look)
        page.goto(home)
        look(page, "scheduled")
        page.wait_for_timeout(max(0.0, (at - datetime.now(UTC)).total_seconds() * 1000))
        _until(page, home, "Everybody can read it at its address.")
    with visitor(browser) as reader:
        _reads(reader, house, look)


def test_another_pdf_keeps_the_work_of_staff_and_is_undone(
    house: str, home: str, browser: Browser, look: Look, tmp_path: Path
) -> None:
    with signed_in(browser, house) as page:
        _live(page, home)
        _replaced(page, home, issue_pdf(tmp_path / "november-second.pdf", (*LEAVES[:3], 25, *LEAVES[3:])), look)
        with visitor(browser) as reader:
            _finds_all(reader, house, at=1)
        _put_back(page, home, look)
        with visitor(browser) as reader:
            _finds_all(reader, house, at=0)


def test_visits_are_counted_and_what_is_withdrawn_is_gone(house: str, home: str, browser: Browser, look: Look) -> None:
    with signed_in(browser, house) as page:
        _live(page, home)
        with visitor(browser) as reader:
            _finds_all(reader, house, at=0)
        _counted(page, home, look)
        page.goto(home)
        page.get_by_role("button", name="Withdraw", exact=True).click()
        expect(page.get_by_text("was withdrawn")).to_be_visible()
        look(page, "withdrawn")
    with visitor(browser) as reader:
        answer = reader.goto(f"{house}{ISSUE}/page/{LETTERS}")
        assert answer is not None
        assert answer.status == 410
        expect(reader.get_by_role("heading", level=1)).to_have_text("This issue is no longer available")
        look(reader, "gone")


def _live(page: Page, home: str) -> None:
    """Published, if it is not yet."""
    page.goto(home)
    if page.get_by_role("button", name="Publish now").count():
        page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("Everybody can read it at its address.")).to_be_visible()


def _handed_over(page: Page, pdf: Path) -> str:
    """An issue, uploaded and converted; the address of its home."""
    page.get_by_role("link", name="Fathom", exact=True).click()
    page.get_by_role("link", name="New edition").first.click()
    page.get_by_label("PDF of the issue").set_input_files(pdf)
    page.get_by_label("Issue", exact=True).fill("November 2026")
    page.get_by_role("button", name="Hand over the PDF").click()
    expect(page.get_by_role("button", name="Publish now")).to_be_visible(timeout=2 * MINUTE)
    return page.url


def _kept(page: Page) -> None:
    page.get_by_role("button", name="Keep the changes").click()
    expect(page.get_by_role("status").first).to_contain_text("Kept.")


def _corrected(page: Page, home: str, look: Look) -> None:
    """A headline, some words, and the order of two blocks."""
    page.get_by_role("link", name="Corrections").click()
    page.get_by_role("link", name="To the articles").click()
    page.get_by_role("link", name="Letters").click()
    page.get_by_label("Headline").fill("Letters to the keeper")
    page.get_by_label("Words of block 3", exact=True).focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("[data-unsaved]")).to_contain_text("is now at place 4.")
    words = page.get_by_label("Words of block 3", exact=True)
    words.fill(f"Sandbanks wander. {words.input_value()}")
    look(page, "article")
    _kept(page)
    page.goto(f"{home}corrections")
    look(page, "ledger")


def _drawn(page: Page, kind: str, area: tuple[float, float, float, float]) -> None:
    """An area of a kind, drawn on the page with the mouse: left, top, right and lower edge as shares of it."""
    paper = page.locator(".paper.draws")
    paper.locator("img").wait_for()
    page.get_by_role("radio", name=kind).check()
    paper.scroll_into_view_if_needed()
    box = paper.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + area[0] * box["width"], box["y"] + area[1] * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + area[2] * box["width"], box["y"] + area[3] * box["height"], steps=4)
    page.mouse.up()
    page.wait_for_url("**/overlays/new?**")


def _laid_on_pages(page: Page, home: str) -> None:
    """A product in the shop, and a video between the letters."""
    page.goto(f"{home}overlays/?page={SHOP}")
    _drawn(page, "Product", (0.07, 0.17, 0.27, 0.38))
    page.get_by_label("Name", exact=True).fill("Keeper lamp")
    page.get_by_label("Code").fill("HB-1042")
    page.get_by_label("Name of the product").fill("Keeper lamp")
    page.get_by_label("Price").fill("148.00")
    page.get_by_label("Currency").select_option("GBP")
    page.get_by_role("button", name="Lay it on the page").click()
    page.locator(".area", has_text="Keeper lamp").wait_for()
    page.goto(f"{home}overlays/?page={LETTERS}")
    _drawn(page, "Video", (0.1, 0.3, 0.4, 0.5))
    page.get_by_label("Name", exact=True).fill("The lamp is lit")
    page.get_by_label("Address at YouTube or Vimeo").fill("https://youtu.be/dQw4w9WgXcQ")
    page.get_by_role("button", name="Lay it on the page").click()
    page.locator(".area", has_text="The lamp is lit").wait_for()


def _findings_fixed(page: Page, home: str, look: Look) -> None:
    """Drawings without a description, and a page that is in another language."""
    report = f"{home}accessibility"
    page.goto(report)
    look(page, "findings")
    links = page.locator(".findings > li", has_text="Pictures without a description").get_by_role("link").all()
    places = [str(link.get_attribute("href")) for link in links]
    for place in {place.split("#")[0]: place for place in places}.values():  # one for each page
        page.goto(urljoin(report, place))
        page.locator(".shots > li:target textarea").fill("Drawn in ink")
        for picture in page.locator(".shots > li").all():
            if not picture.locator("textarea").input_value():
                picture.get_by_label("Only decoration").check()
        _kept(page)
    page.goto(report)
    page.locator(".findings > li", has_text="Pages in another language").get_by_role("link").click()
    page.locator(f"#language-{NOTICE}").select_option("de")
    _kept(page)
    page.locator(".pending").get_by_role("button", name="Apply the corrections").click()
    until_gone(page, ".pending", MINUTE)
    page.goto(report)
    expect(page.locator(".findings > li", has_text="Pages in another language")).to_have_count(0)
    expect(page.locator(".findings > li", has_text="Pictures without a description")).to_have_count(0)
    look(page, "fewer-findings")


def _scheduled(page: Page, home: str, look: Look) -> datetime:
    """The next full minute for which there is time; when that is."""
    page.goto(home)
    page.get_by_text("Publish at a time").click()
    page.get_by_label("Time zone").select_option("UTC")
    page.get_by_label("Goes live").fill("2026-01-01T10:00")
    page.get_by_role("button", name="Schedule").click()
    expect(page.locator(".mistake").first).to_be_visible()
    look(page, "schedule-mistake")
    at = (datetime.now(UTC) + timedelta(seconds=63)).replace(second=0, microsecond=0)
    page.get_by_label("Goes live").fill(at.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Schedule").click()
    expect(page.get_by_text("The edition will go live by itself.")).to_be_visible()
    return at


def _stranger_waits(browser: Browser, house: str, look: Look) -> None:
    """Before its time nobody is told that there is such an issue."""
    context = browser.new_context(**DESKTOP)
    page = context.new_page()
    answer = page.goto(f"{house}{ISSUE}/")
    assert answer is not None
    assert answer.status == 404
    page.goto(f"{house}fathom/")
    look(page, "nothing-live-yet")
    context.close()


def _until(page: Page, address: str, words: str) -> None:
    """Look again until the page says so."""
    for _ in range(40):
        if page.get_by_text(words).count():
            return
        page.wait_for_timeout(1000)
        page.goto(address)
    expect(page.get_by_text(words)).to_be_visible()


def _reads(page: Page, house: str, look: Look) -> None:
    """A visitor finds the corrected words, and what was laid on the pages."""
    page.goto(f"{house}fathom/")
    page.get_by_role("link", name="Read the current issue").click()
    page.wait_for_selector("masthead-reader[data-ready] .page .page-picture")
    page.goto(f"{house}{ISSUE}/articles")
    page.get_by_role("link", name="Letters to the keeper").first.click()
    expect(page.locator("article")).to_contain_text("Sandbanks wander.")
    look(page, "read")
    page.goto(f"{house}{ISSUE}/page/{SHOP}")
    page.locator('.page:not(.is-away) [data-kind="product"]').click()
    expect(page.get_by_role("dialog")).to_contain_text("£148.00")
    page.keyboard.press("Escape")
    notice = page.locator(f'.page[data-page="{NOTICE}"] .page-spoken')
    expect(notice).to_contain_text("Eine Stelle am Hafen")
    expect(page.locator(f'.page[data-page="{NOTICE}"] [lang="de"]').first).to_be_attached()


def _replaced(page: Page, home: str, pdf: Path, look: Look) -> None:
    """Another PDF, with a page more; readers keep the old one until it is ready."""
    page.goto(home)
    page.get_by_role("link", name="Replace the PDF").click()
    page.get_by_label("PDF of the issue").set_input_files(pdf)
    page.get_by_role("button", name="Replace the PDF").click()
    page.wait_for_url(home)
    expect(page.locator("dl.facts")).to_contain_text(pdf.name, timeout=MINUTE)
    page.goto(f"{home}corrections")
    expect(page.locator(".alarm")).to_have_count(0)
    expect(page.get_by_text("Does not fit")).to_have_count(0)
    look(page, "ledger-after-replacing")
    page.goto(f"{home}overlays/?page={SHOP + 1}")
    expect(page.locator(".alarm")).to_have_count(0)
    page.locator(".area", has_text="Keeper lamp").wait_for()
    look(page, "overlays-after-replacing")


def _finds_all(page: Page, house: str, at: int) -> None:
    """A visitor finds what staff did, on pages that moved by `at`."""
    page.goto(f"{house}{ISSUE}/page/{SHOP + at}")
    expect(page.locator(f'.page[data-page="{SHOP + at}"] [data-kind="product"]')).to_have_count(1)
    page.goto(f"{house}{ISSUE}/page/{LETTERS + at}")
    expect(page.locator(f'.page[data-page="{LETTERS + at}"] [data-kind="video"]')).to_have_count(1)
    page.goto(f"{house}{ISSUE}/articles")
    page.get_by_role("link", name="Letters to the keeper").first.click()
    expect(page.locator("article")).to_contain_text("Sandbanks wander.")


def _put_back(page: Page, home: str, look: Look) -> None:
    """The version before, in one step."""
    page.goto(home)
    page.get_by_role("link", name="Versions").click()
    look(page, "versions")
    older = page.locator(".builds > li", has_text="9 pages").first
    older.get_by_role("button", name="Go back to this one").click()
    expect(page.get_by_text("Readers have this version now.")).to_be_visible()
    expect(page.locator(".builds > li", has_text="9 pages").first).to_contain_text("Current version")
    page.goto(home)
    expect(page.locator("dl.facts")).to_contain_text("november.pdf")


def _counted(page: Page, home: str, look: Look) -> None:
    """Numbers come once a minute."""
    for _ in range(50):
        page.goto(f"{home}statistics")
        if page.locator(".tile .figure").count() and re.sub(
            r"\D", "", page.locator(".tile .figure").first.inner_text()
        ):
            break
        page.wait_for_timeout(2000)
    assert int(page.locator(".tile .figure").first.inner_text()) >= 1
    look(page, "statistics")
