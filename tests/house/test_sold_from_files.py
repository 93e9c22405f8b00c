"""A site of files shows products with their pictures, and leads to the house where they are ordered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cast import Cast
from tests.orders.selling import selling_edition
from tests.production.overlays.laying import png

from masthead.exports.frame.addresses import Addresses
from masthead.exports.frame.overlays import file_names, reader_file
from masthead.orders.asking import asked_change
from masthead.orders.pictures import product_picture_set
from masthead.orders.selectors import Product
from masthead.production.overlays.selectors import file_for_files, laid_for_files


def test_a_site_of_files_has_pictures_of_products_and_the_way_to_order(cast: Cast, data: Path, settings: Any) -> None:
    edition = selling_edition(cast, data)
    rope = Product.objects.get(code="RO-1")
    product_picture_set(by=cast.shop, product=rope, data=png().getvalue())
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"origin": "https://read.example"})
    laid = laid_for_files(edition)
    told = {one.get("code"): one for one in reader_file(laid, Addresses("./", "./b/x/"))["overlays"]}
    assert told["RO-1"]["order_address"] == "https://read.example/fathom/no-1/product?code=RO-1"
    assert "order_address" not in told["CH-3"], "what has no price is not ordered"
    (picture,) = told["RO-1"]["pictures"]
    (name,) = file_names(laid.overlays)
    assert picture["src"] == f"./overlays/files/{name}"
    file = file_for_files(edition, name)
    assert file is not None
    assert file.read_bytes().startswith(b"RIFF")
    assert file_for_files(edition, "../../secret") is None
    asked_change(by=cast.shop, of=edition, said={"ordering": "no"})
    assert all("order_address" not in one.particulars for one in laid_for_files(edition).overlays)
