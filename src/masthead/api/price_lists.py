"""Operations on price lists of a publication: for whom they are, and their prices all at once."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Router, Status
from pydantic import Field

from masthead.access.subscribing import Subscription, subscriptions_offered
from masthead.api.gate import Call, Needs
from masthead.api.paging import Cursor, Limit, page_of
from masthead.api.products import sold
from masthead.api.shapes import Id, In, Name, Out, Page, Text
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Publication
from masthead.orders.checking import amount_text
from masthead.orders.price_lists import (
    price_list_change,
    price_list_create,
    price_list_get,
    price_list_list,
    price_list_remove,
    prices_in,
    prices_replace,
)
from masthead.orders.selectors import PriceList

router = Router(tags=["Price lists"])
_MOST = 5000  # prices at once


class PriceListIn(In):
    """What a price list is called, and for whom it is."""

    name: Name
    is_for_all: bool = False
    subscriptions: list[Id] = Field(default=[], max_length=200, description="Ids; for readers with a period of one.")
    domains: list[Annotated[Text, Field(max_length=253)]] = Field(
        default=[], max_length=200, description="Of confirmed e-mail addresses."
    )


class PriceListOut(Out):
    """A price list without its prices."""

    id: str
    name: str
    is_for_all: bool
    subscriptions: list[str]
    domains: list[str]
    prices: int = Field(description="How many.")

    @staticmethod
    def of(row: PriceList) -> PriceListOut:
        """As it is answered."""
        return PriceListOut(
            id=row.pk,
            name=row.name,
            is_for_all=row.is_for_all,
            subscriptions=sorted(one.pk for one in row.subscriptions.all()),
            domains=row.domains,
            prices=row.prices.count(),
        )


class PriceIn(In):
    """What one of a product costs from a quantity on."""

    code: Annotated[Text, Field(min_length=1, max_length=60)]
    least: Annotated[int, Field(ge=1, lt=1_000_000_000)] = 1
    price: Annotated[Text, Field(min_length=1, max_length=20)]


class PricesIn(In):
    """All prices of a list."""

    items: list[PriceIn] = Field(max_length=_MOST)


class PriceOut(Out):
    """A price of a list."""

    code: str
    least: int
    price: str
    currency: str


def _said(publication: Publication, body: PriceListIn) -> dict[str, Any]:
    offered: dict[str, Subscription] = {row.pk: row for row in subscriptions_offered(publication.publisher)}
    if not set(body.subscriptions) <= set(offered):
        raise NotFoundError("subscription")
    return {**body.model_dump(), "subscriptions": [offered[name] for name in set(body.subscriptions)]}


@router.get("/publications/{slug:publication}/price_lists", response=Page[PriceListOut], auth=Needs("products:read"))
def list_price_lists(request: Call, publication: str, cursor: Cursor = "", limit: Limit = 50) -> Page[PriceListOut]:
    """The price lists of a publication, by name."""
    rows = price_list_list(request.person, sold(request, publication))
    return page_of(rows, ("name", "pk"), cursor, limit, lambda found: [PriceListOut.of(row) for row in found])


@router.post("/publications/{slug:publication}/price_lists", response={201: PriceListOut}, auth=Needs("products:write"))
def create_price_list(request: Call, publication: str, body: PriceListIn) -> Status[PriceListOut]:
    """Make a price list without prices yet."""
    found = sold(request, publication)
    return Status(201, PriceListOut.of(price_list_create(by=request.person, publication=found, **_said(found, body))))


@router.get(
    "/publications/{slug:publication}/price_lists/{slug:price_list}",
    response=PriceListOut,
    auth=Needs("products:read"),
)
def get_price_list(request: Call, publication: str, price_list: str) -> PriceListOut:
    """One price list."""
    return PriceListOut.of(price_list_get(request.person, sold(request, publication), price_list))


@router.put(
    "/publications/{slug:publication}/price_lists/{slug:price_list}",
    response=PriceListOut,
    auth=Needs("products:write"),
)
def set_price_list(request: Call, publication: str, price_list: str, body: PriceListIn) -> PriceListOut:
    """Another name, or for others; its prices stay."""
    found = sold(request, publication)
    row = price_list_get(request.person, found, price_list)
    price_list_change(by=request.person, price_list=row, **_said(found, body))
    return PriceListOut.of(price_list_get(request.person, found, price_list))


@router.delete(
    "/publications/{slug:publication}/price_lists/{slug:price_list}",
    response={204: None},
    auth=Needs("products:write"),
)
def delete_price_list(request: Call, publication: str, price_list: str) -> Status[None]:
    """Remove it with its prices."""
    row = price_list_get(request.person, sold(request, publication), price_list)
    price_list_remove(by=request.person, price_list=row)
    return Status(204, None)


@router.get(
    "/publications/{slug:publication}/price_lists/{slug:price_list}/prices",
    response=Page[PriceOut],
    auth=Needs("products:read"),
)
def list_prices(
    request: Call, publication: str, price_list: str, cursor: Cursor = "", limit: Limit = 50
) -> Page[PriceOut]:
    """What products cost in it."""
    rows = prices_in(price_list_get(request.person, sold(request, publication), price_list))
    return page_of(
        rows,
        ("product__key", "least", "pk"),
        cursor,
        limit,
        lambda found: [
            PriceOut(
                code=row.product.code,
                least=row.least,
                price=amount_text(row.price, row.product.currency),
                currency=row.product.currency,
            )
            for row in found
        ],
    )


@router.put(
    "/publications/{slug:publication}/price_lists/{slug:price_list}/prices",
    response=PriceListOut,
    auth=Needs("products:write"),
)
def set_prices(request: Call, publication: str, price_list: str, body: PricesIn) -> PriceListOut:
    """These prices in place of all that are there: all of them or, where one is wrong, none."""
    row = price_list_get(request.person, sold(request, publication), price_list)
    said = ((one.code, one.least, one.price) for one in body.items)
    prices_replace(by=request.person, price_list=row, prices=said)
    return PriceListOut.of(row)
