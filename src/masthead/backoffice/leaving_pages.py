"""Everything of a publisher as one file: asked for, waited for, fetched. For its owners."""

from __future__ import annotations

from typing import Any

from babel.numbers import format_decimal
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from masthead.accounts.selectors import User
from masthead.backoffice.framing import say, show
from masthead.backoffice.staff import house_of, staff
from masthead.faces.absolute import absolute
from masthead.faces.languages import language_of
from masthead.safekeeping.handing_out import KEPT_DAYS, leaving_ask, leaving_file, leaving_list

ASKED_WORDS = "It is being prepared. You get a mail when it is ready."


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def leaving(request: HttpRequest, person: User, house: str) -> HttpResponse:
    """What was prepared and what is being prepared; whoever asks gets everything anew."""
    publisher = house_of(person, house)
    own = reverse("house-leaving", args=[house])
    rows = list(leaving_list(person, publisher))
    if request.method == "POST":
        leaving_ask(by=person, publisher=publisher, address=absolute(request, own))
        say(request, ASKED_WORDS)
        return HttpResponseRedirect(own)
    language = language_of(request)

    def megabytes(size: int) -> str:
        return format_decimal(size / 1e6, format="#,##0.0", locale=language)

    is_going = any(row.is_going for row in rows)
    shown: dict[str, Any] = {"house": publisher, "rows": rows, "own": own, "is_going": is_going, "megabytes": megabytes}
    if "X-Part" in request.headers:
        return render(request, "office/leaving_rows.html", shown)
    return show(request, "office/leaving.html", days=KEPT_DAYS, **shown)


@require_safe
@staff
def file(request: HttpRequest, person: User, house: str, leaving: str) -> HttpResponseBase:
    """The file; the log keeps who fetched it."""
    publisher = house_of(person, house)
    name, stream = leaving_file(by=person, publisher=publisher, leaving=leaving)
    return FileResponse(stream, as_attachment=True, filename=name, content_type="application/zip")
