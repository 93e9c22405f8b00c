"""The operations of /api/v1 gathered in one application of the library."""

from __future__ import annotations

from django.http import Http404
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation

from masthead.api import (
    accessibility,
    advertisements,
    comments,
    conversions,
    corrections,
    editions,
    feeds,
    form_making,
    handing_on,
    house,
    identity,
    links,
    many_editions,
    ordering,
    orders,
    overlays,
    page_order,
    people,
    price_lists,
    products,
    publications,
    readers,
    reading_rules,
    recipients,
    sign_in_links,
    statistics,
    subscriptions,
    terms,
    texts,
    uploads,
    webhooks,
)
from masthead.api.problems import problem_of


class Application(NinjaAPI):
    """The library's application with operations named as their functions are."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the function."""
        return str(operation.view_func.__name__)


api = Application(title="Masthead", version="1", openapi_url=None, docs_url=None, urls_namespace="api-v1")
_SHOP = (products, feeds, price_lists, ordering, orders)
for part in (
    publications,
    many_editions,
    editions,
    terms,
    overlays,
    links,
    texts,
    corrections,
    page_order,
    accessibility,
    uploads,
    conversions,
    recipients,
    handing_on,
    *_SHOP,
    house,
    people,
    readers,
    reading_rules,
    subscriptions,
    identity,
    statistics,
    advertisements,
    comments,
    sign_in_links,
    webhooks,
    form_making,
):
    api.add_router("", part.router)
for kind in (Exception, HttpError, ValidationError, Http404):  # the library has answers of its own for some
    api.add_exception_handler(kind, problem_of)
