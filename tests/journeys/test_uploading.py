"""An upload that is cut off, paused, and goes on after the page was loaded again; then an issue replaced and undone."""

from __future__ import annotations

import os
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect
from tests.journeys.conftest import DESKTOP, Look
from tests.journeys.stocking import PASSWORD
from tests.pdfs import story_pdf

pytestmark = pytest.mark.journey
MINUTE = 60_000  # milliseconds
PIECE = 4 << 20  # bytes: what the script sends at once


def large_pdf(path: Path) -> Path:
    """An issue of three pieces."""
    with pikepdf.open(story_pdf(path.with_suffix(".small"), pages=3)) as pdf:
        pdf.Root.Ballast = pdf.make_stream(os.urandom(10 << 20))
        pdf.save(path)
    return path


def test_an_upload_goes_on_and_its_edition_can_be_undone(
    new_house: str, browser: Browser, look: Look, tmp_path: Path
) -> None:
    context = browser.new_context(**DESKTOP)
    page = context.new_page()
    page.set_default_timeout(MINUTE)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    _publication(page, new_house)
    page.get_by_role("link", name="Harbour Press", exact=True).first.click()
    page.get_by_role("link", name="Upload issues").click()
    look(page, "empty")
    offsets = _cut_off(page, large_pdf(tmp_path / "fathom-2026-11.pdf"), look)
    assert offsets[0] == 0
    assert offsets[-1] == 2 * PIECE
    assert offsets.count(0) == 1  # what had arrived was not sent again
    look(page, "verdict")
    expect(page.get_by_label("Issue", exact=True)).to_have_value("November 2026")
    expect(page.get_by_label("Date of the issue")).to_have_value("2026-11-01")
    page.get_by_label("Issue", exact=True).fill("")
    page.get_by_role("button", name="Make editions of them").click()
    expect(page.get_by_text("Say which issue it is.")).to_be_visible()
    look(page, "mistake")
    page.get_by_label("Issue", exact=True).fill("November 2026")
    page.get_by_role("button", name="Make editions of them").click()
    expect(page.get_by_text("1 edition is being converted.")).to_be_visible()
    _deleted_and_restored(page, look)
    assert problems == []
    context.close()


def _publication(page: Page, house: str) -> None:
    page.goto(house)
    page.get_by_label("Name of the publishing house").fill("Harbour Press")
    page.get_by_label("Your name").fill("Olga Keeper")
    page.get_by_label("E-mail address").fill("olga@harbour.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="New publication").first.click()
    page.get_by_label("Name").fill("Fathom")
    page.get_by_role("button", name="Make the publication").click()


def _cut_off(page: Page, pdf: Path, look: Look) -> list[int]:
    """Send a file whose connection breaks after a piece; the page is loaded again; where each piece began."""
    offsets: list[int] = []

    def cut(route: Route, request: Request) -> None:
        if request.method != "PATCH" or not offsets:
            if request.method == "PATCH":
                offsets.append(int(request.headers["upload-offset"]))
            route.continue_()
        else:
            route.abort()

    page.route("**/office/arrivals/*", cut)
    page.set_input_files("#files", pdf)
    expect(page.get_by_text("The connection is away.")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    page.unroute("**/office/arrivals/*")
    late: list[Route] = []  # the script comes after the file is chosen, as on a slow connection

    def hold(route: Route) -> None:
        late.append(route)

    page.route("**/uploads.*.js", hold)
    page.reload(wait_until="commit")
    expect(page.get_by_text("Choose the same file again to go on.")).to_be_visible()
    page.on(
        "request",
        lambda request: offsets.append(int(request.headers["upload-offset"])) if request.method == "PATCH" else None,
    )
    page.set_input_files("#files", pdf)
    look(page, "stopped")
    for route in late:
        route.continue_()
    expect(page.get_by_text("3 pages")).to_be_visible()
    assert page.locator(".arrival").count() == 1
    return offsets


def _deleted_and_restored(page: Page, look: Look) -> None:
    page.get_by_role("link", name="Fathom: November 2026").click()
    expect(page.get_by_role("button", name="Publish now")).to_be_visible(timeout=4 * MINUTE)
    page.get_by_role("link", name="Versions").click()
    look(page, "versions")
    page.go_back()
    page.get_by_role("link", name="Replace the PDF").click()
    look(page, "replace")
    page.go_back()
    page.get_by_role("button", name="Delete the edition").click()
    look(page, "deleted")
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_text("is back as it was")).to_be_visible()
