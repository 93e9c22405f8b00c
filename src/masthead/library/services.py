"""Writes the library. Each service checks the right, moves the state by the table, and says so in the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User
from masthead.accounts.selectors import require as require_at_house
from masthead.library.addresses import checked, from_words
from masthead.library.errors import NotFoundError, SlugTakenError, StateError, TimeInvalidError
from masthead.library.inheriting import setting_of
from masthead.library.issn import checked as issn_checked
from masthead.library.models import Build, Edition, Publication
from masthead.library.selectors import require
from masthead.library.states import Step, after
from masthead.library.telling import step_log
from masthead.library.time_zones import time_zones


def publication_create(
    *,
    by: User,
    publisher: Publisher,
    name: str,
    slug: str = "",
    issn: str = "",
    frequency: str = Publication.Frequency.MONTHLY,
    language: str = "en",
    direction: str = "",
    description: str = "",
) -> Publication:
    """A new title. Raises NotAllowedError, IssnInvalidError, SlugInvalidError, SlugTakenError."""
    require_at_house(by, Action.MANAGE_PUBLICATIONS, publisher.pk)
    try:
        with transaction.atomic():
            publication = Publication.objects.create(
                publisher=publisher,
                name=name.strip(),
                slug=checked(slug) if slug else _free_slug(name),
                issn=issn_checked(issn),
                frequency=frequency,
                language=language,
                direction=direction,
                description=description,
            )
            step_log(by, "publication.create", publication, {}, {"name": publication.name})
    except IntegrityError as error:
        raise SlugTakenError(slug) from error
    return publication


def edition_create(
    *, by: User, publication: Publication, label: str, date: date, slug: str = "", description: str = ""
) -> Edition:
    """A draft without a build. Raises NotAllowedError, SlugInvalidError, SlugTakenError."""
    require(by, Action.EDIT, publication)
    if not slug:
        slug = from_words(label)
        if Edition.objects.filter(publication=publication, slug=slug).exists():
            slug = f"{slug}-{date.isoformat()}"[:60]
    try:
        with transaction.atomic():
            edition = Edition.objects.create(
                publication=publication,
                label=label.strip(),
                slug=checked(slug),
                date=date,
                description=description,
                time_zone=setting_of(publication, "time_zone"),
            )
            step_log(by, "edition.create", edition, {}, {"label": label, "date": date.isoformat()})
    except IntegrityError as error:
        raise SlugTakenError(slug) from error
    return edition


def edition_publish(*, by: User, edition: Edition, now: datetime | None = None) -> Edition:
    """Make it live at once. Raises NotAllowedError, StateError."""
    require(by, Action.PUBLISH, edition.publication)
    return _publish(by, edition.pk, now or timezone.now())


def edition_schedule(
    *, by: User, edition: Edition, publish_at: datetime, time_zone: str, withdraw_at: datetime | None = None
) -> Edition:
    """Let it go live by itself, and be withdrawn if wanted. Times are aware; the zone is that in which they were meant.

    Raises NotAllowedError, StateError, TimeInvalidError.
    """
    require(by, Action.PUBLISH, edition.publication)
    if time_zone not in time_zones():
        raise TimeInvalidError(time_zone)
    if publish_at <= timezone.now() or (withdraw_at is not None and withdraw_at <= publish_at):
        raise TimeInvalidError(publish_at.astimezone(ZoneInfo(time_zone)).isoformat())
    times = {"publish_at": publish_at, "withdraw_at": withdraw_at, "time_zone": time_zone}
    return _step(by, edition.pk, Step.SCHEDULE, "edition.schedule", times)


def edition_unschedule(*, by: User, edition: Edition) -> Edition:
    """Take the time back: it is ready again. Raises NotAllowedError, StateError."""
    require(by, Action.PUBLISH, edition.publication)
    return _step(by, edition.pk, Step.UNSCHEDULE, "edition.unschedule", {"publish_at": None, "withdraw_at": None})


def edition_withdraw(*, by: User, edition: Edition) -> Edition:
    """Nobody but staff can read it any more. Raises NotAllowedError, StateError."""
    require(by, Action.PUBLISH, edition.publication)
    return _step(by, edition.pk, Step.WITHDRAW, "edition.withdraw", {"publish_at": None, "withdraw_at": None})


def edition_converting(*, by: User, edition: Edition) -> Edition:
    """A PDF was handed over and is being converted. Raises NotAllowedError, StateError."""
    require(by, Action.EDIT, edition.publication)
    return _step(by, edition.pk, Step.CONVERT, "edition.convert", {})


def edition_failed(*, edition_id: str) -> Edition:
    """Its conversion came to nothing; an older build stays what it was."""
    return _step(None, edition_id, Step.FAIL, "edition.conversion_failed", {})


def build_add(*, edition_id: str, build_id: str, folder: str, pages: int, failures: int, version: str) -> Build:
    """A finished build; it becomes the edition's current one in the same transaction."""
    with transaction.atomic():
        build = Build.objects.create(
            edition_id=edition_id, build_id=build_id, folder=folder, pages=pages, failures=failures, version=version
        )
        _step(None, edition_id, Step.BUILT, "edition.built", {"build": build})
    return build


