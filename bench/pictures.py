"""Makes screenshots for people to look at: pages explained, articles as text, and the pictures of the documentation.

Without arguments: ten hard pages of the corpus explained, and articles of three of its magazines on a desktop and a
phone, in `artefacts/looks`. `--docs` makes the pictures in `docs/pictures` anew from the sample issue.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from measures.chromium import chromium
from measures.corpus import ROOT, corpus
from measures.hard_pages import draw
from measures.house_scenes import READERS_OF_HOUSE, STAFF_OF_HOUSE
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

LOOKS = ROOT / "artefacts" / "looks"
PICTURES = ROOT / "docs" / "pictures"
SAMPLE = ROOT / "build" / "sample-edition"
SAMPLE_PDF = ROOT / "build" / "sample-issue.pdf"
PROGRAM = str(ROOT / "bin" / "masthead")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DEVICES = {"desktop": DESKTOP, "phone": PHONE}
HARD_PAGES = (
    "magazine/nusci-08-spreads.pdf:9,14",
    "magazine/pm-telegramm-2000-imposed-de.pdf:1,2",
    "magazine/it-textbook-sidebars.pdf:1",
    "magazine/glider-express.pdf:2",
    "magazine/insight-iiser-03.pdf:4",
    "newspaper/papertex-example.pdf:1",
    "newspaper/procrastinator-5-tagged.pdf:2",
    "nonlatin/ja-kampo-vertical.pdf:1",
)
MAGAZINES = ("magazine/nusci-29-rivalry.pdf", "magazine/insight-iiser-03.pdf", "magazine/nusci-08-spreads.pdf")
WRONG = ("hours", "contents", "stripes")  # what the pages of `hard_pages` show
QUALITY = 82  # of WebP in the documentation: text stays clean, a picture weighs about 60 KB
_SEEN = "try { localStorage.setItem('masthead-guide', 'seen') } catch {}"
_ONWARD = "() => { const view = document.querySelector('.article-scroll'); view.scrollBy(0, view.clientHeight) }"
_SETTLED = 900  # milliseconds: panels slide in, tiles arrive


@contextmanager
def served(edition: Path | None, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address of a server for an edition folder, or of a house."""
    command = [PROGRAM, "serve", *([str(edition)] if edition else []), "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", **(settings or {})}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stdout is not None
        address = re.search(r"http://\S+/", server.stdout.readline())
        assert address is not None
        _wait_for(f"{address[0]}health")
        try:
            yield address[0]
        finally:
            server.terminate()


def _wait_for(address: str) -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"Nothing answers at {address}.")


@contextmanager
def opened(browser: Browser, address: str, device: dict[str, Any], *, guide: bool = False) -> Iterator[Page]:
    """A page in a window of its own."""
    context = browser.new_context(**device)
    if not guide:
        context.add_init_script(_SEEN)
    page = context.new_page()
    page.goto(address)
    try:
        yield page
    finally:
        context.close()


def explained(browser: Browser, pdf: Path, pages: str, folder: Path, part: str = "") -> list[Path]:
    """Pictures of pages with what was understood drawn over them: `NAME-PAGE.png`; `part` selects a part of each."""
    made = []
    with tempfile.TemporaryDirectory() as name:
        target = Path(name) / "explained"
        command = [PROGRAM, "inspect", str(pdf), "--explain", str(target), "--pages", pages]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        window = {"viewport": {"width": 1360, "height": 1080}}
        with opened(browser, (target / "index.html").as_uri(), window) as page:
            page.wait_for_load_state("networkidle")
            for section in page.locator("main > section").all():
                number = re.sub(r"\D", "", section.get_attribute("id") or "")
                path = folder / f"{pdf.stem}-{number}.png"
                (section.locator(part) if part else section).screenshot(path=path)
                made.append(path)
    return made


def article_looks(browser: Browser, edition: Path, slugs: Sequence[str], folder: Path) -> None:
    """Each article as text, from its beginning, on a desktop and a phone."""
    with served(edition) as address:
        for slug in slugs:
            for name, device in DEVICES.items():
                with opened(browser, f"{address}article/{slug}", device) as page:
                    page.wait_for_selector(".article-view:not([hidden]) .article-text h1")
                    page.wait_for_timeout(_SETTLED)
                    for part in range(3):
                        page.screenshot(path=folder / f"{edition.name}-{slug[:24]}-{name}-{part + 1}.png")
                        page.evaluate(_ONWARD)
                        page.wait_for_timeout(_SETTLED)


def longest(edition: Path, count: int) -> list[str]:
    """The slugs of the longest articles."""
    articles = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))["articles"]
    return [article["slug"] for article in sorted(articles, key=lambda article: -article["words"])[:count]]


def looks_of_corpus(browser: Browser, pages: Sequence[str], editions: Sequence[str]) -> None:
    """What is asked for, or the ten hard pages and three magazines."""
    LOOKS.mkdir(parents=True, exist_ok=True)
    for wanted in pages:
        name, _, numbers = wanted.rpartition(":")
        pdf = Path(name) if Path(name).is_file() else corpus() / name
        for path in explained(browser, pdf, numbers, LOOKS):
            print(path)
    for wanted in editions:
        source, _, slug = wanted.partition(":")
        with tempfile.TemporaryDirectory() as name:
            edition = _edition_of(source, Path(name))
            article_looks(browser, edition, [slug] if slug else longest(edition, 2), LOOKS)
    print(LOOKS)


