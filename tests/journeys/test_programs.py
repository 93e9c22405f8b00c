"""Tokens, webhooks and the reference of the API as people see them: on desk and phone, in the dark, in Arabic."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect
from tests.api.calling import V1
from tests.journeys.conftest import Look, signed_in
from tests.journeys.test_office import HOUSE, house  # noqa: F401 - a fixture

pytestmark = pytest.mark.journey


def paths(page, house: str) -> dict[str, str]:  # noqa: F811
    page.goto(f"{house}{HOUSE}/webhooks")
    named = {name: page.get_by_role("link", name=name, exact=True) for name in ("Shop", "Newsletter")}
    return {
        "tokens": f"/{HOUSE}/tokens",
        "webhooks": f"/{HOUSE}/webhooks",
        "webhook": named["Shop"].get_attribute("href") or "",
        "webhook-paused": named["Newsletter"].get_attribute("href") or "",
        "reference": f"{V1}/reference",
    }


@pytest.mark.parametrize(
    ("devices", "options"),
    [((), {}), (("phone",), {"color_scheme": "dark", "locale": "ar"})],
    ids=["day", "dark-arabic"],
)
def test_every_screen_holds(
    house: str,  # noqa: F811
    browser: Browser,
    look: Look,
    devices: tuple[str, ...],
    options: dict[str, str],
) -> None:
    with signed_in(browser, house) as page:
        found = paths(page, house)
    with signed_in(browser, house, **options) as page:
        for name, path in found.items():
            page.goto(house.rstrip("/") + path)
            for opened in page.locator("main details").all()[:4]:
                opened.evaluate("one => (one.open = true)")
            if options:  # three groups of operations are dressed like all, which were looked at by day
                page.evaluate(
                    "[...document.querySelectorAll('.operations > .section')].slice(3).forEach(one => one.remove())"
                )
            look(page, f"{name}-{'dark-arabic' if options else 'day'}", *devices)


def test_a_token_is_made_used_and_revoked(house: str, browser: Browser, look: Look) -> None:  # noqa: F811
    with signed_in(browser, house) as page:
        page.goto(f"{house}{HOUSE}/")
        page.get_by_text("More", exact=True).click()
        page.get_by_role("link", name="Programs").click()
        page.get_by_label("Name").fill("Newsroom")
        page.get_by_label("It may do what is ticked below").check()
        page.get_by_role("button", name="Make the token").click()
        expect(page.locator("#id_scopes-mistake")).to_contain_text("Tick what it may do.")
        look(page, "token-refused")
        page.get_by_label("Read: Editions").check()
        page.get_by_role("button", name="Make the token").click()
        secret = page.get_by_role("status").locator("code").inner_text()
        assert re.fullmatch(r"mh_[\w-]{43}", secret)
        look(page, "token-made")
        call = browser.new_context(extra_http_headers={"Authorization": f"Bearer {secret}"}).request
        assert call.get(f"{house}api/v1/editions").json()["items"]
        assert call.get(f"{house}api/v1/publications").status == 403
        page.get_by_role("button", name="Revoke Newsroom").click()
        expect(page.get_by_role("status").first).to_contain_text("opens nothing any more")
        assert call.get(f"{house}api/v1/editions").status == 401
