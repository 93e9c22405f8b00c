"""Opens the links by which people outside read an edition before it is live."""

from __future__ import annotations

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from masthead.access.proof_links import proof_link_open

_KEPT = 20  # links that a visitor's session remembers
_NAME = "proofs"


@require_safe
def proof(request: HttpRequest, token: str) -> HttpResponse:
    """Remember the link for this visit and show the edition."""
    link = proof_link_open(token)
    kept = [known for known in opened(request) if known != link.pk]
    request.session[_NAME] = [*kept, link.pk][-_KEPT:]
    publication = link.edition.publication
    response = HttpResponseRedirect(reverse("edition", args=[publication.slug, link.edition.slug]))
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def opened(request: HttpRequest) -> Collection[str]:
    """The ids of the proof links that this visitor opened."""
    return list(request.session.get(_NAME, []))
