"""Rows of the outbox: each message that waits, and how it went. Rows are the truth: any process may die."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from masthead.accounts.ids import new_id


class Message(models.Model):
    """Something that shall arrive outside of the house. It is written in the transaction of what caused it."""

    class Kind(models.TextChoices):
        """How it leaves."""

        WEBHOOK = "webhook"
        MAIL = "mail"

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting"
        SENT = "sent"
        GIVEN_UP = "given_up"

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    publisher = models.ForeignKey("accounts.Publisher", null=True, on_delete=models.CASCADE, related_name="+")
    target = models.CharField(max_length=12, blank=True, db_index=True)  # the webhook's id, which lives a floor above
    event = models.CharField(max_length=60, blank=True)  # such as edition.published
    event_id = models.CharField(max_length=12, default=new_id)  # stays when it is sent again: who got it knows it
    subject = models.CharField(max_length=254, blank=True)  # what it is about, for people
    body = models.TextField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)  # of one that is being sent: when it counts as lost
    holder = models.CharField(max_length=12, blank=True)  # who sends it now
    status = models.PositiveSmallIntegerField(null=True, blank=True)  # of the last answer
    problem = models.CharField(max_length=20, blank=True)  # why there was none, or why it did not count
    answer = models.CharField(max_length=500, blank=True)  # the beginning of it
    tried_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]
        indexes: ClassVar = [models.Index(fields=["state", "due_at"]), models.Index(fields=["target", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.event} {self.state}"
