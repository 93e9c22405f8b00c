"""Rows of rights to read that are given to somebody."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from masthead.accounts.ids import new_id


class ProofLink(models.Model):
    """Whoever has the link may read one edition, whatever its state, until a time or until it is taken back."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    edition = models.ForeignKey("library.Edition", on_delete=models.CASCADE, related_name="proof_links")
    name = models.CharField(max_length=120)  # whom it is for
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0)
    last_opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.name
