"""Rows of sharing: letters that wait, what was sent today, who wants no mail; links for recipients and their visits."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from masthead.accounts.ids import new_id


class Letter(models.Model):
    """A mail that somebody wrote and has not confirmed yet. It is gone when it was sent, and after a day."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    edition = models.ForeignKey("library.Edition", on_delete=models.CASCADE, related_name="+")
    sender = models.EmailField()
    recipients = models.JSONField(default=list)  # addresses
    comment = models.TextField(blank=True)
    title = models.CharField(max_length=600)
    page = models.PositiveIntegerField()
    passage = models.CharField(max_length=40, blank=True)  # which words of the page, as an address names them
    address = models.TextField()  # absolute: what is shared
    origin = models.CharField(max_length=300)  # scheme and host of the house, for the links of the mail
    language = models.CharField(max_length=12)
    written_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"letter {self.pk}"


class Counted(models.Model):
    """One mail, under one of those whom it is counted for. Of addresses only hashes are kept, for a day."""

    who = models.CharField(max_length=64)  # a hash of what and whose, such as the sender's
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["who", "at"], name="sharing_who_when"), models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.who[:8]} {self.at:%H:%M}"


class Refusal(models.Model):
    """An address that never wants mail from here; only its hash is kept."""

    address = models.CharField(primary_key=True, max_length=64)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.address[:8]


class RecipientLink(models.Model):
    """A link to an edition that was made for somebody by name; what they read by it is kept if they agree."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    edition = models.ForeignKey("library.Edition", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    made_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(db_index=True)  # then the link and its visits are deleted
    ended_at = models.DateTimeField(null=True, blank=True)  # taken back: from then on nothing is kept by it

    class Meta:
        ordering: ClassVar = ["name", "made_at"]

    def __str__(self) -> str:
        return self.name


class RecipientVisit(models.Model):
    """One visit by such a link, begun with the recipient's yes."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    link = models.ForeignKey("sharing.RecipientLink", on_delete=models.CASCADE, related_name="visits")
    began_at = models.DateTimeField(default=timezone.now)
    pages = models.JSONField(default=dict)  # seconds by the page's number
    articles = models.JSONField(default=dict)  # seconds by the article's slug
    batches = models.JSONField(default=list)  # names of what was told last: told twice, it counts once

    class Meta:
        ordering: ClassVar = ["-began_at"]

    def __str__(self) -> str:
        return f"{self.link_id} {self.began_at:%Y-%m-%d %H:%M}"
