"""Deletes editions and publications so that it can be undone for a time, and removes them for good after it."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person, Publisher, User
from masthead.library.errors import NotFoundError, SlugTakenError
from masthead.library.models import Edition, Publication
from masthead.library.selectors import can_do, publication_list, require
from masthead.library.states import State
from masthead.library.telling import step_log


def edition_delete(*, by: User, edition: Edition) -> Edition:
    """Hide it from everybody at once; it keeps its state for when it is restored. Raises NotAllowedError."""
    require(by, Action.PUBLISH, edition)
    with transaction.atomic():
        found = Edition.objects.select_for_update(of=("self",)).filter(pk=edition.pk).first()
        if found is None:
            raise NotFoundError(edition.pk)
        found.deleted_at, found.deleted_by = timezone.now(), by
        found.save(update_fields=["deleted_at", "deleted_by"])
        step_log(by, "edition.delete", found, {"state": found.state}, {"deleted": True})
    return found


def edition_restore(*, by: User, edition_id: str) -> Edition:
    """Undo that. Raises NotFoundError, NotAllowedError, SlugTakenError where another one has its address now."""
    rows = Edition.with_deleted.select_related("publication__publisher")
    found = rows.filter(pk=edition_id, deleted_at__isnull=False, publication__deleted_at__isnull=True).first()
    if found is None or not can_do(by, Action.VIEW, found):
        raise NotFoundError(edition_id)
    require(by, Action.PUBLISH, found)
    found.deleted_at = found.deleted_by = None
    try:
        with transaction.atomic():
            found.save(update_fields=["deleted_at", "deleted_by"])
            step_log(by, "edition.restore", found, {"deleted": True}, {"state": found.state})
    except IntegrityError as error:
        raise SlugTakenError(found.slug) from error
    return found


def publication_delete(*, by: User, publication: Publication) -> None:
    """Hide it with all its editions. Raises NotAllowedError."""
    require(by, Action.MANAGE_PUBLICATIONS, publication)
    now = timezone.now()
    with transaction.atomic():
        found = Publication.objects.select_for_update().filter(pk=publication.pk).first()
        if found is None:
            raise NotFoundError(publication.pk)
        gone = Edition.objects.filter(publication=found).update(deleted_at=now, deleted_by=by)
        found.deleted_at, found.deleted_by = now, by
        found.save(update_fields=["deleted_at", "deleted_by"])
        step_log(by, "publication.delete", found, {"editions": gone}, {"deleted": True})


def publication_restore(*, by: User, publication_id: str) -> Publication:
    """Undo that: the editions that went with it come back too. Raises NotFoundError, NotAllowedError."""
    rows = Publication.with_deleted.select_related("publisher")
    found = rows.filter(pk=publication_id, deleted_at__isnull=False).first()
    if found is None or not can_do(by, Action.VIEW, found):
        raise NotFoundError(publication_id)
    require(by, Action.MANAGE_PUBLICATIONS, found)
    with transaction.atomic():
        went = Edition.with_deleted.filter(publication=found, deleted_at=found.deleted_at)
        back = went.update(deleted_at=None, deleted_by=None)
        found.deleted_at = found.deleted_by = None
        found.save(update_fields=["deleted_at", "deleted_by"])
        step_log(by, "publication.restore", found, {"deleted": True}, {"editions": back})
    return found


def deleted_editions(person: Person, publisher: Publisher) -> QuerySet[Edition]:
    """What can be restored, of publications that the person sees; latest first."""
    rows = Edition.with_deleted.filter(
        publication__in=publication_list(person, publisher), deleted_at__isnull=False
    ).select_related("publication__publisher", "deleted_by")
    return rows.order_by("-deleted_at")


def deleted_publications(person: Person, publisher: Publisher) -> list[Publication]:
    """Publications that the person saw and that can be restored; latest first."""
    rows = Publication.with_deleted.filter(publisher=publisher, deleted_at__isnull=False)
    found = rows.select_related("publisher", "deleted_by").order_by("-deleted_at")
    return [one for one in found if can_do(person, Action.VIEW, one)]


def gone_for_good(before: datetime) -> tuple[list[Edition], list[Publication]]:
    """Editions and publications that were deleted before a moment."""
    editions = Edition.with_deleted.filter(deleted_at__lt=before).select_related("publication__publisher")
    return list(editions), list(Publication.with_deleted.filter(deleted_at__lt=before).select_related("publisher"))


def remove_for_good(thing: Edition | Publication) -> None:
    """Remove the rows. What lies on disk for them, and rows of rooms above, are the caller's."""
    action = "edition.removed" if isinstance(thing, Edition) else "publication.removed"
    with transaction.atomic():
        step_log(None, action, thing, {"deleted": True}, {})
        own = {"publication": thing} if isinstance(thing, Publication) else {"pk": thing.pk}
        editions = Edition.with_deleted.filter(**own)
        editions.update(state=State.DRAFT, publish_at=None, withdraw_at=None, build=None)  # what is live has a build
        editions.delete()
        if isinstance(thing, Publication):
            thing.delete()
