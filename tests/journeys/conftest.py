"""A real server, a real browser: what every journey starts from.

With MASTHEAD_SCREENS=yes pictures of what people see are kept in artefacts/screens.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.journeys.loaded_house import forked_house
from tests.journeys.post import Post, listening
from tests.journeys.stocking import EDITION, OWNER, PASSWORD, ROOT

SCREENS = ROOT / "artefacts/screens"
AXE = ROOT / "reader/node_modules/axe-core/axe.min.js"
# Without what costs half of its time and is not needed: fetching style sheets again, paths to the elements.
AXE_OPTIONS = "{resultTypes: ['violations'], preload: false, selectors: false}"
# Words that lie over the picture of a page have no colour: the picture shows them. Hundreds of them are looked for in
# vain. The value says nothing: else all of axe is handed back.
AXE_BEGINS = ";axe.configure({rules: [{id: 'color-contrast', selector: '*:not(.word)'}]});0"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Memory that a browser's processes share is files: in /tmp by the driver's wish, as a container's /dev/shm may hold but
# 64 MB. On a disk each tile of a page that is painted is a file made and deleted, a fifth of the time in the kernel.
SHARED = Path("/dev/shm")
LEFT_OUT = ["--disable-dev-shm-usage"] if SHARED.is_dir() and shutil.disk_usage(SHARED).free > 2**30 else []
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}

# What tests bring about themselves: answers that they fake, and the driver's own evaluation of strings.
EXPECTED = re.compile(r"Failed to load resource|unsafe-eval")
# A click on a way to another page may come back while the one before still stands, which would then be looked at.
# Where the page stays after all (a file is saved), nobody waits for ever.
LEAVES = """self.navigation?.addEventListener('navigate', (event) => {
  if (!event.destination.sameDocument && event.downloadRequest === null) self.leavesAt = performance.now();
});"""
ARRIVED = "() => document.readyState !== 'loading' && !(performance.now() - self.leavesAt < 5000)"
# The page is there to its end, what is in sight has its pictures, and nothing moves any more.
SETTLED = (
    f"""() => ({ARRIVED})() && """
    + """[...document.images].every((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return one.complete || bottom <= 0 || top >= innerHeight || !one.checkVisibility();
  }) && document.getAnimations().every((one) => one.playState !== 'running' || one.effect.getTiming().iterations > 9)"""
)
# As people have it: a browser that says it runs without a window is no reader.
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36"
OpenReader = Callable[..., Page]
Look = Callable[..., None]  # a page, a name, and the devices if not all


# What takes longest begins first, so that no process is left alone with it at the end; the rest follows by name. What
# waits for a minute to be over (statistics, month) does not lie side by side.
LONGEST = (
    *("test_statistics", "test_ordering", "test_correcting", "test_who_may_read", "test_overlays", "test_article_view"),
    *("test_reading", "test_month", "test_first_edition", "test_office", "test_notes", "test_keeping"),
    *("test_demonstration", "test_archive", "test_static_site", "test_forms", "test_advertisements"),
    *("test_uploading", "test_identity_provider", "test_programs", "test_sharing", "test_orders", "test_comments"),
    *("test_notes_with_account", "test_openid_provider", "test_failing_well", "test_accessibility"),
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort the journeys; the others stay where they are, as each file is run by one process."""
    place = {name: number for number, name in enumerate(LONGEST)}
    journeys = [item for item in items if item.get_closest_marker("journey")]
    if len(journeys) == len(items):
        items.sort(key=lambda item: place.get(item.path.stem, len(LONGEST)))


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a server for the sample issue."""
    assert (EDITION / "manifest.json").is_file(), "run bin/demo --no-serve first"
    with serving(EDITION) as address:
        yield address


@contextmanager
def serving(edition: Path) -> Iterator[str]:
    """The address of a server for an edition folder."""
    command = [str(ROOT / "bin/masthead"), "serve", str(edition), "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        with stopped_at_last(process):
            found = re.search(r"http://\S+/", process.stdout.readline())
            assert found is not None
            wait_until_answered(f"{found[0]}health")
            yield found[0]


class _Files(SimpleHTTPRequestHandler):
    """Python's own server of files, which says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base's
        pass


