"""An edition that is kept on the device: it opens when nobody answers, and goes when it has to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import DESKTOP, EDITION, PHONE, OpenReader, axe_violations, serving

pytestmark = pytest.mark.journey
Keep = Callable[[Page, str], None]
READY = "masthead-reader[data-ready] .page .page-picture"
# Of each picture in sight how many pixels it has: 0 where it did not come.
WIDTHS = """[...document.querySelectorAll('.page:not(.is-away) .page-picture')].map((one) => one.naturalWidth)"""
DAYS_AGO = """async (days) => {
  const [name] = await caches.keys(), cache = await caches.open(name);
  const at = name.replace('masthead-kept ', '') + 'kept.json', facts = await (await cache.match(at)).json();
  await cache.put(at, Response.json({ ...facts, checked: Date.now() - days * 86400000 }));
}"""

# Some pictures never come, or fail at once, for as long as the test says so.
BROKEN = """
const plain = self.fetch;
self.asked = 0;
self.fetch = (address, options) => {
  self.asked += 1;
  if (!self.broken || !/1600\\/2\\d/.test(String(address))) return plain(address, options);
  return new Promise((_, fail) => {
    if (self.broken === 'lost') fail(new TypeError('lost'));
    options?.signal?.addEventListener('abort', () => fail(options.signal.reason));
  });
};
"""

CHECKED_NOW = """() => caches.keys().then(([name]) => caches.match(name.replace('masthead-kept ', '') + 'kept.json'))
  .then((found) => found.json()).then(({ checked }) => Date.now() - checked < 60000)"""
NOTHING_KEPT = "() => caches.keys().then((names) => names.length === 0)"
# `wait_for_function` takes a promise for an answer, whatever it comes to; milliseconds.
UNTIL = """async () => {{
  for (const end = performance.now() + 30000; !(await ({promise})()); await new Promise((soon) => setTimeout(soon, 20)))
    if (performance.now() > end) throw new Error('it never came true');
}}"""
CHANGED = """async () => {
  const [name] = await caches.keys(), home = name.replace('masthead-kept ', ''), cache = await caches.open(name);
  const facts = await (await cache.match(home + 'kept.json')).json();
  await cache.put(home + 'kept.json', Response.json({ ...facts, build: '0123456789abcdef' }));
  await cache.put(home + 'b/0123456789abcdef/pages/1.json', new Response('{}'));
  const other = await caches.open('masthead-kept /fathom/no-11/');
  const told = { ...facts, home: '/fathom/no-11/', title: 'Fathom 11', bytes: 12e6 };
  await other.put('/fathom/no-11/kept.json', Response.json(told));
}"""


def until(page: Page, promise: str) -> None:
    """Wait until a promise of the page, made anew each time, comes to something true."""
    page.evaluate(UNTIL.format(promise=promise))


def keep(page: Page) -> None:
    """Keep what is open, by the keyboard."""
    page.wait_for_selector(".reader-shell button:visible")
    page.keyboard.press("w")
    page.get_by_role("button", name="Keep on this device").last.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Kept on this device: ")).to_be_visible(timeout=60_000)


@pytest.mark.parametrize(
    ("name", "window"),
    [("desktop", DESKTOP), ("phone", {**PHONE, "color_scheme": "dark"})],
)
def test_it_opens_at_every_page_when_the_server_is_gone(
    name: str, window: dict[str, Any], browser: Browser, open_reader: OpenReader, screen: Keep
) -> None:
    with serving(EDITION) as at:
        page = open_reader(at=at, **window)
        page.wait_for_selector(".reader-shell button:visible")
        page.keyboard.press("w")
        expect(page.get_by_text("It takes about ")).to_be_visible()
        screen(page, f"keeping-before-{name}")
        assert axe_violations(page) == []
        page.keyboard.press("Escape")
        keep(page)
        screen(page, f"keeping-kept-{name}")
        assert axe_violations(page) == []
    page.goto(f"{at}page/17")
    page.wait_for_selector(READY)
    page.wait_for_function(f"() => {WIDTHS}.length > 0 && {WIDTHS}.every((width) => width > 1000)")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/page/18")
    page.keyboard.press("/")
    page.fill(".search-input", "lantern")
    page.wait_for_selector(".panel-search mark")
    page.keyboard.press("Escape")
    page.goto(f"{at}article/the-light-on-the-rock")
    expect(page.locator(".article-view h1, .article-text h1").first).to_contain_text("light on the rock")
    screen(page, f"keeping-article-{name}")
    page.goto(f"{at}articles")
    expect(page.get_by_role("heading", name="This part needs a connection")).to_be_visible()
    screen(page, f"keeping-missing-{name}")
    assert axe_violations(page) == []
    page.get_by_role("link", name="To the edition").click()
    page.wait_for_selector(READY)
    expect(page.get_by_text("This edition is on this device and can be read.")).to_be_visible()
    screen(page, f"keeping-reading-{name}")
    assert axe_violations(page) == []
    page.keyboard.press("w")
    remove = page.get_by_role("button", name="Remove from this device")
    remove.wait_for()  # on a phone what lies over the page makes room for the panel
    banner = page.get_by_text("This edition is on this device and can be read.")
    expect(banner).to_be_visible(visible=name == "desktop")
    remove.click()
    until(page, NOTHING_KEPT)


def test_stopped_it_leaves_nothing_and_goes_on_after_a_break(open_reader: OpenReader) -> None:
    page = open_reader(script=BROKEN)
    page.wait_for_selector(".reader-shell button:visible")
    page.keyboard.press("w")
    page.evaluate("self.broken = 'silent'")
    page.get_by_role("button", name="Keep on this device").last.click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("It takes about ")).to_be_visible()
    until(page, NOTHING_KEPT)
    page.evaluate("self.broken = 'lost'")
    page.get_by_role("button", name="Keep on this device").last.click()
    expect(page.get_by_text("The connection was lost.")).to_be_visible(timeout=30_000)
    page.evaluate("self.broken = 'silent'")
    page.get_by_role("button", name="Try again").click()
    page.keyboard.press("Escape")  # who closes the panel reads on meanwhile
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/page/2")
    page.keyboard.press("w")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_role("button", name="Keep on this device").last.wait_for()
    page.evaluate("self.broken = 'lost'")
    page.get_by_role("button", name="Keep on this device").last.click()
    expect(page.get_by_text("The connection was lost.")).to_be_visible(timeout=30_000)
    page.evaluate("self.broken = ''; self.asked = 0")
    page.get_by_role("button", name="Try again").click()
    page.keyboard.press("Escape")
    expect(page.locator(".toast")).to_have_text("The edition is on this device now.", timeout=30_000)
    kept = page.evaluate(
        "caches.keys().then(([name]) => caches.open(name)).then((all) => all.keys()).then((all) => all.length)"
    )
    assert kept > 150
    assert page.evaluate("self.asked") < 0.75 * kept  # what had come was not fetched again


def test_a_new_version_is_offered_and_what_else_is_here_is_listed(open_reader: OpenReader, screen: Keep) -> None:
    page = open_reader("?lang=ar", color_scheme="dark")
    page.wait_for_selector(".reader-shell button:visible")
    page.keyboard.press("w")
    page.get_by_role("button", name="الاحتفاظ به على هذا الجهاز").last.click()
    expect(page.get_by_role("button", name="إزالته من هذا الجهاز")).to_be_visible(timeout=30_000)
    page.evaluate(CHANGED)
    page.reload()
    page.wait_for_selector(".reader-shell button:visible")
    page.keyboard.press("w")
    expect(page.get_by_text("غيّر الناشر هذا العدد منذ حفظه.")).to_be_visible()
    expect(page.get_by_role("link", name="Fathom 11")).to_have_attribute("href", "/fathom/no-11/")
    screen(page, "keeping-changed-ar")
    assert axe_violations(page) == []
    page.get_by_role("button", name="الاحتفاظ بالنسخة الجديدة").click()
    page.get_by_role("button", name="إزالته من هذا الجهاز").wait_for()
    expect(page.get_by_role("button", name="الاحتفاظ بالنسخة الجديدة")).to_have_count(0)
    old = "caches.match(new URL('b/0123456789abcdef/pages/1.json', document.baseURI)).then((found) => !found)"
    assert page.evaluate(old), "what the earlier version had is gone"
