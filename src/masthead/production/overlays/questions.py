"""Forms that overlays open, named by their key. The one place that will ask the forms of a house, once it has any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from masthead.library.selectors import Edition
from masthead.production.overlays.errors import OverlayEmptyError


@dataclass(frozen=True, slots=True)
class OfferedForm:
    """A form that readers of an edition can fill in: what staff call it, and where it is."""

    name: str
    address: str


def forms_offered(edition: Edition) -> Mapping[str, OfferedForm]:
    """The forms that overlays of the edition can open, by key. No house has forms yet."""
    return {}


def form_checked(edition: Edition, key: str) -> str:
    """The key of a form that is offered; raises OverlayEmptyError."""
    if key not in forms_offered(edition):
        raise OverlayEmptyError(key, field="form")
    return key
