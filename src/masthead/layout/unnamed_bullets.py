"""Bullets of fonts whose name says nothing: what a font is used for in the whole document tells that it has no letters.

A subset of a symbol font can come under any name, and its bullet is then the letter "n" or "l" to the file; Word sets
its hollow bullet as the "o" of a typewriter face. A font of letters is used for words. A font of which nothing but one
or two characters is ever seen, at the beginning of lines, with a gap behind them and in the size of the text, is there
for bullets. Capitals, figures and marks of notes are left alone: they may be initials, speakers or numbers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from masthead.document.text import Font, Line, PageLines
from masthead.layout.symbols import BULLET

_MOST_CHARACTERS = 2  # of such a font: a bullet for each of two levels
_FEWEST = 3  # lines in the document that begin so
_SHARE = 0.9  # of all that is set in the font
_GAP = 0.15  # ems behind it
_LARGER = 1.5  # beside the words behind it; a bullet may be a little large, an initial is more
_SIGNS = "§¨¤¦¬¯´¸=ØÜ\ufffd"


def with_unnamed_bullets(pages: Sequence[PageLines]) -> list[PageLines]:
    """The pages with bullets for the letters of such fonts."""
    fonts = _bullet_fonts(pages)
    return [_with_bullets(page, fonts) if fonts else page for page in pages]


def _bullet_fonts(pages: Sequence[PageLines]) -> frozenset[Font]:
    characters: dict[Font, Counter[str]] = defaultdict(Counter)
    words: set[Font] = set()  # fonts in which words are set
    for page in pages:
        in_words = {number for number, font in enumerate(page.fonts) if font in words or font.symbolic}
        single: Counter[tuple[int, str]] = Counter()
        for line in page.lines:
            for word in line.words:
                if word.font in in_words:
                    continue
                if len(word.text) == 1 and _may_be_bullet(word.text):
                    single[word.font, word.text] += 1
                else:
                    in_words.add(word.font)
        words |= {page.fonts[number] for number in in_words}
        for (number, text), count in single.items():
            characters[page.fonts[number]][text] += count
    few = {font: seen for font, seen in characters.items() if font not in words and len(seen) <= _MOST_CHARACTERS}
    if not few:
        return frozenset()
    begun = Counter(page.fonts[line.words[0].font] for page in pages for line in page.lines if _begins(line))
    return frozenset(
        font for font, seen in few.items() if begun[font] >= _FEWEST and begun[font] >= _SHARE * seen.total()
    )


def _may_be_bullet(text: str) -> bool:
    return (text.islower() and text < "\u0100") or text in _SIGNS or "\ue000" <= text <= "\uf8ff"


def _begins(line: Line) -> bool:
    """Whether the line's first word may be its bullet: a gap behind it, and words of about its size."""
    if len(line.words) < 2:
        return False
    first, second = line.words[:2]
    gap = first.box.x0 - second.box.x1 if line.right_to_left else second.box.x0 - first.box.x1
    return first.font != second.font and gap > _GAP * second.size and first.size < _LARGER * second.size


def _with_bullets(page: PageLines, fonts: frozenset[Font]) -> PageLines:
    numbers = {number for number, font in enumerate(page.fonts) if font in fonts}
    return replace(page, lines=tuple(_lines(page, numbers))) if numbers else page


def _lines(page: PageLines, numbers: set[int]) -> Iterator[Line]:
    for line in page.lines:
        if line.words[0].font in numbers and _begins(line):
            yield replace(line, words=(replace(line.words[0], text=BULLET), *line.words[1:]))
        else:
            yield line
