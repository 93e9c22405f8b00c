"""A shop beside Masthead, as small as it can be: takes carts over, and lets orders be paid. Needs only Python.

    MASTHEAD_SECRET=whsec_… python shop.py 8400

Set the publication's checkout to http://127.0.0.1:8400/carts and its payment page to http://127.0.0.1:8400/pay.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

CARTS: dict[str, dict[str, Any]] = {}


class WrongError(Exception):
    """What came was not signed with our secret, or is too old."""


def key() -> bytes:
    """The secret as bytes."""
    return base64.b64decode(os.environ["MASTHEAD_SECRET"].removeprefix("whsec_"))


def verified(headers: Any, body: bytes) -> dict[str, Any]:
    """A cart that Masthead's server sent, by the Standard Webhooks scheme. Raises WrongError."""
    moment = headers.get("webhook-timestamp", "")
    signed = f"{headers.get('webhook-id', '')}.{moment}.".encode() + body
    wanted = "v1," + base64.b64encode(hmac.digest(key(), signed, "sha256")).decode()
    given = headers.get("webhook-signature", "").split()
    if not moment.isdecimal() or abs(time.time() - int(moment)) > 300:
        raise WrongError("too old")
    if not any(hmac.compare_digest(wanted, one) for one in given):
        raise WrongError("not signed with our secret")
    return dict(json.loads(body))


def token_read(token: str) -> dict[str, Any]:
    """What a token from Masthead claims (a JWT with HS256). Raises WrongError."""
    said, _, given = token.rpartition(".")
    wanted = _packed(hmac.new(key(), said.encode(), hashlib.sha256).digest())
    if not hmac.compare_digest(wanted, given):
        raise WrongError("not signed with our secret")
    claims: dict[str, Any] = json.loads(_unpacked(said.split(".")[1]))
    if claims["exp"] < time.time():
        raise WrongError("too old")
    return claims


def token_made(claims: dict[str, Any]) -> str:
    """A token for Masthead, good for an hour."""
    head = {"alg": "HS256", "typ": "JWT"}
    claims = {**claims, "exp": int(time.time()) + 3600}
    said = ".".join(_packed(json.dumps(part).encode()) for part in (head, claims))
    return f"{said}.{_packed(hmac.new(key(), said.encode(), hashlib.sha256).digest())}"


def _packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def cart_page(cart: dict[str, Any]) -> str:
    """What somebody sees of a cart that was handed over."""
    rows = "".join(
        f"<tr><td>{html.escape(line['name'])}<td>{line['quantity']}<td>{line['amount']}" for line in cart["lines"]
    )
    total = f"{cart['total']} {cart['currency']}"
    way_back = f"<p><a href='{html.escape(cart['back'])}'>Back to the pages</a>"
    return f"<h1>Your cart at the shop</h1><table>{rows}</table><p>Total: {total}</p>{way_back}"


def pay_page(token: str) -> str:
    """Where a card would be asked for."""
    order = token_read(token)
    asked = f"<h1>Pay order {order['number']}</h1><p>{order['total']} {order['currency']}</p>"
    buttons = "<button name=payment value=paid>Pay</button> <button name=payment value=failed>Cancel</button>"
    return f"{asked}<form method=post action=/pay><input type=hidden name=order value='{token}'>{buttons}</form>"


class Handler(BaseHTTPRequestHandler):
    """The shop's four addresses."""

    def do_POST(self) -> None:
        """A cart from Masthead's server, or somebody who has paid."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            if self.path == "/carts":
                cart = verified(self.headers, body)
                CARTS[cart["cart"]] = cart
                told = {"address": f"http://{self.headers['Host']}/carts/{cart['cart']}"}
                self._answer(json.dumps(told), kind="application/json")
            elif self.path == "/pay":
                said = {name: values[0] for name, values in parse_qs(body.decode()).items()}
                order = token_read(said["order"])
                told = {name: order[name] for name in ("order", "currency", "total")}
                told |= {"type": "payment", "payment": said["payment"], "reference": f"demo-{order['number']}"}
                back = order["back"] + ("&" if "?" in order["back"] else "?") + "token=" + token_made(told)
                self._answer("", 303, location=back)
            else:
                self._answer("Not here", 404)
        except (WrongError, ValueError, KeyError) as error:
            self._answer(html.escape(str(error)), 403)

    def do_GET(self) -> None:
        """A cart that came, by its id or as a token; the page where one pays."""
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        try:
            if parts.path.startswith("/carts/"):
                self._answer(cart_page(CARTS[parts.path.removeprefix("/carts/")]))
            elif parts.path == "/carts":
                self._answer(cart_page(token_read(asked["cart"])))
            elif parts.path == "/pay":
                self._answer(pay_page(asked["order"]))
            else:
                self._answer("Not here", 404)
        except (WrongError, ValueError, KeyError) as error:
            self._answer(html.escape(str(error)), 403)

    def _answer(self, text: str, status: int = 200, kind: str = "text/html; charset=utf-8", location: str = "") -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 8400), Handler)
    sys.stdout.write(f"http://127.0.0.1:{server.server_address[1]}/\n")
    sys.stdout.flush()
    server.serve_forever()
