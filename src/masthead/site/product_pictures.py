"""Sends pictures of products: to whoever has the name, which only pages that show the product say."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from masthead.faces.failures import failure_response
from masthead.faces.sending import IMMUTABLE, TYPES
from masthead.library.selectors import branded_publication
from masthead.orders.pictures import product_picture


@require_safe
def file(request: HttpRequest, publication: str, name: str) -> HttpResponseBase:
    """The picture; its name is that of its content."""
    data = product_picture(branded_publication(publication).pk, name)
    if data is None:
        return failure_response(request, HTTPStatus.NOT_FOUND)
    return HttpResponse(data, content_type=TYPES[".webp"], headers={"Cache-Control": IMMUTABLE})
