"""Forms that overlays open, named by their id: the one place that asks the forms of a publication."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from masthead.document.overlays import Area, Overlay, OverlayKind
from masthead.forms.selectors import asked_at_pages, forms_of
from masthead.library.selectors import Edition
from masthead.production.overlays.errors import OverlayEmptyError

NOWHERE = Area(0.0, 0.0, 0.0, 0.0)
"""Of what belongs to a page and lies on no part of it."""


def forms_offered(edition: Edition) -> Mapping[str, str]:
    """The forms that overlays of the edition can open: what staff call them, by id."""
    return {form.pk: form.name for form in forms_of(edition)}


def form_path(edition: Edition, form_id: str) -> str:
    """Where readers of the edition fill a form in, in the house."""
    return reverse("edition-form", args=[edition.publication.slug, edition.slug, form_id])


def form_checked(edition: Edition, key: str) -> str:
    """The id of a form that is offered; raises OverlayEmptyError."""
    if key not in forms_offered(edition):
        raise OverlayEmptyError(key, field="form")
    return key


def asked_overlays(edition: Edition) -> list[Overlay]:
    """The forms that are asked beside pages, as overlays that lie nowhere."""
    pages = edition.build.pages if edition.build else 0
    language = edition.publication.language
    return [
        Overlay(
            id=f"form-{form.pk}",
            kind=OverlayKind.FORM,
            page=page,
            area=NOWHERE,
            title=form.text("title", language),
            particulars={"form": form.pk, "is_offered": True, "is_asked": True},
        )
        for page, form in asked_at_pages(edition, pages)
    ]
