"""Writes overlays: laid on a page, changed, moved, taken away; each step can be taken back by whoever made it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.accounts.services import log_write
from masthead.document.overlays import Area, OverlayKind
from masthead.library.build_folders import folder_here
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition, require
from masthead.library.services import edition_laid
from masthead.production.advertising.beneath import links_beneath
from masthead.production.models import Overlay, OverlayStep
from masthead.production.overlays.errors import OverlayAreaError, OverlayChangedError
from masthead.production.overlays.particulars import area_checked, page_count, particulars_checked, title_checked
from masthead.production.overlays.placing import WHOLE, Words, anchor_of

_KEPT: Final = (
    *("kind", "page", "x", "y", "width", "height"),
    *("title", "particulars", "anchor", "is_lost"),
)  # what a step restores
_SMALL: Final = frozenset({"overlay.move", "overlay.undo"})  # too many for the history of an edition; the log has them
_MOST_STEPS = 100  # of one person in one edition
State = dict[str, Any]


def overlay_create(
    *, by: User, edition: Edition, kind: OverlayKind, page: int, area: Area, title: str, said: Mapping[str, Any]
) -> Overlay:
    """Lay a thing on a page. Raises NotAllowedError, OverlayError with the field it belongs to."""
    require(by, Action.EDIT, edition)
    made = Overlay(edition=edition, kind=kind.value, by=by)
    _describe(made, edition, title, said)
    _place(made, edition, page, area)
    with transaction.atomic():
        made.save()
        _step(by, edition, made, "overlay.create", None, _state(made))
    return made


def overlay_change(
    *, by: User, overlay: Overlay, page: int, area: Area, title: str, said: Mapping[str, Any], seen: str = ""
) -> Overlay:
    """Say other things of it, or put it elsewhere. `seen` is the `version_of` that the person had before them.

    Raises NotAllowedError, OverlayError with its field, OverlayChangedError where it was changed meanwhile.
    """
    edition = overlay.edition
    require(by, Action.EDIT, edition)
    with transaction.atomic():
        current = _locked(edition, overlay.pk)
        if seen and seen != version_of(current):
            raise OverlayChangedError(overlay.pk)
        before = _state(current)
        _describe(current, edition, title, said)
        is_elsewhere = (page, *area_checked(area)) != (current.page, *_area(current))
        if is_elsewhere or current.is_lost:
            _place(current, edition, page, area)
        else:
            _look_beneath(current, edition)
        if _state(current) != before:
            current.save()
            _step(by, edition, current, "overlay.change", before, _state(current))
    return current


def overlay_move(*, by: User, overlay: Overlay, page: int, area: Area) -> Overlay:
    """Put it elsewhere or make it larger. Raises NotAllowedError, OverlayAreaError."""
    edition = overlay.edition
    require(by, Action.EDIT, edition)
    with transaction.atomic():
        current = _locked(edition, overlay.pk)
        before = _state(current)
        _place(current, edition, page, area)
        if _state(current) != before:
            current.save()
            _step(by, edition, current, "overlay.move", before, _state(current))
    return current


def overlay_remove(*, by: User, overlay: Overlay) -> None:
    """Take it away; it can be taken back. Raises NotAllowedError."""
    edition = overlay.edition
    require(by, Action.EDIT, edition)
    with transaction.atomic():
        current = _locked(edition, overlay.pk)
        before = _state(current)
        current.removed_at = timezone.now()
        current.save()
        _step(by, edition, current, "overlay.remove", before, None)


def step_back(*, by: User, edition: Edition) -> str:
    """Undo the person's last step; answers the overlay's id, "" where there is none. Raises OverlayChangedError."""
    require(by, Action.EDIT, edition)
    with transaction.atomic():
        step = OverlayStep.objects.filter(edition=edition, by=by, is_undone=False).last()
        if step is None:
            return ""
        _restore(by, edition, step.overlay, step.after, step.before)
        OverlayStep.objects.filter(pk=step.pk).update(is_undone=True)
    return step.overlay


def step_again(*, by: User, edition: Edition) -> str:
    """Do again what was undone last; answers the overlay's id, "" where there is none. Raises OverlayChangedError."""
    require(by, Action.EDIT, edition)
    with transaction.atomic():
        step = OverlayStep.objects.filter(edition=edition, by=by, is_undone=True).first()
        if step is None:
            return ""
        _restore(by, edition, step.overlay, step.before, step.after)
        OverlayStep.objects.filter(pk=step.pk).update(is_undone=False)
    return step.overlay


