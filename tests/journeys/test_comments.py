"""Comments as people live with them: read, written and answered in the reader, without a script, decided on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import (
    DESKTOP,
    PHONE,
    Look,
    axe_violations,
    keep_screen,
    serving_house,
    signed_in,
    watched,
)
from tests.journeys.stocking import PASSWORD

pytestmark = pytest.mark.journey
STORY = "nine"  # a word of the first comment


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a house with the sample issue on which people have commented."""
    folder: Path = tmp_path_factory.mktemp("comments")
    with serving_house(folder, "comment_seeding.py") as address:
        yield address


@contextmanager
def visiting(browser: Browser, house: str, who: str = "", **options: Any) -> Iterator[Page]:
    """Somebody's browser; nothing may break the policy or a script."""
    context = browser.new_context(**{**DESKTOP, **options})
    page = context.new_page()
    problems = watched(page)
    if who:
        page.goto(f"{house}account/login/")
        page.locator("[name=login]").fill(f"{who}@reader.example")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main button[type=submit]").click()
        page.wait_for_url(lambda address: "login" not in address)
    yield page
    context.close()
    assert problems == []


def story(page: Page, house: str, query: str = "") -> str:
    """The address of the article with comments, as the edition's comments lead to it."""
    page.goto(f"{house}fathom/no-1/comments{query}")
    link = page.locator(".comments-articles a").first
    return str(link.get_attribute("href")).split("article=")[1].split("&")[0]


def in_article(page: Page, house: str, query: str = "") -> None:
    """Open the article in the reader and go down to its comments."""
    slug = story(page, house)
    page.goto(f"{house}fathom/no-1/article/{slug}{query}")
    page.wait_for_selector("masthead-reader[data-ready] .article-view:not([hidden])")
    page.locator(".article-comments").scroll_into_view_if_needed()
    expect(page.locator(".article-comments .comment").first).to_be_visible()


@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_a_reader_answers_in_the_article_view_without_leaving_it(browser: Browser, house: str, device: str) -> None:
    with visiting(browser, house, "ana", **(PHONE if device == "phone" else DESKTOP)) as page:
        in_article(page, house)
        here = page.url.partition("#")[0]
        comments = page.locator(".article-comments")
        first = comments.locator(".comment", has_text="My grandfather")
        first.get_by_role("link", name="Answer").click()
        form = comments.locator(".comment .comment-form")
        expect(form.locator("textarea")).to_be_focused()
        assert axe_violations(page) == []
        keep_screen(page, f"comments-answering-{device}")
        form.locator("textarea").fill(f"It was on Skagen, {device} says.")
        form.get_by_role("button", name="Send").click()
        expect(comments.get_by_role("status")).to_contain_text("Your comment is there.")
        expect(comments.locator(".comment", has_text=f"It was on Skagen, {device} says.")).to_be_visible()
        assert page.url.partition("#")[0] == here
        keep_screen(page, f"comments-answered-{device}")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_what_is_typed_is_no_shortcut_and_mistakes_stay_at_their_field(browser: Browser, house: str) -> None:
    with visiting(browser, house, "ben") as page:
        in_article(page, house)
        comments = page.locator(".article-comments")
        comments.locator("summary", has_text="Write a comment").click()
        text = comments.locator("#comment-text")
        text.click()
        page.keyboard.type("scape rakes are back", delay=5)
        expect(text).to_have_value("scape rakes are back")
        assert page.locator(".reader-panel:not([hidden])").count() == 0
        comments.locator("#comment-name").fill("ben@reader.example")
        comments.get_by_role("button", name="Send").click()
        wrong = comments.locator("#comment-name")
        expect(wrong).to_have_attribute("aria-invalid", "true")
        expect(wrong).to_be_focused()
        expect(comments.locator("#comment-text")).to_have_value("scape rakes are back")
        assert axe_violations(page) == []
        keep_screen(page, "comments-mistake")


def test_the_panel_shows_the_editions_comments_by_a_key(browser: Browser, house: str) -> None:
    with visiting(browser, house) as page:
        page.goto(f"{house}fathom/no-1/")
        page.wait_for_selector("masthead-reader[data-ready] .page .page-picture")
        page.keyboard.press("k")
        panel = page.locator(".panel-comments")
        expect(panel.locator(".comment")).to_contain_text("The whole issue is worth its price.")
        expect(panel.get_by_role("link", name="Sign in to comment")).to_be_visible()
        assert axe_violations(page) == []
        keep_screen(page, "comments-panel")
        page.keyboard.press("Escape")
        expect(panel).to_have_count(0)


