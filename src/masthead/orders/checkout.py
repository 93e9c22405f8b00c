"""Where carts and orders of a publication go on: its shop's own checkout, or a payment provider's page."""

from __future__ import annotations

import base64
import http.client
import json
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from masthead import __version__
from masthead.accounts.ids import new_id
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.calling.errors import CallRefusedError
from masthead.calling.judging import Rules, hosts_in, place_of, resolved
from masthead.calling.requesting import request
from masthead.library.selectors import Edition, Publication, require
from masthead.library.telling import step_log
from masthead.orders.checking import amount_text
from masthead.orders.errors import CheckoutError, ProductAddressError
from masthead.orders.pricing import Offer
from masthead.orders.selectors import Checkout, Order
from masthead.orders.tokens import TokenWrongError, token_made, token_read
from masthead.orders.working import order_payment_set
from masthead.webhooks.signing import signed_by, written

WAYS: Final = ("post", "redirect")
PAYMENTS: Final = ("paid", "failed")
_SALT: Final = "masthead.checkout.secret"
_SECONDS = 10.0
_ANSWER_BYTES = 16_384
_LONGEST = 500  # of an address
_LONGEST_TOKEN = 6000  # characters that every server takes in an address


def checkout_of(publication_id: str) -> Checkout | None:
    """Where a publication's carts and orders go on; None: nowhere else."""
    return Checkout.objects.filter(publication=publication_id).select_related("publication").first()


def checkout_get(person: User, publication: Publication) -> Checkout:
    """The same for staff, also where nothing is set yet. Raises NotAllowedError."""
    require(person, Action.MANAGE_SHOP, publication)
    return checkout_of(publication.pk) or Checkout(publication=publication)


def checkout_set(
    *, by: User, publication: Publication, shop_address: str, shop_way: str, payment_address: str
) -> Checkout:
    """Other addresses; "" for none. Raises NotAllowedError, ProductAddressError at its field."""
    require(by, Action.MANAGE_SHOP, publication)
    said = {
        "shop_address": _address(shop_address, "shop_address"),
        "shop_way": shop_way if shop_way in WAYS else WAYS[0],
        "payment_address": _address(payment_address, "payment_address"),
    }
    with transaction.atomic():
        Checkout.objects.get_or_create(publication=publication)
        row = Checkout.objects.select_for_update().get(publication=publication)
        before = {name: getattr(row, name) for name in said}
        for name, value in said.items():
            setattr(row, name, value)
        row.save()
        if before != said:
            step_log(by, "checkout.change", publication, before, said)
    return row


def checkout_rotate(*, by: User, publication: Publication) -> None:
    """Another secret; what was signed with the one before is good no more. Raises NotAllowedError."""
    require(by, Action.MANAGE_SHOP, publication)
    with transaction.atomic():
        row, _ = Checkout.objects.select_for_update().get_or_create(publication=publication)
        row.turn += 1
        row.save()
        step_log(by, "checkout.rotate", publication, {}, {})


def secret_of(checkout: Checkout) -> str:
    """What the shop checks signatures with, as Standard Webhooks write it: kept nowhere, made when asked for."""
    return written(_key(checkout))


def cart_hand_over(*, checkout: Checkout, edition: Edition, offer: Offer, language: str, back: str) -> str:
    """Hand a cart to the shop, and say where the reader goes on. Raises CheckoutError.

    By `post` the server sends it, signed by the Standard Webhooks scheme, and the shop answers `{"address": …}`; by
    `redirect` it goes as a token in the address. `back` is where the reader comes from.
    """
    cart = _cart(edition, offer, language, back)
    if checkout.shop_way == "redirect":
        return _with(checkout.shop_address, "cart", token_made(_key(checkout), cart, timezone.now()))
    answer = _posted(checkout, json.dumps(cart, ensure_ascii=False, separators=(",", ":")).encode())
    try:
        address = str(json.loads(answer)["address"])
        place_of(address, _rules())
    except (ValueError, KeyError, TypeError, CallRefusedError) as error:
        raise CheckoutError(f"the shop's answer has no address: {error}"[:200]) from error
    return address


