"""The templates of whoever writes pages: what is put into one is escaped, and nothing may be missing."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


@cache
def templates_of(package: str) -> Environment:
    """The templates beside the modules of `package`, which is named in full."""
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def house_environment(**options: Any) -> Environment:
    """The templates of the server's faces: found by the web framework, under the same rules as all others."""
    rules = {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    return Environment(**{**options, **rules})  # noqa: S701 - the rules escape
