"""Rows of safekeeping: what owners have asked to be taken out for them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from masthead.accounts.ids import new_id


class Leaving(models.Model):
    """Everything of a publisher as one file: asked for by an owner, made by the clock, there for some days."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting"
        RUNNING = "running"
        READY = "ready"
        FAILED = "failed"

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publisher = models.ForeignKey("accounts.Publisher", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    address = models.CharField(max_length=500)  # of the screen on which it is fetched, for the mail
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    held_until = models.DateTimeField(null=True, blank=True)  # by the process that makes it
    size = models.BigIntegerField(default=0)  # bytes
    missing = models.PositiveIntegerField(default=0)  # files that could not be read
    asked_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["publisher"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="one_leaving_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.publisher_id} {self.state}"

    @property
    def is_going(self) -> bool:
        """Whether it is still to come."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def path(self) -> str:
        """Where the file lies in the storage of files."""
        return f"leaving/{self.publisher_id}/{self.pk}.zip"
