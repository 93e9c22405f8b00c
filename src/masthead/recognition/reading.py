"""Reads a page in its picture: asks Tesseract, turns the picture where it stands upside down, keeps what is writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from masthead.document.geometry import Box
from masthead.document.text import Font, Line, PageLines
from masthead.layout.lanes import split_at_lanes
from masthead.layout.recognised import evened
from masthead.recognition.cleaning import cleaned, sureness
from masthead.recognition.engine import Engine
from masthead.recognition.hocr import ReadLine, read_hocr
from masthead.recognition.languages import languages_of_script
from masthead.recognition.lines import page_lines_of
from masthead.recognition.need import Need
from masthead.recognition.scan import Scan, lines_back

_POINTS = 72  # an inch
_WEAK, _STRONG = 0.55, 0.75  # mean confidence below which a page may stand on its head, and above which it does not
_FEW = 600  # letters; with more, Tesseract tells by itself which way up a page is
_HELD = 0.3  # share of the page's own letters that must be read again for rubbish to be given up

FONT = Font("", bold=False, italic=False, symbolic=False, monospace=False)
"""Tesseract does not say in which type the words are set."""


@dataclass(frozen=True, slots=True)
class Reader:
    """How pages of one document are read."""

    engine: Engine
    languages: tuple[str, ...]  # Tesseract's names
    seconds: float  # for one page
    memory_mb: int
    sure: bool = False  # whether a person said the languages
    others: set[str] = field(default_factory=set)  # languages of pages that turned out to be in another script

    def read(self, scan: Scan) -> list[ReadLine]:
        """The writing in the picture, in its pixels; raises one of the documented errors."""
        lines = self._ask(scan)
        if not self.sure and lines and sureness(lines) < _WEAK:
            lines = self._in_its_own_script(scan, lines)
        letters = sum(len(word.text) for line in lines for word in line.words)
        if 0 < letters < _FEW and sureness(lines) < _WEAK:
            other = self._ask(scan.upside_down)
            if sureness(other) > _STRONG:
                lines = [_turned(line, scan.width, scan.height) for line in other]
        return cleaned(lines, scan.scale)

    def _in_its_own_script(self, scan: Scan, lines: list[ReadLine]) -> list[ReadLine]:
        """What was read with the languages of the page's script, if they are others and it is surer."""
        script = self.script(scan)
        languages = languages_of_script(script, self.engine.languages) if script else ()
        if not languages or languages[0] in self.languages:
            return lines
        other = replace(self, languages=languages)._ask(scan)
        if sureness(other) <= sureness(lines):
            return lines
        self.others.update(languages)
        return other

    def script(self, scan: Scan) -> str:
        """The script of the page as Tesseract calls it; "" where it cannot be told."""
        dots = round(scan.scale * _POINTS)
        return self.engine.script(scan.data, dots=dots, seconds=self.seconds, memory_mb=self.memory_mb)

    def _ask(self, scan: Scan) -> list[ReadLine]:
        dots = round(scan.scale * _POINTS)
        answer = self.engine.read(scan.data, self.languages, dots=dots, seconds=self.seconds, memory_mb=self.memory_mb)
        return read_hocr(answer)


def with_reading(page: PageLines, read: Sequence[ReadLine], scan: Scan, need: Need) -> PageLines:
    """The page with what was read in its picture, and why.

    Rubbish is replaced, unless hardly anything could be read; words that the page has are kept, and what was read on
    the same place is not added.
    """
    straight = page_lines_of(read, scan.scale, len(page.fonts), scan.shift(page.width, page.height))
    lines = split_at_lanes(straight)
    own = list(page.lines)
    if need.replaces:
        if _letters(lines) < _HELD * _letters(own):
            return page
        own = []
    if own:
        lines = lines_back(lines, page, scan.skew)  # beside words that lie where they are seen
    added = [line for line in lines if not any(_is_same_place(line.box, other.box) for other in own)]
    if not added:
        return page
    warnings = page.warnings if not need.replaces else ()
    return replace(
        page,
        lines=(*own, *evened(added)),
        fonts=(*page.fonts, FONT),
        recognised=page.recognised or not own,
        warnings=warnings,
        tags=None if need.replaces else page.tags,
        recognition=need.reason,
        skew=0.0 if own else scan.skew,
    )


def _letters(lines: Sequence[Line]) -> int:
    return sum(len(word.text) for line in lines for word in line.words)


def _is_same_place(box: Box, other: Box) -> bool:
    return box.overlap(other) > 0.3 * min(box.area, other.area)


def _turned(line: ReadLine, width: int, height: int) -> ReadLine:
    """The line where it stands on the page that was turned by half."""

    def turned(box: Box) -> Box:
        return Box(width - box.x1, height - box.y1, width - box.x0, height - box.y0)

    words = [replace(word, box=turned(word.box)) for word in line.words]
    return replace(line, box=turned(line.box), angle=(line.angle + 180) % 360, words=words)
