"""What a publication's issues have in common, as its corrections taught it: rules that a person can read."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

VERSION = 1
ZONES = ("top", "bottom", "anywhere")


@dataclass(frozen=True, slots=True)
class TemplateRule:
    """Text in one type, or with the same words, in one part of the page is one thing.

    `words` are those that repeat, small letters, digits as #; "" for a rule about type. A rule with `is_section` says
    that the text names the section of the articles that begin on its page; its role is that of a running head.
    """

    role: str
    zone: str  # "top": the upper sixth of the page, "bottom": the lower, or "anywhere"
    font: str = ""  # the font's name; "" for a rule about words
    size: float = 0.0  # points
    level: int = 0  # of a heading
    words: str = ""
    is_section: bool = False

    @property
    def key(self) -> str:
        """The same for the same rule."""
        return hashlib.sha256(json.dumps(rule_to_json(self), sort_keys=True).encode()).hexdigest()[:32]

    @property
    def about(self) -> tuple[str, str, float, str]:
        """What it is about: two rules that are about the same contradict each other."""
        return self.zone, self.font, self.size, self.words


def rule_to_json(rule: TemplateRule) -> dict[str, Any]:
    """A rule as plain JSON."""
    return {"version": VERSION, **asdict(rule)}


def rule_from_json(data: dict[str, Any]) -> TemplateRule:
    """The reverse of `rule_to_json`; raises ValueError on another version and on what does not fit."""
    rest = {name: value for name, value in data.items() if name != "version"}
    if data.get("version") != VERSION or rest.get("zone") not in ZONES:
        raise ValueError("a rule of another version")
    try:
        return TemplateRule(**rest)
    except TypeError as error:
        raise ValueError(str(error)) from error
