"""Somebody opens the issue and reads it: turning, zooming, searching, finding their way."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect
from tests.journeys.conftest import PHONE, OpenReader

pytestmark = pytest.mark.journey
WIDE = {"viewport": {"width": 1000, "height": 800}}


def shown(page: Page) -> list[str]:
    """Numbers of the pages on the stage, in the order of the document."""
    return page.eval_on_selector_all(".page:not(.is-away)", "pages => pages.map(page => page.dataset.page)")


def settled(page: Page, number: int) -> None:
    """Wait until a page lies still on the stage."""
    page.wait_for_function("() => !document.querySelector('.is-turning')")
    page.wait_for_selector(f".page:not(.is-away)[data-page='{number}']")


def test_the_cover_stands_alone_and_keys_turn(open_reader: OpenReader, screen) -> None:
    page = open_reader()
    assert shown(page) == ["1"]
    screen(page, "desktop-cover")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(180)
    screen(page, "desktop-turning")
    settled(page, 3)
    assert shown(page) == ["2", "3"]
    expect(page).to_have_url(re.compile(r"/page/2$"))
    page.keyboard.press("End")
    settled(page, 28)
    page.keyboard.press("Home")
    settled(page, 1)


def test_back_and_forward_work_and_any_address_opens_there(open_reader: OpenReader) -> None:
    page = open_reader("page/12")
    assert shown(page) == ["12", "13"]
    page.wait_for_timeout(500)
    page.keyboard.press("ArrowRight")
    settled(page, 14)
    expect(page).to_have_url(re.compile(r"/page/14$"))
    page.go_back()
    settled(page, 12)
    page.go_forward()
    settled(page, 14)
    expect(page).to_have_title(re.compile("Page 14"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_arrows_at_the_edges_are_seen_over_the_paper(open_reader: OpenReader, scheme: str) -> None:
    page = open_reader("page/12", color_scheme=scheme, reduced_motion="reduce")
    for _ in range(4):
        page.keyboard.press("+")
    page.mouse.move(640, 400)
    arrow = page.get_by_role("button", name="Next page").first
    arrow.evaluate("part => Promise.all(part.getAnimations().map(one => one.finished))")
    ground, icon = arrow.evaluate(
        """part => {
            const paint = document.createElement('canvas').getContext('2d');
            const style = getComputedStyle(part);
            return [style.backgroundColor, style.color].map((colour) => {
              for (const [fill, share] of [['#fff', 1], [colour, style.opacity]]) {
                paint.globalAlpha = Number(share);
                paint.fillStyle = fill;
                paint.fillRect(0, 0, 1, 1);
              }
              return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3);
            });
        }"""
    )
    assert contrast(ground, icon) >= 3  # WCAG 2.2, 1.4.11


def contrast(*colours: list[int]) -> float:
    """The ratio of WCAG 2.2 between two colours, each of three numbers up to 255."""
    parts = [[part / 255 for part in colour] for colour in colours]
    linear = [[part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in one] for one in parts]
    darker, lighter = sorted(0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in linear)
    return (lighter + 0.05) / (darker + 0.05)


def test_who_goes_back_while_the_page_still_turns_stays_in_the_edition(open_reader: OpenReader) -> None:
    page = open_reader("page/12")
    page.wait_for_timeout(500)
    page.keyboard.press("ArrowRight")
    # Two frames later the page has only begun to turn.
    page.evaluate("new Promise((on) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(on))))")
    page.go_back()
    settled(page, 12)
    expect(page).to_have_url(re.compile(r"/page/12$"))


def test_a_corner_can_be_dragged_and_let_go(open_reader: OpenReader, screen) -> None:
    page = open_reader("page/6")
    settled(page, 7)
    page.wait_for_timeout(600)
    box = page.locator(".page[data-page='7']").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] - 12, box["y"] + box["height"] - 12
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y - 30, steps=4)
    page.mouse.move(x - 200, y - 60, steps=6)
    page.wait_for_timeout(120)
    screen(page, "desktop-corner-held")
    page.wait_for_timeout(120)
    page.mouse.up()
    settled(page, 7)
    assert shown(page) == ["6", "7"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 500, y - 40, steps=8)
    page.mouse.move(x - 760, y, steps=6)
    page.mouse.up()
    settled(page, 8)
    assert shown(page) == ["8", "9"]


def test_zoom_brings_a_sharper_picture_and_arrows_pan(open_reader: OpenReader, screen) -> None:
    page = open_reader("page/10")
    settled(page, 10)
    for _ in range(5):
        page.keyboard.press("+")
    page.wait_for_selector(".page-tile")
    before = page.evaluate("document.querySelector('.surface').style.transform")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.querySelector('.surface').style.transform") != before
    page.wait_for_timeout(700)
    screen(page, "desktop-zoomed")
    page.keyboard.press("0")
    assert "scale(1)" in page.evaluate("document.querySelector('.surface').style.transform")


def test_who_zooms_on_before_the_sharp_parts_have_come_has_those_of_the_last_zoom(open_reader: OpenReader) -> None:
    page = open_reader("page/10", **PHONE)
    settled(page, 10)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/tiles/10/" in request.url else None)
    page.route(re.compile("/tiles/10/(3200|4800)/"), lambda _: None)  # on their way for ever, until they are given up
    while len(asked) < 3:
        page.keyboard.press("+")
        page.wait_for_timeout(400)
    assert len(asked) == 3
    assert not any("/6400/" in address for address in asked)
    for _ in range(5):
        page.keyboard.press("+")
    page.wait_for_function("() => document.querySelectorAll('.page-tile[src*=\"/6400/\"]').length > 3")


def test_the_wheel_zooms_around_the_pointer(open_reader: OpenReader) -> None:
    page = open_reader("page/10")
    settled(page, 10)
    page.mouse.move(400, 300)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    page.wait_for_function(
        "() => parseFloat(/scale\\(([\\d.]+)/.exec(document.querySelector('.surface').style.transform)[1]) > 1.1"
    )


def test_words_are_selected_in_reading_order_and_copied_clean(open_reader: OpenReader) -> None:
    page = open_reader("page/12")
    page.wait_for_selector(".page[data-page='12'][data-text='ready']")
    copied = page.evaluate(
        """() => {
            const words = [...document.querySelectorAll(".page[data-page='12'] .word")];
            const from = words.findIndex(word => word.textContent.startsWith('patent'));
            const to = words.findIndex((word, index) => index > from && word.textContent.startsWith('kettle'));
            const range = document.createRange();
            range.setStart(words[from].firstChild, 0);
            range.setEnd(words[to].firstChild, words[to].textContent.length);
            const selection = document.getSelection();
            selection.removeAllRanges();
            selection.addRange(range);
            const data = new DataTransfer();
            document.dispatchEvent(new ClipboardEvent('copy', {clipboardData: data, bubbles: true, cancelable: true}));
            return data.getData('text/plain');
        }"""
    )
    assert copied.startswith("patent. Foulis died poor.\n\nBefore him there had been bells, gongs, cannon")
    assert copied.endswith("a kettle.")
    assert "- " not in copied


def test_the_address_names_the_selected_words_and_selects_them_again(open_reader: OpenReader) -> None:
    page = open_reader("page/12")
    page.wait_for_selector(".page[data-page='12'][data-text='ready']")
    chosen = page.evaluate(
        """() => {
            const words = [...document.querySelectorAll(".page[data-page='12'] .word")].slice(30, 38);
            document.getSelection().setBaseAndExtent(words[0], 0, words.at(-1), words.at(-1).childNodes.length);
            return document.getSelection().toString();
        }"""
    )
    expect(page).to_have_url(re.compile(r"/page/12#select=12\.31-12\.38$"))
    again = open_reader(page.url.split("/", 3)[3].replace("page/12", "page/1"))
    again.wait_for_function("() => !document.getSelection().isCollapsed")
    assert again.evaluate("document.getSelection().toString()") == chosen
    assert shown(again) == ["12", "13"]
    expect(again).to_have_url(re.compile(r"/page/12#select=12\.31-12\.38$"))
    again.evaluate("document.getSelection().removeAllRanges()")
    expect(again).to_have_url(re.compile(r"/page/12$"))


def test_search_finds_words_that_a_line_end_broke(open_reader: OpenReader, screen) -> None:
    page = open_reader("page/1")
    page.keyboard.press("/")
    page.get_by_role("searchbox").fill("foghorn")
    expect(page.locator(".reader-panel")).to_contain_text(re.compile("result"))
    page.get_by_role("searchbox").fill("dovetailed")
    expect(page.locator(".reader-panel")).to_contain_text("so that each one was dovetailed")
    page.keyboard.press("Enter")
    page.wait_for_selector(".page-mark-current-hit")
    expect(page).to_have_url(re.compile(r"/page/10\?q=dovetailed"))
    screen(page, "desktop-search")
    page.get_by_role("searchbox").fill("zzzz")
    expect(page.locator(".reader-panel")).not_to_contain_text("search.")
    screen(page, "desktop-search-nothing")


def test_contents_pages_settings_print_and_help_open_from_the_keyboard(open_reader: OpenReader, screen) -> None:
    page = open_reader("page/4")
    for key, name in (("c", "contents"), ("p", "pages"), ("s", "settings"), ("?", "help")):
        page.keyboard.press(key)
        expect(page.locator("masthead-reader")).to_have_attribute("data-panel", name)
        page.wait_for_timeout(350)
        screen(page, f"desktop-{name}")
        page.keyboard.press("Escape")
        expect(page.locator("masthead-reader")).not_to_have_attribute("data-panel", name)
    page.keyboard.press("c")
    page.get_by_role("link", name=re.compile("Two tides a day")).or_(
        page.get_by_role("button", name=re.compile("Two tides a day"))
    ).first.click()
    settled(page, 16)


def test_the_page_box_takes_numbers_and_says_kindly_what_is_wrong(open_reader: OpenReader) -> None:
    page = open_reader("page/4")
    box = page.locator(".reader-footer input:not([type=range])").first
    box.fill("20")
    box.press("Enter")
    settled(page, 20)
    box.fill("900")
    box.press("Enter")
    page.wait_for_timeout(300)
    assert shown(page) == ["20", "21"]


def test_links_lead_on(open_reader: OpenReader) -> None:
    page = open_reader("page/3")
    page.wait_for_selector(".page[data-page='3'][data-text='ready']")
    web = page.locator(".page[data-page='3'] a.page-link[href^='https://fathom.example']").first
    assert web.get_attribute("rel") == "noopener nofollow"
    page.locator(".page[data-page='3'] a.page-link[data-page='16']").first.click()
    settled(page, 16)


def test_a_link_comes_into_sight_with_the_focus(open_reader: OpenReader) -> None:
    page = open_reader("page/4")
    page.wait_for_selector(".page[data-page='4'][data-text='ready']")
    for _ in range(3):
        page.keyboard.press("+")
    page.wait_for_function("() => document.querySelector('.paged.is-zoomed')")
    link = page.locator(".page[data-page='4'] a.page-link[href^='mailto:letters']").first
    link.evaluate("part => part.focus({ preventScroll: true })")
    page.wait_for_function(INSIDE)


# What has the focus is inside of the stage.
INSIDE = """() => {
  const own = document.activeElement.getBoundingClientRect();
  const room = document.getElementById('reader-stage').getBoundingClientRect();
  return own.left >= room.left && own.right <= room.right && own.top >= room.top && own.bottom <= room.bottom;
}"""


def test_scrolling_is_a_mode(open_reader: OpenReader, screen) -> None:
    page = open_reader("page/5")
    page.keyboard.press("s")
    page.get_by_role("radio", name="Scroll").check(force=True)
    page.keyboard.press("Escape")
    page.wait_for_selector(".scrolled .page .page-picture")
    page.locator(".scrolled").evaluate("strip => strip.scrollBy(0, 4000)")
    page.wait_for_function("() => Number(/page\\/(\\d+)/.exec(location.pathname)[1]) > 6")
    page.wait_for_timeout(500)
    screen(page, "desktop-scroll")
    assert page.evaluate(APART) <= 1


# How far (CSS pixels) the pictures on the stage are from the pages that they are of.
APART = """() => Math.max(...[...document.querySelectorAll('.page:not(.is-away)')].map((sheet) => {
    const [own, its] = [sheet, sheet.querySelector('.page-picture')].map((part) => part.getBoundingClientRect());
    return Math.max(Math.abs(own.x - its.x), Math.abs(own.y - its.y), Math.abs(own.width - its.width));
  }))"""
BOX = "part => (({ x, y, width, height }) => [x, y, width, height])(part.getBoundingClientRect())"


@pytest.mark.parametrize("view", ["auto", "single", "spread", "scroll"])
def test_nothing_moves_in_the_view_of_the_last_visit(open_reader: OpenReader, view: str) -> None:
    """The picture of the first paint, before the reader has come, is where the reader then shows it."""
    page = open_reader(script=f"try {{ localStorage.setItem('masthead-view', '{view}') }} catch {{}}", **WIDE)
    free: list[bool] = []
    held: list[Route] = []
    page.route("**/assets/main-*.js", lambda route: route.continue_() if free else held.append(route))
    page.goto(re.sub(r"(page/.*)?$", "page/9", page.url, count=1), wait_until="commit")
    picture = page.locator(".frame-picture")
    picture.evaluate("image => image.decode()")
    before = picture.evaluate(BOX)
    free.append(True)
    for route in held:
        route.continue_()
    page.wait_for_selector("masthead-reader[data-ready]")
    page.locator(".frame-picture").wait_for(state="detached")
    after = page.locator(".page[data-page='9'] .page-picture").evaluate(BOX)
    assert after == pytest.approx(before, abs=1)


def test_a_phone_shows_single_pages_and_swipes(open_reader: OpenReader, screen) -> None:
    page = open_reader("page/6", **PHONE)
    assert shown(page) == ["6"]
    screen(page, "phone-page")
    swipe = """(stage) => {
        const fire = (type, x) => stage.dispatchEvent(new PointerEvent(type, {
            pointerId: 7, pointerType: 'touch', button: 0, clientX: x, clientY: 400, bubbles: true, isPrimary: true}));
        fire('pointerdown', 330);
        for (let x = 320; x > 60; x -= 20) fire('pointermove', x);
        fire('pointerup', 60);
    }"""
    page.locator(".reader-stage").evaluate(swipe)
    settled(page, 7)
    page.set_viewport_size({"width": 844, "height": 390})
    page.wait_for_timeout(500)
    screen(page, "phone-landscape")


def test_reduced_motion_never_curls(open_reader: OpenReader) -> None:
    page = open_reader("page/4", reduced_motion="reduce")
    page.keyboard.press("ArrowRight")
    assert page.locator(".turn-shade").count() == 0
    settled(page, 6)


def test_the_guide_is_shown_once(open_reader: OpenReader, screen) -> None:
    page = open_reader(guide=True)
    page.wait_for_selector("text=Turn the page")
    screen(page, "desktop-guide")
    page.keyboard.press("Escape")
    page.reload()
    page.wait_for_selector("masthead-reader[data-ready]")
    page.wait_for_timeout(1500)
    expect(page.get_by_text("Turn the page")).to_have_count(0)


def test_arabic_mirrors_the_reader_and_shows_no_key(open_reader: OpenReader, screen) -> None:
    page = open_reader("page/8?lang=ar")
    page.wait_for_timeout(400)
    assert page.locator("html").get_attribute("dir") == "rtl"
    expect(page.locator(".reader-toolbar")).to_have_attribute("dir", "rtl")
    screen(page, "desktop-arabic")
    german = open_reader("page/8?lang=de")
    german.wait_for_timeout(400)
    assert german.locator("html").get_attribute("lang") == "de"
    expect(
        german.locator(".reader-toolbar [aria-label='Suche']").or_(german.get_by_label("Suchen")).first
    ).to_be_attached()


def test_dark_is_dark(open_reader: OpenReader, screen) -> None:
    page = open_reader("page/10", color_scheme="dark")
    page.wait_for_timeout(500)
    colour = page.evaluate("getComputedStyle(document.querySelector('.reader-stage')).backgroundColor")
    assert max(int(part) for part in re.findall(r"\d+", colour)[:3]) < 60
    screen(page, "desktop-dark")
