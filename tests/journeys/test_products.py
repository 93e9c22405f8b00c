"""Products as staff see them: a list is taken in, looked at and kept; on desk and phone, in the dark, in Arabic."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from tests.journeys.conftest import Look, signed_in
from tests.journeys.test_office import HOUSE, house  # noqa: F401 - a fixture

pytestmark = pytest.mark.journey
LIST = """Code,Name,Description,Price,Currency,Tax (percent),Pieces in a pack,Stock
FA-4711,Storm lantern,Brass with a glass of its own,24.50,EUR,19,1,12
FA-4712,Wick of cotton,,3.20,EUR,19,10,0
FA-4713,"A coil of manila rope, three strands, tarred, for moorings and everything else",,180,EUR,19,,
FA-4714,Cleat,,five,EUR,19,,
FA-4715,,,7,EUR,19,,
FA-4716,Chart of the sound,On request,,,,,
"""


def test_a_list_of_products_is_taken_in(house: str, browser: Browser, look: Look) -> None:  # noqa: F811
    with signed_in(browser, house) as page:
        page.goto(f"{house}{HOUSE}/")
        page.get_by_role("link", name="Fathom").first.click()
        page.get_by_role("link", name="Products").click()
        expect(page.get_by_role("heading", name="No products yet")).to_be_visible()
        look(page, "products-empty")
        page.get_by_role("link", name="New product").click()
        page.get_by_label("Name of the product").fill("Bell")
        page.get_by_role("button", name="Save").click()
        expect(page.locator("#id_code-mistake")).to_contain_text("The product has no code")
        look(page, "product-refused")
        page.get_by_role("link", name="All products").click()
        page.get_by_role("link", name="Take in a list").click()
        page.get_by_label("List of products").set_input_files(
            {"name": "products.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
        )
        page.get_by_role("button", name="Look at the list").click()
        expect(page.get_by_role("heading", name="Rows that cannot be taken")).to_be_visible()
        look(page, "products-looked-at")
        page.get_by_role("button", name="Take in the rows that are fine").click()
        expect(page.get_by_role("status")).to_contain_text("New products: 4. Changed: 0.")
        look(page, "products")
        address = page.url
        page.get_by_role("link", name="FA-4711").click()
        look(page, "product")
    with signed_in(browser, house, color_scheme="dark", locale="ar") as page:
        page.goto(address)
        look(page, "products-dark-arabic", "phone")
        page.get_by_role("link", name="FA-4711").click()
        look(page, "product-dark-arabic", "phone")
        page.goto(f"{address}/import")
        look(page, "products-import-dark-arabic", "phone")
