"""Where links in mails about comments lead: a guest's yes, and the end of such mails."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from masthead.access.rules import may_read
from masthead.comments.notices import mail_check, mail_end
from masthead.comments.posting import comment_confirm, comment_of_link
from masthead.comments.rules import has_comments
from masthead.document.errors import MastheadError
from masthead.faces.looks import person_of
from masthead.library.errors import NotFoundError
from masthead.library.selectors import edition_at
from masthead.site.comment_threads import address_of, remember_own
from masthead.site.missing import missing
from masthead.site.presenting import look_of
from masthead.site.proofs import opened
from masthead.site.reading import refused


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, publication: str, slug: str, token: str) -> HttpResponseBase:
    """A guest's yes. Opening the link shows nothing to others: programs that look through mails open links too.

    Whoever confirms need not be able to read here: they may do it on another device than the one they wrote on.
    """
    try:
        edition = edition_at(publication, slug)
    except NotFoundError:
        return missing(request, publication, slug)
    if not edition.is_live or edition.build is None:
        return refused(request, edition, may_read(person_of(request), edition, None, opened(request)), None)
    if not has_comments(edition):
        return missing(request, publication, slug)
    values: dict[str, object] = {
        "publication": edition.publication,
        "look": look_of(edition.publication),
        "back": address_of(edition),
    }
    status = HTTPStatus.OK
    try:
        comment = comment_of_link(token, edition)
        if request.method == "POST":
            comment = comment_confirm(token=token, edition=edition)
            values["is_done"] = True
            if comment.author_id is None:
                remember_own(request, comment)
        values["comment"] = comment
        values["back"] = f"{address_of(edition, article=comment.article, at=comment.pk)}#comment-{comment.pk}"
    except MastheadError as error:
        status = HTTPStatus.GONE
        values["error"] = error
    return _private(
        render(request, "site/comment_confirm.html", {"error": None, "is_done": False, **values}, status=status)
    )


@csrf_exempt  # mail programs press this button without having seen the page (RFC 8058); it can only stop mail
@require_http_methods(["GET", "HEAD", "POST"])
def comment_mail(request: HttpRequest, token: str) -> HttpResponse:
    """No more mail of this kind; a button, and one click in mail programs."""
    kind = mail_check(token)
    if request.method == "POST":
        mail_end(token=token)
    return _private(render(request, "site/comment_mail.html", {"is_done": request.method == "POST", "kind": kind}))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
