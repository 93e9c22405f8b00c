"""Where a reader goes on: with the cart to the publisher's own shop, with an order to the page of a payment provider.

The ways out are plain links: forms of ours may not lead to other sites, and a link says where it goes.
"""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from masthead.document.errors import MastheadError
from masthead.faces.absolute import absolute
from masthead.faces.failures import failure_response
from masthead.faces.languages import language_of
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition
from masthead.orders.checkout import cart_hand_over, checkout_of, payment_address_of, payment_told
from masthead.orders.placing import id_of, token_of
from masthead.orders.selectors import Order, order_sent
from masthead.site.cart_pages import at_counter, private
from masthead.site.carting import Counter


@require_safe
def to_the_shop(request: HttpRequest, publication: str, slug: str) -> HttpResponseBase:
    """Hand the cart to the publisher's shop, and lead there."""
    return at_counter(request, publication, slug, _to_the_shop)


@require_safe
def pay(request: HttpRequest, publication: str, slug: str, token: str) -> HttpResponseBase:
    """Lead to where an order is paid."""
    found = order_sent(id_of(token))
    edition = found.edition if found is not None else None
    if found is None or edition is None or (edition.publication.slug, edition.slug) != (publication, slug):
        raise NotFoundError(token)
    checkout = checkout_of(edition.publication_id)
    if checkout is None or not pay_address(found, edition):
        return private(HttpResponseRedirect(_order_address(found, edition), status=HTTPStatus.SEE_OTHER))
    back = absolute(request, reverse("order-payment-told"))
    address = payment_address_of(checkout=checkout, order=found, back=back)
    return private(HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER))


@csrf_exempt  # the provider's server says it; its token is signed
@require_http_methods(["GET", "HEAD", "POST"])
def told(request: HttpRequest) -> HttpResponseBase:
    """Hear from the payment provider what became of an order: from its server, or by the reader who comes back."""
    said = request.POST if request.method == "POST" else request.GET
    order = payment_told(said.get("token", "")[:8000])
    if request.method == "POST":
        return private(HttpResponse(status=HTTPStatus.NO_CONTENT))
    if order.edition is None:
        raise NotFoundError(order.pk)
    return private(HttpResponseRedirect(_order_address(order, order.edition), status=HTTPStatus.SEE_OTHER))


def pay_address(order: Order, edition: Edition) -> str:
    """Where an order can be paid; "" where it is paid, over, or paid in another way."""
    checkout = checkout_of(edition.publication_id)
    if checkout is None or not checkout.payment_address or order.payment == "paid" or order.status == "cancelled":
        return ""
    return reverse("edition-order-pay", args=[edition.publication.slug, edition.slug, token_of(order)])


def _to_the_shop(counter: Counter) -> HttpResponse:
    edition = counter.edition
    slugs = [edition.publication.slug, edition.slug]
    cart_page = HttpResponseRedirect(reverse("edition-cart", args=slugs), status=HTTPStatus.SEE_OTHER)
    kept = counter.cart()
    offer = counter.offer(kept.lines if kept else {})
    if counter.checkout is None or not counter.goes_on_at_a_shop or not offer.is_fine or not counter.is_live:
        return cart_page
    back = absolute(counter.request, reverse("edition-cart", args=slugs))
    try:
        address = cart_hand_over(
            checkout=counter.checkout,
            edition=edition,
            offer=offer,
            language=language_of(counter.request),
            back=back,
        )
    except MastheadError as error:
        return failure_response(counter.request, HTTPStatus.BAD_GATEWAY, (error.sentence, error.hint))
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


def _order_address(order: Order, edition: Edition) -> str:
    return reverse("edition-order-sent", args=[edition.publication.slug, edition.slug, token_of(order)])
