"""A real server, a real browser: what every journey starts from. Screenshots are kept in artefacts/screens."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
EDITION = ROOT / "build/sample-edition"
SCREENS = ROOT / "artefacts/screens"
AXE = ROOT / "reader/node_modules/axe-core/axe.min.js"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}

# What tests bring about themselves: answers that they fake, and the driver's own evaluation of strings.
EXPECTED = re.compile(r"Failed to load resource|unsafe-eval")
OpenReader = Callable[..., Page]


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
        found = re.search(r"http://\S+/", process.stdout.readline())
        assert found is not None
        wait_until_answered(f"{found[0]}health")
        yield found[0]
        process.terminate()
        process.wait(30)


@contextmanager
def serving_house(folder: Path, seeding: str, **settings: str) -> Iterator[str]:
    """The address of a house over a new folder, filled by a script of this one before it starts."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MASTHEAD_")} | {
        "MASTHEAD_DATA": str(folder / "data"),
        "MASTHEAD_CACHE": str(folder / "cache"),
        "MASTHEAD_SECRET_KEY": "only for the test of the back office, never elsewhere".replace(" ", "-"),
        "MASTHEAD_CONVERSIONS": "0",
        "PYTHONUNBUFFERED": "1",
        **settings,
    }
    for name in ("editions", "incoming", "originals"):
        (folder / "data" / name).mkdir(parents=True)
    subprocess.run([sys.executable, str(Path(__file__).with_name(seeding))], check=True, env=environment)
    command = [str(ROOT / "bin/masthead"), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        said = ""
        while (found := re.search(r"http://[\w.:]+/", said)) is None:
            line = process.stdout.readline()
            assert line, "the house ended"
            said += line
        wait_until_answered(f"{found[0]}ready", 90)
        yield found[0]
        process.terminate()
        process.wait(40)


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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    program = os.environ.get("MASTHEAD_CHROMIUM") or shutil.which("chromium")
    assert program, "Chromium is needed: bin/setup --for test"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
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
def screen(request: pytest.FixtureRequest) -> Callable[[Page, str], None]:
    """Keeps a picture of what the person sees."""

    def keep(page: Page, name: str) -> None:
        SCREENS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENS / f"{name}.png")

    return keep


def axe_violations(page: Page) -> list[str]:
    """What axe-core finds on the page: rule, impact and the elements."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
    return [f"{rule['id']} ({rule['impact']}): {[node['html'][:160] for node in rule['nodes'][:3]]}" for rule in found]
