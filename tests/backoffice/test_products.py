"""Products in the back office: found, typed with mistakes, made, taken in from a list, laid on pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import Cast, signed_in
from tests.production.overlays.laying import edition_with_words

from masthead.orders.selectors import Product
from masthead.orders.services import product_create

LANTERN = {"code": "4711", "name": "Lantern", "price": "24.50", "currency": "EUR", "is_offered": "on"}


@pytest.fixture
def sara(cast: Cast) -> Client:
    return signed_in(cast.shop)


def home(cast: Cast) -> str:
    return f"/office/publications/{cast.fathom.pk}/products"


def test_a_product_is_typed_and_nothing_typed_is_lost(cast: Cast, sara: Client) -> None:
    assert b"No products yet" in sara.get(home(cast)).content
    wrong = sara.post(f"{home(cast)}/new", {**LANTERN, "price": "cheap"})
    assert wrong.status_code == 422
    assert "This is not a price in its currency." in wrong.content.decode()
    assert b'value="Lantern"' in wrong.content
    assert sara.post(f"{home(cast)}/new", LANTERN)["Location"] == home(cast)
    listed = sara.get(home(cast)).content.decode()
    assert "€24.50" in listed
    assert "1 product<" in listed
    taken = sara.post(f"{home(cast)}/new", LANTERN)
    assert "Another product of this publication has this code." in taken.content.decode()
    made = Product.objects.get()
    page = sara.get(f"{home(cast)}/{made.pk}").content.decode()
    assert 'value="24.50"' in page
    assert f'<a href="{home(cast)}" aria-current="true">Products</a>' in page  # the way back is marked below it too
    assert page.count('aria-current="true"') == 1
    seen = re.findall(r'name="seen" value="([^"]+)"', page)[0]
    sara.post(f"{home(cast)}/{made.pk}", {**LANTERN, "name": "Brass lantern", "seen": seen})
    stale = sara.post(f"{home(cast)}/{made.pk}", {**LANTERN, "name": "Tin lantern", "seen": seen})
    assert stale.status_code == 422
    assert b"Somebody else has changed this product" in stale.content
    assert b'value="Tin lantern"' in stale.content
    assert Product.objects.get().name == "Brass lantern"
    sara.post(f"{home(cast)}/{made.pk}/remove")
    assert not Product.objects.exists()


def test_products_are_found_and_go_out_as_a_list_that_comes_in_again(cast: Cast, sara: Client) -> None:
    for number in range(60):
        said = {**LANTERN, "code": f"{number:03}", "name": f"=Rope {number}", "stock": str(number)}
        product_create(by=cast.shop, publication=cast.fathom, said=said)
    assert sara.get(f"{home(cast)}?page=2").content.count(b'<th scope="row">') == 10
    assert sara.get(f"{home(cast)}?words=rope+17").content.count(b'<th scope="row">') == 1
    assert sara.get(f"{home(cast)}?state=sold_out").content.count(b'<th scope="row">') == 1
    assert b"Nothing fits" in sara.get(f"{home(cast)}?words=lighthouse").content
    out = sara.get(f"{home(cast)}.csv").content
    assert b"'=Rope 17" in out
    answer = sara.post(f"{home(cast)}/import", {"file": SimpleUploadedFile("products.csv", out)})
    assert "<strong>60</strong> products that stay as they are" in answer.content.decode()


def test_a_list_is_looked_at_before_it_is_kept(cast: Cast, sara: Client) -> None:
    data = b"Code,Name,Price,Currency\n1,Rope,5,EUR\n2,Cleat,five,EUR\n"
    page = sara.post(f"{home(cast)}/import", {"file": SimpleUploadedFile("products.csv", data)}).content.decode()
    assert "Rows that cannot be taken" in page
    assert '<td dir="auto">five</td>' in page
    assert not Product.objects.exists()
    token = re.findall(r'name="keep" value="([^"]+)"', page)[0]
    report = sara.get(f"{home(cast)}/import/problems", {"list": token}).content.decode()
    assert '3,2,Price,five,"This is not a price' in report
    assert signed_in(cast.outsider).post(f"{home(cast)}/import", {"keep": token}).status_code == 404
    assert sara.post(f"{home(cast)}/import", {"keep": token})["Location"] == home(cast)
    assert [row.code for row in Product.objects.all()] == ["1"]
    assert sara.post(f"{home(cast)}/import", {"keep": token})["Location"] == f"{home(cast)}/import"
    wrong = sara.post(f"{home(cast)}/import", {"file": SimpleUploadedFile("a.csv", b"%PDF-1.7")})
    assert wrong.status_code == 422
    assert b"cannot be read as a list of products" in wrong.content


def test_editors_lay_products_on_pages_by_their_codes_and_change_none(cast: Cast, data: Path) -> None:
    product_create(by=cast.shop, publication=cast.fathom, said=LANTERN)
    edition, emil = edition_with_words(cast, data), signed_in(cast.editor)
    assert emil.get(home(cast)).status_code == 403
    place = {"x": "10", "y": "20", "width": "30", "height": "5", "page": "2"}
    form = emil.get(f"/office/editions/{edition.pk}/overlays/new?kind=product&page=2").content.decode()
    assert '<option value="4711">Lantern</option>' in form
    said = {**place, "kind": "product", "title": "The lantern", "code": "4711", "currency": "EUR"}
    assert emil.post(f"/office/editions/{edition.pk}/overlays/new", said).status_code == 302
    page = emil.get("/fathom/no-1/page/2").content.decode()
    assert "Lantern" in page
    assert "€24.50" in page
