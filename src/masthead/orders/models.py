"""Rows of products, which readers of a publication can order, and of the orders that they sent."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from masthead.accounts.ids import new_id


class Product(models.Model):
    """One product of a publication, known by its code. What can be ordered is `minimum`, and from there in `step`s."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publication = models.ForeignKey("library.Publication", on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=60)  # as it is printed
    key = models.CharField(max_length=120)  # the code as codes are compared: whatever its capitals
    name = models.CharField(max_length=200)
    description = models.CharField(max_length=2000, blank=True)
    price = models.DecimalField(max_digits=13, decimal_places=3, null=True, blank=True)  # of one; None: on request
    currency = models.CharField(max_length=3, blank=True)  # ISO 4217
    tax = models.DecimalField(max_digits=5, decimal_places=2, default=0)  # percent that the price contains
    pack_size = models.PositiveIntegerField(default=1, validators=[MinValueValidator(1)])  # pieces in one
    minimum = models.PositiveIntegerField(default=1, validators=[MinValueValidator(1)])
    step = models.PositiveIntegerField(default=1, validators=[MinValueValidator(1)])
    stock = models.PositiveIntegerField(null=True, blank=True)  # None: nobody counts it
    address = models.CharField(max_length=2000, blank=True)  # in the publisher's own shop
    group = models.CharField(max_length=60, blank=True)  # shared by products that are one in several options
    option = models.CharField(max_length=120, blank=True)  # which of them it is, such as "Size L, blue"
    picture = models.CharField(max_length=120, blank=True)  # its name in the storage of files
    picture_address = models.CharField(max_length=2000, blank=True)  # where a list says that its picture is
    picture_fetched = models.CharField(max_length=2000, blank=True)  # the address that was asked for it last
    is_fed = models.BooleanField(default=False)  # it came by the feed, and goes when it is not in it any more
    is_gone = models.BooleanField(default=False)  # the feed has it no more: for that it is not offered
    is_offered = models.BooleanField(default=True)  # if not, readers do not see it, nor what opens it
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publication", "key"], name="one_product_a_code"),
            models.CheckConstraint(condition=Q(price__isnull=True) | Q(price__gte=0), name="a_price_is_not_negative"),
            models.CheckConstraint(condition=Q(price__isnull=True) | ~Q(currency=""), name="a_price_has_a_currency"),
            models.CheckConstraint(
                condition=Q(pack_size__gte=1, minimum__gte=1, step__gte=1), name="a_product_is_ordered_in_ones"
            ),
        ]

    @property
    def full_name(self) -> str:
        """Its name with the option that it is, as readers and orders have it."""
        return f"{self.name}, {self.option}"[:200] if self.option else self.name

    def __str__(self) -> str:
        return f"{self.code} {self.full_name}"


class OrderBook(models.Model):
    """Gives out the numbers of a publisher's orders: without gaps, each once. Its row is the lock of whoever orders."""

    publisher = models.OneToOneField("accounts.Publisher", on_delete=models.CASCADE, related_name="+")
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.publisher_id} {self.last}"