def payment_address_of(*, checkout: Checkout, order: Order, back: str) -> str:
    """Where the reader pays an order: the provider's address with a token that says what, and where to come back to."""
    if not order.payment:
        order_payment_set(by=None, order=order, payment="asked", reference="")
    claims = {
        "type": "order",
        "order": order.pk,
        "number": order.number,
        "currency": order.currency,
        "total": amount_text(order.total, order.currency),
        "language": order.language,
        "back": back,
    }
    return _with(checkout.payment_address, "order", token_made(_key(checkout), claims, timezone.now()))


def payment_told(token: str) -> Order:
    """Take what the provider says of an order (`order`, `payment`, `reference`, `currency`, `total`) in its token.

    An order that is paid stays paid. Raises CheckoutError for a token that is not the provider's of this order.
    """
    order = Order.objects.filter(pk=_named(token)).select_related("publication", "edition__publication").first()
    checkout = checkout_of(order.publication_id) if order is not None and order.publication_id else None
    if order is None or checkout is None:
        raise CheckoutError("no such order")
    try:
        claims = token_read(_key(checkout), token, timezone.now())
    except TokenWrongError as error:
        raise CheckoutError(str(error)) from error
    agreed = (order.currency, amount_text(order.total, order.currency))
    payment = claims.get("payment")
    if claims.get("type") != "payment" or payment not in PAYMENTS:
        raise CheckoutError("it says nothing of a payment")
    if (claims.get("currency"), claims.get("total")) != agreed:
        raise CheckoutError("another amount")
    if order.payment != "paid":
        order_payment_set(by=None, order=order, payment=str(payment), reference=str(claims.get("reference") or ""))
    return order


def _named(token: str) -> str:
    """The order that a token names, before it is known whose it is: its secret hangs on the order."""
    try:
        payload = token.split(".")[1]
        return str(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))["order"])[:12]
    except (ValueError, LookupError, TypeError):
        return ""


def _cart(edition: Edition, offer: Offer, language: str, back: str) -> dict[str, Any]:
    lines = [
        {
            "code": line.code,
            "name": line.product.name,
            "quantity": line.quantity,
            "price": amount_text(line.price, offer.currency),
            "amount": amount_text(line.amount, offer.currency),
            "tax": f"{line.product.tax.normalize():f}",
        }
        for line in offer.lines
        if line.product is not None and not line.obstacle
    ]
    if not lines:
        raise CheckoutError("nothing in it can be ordered")
    return {
        "type": "cart",
        "cart": new_id(),
        "publication": edition.publication.slug,
        "edition": edition.slug,
        "language": language,
        "currency": offer.currency,
        "total": amount_text(offer.total, offer.currency),
        "lines": lines,
        "back": back,
    }


def _posted(checkout: Checkout, body: bytes) -> bytes:
    identity, moment = new_id(), timezone.now()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"Masthead/{__version__}",
        "webhook-id": identity,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": signed_by(_key(checkout), identity, moment, body),
    }
    by = _rules()
    try:
        answer = request(resolved(place_of(checkout.shop_address, by), by), by, "POST", body=body, headers=headers)
    except (CallRefusedError, OSError, http.client.HTTPException) as error:
        raise CheckoutError(f"{type(error).__name__}: {error}"[:200]) from error
    if not 200 <= answer.status < 300:
        raise CheckoutError(f"status {answer.status}")
    return answer.body


def _with(address: str, name: str, token: str) -> str:
    if len(token) > _LONGEST_TOKEN:
        raise CheckoutError("too much for an address; let the server send it")
    return f"{address}{'&' if '?' in address else '?'}{name}={token}"


def _rules() -> Rules:
    allowed = hosts_in(settings.MASTHEAD.feed_hosts)
    return Rules(seconds=_SECONDS, answer_bytes=_ANSWER_BYTES, is_secure_only=True, allowed_hosts=allowed)


def _address(text: str, field: str) -> str:
    address = text.strip()
    if not address:
        return ""
    try:
        place_of(address, _rules())
    except CallRefusedError as error:
        raise ProductAddressError(str(error), field=field) from error
    if len(address) > _LONGEST or "#" in address:
        raise ProductAddressError(address[:80], field=field)
    return address


def _key(checkout: Checkout) -> bytes:
    return salted_hmac(_SALT, f"{checkout.publication_id}/{checkout.turn}", algorithm="sha256").digest()
