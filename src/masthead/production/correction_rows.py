"""The corrections of an edition as rows: which count, in which order, and what the last build made of them."""

from __future__ import annotations

import logging
from collections.abc import Collection

from django.db.models import F, Q, QuerySet

from masthead.document.corrections import PageArrangement, from_json
from masthead.edition.correcting.applying import Numbered, Outcome
from masthead.library.selectors import Edition
from masthead.production.models import Correction, Upload

log = logging.getLogger("masthead.production")


def active(edition_id: str) -> QuerySet[Correction]:
    """Those that were not undone, in their order."""
    return Correction.objects.filter(edition=edition_id, undone_at__isnull=True)


def numbered(edition_id: str) -> tuple[Numbered, ...]:
    """Those that count, to be applied; one that this version does not understand is left out and stays."""
    found: list[Numbered] = []
    for row in active(edition_id):
        try:
            found.append((row.pk, from_json(row.data)))
        except ValueError:
            log.warning("correction %s of edition %s is not understood", row.pk, edition_id)
    return tuple(found)


def waiting(edition_id: str) -> int:
    """How many changes readers do not have yet: made since the last build, or undone since."""
    rows = Correction.objects.filter(edition=edition_id)
    return rows.filter(Q(undone_at__isnull=True, is_built=False) | Q(undone_at__isnull=False, is_built=True)).count()


def corrections_built(*, edition_id: str, outcome: Outcome) -> None:
    """Write down what a finished build made of them. Call it in the transaction that puts the build in place."""
    rows = Correction.objects.filter(edition=edition_id)
    used = [*outcome.fitting, *(name for name, _ in outcome.lost)]
    rows.exclude(pk__in=used).filter(is_built=True).update(is_built=False)
    rows.filter(pk__in=outcome.fitting).update(is_built=True, fits=True, reason="")
    for name, reason in outcome.lost:
        rows.filter(pk=name).update(is_built=True, fits=False, reason=reason[:200])


def corrections_are(*, edition_id: str, used: Collection[str]) -> None:
    """Write down which corrections the current build was made with, when another one was chosen."""
    rows = Correction.objects.filter(edition=edition_id)
    rows.filter(pk__in=used).update(is_built=True)
    rows.exclude(pk__in=used).update(is_built=False)


def next_place(edition_id: str) -> int:
    """The place after the last one."""
    last = Correction.objects.filter(edition=edition_id).order_by(F("place").desc()).first()
    return last.place + 1 if last else 1


def arrangements(edition_id: str, sha256: str) -> tuple[PageArrangement | None, PageArrangement | None]:
    """How a PDF's pages are arranged in the current build, and how they will be in the next; None: as in the PDF."""
    rows = Correction.objects.filter(edition=edition_id, kind=PageArrangement.kind)
    built = [row for row in rows if row.is_built and row.fits]
    wanted = [row for row in rows if row.undone_at is None]
    return _of_pdf(built, sha256), _of_pdf(wanted, sha256)


def inserted_pdfs() -> set[str]:
    """The PDFs, by sha256, that stand in arrangements for pages of others; also in those that can be restored."""
    rows = Correction.objects.filter(kind=PageArrangement.kind).values_list("data", flat=True)
    return {piece["inserted"] for data in rows for piece in data["pages"] if piece.get("inserted")}


def inserted_uploads(edition_id: str) -> list[Upload]:
    """The PDFs that stand for pages of an edition."""
    rows = active(edition_id).filter(kind=PageArrangement.kind).values_list("data", flat=True)
    wanted = {piece["inserted"] for data in rows for piece in data["pages"] if piece.get("inserted")}
    publisher = Edition.with_deleted.get(pk=edition_id).publication.publisher_id
    found = Upload.objects.filter(sha256__in=wanted, publisher=publisher)
    return list({upload.sha256: upload for upload in found}.values())


def _of_pdf(rows: list[Correction], sha256: str) -> PageArrangement | None:
    found = None
    for row in rows:
        change = from_json(row.data)
        if isinstance(change, PageArrangement) and change.source == sha256:
            found = change
    return found
