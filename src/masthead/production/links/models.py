"""Rows of links: what staff changed about those that were found, and whether the addresses answer."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class LinkChange(models.Model):
    """A found link that is switched off or leads elsewhere. It belongs to the edition, not to a build."""

    edition = models.ForeignKey("library.Edition", on_delete=models.CASCADE, related_name="+")
    page = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    target = models.TextField()  # as it was found
    text = models.CharField(max_length=300, blank=True)  # the words under it
    to = models.TextField(blank=True)  # where it leads instead; "": it is switched off
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["page", "pk"]

    def __str__(self) -> str:
        return f"{self.target} → {self.to or 'off'}"


class LinkRound(models.Model):
    """When the addresses of an edition were last gathered to be asked."""

    edition = models.OneToOneField("library.Edition", primary_key=True, on_delete=models.CASCADE, related_name="+")
    begun_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.edition_id} {self.begun_at}"


class LinkCheck(models.Model):
    """Whether one web address of an edition answers."""

    class State(models.TextChoices):
        """What is known of it."""

        WAITING = "waiting"  # it was never asked
        ALIVE = "alive"
        DEAD = "dead"  # the server says that it is not there, or there is no such server
        SILENT = "silent"  # no answer this time, or a fault of the server's: it is asked again
        CLOSED = "closed"  # it answers programs with a refusal; people may well get in
        REFUSED = "refused"  # it leads into a private network: it is never asked

    edition = models.ForeignKey("library.Edition", on_delete=models.CASCADE, related_name="+")
    address = models.TextField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    status = models.PositiveSmallIntegerField(default=0)  # of the last answer; 0: none
    moved_to = models.TextField(blank=True)  # where it led at last
    failures = models.PositiveSmallIntegerField(default=0)  # times without an answer, one after the other
    is_wanted = models.BooleanField(default=True)  # it shall be asked as soon as somebody can
    held_until = models.DateTimeField(null=True, blank=True)  # by the process that asks just now
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "address"], name="one_check_an_address")]
        indexes: ClassVar = [models.Index(fields=["is_wanted", "held_until"])]

    def __str__(self) -> str:
        return f"{self.address} {self.state}"
