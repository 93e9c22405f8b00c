"""The page on which something of an edition is shared, without a script; the same told to the reader's panel."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from masthead import wording
from masthead.document.errors import EditionInvalidError
from masthead.faces.absolute import address_of
from masthead.faces.failures import failure_response
from masthead.library.selectors import Edition, edition_at
from masthead.sharing.things import Thing, things_of
from masthead.sharing.ways import EMAIL, NETWORK_NAMES, can_be_shared, network_links, ways_of
from masthead.site.answering import Served
from masthead.site.letters import LetterForm, form_of, form_values, letter_taken
from masthead.site.missing import missing
from masthead.site.presenting import look_of
from masthead.site.reading import open_edition
from masthead.site.shared_clippings import shown_clipping
from masthead.site.shown import Shown


@dataclass(frozen=True, slots=True)
class Asked:
    """From where somebody shares, as the address says it; and which of the things there."""

    page: int
    article: str
    passage: str
    chosen: str

    def query(self, chosen: str) -> str:
        """The same with another choice."""
        parts = {"page": str(self.page), "article": self.article, "select": self.passage, "what": chosen}
        return urlencode({name: value for name, value in parts.items() if value})


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """The page with the link, the networks and the mail; it says so where the edition is not live."""
    asked = asked_of(request)

    def send(served: Served) -> HttpResponseBase:
        edition = edition_at(publication, slug)
        if not ways_of(edition):
            return missing(request, publication, slug)
        found = found_things(request, served, asked)
        if not found:
            return failure_response(request, HTTPStatus.GONE)
        thing = next((one for one in found if one.name == asked.chosen), found[0])
        form = form_of(request)
        if request.method == "POST" and can_be_shared(edition) and EMAIL in ways_of(edition):
            answered = letter_taken(request, edition, thing, absolute_of(request, edition, thing), form)
            if answered is not None:
                return _private(answered)
        return _shown(request, edition, thing, found, asked, form)

    return open_edition(request, publication, slug, page_of(asked), send, partly=not asked.page)


@require_safe
def told(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """What the reader's panel shows: the things with their absolute addresses, and the ways that are allowed."""
    asked = asked_of(request)

    def send(served: Served) -> HttpResponseBase:
        edition = edition_at(publication, slug)
        things = found_things(request, served, asked) if can_be_shared(edition) else []
        said = {
            "live": can_be_shared(edition),
            "ways": [way for way in ways_of(edition) if way not in NETWORK_NAMES],
            "things": [_said(request, edition, thing, asked) for thing in things],
        }
        return _private(JsonResponse(said))

    return open_edition(request, publication, slug, page_of(asked), send, partly=not asked.page)


def _shown(
    request: HttpRequest, edition: Edition, thing: Thing, things: list[Thing], asked: Asked, form: LetterForm
) -> HttpResponse:
    """The page for the chosen thing, with a form that may have come back."""
    address = absolute_of(request, edition, thing)
    values = {
        "edition": edition,
        "publication": edition.publication,
        "look": look_of(edition.publication),
        "shown": Shown(edition),
        "is_live": can_be_shared(edition),
        "thing": thing,
        "things": [(one, f"?{asked.query(one.name)}") for one in things],
        "back": Shown(edition).home + thing.path,
        "address": address,
        "clipping": shown_clipping(edition, thing) if can_be_shared(edition) else None,
        "ways": ways_of(edition),
        "networks": [(NETWORK_NAMES[way], to) for way, to in network_links(edition, address, thing.title).items()],
        **form_values(request, form),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return _private(render(request, "site/share.html", values, status=status))


def found_things(request: HttpRequest, served: Served, asked: Asked) -> list[Thing]:
    """What can be shared, of what this person may read; nothing where the folder is not there any more."""
    try:
        folder = served.edition()
    except EditionInvalidError:
        return []
    words = wording.translator(served.language_for(request))
    page = asked.page
    if not page and asked.article:
        page = next((one["pages"][0] for one in folder.manifest["articles"] if one["slug"] == asked.article), 1)
    return things_of(folder, words, page=page or 1, article=asked.article, passage=asked.passage)


def absolute_of(request: HttpRequest, edition: Edition, thing: Thing) -> str:
    """The address that is shared: the publication's own domain comes first."""
    return address_of(request, edition) + thing.path


def asked_of(request: HttpRequest) -> Asked:
    """What the address asks for; what makes no sense is left out."""
    said = request.GET
    page, article = said.get("page", ""), said.get("article", "")[:200]
    number = int(page) if page.isdecimal() and len(page) < 7 else 0
    return Asked(number or (0 if article else 1), article, said.get("select", "")[:40], said.get("what", "")[:220])


def page_of(asked: Asked) -> int | None:
    """The page that decides whether it may be shared from; None for an article, whose pages are asked for by itself."""
    return asked.page or None


def _said(request: HttpRequest, edition: Edition, thing: Thing, asked: Asked) -> dict[str, Any]:
    address = absolute_of(request, edition, thing)
    page = reverse("edition-share-page", args=[edition.publication.slug, edition.slug])
    links = network_links(edition, address, thing.title)
    clipping = shown_clipping(edition, thing)
    return {
        "what": thing.what,
        "page": thing.page,
        "article": thing.article,
        "label": thing.label,
        "title": thing.title,
        "address": address,
        "clipping": clipping.said() if clipping else None,
        "email": f"{page}?{asked.query(thing.name)}#email",
        "networks": [{"way": way, "name": NETWORK_NAMES[way], "address": to} for way, to in links.items()],
    }


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
