"""What every server of editions sends beside them: the built reader, the icon, and pages for what is not there."""

from __future__ import annotations

import re
import sys
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_safe

from masthead.exports.reader_files import FOLDER as READER_FOLDER
from masthead.exports.reader_files import OFFLINE
from masthead.faces.accidents import accident_response
from masthead.faces.failures import failure_response
from masthead.faces.sending import file_response
from masthead.site.answering import SAFE_PATH

_HASHED = re.compile(r"-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$")
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#9c2f1b"/>'
    '<path d="M8 24V8l8 9 8-9v16" fill="none" stroke="#fff" stroke-width="3" stroke-linejoin="round"/></svg>'
)


@require_safe
def reader_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of the built reader."""
    file = READER_FOLDER / path
    if not SAFE_PATH.fullmatch(path) or not file.is_file():
        return failure_response(request, HTTPStatus.NOT_FOUND)
    response = file_response(request, file, immutable=bool(_HASHED.search(path)))
    response["Access-Control-Allow-Origin"] = "*"  # the custom element may stand in a page of another site
    return response


@require_safe
def offline_worker(request: HttpRequest) -> HttpResponseBase:
    """The worker that opens what is kept on a device. It stands at the root, or it could not open what lies there."""
    file = READER_FOLDER / OFFLINE
    return (
        file_response(request, file, immutable=False)
        if file.is_file()
        else failure_response(request, HTTPStatus.NOT_FOUND)
    )


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """The icon in the browser's tab."""
    return HttpResponse(_ICON, content_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})


def no_icon(request: HttpRequest) -> HttpResponseBase:
    """Browsers that ask for the old name."""
    return HttpResponseRedirect("/favicon.svg")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Any other address."""
    return failure_response(request, HTTPStatus.NOT_FOUND)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """A request that makes no sense, such as an impossible host."""
    return failure_response(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Somebody who may not."""
    return failure_response(request, HTTPStatus.FORBIDDEN)


def failed(request: HttpRequest) -> HttpResponseBase:
    """An accident outside of a view."""
    return accident_response(request, sys.exc_info()[1])
