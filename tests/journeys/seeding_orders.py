"""Fills a house with products, a price list and orders in every status; run in a process of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.journeys.stocking import OWNER, PASSWORD, run

PRODUCTS = (
    ("FA-4711", "Storm lantern", "24.50", "12", "Lantern", "Brass"),
    ("FA-4712", "Storm lantern", "21.00", "", "Lantern", "Tin"),
    ("FA-4713", "A coil of manila rope, three strands, tarred, for moorings and everything else", "180", "", "", ""),
)
CUSTOMERS = (
    ("Rita Ødegaard", "rita@reader.example", "Rope & Sons Chandlers of the Outer Harbour"),
    ("سلمى الخطيب", "salma@reader.example", ""),
    ("Jo", "jo@reader.example", ""),
    ("Mr Alexander Featherstonehaugh-Cholmondeley", "alexander.featherstonehaugh@reader.example", "F-C Ltd"),
    ("Ben", "ben@reader.example", ""),
    ("Ida", "ida@reader.example", "Nets AS"),
)


def seed() -> None:
    """The house."""
    from masthead.accounts.rights import Role
    from masthead.accounts.selectors import Publisher
    from masthead.accounts.services import house_set_up, staff_add, user_create
    from masthead.library.services import edition_create, publication_create
    from masthead.orders.price_lists import list_price_set, price_list_create
    from masthead.orders.services import product_create

    owner = house_set_up(house="Harbour Press", name="Olga Brandt", email=OWNER, password=PASSWORD)
    harbour = Publisher.objects.get()
    sara = user_create(email="sara@harbour.example", password=PASSWORD, name="Sara Lind")
    staff_add(by=owner, publisher=harbour, user=sara, role=Role.SHOP)
    emil = user_create(email="emil@harbour.example", password=PASSWORD, name="Emil Sørensen")
    staff_add(by=owner, publisher=harbour, user=emil, role=Role.EDITOR)
    fathom = publication_create(by=owner, publisher=harbour, name="Fathom")
    publication_create(by=owner, publisher=harbour, name="Tide")
    for code, name, price, stock, group, option in PRODUCTS:
        said = {"code": code, "name": name, "price": price, "currency": "EUR", "tax": "19", "stock": stock}
        product_create(by=owner, publication=fathom, said={**said, "group": group, "option": option})
    trade = price_list_create(by=owner, publication=fathom, name="Trade", domains=["nets.example"])
    for least, price in ((1, "22"), (10, "19.80")):
        list_price_set(by=owner, price_list=trade, code="FA-4711", least=least, price=price)
    feed(owner, fathom)
    order(owner, edition_create(by=owner, publication=fathom, label="No. 12", date=date(2026, 11, 1)))


def feed(owner: Any, fathom: Any) -> None:
    """A feed that was asked three times: it worked, it had rows that are wrong, it was down."""
    from masthead.orders.errors import ProductPriceError
    from masthead.orders.feeds import feed_set
    from masthead.orders.models import FeedRun, ProductFeed

    address = "https://shop.harbour.example/export/google-merchant.xml"
    made = feed_set(by=owner, publication=fathom, address=address, hours=6, is_on=True)
    ProductFeed.objects.update(due_at="2199-01-01T00:00:00Z")
    wrong = {"row": 17, "code": "FA-4717", "field": "price", "written": "on demand"}
    FeedRun.objects.create(feed=made, new=120, by=owner)
    said = {"sentence": ProductPriceError.sentence}
    FeedRun.objects.create(feed=made, changed=3, same=116, gone=1, problems=1, rows=[{**wrong, **said}])
    FeedRun.objects.create(feed=made, problem="feed_unreadable", detail="status 503")


def order(owner: Any, edition: Any) -> None:
    """An order of each customer, each in another status."""
    from masthead.orders.placing import order_offer, order_place
    from masthead.orders.working import Status, order_note_set, order_status_set

    wanted = {"FA-4711": 1, "FA-4713": 2}
    for number, ((name, email, company), status) in enumerate(zip(CUSTOMERS, Status, strict=True)):
        typed = {"name": name, "email": email, "company": company, "phone": "+47 55 12 34 56"}
        typed |= {"billing_line1": "Strandgaten 12", "billing_city": "Bergen", "billing_postcode": "5013"}
        typed |= {"billing_country": "NO", "same": "yes", "note": "Please ring twice.\nThe bell is broken."}
        made = order_place(
            by=None,
            edition=edition,
            wanted=wanted,
            particulars=typed,
            seal=order_offer(edition=edition, wanted=wanted).seal,
            key=f"key-{number}",
            orders_to="orders@harbour.example",
        )
        if status != Status.NEW:
            order_status_set(by=owner, order=made, status=status, tell=True, message="Parcel 4711")
            order_note_set(by=owner, order=made, note="Calls on Monday.")


if __name__ == "__main__":
    run(seed)
