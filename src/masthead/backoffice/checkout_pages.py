"""Where a publication's carts and orders go on, in the back office: its shop's checkout, a payment provider's page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from masthead import wording
from masthead.accounts.selectors import User
from masthead.backoffice.forms import refuse
from masthead.backoffice.framing import say, show
from masthead.backoffice.product_pages import sold_in
from masthead.backoffice.staff import staff
from masthead.faces.languages import language_of
from masthead.orders.checkout import WAYS, checkout_get, checkout_rotate, checkout_set, secret_of
from masthead.orders.errors import ProductInvalidError

WAY_WORDS = ("Our server hands it over, and the shop says where to go on", "In the address, as a signed token")
SAVED_WORDS = "Saved."
ROTATED_WORDS = "There is another secret. Give it to the shop: the one before is good no more."


class CheckoutForm(forms.Form):
    """Two addresses."""

    shop_address = forms.CharField(required=False, max_length=500, widget=forms.TextInput(attrs={"inputmode": "url"}))
    shop_way = forms.ChoiceField(widget=forms.RadioSelect)
    payment_address = forms.CharField(
        required=False, max_length=500, widget=forms.TextInput(attrs={"inputmode": "url"})
    )

    def __init__(self, *args: Any, words: wording.Translator, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = self.fields["shop_way"]
        assert isinstance(ways, forms.ChoiceField)
        ways.choices = list(zip(WAYS, map(words.text, WAY_WORDS), strict=True))


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def checkout(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """Both addresses, and the secret."""
    found = sold_in(person, publication)
    row = checkout_get(person, found)
    words = wording.translator(language_of(request))
    kept = {name: getattr(row, name) for name in ("shop_address", "shop_way", "payment_address")}
    form = CheckoutForm(request.POST or None, words=words, initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            checkout_set(by=person, publication=found, **form.cleaned_data)
        except ProductInvalidError as error:
            refuse(form, error.field, error, words.language)
        else:
            say(request, SAVED_WORDS)
            return HttpResponseRedirect(reverse("publication-checkout", args=[found.pk]))
    return show(request, "office/checkout.html", form, house=found.publisher, publication=found, secret=secret_of(row))


@require_POST
@staff
def rotate(request: HttpRequest, person: User, publication: str) -> HttpResponse:
    """Make another secret."""
    found = sold_in(person, publication)
    checkout_rotate(by=person, publication=found)
    say(request, ROTATED_WORDS)
    return HttpResponseRedirect(reverse("publication-checkout", args=[found.pk]))
