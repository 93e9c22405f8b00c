"""Reads production: how conversions go, for who may see their edition."""

from __future__ import annotations

import time
from collections.abc import Iterable

from django.db.models import Count, QuerySet

from masthead.accounts.selectors import Person, Publisher
from masthead.document.errors import MastheadError
from masthead.library.errors import NotFoundError, StateError
from masthead.library.selectors import Edition, edition_get, edition_list
from masthead.production.errors import ConversionAbandonedError
from masthead.production.models import AccessibilityStatement as AccessibilityStatement
from masthead.production.models import Arrival as Arrival
from masthead.production.models import Conversion as Conversion
from masthead.production.models import Correction as Correction
from masthead.production.models import Upload as Upload


def conversion_list(person: Person, publisher: Publisher) -> QuerySet[Conversion]:
    """Conversions of editions that the person sees, latest first."""
    return Conversion.objects.filter(edition__in=edition_list(person, publisher)).select_related(
        "edition__publication", "upload"
    )


def conversion_of(person: Person, edition: Edition, conversion_id: str) -> Conversion:
    """One conversion of the edition; raises NotFoundError, also where the person may not see the edition."""
    edition_get(person, edition.pk)
    found = Conversion.objects.select_related("edition__publication", "upload")
    conversion = found.filter(pk=conversion_id, edition=edition).first()
    if conversion is None:
        raise NotFoundError(conversion_id)
    return conversion


def latest_conversion(edition: Edition) -> Conversion | None:
    """The last conversion of an edition that was already given to somebody who may see it."""
    return Conversion.objects.filter(edition=edition).select_related("upload").first()


def latest_conversions(editions: Iterable[Edition]) -> dict[str, Conversion]:
    """The last conversion of each edition, by the edition's id; in one query."""
    rows = Conversion.objects.filter(edition__in=list(editions)).select_related("upload").order_by("created_at")
    return {row.edition_id: row for row in rows}


def growing_folder_of(edition: Edition) -> str:
    """Where the edition can be looked at while its first build is made, below the data folder; "" where it cannot."""
    running = Conversion.objects.filter(edition=edition, state=Conversion.State.RUNNING).first()
    return running.folder if running else ""


def counts() -> dict[str, int]:
    """How many conversions there are in each state, for the operator."""
    found = dict(Conversion.objects.order_by().values_list("state").annotate(number=Count("pk")))
    return {state.value: found.get(state.value, 0) for state in Conversion.State}


def conversions_of_builds(edition: Edition) -> dict[str, Conversion]:
    """Which conversion made each build of the edition, by the build's id."""
    rows = Conversion.objects.filter(edition=edition, build__isnull=False).select_related("upload", "by")
    return {str(row.build_id): row for row in rows}


def conversion_result(edition: Edition, *, seconds: float = 86_400) -> Conversion:
    """The latest conversion of the edition when it has ended well; raises the error with which it ended otherwise."""
    end = time.monotonic() + seconds
    while True:
        found = latest_conversion(edition)
        if found is None or time.monotonic() > end:
            raise ConversionAbandonedError(edition.pk)
        if found.state == Conversion.State.DONE:
            return found
        if found.is_over:
            raise error_of(found.error_code, found.error_detail) if found.error_code else StateError(found.state)
        time.sleep(0.5)


def correction_list(edition: Edition) -> QuerySet[Correction]:
    """All corrections of an edition that was already given to somebody who may see it; the latest first."""
    return Correction.objects.filter(edition=edition).select_related("by").order_by("-place")


def error_of(code: str, detail: str = "") -> MastheadError:
    """The error that was written down under a code, as one that can be raised."""
    kinds = [MastheadError]
    while kinds:
        kind = kinds.pop()
        if kind.code == code:
            return kind(detail)
        kinds += kind.__subclasses__()
    return MastheadError(code)
