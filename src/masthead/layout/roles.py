"""What a block is to its reader, told by size, weight, length and neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence

from masthead.document.text import Role
from masthead.layout.habits import Habits
from masthead.layout.measures import text_of
from masthead.layout.paragraphs import Group

_BYLINE = re.compile(r"(?:by|von|par|por|text|words|story)\s*[:\s]\s*\S+", re.IGNORECASE)
_QUOTES = ("“", '"', "„", "«", "‘")
_MAX_HEADING = 220  # characters


def heading_levels(groups: Sequence[Group], habits: Habits) -> dict[float, int]:
    """Sizes that stand out, the largest as level 1; sizes within a tenth of each other are one level."""
    sizes = sorted({round(group.size, 1) for group in groups if group.size > 1.18 * habits.body_size}, reverse=True)
    levels: dict[float, int] = {}
    level, anchor = 0, float("inf")
    for size in sizes:
        if size < 0.9 * anchor:
            level, anchor = min(4, level + 1), size
        levels[size] = max(1, level)
    return levels


def role_of(group: Group, habits: Habits, levels: dict[float, int], near_picture: bool) -> tuple[Role, int]:
    """The role, and the level if it is a heading."""
    text = " ".join(text_of(line) for line in group.lines)
    letters = sum(char.isalpha() for char in text)
    if group.marker and group.size < 1.3 * habits.body_size:
        return Role.LIST_ITEM, 0
    if _BYLINE.match(text) and len(text) < 90 and len(group.lines) <= 2:
        return Role.BYLINE, 0
    level = levels.get(round(group.size, 1), 0)
    if level and letters > 1:
        if text.startswith(_QUOTES) and len(text) > 50:
            return Role.PULL_QUOTE, 0
        if len(text) > _MAX_HEADING or (len(text) > 110 and group.size < 1.6 * habits.body_size):
            return Role.STANDFIRST, 0
        return Role.HEADING, level
    if group.size < 0.93 * habits.body_size:
        return (Role.CAPTION if near_picture else _small(group, habits)), 0
    if group.bold and len(group.lines) <= 2 and len(text) < 90 and not text.endswith((".", ",", ";")) and letters > 2:
        return Role.HEADING, min(5, max(levels.values(), default=1) + 1)
    if near_picture and group.italic and len(text) < 300:
        return Role.CAPTION, 0
    return Role.PARAGRAPH, 0


def _small(group: Group, habits: Habits) -> Role:
    first = group.lines[0].words[0].text
    starts_with_mark = first[:1].isdigit() or first[:1] in "*†‡¹²³⁴⁵⁶⁷⁸⁹"
    return Role.FOOTNOTE if starts_with_mark and group.size < 0.85 * habits.body_size else Role.PARAGRAPH
