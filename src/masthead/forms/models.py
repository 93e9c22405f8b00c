"""Rows of forms and of what readers answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from masthead.accounts.ids import new_id
from masthead.forms.shape import Field, Placement, fields_parsed, in_language

_PLACEMENTS = [(placement.value, placement.value) for placement in Placement]


class Form(models.Model):
    """A form of a publication. Its fields and words are kept whole: they are read together and changed together."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publication = models.ForeignKey("library.Publication", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)  # for staff
    languages = models.JSONField(default=list)  # the first is the main one
    texts = models.JSONField(default=dict)  # by language: title, intro, button, thanks
    fields = models.JSONField(default=list)  # `shape.Field`, in their order
    retired = models.JSONField(default=list)  # fields that were removed: answers to them are still there
    placement = models.CharField(max_length=12, choices=_PLACEMENTS, default=Placement.GATE.value)
    page = models.PositiveIntegerField(default=1)  # 1-based; what a gate closes first, or where it is asked
    is_everywhere = models.BooleanField(default=True)  # in all editions of the publication
    editions = models.ManyToManyField("library.Edition", related_name="+", blank=True)  # else in these
    is_on = models.BooleanField(default=False)
    round = models.PositiveIntegerField(default=1)  # grows when everybody shall be asked again
    days = models.PositiveIntegerField(default=365)  # for which a gate stays open to whoever filled it in
    keeps_days = models.PositiveIntegerField(default=365)  # after which answers are erased
    confirms_email = models.BooleanField(default=False)  # by six digits
    domains = models.JSONField(default=list)  # of e-mail addresses that are taken; none: all
    denied_domains = models.JSONField(default=list)
    notify = models.JSONField(default=list)  # addresses of the publisher that hear of each answer
    version = models.PositiveIntegerField(default=1)  # grows with every change
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-is_on", "name", "created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def questions(self) -> tuple[Field, ...]:
        """Its fields."""
        return fields_parsed(self.fields)

    @property
    def removed_questions(self) -> tuple[Field, ...]:
        """Fields that it had."""
        return fields_parsed(self.retired)

    def text(self, name: str, language: str) -> str:
        """One of its texts in a language, else in its main one."""
        return in_language({code: self.texts.get(code, {}).get(name, "") for code in self.languages}, language)

    def language_for(self, language: str) -> str:
        """The language in which it is shown to somebody who reads this one."""
        return language if language in self.languages else self.languages[0] if self.languages else "en"


class Answer(models.Model):
    """What somebody answered. It names nobody but by what they typed."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    form = models.ForeignKey("forms.Form", on_delete=models.CASCADE, related_name="answers")
    edition = models.ForeignKey("library.Edition", null=True, on_delete=models.SET_NULL, related_name="+")
    page = models.PositiveIntegerField(default=1)  # from which it was sent
    key = models.CharField(max_length=64)  # of one sending: whoever sends it again gets the same answer
    content = models.CharField(max_length=64)  # SHA-256 of what was sent under it
    values = models.JSONField(default=dict)  # by field: text, or a list of texts
    consents = models.JSONField(default=list)  # field, wording as it was shown, its version and language
    email = models.CharField(max_length=254, blank=True)  # the first address in it, in small letters
    words = models.TextField(blank=True)  # all of it in small letters, to be searched
    language = models.CharField(max_length=12, default="en")  # in which it was filled in
    is_complete = models.BooleanField(default=True)  # if not, the six digits are still asked for
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["form", "key"], name="one_form_answer_a_key")]
        indexes: ClassVar = [
            models.Index(fields=["form", "-created_at"]),
            models.Index(fields=["email"], condition=~Q(email=""), name="answers_by_email"),
        ]

    def __str__(self) -> str:
        return self.pk
