"""Sharing by mail: the form under the links, the sender's yes, and the way to never get such mail again."""

from __future__ import annotations

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from masthead import wording
from masthead.access.rules import may_read
from masthead.document.errors import MastheadError
from masthead.faces.languages import language_of
from masthead.faces.looks import person_of
from masthead.faces.visitors import network_address
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition, edition_at
from masthead.sharing.checking import LONGEST_COMMENT, MOST_RECIPIENTS
from masthead.sharing.errors import CommentRefusedError, LetterOverError, RecipientsRefusedError
from masthead.sharing.letters import Written, known_sender, letter_confirm, letter_of, letter_write
from masthead.sharing.refusing import mail_refuse, token_check
from masthead.sharing.things import Thing
from masthead.sharing.ways import EMAIL, can_be_shared, ways_of
from masthead.site.announced_facts import origin_of
from masthead.site.counted import counted, read
from masthead.site.missing import missing
from masthead.site.presenting import look_of
from masthead.site.proofs import opened
from masthead.site.reading import address_of, refused
from masthead.site.sources import source_of
from masthead.statistics.kinds import Kind

SENT_WORDS = "It is on its way. Whoever asked for no mail from here, or got enough of it today, gets none."
ASKED_WORDS = "Look into your letter box: we sent a link to {email}. Your mail leaves when you confirm it there."


class LetterForm(forms.Form):
    """From, to, comment. Who signed in with a confirmed address is not asked from whom."""

    sender = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    recipients = forms.CharField(max_length=1500, widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}))
    comment = forms.CharField(required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}))

    def __init__(self, *args: object, sender: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if sender:
            del self.fields["sender"]


def form_of(request: HttpRequest) -> LetterForm:
    """The form as it was sent, or an empty one."""
    sent = request.POST if request.method == "POST" else None
    return LetterForm(sent, sender=known_sender(person_of(request)), auto_id="letter-%s")


def form_values(request: HttpRequest, form: LetterForm) -> dict[str, object]:
    """What the page needs to show the form."""
    sender = known_sender(person_of(request))
    return {"form": form, "sender": sender, "most": MOST_RECIPIENTS, "longest": LONGEST_COMMENT}


def letter_taken(
    request: HttpRequest, edition: Edition, thing: Thing, address: str, form: LetterForm
) -> HttpResponse | None:
    """Send what was typed and lead back to the page; None where the form now says what is wrong with it."""
    if not form.is_valid():
        return None
    words, typed = wording.translator(language_of(request)), form.cleaned_data
    try:
        is_sent = letter_write(
            by=person_of(request),
            edition=edition,
            thing=thing,
            written=Written(typed.get("sender", ""), typed["recipients"], typed["comment"]),
            address=address,
            origin=origin_of(request),
            visitor=network_address(request),
            language=words.language,
        )
    except MastheadError as error:
        at = {RecipientsRefusedError: "recipients", CommentRefusedError: "comment"}.get(type(error))
        form.add_error(at, f"{words.text(error.sentence)} {words.text(error.hint)}")
        return None
    said = words.text(SENT_WORDS) if is_sent else words.text(ASKED_WORDS, email=typed.get("sender", ""))
    messages.success(request, said)
    if is_sent:
        _count(request, thing.page)
    return HttpResponseRedirect(request.get_full_path(), status=HTTPStatus.SEE_OTHER)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, publication: str, slug: str, token: str) -> HttpResponseBase:
    """The sender's yes. Opening the link sends nothing: programs that look through mails open links too.

    Whoever confirms need not be able to read here: they may do it on another device than the one they wrote on.
    """
    try:
        edition = edition_at(publication, slug)
    except NotFoundError:
        return missing(request, publication, slug)
    given = may_read(person_of(request), edition, None, opened(request))
    if not can_be_shared(edition) or edition.build is None:
        return refused(request, edition, given, None)
    if EMAIL not in ways_of(edition):
        return missing(request, publication, slug)
    values: dict[str, object] = {
        "publication": edition.publication,
        "look": look_of(edition.publication),
        "home": address_of(edition),
    }
    status = HTTPStatus.OK
    try:
        values["letter"] = letter_of(token, edition)
        if request.method == "POST":
            letter = letter_confirm(token=token, edition=edition)
            read(request, edition, given, source_of(edition.build.folder))
            _count(request, letter.page)
            values["is_sent"] = True
    except MastheadError as error:
        status = HTTPStatus.GONE if isinstance(error, LetterOverError) else HTTPStatus.TOO_MANY_REQUESTS
        values["error"] = error
    return _private(render(request, "site/share_confirm.html", values, status=status))


@csrf_exempt  # mail programs press this button without having seen the page (RFC 8058); it can only stop mail
@require_http_methods(["GET", "HEAD", "POST"])
def no_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Never again mail of this kind to the address of the link; a button, and one click in mail programs."""
    token_check(token)
    if request.method == "POST":
        mail_refuse(token=token)
    values = {"is_done": request.method == "POST"}
    return _private(render(request, "site/no_mail.html", values))


def _count(request: HttpRequest, page: int) -> None:
    counted(request, HttpResponse(), Kind.SHARE, page=page, name=EMAIL)


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
