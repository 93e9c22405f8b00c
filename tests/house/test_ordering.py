"""Ordering over HTTP without a script: the cart, the form, the order; for whoever may read, and for nobody else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.access.people import set_terms
from tests.cast import Cast, signed_in
from tests.orders.selling import BELL, RITA, ROPE, TO, filled, hidden_of, selling_edition
from tests.production.overlays.laying import lay

from masthead.accounts.selectors import User
from masthead.document.overlays import OverlayKind
from masthead.library.selectors import Edition
from masthead.library.services import edition_withdraw
from masthead.orders.asking import asked_change
from masthead.orders.carts import cart_of
from masthead.orders.selectors import Order, Product
from masthead.orders.services import product_change, product_create
from masthead.outbox.selectors import Message

HOME = "/fathom/no-1"


@pytest.fixture
def live(cast: Cast, data: Path, settings: Any) -> Edition:
    settings.EMAIL_BACKEND = "masthead.outbox.mail.Backend"
    return selling_edition(cast, data)


def add(client: Client, code: str, quantity: str) -> Any:
    return client.post(f"{HOME}/product?code={code}", {"quantity": quantity, "change": f"once-{code}-{quantity}"})


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(f"{HOME}/{path}")
    assert answer.status_code == status, path
    said: str = answer.content.decode()
    return said


def reprice(cast: Cast, said: dict[str, str], **changed: str) -> None:
    row = Product.objects.get(code=said["code"])
    row.publication = cast.fathom
    product_change(by=cast.shop, product=row, said={**said, **changed}, is_offered=True)


def test_from_the_page_to_the_order(live: Edition) -> None:
    client = Client()
    assert f'cart="{HOME}/cart"' in text(client, "page/1")
    assert f'href="{HOME}/product?code=RO-1"' in text(client, "page/1")
    assert "There are no items in your cart" in text(client, "cart")
    assert "€3.20" in text(client, "product?code=ro-1")
    assert add(client, "RO-1", "4")["Location"] == f"{HOME}/cart"
    add(client, "RO-1", "4")  # the same form once more: it is in the cart once
    add(client, "BE-2", "5")
    cart = text(client, "cart")
    assert ("€12.80" in cart, "€512.80" in cart, "with 19 % tax: €2.04" in cart) == (True, True, True)
    form = text(client, "order")
    assert 'autocomplete="billing postal-code"' in form
    answer = client.post(f"{HOME}/order", filled(form))
    assert answer.status_code == 303
    order = Order.objects.get()
    assert (order.number, str(order.total), order.particulars["billing_city"]) == (1, "512.800", "Hamburg")
    page = client.get(answer["Location"])
    assert b"Your order has arrived. Its number is 1." in page.content
    assert page["Cache-Control"] == "private, no-store"
    assert "There are no items in your cart" in text(client, "cart")
    mails = {json.loads(one.body)["to"][0]: json.loads(one.body) for one in Message.objects.filter(kind="mail")}
    assert set(mails) == {RITA["email"], TO}
    assert mails[TO]["reply_to"] == [RITA["email"]]
    assert mails[RITA["email"]]["reply_to"] == [TO]
    assert answer["Location"] in mails[RITA["email"]]["body"]
    assert answer["Location"] not in mails[TO]["body"]
    html = mails[TO]["alternatives"][0][0]
    assert all(word in html for word in ("Rope", "€512.80", "Quay 1", "20457 Hamburg", "Germany"))


def test_the_form_sent_twice_is_one_order(live: Edition) -> None:
    client = Client()
    add(client, "RO-1", "4")
    said = filled(text(client, "order"))
    first, again = (client.post(f"{HOME}/order", said) for _ in range(2))
    assert first["Location"] == again["Location"]
    assert Order.objects.count() == 1
    changed = client.post(f"{HOME}/order", {**said, "note": "And hurry"})
    assert changed.status_code == 409
    assert first["Location"] in changed.content.decode()
    assert Order.objects.count() == 1


def test_each_mistake_is_named_at_its_field_and_nothing_is_lost(live: Edition) -> None:
    client = Client()
    add(client, "RO-1", "4")
    wrong = filled(
        text(client, "order"), name="", email="rita@", billing_postcode="2045", phone="call me", note="Ring <b>"
    )
    answer = client.post(f"{HOME}/order", wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    for name, sentence in {
        "name": "Write your name.",
        "email": "This is not an e-mail address.",
        "phone": "This is not a phone number",
        "billing_postcode": "This is not a postcode of Germany, such as",
    }.items():
        at = re.search(rf'id="order-{name}-mistake">([^<]*)<', page)
        assert at is not None, name
        assert sentence in at[1]
        assert f'href="#order-{name}"' in page
    assert 'value="rita@"' in page
    assert "Ring &lt;b&gt;" in page
    assert not Order.objects.exists()
    assert 'value="rita@"' in text(client, "order"), "what was typed is there when one comes back"
    states = filled(page, billing_country="US", billing_postcode="94043", billing_city="Mountain View")
    assert "Write the state or province." in client.post(f"{HOME}/order", states).content.decode()
    assert client.post(f"{HOME}/order", {**states, "billing_state": "California"}).status_code == 303


def test_what_changed_is_shown_and_confirmed(cast: Cast, live: Edition) -> None:
    client = Client()
    add(client, "RO-1", "4")
    add(client, "BE-2", "2")
    said = filled(text(client, "order"), note="Ring twice")
    reprice(cast, ROPE, price="4.00")
    answer = client.post(f"{HOME}/order", said)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Prices or stock have changed since you looked." in page
    assert re.search(r"<s [^>]*>.*€12\.80.*</s>", page)
    assert ("€16.00" in page, "Ring twice" in page) == (True, True)
    assert not Order.objects.exists()
    reprice(cast, BELL, price="100", stock="0")
    page = client.post(f"{HOME}/order", {**said, **hidden_of(page)}).content.decode()
    assert "What cannot be ordered any more is left out." in page
    assert client.post(f"{HOME}/order", {**said, **hidden_of(page)}).status_code == 303
    assert [line.code for line in Order.objects.get().lines.all()] == ["RO-1"]


def test_the_cart_says_what_cannot_be_ordered(live: Edition) -> None:
    client = Client()
    add(client, "BE-2", "3")
    cart = text(client, "cart")
    assert "Order 2, or more in steps of 3." in cart
    assert client.get(f"{HOME}/order")["Location"] == f"{HOME}/cart"
    wrong = client.post(f"{HOME}/cart", {"key": "be-2", "quantity": "five"})
    assert (wrong.status_code, b'value="five"' in wrong.content) == (422, True)
    assert client.post(f"{HOME}/cart", {"key": "be-2", "quantity": "٥", "order": "yes"})["Location"] == f"{HOME}/order"
    add(client, "RO-1", "1")
    sheet = client.get(f"{HOME}/cart.csv").content.decode()
    assert "BE-2,Bell,5,100.00,500.00,EUR" in sheet
    client.post(f"{HOME}/cart", {"key": ["be-2", "ro-1"], "quantity": ["5", "1"], "remove": "be-2"})
    assert "Bell" not in text(client, "cart")
    client.post(f"{HOME}/cart", {"key": "ro-1", "quantity": "1", "clear": "yes"})
    assert "There are no items in your cart" in text(client, "cart")


def test_the_cart_goes_along_when_somebody_signs_in(cast: Cast, live: Edition) -> None:
    phone, desk = Client(), signed_in(cast.reader)
    add(desk, "BE-2", "2")
    add(phone, "RO-1", "3")
    phone.force_login(cast.reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    for _ in range(2):
        text(phone, "cart")
    kept = cart_of(cast.reader, cast.fathom.pk)
    assert kept is not None
    assert dict(kept.lines) == {"be-2": 2, "ro-1": 3}
    assert "Rope" in text(desk, "cart")
    answer = desk.post(f"{HOME}/order", filled(text(desk, "order")))
    assert answer.status_code == 303
    assert "There are no items in your cart" in text(phone, "cart")
    mine = phone.get("/account/orders").content.decode()
    assert ("Order 1" in mine, answer["Location"] in mine) == (True, True)
    add(phone, "RO-1", "1")
    assert 'value="Quay 1"' in text(phone, "order"), "nothing is typed twice"
    assert "No orders yet" in signed_in(cast.editor).get("/account/orders").content.decode()


def told(client: Client, **said: Any) -> dict[str, Any]:
    answer = client.post(f"{HOME}/cart.json", json.dumps(said), content_type="application/json")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_devices_agree_with_the_house_about_the_cart(cast: Cast, live: Edition) -> None:
    one, other = signed_in(cast.reader), signed_in(cast.reader)
    change = {"id": "change-one", "deed": "add", "code": "RO-1", "quantity": 2}
    first = told(one, changes=[change])
    assert told(one, changes=[change])["lines"][0]["quantity"] == 2, "sent again because the answer was lost"
    second = told(other, changes=[{**change, "id": "change-two"}], cart=first["cart"], account=True)
    assert (second["lines"][0]["quantity"], second["total"], second["account"]) == (4, "€12.80", True)
    assert one.get(f"{HOME}/cart.json").json()["lines"] == second["lines"]
    stranger = Client()
    alone = told(stranger, cart="forgotten", lines=[["RO-1", 2], ["none", 1]])
    assert [line.get("trouble", "") for line in alone["lines"]] == [
        "",
        "This cannot be ordered any more. Remove it to go on.",
    ]
    assert len(told(stranger, cart="forgotten", lines=[["RO-1", 2], ["none", 1]])["lines"]) == 2
    for wrong in ("", "[]", '{"changes": [1]}', '{"lines": 3}', '{"changes": [{"id": "short"}]}'):
        answer = one.post(f"{HOME}/cart.json", wrong, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (400, "cart_unreadable"), wrong
    full = one.post(
        f"{HOME}/cart.json",
        json.dumps({"changes": [{**change, "id": f"change-{at}", "code": f"X{at}"} for at in range(120)]}),
        content_type="application/json",
    )
    assert (full.status_code, full.json()["code"]) == (409, "cart_full")


PATHS = ("cart", "cart.json", "cart.csv", "order", "product?code=RO-1", "product?code=BE-2")


def test_nothing_is_sold_to_who_may_not_read(cast: Cast, live: Edition) -> None:
    customer = Client()
    add(customer, "BE-2", "2")
    sent = customer.post(f"{HOME}/order", filled(text(customer, "order")))["Location"]
    assert Client().get(sent).status_code == 200, "who has the address sees it"
    set_terms(cast, live, ways=["subscription"], free="1")
    client = Client()
    add(client, "BE-2", "2")
    for path in PATHS:
        body = client.get(f"{HOME}/{path}").content
        assert b"Bell" not in body, path
    assert add(client, "RO-1", "1").status_code == 303, "what lies on the free page can be ordered"
    priced = told(client, lines=[["BE-2", 2]])
    assert all(not line.get("name") for line in priced["lines"] if line["key"] == "be-2")
    forged = {**filled(text(customer, "cart")), "lines": json.dumps([["be-2", 2, "200"]]), "seal": "BE-2*2@200 200 EUR"}
    client.post(f"{HOME}/order", {**forged, "order": "forged-key"})
    assert Order.objects.count() == 1
    assert b"Bell" not in Client().get(sent).content
    set_terms(cast, live, ways=["subscription"])
    for path in PATHS:
        assert client.get(f"{HOME}/{path}").status_code == 403, path
    assert client.get(f"{HOME}/orders/guessed").status_code == 403


def test_own_orders_stay_with_their_customer(cast: Cast, live: Edition) -> None:
    client = signed_in(cast.reader)
    add(client, "RO-1", "1")
    sent = client.post(f"{HOME}/order", filled(text(client, "order")))["Location"]
    set_terms(cast, live, ways=["subscription"])
    assert client.get(sent).status_code == 200
    assert signed_in(cast.outsider).get(sent).status_code == 403
    set_terms(cast, live, ways=[])
    edition_withdraw(by=cast.owner, edition=live)
    assert Client().get(sent).status_code == 200
    assert Client().get(f"{HOME}/cart").status_code == 410
    assert Client().get(f"{sent[:-1]}{'a' if sent[-1] != 'a' else 'b'}").status_code == 410


def test_orders_are_taken_only_where_the_publisher_wants_them(cast: Cast, live: Edition) -> None:
    asked_change(by=cast.shop, of=live, said={"ordering": "no"})
    client = Client()
    assert "cart=" not in text(client, "page/1").split("<masthead-reader", 1)[1].split(">", 1)[0]
    for path in PATHS:
        assert client.get(f"{HOME}/{path}").status_code == 404, path


def test_staff_see_the_cart_of_what_is_not_live_and_order_nothing(cast: Cast, live: Edition) -> None:
    edition_withdraw(by=cast.owner, edition=live)
    staff = signed_in(cast.editor)
    add(staff, "RO-1", "1")
    assert "This edition is not live" in text(staff, "cart")
    form = text(staff, "order")
    assert "Send the order" not in form
    assert staff.post(f"{HOME}/order", filled(form)).status_code == 200
    assert not Order.objects.exists()


@pytest.mark.parametrize("who", ["owner", "editor", "shop", "outsider", "reader", "nobody"])
def test_who_may_say_what_the_form_asks(cast: Cast, live: Edition, who: str) -> None:
    person: User | None = cast.people()[who]
    for address in (f"/office/publications/{cast.fathom.pk}/ordering", f"/office/editions/{live.pk}/ordering"):
        allowed = who in ("owner", "shop")
        assert (signed_in(person).get(address).status_code == 200) is allowed, address


def test_the_form_asks_what_the_publisher_wants_and_editions_inherit_it(cast: Cast, live: Edition) -> None:
    sara = signed_in(cast.shop)
    office = f"/office/publications/{cast.fathom.pk}/ordering"
    said = {"ordering": "yes", "orders_to": TO, "phone": "required", "billing": "left_out", "company": "left_out"}
    nowhere = sara.post(office, {**said, "orders_to": ""})
    assert nowhere.status_code == 422
    assert "There is no e-mail address to which orders could go." in nowhere.content.decode()
    assert sara.post(office, {**said, "orders_to": "nobody"}).status_code == 422
    assert sara.post(office, said)["Location"] == office
    sara.post(f"/office/editions/{live.pk}/ordering", {"delivery": "required"})
    client = Client()
    add(client, "RO-1", "1")
    form = text(client, "order")
    assert ('name="company"' in form, 'name="billing_line1"' in form, 'name="delivery_line1"' in form) == (
        False,
        False,
        True,
    )
    answer = client.post(f"{HOME}/order", filled(form)).content.decode()
    assert ("Write a phone number" in answer, "Write the street" in answer) == (True, False)
    assert "Choose the country." in answer
    delivery = {name.replace("billing", "delivery"): value for name, value in RITA.items()}
    assert client.post(f"{HOME}/order", {**filled(form), **delivery, "phone": "+49 40 1234567"}).status_code == 303
    page = sara.get(f"/office/editions/{live.pk}/ordering").content.decode()
    assert "As the publication has it: Required" in page


def test_a_cart_from_a_frame_is_brought_along_once(cast: Cast, live: Edition) -> None:
    client = Client()
    add(client, "BE-2", "2")
    lines = json.dumps([["RO-1", 3]])
    page = client.get(f"{HOME}/cart", {"cart": "d-frame", "lines": lines}).content.decode()
    assert "€9.60" in page
    assert "Rope" not in text(client, "cart"), "a link alone puts nothing in"
    for _ in range(2):
        answer = client.post(f"{HOME}/cart", {"bring": "yes", "cart": "d-frame", "lines": lines})
        assert answer["Location"] == f"{HOME}/cart"
    assert 'value="3"' in text(client, "cart")
    for wrong in ("", "[", "[1]", json.dumps([["RO-1", -2]])):
        assert b"There are no items in your cart" in client.get(f"{HOME}/cart", {"lines": wrong}).content


def test_an_option_is_chosen(cast: Cast, live: Edition) -> None:
    coat = {"name": "Coat", "price": "90", "currency": "EUR", "group": "coat"}
    others = (("C-L", "L", {"price": "95", "minimum": "2"}), ("C-X", "XL", {"stock": "0"}))
    for code, option, more in (("C-M", "M", {}), *others):
        product_create(by=cast.shop, publication=cast.fathom, said={**coat, "code": code, "option": option, **more})
    lay(cast, live, OverlayKind.PRODUCT, page=1, code="C-M")
    client = Client()
    entries = client.get(f"{HOME}/overlays.json").json()["overlays"]
    entry = next(one for one in entries if one.get("code") == "C-M")
    assert [(one["option"], one["price"], one.get("minimum"), one.get("sold_out")) for one in entry["options"]] == [
        ("L", "95.00", 2, None),
        ("M", "90.00", None, None),
        ("XL", "90.00", None, True),
    ]
    assert add(client, "C-L", "2").status_code == 303, "it lies on no page itself, but is an option of what does"
    client.post(f"{HOME}/order", filled(text(client, "order")))
    line = Order.objects.get().lines.get()
    assert (line.code, line.name, str(line.amount)) == ("C-L", "Coat, L", "190.000")
