"""The picture of a product where readers see it: on its card, on its page, in the cart; sent by its name alone."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from django.test import Client
from PIL import Image
from tests.cast import Cast
from tests.orders.selling import selling_edition

from masthead.orders.pictures import product_picture_set
from masthead.orders.selectors import Product

HOME = "/fathom/no-1"


def test_a_products_picture_stands_where_it_is_sold(cast: Cast, data: Path, settings: Any) -> None:
    settings.EMAIL_BACKEND = "masthead.outbox.mail.Backend"
    selling_edition(cast, data)
    rope = Product.objects.get(key="ro-1")
    rope.publication = cast.fathom
    before = Client().get(f"{HOME}/page/1").content.decode()
    assert "/products/" not in before
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(stream, "PNG")
    product_picture_set(by=cast.shop, product=rope, data=stream.getvalue())
    address = f"/brand/{cast.fathom.pk}/products/{rope.picture}"
    card = Client().get(f"{HOME}/page/1").content.decode()
    assert address in card
    assert 'width="40" height="30"' in card
    assert address in Client().get(f"{HOME}/product?code=RO-1").content.decode()
    picture = Client().get(address)
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/webp")
    product_picture_set(by=cast.shop, product=rope, data=None)
    assert address not in Client().get(f"{HOME}/page/1").content.decode()
    assert Client().get(address).status_code == 404
