"""Rows of overlays: each on its place, the files they show, and the steps that can be taken back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from masthead.accounts.ids import new_id
from masthead.document.overlays import OverlayKind

_KINDS = [(kind.value, kind.value) for kind in OverlayKind]


class Overlay(models.Model):
    """A thing that lies on a page of an edition, whatever its build. Its place is in fractions of the page."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    edition = models.ForeignKey("library.Edition", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=_KINDS)
    page = models.PositiveIntegerField()  # 1-based
    x = models.FloatField()
    y = models.FloatField()
    width = models.FloatField()
    height = models.FloatField()
    title = models.CharField(max_length=200)  # what screen readers call it
    particulars = models.JSONField(default=dict, blank=True)  # by kind, checked
    anchor = models.JSONField(default=dict, blank=True)  # the words under it; empty where there are none
    is_lost = models.BooleanField(default=False)  # its words are not in the current PDF: it waits for staff, unseen
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    removed_at = models.DateTimeField(null=True, blank=True)  # kept for taking it back

    class Meta:
        ordering: ClassVar = ["page", "y", "x", "created_at"]
        indexes: ClassVar = [models.Index(fields=["edition", "page"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(x__gte=0, y__gte=0, width__gt=0, height__gt=0, page__gte=1), name="overlay_has_an_area"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class OverlayFile(models.Model):
    """A picture, film, sound or caption track that overlays of an edition show; kept once under its content."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    edition = models.ForeignKey("library.Edition", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)  # by its content, with the ending of its kind
    kind = models.CharField(max_length=12)  # picture, video, audio, captions
    label = models.CharField(max_length=255)  # the file's own name, for people
    size = models.BigIntegerField()  # bytes
    width = models.PositiveIntegerField(default=0)  # pixels, of pictures
    height = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "name"], name="one_overlay_file_a_name")]

    def __str__(self) -> str:
        return self.label

    @property
    def path(self) -> str:
        """Where it lies in the storage."""
        return f"overlays/{self.edition_id}/{self.name}"


class OverlayStep(models.Model):
    """One change that somebody made in the page editor, which they can take back and make again."""

    edition = models.ForeignKey("library.Edition", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    overlay = models.CharField(max_length=12)
    before = models.JSONField(null=True)  # how it was; null: it was not there
    after = models.JSONField(null=True)
    is_undone = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index(fields=["edition", "by"])]

    def __str__(self) -> str:
        return f"{self.overlay} {self.at}"