def build_choose(*, by: User, edition: Edition, build: Build) -> Edition:
    """Go back to another build of the same edition. Raises NotAllowedError, StateError."""
    require(by, Action.PUBLISH, edition.publication)
    if build.edition_id != edition.pk:
        raise StateError("the build is another edition's")
    return _step(by, edition.pk, Step.BUILT, "edition.choose_build", {"build": build})


def edition_laid(*, edition_id: str) -> None:
    """What lies on the pages of an edition has changed: what was kept of it is old."""
    Edition.with_deleted.filter(pk=edition_id).update(laid_version=F("laid_version") + 1)


def publication_laid(*, publication_id: str) -> None:
    """Something that pages of all editions can show, such as a product, has changed; where nothing lies nothing did."""
    rows = Edition.with_deleted.filter(publication=publication_id, laid_version__gt=0)
    rows.update(laid_version=F("laid_version") + 1)


def publish_due(*, edition_id: str, now: datetime) -> bool:
    """Publish a scheduled edition if its time is still there and has come: somebody may have been quicker."""
    with transaction.atomic():
        rows = Edition.objects.select_for_update().filter(pk=edition_id, state="scheduled", publish_at__lte=now)
        if not rows.exists():
            return False
        _publish(None, edition_id, now)
    return True


def withdraw_due(*, edition_id: str, now: datetime) -> bool:
    """Withdraw a live edition if its time is still there and is over."""
    with transaction.atomic():
        rows = Edition.objects.select_for_update().filter(pk=edition_id, state="live", withdraw_at__lte=now)
        if not rows.exists():
            return False
        _step(None, edition_id, Step.WITHDRAW, "edition.withdraw", {"publish_at": None, "withdraw_at": None})
    return True


def _publish(by: User | None, edition_id: str, now: datetime) -> Edition:
    with transaction.atomic():
        first = Edition.with_deleted.values_list("published_at", flat=True).get(pk=edition_id)
        fields = {"publish_at": None, "published_at": first or now}
        return _step(by, edition_id, Step.PUBLISH, "edition.publish", fields)


def _step(by: User | None, edition_id: str, step: Step, action: str, fields: Mapping[str, Any]) -> Edition:
    """Move the edition to the next state with these fields, whatever the caller's copy says of it."""
    with transaction.atomic():
        rows = Edition.with_deleted.select_for_update(of=("self",))
        edition = rows.select_related("publication__publisher").get(pk=edition_id)
        if by is not None and edition.deleted_at is not None:
            raise NotFoundError(edition_id)
        before = {"state": edition.state, **{name: _plain(getattr(edition, name)) for name in fields}}
        edition.state = after(edition.state, step)
        for name, value in fields.items():
            setattr(edition, name, value)
        _note_leaving(edition, fields)
        edition.save()
        changed = {"state": edition.state, **{name: _plain(value) for name, value in fields.items()}}
        step_log(by, action, edition, before, changed)
    return edition


def _note_leaving(edition: Edition, fields: Mapping[str, Any]) -> None:
    """Write down since when a build is not the current one: readers who had it open may still want its files."""
    if "build" in fields:
        Build.objects.filter(edition=edition, left_at__isnull=True).exclude(pk=fields["build"].pk).update(
            left_at=timezone.now()
        )
        Build.objects.filter(pk=fields["build"].pk).update(left_at=None)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.build_id if isinstance(value, Build) else value


def _free_slug(name: str) -> str:
    slug = from_words(name)
    return from_words(f"{slug} 2") if Publication.with_deleted.filter(slug=slug).exists() else slug
