"""Price lists and pictures of products in the back office."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.cast import Cast, signed_in

from masthead.orders.selectors import ListPrice, PriceList, Product
from masthead.orders.services import product_create

LANTERN = {"code": "4711", "name": "Lantern", "price": "24.50", "currency": "EUR"}


@pytest.fixture
def sara(cast: Cast) -> Client:
    product_create(by=cast.shop, publication=cast.fathom, said=LANTERN)
    return signed_in(cast.shop)


def home(cast: Cast, part: str) -> str:
    return f"/office/publications/{cast.fathom.pk}/{part}"


def test_a_list_is_made_priced_changed_and_removed(cast: Cast, sara: Client) -> None:
    assert "No price lists yet" in sara.get(home(cast, "prices")).content.decode()
    wrong = sara.post(home(cast, "prices"), {"name": "Trade", "domains": "ropes.example\nnot a domain"})
    assert wrong.status_code == 422
    assert "not a domain</textarea>" in wrong.content.decode()
    assert "The price list cannot be kept like this." in wrong.content.decode()
    place = sara.post(home(cast, "prices"), {"name": "Trade", "domains": "ropes.example, nets.example"})["Location"]
    assert "@nets.example" in sara.get(home(cast, "prices")).content.decode()
    assert "No prices yet" in sara.get(place).content.decode()
    bad = sara.post(place, {"what": "price", "code": "4712", "least": "1", "price": "20"})
    assert bad.status_code == 422
    bad = sara.post(place, {"what": "price", "code": "4711", "least": "0", "price": "20"})
    assert bad.status_code == 422
    bad = sara.post(place, {"what": "price", "code": "4711", "least": "1", "price": "dear"})
    assert 'value="dear"' in bad.content.decode()
    assert sara.post(place, {"what": "price", "code": "4711", "least": "10", "price": "20"}).status_code == 302
    page = sara.get(place).content.decode()
    assert "€20.00" in page
    assert "€24.50" in page
    assert "Nothing fits" in sara.get(f"{place}?words=anchor").content.decode()
    sara.post(place, {"what": "about", "name": "Trade and nets", "is_for_all": "on"})
    assert PriceList.objects.get().is_for_all
    assert sara.post(place, {"what": "gone", "code": "4711", "least": "x"}).status_code == 404
    sara.post(place, {"what": "gone", "code": "4711", "least": "10"})
    assert not ListPrice.objects.exists()
    assert sara.post(place, {"what": "nonsense"}).status_code == 404
    sara.post(f"{place}/remove")
    assert not PriceList.objects.exists()


def test_lists_are_closed_to_editors(cast: Cast, sara: Client) -> None:
    place = sara.post(home(cast, "prices"), {"name": "Trade"})["Location"]
    emil = signed_in(cast.editor)
    for path in (home(cast, "prices"), place):
        assert emil.get(path).status_code == 403
    assert emil.post(f"{place}/remove").status_code == 403


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> SimpleUploadedFile:
    stream = io.BytesIO()
    Image.new("RGB", size, "teal").save(stream, kind)
    return SimpleUploadedFile("lantern.svg", stream.getvalue())


def test_a_picture_is_written_anew_and_sent_by_its_name(cast: Cast, sara: Client, data: Path) -> None:
    row = Product.objects.get()
    place = home(cast, f"products/{row.pk}")
    wrong = sara.post(f"{place}/picture", {"picture": SimpleUploadedFile("a.png", b"<svg onload='alert(1)'/>")})
    assert wrong.status_code == 422
    assert "This file cannot be shown as a picture." in wrong.content.decode()
    assert sara.post(f"{place}/picture", {"picture": picture()})["Location"] == place
    row.refresh_from_db()
    address = f"/brand/{cast.fathom.pk}/products/{row.picture}"
    assert address in sara.get(place).content.decode()
    answer = Client().get(address)
    assert answer["Content-Type"] == "image/webp"
    assert Image.open(io.BytesIO(answer.content)).size == (40, 30)
    assert Client().get(f"/brand/{cast.fathom.pk}/products/{'0' * 32}.webp").status_code == 404
    assert signed_in(cast.editor).post(f"{place}/picture", {"remove": "yes"}).status_code == 403
    sara.post(f"{place}/picture", {"remove": "yes"})
    assert Client().get(address).status_code == 404


def test_options_are_typed_and_kept(cast: Cast, sara: Client) -> None:
    row = Product.objects.get()
    said = {**LANTERN, "group": "Lantern", "option": "Size L,  blue", "picture_address": "javascript:alert(1)"}
    wrong = sara.post(home(cast, f"products/{row.pk}"), said)
    assert wrong.status_code == 422
    sara.post(home(cast, f"products/{row.pk}"), {**said, "picture_address": ""})
    row.refresh_from_db()
    assert (row.group, row.option) == ("Lantern", "Size L, blue")
