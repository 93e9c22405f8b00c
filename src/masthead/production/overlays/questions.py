"""Forms that overlays open, named by their key. The one place that will ask the forms of a house, once it has any."""

from __future__ import annotations

import re
from collections.abc import Mapping

from masthead.library.selectors import Edition
from masthead.production.overlays.errors import OverlayEmptyError

_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


def forms_offered(edition: Edition) -> Mapping[str, str]:
    """The forms that overlays of the edition can open, by key, with their names. No house has forms yet."""
    return {}


def form_address(edition: Edition, key: str) -> str:
    """Where readers fill the form in; "" where it is not offered, and then its overlay is not shown."""
    return f"{key}" if key in forms_offered(edition) else ""


def form_checked(edition: Edition, key: str) -> str:
    """The key of a form that is offered; raises OverlayEmptyError."""
    if not _KEY.fullmatch(key) or key not in forms_offered(edition):
        raise OverlayEmptyError(key, field="form")
    return key
