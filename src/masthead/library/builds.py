"""The builds of an edition: which there are, which may still be looked at, which nobody needs any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet

from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.library.errors import StateError
from masthead.library.models import Build, Edition
from masthead.library.selectors import can_do
from masthead.library.telling import step_log


def build_list(edition: Edition) -> QuerySet[Build]:
    """The builds of an edition that was already given to somebody who may see it; latest first."""
    return Build.objects.filter(edition=edition)


def folder_of_build(edition: Edition, build_id: str) -> str:
    """Where a build of the edition lies, below the data folder, also one that is not current any more; "" for none.

    Somebody who opened the edition before it was replaced reads on in what they have.
    """
    if edition.build is not None and edition.build.build_id == build_id:
        return edition.build.folder
    found = Build.objects.filter(edition=edition, build_id=build_id).first()
    return found.folder if found else ""


def spare_builds(kept: int, left_before: datetime) -> list[Build]:
    """Builds that can go: not current, replaced before a moment, and not among the latest `kept` old ones."""
    spare: list[Build] = []
    old = Build.objects.exclude(pk=F("edition__build")).filter(left_at__isnull=False)
    crowded = old.filter(left_at__lt=left_before).order_by().values_list("edition_id", flat=True).distinct()
    for edition_id in crowded:
        beyond = old.filter(edition_id=edition_id).order_by("-created_at")[kept:]
        spare += [build for build in beyond if build.left_at is not None and build.left_at < left_before]
    return spare


def build_remove(*, by: User | None, build: Build) -> None:
    """Forget a build; its folder is the caller's to remove. Raises NotAllowedError, StateError for the current one."""
    edition = build.edition
    if by is not None and not can_do(by, Action.PUBLISH, edition):
        raise NotAllowedError(Action.PUBLISH.value)
    with transaction.atomic():
        current = Edition.with_deleted.select_for_update(of=("self",)).get(pk=edition.pk).build_id
        if current == build.pk:
            raise StateError("the build is the current one")
        step_log(by, "edition.remove_build", edition, {"build": build.build_id}, {})
        build.delete()


def older_than(version: Sequence[int], editions: QuerySet[Edition]) -> list[Edition]:
    """Those of the editions whose current build was made by an older version of Masthead."""
    rows = editions.filter(build__isnull=False).select_related("build", "publication__publisher")
    return [row for row in rows if row.build is not None and version_of(row.build.version) < tuple(version)]


def version_of(words: str) -> tuple[int, ...]:
    """A version as numbers, such as (0, 12, 1); what is no number counts as 0."""
    return tuple(int(part) if part.isdecimal() else 0 for part in words.split("+", maxsplit=1)[0].split("."))
