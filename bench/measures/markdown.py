"""What a page of Markdown says: its words, headings, list items and tables. As much of it as tools write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)|<!--.*?-->", re.DOTALL)
_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*\)")
_MARKS = re.compile(r"[*_`#|>\\~]|</?(?:br|u|b|i|sup|sub|mark|del|strong|em|table|thead|tbody|tr|td|th)[^>]*>")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(.*\S)")
_ITEM = re.compile(r"^\s*(?:[-+*•]|\d{1,3}[.)])\s+(.*\S)")
_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_CELL_END = re.compile(r"(?<!\\)\|")


def words_only(source: str) -> str:
    """The text without marks of Markdown."""
    return _MARKS.sub(" ", _LINK.sub(r"\1", _PICTURE.sub(" ", source)))


@dataclass(frozen=True)
class Markdown:
    """A page of Markdown."""

    source: str

    @cached_property
    def text(self) -> str:
        """All words in order."""
        return words_only("\n".join(line for line in self.source.splitlines() if not _is_rule(line)))

    @cached_property
    def headings(self) -> list[str]:
        """Texts of headings."""
        return [words_only(found[1]) for line in self.source.splitlines() if (found := _HEADING.match(line))]

    @cached_property
    def items(self) -> list[str]:
        """Texts of list items with the lines that go on from them, without bullet or number."""
        items: list[str] = []
        inside = False
        for line in self.source.splitlines():
            if found := _ITEM.match(line):
                items.append(found[1])
                inside = True
            elif inside and line.strip() and not _HEADING.match(line) and "|" not in line:
                items[-1] += " " + line
            else:
                inside = False
        return [words_only(item) for item in items]

    @cached_property
    def tables(self) -> list[list[list[str]]]:
        """Tables as rows of cells."""
        tables: list[list[list[str]]] = []
        before = ""
        for line in [*self.source.splitlines(), ""]:
            is_row = line.strip().startswith("|")
            if is_row and not before.strip().startswith("|"):
                tables.append([])
            if is_row and not _is_rule(line):
                cells = _CELL_END.split(line.strip().strip("|"))
                tables[-1].append([words_only(cell).strip() for cell in cells])
            before = line
        return [table for table in tables if table]


def _is_rule(line: str) -> bool:
    return "-" in line and "|" in line and _RULE.match(line) is not None
