"""In which language a person is answered: asked for in the address, chosen by them, else the browser's."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from masthead import wording


def language_of(request: HttpRequest) -> str:
    """The interface language: asked for in the address, else the person's own, else the browser's."""
    asked = asked_language(request) or getattr(getattr(request, "user", None), "language", "")
    if asked in wording.languages():
        return str(asked)
    return accepted_language(request.headers.get("Accept-Language", ""))


@lru_cache(maxsize=1024)
def accepted_language(header: str) -> str:
    """The language of ours that an Accept-Language header wants most; the first where it wants none of them."""
    ours = wording.languages()
    for tag in _by_weight(header):
        if tag.split("-")[0] in ours:
            return tag.split("-")[0]
    return ours[0]


def asked_language(request: HttpRequest) -> str:
    """The language that the address asks for with ?lang=; "" where it asks for none that we have."""
    base = request.GET.get("lang", "").lower().split("-")[0]
    return base if base in wording.languages() else ""


def speak(handler: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let the framework's own sentences, such as those at a form's field, come in the same language as ours."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        with translation.override(language_of(request)):
            return handler(request)

    return handle


def _by_weight(header: str) -> list[str]:
    """The tags of an Accept-Language header, most wanted first; those with weight 0 are left out."""
    weighted = []
    for part in header.lower().split(",")[:20]:
        tag, _, parameter = part.partition(";")
        try:
            weight = float(parameter.strip().removeprefix("q=")) if parameter else 1.0
        except ValueError:
            weight = 0.0
        if weight > 0:
            weighted.append((-weight, tag.strip()))
    return [tag for _, tag in sorted(weighted, key=lambda entry: entry[0])]
