"""A site of files, under a path of a web server that knows nothing of editions, in a real browser."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.journeys.conftest import DESKTOP, EDITION, PHONE, ROOT, OpenReader, axe_violations, serving_files
from tests.journeys.test_keeping import WIDTHS, keep

from masthead.exports.static.overview import PAPER_WORDS, Entry, Overview, write_overview

pytestmark = pytest.mark.journey
SITES: dict[str, str] = {}  # the folder of a site by its address


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The sample issue as files, below /some/path/."""
    root = tmp_path_factory.mktemp("www")
    target = root / "some" / "path"
    target.parent.mkdir()
    subprocess.run([ROOT / "bin/masthead", "export", EDITION, "--static", target], check=True, timeout=300)
    with serving_files(root) as address:
        SITES[f"{address}some/path/"] = str(target)
        yield f"{address}some/path/"


def test_the_reader_works_from_files(site: str, open_reader: OpenReader, screen: Callable[[Page, str], None]) -> None:
    page = open_reader(at=site)
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"{site}page/2")
    page.reload()
    page.wait_for_selector("masthead-reader[data-ready] .page .page-picture")
    assert page.url.rstrip("/") == f"{site}page/2"
    page.keyboard.press("/")
    page.fill(".search-input", "chart")
    page.wait_for_selector(".panel-search mark")
    screen(page, "static-search")
    page.keyboard.press("Escape")
    article = open_reader("articles/", at=site, ready=False)
    article.click(".frame-title a >> nth=0")
    article.wait_for_selector(".article-view, .article-text")
    assert "/article/" in article.url


def test_it_is_kept_on_the_device(open_reader: OpenReader, site: str, tmp_path: Path) -> None:
    with serving_files(tmp_path) as address:
        shutil.copytree(Path(SITES[site]), tmp_path / "some/path")
        page = open_reader(at=f"{address}some/path/")
        keep(page)
    page.goto(f"{address}some/path/page/6/")
    page.wait_for_selector("masthead-reader[data-ready] .page .page-picture")
    page.wait_for_function(f"() => {WIDTHS}.length > 0 && {WIDTHS}.every((width) => width > 200)")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/some/path/page/8*")


def test_it_reads_without_scripts(site: str, browser: Browser) -> None:
    context = browser.new_context(**{**PHONE, "java_script_enabled": False})
    page = context.new_page()
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    page.goto(site)
    page.click("a[rel=next]")
    page.click("a[rel=next]")
    assert page.url == f"{site}page/3/"
    page.click("text=All articles")
    page.click(".frame-title a >> nth=0")
    assert page.locator("article h1").count() == 1
    assert failed == []
    context.close()


def test_another_site_can_frame_it(site: str, server: str, browser: Browser, tmp_path: Path) -> None:
    """The one line of HTML, in a page of another origin."""
    (tmp_path / "index.html").write_text(
        f'<!doctype html><title>News</title><iframe src="{server}" title="Fathom" width="800" height="600"></iframe>',
        encoding="utf-8",
    )
    with serving_files(tmp_path) as other:
        context = browser.new_context(**DESKTOP)
        page = context.new_page()
        page.goto(other)
        frame = page.frame_locator("iframe")
        frame.locator("masthead-reader[data-ready] .page .page-picture").first.wait_for()
        context.close()


def test_the_page_of_an_archive(browser: Browser, tmp_path: Path, screen: Callable[[Page, str], None]) -> None:
    script = (
        "import sys; from datetime import *; from pathlib import Path\n"
        "from masthead.edition.folder import read_edition\n"
        "from masthead.exports.announcing.facts import EditionFacts, PublicationFacts\n"
        "from masthead.exports.static.archive_site import Kept, write_archive\n"
        "p = PublicationFacts('p', 'Fathom Quarterly', '', 'Harbour Press', 'Of ships and lamps.')\n"
        "now = datetime(2026, 11, 1, tzinfo=UTC); e = read_edition(Path(sys.argv[1]))\n"
        "k = [Kept(e, f'no-{n}', EditionFacts(str(n), p, f'No. {n}', '', '', date(2026, n, 1), now, now, 1, ''))"
        " for n in (2, 1)]\n"
        "write_archive(p, k, Path(sys.argv[2]), base='', said=lambda _: None)\n"
    )
    subprocess.run([sys.executable, "-c", script, EDITION, tmp_path / "site"], check=True, timeout=300)
    with serving_files(tmp_path) as address:
        for device, window in (("desktop", DESKTOP), ("phone", PHONE)):
            context = browser.new_context(**window)
            context.add_init_script("localStorage.setItem('masthead-guide', 'seen')")
            page = context.new_page()
            page.goto(f"{address}site/")
            page.fill("#words", "how to chart")
            page.keyboard.press("Enter")
            page.wait_for_selector(".hits mark")
            screen(page, f"static-archive-{device}")
            assert axe_violations(page) == []
            page.click(".hits a >> nth=0")
            page.wait_for_selector("masthead-reader[data-ready]")
            assert "/site/no-2/page/" in page.url
            page.evaluate("document.querySelector('masthead-reader').focus?.()")
            page.keyboard.press("Escape")
            page.keyboard.press("e")
            page.wait_for_selector(".archive-entry[aria-current]")
            page.click(".archive-entry:not([aria-current])")
            page.wait_for_url("**/site/no-1/**")
            context.close()


def test_the_page_of_everything_that_was_taken_out(
    browser: Browser, tmp_path: Path, screen: Callable[[Page, str], None]
) -> None:
    tables = [Entry("library.Edition", "private/tables/library.Edition", 2), Entry("orders.Order", "private/tables/o")]
    for language, direction, window in (("de", "ltr", DESKTOP), ("ar", "rtl", {**PHONE, "color_scheme": "dark"})):
        folder = tmp_path / language
        for entry in tables:
            (folder / entry.place).parent.mkdir(parents=True, exist_ok=True)
            (folder / f"{entry.place}.csv").write_text("id\n")
        write_overview(
            Overview(
                "Fathom Quarterly",
                language,
                datetime(2026, 11, 1, 9, 30, tzinfo=UTC),
                sites=[Entry("Fathom", "public/fathom", 2)],
                editions=[Entry("Fathom: No. 3", "private/editions/fathom/no-3")],
                papers=[Entry(PAPER_WORDS[0], "private/orders", 2)],
                tables=tables,
                missing=["editions/x/y: the manifest cannot be read"],
            ),
            folder,
        )
        context = browser.new_context(**window)
        page = context.new_page()
        page.goto((folder / "index.html").as_uri())
        assert page.locator("html").get_attribute("dir") == direction
        page.click("summary")
        with page.expect_download() as kept:
            page.click(f"a[href='{tables[0].place}.csv']")
        assert kept.value.suggested_filename == "library.Edition.csv"
        screen(page, f"taken-out-{language}")
        assert axe_violations(page) == []
        context.close()
