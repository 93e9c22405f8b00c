"""Opens every screen of the house in four dresses, says what is wrong with it, and lays all of them on sheets.

The house is filled by `tests/journeys/whole_seeding.py` and kept in the folder that `--house` names, so that the next
look begins at once. Screens of the back office are found by following links from one to the next, each kind once.
Sheets lie in `artefacts/sheets`, findings in `artefacts/sheets/findings.txt`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from measures.corpus import ROOT
from measures.reader_scenes import ACCOUNT, READY, Scene, public_scenes, reader_scenes
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

sys.path.insert(0, str(ROOT))
from tests.journeys.conftest import (
    BROWSER,
    DESKTOP,
    FLAGS,
    PHONE,
    SETTLED,
    axe_violations,
    chromium,
    house_settings,
    started_house,
)
from tests.journeys.post import Post, listening
from tests.journeys.stocking import OWNER, PASSWORD

SHEETS = ROOT / "artefacts" / "sheets"
READER = "rita@reader.example"
ONE_TO_ONE = {**PHONE, "device_scale_factor": 1}
DRESSES: dict[str, dict[str, Any]] = {
    "desktop": {**DESKTOP, "locale": "en-GB"},
    "phone-dark": {**ONE_TO_ONE, "locale": "en-GB", "color_scheme": "dark"},
    "arabic": {**DESKTOP, "locale": "ar"},
    "phone-german": {**ONE_TO_ONE, "locale": "de-DE"},
}
JUDGED = ("desktop", "phone-dark", "arabic")  # by axe-core too; it takes as long as all the rest
_LINKS = "all => all.map((one) => new URL(one.getAttribute('href'), document.baseURI).href)"
LONGEST = 2600  # pixels of a page that are kept
SHEET = 1092  # pixels across and down
_ALL_SEEN = """async () => {
  for (const one of document.querySelectorAll('img[loading=lazy]')) one.loading = 'eager';
  const here = (one) => one.complete || new Promise((done) => { one.onload = one.onerror = done; });
  await Promise.all([...document.images].map(here));
}"""
_SEEN = "try { localStorage.setItem('masthead-guide', 'seen') } catch {}"
# Title, landmarks, language, headings, targets, what is wider than the window.
_BASICS = """(isPhone) => {
  const seen = (part) => part.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const all = (names) => [...document.querySelectorAll(names)].filter(seen);
  const name = (part) => (part.getAttribute('aria-label') || part.textContent || part.name || '').trim().slice(0, 40);
  const found = [];
  if (!document.title.trim()) found.push('no title');
  if (!document.documentElement.lang) found.push('no language');
  if (all('h1').length !== 1) found.push(`${all('h1').length} h1`);
  if (all('main').length !== 1) found.push('not one main');
  let last = 0;
  for (const head of all('h1, h2, h3, h4').filter((one) => !one.closest('.page-spoken, .frame-text'))) {
    const level = Number(head.tagName[1]);
    if (level > last + 1 && last) found.push(`h${level} after h${last}: ${name(head)}`);
    last = level;
  }
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) found.push(`${wide} pixels too wide`);
  const scrolls = '.table, .table-scroll, [class*=scroll], [class*=strip], [class*=tabs], nav, .wide';
  for (const part of all('a, button, input:not([type=hidden]), select, summary')) {
    if (part.closest('.page, .frame-page, .page-spoken') || part.matches('.skip, .frame-skip')) continue;
    const box = part.getBoundingClientRect();
    if (box.width <= 1) continue;
    const label = part.matches('[type=checkbox], [type=radio]') && part.closest('label');
    const height = label ? label.getBoundingClientRect().height : box.height;
    const isInLine = getComputedStyle(part).display === 'inline';
    if (isPhone && !isInLine && height < 24) found.push(`${Math.round(height)} high: ${name(part)}`);
    const isOut = box.right > innerWidth + 1 || box.left < -1;
    if (isOut && !part.closest(scrolls)) found.push(`outside: ${name(part)}`);
  }
  return found;
}"""


def office_routes() -> list[str]:
    """The addresses of the back office that are looked at, as its table of addresses has them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "masthead.config.house_settings")
    import django  # noqa: PLC0415 - its settings are needed first

    django.setup()
    from tests.backoffice.test_addresses import OFFICE  # noqa: PLC0415 - as above

    return ["office/", "office/you", *(route for route, method in OFFICE if method == "GET")]


