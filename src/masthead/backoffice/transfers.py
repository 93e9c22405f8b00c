"""Where the upload page sends files piece by piece; `faces.transfers` speaks the protocol."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from masthead.accounts.selectors import User
from masthead.backoffice.staff import house_of, staff
from masthead.faces.transfers import begin, go_on, tus, understood
from masthead.production.arrivals import arrival_of


@require_http_methods(["OPTIONS", "POST"])
@staff
@tus
def arrivals(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """Say what is understood, or begin an upload."""
    return begin(request, person, house_of(person, house), lambda made: reverse("arrival", args=[made.pk]))


@require_http_methods(["OPTIONS", "HEAD", "PATCH", "DELETE"])
@staff
@tus
def arrival(request: HttpRequest, person: User, arrival: str) -> HttpResponse:
    """How far it is; more of it; or no more of it."""
    return understood() if request.method == "OPTIONS" else go_on(request, arrival_of(person, arrival))
