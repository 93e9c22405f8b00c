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

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class OrderBook(models.Model):
    """Gives out the numbers of a publisher's orders: without gaps, each once. Its row is the lock of whoever orders."""

    publisher = models.OneToOneField("accounts.Publisher", on_delete=models.CASCADE, related_name="+")
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.publisher_id} {self.last}"


class Order(models.Model):
    """An order as it was sent. It stays as it was, whatever becomes of products, editions and accounts."""

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
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-number"]
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
    """What somebody with an account has chosen from an edition; `kept` is a `carts.Kept`."""

    edition = models.ForeignKey("library.Edition", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    kept = models.JSONField(default=dict)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "person"], name="one_cart_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.person_id}"