@contextmanager
def serving_files(folder: Path) -> Iterator[str]:
    """The address of a server for the files of a folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def serving_house(folder: Path, seeding: str, **settings: str) -> Iterator[str]:
    """The address of a house over a new folder, filled by a script of this one before it serves."""
    environment = house_settings(folder, **{"MASTHEAD_CONVERSIONS": "0", "MASTHEAD_WEB_PROCESSES": "1", **settings})
    for name in ("editions", "incoming", "originals", "arrivals"):
        (folder / "data" / name).mkdir(parents=True)
    with forked_house(environment, seeding, folder / "said") as house:
        yield address_said(folder / "said", r"http://[\w.:]+/", house.lives)


@contextmanager
def started_house(folder: Path, environment: dict[str, str], said: str) -> Iterator[str]:
    """Starts a house; the address that it says, found by its pattern."""
    log = folder / "said"
    command = [str(ROOT / "bin/masthead"), "serve", "--port", "0"]
    with (
        log.open("w") as stream,
        subprocess.Popen(command, stdout=stream, env=environment) as process,
        stopped_at_last(process),
    ):
        yield address_said(log, said, lambda: process.poll() is None)


def address_said(log: Path, said: str, lives: Callable[[], bool]) -> str:
    """The address that a house says, found by its pattern, as soon as it answers there."""
    while (found := re.search(rf"{said}(?=\s)", log.read_text())) is None:
        assert lives(), "the house ended"
        time.sleep(0.05)
    origin = re.match(r"http://[^/]+/", found[0])
    assert origin is not None
    wait_until_answered(f"{origin[0]}ready", 90)
    return found[0]


@contextmanager
def stopped_at_last(process: subprocess.Popen[Any]) -> Iterator[None]:
    """It is told to stop whatever happened, and has to; nobody waits for it for ever."""
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def house_settings(folder: Path, **settings: str) -> dict[str, str]:
    """The environment of a house: none of the settings of whoever runs the tests."""
    return {name: value for name, value in os.environ.items() if not name.startswith("MASTHEAD_")} | {
        "MASTHEAD_DATA": str(folder / "data"),
        "MASTHEAD_CACHE": str(folder / "cache"),
        "MASTHEAD_NICENESS": "0",  # other tests never let the processor rest
        "MASTHEAD_PASSWORD_MEMORY_MB": "19",  # many sign in, and nobody guesses
        "MASTHEAD_PICTURE_WIDTH": "1200",  # the widest cost most, and zooming into them is tried with the sample
        "MASTHEAD_SECRET_KEY": "only-for-the-test-of-the-back-office-never-elsewhere",
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(ROOT),
        **settings,
    }


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    """What a mail server got."""
    with listening() as caught:
        yield caught


@pytest.fixture
def new_house(tmp_path: Path) -> Iterator[str]:
    """The address that a house says at its first start, over a folder that is not there yet."""
    environment = house_settings(tmp_path, MASTHEAD_CONVERSIONS="1")
    del environment["MASTHEAD_SECRET_KEY"]  # it makes one
    with started_house(tmp_path, environment, r"http://\S+/setup/\S+") as address:
        yield address


def wait_until_answered(address: str, seconds: float = 30) -> None:
    """A server says its address a moment before it answers, on a busy machine a long one."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def chromium() -> str:
    """Debian's Chromium; the one without a window where there is one, as it costs a third less."""
    programs = ("chromium-headless-shell", "chromium")
    found = [os.environ.get("MASTHEAD_CHROMIUM"), *map(shutil.which, programs)]
    assert any(found), "Chromium is needed: bin/setup --for test"
    return next(program for program in found if program)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS, ignore_default_args=LEFT_OUT)
        plain = browser.new_context

        def new_context(**options: Any) -> BrowserContext:
            context = plain(**options)
            context.add_init_script(LEAVES)
            return context

        browser.new_context = new_context  # type: ignore[method-assign]
        yield browser
        browser.close()


@pytest.fixture
def open_reader(server: str, browser: Browser) -> Iterator[OpenReader]:
    """Opens the reader at a path of a server (`at`, else the sample's); fails the test if the page logged an error.

    `script` runs before the page's own.
    """
    contexts, problems = [], []

    def start(
        path: str = "",
        *,
        guide: bool = False,
        ready: bool = True,
        at: str = server,
        script: str = "",
        **options: Any,
    ) -> Page:
        context = browser.new_context(**{**DESKTOP, **options})
        contexts.append(context)
        if not guide:
            context.add_init_script("try { localStorage.setItem('masthead-guide', 'seen') } catch {}")
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console",
            lambda message: (
                problems.append(message.text) if message.type == "error" and not EXPECTED.search(message.text) else None
            ),
        )
        page.goto(at.rstrip("/") + "/" + path)
        if ready:
            page.wait_for_selector("masthead-reader[data-ready] .page .page-picture")
        return page

    yield start
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def screen() -> Callable[[Page, str], None]:
    """Keeps a picture of what the person sees."""
    return keep_screen


