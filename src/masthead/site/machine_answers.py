"""Sends what machines read: bytes or JSON made on the spot, validated by content, open to other sites' scripts."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse

from masthead.faces.sending import text_response

KEPT = "public, max-age=600"  # seconds: what is withdrawn leaves all lists soon


def sent(request: HttpRequest, data: bytes, content_type: str, *, cache: str = KEPT) -> HttpResponse:
    """An answer that is the same for everybody."""
    response = text_response(request, data, cache=cache)
    response["Content-Type"] = content_type
    response["Vary"] = "Accept-Encoding"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def sent_json(request: HttpRequest, data: dict[str, Any], content_type: str = "application/json") -> HttpResponse:
    """The same for JSON."""
    return sent(request, json.dumps(data, ensure_ascii=False).encode(), content_type)
