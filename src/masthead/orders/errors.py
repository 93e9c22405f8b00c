"""What can be wrong with products, each at its field, and with orders."""

from __future__ import annotations

from collections.abc import Mapping

from masthead.document.errors import MastheadError


class ProductInvalidError(MastheadError):
    """A product cannot be kept as it was described."""

    code = "product_invalid"
    sentence = "This product cannot be kept."
    hint = "Look at what is marked."
    exit_status = 200

    def __init__(self, detail: str = "", field: str = "") -> None:
        super().__init__(detail)
        self.field = field


class ProductCodeError(ProductInvalidError):
    """It has no code by which it could be ordered."""

    code = "product_code"
    sentence = "The product has no code, or one of more than 60 characters."
    hint = "Write the code under which it is ordered."
    exit_status = 201


class ProductNameError(ProductInvalidError):
    """Nobody could say what it is."""

    code = "product_name"
    sentence = "The product has no name, or one of more than 200 characters."
    hint = "Say in a few words what it is."
    exit_status = 202


class ProductPriceError(ProductInvalidError):
    """What was typed is no amount of this currency."""

    code = "product_price"
    sentence = "This is not a price in its currency."
    hint = "Write it with digits and a point, such as 24.50, with no more digits after it than the currency has."
    exit_status = 203


class ProductCurrencyError(ProductInvalidError):
    """No such currency."""

    code = "product_currency"
    sentence = "There is no such currency."
    hint = "Write its three letters, such as EUR or USD."
    exit_status = 204


class ProductNumberError(ProductInvalidError):
    """What was typed is no whole number, or one that cannot be."""

    code = "product_number"
    sentence = "This is not a whole number that can be used here."
    hint = "Write it with digits: 1 or more, of a stock 0 or more."
    exit_status = 205


class ProductTaxError(ProductInvalidError):
    """What was typed is no rate of tax."""

    code = "product_tax"
    sentence = "This is not a rate of tax."
    hint = "Write the percent that the price contains, such as 19 or 5.5; leave it empty for none."
    exit_status = 206


class ProductTakenError(ProductInvalidError):
    """Two products of a publication with one code."""

    code = "product_taken"
    sentence = "Another product of this publication has this code."
    hint = "Change that one, or write another code."
    exit_status = 207


class ProductChangedError(ProductInvalidError):
    """It is not any more as the person saw it."""

    code = "product_changed"
    sentence = "Somebody else has changed this product meanwhile."
    hint = "Look at it as it is now, and change it again if it must be."
    exit_status = 208


class ProductAddressError(ProductInvalidError):
    """The address is none, or one that readers must not be led to."""

    code = "product_address"
    sentence = "Readers cannot follow this address to the product."
    hint = "Use a web address that begins with https://."
    exit_status = 209


class ProductDescriptionError(ProductInvalidError):
    """More than a card can show."""

    code = "product_description"
    sentence = "The description is too long."
    hint = "Shorten it to 2,000 characters."
    exit_status = 210


class ProductTwiceError(ProductInvalidError):
    """A list with one code in two rows."""

    code = "product_twice"
    sentence = "A row above has the same code."
    hint = "Keep one of the two."
    exit_status = 211


class ProductsUnreadableError(MastheadError):
    """A file that is no list of products."""

    code = "products_unreadable"
    sentence = "This file cannot be read as a list of products."
    hint = (
        "Save it as CSV or XLSX with the names of the columns in its first row, one of them Code; at most 20,000 rows."
    )
    exit_status = 212


class OrderChangedError(MastheadError):
    """What would be ordered is not what the person saw: a price, a stock, or whether it is offered."""

    code = "order_changed"
    sentence = "Prices or quantities have changed since you looked. Nothing was ordered."
    hint = "Look at the order as it is now, and send it if it is what you want."
    exit_status = 213


class OrderEmptyError(MastheadError):
    """Nothing in it can be ordered."""

    code = "order_empty"
    sentence = "There is nothing in this order."
    hint = "Choose something first."
    exit_status = 214


class OrderKeyError(MastheadError):
    """Under this key another order was sent."""

    code = "order_key"
    sentence = "This order was sent already, with something else in it."
    hint = "Begin a new order."
    exit_status = 215


class OrderStatusError(MastheadError):
    """The order is not where the person saw it, or cannot go where they want it."""

    code = "order_status"
    sentence = "The order cannot get this status now."
    hint = "Look at it as it is: somebody may have changed it meanwhile, or what it orders is sold out since."
    exit_status = 225


class PriceListInvalidError(MastheadError):
    """A price list cannot be kept as it was described."""

    code = "price_list_invalid"
    sentence = "The price list cannot be kept like this."
    hint = "Give it a name that no other list of the publication has, and write domains such as example.org."
    exit_status = 226

    def __init__(self, detail: str = "", field: str = "") -> None:
        super().__init__(detail)
        self.field = field


class ProductPictureError(ProductInvalidError):
    """The file is no picture that can be shown."""

    code = "product_picture"
    sentence = "This file cannot be shown as a picture."
    hint = "Use a JPEG, PNG or WebP picture of at most 10 MB."
    exit_status = 227


class FeedUnreadableError(MastheadError):
    """What the address of a feed gave is no list of products, or it gave nothing."""

    code = "feed_unreadable"
    sentence = "The feed could not be read. The products stay as they are."
    hint = "Look whether the address gives a list of products as CSV, XLSX, JSON or in the format of Google Merchant."
    exit_status = 228


class CheckoutError(MastheadError):
    """The shop, or the payment provider, cannot be handed to."""

    code = "checkout_failed"
    sentence = "The order cannot go on at the shop now."
    hint = "Try it again in a minute."
    exit_status = 229


class OrderFormError(MastheadError):
    """What was typed into the order form cannot be sent; `mistakes` has a sentence for each field."""

    code = "order_form"
    sentence = "Something in the order form is missing or cannot be used."
    hint = "Look at what is marked."
    exit_status = 216

    def __init__(self, mistakes: Mapping[str, str] | None = None) -> None:
        super().__init__(", ".join(mistakes or ()))
        self.mistakes = dict(mistakes or {})


class OrderingClosedError(MastheadError):
    """The edition takes no orders now."""

    code = "ordering_closed"
    sentence = "Nothing can be ordered from this edition just now."
    hint = "Ask the publisher, or look into a newer edition."
    exit_status = 217


class CartFullError(MastheadError):
    """More different products than an order can hold."""

    code = "cart_full"
    sentence = "The cart is full: it holds 100 different products."
    hint = "Order these first, or remove some."
    exit_status = 218


class OrdersToError(MastheadError):
    """Orders would go nowhere."""

    code = "orders_to"
    sentence = "There is no e-mail address to which orders could go."
    hint = "Write the address of whoever sees to orders."
    exit_status = 219

    def __init__(self, detail: str = "", field: str = "") -> None:
        super().__init__(detail)
        self.field = field


class CartUnreadableError(MastheadError):
    """A device told something about its cart that cannot be understood."""

    code = "cart_unreadable"
    sentence = "The cart could not be read."
    hint = "Load the page again."
    exit_status = 221
