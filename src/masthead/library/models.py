"""Rows of the library: publications, shelves, categories, editions and their builds."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from masthead.accounts.ids import new_id
from masthead.library.states import State


class Kept(models.Manager[Any]):
    """Finds what was not deleted: whoever asks for rows does not see the others, until they are restored."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(deleted_at__isnull=True)


class Publication(models.Model):
    """A title that appears in editions. What its editions inherit stands in `defaults`."""

    class Frequency(models.TextChoices):
        """How often it appears."""

        DAILY = "daily"
        WEEKLY = "weekly"
        FORTNIGHTLY = "fortnightly"
        MONTHLY = "monthly"
        BIMONTHLY = "bimonthly"
        QUARTERLY = "quarterly"
        YEARLY = "yearly"
        IRREGULAR = "irregular"

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publisher = models.ForeignKey("accounts.Publisher", on_delete=models.CASCADE, related_name="publications")
    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True, max_length=60)  # in the whole house: it begins the address
    issn = models.CharField(max_length=9, blank=True)
    frequency = models.CharField(max_length=16, choices=Frequency.choices, default=Frequency.MONTHLY)
    language = models.CharField(max_length=12, default="en")  # BCP 47
    direction = models.CharField(max_length=3, blank=True)  # ltr, rtl; empty: by the language
    description = models.TextField(blank=True, max_length=2000)
    imprint = models.JSONField(default=dict, blank=True)  # masthead data: editor, staff, address, legal lines
    branding = models.JSONField(default=dict, blank=True)
    defaults = models.JSONField(default=dict, blank=True)
    terms = models.JSONField(default=dict, blank=True)  # on which its editions are read; `access.terms` reads them
    domain = models.CharField(max_length=253, unique=True, null=True, blank=True)  # in ASCII
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(
        null=True, blank=True, db_index=True
    )  # from then on it can be restored for a time
    deleted_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[models.Manager[Publication]] = Kept()
    with_deleted: ClassVar[models.Manager[Publication]] = models.Manager()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Shelf(models.Model):
    """A folder of publications and editions in the back office; shelves may stand in shelves."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publisher = models.ForeignKey("accounts.Publisher", on_delete=models.CASCADE, related_name="shelves")
    parent = models.ForeignKey("library.Shelf", null=True, blank=True, on_delete=models.CASCADE)
    name = models.CharField(max_length=120)
    publications = models.ManyToManyField("library.Publication", related_name="shelves", blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """What readers choose editions by; each publisher has its own."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publisher = models.ForeignKey("accounts.Publisher", on_delete=models.CASCADE, related_name="categories")
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["publisher", "slug"], name="one_category_a_slug")]

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """One issue of a publication."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publication = models.ForeignKey("library.Publication", on_delete=models.CASCADE, related_name="editions")
    label = models.CharField(max_length=120)  # such as "November 2026" or "No. 12"
    slug = models.SlugField(max_length=60)  # within the publication
    date = models.DateField()  # of the issue, as printed
    description = models.TextField(blank=True, max_length=2000)
    categories = models.ManyToManyField("library.Category", related_name="editions", blank=True)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in State], default=State.DRAFT)
    publish_at = models.DateTimeField(null=True, blank=True)  # UTC
    withdraw_at = models.DateTimeField(null=True, blank=True)  # UTC
    time_zone = models.CharField(max_length=64, default="UTC")  # in which those times were meant
    published_at = models.DateTimeField(null=True, blank=True)  # when it first went live
    build = models.ForeignKey("library.Build", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    overrides = models.JSONField(default=dict, blank=True)  # what differs from the publication's defaults
    terms = models.JSONField(default=dict, blank=True)  # the parts of the terms that differ from the publication's
    laid_version = models.PositiveIntegerField(default=0)  # grows when what lies on its pages changes; 0: nothing does
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    deleted_at = models.DateTimeField(null=True, blank=True, db_index=True)
    deleted_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[models.Manager[Edition]] = Kept()
    with_deleted: ClassVar[models.Manager[Edition]] = models.Manager()

    class Meta:
        ordering: ClassVar = ["-date", "-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["publication", "slug"], condition=Q(deleted_at__isnull=True), name="one_edition_a_slug"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ready", "scheduled", "live"]) | Q(build__isnull=False),
                name="what_is_published_has_a_build",
            ),
            models.CheckConstraint(
                condition=~Q(state="scheduled") | Q(publish_at__isnull=False), name="scheduled_has_its_time"
            ),
            models.CheckConstraint(
                condition=Q(publish_at__isnull=True) | Q(withdraw_at__isnull=True) | Q(withdraw_at__gt=F("publish_at")),
                name="withdrawn_after_published",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "publish_at"]),
            models.Index(fields=["state", "withdraw_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.publication.name}: {self.label}"

    @property
    def is_live(self) -> bool:
        """Whether readers may read it."""
        return self.state == State.LIVE


class Build(models.Model):
    """One immutable conversion of an edition's PDF, and where its folder lies."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    edition = models.ForeignKey("library.Edition", on_delete=models.CASCADE, related_name="builds")
    build_id = models.CharField(max_length=40, db_index=True)  # by its content, as in the edition folder
    folder = models.CharField(max_length=200, unique=True)  # below the data folder
    pages = models.PositiveIntegerField()
    failures = models.PositiveIntegerField(default=0)  # pages that could not be drawn or read
    version = models.CharField(max_length=40)  # of Masthead that made it
    created_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True)  # when another one became the edition's current build

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.build_id
