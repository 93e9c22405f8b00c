"""Rows of what readers add: a notebook for each person and edition, and the annotations in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from masthead.accounts.ids import new_id


class Notebook(models.Model):
    """Everything that one person added to one edition. It alone gives out numbers, so that none is seen too late."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    owner = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    edition = models.ForeignKey("library.Edition", on_delete=models.CASCADE, related_name="+")
    sequence = models.PositiveBigIntegerField(default=0)  # of the latest change
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "edition"], name="one_notebook_each")]

    def __str__(self) -> str:
        return self.id


class Annotation(models.Model):
    """One bookmark, highlight, drawing or note as its devices agreed on it; without content once it was deleted."""

    notebook = models.ForeignKey(Notebook, on_delete=models.CASCADE, related_name="annotations")
    name = models.CharField(max_length=40)  # made by the device
    revision = models.PositiveIntegerField(default=1)  # counts the changes of this one
    sequence = models.PositiveBigIntegerField()  # orders the changes of the notebook
    content = models.JSONField(null=True)  # by schema/annotation-1.json
    is_deleted = models.BooleanField(default=False)  # then there is no content
    build = models.CharField(max_length=40, blank=True)  # in which it is placed
    applied = models.JSONField(default=dict)  # the last change that was taken, by device
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notebook", "name"], name="one_annotation_a_name"),
        ]
        indexes: ClassVar = [models.Index(fields=["notebook", "sequence"])]

    def __str__(self) -> str:
        return self.name
