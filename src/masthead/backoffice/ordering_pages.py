"""How a publication takes orders, and one edition otherwise: where they go, and what the order form asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from masthead import wording
from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.backoffice.forms import refuse
from masthead.backoffice.framing import say, show
from masthead.backoffice.setting_words import origin_word
from masthead.backoffice.staff import staff
from masthead.faces.languages import language_of
from masthead.library.inheriting import NO, YES, Origin
from masthead.library.selectors import Edition, Publication, edition_get, publication_get
from masthead.orders.asking import ADDRESS, PARTS, SWITCH, Inherited, Need, asked_change, asked_of, can_ask
from masthead.orders.errors import OrdersToError

SAVED_WORDS = "Saved."
INHERITED_WORDS = "As {origin} has it: {value}"
NOWHERE_WORDS = "nothing yet"
NAME_WORDS = {
    SWITCH: "Taking orders",
    ADDRESS: "Orders go to",
    "phone": "Phone number",
    "account_number": "Account number",
    "po_number": "Purchase order number",
    "company": "Company",
    "billing": "Billing address",
    "delivery": "Delivery address",
    "note": "Additional information",
}
HINT_WORDS = {
    SWITCH: "Products that lie on pages get a button that puts them into a cart; it stands in the reader's toolbar.",
    ADDRESS: "Each order is sent to this e-mail address; the customer gets the same mail.",
    "phone": "For questions about the order.",
    "account_number": "The customer's number with you.",
    "po_number": "What companies want to see on the invoice.",
    "company": "Name and e-mail address are always asked.",
    "billing": "Each country's own rules say which parts of it must be there.",
    "delivery": "The form offers to take the billing address.",
    "note": "Free text, up to 2,000 characters.",
}
VALUE_WORDS = {
    YES: "Yes",
    NO: "No",
    Need.REQUIRED.value: "Required",
    Need.OPTIONAL.value: "Optional",
    Need.LEFT_OUT.value: "Not asked",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A setting of the form: its name and hint in words, and whether it is set just here."""

    name: str
    label: str
    hint: str
    is_own: bool


class OrderingForm(forms.Form):
    """One field for each setting; left empty it inherits."""

    def __init__(self, *args: Any, of: Edition | Publication, words: wording.Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Origin.EDITION if isinstance(of, Edition) else Origin.PUBLICATION
        self.lines: list[Line] = []
        for name, found in asked_of(of).settings.items():
            is_own = found.origin == here
            self.fields[name] = _field(name, found, words, found.value if is_own else "")
            self.lines.append(Line(name, words.text(NAME_WORDS[name]), words.text(HINT_WORDS[name]), is_own))


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def of_publication(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """What the publication's editions inherit."""
    found = publication_get(person, publication)
    return _page(request, person, found, {"house": found.publisher, "publication": found})


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def of_edition(request: HttpRequest, person: User, edition: str) -> HttpResponse:
    """What is otherwise in one edition."""
    found = edition_get(person, edition)
    return _page(request, person, found, {"house": found.publication.publisher, "edition": found})


def _page(request: HttpRequest, person: User, of: Edition | Publication, shown: dict[str, Any]) -> HttpResponse:
    if not can_ask(person, of):
        raise NotAllowedError(Action.MANAGE_SHOP.value)
    language = language_of(request)
    form = OrderingForm(request.POST or None, of=of, words=wording.translator(language))
    if request.method == "POST" and form.is_valid():
        try:
            asked_change(by=person, of=of, said=form.cleaned_data)
        except OrdersToError as error:
            refuse(form, error.field, error, language)
        else:
            say(request, SAVED_WORDS)
            name = "edition-ordering" if isinstance(of, Edition) else "publication-ordering"
            return HttpResponseRedirect(reverse(name, args=[of.pk]))
    return show(request, "office/ordering.html", form, name=str(of), **shown)


def _field(name: str, found: Inherited, words: wording.Translator, own: str) -> forms.Field:
    said = found.inherited if name == ADDRESS else words.text(VALUE_WORDS[found.inherited])
    value = said or words.text(NOWHERE_WORDS)
    above = words.text(INHERITED_WORDS, origin=words.text(origin_word(found.inherited_from)), value=value)
    if name == ADDRESS:
        attributes = {"placeholder": above, "autocomplete": "off", "inputmode": "email", "spellcheck": "false"}
        return forms.CharField(required=False, max_length=254, initial=own, widget=forms.TextInput(attrs=attributes))
    values = (YES, NO) if name == SWITCH else tuple(need.value for need in Need)
    choices = [("", above), *((one, words.text(VALUE_WORDS[one])) for one in values)]
    assert name == SWITCH or name in PARTS
    return forms.ChoiceField(required=False, choices=choices, initial=own)
