"""Every route of the house as the URL table has it, those of libraries too, with an address that fits it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLResolver, get_resolver
from django.utils.regex_helper import normalize

from masthead.library.selectors import Edition

# What stands in an address where nothing else is known; each fits the pattern of its route.
FITTING = {
    "stem": "house",
    "version": "0" * 12,
    "ending": "css",
    "number": "1",
    "pk": "1",
    "page": "1",
    "width": "3200",
    "column": "0",
    "row": "0",
    "path": "manifest.json",
    "language": "de",
    "piece": "1-1-9-9",
    "region": "full",
    "size": "max",
    "uidb36": "1",
    "form": "tsv",
}


@dataclass(frozen=True)
class Route:
    """A route; `template` is its address with the names of what has to be filled in."""

    name: str
    template: str
    parameters: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def is_exempt(self) -> bool:
        """Whether a form may be sent to it without the token of a page of ours."""
        return bool(getattr(self.view, "csrf_exempt", False))

    def address(self, known: Mapping[str, str]) -> str:
        """An address with what is known of these names, and something that fits for the others."""
        return "/" + self.template % {name: known.get(name, FITTING.get(name, "none")) for name in self.parameters}


def routes() -> list[Route]:
    """All routes of the house."""
    return list(_within(get_resolver("masthead.config.urls"), ""))


def known_of(edition: Edition, route: Route) -> dict[str, str]:
    """What stands in the addresses of an edition; in the back office things are named by their ids."""
    publication = edition.publication
    inside = route.template.startswith("office/")
    return {
        "house": publication.publisher.slug,
        "publication": publication.pk if inside else publication.slug,
        "edition": edition.pk,
        "slug": edition.slug,
        "build": edition.build.build_id if edition.build else "none",
    }


def _within(resolver: URLResolver, before: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = str(entry.pattern.regex.pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")
        if isinstance(entry, URLResolver):
            yield from _within(entry, before + pattern)
            continue
        template, parameters = normalize(before + pattern)[0]
        yield Route(entry.name or template, template, tuple(parameters), entry.callback)