def _edition_of(source: str, folder: Path) -> Path:
    """The edition folder itself, or one made of a PDF."""
    if (Path(source) / "manifest.json").is_file():
        return Path(source)
    pdf = Path(source) if Path(source).is_file() else corpus() / source
    target = folder / pdf.stem
    subprocess.run([PROGRAM, "build", str(pdf), "--out", str(target)], check=True, stdout=subprocess.DEVNULL)
    return target


def docs_pictures(browser: Browser) -> None:
    """The pictures of the documentation, from the sample issue."""
    if not (SAMPLE / "manifest.json").is_file():
        raise SystemExit("There is no sample issue; run bin/demo --no-serve.")
    with tempfile.TemporaryDirectory() as name:
        (shot,) = explained(browser, SAMPLE_PDF, "13", Path(name))
        _keep(shot, "explanation", crop=(0, 0, 1360, 1080))
        draw(Path(name) / "wrong.pdf")
        for number, shot in enumerate(explained(browser, Path(name) / "wrong.pdf", "1-3", Path(name), "figure")):
            _keep(shot, f"wrong-{WRONG[number]}", crop=(0, 0, 816, 560))
        with served(SAMPLE) as address:
            for picture, (path, device, act) in _SCENES.items():
                with opened(browser, address + path, device, guide=picture == "design-guide") as page:
                    page.wait_for_selector("masthead-reader[data-ready] .page .page-picture")
                    page.wait_for_timeout(_SETTLED)
                    act(page)
                    page.wait_for_timeout(2 * _SETTLED)
                    shot = Path(name) / f"{picture}.png"
                    page.screenshot(path=shot, scale="css")
                    _keep(shot, picture)
        pictures_of_house(browser, Path(name))


def pictures_of_house(browser: Browser, folder: Path) -> None:
    """What readers add and staff see of it, in the house that `bin/demo` serves."""
    data = folder / "house"
    script = [str(ROOT / ".venv/bin/python"), str(ROOT / "sample/house.py")]
    subprocess.run([*script, str(data), str(SAMPLE), str(SAMPLE_PDF)], check=True)
    house = {"MASTHEAD_DATA": str(data), "MASTHEAD_CACHE": str(folder / "cache"), "MASTHEAD_WEB_PROCESSES": "1"}
    with served(None, {**house, "MASTHEAD_CONVERSIONS": "0"}) as address:
        for picture, (path, device, act) in READERS_OF_HOUSE.items():
            with opened(browser, address + path, device) as page:
                page.wait_for_selector("masthead-reader[data-ready] .page .page-picture")
                page.wait_for_timeout(_SETTLED)
                act(page)
                _shoot(page, picture, folder)
        with opened(browser, f"{address}office/", DESKTOP) as page:
            email, password = (data / "sign-in").read_text(encoding="utf-8").split()
            page.locator("[name=login]").fill(email)
            page.locator("[name=password]").fill(password)
            page.locator("main button[type=submit]").click()
            page.wait_for_load_state()
            for picture, (path, act) in STAFF_OF_HOUSE.items():
                page.goto(f"{address}office/{path}")
                act(page)
                _shoot(page, picture, folder)


def _shoot(page: Page, picture: str, folder: Path) -> None:
    page.wait_for_timeout(2 * _SETTLED)
    shot = folder / f"{picture}.png"
    page.screenshot(path=shot, scale="css")
    _keep(shot, picture)


def _keep(shot: Path, name: str, crop: tuple[int, int, int, int] | None = None) -> None:
    picture = Image.open(shot).convert("RGB")
    if crop:
        picture = picture.crop((0, 0, min(crop[2], picture.width), min(crop[3], picture.height)))
    picture.save(PICTURES / f"{name}.webp", quality=QUALITY, method=6)
    print(PICTURES / f"{name}.webp")


def _rest(_: Page) -> None:
    """Nothing is done: the page as it opens."""


def _search(page: Page) -> None:
    page.get_by_role("button", name="Search", exact=True).click()
    page.locator(".search-input").fill("lighthouse")
    page.locator(".hit").nth(2).click()


def _all_pages(page: Page) -> None:
    page.get_by_role("button", name="Pages", exact=True).first.click()


def _arabic_settings(page: Page) -> None:
    page.get_by_role("button", name="Settings", exact=True).click()
    page.wait_for_timeout(_SETTLED)
    page.locator("input[value=ar]").check(force=True)


_SCENES: dict[str, tuple[str, dict[str, Any], Callable[[Page], None]]] = {
    "reader": ("page/8", DESKTOP, _rest),
    "design-spread": ("page/8", DESKTOP, _rest),
    "design-search-dark": ("page/10", {**DESKTOP, "color_scheme": "dark"}, _search),
    "design-phone": ("page/1", {**PHONE, "locale": "de-DE"}, _rest),
    "design-phone-pages": ("page/6", PHONE, _all_pages),
    "design-arabic": ("page/6", DESKTOP, _arabic_settings),
    "design-guide": ("page/1", DESKTOP, _rest),
}


def main() -> None:
    """Make what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", action="store_true", help="the pictures of the documentation, and nothing else")
    parser.add_argument("--pages", nargs="*", metavar="FILE.pdf:PAGES", help="explain these pages")
    parser.add_argument("--articles", nargs="*", metavar="SOURCE[:SLUG]", help="articles of a PDF or an edition folder")
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        if options.docs:
            docs_pictures(browser)
        elif options.pages is None and options.articles is None:
            looks_of_corpus(browser, HARD_PAGES, MAGAZINES)
        else:
            looks_of_corpus(browser, options.pages or (), options.articles or ())
        browser.close()


if __name__ == "__main__":
    main()
