"""What is done in the house of the demonstration until each screen is shown that the documentation has a picture of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
ISSUE = "fathom/no-12/"
TYPED = {
    "name": "Rita Reader",
    "email": "rita@reader.example",
    "phone": "+44 1632 960 217",
    "billing_line1": "12 Quay Street",
    "billing_city": "Harwick",
    "billing_postcode": "SW1A 1AA",
    "note": "Please leave it at the harbour office.",
}


def _card(page: Page) -> None:
    page.get_by_role("button", name="Product: Enamel mug").click()
    page.wait_for_selector(".adding .button-solid")


def _cart(page: Page) -> None:
    for name in ("Keeper lamp", "Enamel mug"):
        page.get_by_role("button", name=f"Product: {name}").click()
        page.locator(".adding .button-solid").click()
        page.locator(".adding > .button-outline").wait_for()
        page.keyboard.press("Escape")
    page.keyboard.press("o")
    page.wait_for_selector(".cart-amount bdi")


def _order(page: Page) -> None:
    """Sends one too, so that staff have something to look at."""
    _cart(page)
    page.locator(".cart-order").click()
    page.wait_for_selector(".order-form")
    for name, said in TYPED.items():
        page.fill(f"#order-{name}", said)
    page.select_option("#order-billing_country", "GB")
    page.locator("#order-name").focus()


def _sent(page: Page) -> None:
    _order(page)
    page.locator(".order-form button[type=submit]").click()
    page.wait_for_url("**/orders/**")


def _form(page: Page) -> None:
    page.get_by_role("link", name="Form: Fill in the form").click()
    page.get_by_label("On paper").check()


def _pressed(key: str, wait: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.keyboard.press(key)
        page.wait_for_selector(wait)

    return act


READERS_OF_HOUSE: dict[str, tuple[str, dict[str, Any], Callable[[Page], None]]] = {
    "order-card": (f"{ISSUE}page/22", DESKTOP, _card),
    "order-cart": (f"{ISSUE}page/22", DESKTOP, _cart),
    "order-form": (f"{ISSUE}page/22", DESKTOP, _order),
    "form-on-page": (f"{ISSUE}page/26", DESKTOP, _form),
    "comments-panel": (f"{ISSUE}page/8", DESKTOP, _pressed("k", ".panel-comments .comment")),
    "share-panel": (f"{ISSUE}page/8", DESKTOP, _pressed("r", ".panel .share-rest, .reader-panel form")),
}


def _first(selector: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.locator(selector).first.click()
        page.wait_for_load_state()

    return act


def _made_form(page: Page) -> None:
    page.get_by_role("link", name="Fathom", exact=True).first.click()
    page.get_by_role("link", name="Forms", exact=True).click()
    page.locator("main").get_by_role("link", name="Ask the readers").first.click()
    page.wait_for_load_state()


STAFF_OF_HOUSE: dict[str, tuple[str, Callable[[Page], None]]] = {
    "office-order": ("houses/fathom-quarterly/orders", _first("main table a, main .rows a")),
    "office-comments": ("houses/fathom-quarterly/comments", lambda page: None),
    "office-form": ("houses/fathom-quarterly/", _made_form),
}
