"""Rows of readers and of their rights to read: subscriptions with periods, permissions, codes, devices, proof links."""

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


class Reader(models.Model):
    """Somebody who reads at a publisher, with the number that its own books have for them."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publisher = models.ForeignKey("accounts.Publisher", on_delete=models.CASCADE, related_name="readers")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="readerships")
    number = models.CharField(max_length=60, blank=True)  # as the publisher counts its subscribers
    note = models.CharField(max_length=500, blank=True)  # of the staff
    came_by = models.CharField(max_length=12, default="sign_up")  # sign_up, invited, imported, code, identity
    created_at = models.DateTimeField(auto_now_add=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    accepts_reminders = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publisher", "user"], name="one_reader_a_person"),
            models.UniqueConstraint(
                fields=["publisher", "number"], condition=~models.Q(number=""), name="one_reader_a_number"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class Subscription(models.Model):
    """A product that readers buy. What it opens, and for how long, is told by its kind and by each reader's periods."""

    class Kind(models.TextChoices):
        """What a period of it opens."""

        TRADITIONAL = "traditional"  # issues dated within the period, which are kept
        CLUB = "club"  # all issues, while the period runs
        WHOLE = "whole"  # all issues from the period's start on for good, older ones too

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publisher = models.ForeignKey("accounts.Publisher", on_delete=models.CASCADE, related_name="subscriptions")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.TRADITIONAL)
    publications = models.ManyToManyField("library.Publication", related_name="subscriptions", blank=True)  # none: all
    grace_days = models.PositiveSmallIntegerField(default=0)
    device_limit = models.PositiveSmallIntegerField(default=0)  # 0: as many as they like
    reminder_days = models.PositiveSmallIntegerField(default=0)  # before the end; 0: none
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)  # no new periods from then on; those that run go on

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["publisher", "name"], name="one_subscription_a_name")]

    def __str__(self) -> str:
        return self.name


class Period(models.Model):
    """A time for which a reader has a subscription; both days belong to it, as the publisher's calendar has them."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    subscription = models.ForeignKey("access.Subscription", on_delete=models.CASCADE, related_name="periods")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="periods")
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)  # None: goes on until somebody ends it
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-starts"]
        indexes: ClassVar = [models.Index(fields=["user", "subscription"]), models.Index(fields=["ends"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends__isnull=True) | models.Q(ends__gte=models.F("starts")),
                name="a_period_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id} {self.starts} {self.ends or ''}"


class Permission(models.Model):
    """The right of one reader to one edition."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    edition = models.ForeignKey("library.Edition", on_delete=models.CASCADE, related_name="permissions")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="permissions")
    expires_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]
        indexes: ClassVar = [models.Index(fields=["user", "edition"])]

    def __str__(self) -> str:
        return f"{self.user_id} {self.edition_id}"


class AccessCode(models.Model):
    """A code that gives a period of a subscription, or the right to one edition, to whoever types it in."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publisher = models.ForeignKey("accounts.Publisher", on_delete=models.CASCADE, related_name="access_codes")
    code = models.CharField(max_length=24, unique=True)  # in capitals, without hyphens
    name = models.CharField(max_length=120)  # what it, or the batch it came with, is for
    subscription = models.ForeignKey("access.Subscription", null=True, on_delete=models.CASCADE, related_name="codes")
    edition = models.ForeignKey("library.Edition", null=True, on_delete=models.CASCADE, related_name="codes")
    days = models.PositiveIntegerField(default=0)  # that what it gives lasts; 0: without an end
    uses = models.PositiveIntegerField(default=1)  # how many people may use it
    used = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(subscription__isnull=True) ^ models.Q(edition__isnull=True), name="a_code_opens_one"
            ),
            models.CheckConstraint(condition=models.Q(used__lte=models.F("uses")), name="a_code_is_not_used_too_often"),
        ]

    def __str__(self) -> str:
        return self.code


class CodeUse(models.Model):
    """Somebody who used a code, once."""

    code = models.ForeignKey("access.AccessCode", on_delete=models.CASCADE, related_name="people")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["code", "user"], name="one_use_a_person")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.code_id}"


class Device(models.Model):
    """A browser in which a reader of a publisher with limited devices reads."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publisher = models.ForeignKey("accounts.Publisher", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="devices")
    key = models.CharField(max_length=64)  # hash of the secret that the browser keeps
    name = models.CharField(max_length=80)
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-added_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["publisher", "user", "key"],
                condition=models.Q(removed_at__isnull=True),
                name="one_device_a_browser",
            )
        ]

    def __str__(self) -> str:
        return self.name


