"""Rows of products: what readers of a publication can order."""

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
