"""The path of a request as the log may have it: what opens a door when it stands in an address is left out."""

from __future__ import annotations

import re
from typing import Final

from django.http import HttpRequest

_SECRET: Final = frozenset({"token", "key", "uidb36"})  # names in routes: links that are mailed, proofs, invitations
_LEFT_OUT: Final = "***"
_LIKE_SECRET: Final = re.compile(r"(?<![^/])[^/]{20,}")  # a part of an address that leads nowhere, mistyped maybe


def logged_path(request: HttpRequest) -> str:
    """The path without the secrets in it."""
    match = request.resolver_match
    if match is None:
        return _LIKE_SECRET.sub(_LEFT_OUT, request.path)
    path = request.path
    for name, value in match.kwargs.items():
        if name in _SECRET and value:
            path = path.replace(str(value), _LEFT_OUT)
    return path
