"""Rows of production: what was handed over, each conversion of it, and what was corrected and learned.

The rows are the truth, not any message.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from masthead.accounts.ids import new_id
from masthead.production.advertising.models import AdvertisementAlarm as AdvertisementAlarm
from masthead.production.advertising.models import AdvertisementRefusal as AdvertisementRefusal
from masthead.production.links.models import LinkChange as LinkChange
from masthead.production.links.models import LinkCheck as LinkCheck
from masthead.production.links.models import LinkRound as LinkRound
from masthead.production.overlays.models import Overlay as Overlay
from masthead.production.overlays.models import OverlayFile as OverlayFile
from masthead.production.overlays.models import OverlayStep as OverlayStep


class Upload(models.Model):
    """A PDF as it was handed over, stored once under its content."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publisher = models.ForeignKey("accounts.Publisher", on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()  # bytes
    name = models.CharField(max_length=255)  # the file's name, for people
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where it lies in the storage of originals."""
        return f"{self.sha256[:2]}/{self.sha256}.pdf"


class Arrival(models.Model):
    """A file on its way in: being uploaded, looked at, and then waiting until somebody makes an edition of it.

    Its bytes lie in the folder `arrivals` of the data folder; how many have come is the size of the file there, so
    that a process that ends in the middle loses none. In a storage they lie as the pieces in which they came.
    """

    class State(models.TextChoices):
        """Where it stands."""

        COMING = "coming"  # bytes are missing
        HERE = "here"  # all bytes are there; it was not looked at yet
        GOOD = "good"  # it can be converted
        REFUSED = "refused"  # it cannot; the error says why
        USED = "used"  # an edition was made of it, or its PDF replaced

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publisher = models.ForeignKey("accounts.Publisher", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)  # the file's, for people
    size = models.BigIntegerField()  # bytes, as announced
    received = models.BigIntegerField(default=0)  # bytes in the storage; 0 where they are in a file
    pieces = models.JSONField(default=list, blank=True)  # names in the storage, in order
    state = models.CharField(max_length=12, choices=State.choices, default=State.COMING)
    upload = models.ForeignKey("production.Upload", null=True, on_delete=models.SET_NULL, related_name="+")
    edition = models.ForeignKey("library.Edition", null=True, on_delete=models.CASCADE, related_name="+")
    password = models.CharField(max_length=200, blank=True)  # of the PDF
    report = models.JSONField(default=dict, blank=True)  # what was found in it: pages, sizes, text, fonts
    said = models.JSONField(default=dict, blank=True)  # what it shall become: publication, label, date, description
    error_code = models.CharField(max_length=40, blank=True)
    error_sentence = models.CharField(max_length=200, blank=True)
    error_hint = models.CharField(max_length=300, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)  # by the process that looks at it
    expires_at = models.DateTimeField(db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["created_at"]
        indexes: ClassVar = [models.Index(fields=["state", "created_at"])]

    def __str__(self) -> str:
        return self.name


class Conversion(models.Model):
    """The making of one build. A worker holds it under a lease; when the lease ends, another one may take it."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publisher = models.ForeignKey("accounts.Publisher", on_delete=models.CASCADE, related_name="+")
    edition = models.ForeignKey("library.Edition", on_delete=models.CASCADE, related_name="conversions")
    upload = models.ForeignKey("production.Upload", on_delete=models.PROTECT, related_name="conversions")
    build = models.ForeignKey("library.Build", null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    priority = models.SmallIntegerField(default=0)  # the higher, the sooner
    # Its place in the queue. What staff put first changes places with others of its house: no other house waits for it.
    queued_at = models.DateTimeField(default=timezone.now)
    first_at = models.DateTimeField(null=True, blank=True)  # when staff put it before all others of their house
    options = models.JSONField(default=dict, blank=True)  # of the build: password, spreads
    attempts = models.PositiveSmallIntegerField(default=0)
    # Attempts in a row whose worker was gone without a word and that brought no page that there was not before.
    interruptions = models.PositiveSmallIntegerField(default=0)
    pages_reached = models.PositiveIntegerField(default=0)  # by all interrupted attempts
    worker = models.CharField(max_length=80, blank=True)  # who holds the lease
    lease_until = models.DateTimeField(null=True, blank=True)
    cancel_asked = models.BooleanField(default=False)
    pages = models.PositiveIntegerField(default=0)  # 0: not known yet
    pages_done = models.PositiveIntegerField(default=0)
    seconds_left = models.PositiveIntegerField(null=True, blank=True)
    is_finishing = models.BooleanField(default=False)  # pages are drawn, the text is put in order
    error_code = models.CharField(max_length=40, blank=True)
    error_sentence = models.CharField(max_length=200, blank=True)  # English; the catalogues have it in other languages
    error_hint = models.CharField(max_length=300, blank=True)
    error_detail = models.CharField(max_length=300, blank=True)  # for the operator
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]
        indexes: ClassVar = [
            models.Index(fields=["state", "-priority", "queued_at"]),
            models.Index(fields=["state", "lease_until"]),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"

    @property
    def is_first(self) -> bool:
        """Whether staff put it before all others of their house."""
        return self.first_at is not None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (self.State.DONE, self.State.FAILED, self.State.CANCELLED)

    @property
    def percent(self) -> int:
        """How far it is, in percent of its pages."""
        return 100 * self.pages_done // self.pages if self.pages else 0

    @property
    def folder(self) -> str:
        """Where its edition folder grows and ends, below the data folder.

        Each attempt has its own: a worker that lost its lease and does not know it yet must not write into another's.
        """
        return self.folder_of(self.attempts)

    def folder_of(self, attempt: int) -> str:
        """The folder of one attempt."""
        return f"editions/{self.edition_id}/{self.pk}-{attempt}"


class Correction(models.Model):
    """One change that the publisher made to an edition; every later build is made with it, until it is undone."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    edition = models.ForeignKey("library.Edition", on_delete=models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()  # in which order they are applied
    kind = models.CharField(max_length=24)
    data = models.JSONField()  # as `document.corrections` writes it
    subject = models.CharField(max_length=200, blank=True)  # what it is about, for people: first words, a page
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    is_built = models.BooleanField(default=False)  # the current build was made with it
    fits = models.BooleanField(default=True)  # it fitted when it was last applied
    reason = models.CharField(max_length=200, blank=True)  # why it did not

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "place"], name="one_correction_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def is_waiting(self) -> bool:
        """Whether readers do not have it yet: made and not built, or undone and still built."""
        return self.is_built == (self.undone_at is not None)


class TemplateRule(models.Model):
    """What a publication's corrections taught about all its issues; applied to the next ones while it is on."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publication = models.ForeignKey("library.Publication", on_delete=models.CASCADE, related_name="+")
    data = models.JSONField()  # as `document.template` writes it
    key = models.CharField(max_length=64)  # of its data: the same rule is learned once
    is_on = models.BooleanField(default=True)
    times = models.PositiveIntegerField(default=1)  # how many corrections say so
    edition = models.ForeignKey("library.Edition", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publication", "key"], name="one_row_a_template_rule"),
        ]

    def __str__(self) -> str:
        return self.key


class AccessibilityStatement(models.Model):
    """What a publication says in public about how accessible its editions are."""

    class Conformance(models.TextChoices):
        """How far WCAG 2.2 at level AA is met, as the publisher judges it."""

        FULL = "full"
        PARTIAL = "partial"
        NONE = "none"
        UNKNOWN = "unknown"  # not assessed yet

    publication = models.OneToOneField(
        "library.Publication", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    is_public = models.BooleanField(default=False)
    conformance = models.CharField(max_length=8, choices=Conformance.choices, default=Conformance.UNKNOWN)
    limitations = models.TextField(blank=True)  # what cannot be read by everyone, and why
    feedback_email = models.EmailField(blank=True)
    feedback_phone = models.CharField(max_length=40, blank=True)
    feedback_address = models.TextField(blank=True)
    answer_days = models.PositiveSmallIntegerField(default=14)  # within which a message is answered
    enforcement = models.TextField(blank=True)  # the authority to turn to if that does not help
    assessed_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.publication_id)
