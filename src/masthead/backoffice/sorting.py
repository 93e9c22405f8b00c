"""In what order a list is asked for, and the query by which its other pages and its file ask for the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.http import HttpRequest


def sort_of(request: HttpRequest, sorts: Iterable[str]) -> str:
    """The order that the address names; the first of the list's sorts where it names none that there is."""
    known = list(sorts)
    asked = request.GET.get("sort", "")
    return asked if asked in known else known[0]


def asked_query(asked: Mapping[str, str], sorts: Iterable[str]) -> str:
    """What is asked of a list; what is usual is left out."""
    usual = next(iter(sorts))
    return urlencode({name: value for name, value in asked.items() if value and (name, value) != ("sort", usual)})
