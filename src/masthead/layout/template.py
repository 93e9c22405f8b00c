"""What a publication's own template says of lines and blocks, before the document is judged by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from masthead.document.geometry import Box
from masthead.document.template import TemplateRule
from masthead.document.text import Block, Font, Line, PageLines, Role
from masthead.layout.measures import size_of, text_of
from masthead.layout.styles import Piece

_EDGE = 1 / 6  # of the page's height: its top and its bottom
_SAME_SIZE = 0.03  # sizes differ by so much at most: programs round


@dataclass(frozen=True, slots=True)
class Template:
    """The rules of a publication; without any it says nothing."""

    rules: tuple[TemplateRule, ...] = ()

    def furniture_role(self, line: Line, page: PageLines) -> Role | None:
        """Running head or folio, if a rule says that the line is one."""
        for rule in self.rules:
            if Role(rule.role).is_furniture and _is_meant(rule, line, page.fonts, page.height):
                return Role(rule.role)
        return None

    def assign(self, rows: Mapping[int, Sequence[Piece]], pages: Sequence[PageLines]) -> None:
        """Give blocks the roles that the rules say; furniture was parted from the text before, tables stay."""
        known = {page.number: page for page in pages}
        rules = [rule for rule in self.rules if not Role(rule.role).is_furniture]
        for number, row in rows.items() if rules else ():
            page = known[number]
            for piece in row:
                if piece.role.is_furniture or piece.role is Role.TABLE or not piece.block.lines:
                    continue
                rule = next(
                    (one for one in rules if _is_meant(one, piece.block.lines[0], page.fonts, page.height)), None
                )
                if rule is not None:
                    piece.role = Role(rule.role)

    def section_of(self, blocks: Sequence[Block], fonts: Sequence[Font], height: float) -> str:
        """The section that a page's blocks name; "" if none does."""
        for rule in self.rules:
            for block in blocks if rule.is_section else ():
                if block.lines and block.text and _is_meant(rule, block.lines[0], fonts, height):
                    return block.text
        return ""


def zone_of(box: Box, height: float) -> str:
    """In which part of the page a line stands."""
    middle = (box.y0 + box.y1) / 2
    if middle < _EDGE * height:
        return "top"
    return "bottom" if middle > (1 - _EDGE) * height else "anywhere"


def masked(words: str) -> str:
    """Small letters, digits as #: what repeats on pages however they are numbered."""
    return re.sub(r"\d+", "#", " ".join(words.split()).casefold())


def type_of(line: Line, fonts: Sequence[Font]) -> tuple[str, float]:
    """Font and size of a line, to the half of a point; "" where the font is not known."""
    font = line.words[0].font if line.words else -1
    name = fonts[font].name if 0 <= font < len(fonts) else ""
    return name, round(size_of(line) * 2) / 2 if line.words else 0.0


def _is_meant(rule: TemplateRule, line: Line, fonts: Sequence[Font], height: float) -> bool:
    if not line.words or rule.zone not in ("anywhere", zone_of(line.box, height)):
        return False
    if rule.words:
        return masked(text_of(line)) == rule.words
    font = line.words[0].font
    name = fonts[font].name if 0 <= font < len(fonts) else ""
    return name == rule.font and abs(size_of(line) - rule.size) <= max(0.3, _SAME_SIZE * rule.size)


NO_TEMPLATE = Template()
