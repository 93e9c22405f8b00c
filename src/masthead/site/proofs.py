"""Opens the links by which people outside read an edition before it is live."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from masthead.access.carried import Carried
from masthead.access.proof_links import proof_link_open
from masthead.site.carrying import carried_by, remember_proof


@require_safe
def proof(request: HttpRequest, token: str) -> HttpResponse:
    """Remember the link for this visit and show the edition."""
    link = proof_link_open(token)
    remember_proof(request, link.pk)
    publication = link.edition.publication
    response = HttpResponseRedirect(reverse("edition", args=[publication.slug, link.edition.slug]))
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def opened(request: HttpRequest) -> Carried:
    """The ids of the proof links that this visitor opened, and whatever else they bring along."""
    return carried_by(request)