class EmailEntry(models.Model):
    """An e-mail address that somebody confirmed by a code, to read what a publisher shows for that."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publisher = models.ForeignKey("accounts.Publisher", on_delete=models.CASCADE, related_name="email_entries")
    edition = models.ForeignKey("library.Edition", on_delete=models.CASCADE, related_name="email_entries")
    email = models.EmailField()
    code = models.CharField(max_length=64)  # hash of what was sent
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-sent_at"]
        indexes: ClassVar = [models.Index(fields=["publisher", "email"])]

    def __str__(self) -> str:
        return self.email


class IdentityProvider(models.Model):
    """Where an organisation signs people in, as it describes itself, and what a publisher makes of that."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publisher = models.ForeignKey("accounts.Publisher", on_delete=models.CASCADE, related_name="identity_providers")
    name = models.CharField(max_length=120)  # as readers see it on the button
    protocol = models.CharField(max_length=8, default="saml")  # or "openid", "site"
    entity_id = models.CharField(max_length=1024, blank=True)  # with OpenID the issuer
    sign_in_address = models.CharField(max_length=1024, blank=True)
    client_id = models.CharField(max_length=255, blank=True)  # what an OpenID provider calls us
    client_secret = models.CharField(max_length=2048, blank=True)  # sealed
    places = models.JSONField(default=dict)  # where an OpenID provider is asked what, and how it signs
    keys = models.JSONField(default=list)  # its public keys, as JWK
    keys_asked_at = models.DateTimeField(null=True, blank=True)  # when they were last asked for out of turn
    certificates = models.JSONField(default=list)  # DER in base64; several while keys change
    sign_out_address = models.CharField(max_length=1024, blank=True)
    sign_out_answers = models.CharField(max_length=1024, blank=True)  # "": the same
    own_keys = models.JSONField(default=list)  # see `identity.own_keys`; private halves sealed
    signs_requests = models.BooleanField(default=False)
    domains = models.JSONField(default=list)  # of e-mail addresses whose owners are led here
    metadata_address = models.CharField(max_length=500, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)  # when the metadata was last taken in
    asked_at = models.DateTimeField(null=True, blank=True)  # when its address was last asked, whatever it said
    is_stale = models.BooleanField(default=False)  # the address did not answer with metadata last time
    email_attribute = models.CharField(max_length=255, blank=True)  # "": by the names that are in use
    name_attribute = models.CharField(max_length=255, blank=True)
    groups_attribute = models.CharField(max_length=255, blank=True)
    groups = models.JSONField(default=dict)  # id of a subscription: the groups that have it, "*" for everybody
    takes_unasked = models.BooleanField(default=False)  # sign-ins that begin at the identity provider
    asks_second_step = models.BooleanField(default=False)  # of ours, of those who have one
    is_on = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class SiteKey(models.Model):
    """A key with which a publisher's own site signs links that let readers in; its secret is kept nowhere."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    provider = models.ForeignKey("access.IdentityProvider", on_delete=models.CASCADE, related_name="site_keys")
    name = models.CharField(max_length=120)  # which program has it
    created_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class Identity(models.Model):
    """The account that somebody of an identity provider has here, and the periods that their groups have given them."""

    provider = models.ForeignKey("access.IdentityProvider", on_delete=models.CASCADE, related_name="identities")
    subject = models.CharField(max_length=255)  # NameID, or sub
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="identities")
    is_owned = models.BooleanField(default=False)  # the person has shown that the account is theirs
    periods = models.ManyToManyField("access.Period", related_name="+", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["provider", "subject"], name="one_identity_a_subject")]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.subject}"


class IdentitySession(models.Model):
    """Somebody who is signed in here by an identity provider, for as long as either side lets them."""

    provider = models.ForeignKey("access.IdentityProvider", on_delete=models.CASCADE, related_name="sessions")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=255)
    index = models.CharField(max_length=255, blank=True)  # what the identity provider calls it
    session_key = models.CharField(max_length=40, unique=True)
    token = models.TextField(blank=True)  # with which the provider is told that somebody signs out
    began_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["provider", "subject"]), models.Index(fields=["provider", "index"])]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.subject}"


class SignInTry(models.Model):
    """One sign-in at an identity provider, from its beginning to its end; its id is what support looks for."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    provider = models.ForeignKey("access.IdentityProvider", on_delete=models.CASCADE, related_name="tries")
    key = models.CharField(max_length=64, unique=True)  # leads the answer back here; another one after each step
    request_id = models.CharField(max_length=64, blank=True)  # or the nonce of OpenID; "": nobody had asked
    verifier = models.CharField(max_length=128, blank=True)  # with which a code of OpenID is taken
    target = models.CharField(max_length=500, blank=True)  # path to go to afterwards
    tester = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    assertion_id = models.CharField(max_length=255, blank=True)
    received = models.JSONField(default=dict)  # until it is used; of tests it is kept
    user = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=24, blank=True)  # why it failed
    detail = models.CharField(max_length=500, blank=True)  # in the words of the library, for support
    began_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-began_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "assertion_id"],
                condition=~models.Q(assertion_id=""),
                name="one_use_an_assertion",
            )
        ]

    def __str__(self) -> str:
        return self.pk
