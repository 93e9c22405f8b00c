"""Where a cart goes on at the publisher's own shop, and an order at a payment provider's page."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from masthead import wording
from masthead.access.tries import try_once
from masthead.document.errors import MastheadError
from masthead.faces.failures import failure_response
from masthead.faces.languages import language_of
from masthead.faces.visitors import network_address
from masthead.library.selectors import Edition
from masthead.orders.checkout import cart_hand_over, checkout_of, payment_address_of, payment_told
from masthead.orders.errors import CheckoutError
from masthead.orders.placing import token_of
from masthead.orders.pricing import Offer
from masthead.orders.selectors import Checkout, Order
from masthead.site.announced_facts import origin_of
from masthead.site.cart_pages import about, private, sentence_of
from masthead.site.carting import Counter
from masthead.site.looking_at_orders import at_order, sent_address

_FOR_A_VISITOR = 60  # hand-overs in ten minutes


def shop_of(counter: Counter) -> Checkout | None:
    """The shop at which carts from here go on; None where orders are taken here."""
    found = checkout_of(counter.edition.publication_id)
    return found if found is not None and found.shop_address else None


def handed_over(counter: Counter, shop: Checkout, offer: Offer) -> HttpResponse:
    """Hand the cart over, and lead on. The page leads by itself, and by a link: a form may not lead to another site."""
    words = wording.translator(language_of(counter.request))
    values = {**about(counter), "address": "", "notice": ""}
    try:
        try_once("orders", network_address(counter.request) or "unknown", limit=_FOR_A_VISITOR)
        back = origin_of(counter.request) + str(values["cart_address"])
        values["address"] = cart_hand_over(
            checkout=shop, edition=counter.edition, offer=offer, language=words.language, back=back
        )
    except MastheadError as error:
        values["notice"] = sentence_of(error, words)
        status = HTTPStatus.BAD_GATEWAY if isinstance(error, CheckoutError) else HTTPStatus.TOO_MANY_REQUESTS
        return render(counter.request, "site/handed_over.html", values, status=status)
    response = render(counter.request, "site/handed_over.html", values)
    response["Refresh"] = f"0; url={values['address']}"
    return response


@require_safe
def pay(request: HttpRequest, publication: str, slug: str, token: str) -> HttpResponseBase:
    """Lead to the payment provider's page with what is to be paid, for whoever has the address of the order."""

    def lead(order: Order, edition: Edition) -> HttpResponseBase:
        checkout = checkout_of(edition.publication_id)
        if checkout is None or not checkout.payment_address or order.payment == "paid":
            return HttpResponseRedirect(sent_address(order, edition))
        back = origin_of(request) + reverse("order-payment")
        return HttpResponseRedirect(payment_address_of(checkout=checkout, order=order, back=back))

    return at_order(request, publication, slug, token, lead)


@csrf_exempt  # what comes is signed by the provider; no cookie counts
@require_http_methods(["GET", "HEAD", "POST"])
def payment(request: HttpRequest) -> HttpResponseBase:
    """What the provider says of an order: by its server (POST), or by the reader who comes back from there."""
    token = (request.POST if request.method == "POST" else request.GET).get("token", "")
    try:
        order = payment_told(token)
    except CheckoutError as error:
        return private(failure_response(request, HTTPStatus.FORBIDDEN, (error.sentence, error.hint)))
    if request.method == "POST":
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    if order.edition is None:
        return HttpResponseRedirect(reverse("home"))
    slugs = [order.edition.publication.slug, order.edition.slug]
    return HttpResponseRedirect(reverse("edition-order-sent", args=[*slugs, token_of(order)]))
