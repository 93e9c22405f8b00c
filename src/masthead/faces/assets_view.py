"""Sends the styles and scripts of the server's own pages; their addresses change with their content."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import PurePath

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from masthead.faces.failures import failure_response
from masthead.faces.looks import FOLDER, TOKENS, asset_address, asset_bytes
from masthead.faces.sending import IMMUTABLE, TYPES


@require_safe
def asset(request: HttpRequest, stem: str, version: str, ending: str) -> HttpResponseBase:
    """A style or script, kept for ever under this version."""
    name = f"{stem}.{ending}"
    if name != TOKENS and not (FOLDER / PurePath(name).name).is_file():
        return failure_response(request, HTTPStatus.NOT_FOUND)
    is_current = asset_address(name) == request.path
    return HttpResponse(
        asset_bytes(name),
        content_type=TYPES[f".{ending}"],
        headers={"Cache-Control": IMMUTABLE if is_current else "no-cache"},
    )
