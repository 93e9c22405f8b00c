"""Operations on products of a publication: one by one, many at once by their codes, and their pictures."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import File, Query, Router, Status, UploadedFile
from pydantic import Field

from masthead import wording
from masthead.accounts.rights import Action
from masthead.api.gate import Call, Needs
from masthead.api.paging import Cursor, Limit, page_of
from masthead.api.shapes import In, Out, Page, Text
from masthead.faces.languages import language_of
from masthead.library.selectors import Publication, publication_get, require
from masthead.orders.checking import amount_text, key_of
from masthead.orders.importing import products_import, rows_checked, sums_of
from masthead.orders.pictures import LARGEST, picture_address, product_picture_set
from masthead.orders.selectors import Product, product_get, product_list
from masthead.orders.services import product_change, product_create, product_remove

router = Router(tags=["Products"])
_MOST = 500  # products at once
Short = Annotated[Text, Field(max_length=60)]
Long = Annotated[Text, Field(max_length=2000)]
Count = Annotated[int, Field(ge=1, lt=1_000_000_000)]
Amount = Annotated[Text, Field(max_length=20, description='Such as "24.50"; empty: on request.')]


class ProductIn(In):
    """All that is said of a product."""

    code: Annotated[Text, Field(min_length=1, max_length=60)]
    name: Annotated[Text, Field(min_length=1, max_length=200)]
    description: Long = ""
    price: Amount = Field(default="", description='Of one, with the tax in it, such as "24.50"; empty: on request.')
    currency: Annotated[Text, Field(max_length=3, description="ISO 4217.")] = ""
    tax: Annotated[Text, Field(max_length=8, description="Percent that the price contains.")] = ""
    pack_size: Count = 1
    minimum: Count = Field(default=1, description="The least quantity.")
    step: Count = Field(default=1, description="Quantities go up in steps of so many.")
    stock: Annotated[int, Field(ge=0, lt=1_000_000_000)] | None = Field(default=None, description="null: not counted.")
    address: Long = Field(default="", description="In the publisher's own shop.")
    group: Short = Field(default="", description="The same for products that are one in several options.")
    option: Annotated[Text, Field(max_length=120)] = Field(default="", description='Such as "Size L, blue".')
    picture_address: Long = Field(default="", description="Where its picture is fetched from.")
    is_offered: bool = True


class ProductOut(Out):
    """A product."""

    id: str
    code: str
    name: str
    description: str
    price: str
    currency: str
    tax: str
    pack_size: int
    minimum: int
    step: int
    stock: int | None
    address: str
    group: str
    option: str
    picture: str | None = Field(description="Address of the picture.")
    picture_address: str
    is_offered: bool
    created_at: datetime
    changed_at: datetime

    @staticmethod
    def of(row: Product) -> ProductOut:
        """As it is answered."""
        return ProductOut.filled(
            row,
            price=amount_text(row.price, row.currency),
            tax=f"{row.tax.normalize():f}",
            picture=picture_address(row) or None,
        )


class ProductFilters(In):
    """What is looked for among products."""

    words: Annotated[Text, Field(max_length=120)] = ""
    state: Literal["", "offered", "not_offered", "sold_out"] = ""
    code: Short = Field(default="", description="The one with this code, whatever its capitals.")


class ProductRow(In):
    """What shall be said of the product with this code; fields that are left out stay, or are empty for a new one."""

    code: Annotated[Text, Field(min_length=1, max_length=60)]
    name: Annotated[Text, Field(max_length=200)] | None = None
    description: Long | None = None
    price: Amount | None = None
    currency: Annotated[Text, Field(max_length=3)] | None = None
    tax: Annotated[Text, Field(max_length=8)] | None = None
    pack_size: Count | None = None
    minimum: Count | None = None
    step: Count | None = None
    stock: Annotated[int, Field(ge=0, lt=1_000_000_000)] | None = None
    address: Long | None = None
    group: Short | None = None
    option: Annotated[Text, Field(max_length=120)] | None = None
    picture_address: Long | None = None


class ProductRows(In):
    """Products by their codes."""

    items: list[ProductRow] = Field(min_length=1, max_length=_MOST)


class RowProblem(Out):
    """A row that was not taken, and why."""

    row: int = Field(description="Counted from 0.")
    code: str
    field: str
    message: str


class ProductSums(Out):
    """What many products came to."""

    new: int
    changed: int
    same: int
    problems: list[RowProblem]


def sold(request: Call, publication: str) -> Publication:
    """The publication, for somebody who sees to its shop."""
    found = publication_get(request.person, publication)
    require(request.person, Action.MANAGE_SHOP, found)
    return found


@router.get("/publications/{slug:publication}/products", response=Page[ProductOut], auth=Needs("products:read"))
def list_products(
    request: Call,
    publication: str,
    wanted: Annotated[ProductFilters, Query()],
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[ProductOut]:
    """The products of a publication, by code."""
    rows = product_list(request.person, sold(request, publication), wanted.words, wanted.state)
    rows = rows.filter(key=key_of(wanted.code)) if wanted.code else rows
    return page_of(rows, ("key", "pk"), cursor, limit, lambda found: [ProductOut.of(row) for row in found])


@router.post("/publications/{slug:publication}/products", response={201: ProductOut}, auth=Needs("products:write"))
def create_product(request: Call, publication: str, body: ProductIn) -> Status[ProductOut]:
    """Make a product."""
    found, said = sold(request, publication), body.model_dump()
    made = product_create(by=request.person, publication=found, said=said, is_offered=said.pop("is_offered"))
    return Status(201, ProductOut.of(made))


@router.patch("/publications/{slug:publication}/products", response=ProductSums, auth=Needs("products:write"))
def set_products(request: Call, publication: str, body: ProductRows) -> ProductSums:
    """Make or change up to 500 products by their codes; those that are wrong are named, all others are kept."""
    found = sold(request, publication)
    said = [
        (number, {name: str(value) for name, value in item.model_dump().items() if value is not None})
        for number, item in enumerate(body.items)
    ]
    rows = rows_checked(found, said)
    products_import(by=request.person, publication=found, rows=rows)
    sums, words = sums_of(rows), wording.translator(language_of(request))
    problems = [
        RowProblem(
            row=row.number,
            code=row.said.get("code", ""),
            field=row.problem.field,
            message=f"{words.text(row.problem.sentence)} {words.text(row.problem.hint)}",
        )
        for row in rows
        if row.problem
    ]
    return ProductSums(new=sums.new, changed=sums.changed, same=sums.same, problems=problems)


@router.get(
    "/publications/{slug:publication}/products/{slug:product}", response=ProductOut, auth=Needs("products:read")
)
def get_product(request: Call, publication: str, product: str) -> ProductOut:
    """One product."""
    return ProductOut.of(product_get(request.person, sold(request, publication), product))


@router.put(
    "/publications/{slug:publication}/products/{slug:product}", response=ProductOut, auth=Needs("products:write")
)
def set_product(request: Call, publication: str, product: str, body: ProductIn) -> ProductOut:
    """Say other things of it."""
    row, said = product_get(request.person, sold(request, publication), product), body.model_dump()
    is_offered = said.pop("is_offered")
    return ProductOut.of(product_change(by=request.person, product=row, said=said, is_offered=is_offered))


@router.delete(
    "/publications/{slug:publication}/products/{slug:product}", response={204: None}, auth=Needs("products:write")
)
def delete_product(request: Call, publication: str, product: str) -> Status[None]:
    """Remove it for good; orders keep what they say of it."""
    product_remove(by=request.person, product=product_get(request.person, sold(request, publication), product))
    return Status(204, None)


@router.post(
    "/publications/{slug:publication}/products/{slug:product}/picture",
    response=ProductOut,
    auth=Needs("products:write"),
)
def set_product_picture(
    request: Call, publication: str, product: str, file: Annotated[UploadedFile, File()]
) -> ProductOut:
    """Hand over its picture: JPEG, PNG or WebP."""
    row = product_get(request.person, sold(request, publication), product)
    product_picture_set(by=request.person, product=row, data=file.read(LARGEST + 1))
    return ProductOut.of(row)


@router.delete(
    "/publications/{slug:publication}/products/{slug:product}/picture",
    response={204: None},
    auth=Needs("products:write"),
)
def delete_product_picture(request: Call, publication: str, product: str) -> Status[None]:
    """Take its picture away."""
    row = product_get(request.person, sold(request, publication), product)
    product_picture_set(by=request.person, product=row, data=None)
    return Status(204, None)
