"""Operations on orders: found and read with who sent them, and given a status."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from ninja import Query, Router
from pydantic import Field

from masthead.api.gate import Call, Needs
from masthead.api.paging import Cursor, Limit, page_of
from masthead.api.shapes import Day, In, OneOf, Out, Page, Text
from masthead.orders.exporting import record_of
from masthead.orders.finding import Asked, order_get, order_list
from masthead.orders.selectors import Order
from masthead.orders.working import LONGEST_NOTE, Status, order_erase, order_note_set, order_status_set

router = Router(tags=["Orders"])
StatusName = Annotated[str, OneOf(Status.values)]


class LineOut(Out):
    """What was ordered, as it was then."""

    position: int
    edition: str | None = Field(description="Id of the one in which it was chosen; null: it is gone.")
    code: str
    name: str
    quantity: int
    price: str = Field(description="Of one.")
    amount: str
    tax: str = Field(description="Percent that the amount contains.")


class OrderOut(Out):
    """An order with who sent it."""

    id: str
    number: int
    status: StatusName
    payment: str = Field(description="What the payment provider said last: asked, paid, failed; empty: nothing.")
    payment_reference: str
    publication: str | None = Field(description="Id; null: it is gone.")
    edition: str | None
    currency: str
    total: str
    language: str = Field(description="In which it was sent.")
    created_at: datetime
    changed_at: datetime
    erased_at: datetime | None = Field(description="Since when it does not say who sent it.")
    note: str = Field(description="Of staff.")
    particulars: dict[str, str] = Field(description="What was typed: name, email, billing_city and so on.")
    lines: list[LineOut]

    @staticmethod
    def of(row: Order) -> OrderOut:
        """As it is answered."""
        record = record_of(row)
        record["particulars"] = {name: str(said) for name, said in record["particulars"].items()}
        return OrderOut(**record, note=row.note, erased_at=row.erased_at)


class OrdersWanted(In):
    """What is looked for among orders."""

    words: Annotated[Text, Field(max_length=120, description="Number, name, e-mail address or product code.")] = ""
    publication: Annotated[str, Field(pattern="^[a-z0-9]{0,12}$")] = ""
    status: StatusName | Literal[""] = ""
    since: Day | None = None
    until: Day | None = None


class StatusIn(In):
    """Another status, and whether the customer is told."""

    status: StatusName
    seen: StatusName | Literal[""] = Field(default="", description="The status before; refused where it is another.")
    tell: bool = Field(default=False, description="Mail it to the customer.")
    message: Annotated[Text, Field(max_length=LONGEST_NOTE, description="What the mail says besides.")] = ""


class NoteIn(In):
    """What staff write about an order."""

    note: Annotated[Text, Field(max_length=LONGEST_NOTE)]


def _one(request: Call, order: str) -> Order:
    return order_get(request.person, request.house, order)


@router.get("/orders", response=Page[OrderOut], auth=Needs("orders:read"))
def list_orders(
    request: Call, wanted: Annotated[OrdersWanted, Query()], cursor: Cursor = "", limit: Limit = 50
) -> Page[OrderOut]:
    """The orders that the token sees, latest first."""
    rows = order_list(request.person, request.house, Asked.of(wanted.model_dump()))
    return page_of(rows, ("-number", "pk"), cursor, limit, lambda found: [OrderOut.of(row) for row in found])


@router.get("/orders/{slug:order}", response=OrderOut, auth=Needs("orders:read"))
def get_order(request: Call, order: str) -> OrderOut:
    """One order."""
    return OrderOut.of(_one(request, order))


@router.put("/orders/{slug:order}/status", response=OrderOut, auth=Needs("orders:write"))
def set_order_status(request: Call, order: str, body: StatusIn) -> OrderOut:
    """Give it another status; what a cancelled one took from the stock is there again."""
    order_status_set(by=request.person, order=_one(request, order), **body.model_dump())
    return OrderOut.of(_one(request, order))


@router.post("/orders/{slug:order}/erase", response=OrderOut, auth=Needs("orders:write"))
def erase_order(request: Call, order: str) -> OrderOut:
    """Take out who sent it: at once where it is done or cancelled, else as soon as it is."""
    order_erase(by=request.person, order=_one(request, order))
    return OrderOut.of(_one(request, order))


@router.put("/orders/{slug:order}/note", response=OrderOut, auth=Needs("orders:write"))
def set_order_note(request: Call, order: str, body: NoteIn) -> OrderOut:
    """What staff write about it."""
    order_note_set(by=request.person, order=_one(request, order), note=body.note)
    return OrderOut.of(_one(request, order))
