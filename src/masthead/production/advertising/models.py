"""Rows about advertisements: what staff were told of dead links in them, and what they said is none."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q


class AdvertisementAlarm(models.Model):
    """A link in an advertisement of a live edition that was found dead, and of which staff were told: once."""

    overlay = models.ForeignKey("production.Overlay", on_delete=models.CASCADE, related_name="+")
    address = models.TextField()
    raised_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["raised_at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["overlay", "address"], name="one_alarm_a_link")]

    def __str__(self) -> str:
        return f"{self.overlay_id} {self.address}"


class AdvertisementRefusal(models.Model):
    """A place that a build takes for an advertisement and staff do not: it is not proposed again."""

    edition = models.ForeignKey("library.Edition", on_delete=models.CASCADE, related_name="+")
    page = models.PositiveIntegerField()  # 1-based
    x = models.FloatField()
    y = models.FloatField()
    width = models.FloatField()
    height = models.FloatField()
    words = models.CharField(max_length=400, blank=True)  # the first ones in it: by them it is known on another page
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["page", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(x__gte=0, y__gte=0, width__gt=0, height__gt=0, page__gte=1), name="refusal_has_an_area"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page} {self.words[:40]}"