class Order(models.Model):
    """An order as it was sent. It stays as it was, whatever becomes of products, editions and accounts."""

    class Status(models.TextChoices):
        """How far staff are with it."""

        NEW = "new"
        CONFIRMED = "confirmed"
        IN_WORK = "in_work"
        SENT = "sent"
        DONE = "done"
        CANCELLED = "cancelled"

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publisher = models.ForeignKey("accounts.Publisher", on_delete=models.CASCADE, related_name="+")
    publication = models.ForeignKey("library.Publication", null=True, on_delete=models.SET_NULL, related_name="+")
    edition = models.ForeignKey("library.Edition", null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    number = models.PositiveBigIntegerField()
    key = models.CharField(max_length=64)  # of one sending: whoever sends it again gets the same order
    content = models.CharField(max_length=64)  # SHA-256 of what was sent under it
    particulars = models.JSONField(default=dict)  # who ordered, and where it goes
    currency = models.CharField(max_length=3)
    total = models.DecimalField(max_digits=16, decimal_places=3)
    language = models.CharField(max_length=12, default="en")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.NEW)
    note = models.TextField(blank=True)  # for staff alone
    payment = models.CharField(max_length=12, blank=True)  # what the payment provider said: "", asked, paid, failed
    payment_reference = models.CharField(max_length=120, blank=True)  # what the provider calls it
    erase_asked_at = models.DateTimeField(null=True, blank=True)  # the person is to go as soon as it is settled
    erased_at = models.DateTimeField(null=True, blank=True)  # since when it does not say who ordered
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        indexes: ClassVar = [
            models.Index(fields=["publisher", "-created_at"], name="orders_by_day"),
            models.Index(fields=["person"], name="orders_of_a_person"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publisher", "number"], name="one_order_a_number"),
            models.UniqueConstraint(fields=["publisher", "key"], name="one_order_a_key"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class OrderLine(models.Model):
    """What was ordered at which price, as the product was then."""

    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey("orders.Product", null=True, on_delete=models.SET_NULL, related_name="+")
    edition = models.ForeignKey(
        "library.Edition", null=True, on_delete=models.SET_NULL, related_name="+"
    )  # chosen there
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    quantity = models.PositiveIntegerField()
    price = models.DecimalField(max_digits=13, decimal_places=3)
    amount = models.DecimalField(max_digits=16, decimal_places=3)
    tax = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return f"{self.quantity} {self.code}"


class PriceList(models.Model):
    """Other prices for some customers of a publication: everybody, holders of subscriptions, addresses of domains."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publication = models.ForeignKey("library.Publication", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    is_for_all = models.BooleanField(default=False)
    subscriptions = models.ManyToManyField("access.Subscription", related_name="+", blank=True)
    domains = models.JSONField(default=list, blank=True)  # of confirmed e-mail addresses
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publication", "name"], name="one_price_list_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ListPrice(models.Model):
    """What one of a product costs in a price list, from a quantity on, in the currency of the product."""

    price_list = models.ForeignKey("orders.PriceList", on_delete=models.CASCADE, related_name="prices")
    product = models.ForeignKey("orders.Product", on_delete=models.CASCADE, related_name="+")
    least = models.PositiveIntegerField(default=1, validators=[MinValueValidator(1)])
    price = models.DecimalField(max_digits=13, decimal_places=3)

    class Meta:
        ordering: ClassVar = ["product", "least"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["price_list", "product", "least"], name="one_price_from_a_quantity"),
            models.CheckConstraint(condition=Q(price__gte=0, least__gte=1), name="a_list_price_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.least} {self.price}"


class ProductFeed(models.Model):
    """An address at which a publication's products stand, asked every few hours."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publication = models.OneToOneField("library.Publication", on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=2000)
    hours = models.PositiveSmallIntegerField(default=24)
    is_on = models.BooleanField(default=True)
    due_at = models.DateTimeField(null=True, blank=True)  # None: not by itself
    asked_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")  # for now
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due_at"], name="feeds_due")]

    def __str__(self) -> str:
        return self.address


class FeedRun(models.Model):
    """One time that a feed was asked: what came of it, or why nothing did."""

    feed = models.ForeignKey("orders.ProductFeed", on_delete=models.CASCADE, related_name="runs")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")  # None: its time
    problem = models.CharField(max_length=40, blank=True)  # the code of the error that ended it; "" for none
    detail = models.CharField(max_length=300, blank=True)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)
    problems = models.PositiveIntegerField(default=0)
    rows = models.JSONField(default=list)  # of those that could not be taken the first: number, code, field, what, why

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"{self.at} {self.problem}"


class Checkout(models.Model):
    """Where a publication's carts and orders go on: the shop's own checkout, or a payment provider's page."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publication = models.OneToOneField("library.Publication", on_delete=models.CASCADE, related_name="+")
    shop_address = models.CharField(max_length=500, blank=True)  # carts go there; "" for orders of our own
    shop_way = models.CharField(max_length=12, default="post")  # post: by the server; redirect: with the reader
    payment_address = models.CharField(max_length=500, blank=True)  # who ordered goes on there; "" for none
    turn = models.PositiveIntegerField(default=1)  # counts up for another secret

    def __str__(self) -> str:
        return self.publication_id


class OrderForm(models.Model):
    """What a publication asks of those who order, or one edition otherwise; what is not in `settings` is inherited."""

    publication = models.ForeignKey("library.Publication", on_delete=models.CASCADE, related_name="+")
    edition = models.ForeignKey("library.Edition", null=True, on_delete=models.CASCADE, related_name="+")
    settings = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["publication"], condition=Q(edition__isnull=True), name="one_order_form_a_publication"
            ),
            models.UniqueConstraint(
                fields=["edition"], condition=Q(edition__isnull=False), name="one_order_form_an_edition"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.edition_id or ''}".strip()


class Cart(models.Model):
    """What somebody with an account has chosen from a publication's editions; `kept` is a `carts.Kept`."""

    publication = models.ForeignKey("library.Publication", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    kept = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publication", "person"], name="one_cart_a_person"),
        ]
        indexes: ClassVar = [models.Index(fields=["changed_at"], name="carts_by_age")]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.person_id}"
