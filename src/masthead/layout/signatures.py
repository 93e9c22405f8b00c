"""A name signed below a text, in the line after its last one, is set apart from the paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from masthead.document.text import Font, Line
from masthead.layout.bylines import signature_of
from masthead.layout.measures import text_of
from masthead.layout.paragraphs import Group, group_lines


def apart(groups: Iterable[Group], fonts: Sequence[Font]) -> list[Group]:
    """The groups, those that end with a signature parted in two."""
    result: list[Group] = []
    for group in groups:
        if len(group.lines) > 1 and _is_signature(group.lines[-1], group.lines[-2], group, fonts):
            result += [replace(group, lines=group.lines[:-1]), *group_lines(group.lines[-1:], fonts)]
        else:
            result.append(group)
    return result


def _is_signature(line: Line, before: Line, group: Group, fonts: Sequence[Font]) -> bool:
    """Whether the last line signs: a dash and a name, set flush right or in another face than the text."""
    if signature_of(text_of(line)) is None:
        return False
    indented = line.box.x0 > group.box.x0 + 0.25 * group.box.width
    first, last = fonts[before.words[-1].font], fonts[line.words[-1].font]
    return indented or (first.italic, first.bold) != (last.italic, last.bold)