def version_of(overlay: Overlay) -> str:
    """Tells one state of an overlay from another."""
    return overlay.changed_at.isoformat()


def words_of(edition: Edition) -> Words | None:
    """The words of the edition's current build; None while there is no build."""
    if edition.build is None:
        return None
    return Words(folder_here(edition.build.folder), edition.build.pages)


def _describe(overlay: Overlay, edition: Edition, title: str, said: Mapping[str, Any]) -> None:
    overlay.title = title_checked(title)
    overlay.particulars = particulars_checked(edition, OverlayKind(overlay.kind), said)
    words = words_of(edition)
    if overlay.kind == OverlayKind.PAGE and words:  # so that it leads to the same page of another PDF
        overlay.particulars["words"] = anchor_of(words, overlay.particulars["target"], WHOLE)


def _place(overlay: Overlay, edition: Edition, page: int, area: Area) -> None:
    if not 1 <= page <= page_count(edition):
        raise OverlayAreaError(f"page {page}", field="area")
    checked = area_checked(area)
    overlay.page = page
    overlay.x, overlay.y, overlay.width, overlay.height = checked
    words = words_of(edition)
    overlay.anchor = anchor_of(words, page, checked) if words else {}
    overlay.is_lost = False
    _look_beneath(overlay, edition)


def _look_beneath(overlay: Overlay, edition: Edition) -> None:
    """An advertisement keeps the links that were found in its area."""
    if overlay.kind == OverlayKind.ADVERTISEMENT and edition.build is not None:
        folder = folder_here(edition.build.folder)
        overlay.particulars = {**overlay.particulars, "links": links_beneath(folder, overlay.page, _area(overlay))}


def _area(overlay: Overlay) -> Area:
    return Area(overlay.x, overlay.y, overlay.width, overlay.height)


def _state(overlay: Overlay) -> State:
    return {name: getattr(overlay, name) for name in _KEPT}


def _locked(edition: Edition, overlay_id: str) -> Overlay:
    rows = Overlay.objects.select_for_update().filter(edition=edition, removed_at__isnull=True)
    found = rows.filter(pk=overlay_id).first()
    if found is None:
        raise NotFoundError(overlay_id)
    return found


def _restore(by: User, edition: Edition, overlay_id: str, expected: State | None, wanted: State | None) -> None:
    """Make the overlay as it was before a step, if it still is as the step left it."""
    row = Overlay.objects.select_for_update().filter(edition=edition, pk=overlay_id).first()
    if row is None:
        raise OverlayChangedError(overlay_id)
    now = None if row.removed_at else _state(row)
    if now != expected:
        raise OverlayChangedError(overlay_id)
    row.removed_at = timezone.now() if wanted is None else None
    for name, value in (wanted or {}).items():
        setattr(row, name, value)
    row.save()
    _written(by, edition, row, "overlay.undo", expected, wanted)


def _step(by: User, edition: Edition, overlay: Overlay, action: str, before: State | None, after: State | None) -> None:
    """Write the step down; what was undone before it cannot be done again any more."""
    steps = OverlayStep.objects.filter(edition=edition, by=by)
    steps.filter(is_undone=True).delete()
    OverlayStep.objects.create(edition=edition, by=by, overlay=overlay.pk, before=before, after=after)
    oldest = list(steps.order_by("-pk").values_list("pk", flat=True)[_MOST_STEPS:])
    if oldest:
        steps.filter(pk__in=oldest).delete()
    _written(by, edition, overlay, action, before, after)


def _written(
    by: User, edition: Edition, overlay: Overlay, action: str, before: State | None, after: State | None
) -> None:
    edition_laid(edition_id=edition.pk)
    log_write(
        by=by,
        publisher_id=edition.publication.publisher_id,
        action=action,
        subject_id=overlay.pk if action in _SMALL else edition.pk,
        subject_name=str(edition),
        before=_told(before),
        after=_told(after),
    )


def _told(state: State | None) -> dict[str, Any]:
    """What the log says of an overlay: what it is and where."""
    return {"overlay": state["title"], "kind": state["kind"], "page": state["page"]} if state else {}
