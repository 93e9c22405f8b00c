"""Rows of people: who signs in, which publishers there are, who is on whose staff, and who did what."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from masthead.accounts.bearing import Bearer
from masthead.accounts.ids import new_id
from masthead.accounts.rights import Role

NOWHERE = "@own-site.invalid"  # ends what stands in the place of an address that nobody has told (RFC 6761)


class People(BaseUserManager["User"]):
    """Finds and makes people by their e-mail address, which is kept in small letters."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who can sign in, staff or reader; the e-mail address is the name."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=12, blank=True)  # BCP 47; empty: the browser's
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = People()
    bearer: Bearer | None = None  # the token by which a program acts for the person, in this very request

    def __str__(self) -> str:
        return self.name or (self.email if self.is_reachable else self.pk)

    @property
    def is_reachable(self) -> bool:
        """Whether there is an e-mail address; else somebody vouches for them who has told none."""
        return not self.email.endswith(NOWHERE)

    @property
    def known_as(self) -> str:
        """What stands for the person where others have their e-mail address."""
        return self.email if self.is_reachable else str(self)

    def get_full_name(self) -> str:
        """The name, for mails."""
        return self.name


class Publisher(models.Model):
    """A publishing house: the tenant. Everything else belongs to one."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True, max_length=60)
    time_zone = models.CharField(max_length=64, default="UTC")  # IANA
    language = models.CharField(max_length=12, default="en")  # BCP 47
    asks_second_step = models.BooleanField(default=False)  # of staff, before they come into the back office
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Staff(models.Model):
    """One role of a person at a publisher: for all of it, or for one publication or shelf, named by its id."""

    class Scope(models.TextChoices):
        """What the role is for."""

        PUBLISHER = "publisher"
        PUBLICATION = "publication"
        SHELF = "shelf"

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publisher = models.ForeignKey("accounts.Publisher", on_delete=models.CASCADE, related_name="staff")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="staff")
    role = models.CharField(max_length=16, choices=[(role.value, role.value) for role in Role])
    scope = models.CharField(max_length=16, choices=Scope.choices, default=Scope.PUBLISHER)
    scope_id = models.CharField(max_length=12, blank=True)  # of the publication or shelf, which live a floor above
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publisher", "user", "role", "scope", "scope_id"], name="one_row_a_role"),
            models.CheckConstraint(
                condition=models.Q(scope="publisher", scope_id="")
                | (~models.Q(scope="publisher") & ~models.Q(scope_id="")),
                name="a_scope_has_its_id",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.scope}"


class Invitation(models.Model):
    """A role that waits for somebody who was invited by mail."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publisher = models.ForeignKey("accounts.Publisher", on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=16, choices=[(role.value, role.value) for role in Role])
    scope = models.CharField(max_length=16, choices=Staff.Scope.choices, default=Staff.Scope.PUBLISHER)
    scope_id = models.CharField(max_length=12, blank=True)
    invited_by = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.email


class Token(models.Model):
    """Lets a program act for the person who made it. Of its secret only the hash is kept."""

    id = models.CharField(primary_key=True, max_length=12, default=new_id, editable=False)
    publisher = models.ForeignKey("accounts.Publisher", on_delete=models.CASCADE, related_name="tokens")
    maker = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=120)
    beginning = models.CharField(max_length=16)  # of the secret, by which people know it again
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret, which is random: no salt is needed
    scopes = models.JSONField(default=list)
    publications = models.JSONField(default=list, blank=True)  # ids; empty: all that the maker sees
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    minute = models.BigIntegerField(default=0)  # in which `used` counts, since 1970
    used = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class Entries(models.QuerySet["LogEntry"]):
    """Entries can be added and read, nothing else."""

    def update(self, **fields: Any) -> NoReturn:
        raise TypeError("the log is only added to")

    def delete(self) -> NoReturn:
        raise TypeError("the log is only added to")


class LogEntry(models.Model):
    """Who did what to what, and how it was before and after. Never changed."""

    publisher = models.ForeignKey("accounts.Publisher", null=True, on_delete=models.DO_NOTHING, db_constraint=False)
    user = models.ForeignKey("accounts.User", null=True, on_delete=models.DO_NOTHING, db_constraint=False)
    user_name = models.CharField(max_length=254)  # as it was then; "" for the house itself
    at = models.DateTimeField(auto_now_add=True, db_index=True)
    action = models.CharField(max_length=60)  # such as edition.publish
    subject_id = models.CharField(max_length=12, db_index=True)
    subject_name = models.CharField(max_length=254)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    request_id = models.CharField(max_length=32, blank=True)

    objects = Entries.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.user_name} {self.action} {self.subject_name}"

    def save(self, *args: Any, **options: Any) -> None:
        """Only once."""
        if self.pk is not None:
            raise TypeError("the log is only added to")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        """Never."""
        raise TypeError("the log is only added to")
