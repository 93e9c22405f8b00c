"""How an edition is handed on: its address, a QR code, the code to embed it, and proof links for people outside."""

from __future__ import annotations

from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from masthead import wording
from masthead.access.proof_links import DAYS, proof_link_create, proof_link_list, proof_link_revoke, token_of
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.backoffice.forms import choose
from masthead.backoffice.framing import say, show
from masthead.backoffice.staff import staff
from masthead.faces.absolute import absolute, address_of
from masthead.faces.handed_on import embed_code, qr_picture
from masthead.faces.languages import language_of
from masthead.library.inheriting import is_on
from masthead.library.selectors import can_do, edition_get, require

MADE_WORDS = "The link is made. It stands in the list below."
REVOKED_WORDS = "The link opens nothing any more."


class ProofForm(forms.Form):
    """Whom a proof link is for, and for how long."""

    name = forms.CharField(max_length=120)
    days = forms.TypedChoiceField(coerce=int, initial=7)

    def __init__(self, *args: object, words: wording.Translator, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choose(self, "days", [(str(days), words.plural("{count} day", "{count} days", days)) for days in DAYS])


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def share(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """Everything that can be handed on; a form makes a proof link."""
    found = edition_get(person, edition)
    if request.method == "POST":
        require(person, Action.EDIT, found)
    form = ProofForm(request.POST or None, words=wording.translator(language_of(request)))
    if request.method == "POST" and form.is_valid():
        proof_link_create(by=person, edition=found, **form.cleaned_data)
        say(request, MADE_WORDS)
        return HttpResponseRedirect(reverse("edition-share", args=[found.pk]))
    address = address_of(request, found)
    links = [
        (link, absolute(request, reverse("proof", args=[token_of(link)]))) for link in proof_link_list(person, found)
    ]
    return show(
        request,
        "office/edition_share.html",
        form,
        house=found.publication.publisher,
        edition=found,
        address=address,
        current=absolute(request, f"/{found.publication.slug}/current"),
        embed=embed_code(address, str(found)),
        may_be_framed=is_on(found, "framing"),
        may_edit=can_do(person, Action.EDIT, found),
        links=links,
    )


@require_safe
@staff
def qr_code(request: HttpRequest, person: User, edition: str, kind: str) -> HttpResponse:
    """The QR code of the public address, as SVG or PNG."""
    found = edition_get(person, edition)
    picture, media_type = qr_picture(address_of(request, found), kind)
    response = HttpResponse(picture, content_type=media_type)
    if "download" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="{found.publication.slug}-{found.slug}.{kind}"'
    return response


@require_POST
@staff
def revoke(request: HttpRequest, person: User, edition: str, link: str) -> HttpResponse:
    """Take a proof link back."""
    found = edition_get(person, edition)
    proof_link_revoke(by=person, edition=found, link_id=link)
    say(request, REVOKED_WORDS)
    return HttpResponseRedirect(reverse("edition-share", args=[found.pk]), status=HTTPStatus.SEE_OTHER)
