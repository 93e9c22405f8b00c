"""Operations on where a publication's products come from, and where its carts and orders go on."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Router, Status
from pydantic import Field

from masthead.api.gate import Call, Needs
from masthead.api.products import sold
from masthead.api.shapes import In, OneOf, Out, Text
from masthead.library.errors import NotFoundError
from masthead.orders.checkout import WAYS, checkout_get, checkout_rotate, checkout_set, secret_of
from masthead.orders.feeds import HOURS, feed_ask, feed_of, feed_remove, feed_set, runs_of
from masthead.orders.selectors import Checkout, FeedRun, ProductFeed

router = Router(tags=["Products"])
Address = Annotated[Text, Field(max_length=2000)]
ShopAddress = Annotated[Text, Field(max_length=500)]
Hours = Annotated[int, OneOf(HOURS)]
Way = Annotated[str, OneOf(WAYS)]


class FeedIn(In):
    """Where the feed is, and how often it is asked."""

    address: Annotated[Address, Field(min_length=1)]
    hours: Hours = 24
    is_on: bool = Field(default=True, description="Asked by itself.")


class RunOut(Out):
    """One time that it was asked."""

    at: datetime
    problem: str = Field(description="Code of the failure that ended it; empty: none.")
    detail: str
    new: int
    changed: int
    same: int
    gone: int
    problems: int = Field(description="Rows that were not taken.")
    rows: list[dict[str, Any]] = Field(description="The first hundred of these.")

    @staticmethod
    def of(row: FeedRun) -> RunOut:
        """As it is answered."""
        return RunOut.filled(row)


class FeedOut(Out):
    """A feed with what came of it lately, latest first."""

    address: str
    hours: int
    is_on: bool
    due_at: datetime | None = Field(description="When it is asked next.")
    runs: list[RunOut]

    @staticmethod
    def of(row: ProductFeed) -> FeedOut:
        """As it is answered."""
        return FeedOut.filled(row, runs=[RunOut.of(run) for run in runs_of(row)])


class CheckoutIn(In):
    """Where carts and orders go on; "" for nowhere else."""

    shop_address: ShopAddress = ""
    shop_way: Way = "post"
    payment_address: ShopAddress = ""


class CheckoutOut(Out):
    """Where carts and orders go on, and what both sides sign with."""

    shop_address: str
    shop_way: Literal["post", "redirect"]
    payment_address: str
    secret: str

    @staticmethod
    def of(row: Checkout) -> CheckoutOut:
        """As it is answered."""
        return CheckoutOut.filled(row, secret=secret_of(row))


def _feed(request: Call, publication: str) -> ProductFeed:
    found = feed_of(request.person, sold(request, publication))
    if found is None:
        raise NotFoundError(publication)
    return found


@router.get("/publications/{slug:publication}/feed", response=FeedOut, auth=Needs("products:read"))
def get_feed(request: Call, publication: str) -> FeedOut:
    """The feed of its products, with what came of it."""
    return FeedOut.of(_feed(request, publication))


@router.put("/publications/{slug:publication}/feed", response=FeedOut, auth=Needs("products:write"))
def set_feed(request: Call, publication: str, body: FeedIn) -> FeedOut:
    """Name another feed or time; it is asked within seconds."""
    feed_set(by=request.person, publication=sold(request, publication), **body.model_dump())
    return FeedOut.of(_feed(request, publication))


@router.delete("/publications/{slug:publication}/feed", response={204: None}, auth=Needs("products:write"))
def delete_feed(request: Call, publication: str) -> Status[None]:
    """Ask it no more; its products stay."""
    feed_remove(by=request.person, publication=sold(request, publication))
    return Status(204, None)


@router.post("/publications/{slug:publication}/feed/fetch", response=FeedOut, auth=Needs("products:write"))
def fetch_feed(request: Call, publication: str) -> FeedOut:
    """Have it asked within seconds."""
    feed_ask(by=request.person, publication=_feed(request, publication).publication)
    return FeedOut.of(_feed(request, publication))


@router.get("/publications/{slug:publication}/checkout", response=CheckoutOut, auth=Needs("products:write"))
def get_checkout(request: Call, publication: str) -> CheckoutOut:
    """Where its carts and orders go on, with the secret."""
    return CheckoutOut.of(checkout_get(request.person, sold(request, publication)))


@router.put("/publications/{slug:publication}/checkout", response=CheckoutOut, auth=Needs("products:write"))
def set_checkout(request: Call, publication: str, body: CheckoutIn) -> CheckoutOut:
    """Let carts go on at a shop, and orders at a payment provider's page."""
    found = sold(request, publication)
    return CheckoutOut.of(checkout_set(by=request.person, publication=found, **body.model_dump()))


@router.post("/publications/{slug:publication}/checkout/rotate", response=CheckoutOut, auth=Needs("products:write"))
def rotate_checkout_secret(request: Call, publication: str) -> CheckoutOut:
    """Make another secret; the one before is good no more."""
    found = sold(request, publication)
    checkout_rotate(by=request.person, publication=found)
    made = CheckoutOut.of(checkout_get(request.person, found))
    request.shown_once = [made.secret]
    return made
