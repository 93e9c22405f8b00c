"""Fills an empty house with an edition that sells, or tells what its orders are; run in a process of its own."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

STOCK = 100_000


def seed() -> None:
    """Rope and Bell on the pages of an edition that is live, with enough of both."""
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from tests.cast import make_cast
    from tests.orders.selling import selling_edition

    from masthead.orders.selectors import Product

    selling_edition(make_cast(), settings.MASTHEAD.data)
    Product.objects.filter(code="RO-1").update(stock=STOCK)


def told() -> None:
    """What the database holds."""
    from masthead.orders.models import OrderLine, Product
    from masthead.orders.selectors import Order

    rows = Order.objects.order_by("number")
    found = {
        "orders": [[row.particulars["email"], row.number, row.key] for row in rows],
        "lines": sorted(OrderLine.objects.values_list("order__number", "code", "quantity")),
        "taken": STOCK - (Product.objects.get(code="RO-1").stock or 0),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    os.environ["DJANGO_SETTINGS_MODULE"] = "masthead.config.house_settings"
    import django

    django.setup()
    {"seed": seed, "told": told}[sys.argv[1]]()
