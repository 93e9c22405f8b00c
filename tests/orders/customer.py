"""A server's part of ordering in a process that the test kills: orders come in by lines, numbers go out."""

from __future__ import annotations

import json
import os
import sys
from datetime import date


def seed() -> None:
    """An empty house with two products."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from masthead.accounts.selectors import Publisher
    from masthead.accounts.services import house_set_up
    from masthead.library.services import edition_create, publication_create
    from masthead.orders.services import product_create

    owner = house_set_up(house="Harbour Press", name="Olga", email="olga@harbour.example", password="lantern on water")
    fathom = publication_create(by=owner, publisher=Publisher.objects.get(), name="Fathom")
    edition_create(by=owner, publication=fathom, label="No. 1", date=date(2026, 11, 1))
    for code, price, stock in (("1", "24.50", ""), ("2", "3.20", "100000")):
        said = {"code": code, "name": f"Product {code}", "price": price, "currency": "EUR", "stock": stock}
        product_create(by=owner, publication=fathom, said=said)


def place() -> None:
    """Place each order that a line names; say its number only once it is written."""
    from masthead.library.selectors import Edition
    from masthead.orders.placing import order_offer, order_place

    edition = Edition.objects.select_related("publication").get()
    for line in sys.stdin:
        key = line.strip()
        wanted = {"1": 1, "2": 1 + len(key)}
        order = order_place(
            by=None,
            edition=edition,
            wanted=wanted,
            particulars={"name": "Rita", "email": f"{key}@reader.example"},
            seal=order_offer(edition=edition, wanted=wanted).seal,
            key=key,
            orders_to="orders@harbour.example",
        )
        sys.stdout.write(f"{json.dumps([key, order.number])}\n")
        sys.stdout.flush()


def told() -> None:
    """What the database holds; and every mail is sent to the mail server."""

    from masthead.orders.models import Order, OrderLine, Product
    from masthead.outbox import mail
    from masthead.outbox.delivering import deliver_one

    while deliver_one({"mail": mail.send}):
        pass
    found = {
        "orders": list(Order.objects.values_list("key", "number")),
        "lines": OrderLine.objects.count(),
        "taken": 100000 - (Product.objects.get(key="2").stock or 0),
        "ordered": sum(OrderLine.objects.filter(code="2").values_list("quantity", flat=True)),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "masthead.config.house_settings"
    import django

    django.setup()
    {"seed": seed, "place": place, "told": told}[sys.argv[1]]()
