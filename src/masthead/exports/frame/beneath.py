"""What a house puts beneath an article or an edition's first page, such as comments: made by it, put there as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Beneath:
    """HTML and schema.org data; `key` is another one when they are, so that pages can be kept until then."""

    key: tuple[object, ...] = ()
    html: Callable[[], Markup] = field(default=Markup)
    data: Callable[[], dict[str, Any]] = field(default=dict)


NOTHING = Beneath()
Under = Callable[[str, str], Beneath]
"""What stands beneath an article by its slug, or with "" beneath the first page; in a language."""