def keep_screen(page: Page, name: str) -> None:
    """Keeps a picture under a name, where MASTHEAD_SCREENS asks for pictures: nobody looks at those of every run."""
    if not os.environ.get("MASTHEAD_SCREENS"):
        return
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.wait_for_function(SETTLED)
    page.screenshot(path=SCREENS / f"{name}.jpg", quality=90)  # packing a PNG takes eight times as long


@pytest.fixture(scope="module")
def look(request: pytest.FixtureRequest) -> Look:
    """Keeps a picture for the desk and one for the phone; nothing is cut off on either, nothing is wrong on the first.

    What axe-core asks for hangs on the page, its colours and the size of its targets, which are the same on both. In a
    second dress (in the dark, from the right) one device is enough: the other was seen in the first.
    """
    journey = request.path.stem.removeprefix("test_").replace("_", "-")

    def check(page: Page, name: str, *devices: str) -> None:
        for device in devices or ("phone", "desktop"):
            page.set_viewport_size((PHONE if device == "phone" else DESKTOP)["viewport"])
            page.wait_for_function(SETTLED)
            keep_screen(page, f"{journey}-{name}-{device}")
            if device == (devices or ("phone",))[0]:
                assert axe_violations(page) == [], f"{name}, {device}"
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, f"{name}, {device}"
        page.set_viewport_size(DESKTOP["viewport"])  # what comes next is done at the desk

    return check


_SIGNED_IN: dict[tuple[str, str], Any] = {}


@contextmanager
def signed_in(browser: Browser, house: str, who: str = OWNER, **options: object) -> Iterator[Page]:
    """Olga at her desk, or who else is named; nothing on the way may break the policy or a script.

    Who has signed in at a house once comes with what their browser kept of it.
    """
    kept = _SIGNED_IN.get((house, who))
    context = browser.new_context(**{**DESKTOP, **options}, storage_state=kept)
    page = context.new_page()
    problems = watched(page)
    page.goto(f"{house}office/" if kept else f"{house}account/login/")
    if "/login/" in page.url:
        page.locator("[name=login]").fill(who)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main button[type=submit]").click()
        page.wait_for_url("**/office/**")
        _SIGNED_IN[house, who] = context.storage_state()
    yield page
    context.close()
    assert problems == []


@contextmanager
def visitor(browser: Browser) -> Iterator[Page]:
    """Somebody with a browser of their own that does not say that it is driven: such are not counted."""
    flags = [*FLAGS, f"--user-agent={BROWSER}"]
    own = browser.browser_type.launch(executable_path=chromium(), args=flags, ignore_default_args=LEFT_OUT)
    context = own.new_context(**DESKTOP)
    context.add_init_script("try { localStorage.setItem('masthead-guide', 'seen') } catch {}")
    page = context.new_page()
    problems = watched(page)
    yield page
    own.close()
    assert problems == []


def watched(page: Page) -> list[str]:
    """What will go wrong on the page: errors of scripts, breaks of the policy."""
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if "Content Security" in said.text else None)
    return problems


def until_gone(page: Page, selector: str, timeout: float) -> None:
    """Wait (milliseconds) for a page, there to its end, that has none of it: one on its way has nothing at all."""
    page.wait_for_function(
        "selector => document.readyState !== 'loading' && !document.querySelector(selector)",
        arg=selector,
        timeout=timeout,
    )


def axe_violations(page: Page) -> list[str]:
    """What axe-core finds on the page: rule, impact and the elements."""
    page.wait_for_function(ARRIVED)
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text(encoding="utf-8") + AXE_BEGINS)
    found = page.evaluate(f"async () => (await axe.run(document, {AXE_OPTIONS})).violations")
    return [f"{rule['id']} ({rule['impact']}): {[node['html'][:160] for node in rule['nodes'][:3]]}" for rule in found]
