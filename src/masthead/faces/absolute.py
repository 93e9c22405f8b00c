"""Addresses with the host that visitors see, for what is handed on: mails, codes to embed, answers to programs."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from masthead.library.selectors import Edition


def absolute(request: HttpRequest, path: str) -> str:
    """The address with the host that visitors see."""
    return f"{settings.MASTHEAD.origin}{path}" if settings.MASTHEAD.origin else request.build_absolute_uri(path)


def address_of(request: HttpRequest, edition: Edition) -> str:
    """Where readers find the edition: under its publication's own domain if it has one."""
    path, domain = f"/{edition.publication.slug}/{edition.slug}/", edition.publication.domain
    return f"https://{domain}{path}" if domain else absolute(request, path)
