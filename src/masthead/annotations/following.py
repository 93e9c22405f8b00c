"""Lets annotations follow an edition to another build: each notebook in a transaction of its own."""

from __future__ import annotations

import logging

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from masthead.annotations.models import Annotation, Notebook
from masthead.annotations.placing import IssueText, place
from masthead.annotations.services import build_of
from masthead.document.errors import EditionInvalidError
from masthead.library.build_folders import read_build
from masthead.library.selectors import Edition

log = logging.getLogger("masthead.annotations")


def annotations_follow(*, edition: Edition) -> int:
    """Put everybody's annotations of the edition on their words in its current build; says how many moved.

    Can be interrupted and called again: what stands in the build already is not touched.
    """
    edition = Edition.with_deleted.select_related("build").get(pk=edition.pk)
    if edition.build is None:
        return 0
    waiting = Annotation.objects.filter(notebook__edition=edition, is_deleted=False)
    waiting = waiting.exclude(build=edition.build.build_id)
    notebooks = list(waiting.order_by().values_list("notebook_id", flat=True).distinct())
    if not notebooks:
        return 0
    try:
        text = IssueText(read_build(edition.build.folder))
    except EditionInvalidError:
        log.warning("annotations of edition %s wait: its build cannot be read", edition.pk)
        return 0
    moved = sum(_follow(notebook, text) for notebook in notebooks)
    log.info("%s annotations of edition %s were put in their places", moved, edition.pk)
    return moved


def strays_follow(*, most: int = 20) -> int:
    """The same for editions whose annotations were left behind, as when a process was killed at the switch."""
    strays = Annotation.objects.filter(is_deleted=False, notebook__edition__build__isnull=False)
    strays = strays.exclude(build=F("notebook__edition__build__build_id"))
    editions = list(strays.order_by().values_list("notebook__edition_id", flat=True).distinct()[:most])
    return sum(annotations_follow(edition=edition) for edition in Edition.objects.filter(pk__in=editions))


def _follow(notebook_id: str, text: IssueText) -> int:
    with transaction.atomic():
        notebook = Notebook.objects.select_for_update().filter(pk=notebook_id).first()
        if notebook is None:
            return 0
        rows = Annotation.objects.filter(notebook=notebook, is_deleted=False).exclude(build=text.build)
        changed = []
        for row in rows.order_by("sequence"):
            if row.content is None:
                continue
            row.content = place(row.content, text)
            notebook.sequence += 1
            row.sequence, row.revision = notebook.sequence, row.revision + 1
            row.build, row.changed_at = build_of(row.content), timezone.now()
            changed.append(row)
        Annotation.objects.bulk_update(changed, ["content", "sequence", "revision", "build", "changed_at"])
        notebook.save(update_fields=["sequence"])
    return len(changed)