class Looking:
    """One dress: its browsers, what it has seen, what it found."""

    def __init__(self, browser: Browser, address: str, name: str, places: dict[str, str]) -> None:
        self.browser, self.address, self.name, self.places = browser, address.rstrip("/"), name, places
        self.folder = SHEETS / name
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.findings: list[str] = []
        self.count = 0

    @contextmanager
    def person(self, who: str = "") -> Iterator[Page]:
        """A window of somebody: signed in, or a visitor."""
        context: BrowserContext = self.browser.new_context(**DRESSES[self.name], user_agent=BROWSER)
        context.add_init_script(_SEEN)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.findings.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda said: self.findings.append(f"{page.url}: {said.text}") if "Content Security" in said.text else None,
        )
        if who:
            page.goto(f"{self.address}/account/login/")
            page.locator("[name=login]").fill(who)
            page.locator("[name=password]").fill(PASSWORD)
            page.locator("main button[type=submit]").first.click()
            page.wait_for_url(lambda where: "login" not in where)
        yield page
        context.close()

    def keep(self, page: Page, name: str, *, whole: bool = True) -> None:
        """Keeps its picture and what is wrong with it."""
        if whole:  # pictures further down come when somebody is near them
            page.evaluate(_ALL_SEEN)
        page.wait_for_function(SETTLED)
        self.count += 1
        path = self.folder / f"{self.count:03}-{name}.png"
        height = page.evaluate("document.documentElement.scrollHeight")
        width = DRESSES[self.name]["viewport"]["width"]
        if whole and height > DRESSES[self.name]["viewport"]["height"]:
            page.screenshot(
                path=path, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": min(height, LONGEST)}
            )
        else:
            page.screenshot(path=path)
        found = [*page.evaluate(_BASICS, "phone" in self.name), *(axe_violations(page) if self.name in JUDGED else [])]
        self.findings += [f"{path.stem} {urlsplit(page.url).path}: {one}" for one in found]

    def scenes(self, scenes: list[Scene]) -> None:
        """Each screen with a window of its own: what one remembers is not there in the next."""
        for scene in scenes:
            with self.person() as page:
                try:
                    page.goto(f"{self.address}/{scene.path}")
                    if scene.is_reader:
                        page.wait_for_selector(READY)
                    scene.act(page)
                    page.wait_for_timeout(400)
                except Error as error:
                    self.findings.append(f"NOT REACHED {scene.name}: {str(error)[:200]}")
                self.keep(page, scene.name, whole=not scene.is_reader)

    def account(self) -> None:
        """What a reader has of their own."""
        with self.person(READER) as page:
            page.goto(f"{self.address}/{self.places['tide']}/{self.places['subscribed']}/page/8")
            # The subscription is for one device: the first dress reads, each later one is told so.
            page.locator(f"{READY}, main h1").first.wait_for()
            self.keep(page, "subscribed", whole=page.locator("masthead-reader").count() == 0)
            for path in ACCOUNT:
                page.goto(f"{self.address}/{path}")
                if page.locator("input[type=password]").count() == 1 and "reauthenticate" in page.url:
                    self.keep(page, "reauthenticate")
                    page.locator("input[type=password]").fill(PASSWORD)
                    page.locator("main button[type=submit]").first.click()
                    page.wait_for_load_state()
                self.keep(page, path.strip("/").replace("/", "-"))

    def office(self) -> None:
        """From the first screen to all that links lead to, each kind once."""
        shape = {one: re.sub(r"\{\w+\}", "[^/]+", one.replace(".", r"\.")) for one in office_routes()}
        kinds = {route: re.compile(f"/{pattern}") for route, pattern in shape.items()}
        skipped = re.compile(r"\.csv|\.\{|/template$|qr\.|contrast|/row$|verdict|/test$|/files/|progress|problems")
        known = {
            "edition": self.places["edition"],
            "publication": self.places["publication"],
            "house": self.places["house"],
        }
        ahead = ["/office/"]
        ahead += [
            "/" + route.format(**known) for route in kinds if not set(re.findall(r"\{(\w+)\}", route)) - set(known)
        ]
        seen: set[str] = set()
        with self.person(OWNER) as page:
            while ahead:
                path = ahead.pop(0)
                kind = next((one for one, shape in kinds.items() if shape.fullmatch(urlsplit(path).path)), None)
                if kind is None or kind in seen or skipped.search(kind):
                    continue
                seen.add(kind)
                answer = page.goto(self.address + path)
                name = re.sub(r"[{}]", "", kind).replace("office/", "").strip("/").replace("/", "-") or "office"
                if answer is not None and not answer.ok:
                    self.findings.append(f"{path}: {answer.status}")
                self.keep(page, name)
                links = page.eval_on_selector_all(
                    "a[href]", "all => all.map((one) => new URL(one.getAttribute('href'), document.baseURI).href)"
                )
                ahead += [urlsplit(link).path for link in links if link.startswith(self.address)]
            rest = [
                f"/office/editions/{self.places['converted']}/{part}"
                for part in ("", "builds/", "corrections", "articles", "pages", "contents", "accessibility")
            ]
            for path in rest:
                page.goto(self.address + path)
                self.keep(page, "converted-" + path.rsplit("/", 2)[-1 if not path.endswith("/") else -2][:20])
        for kind in kinds:
            if kind not in seen and not skipped.search(kind):
                self.findings.append(f"NOT SEEN {kind}")

    def mails(self, post: Post) -> None:
        """Mails that came so far, as HTML."""
        with self.person() as page:
            for number, (_, mail) in enumerate(post.mails):
                part = mail.get_body(("html",))
                if part is not None:
                    page.set_content(part.get_content())
                    self.keep(page, f"mail-{number}")

    def sheets(self) -> None:
        """Lays the screens on sheets, in columns; a long one goes on in the next column."""
        columns = 4 if "phone" in self.name else 2
        width, ahead = SHEET // columns, []
        for path in sorted(self.folder.glob("*.png")):
            shot = Image.open(path).convert("RGB")
            shot = shot.resize((width - 6, shot.height * (width - 6) // shot.width), Image.Resampling.LANCZOS)
            for top in range(0, shot.height, SHEET - 16):
                ahead.append((path.stem, shot.crop((0, top, shot.width, min(shot.height, top + SHEET - 16)))))
        for number in range(1, len(ahead) + 1):
            sheet, tops, left = Image.new("RGB", (SHEET, SHEET), "#3b5bdb"), [0] * columns, []
            for name, shot in ahead:
                column = min(range(columns), key=lambda one: tops[one])
                if tops[column] + shot.height + 16 > SHEET:
                    left.append((name, shot))
                    continue
                ImageDraw.Draw(sheet).text((column * width + 3, tops[column] + 2), name, fill="#ffffff")
                sheet.paste(shot, (column * width + 3, tops[column] + 14))
                tops[column] += shot.height + 18
            if not ahead:
                break
            sheet.crop((0, 0, SHEET, max(tops))).save(SHEETS / f"{self.name}-{number:02}.png")
            ahead = left


@contextmanager
def house(folder: Path, post: Post) -> Iterator[str]:
    """The house in a folder, filled if it is new."""
    settings = {
        "MASTHEAD_CONVERSIONS": "0",
        "MASTHEAD_WEB_PROCESSES": "1",
        "MASTHEAD_MAIL": f"smtp://127.0.0.1:{post.port}",
    }
    environment = house_settings(folder, **settings)
    if not (folder / "places.json").is_file():
        for name in ("editions", "incoming", "originals", "arrivals"):
            (folder / "data" / name).mkdir(parents=True)
        subprocess.run([sys.executable, str(ROOT / "tests/journeys/whole_seeding.py")], check=True, env=environment)
    with started_house(folder, environment, r"http://[\w.:]+/") as address:
        yield address


def main() -> None:
    """Look at what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--house", type=Path, default=ROOT / "build" / "whole-house", help="folder of the house")
    parser.add_argument("--dress", nargs="*", choices=[*DRESSES], default=[*DRESSES])
    parser.add_argument("--part", nargs="*", choices=["office", "account", "public", "reader", "mails"])
    options = parser.parse_args()
    parts = options.part or ["public", "reader", "account", "office", "mails"]
    with listening() as post, house(options.house, post) as address, sync_playwright() as playwright:
        places = json.loads((options.house / "places.json").read_text(encoding="utf-8"))
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for dress in options.dress:
            looking = Looking(browser, address, dress, places)
            if "public" in parts:
                looking.scenes(public_scenes(places))
            if "reader" in parts:
                looking.scenes(reader_scenes(places))
            if "account" in parts:
                looking.account()
            if "office" in parts:
                looking.office()
            if "mails" in parts:
                looking.mails(post)
            looking.sheets()
            (SHEETS / f"findings-{dress}.txt").write_text("\n".join(looking.findings) + "\n", encoding="utf-8")
            print(f"{dress}: {looking.count} screens, {len(looking.findings)} findings")
        browser.close()


if __name__ == "__main__":
    main()