def test_the_panel_shows_those_on_the_article_of_the_page(browser: Browser, house: str) -> None:
    with visiting(browser, house, "ben") as page:
        page.goto(f"{house}fathom/no-1/page/4")
        page.wait_for_selector("masthead-reader[data-ready] .page .page-picture")
        page.keyboard.press("k")
        panel = page.locator(".panel-comments")
        about = panel.get_by_role("combobox", name="Comments on")
        expect(about.locator("option:checked")).to_have_text("A lamp left on")
        expect(panel.locator(".comment", has_text="nine years")).to_be_visible()
        keep_screen(page, "comments-panel-article")
        about.select_option(label="The whole edition")
        expect(panel.locator(".comment", has_text="The whole issue is worth its price.")).to_be_visible()
        assert axe_violations(page) == []
        panel.get_by_role("link", name="A lamp left on").click()
        expect(about.locator("option:checked")).to_have_text("A lamp left on")
        expect(about).to_be_focused()
        expect(panel.locator(".comment", has_text="nine years")).to_be_visible()

        panel.locator("summary", has_text="Write a comment").click()
        panel.locator("#comment-text").fill("Not yet")
        page.get_by_role("button", name="Next page").first.click()
        expect(about.locator("option", has_text="How to read a chart")).to_have_count(1)
        page.wait_for_timeout(600)
        expect(panel.locator("#comment-text")).to_have_value("Not yet")
        panel.locator("#comment-text").fill("")
        page.get_by_role("button", name="Next page").first.click()
        expect(about.locator("option:checked")).to_have_text("The Light on the Rock", ignore_case=True)


def test_without_a_script_everything_works(browser: Browser, house: str) -> None:
    with visiting(browser, house, "ben", java_script_enabled=False) as page:
        slug = story(page, house)
        page.goto(f"{house}fathom/no-1/article/{slug}")
        expect(page.locator(".comment", has_text="nine years")).to_be_visible()
        page.get_by_role("link", name="Write a comment").click()
        page.locator("summary", has_text="Write a comment").click()
        page.locator("#comment-text").fill("Written without a script.")
        page.get_by_role("button", name="Send").first.click()
        mine = page.locator(".comment", has_text="Written without a script.")
        expect(mine).to_be_visible()
        mine.get_by_role("link", name="Change").click()
        page.locator("#change-text").fill("Changed without a script.")
        page.get_by_role("button", name="Save").click()
        mine = page.locator(".comment", has_text="Changed without a script.")
        mine.get_by_role("link", name="Remove").click()
        page.get_by_role("button", name="Remove").click()
        expect(page.locator(".comment", has_text="Changed without a script.")).to_have_count(0)


def test_its_own_page_by_keyboard_and_in_every_state(browser: Browser, house: str, look: Look) -> None:
    with visiting(browser, house, "ana") as page:
        slug = story(page, house)
        page.goto(f"{house}fathom/no-1/comments?article={slug}")
        look(page, "page")
        page.emulate_media(color_scheme="dark")
        look(page, "page-dark", "phone")
        page.emulate_media(color_scheme="light")
        report = page.locator(".comment", has_text="My grandfather").get_by_role("link", name="Report")
        report.focus()
        page.keyboard.press("Enter")
        look(page, "report")
        page.keyboard.press("Tab")
        page.get_by_role("radio", name="Something else").focus()
        page.keyboard.press("Space")
        page.get_by_role("button", name="Report").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("A moderator will look at it.")
        page.goto(f"{house}fathom/no-1/comments?article={slug}&lang=ar")
        look(page, "page-arabic", "desktop")
        page.goto(f"{house}fathom/no-1/comments")
        look(page, "edition")


def test_arabic_in_the_reader(browser: Browser, house: str) -> None:
    with visiting(browser, house, "ana", **PHONE) as page:
        in_article(page, house, "?lang=ar")
        assert page.locator(".article-comments .comments").get_attribute("dir") == "rtl"
        keep_screen(page, "comments-reader-arabic-phone")
        assert axe_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_moderator_sees_why_and_decides_on_several_at_once(browser: Browser, house: str, look: Look) -> None:
    with signed_in(browser, house) as page:
        page.goto(f"{house}office/houses/harbour-press/comments")
        expect(page.locator(".moderated", has_text="Cheap watches")).to_contain_text("cheap watches")
        expect(page.locator(".moderated", has_text="Ahhh")).to_contain_text("That is no comment.")
        look(page, "queue")
        for box in page.locator(".moderated [type=checkbox]").all():
            box.focus()
            page.keyboard.press("Space")
        page.get_by_role("button", name="Reject the chosen").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Nothing waits")).to_be_visible()
        look(page, "nothing")
        page.goto(f"{house}office/houses/harbour-press/comments?state=rejected")
        look(page, "rejected")
        page.locator(".moderated", has_text="Cheap").get_by_role("button", name="Block this person").click()
        page.goto(f"{house}office/houses/harbour-press/comments/rules")
        expect(page.locator(".moderation-person")).to_contain_text("Watch man")
        look(page, "rules")
