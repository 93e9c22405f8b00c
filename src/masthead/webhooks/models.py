"""Rows of webhooks: who outside of the house wants to know what. What was told to them lies in the outbox."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from masthead.accounts.ids import new_id


class Webhook(models.Model):
    """An address that is told what happens in a house."""

    class Pause(models.TextChoices):
        """Why nothing is sent."""

        BY_HAND = "by_hand"
        FAILING = "failing"  # for days nothing arrived
        GONE = "gone"  # the receiver said 410: it wants nothing any more

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publisher = models.ForeignKey("accounts.Publisher", on_delete=models.CASCADE, related_name="webhooks")
    made_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=500)
    events = models.JSONField(default=list, blank=True)  # empty: all
    publications = models.JSONField(default=list, blank=True)  # ids; empty: all
    turn = models.PositiveIntegerField(default=0)  # how often its secret was made anew
    turned_at = models.DateTimeField(null=True, blank=True)  # for a day from then on the old secret signs too
    paused_at = models.DateTimeField(null=True, blank=True)
    pause = models.CharField(max_length=12, choices=Pause.choices, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)  # the last time that something did
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name
