"""Keeps the house in order by itself: what was deleted goes for good, and from the disk what nobody needs any more."""

from __future__ import annotations

import logging
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from masthead.accounts.selectors import User
from masthead.annotations.following import strays_follow
from masthead.annotations.services import tombstones_forget
from masthead.comments.following import strays_follow as comments_left_behind_follow
from masthead.forms.keeping import answers_forget
from masthead.library import deleting
from masthead.library.build_folders import editions_here, folders_remove
from masthead.library.selectors import Build, Edition, Publication
from masthead.library.services import edition_failed
from masthead.orders.carts import carts_forget
from masthead.production.arrivals import forget_expired
from masthead.production.models import Conversion, OverlayFile
from masthead.production.originals import originals_forget
from masthead.production.overlays.files import files_forget, files_of_edition_forget
from masthead.production.rebuilding import forget_spare_builds
from masthead.production.sweeping import sweep

log = logging.getLogger("masthead.production")
_HOLD = "production.keeping.hold"
_GROWN_COLD = timedelta(days=1)  # a folder that no row names and nobody has written to


def edition_delete(*, by: User, edition: Edition) -> Edition:
    """Hide it from everybody, and stop what is being made of it. Raises NotAllowedError."""
    with transaction.atomic():
        found = deleting.edition_delete(by=by, edition=edition)
        _stop([edition.pk])
    return found


def publication_delete(*, by: User, publication: Publication) -> None:
    """Hide it with all its editions, and stop what is being made of them. Raises NotAllowedError."""
    with transaction.atomic():
        editions = list(Edition.objects.filter(publication=publication).values_list("pk", flat=True))
        deleting.publication_delete(by=by, publication=publication)
        _stop(editions)


def restorable_until(deleted_at: datetime) -> datetime:
    """When what was deleted then goes for good."""
    return deleted_at + timedelta(days=settings.MASTHEAD.undo_days)


def hold_order(seconds: int) -> None:
    """Remove nothing for some seconds, on no machine: the house is being copied. 0 ends it."""
    cache.set(_HOLD, True, seconds) if seconds else cache.delete(_HOLD)


def put_in_order(now: datetime) -> None:
    """Do all of it once."""
    sweep()
    if cache.get(_HOLD):
        return
    remove_deleted(now)
    forget_spare_builds(now)
    forget_expired()
    originals_forget()
    overlay_files_forget(now)
    remove_cold_folders(now)
    strays_follow()
    comments_left_behind_follow()
    tombstones_forget(now=now)
    answers_forget(now)
    carts_forget(before=now - timedelta(days=settings.MASTHEAD.cart_days))


def remove_deleted(now: datetime) -> None:
    """Rows and folders of what was deleted so long ago that it cannot be restored any more."""
    editions, publications = deleting.gone_for_good(now - timedelta(days=settings.MASTHEAD.undo_days))
    for publication in publications:
        rows = Edition.with_deleted.filter(publication=publication).select_related("publication")
        editions += [one for one in rows if one not in editions]
    for edition in editions:
        with transaction.atomic():
            Conversion.objects.filter(edition=edition.pk).delete()
            deleting.remove_for_good(edition)
        folders_remove(edition.pk)
        files_of_edition_forget(edition.pk)
        log.info("edition %s was removed for good", edition.pk)
    for publication in publications:
        deleting.remove_for_good(publication)
        log.info("publication %s was removed for good", publication.pk)


def overlay_files_forget(now: datetime) -> int:
    """Files that overlays showed a while ago and no step brings back any more; says how many went."""
    old = OverlayFile.objects.filter(created_at__lt=now - _GROWN_COLD)
    return sum(files_forget(edition_id) for edition_id in old.values_list("edition_id", flat=True).distinct())


def remove_cold_folders(now: datetime) -> int:
    """Folders of attempts that came to nothing and that no row names; says how many."""
    root = editions_here()
    named = {Path(path).name for path in _named_folders()}
    going = set(
        Conversion.objects.filter(state__in=[Conversion.State.WAITING, Conversion.State.RUNNING]).values_list(
            "pk", flat=True
        )
    )
    removed = 0
    for folder in root.glob("*/*"):
        name = folder.name.removeprefix(".").removesuffix(".building").removesuffix(".reading")
        is_old = datetime.fromtimestamp(folder.stat().st_mtime, tz=now.tzinfo) < now - _GROWN_COLD
        if is_old and name not in named and name.rpartition("-")[0] not in going:
            if folder.is_dir():
                shutil.rmtree(folder, ignore_errors=True)
            else:
                folder.unlink(missing_ok=True)
            removed += 1
    return removed


def _named_folders() -> list[str]:
    return list(Build.objects.values_list("folder", flat=True))


def _stop(editions: list[str]) -> None:
    going = Conversion.objects.filter(edition__in=editions)
    going.filter(state=Conversion.State.RUNNING).update(cancel_asked=True)
    waiting = going.filter(state=Conversion.State.WAITING)
    settled = set(waiting.values_list("edition_id", flat=True))
    waiting.update(state=Conversion.State.CANCELLED, ended_at=timezone.now())
    for edition_id in settled:  # where one runs, its worker does it
        edition_failed(edition_id=edition_id)
