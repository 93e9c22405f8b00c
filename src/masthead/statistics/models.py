"""Rows of the statistics: events as they came, the salts of the day, and what the events of a day came to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Event(models.Model):
    """Something that was read or done, once. It names nobody, and is removed after some months.

    Publisher, publication and edition are ids without a constraint: what was counted stays counted when they go.
    """

    id = models.BigIntegerField(primary_key=True)  # of the event itself, so that taking it in twice changes nothing
    at = models.DateTimeField()
    day = models.DateField()  # by the publisher's clock
    publisher = models.CharField(max_length=12)
    publication = models.CharField(max_length=12, blank=True)
    edition = models.CharField(max_length=12, blank=True)
    visitor = models.CharField(max_length=16)  # of this publisher and day; means nothing on another day
    kind = models.CharField(max_length=12)
    source = models.CharField(max_length=6)  # who tells: the reader's script, or the server
    page = models.PositiveIntegerField(null=True)
    name = models.CharField(max_length=300, blank=True)  # article, words, address or format, as the kind has it
    number = models.PositiveIntegerField(default=0)  # seconds or hits
    items = models.TextField(blank=True)  # slugs of the articles that it shows from their beginning, with spaces
    access = models.CharField(max_length=10, blank=True)  # free or controlled
    device = models.CharField(max_length=8)
    country = models.CharField(max_length=2, blank=True)  # ISO 3166-1; empty: not known
    referrer = models.CharField(max_length=100, blank=True)  # the host that led here

    class Meta:
        indexes: ClassVar = [models.Index(fields=["publisher", "day", "visitor", "at"], name="event_of_visitor")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class Salt(models.Model):
    """What makes visitors of a publisher's day unknowable: it is thrown away when the day is over."""

    publisher = models.CharField(max_length=12)
    day = models.DateField()
    value = models.CharField(max_length=64)  # hex digits

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["publisher", "day"], name="one_salt_a_day")]

    def __str__(self) -> str:
        return f"{self.publisher} {self.day}"


class Day(models.Model):
    """How far a publisher's day is counted: it is counted again when events came since."""

    publisher = models.CharField(max_length=12)
    day = models.DateField()
    version = models.PositiveIntegerField(default=0)  # one more each time that events come
    counted = models.PositiveIntegerField(default=0)  # the version that the totals were counted from
    counted_at = models.DateTimeField(null=True)
    is_closed = models.BooleanField(default=False)  # its events were removed: the totals stay as they are

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["publisher", "day"], name="one_row_a_day")]

    def __str__(self) -> str:
        return f"{self.publisher} {self.day}"


class Total(models.Model):
    """A number of a day: of an edition, of a publication (`edition` empty), or of the house (both empty)."""

    publisher = models.CharField(max_length=12)
    publication = models.CharField(max_length=12, blank=True)
    edition = models.CharField(max_length=12, blank=True)
    day = models.DateField()
    measure = models.CharField(max_length=24)
    name = models.CharField(max_length=400, blank=True)  # which page, country, words …; empty: all together
    number = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["publisher", "publication", "edition", "day", "measure", "name"], name="one_total"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["publisher", "day"], name="total_of_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.measure} {self.name}: {self.number}"
