"""Somebody reads an article as text: from the page and back, set as they like, on a phone, from right to left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import DESKTOP, PHONE, OpenReader, axe_violations, serving
from tests.stories import arabic_edition, english_edition

pytestmark = pytest.mark.journey
DEVICES: dict[str, dict[str, Any]] = {"desktop": DESKTOP, "phone": PHONE}
LIGHT = "article/the-light-on-the-reef"


@pytest.fixture(scope="module")
def reefs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(english_edition(tmp_path_factory.mktemp("reefs") / "edition").path) as address:
        yield address


@pytest.fixture(scope="module")
def manar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(arabic_edition(tmp_path_factory.mktemp("manar") / "edition").path) as address:
        yield address


def reading(page: Page) -> Page:
    """Wait until an article is on show and its place has settled in the address."""
    page.wait_for_selector(".article-view:not([hidden]) .article-text h1")
    page.wait_for_timeout(500)
    return page


def scroll_to(page: Page, block: str) -> None:
    page.evaluate(
        """block => {
          const scroller = document.querySelector('.article-scroll');
          const part = scroller.querySelector(`[data-block="${block}"]`).getClientRects()[0];
          scroller.scrollTop += part.top - scroller.getBoundingClientRect().top - 4;
        }""",
        block,
    )
    page.wait_for_timeout(600)


@pytest.mark.parametrize("device", DEVICES)
def test_without_scripts_it_reads(reefs: str, browser: Browser, screen: Any, device: str) -> None:
    context = browser.new_context(**DEVICES[device], java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{reefs}{LIGHT}#p3-b1")
    expect(page.locator("h1")).to_have_text("The light on the reef")
    assert page.locator("#p3-b1").evaluate("part => part.getBoundingClientRect().top") < 400
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("scrollTo(0, 0)")
    screen(page, f"article-no-scripts-{device}")
    page.click("a[rel=next]")
    expect(page.locator("h1")).to_have_text("How to hear fog")
    page.click("text=All articles")
    expect(page.locator("h1")).to_have_text("All articles")
    screen(page, f"articles-{device}")
    context.close()


@pytest.mark.parametrize("device", DEVICES)
def test_from_the_page_to_the_article_and_back_keeps_the_place(
    open_reader: OpenReader, reefs: str, screen: Any, device: str
) -> None:
    page = open_reader("page/3#p3-b2", at=reefs, **DEVICES[device])
    page.wait_for_selector(".page-mark-place")
    name = "Article" if device == "phone" else "Read as an article"
    page.get_by_role("button", name=name, exact=True).click()
    reading(page)
    expect(page).to_have_url(f"{reefs}{LIGHT}#p3-b2")
    top = page.evaluate("document.querySelector('.article-text [data-block=\"p3-b2\"]').getBoundingClientRect().top")
    assert 40 < top < 120
    scroll_to(page, "p3-b3")
    expect(page).to_have_url(f"{reefs}{LIGHT}#p3-b3")
    screen(page, f"article-{device}")
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{reefs}page/3#p3-b3")
    boxes = page.locator(".page[data-page='3'] .page-mark-place")
    expect(boxes.first).to_be_visible()
    assert boxes.count() > 2, "the lines of the block are marked"
    screen(page, f"article-back-{device}")
    expect(boxes).to_have_count(0, timeout=5000)


def test_back_and_forward_and_any_address_open_there(open_reader: OpenReader, reefs: str) -> None:
    page = reading(open_reader(f"{LIGHT}#p3-b1", at=reefs, ready=False))
    # The paragraph begins on page 2; the address names the words of page 3 in it.
    assert page.evaluate("document.querySelector('.article-scroll').scrollTop") > 200
    page.locator(".article-foot button[aria-label='Next article']").click()
    expect(page).to_have_url(re.compile("/article/how-to-hear-fog"))
    expect(page).to_have_title(re.compile("How to hear fog"))
    expect(page.locator(".article-text h1")).to_have_text("How to hear fog")
    page.keyboard.press("a")
    expect(page).to_have_url(re.compile("/page/5"))
    page.go_back()
    expect(page.locator(".article-view")).to_be_visible()
    expect(page.locator(".article-text h1")).to_have_text("How to hear fog")
    page.go_back()
    expect(page.locator(".article-text h1")).to_have_text("The light on the reef")
    page.go_forward()
    expect(page.locator(".article-text h1")).to_have_text("How to hear fog")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".article-text h1")).to_have_text("The light on the reef")


def test_links_lead_to_pages_and_notes_and_back(open_reader: OpenReader, reefs: str) -> None:
    page = reading(open_reader(LIGHT, at=reefs, ready=False))
    page.click("[role=doc-noteref]")
    expect(page.locator("#note-p4-b99")).to_be_focused()
    page.click(".article-text .sidebar a")
    expect(page).to_have_url(re.compile("/page/5"))
    page.wait_for_selector(".page[data-page='5']:not(.is-away)")


def test_the_text_is_set_as_somebody_likes_and_stays_so(open_reader: OpenReader, reefs: str, screen: Any) -> None:
    page = reading(open_reader(LIGHT, at=reefs, ready=False, **PHONE))
    fonts: list[str] = []
    page.on("request", lambda request: fonts.append(request.url) if request.url.endswith(".woff2") else None)
    scroll_to(page, "p3-b2")
    size = "() => parseFloat(getComputedStyle(document.querySelector('.article-text')).fontSize)"
    before = page.evaluate(size)
    page.keyboard.press("t")
    page.wait_for_selector(".text-settings")
    page.wait_for_timeout(400)
    screen(page, "article-text-settings-phone")
    page.get_by_role("button", name="Larger text").click()
    page.get_by_role("button", name="Larger text").click()
    assert page.evaluate(size) > before * 1.2
    expect(page).to_have_url(re.compile("#p3-b2"))
    for paper in ("sepia", "dark", "contrast"):
        page.locator(f".tile-paper-{paper} input").check()
        page.wait_for_timeout(300)
        assert axe_violations(page) == []
        screen(page, f"article-{paper}-phone")
    assert fonts == [], "a face is loaded only where it was chosen"
    page.locator(".tile-face-dyslexic input").check()
    page.wait_for_function("() => document.fonts.check('16px OpenDyslexic')")
    assert any("opendyslexic" in url for url in fonts)
    for choice in ("lines-loose", "width-narrow", "letters-wide"):
        page.locator(f".tile-{choice} input").check()
    page.get_by_label("Both edges even").check()
    align = "() => getComputedStyle(document.querySelector('.article-text > p[data-block]:not([class])')).textAlign"
    assert page.evaluate(align) == "justify"
    page.keyboard.press("Escape")
    page.reload()
    reading(page)
    assert page.evaluate(align) == "justify"
    assert page.evaluate(size) > before
    background = "() => getComputedStyle(document.querySelector('.article-view')).backgroundColor"
    assert page.evaluate(background) == "rgb(0, 0, 0)"
    screen(page, "article-own-type-phone")
    page.keyboard.press("t")
    page.get_by_role("button", name="As usual").click()
    assert page.evaluate(align) == "start"


def test_large_type_does_not_break_the_page(open_reader: OpenReader, reefs: str, screen: Any) -> None:
    page = reading(open_reader(LIGHT, at=reefs, ready=False, **PHONE))
    for _ in range(8):
        page.keyboard.press("+")
    page.wait_for_timeout(300)
    wide = (
        "() => { const part = document.querySelector('.article-scroll'); return part.scrollWidth - part.clientWidth }"
    )
    assert page.evaluate(wide) == 0
    screen(page, "article-large-phone")
    page.keyboard.press("0")
    assert page.evaluate("document.querySelector('masthead-reader').style.getPropertyValue('--read-scale')") == "1"


@pytest.mark.parametrize("device", DEVICES)
def test_no_violation_in_the_article_view(open_reader: OpenReader, reefs: str, device: str) -> None:
    page = reading(open_reader(LIGHT, at=reefs, ready=False, **DEVICES[device]))
    assert axe_violations(page) == []
    for key, panel in (("c", "contents"), ("/", "search"), ("t", "text")):
        page.keyboard.press(key)
        page.wait_for_selector(f"masthead-reader[data-panel={panel}] .panel-body > :not(.panel-waiting)")
        page.wait_for_timeout(400)
        assert axe_violations(page) == []
        page.keyboard.press("Escape")
        if panel == "search":
            page.wait_for_timeout(200)
    headings = page.locator(".article-text :is(h1, h2, h3)").evaluate_all("all => all.map(each => each.tagName)")
    assert headings == ["H1", "H2", "H2"]


def test_hits_and_contents_lead_to_articles(open_reader: OpenReader, reefs: str, screen: Any) -> None:
    page = reading(open_reader(LIGHT, at=reefs, ready=False))
    page.keyboard.press("/")
    page.fill(".search-input", "trumpet")
    page.wait_for_selector(".hit")
    page.locator(".hit").first.click()
    expect(page.locator(".article-text h1")).to_have_text("How to hear fog")
    page.wait_for_function("() => CSS.highlights.get('masthead-current-hit')?.size > 0")
    marked = page.evaluate("[...CSS.highlights.get('masthead-current-hit')].map(range => range.toString())")
    assert set(marked) == {"trumpet."}
    expect(page).to_have_url(re.compile(r"/article/how-to-hear-fog\?q=trumpet"))
    screen(page, "article-search")
    page.reload()
    reading(page)
    page.wait_for_function("() => CSS.highlights.get('masthead-hit')?.size > 0")


def test_a_headline_is_tapped_on_a_phone(open_reader: OpenReader, reefs: str) -> None:
    page = open_reader("page/2", at=reefs, **PHONE)
    page.wait_for_selector(".page[data-page='2'][data-text='ready']")
    box = page.locator(".page[data-page='2'] [data-block='p2-b1'] .word").nth(3).bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    reading(page)
    expect(page.locator(".article-text h1")).to_have_text("The light on the reef")


def test_text_is_copied_clean(open_reader: OpenReader, reefs: str) -> None:
    page = reading(open_reader(LIGHT, at=reefs, ready=False))
    copied = page.evaluate(
        """() => {
          const part = document.querySelector('.article-text [data-block="p2-b7"]');
          getSelection().selectAllChildren(part);
          const clipboardData = new DataTransfer();
          const event = new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true });
          part.dispatchEvent(event);
          return [event.defaultPrevented, getSelection().toString()];
        }"""
    )
    assert copied == [
        False,
        "The shape was borrowed. It is broad at the foot, and slender above. "
        "Each stone was held by all the others. The masons sang.",
    ]


@pytest.mark.parametrize("device", DEVICES)
def test_arabic_runs_from_the_right(open_reader: OpenReader, manar: str, screen: Any, device: str) -> None:
    page = reading(open_reader("article/ضوء-على-الصخرة?lang=ar", at=manar, ready=False, **DEVICES[device]))
    assert page.locator(".article-text").get_attribute("dir") == "rtl"
    back, tools = page.locator(".article-back").bounding_box(), page.locator(".article-bar .tools").bounding_box()
    assert back is not None
    assert tools is not None
    assert back["x"] > tools["x"], "the way back stands at the right"
    assert axe_violations(page) == []
    screen(page, f"article-arabic-{device}")
    page.keyboard.press("t")
    page.wait_for_selector(".text-settings")
    page.wait_for_timeout(400)
    screen(page, f"article-arabic-text-{device}")


def test_an_article_that_does_not_arrive_leads_back_to_its_page(open_reader: OpenReader, reefs: str) -> None:
    page = open_reader("page/2", at=reefs)
    page.route("**/articles/a1.html", lambda route: route.fulfill(status=404))
    page.keyboard.press("a")
    expect(page.locator(".toast")).to_contain_text("could not be loaded")
    expect(page.locator(".article-view")).to_be_hidden()
    page.unroute("**/articles/a1.html")
    page.keyboard.press("a")
    reading(page)


def test_less_motion_is_respected_and_focus_moves_sensibly(open_reader: OpenReader, reefs: str) -> None:
    page = open_reader("page/2", at=reefs, reduced_motion="reduce")
    page.keyboard.press("a")
    reading(page)
    assert page.evaluate("document.activeElement.className") == "article-scroll"
    assert (
        float(page.evaluate("parseFloat(getComputedStyle(document.querySelector('.article-view')).animationDuration)"))
        < 0.01
    )
    expect(page.locator(".spoken")).to_contain_text("The light on the reef")
    page.keyboard.press("Escape")
    page.wait_for_selector(".article-view", state="hidden")
    assert page.evaluate("document.activeElement.id") == "reader-stage"


def test_without_the_part_that_reads_articles_the_page_is_shown(
    open_reader: OpenReader, reefs: str, server: str
) -> None:
    page = open_reader("pages", at=reefs, ready=False)
    page.route("**/assets/article-*.js", lambda route: route.abort())
    page.goto(f"{reefs}{LIGHT}")
    page.wait_for_selector(".page[data-page='2'] .page-picture")
    expect(page.locator(".toast")).to_contain_text("could not be loaded")
    expect(page).to_have_url(f"{reefs}page/2")
    assert page.locator(".frame-article").count() == 0
