"""Reads overlays: for staff all of them, for readers what is on its place; what was read is kept while it is true."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from masthead.access.terms import terms_of
from masthead.accounts.selectors import User
from masthead.document.overlays import NOTHING, Area, Laid, LinkChange, OverlayKind
from masthead.document.overlays import Overlay as Shown
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition
from masthead.orders.asking import asked_of
from masthead.orders.pictures import PICTURE_NAME, picture_place
from masthead.production.models import LinkChange as LinkChangeRow
from masthead.production.models import Overlay as Overlay
from masthead.production.models import OverlayFile as OverlayFile
from masthead.production.models import OverlayStep
from masthead.production.overlays.files import copy_here, local_file
from masthead.production.overlays.products import with_products
from masthead.production.overlays.questions import asked_overlays, form_path, forms_offered

_KEPT = 256  # editions whose overlays stay in memory
_kept: OrderedDict[str, tuple[str, Laid]] = OrderedDict()
_lock = threading.Lock()


def laid_of(edition: Edition) -> Laid:
    """What readers of the edition are shown on its pages. No query where nothing was ever laid, or nothing changed."""
    asks = any(not one.is_gate for one in terms_of(edition).forms)
    if not edition.laid_version and not asks:
        return NOTHING
    version = f"{edition.pk}-{edition.laid_version}"
    if asks:  # beside pages that the edition has now
        version += f"-{edition.build_id}"
    with _lock:
        found = _kept.get(edition.pk)
        if found is not None and found[0] == version:
            _kept.move_to_end(edition.pk)
            return found[1]
    lying = Overlay.objects.filter(edition=edition, removed_at__isnull=True, is_lost=False)
    rows = list(lying.exclude(kind=OverlayKind.ADVERTISEMENT.value))  # those are staff's own
    forms = forms_offered(edition) if any(row.kind == OverlayKind.FORM for row in rows) else {}
    shown = with_products(edition, [_with_form(shown_of(row), forms) for row in rows])
    shown += asked_overlays(edition)
    changes = _changes(edition)
    laid = Laid(tuple(shown), changes, version) if shown or changes else NOTHING
    with _lock:
        _kept[edition.pk] = (version, laid)
        while len(_kept) > _KEPT:
            _kept.popitem(last=False)
    return laid


def laid_for_files(edition: Edition) -> Laid:
    """The same for a site of files.

    From there forms are filled in and products ordered at the house, if it knows where it is reached; pictures of
    products lie beside those of overlays.
    """
    laid = laid_of(edition)
    origin = settings.MASTHEAD.origin
    sells = bool(origin) and asked_of(edition).is_on
    shown = (_from_elsewhere(edition, one) for one in laid.overlays)
    return replace(laid, overlays=tuple(_sold_elsewhere(edition, one, origin if sells else "") for one in shown))


def file_for_files(edition: Edition, name: str) -> Path | None:
    """A file that the overlays of `laid_for_files` name."""
    if PICTURE_NAME.fullmatch(name):
        return copy_here(picture_place(edition.publication_id, name))
    return local_file(edition.pk, name)


def _sold_elsewhere(edition: Edition, overlay: Shown, origin: str) -> Shown:
    kept = dict(overlay.particulars)
    if overlay.kind is not OverlayKind.PRODUCT:
        return overlay
    own = kept.pop("own_picture", None)
    if own:
        kept["picture"] = {**own, "file": str(own["src"]).rpartition("/")[2]}
    if origin and kept.get("can_be_ordered"):
        address = reverse("edition-product", args=[edition.publication.slug, edition.slug])
        kept["order_address"] = f"{origin}{address}?{urlencode({'code': kept['code']})}"
    return replace(overlay, particulars=kept)


def _from_elsewhere(edition: Edition, overlay: Shown) -> Shown:
    origin = settings.MASTHEAD.origin
    if overlay.kind is not OverlayKind.FORM or not overlay.particulars.get("is_offered"):
        return overlay
    address = f"{origin}{form_path(edition, overlay.particulars['form'])}" if origin else ""
    return replace(overlay, particulars={**overlay.particulars, "address": address, "is_offered": bool(origin)})


def shown_of(row: Overlay) -> Shown:
    """A row as the rooms below know an overlay."""
    area = Area(row.x, row.y, row.width, row.height)
    return Shown(row.pk, OverlayKind(row.kind), row.page, area, row.title, row.particulars)


def _with_form(overlay: Shown, forms: Mapping[str, str]) -> Shown:
    """A form's overlay, and whether the form is offered: readers are not shown it if not."""
    if overlay.kind is not OverlayKind.FORM:
        return overlay
    is_offered = str(overlay.particulars.get("form", "")) in forms
    return replace(overlay, particulars={**overlay.particulars, "is_offered": is_offered})


def overlay_rows(edition: Edition) -> QuerySet[Overlay]:
    """All overlays of an edition that was already given to somebody of its staff, page by page."""
    return Overlay.objects.filter(edition=edition, removed_at__isnull=True)


def overlay_list(edition: Edition) -> list[Overlay]:
    """The same, read."""
    return list(overlay_rows(edition))


def overlay_get(edition: Edition, overlay_id: str) -> Overlay:
    """One of them; raises NotFoundError."""
    found = Overlay.objects.filter(edition=edition, removed_at__isnull=True, pk=overlay_id).first()
    if found is None:
        raise NotFoundError(overlay_id)
    found.edition = edition
    return found


def steps_of(person: User, edition: Edition) -> tuple[bool, bool]:
    """Whether the person can undo something in this edition, and do something again."""
    undone = list(OverlayStep.objects.filter(edition=edition, by=person).values_list("is_undone", flat=True))
    return False in undone, True in undone


def file_rows(edition: Edition) -> QuerySet[OverlayFile]:
    """The files that were kept for overlays of the edition."""
    return OverlayFile.objects.filter(edition=edition)


def files_of(edition: Edition) -> dict[str, OverlayFile]:
    """The files that were kept for overlays of the edition, by name."""
    return {file.name: file for file in OverlayFile.objects.filter(edition=edition)}


def _changes(edition: Edition) -> tuple[LinkChange, ...]:
    rows = LinkChangeRow.objects.filter(edition=edition)
    return tuple(LinkChange(row.page, row.kind, row.target, row.text, row.to) for row in rows)
