"""What is done in the reader and on readers' pages until each of their screens is shown: name, address, deeds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

READY = "masthead-reader[data-ready] .page .page-picture"
SLIDES = 500  # milliseconds: panels slide in, tiles arrive
SHOP, SURVEY = 22, 26  # pages of the sample


@dataclass(frozen=True, slots=True)
class Scene:
    """A screen: an address of the house, and what is done there."""

    name: str
    path: str
    act: Callable[[Page], Any] = field(default=lambda page: None)
    is_reader: bool = True


def keyed(*keys: str, wait: str = "") -> Callable[[Page], None]:
    """Press keys, one after the other."""

    def act(page: Page) -> None:
        page.wait_for_selector(".reader-toolbar button", state="attached")
        page.wait_for_timeout(SLIDES)
        for key in keys:
            page.keyboard.press(key)
            page.wait_for_timeout(SLIDES)
        if wait:
            page.wait_for_selector(wait)

    return act


def opened(kind: str) -> Callable[[Page], None]:
    """Open the first thing of a kind that lies on the page."""
    return lambda page: page.locator(f'.page:not(.is-away) [data-kind="{kind}"]').first.click()


def opened_by_key(kind: str) -> Callable[[Page], None]:
    """Open it though something lies over it."""

    def act(page: Page) -> None:
        page.locator(f'.page:not(.is-away) [data-kind="{kind}"]').first.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".overlay-form form")

    return act


def _searched(page: Page) -> None:
    keyed("/")(page)
    page.locator(".search-input").fill("lighthouse")
    page.wait_for_selector(".hit")
    page.locator(".hit").nth(1).click()


def _found_nothing(page: Page) -> None:
    keyed("/")(page)
    page.locator(".search-input").fill("quaternion")
    page.wait_for_timeout(2 * SLIDES)


def _filled_cart(page: Page) -> None:
    opened("product")(page)
    page.locator(".adding .button-solid").click()
    page.locator(".adding > .button-outline").click()
    page.wait_for_selector(".cart-amount bdi")


def _more(page: Page) -> None:
    keyed()(page)
    for button in page.locator("[aria-haspopup=menu]").all():
        if button.is_visible():
            button.click()
            return


def _noted(page: Page) -> None:
    page.wait_for_function("() => String(getSelection()).length > 10")
    page.wait_for_selector(".selection-bar")


def _tab(number: int) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        keyed("p")(page)
        page.locator(".reader-panel [role=tab]").nth(number).click()

    return act


def reader_scenes(places: dict[str, str]) -> list[Scene]:
    """Each screen of the reader."""
    issue = f"{places['tide']}/{places['open']}"
    gated, closed = (f"{places['tide']}/{places[name]}" for name in ("gated", "subscribed"))
    page = f"{issue}/page"
    panels = {"contents": "c", "pages": "p", "settings": "s", "help": "?", "text": "t", "print": "Control+p"}
    panels |= {"archive": "e", "share": "r", "comments": "k", "cart-empty": "o"}
    return [
        Scene("cover", f"{issue}/"),
        Scene("spread", f"{page}/8"),
        Scene("zoomed", f"{page}/8", keyed("+", "+")),
        *(Scene(f"panel-{name}", f"{page}/4", keyed(key)) for name, key in panels.items()),
        *(
            Scene(f"panel-{name}", f"{page}/4", _tab(tab))
            for tab, name in enumerate(("bookmarks", "highlights", "notes"), 1)
        ),
        Scene("search", f"{page}/10", _searched),
        Scene("search-nothing", f"{page}/10", _found_nothing),
        Scene("menu", f"{page}/8", _more),
        Scene("selection", f"{page}/4#select=4.20-4.26", _noted),
        *(Scene(kind, f"{page}/2", opened(kind)) for kind in ("gallery",)),
        *(Scene(kind, f"{page}/3", opened(kind)) for kind in ("video", "audio", "popup")),
        Scene("product", f"{page}/{SHOP}", opened("product")),
        Scene("cart", f"{page}/{SHOP}", _filled_cart),
        Scene("html", f"{page}/{SURVEY}", opened("html")),
        Scene("form-dialog", f"{page}/{SURVEY}", opened_by_key("form")),
        Scene("form-asked", f"{page}/3", keyed()),
        Scene("closed-page", f"{closed}/page/3", keyed("ArrowRight")),
        Scene("article", f"{page}/4", keyed("a", wait=".article-bar")),
        Scene("article-text", f"{page}/4", keyed("a", "t")),
        Scene("article-contents", f"{page}/4", keyed("a", "c")),
        Scene("article-aloud", f"{page}/4", keyed("l")),
        Scene("gate-form", f"{gated}/", is_reader=False),
        Scene("way-in", f"{closed}/page/4", is_reader=False),
        Scene("way-in-password", f"{places['tide']}/{places['locked']}/", is_reader=False),
    ]


def _ordered(page: Page) -> None:
    said = {"email": "rita@reader.example", "phone": "+44 20 7946 0958", "billing_postcode": "SW1A 1AA"}
    said |= {"name": "Rita Reader", "billing_line1": "12 Quay Street", "billing_city": "Harwick"}
    for name, typed in said.items():
        page.fill(f"#order-{name}", typed)
    page.select_option("#order-billing_country", "GB")
    page.locator(".order-form button[type=submit]").click()


def _in_cart(path: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.fill("#quantity", "6")
        page.locator(".adding .main").click()
        page.wait_for_load_state()
        if path == "order":
            page.locator("[name=order]").click()
        if path == "mistakes":
            page.locator("[name=order]").click()
            page.locator(".order-form button[type=submit]").click()
        if path == "sent":
            page.locator("[name=order]").click()
            page.wait_for_selector(".order-form")
            _ordered(page)
        page.wait_for_load_state()

    return act


def _page(name: str, path: str, act: Callable[[Page], Any] = lambda page: None) -> Scene:
    return Scene(name, path, act, is_reader=False)


def _submit(page: Page) -> None:
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()


def _sign_in_wrong(page: Page) -> None:
    page.locator("[name=login]").fill("rita@reader.example")
    page.locator("[name=password]").fill("not this one")
    _submit(page)


def public_scenes(places: dict[str, str]) -> list[Scene]:
    """Pages for readers that no script shows; those of an account are in `account_scenes`."""
    tide = places["tide"]
    issue = f"{tide}/{places['open']}"
    form = f"{issue}/form/{places['survey']}"
    product = f"{issue}/product?code=HB-3005"

    return [
        _page("home", ""),
        _page("publication", f"{tide}/"),
        _page("publication-few", "fathom/"),
        _page("search", "search?q=lighthouse"),
        _page("search-nothing", "search?q=quaternion"),
        _page("search-publication", f"{tide}/search?q=lamp"),
        _page("statement", f"{tide}/accessibility"),
        _page("articles", f"{issue}/articles"),
        _page("pages", f"{issue}/pages"),
        _page("share", f"{issue}/share"),
        _page("comments", f"{issue}/comments"),
        _page("comments-article", f"{issue}/comments?article={places['article']}"),
        _page("product", product),
        _page("cart", product, _in_cart("cart")),
        _page("cart-empty", f"{issue}/cart"),
        _page("order", product, _in_cart("order")),
        _page("order-mistakes", product, _in_cart("mistakes")),
        _page("order-sent", product, _in_cart("sent")),
        _page("form", form),
        _page("form-mistakes", form, _submit),
        _page("missing", "nothing/here/"),
        _page("missing-edition", f"{tide}/no-99/"),
        _page("gone", "fathom/no-0/"),
        _page("recipient", places["recipient"]),
        _page("sign-in", "account/login/"),
        _page("sign-in-wrong", "account/login/", _sign_in_wrong),
        _page("sign-up", "account/signup/"),
        _page("sign-up-mistakes", "account/signup/", _submit),
        _page("password-reset", "account/password/reset/"),
        _page("password-reset-done", "account/password/reset/done/"),
        _page("find-organisation", "account/identity/find"),
        _page("invitation-wrong", "invitation/guessed"),
        _page("setup-wrong", "setup/guessed"),
    ]


ACCOUNT = (
    *("account/subscriptions", "account/orders", "account/data", "account/code", "account/email/"),
    *("account/password/change/", "account/2fa/", "account/2fa/totp/activate/", "account/2fa/webauthn/"),
    *("account/2fa/webauthn/add/", "account/2fa/recovery-codes/", "account/sessions/", "account/logout/"),
)
