"""Which pages of a document have to be read from their picture, and why: those without text, and those with rubbish."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from masthead.document.text import Line, PageLines
from masthead.layout.furniture import furniture_role
from masthead.layout.habits import Habits, learn
from masthead.recognition.letters import NO_MEANING, WRONG_ALPHABET, rubbish_in

NO_TEXT = "The page has no text of its own."
PICTURE = "Nearly all of the page is a picture."

_FEW = 150  # letters: a cover has so many; a page that is read has more
_COVERED = 0.5  # of the page by one picture
_BROKEN = 0.2  # share of a page's letters in fonts that are broken, from which on the page is


class Need(NamedTuple):
    """A page to be read from its picture."""

    page: int
    reason: str  # a sentence
    replaces: bool  # whether the page's own text is rubbish; else what is read is added to it


def needs_of(pages: Sequence[PageLines], habits: Habits | None = None) -> list[Need]:
    """The pages of a document that need it, in their order. Running heads and folios are no text of a page's own.

    `habits` are those of the document, if they have been learned.
    """
    furniture = (habits or learn(pages)).furniture
    broken = _broken_fonts(pages)
    needs = []
    for page in pages:
        own = [line for line in page.lines if furniture_role(line, page, furniture) is None]
        if reason := rubbish_in(_words(own)) or _broken_reason(page, own, broken):
            needs.append(Need(page.number, reason, replaces=True))
        elif not (letters := _letters(own)):
            needs.append(Need(page.number, NO_TEXT, replaces=False))
        elif letters < _FEW and _is_covered(page):
            needs.append(Need(page.number, PICTURE, replaces=False))
    return needs


def _broken_fonts(pages: Sequence[PageLines]) -> dict[str, str]:
    """The fonts whose letters, over the whole document, have no meaning or are of another alphabet, with the reason.

    Odd frequencies are no sign here: a font may be used for nothing but listings.
    """
    words: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            for word in line.words:
                font = page.fonts[word.font]
                if not font.symbolic and font.name:
                    words[font.name].append(word.text)
    judged = {name: rubbish_in(found) for name, found in words.items()}
    return {name: reason for name, reason in judged.items() if reason in (NO_MEANING, WRONG_ALPHABET)}


def _broken_reason(page: PageLines, own: Sequence[Line], broken: dict[str, str]) -> str:
    if not broken:
        return ""
    letters: dict[str, int] = defaultdict(int)
    for line in own:
        for word in line.words:
            letters[broken.get(page.fonts[word.font].name, "")] += len(word.text)
    total = sum(letters.values())
    return next((reason for reason, count in letters.items() if reason and count > _BROKEN * total), "")


def _words(lines: Iterable[Line]) -> list[str]:
    return [word.text for line in lines for word in line.words]


def _letters(lines: Iterable[Line]) -> int:
    return sum(map(str.isalnum, "".join(_words(lines))))


def _is_covered(page: PageLines) -> bool:
    return any(
        shape.kind == "picture" and shape.box.area > _COVERED * page.width * page.height for shape in page.shapes
    )
