"""Later builds of an edition: converted anew, an older one chosen again, those that nobody needs removed."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from masthead import __version__
from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User
from masthead.annotations.following import annotations_follow
from masthead.comments.following import comments_follow
from masthead.library.build_folders import folder_exists, folder_remove
from masthead.library.builds import build_list, build_remove, older_than, spare_builds, version_of
from masthead.library.errors import NotFoundError, StateError
from masthead.library.selectors import Build, Edition, edition_list, require
from masthead.library.services import build_choose
from masthead.production.conversion import USED, carried
from masthead.production.correction_rows import corrections_are
from masthead.production.links.services import links_follow
from masthead.production.models import Conversion
from masthead.production.overlays.replacing import moves_to, overlays_move
from masthead.production.services import conversion_start

log = logging.getLogger("masthead.production")
STILL_READ = timedelta(hours=24)
"""How long after its replacement a build stays for those who have it open."""
_REBUILD_PRIORITY = -5  # new issues go first


def edition_convert_again(*, by: User, edition: Edition, priority: int = 0) -> Conversion:
    """Convert the PDF of its current build, else its latest one, with this version of Masthead.

    Raises NotAllowedError, StateError where no PDF was handed over yet or it is being converted.
    """
    require(by, Action.EDIT, edition)
    rows = Conversion.objects.filter(edition=edition).select_related("upload")
    if rows.filter(state__in=[Conversion.State.WAITING, Conversion.State.RUNNING]).exists():
        raise StateError("it is being converted")
    last = rows.filter(build=edition.build_id).first() if edition.build_id else rows.first()
    if last is None:
        raise StateError("no PDF was handed over")
    options = carried(last.options)
    return conversion_start(by=by, edition=edition, upload=last.upload, priority=priority, options=options)


def convert_older(*, by: User, publisher: Publisher, version: str = __version__) -> list[Conversion]:
    """Convert all editions anew whose build is older than a version; after everything else that waits."""
    older = older_than(version_of(version), edition_list(by, publisher))
    started = []
    for edition in older:
        try:
            started.append(edition_convert_again(by=by, edition=edition, priority=_REBUILD_PRIORITY))
        except (StateError, NotAllowedError) as error:
            log.warning("edition %s is not converted again: %s", edition.pk, error.detail or error.code)
    return started


def build_of(edition: Edition, build_pk: str) -> Build:
    """A build of the edition; raises NotFoundError."""
    found = build_list(edition).filter(pk=build_pk).first()
    if found is None:
        raise NotFoundError(build_pk)
    return found


def edition_roll_back(*, by: User, edition: Edition, build: Build) -> Edition:
    """Let readers have another build of the edition again. Raises NotAllowedError, StateError.

    A conversion that goes on would put its own build in place after this: it is not begun, or stopped.
    """
    if not folder_exists(build.folder):
        raise StateError("the folder of this build is gone")
    moves = moves_to(edition, build.folder, build.pages)
    with transaction.atomic():
        chosen = build_choose(by=by, edition=edition, build=build)
        overlays_move(edition_id=edition.pk, moves=moves)
        links_follow(edition_id=edition.pk, folder=build.folder, pages=build.pages)
        made_by = Conversion.objects.filter(edition=edition, build=build).first()
        corrections_are(edition_id=edition.pk, used=made_by.options.get(USED, []) if made_by else [])
    going = Conversion.objects.filter(edition=edition)
    going.filter(state=Conversion.State.RUNNING).update(cancel_asked=True)
    going.filter(state=Conversion.State.WAITING).update(state=Conversion.State.CANCELLED)
    annotations_follow(edition=chosen)
    comments_follow(edition=chosen)
    return chosen


def build_forget(*, by: User | None, build: Build) -> None:
    """Remove a build that is not current, with its folder. Raises NotAllowedError, StateError."""
    folder = build.folder
    build_remove(by=by, build=build)
    folder_remove(folder)


def forget_spare_builds(now: datetime) -> int:
    """Remove old builds beyond the number that is kept; never one that is current or may still be read."""
    spare = spare_builds(settings.MASTHEAD.kept_builds, now - STILL_READ)
    for build in spare:
        try:
            build_forget(by=None, build=build)
        except StateError:
            continue  # somebody chose it in this very moment
        log.info("build %s of edition %s was removed", build.build_id, build.edition_id)
    return len(spare)
