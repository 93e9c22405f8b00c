"""Rows of comments: what was said, what was reported, words and people that are held, and who is told by mail."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from masthead.accounts.ids import new_id


class State(models.TextChoices):
    """Where a comment stands."""

    UNCONFIRMED = "unconfirmed"  # its writer has not followed the link to their address yet
    WAITING = "waiting"  # for a moderator
    SHOWN = "shown"
    REJECTED = "rejected"
    REMOVED = "removed"  # by its writer; there as long as it has answers, without its words


class Comment(models.Model):
    """One comment. A thread is the first and its answers; an answer may be to another answer of the thread."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    edition = models.ForeignKey("library.Edition", on_delete=models.CASCADE, related_name="+")
    article = models.CharField(max_length=200, blank=True)  # its slug in the current build; "": the whole edition
    about = models.CharField(max_length=300, blank=True)  # the article's title when it was written
    quote = models.JSONField(default=dict, blank=True)  # how the article begins: by it, it is found in another build
    build = models.CharField(max_length=40, blank=True)  # in which the article was found, or looked for in vain
    thread = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    answers = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    author = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField(blank=True)  # of a guest; never shown
    name = models.CharField(max_length=50, blank=True)  # "" once its writer has left
    is_staff = models.BooleanField(default=False)  # written for the publisher
    text = models.TextField(blank=True)
    language = models.CharField(max_length=12, default="en")  # of the interface when it was written: for mails
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    why = models.JSONField(default=list, blank=True)  # what holds it: [kind, what] each
    wants_mail = models.BooleanField(default=False)  # about answers
    was_told = models.BooleanField(default=False)  # that it is there, to programs and moderators
    was_answer_told = models.BooleanField(default=False)  # to whom it answers
    origin = models.CharField(max_length=300, blank=True)  # scheme and host of the house, for the links of mails
    visitor = models.CharField(max_length=64, blank=True)  # a hash of the network address, for a day
    posted_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    touched_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["posted_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["edition", "article", "state", "posted_at"], name="comments_of_article"),
            models.Index(fields=["state", "posted_at"], name="comments_queue"),
            models.Index(fields=["visitor", "posted_at"], name="comments_of_visitor"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text[:40]}"


class Report(models.Model):
    """Somebody thinks that a comment should not be there."""

    class Reason(models.TextChoices):
        """Why."""

        SPAM = "spam"
        INSULT = "insult"
        UNLAWFUL = "unlawful"
        PRIVATE = "private"
        OTHER = "other"

    comment = models.ForeignKey("comments.Comment", on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    who = models.CharField(max_length=64)  # a hash of the person or the network address: each reports once
    reason = models.CharField(max_length=12, choices=Reason.choices)
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["comment", "who"], name="one_report_each")]

    def __str__(self) -> str:
        return f"{self.reason} {self.at:%Y-%m-%d}"


class HeldWord(models.Model):
    """A word that holds a comment until a moderator has seen it."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publisher = models.ForeignKey("accounts.Publisher", on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=80)  # folded

    class Meta:
        ordering: ClassVar = ["word"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["publisher", "word"], name="one_held_word")]

    def __str__(self) -> str:
        return self.word


class Blocked(models.Model):
    """Somebody who may not comment at this publisher: by their account, or by a hash of a guest's address."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publisher = models.ForeignKey("accounts.Publisher", on_delete=models.CASCADE, related_name="+")
    who = models.CharField(max_length=64)
    name = models.CharField(max_length=50)  # under which they commented last
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["publisher", "who"], name="one_block_each")]

    def __str__(self) -> str:
        return self.name


class Moderator(models.Model):
    """Whether somebody of the staff is told by mail of new comments, and when that was last."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    publisher = models.ForeignKey("accounts.Publisher", on_delete=models.CASCADE, related_name="+")
    wants_mail = models.BooleanField(default=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "publisher"], name="one_moderator")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.wants_mail}"
