"""Fetches pictures of products from the addresses that lists and feeds name, a few at a time."""

from __future__ import annotations

import logging

from django.db.models import F

from masthead.library.services import publication_laid
from masthead.orders.errors import FeedUnreadableError, ProductPictureError
from masthead.orders.feeds import fetched, rules
from masthead.orders.models import Product
from masthead.orders.pictures import LARGEST, picture_keep

log = logging.getLogger("masthead.feeds")
_AT_ONCE = 20
_SECONDS = 20.0


def pictures_fetch_due() -> int:
    """Fetch pictures whose address is another than was asked last, and say how many came.

    Each address is asked once; what gives no picture leaves the one that is there.
    """
    due = Product.objects.exclude(picture_address="").exclude(picture_address=F("picture_fetched"))
    came = 0
    for row in due.order_by("changed_at")[:_AT_ONCE]:
        address = row.picture_address
        claimed = Product.objects.filter(pk=row.pk, picture_fetched=row.picture_fetched, picture_address=address)
        if not claimed.update(picture_fetched=address):
            continue
        try:
            name = picture_keep(row.publication_id, fetched(address, rules(_SECONDS, LARGEST)))
        except (FeedUnreadableError, ProductPictureError) as error:
            log.warning("the picture of product %s: %s", row.pk, error.detail)
            continue
        Product.objects.filter(pk=row.pk, picture_address=address).update(picture=name)
        publication_laid(publication_id=row.publication_id)
        came += 1
    return came
