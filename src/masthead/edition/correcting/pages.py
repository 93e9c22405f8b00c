"""Corrections of pages and of the whole edition: labels, languages, cover, contents, title."""

from __future__ import annotations

import re
from dataclasses import replace

from masthead.document.corrections import (
    Contents,
    ContentsLine,
    CoverPage,
    EditionWords,
    PageLabel,
    PageLanguage,
    PagePlace,
)
from masthead.document.structure import OutlineEntry
from masthead.edition.correcting.places import find_page
from masthead.edition.correcting.reading import DoesNotFitError, Reading

_ROMANS = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_SMALL_ROMANS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_ENDS_WITH_NUMBER = re.compile(r"(.*?)(\d+)", re.DOTALL)


def with_label(reading: Reading, correction: PageLabel) -> Reading:
    """A page with another printed number; those after it count on where that is wanted."""
    number = _page(reading, correction.page)
    label = " ".join(correction.label.split())
    shapes = list(reading.report.pages)
    last = len(shapes) if correction.counting else number
    for at in range(number, last + 1):
        shapes[at - 1] = replace(shapes[at - 1], label=counted(label, at - number))
    return replace(reading, report=replace(reading.report, pages=tuple(shapes)))


def counted(label: str, steps: int) -> str:
    """The label so many pages later: 12 → 13, A9 → A10, iv → v; one without a number stays."""
    if not steps:
        return label
    if found := _ENDS_WITH_NUMBER.fullmatch(label):
        return f"{found[1]}{int(found[2]) + steps}"
    value = from_roman(label)
    if value:
        said = to_roman(value + steps)
        return said.upper() if label.isupper() else said
    return label


def to_roman(number: int) -> str:
    """A number from 1 on in small Roman digits."""
    said = ""
    for value, digits in (*_ROMANS, *_SMALL_ROMANS):
        count, number = divmod(number, value)
        said += digits * count
    return said


def from_roman(label: str) -> int:
    """The number that Roman digits say; 0 where they are none."""
    rest, value = label.lower(), 0
    for worth, digits in (*_ROMANS, *_SMALL_ROMANS):
        while rest.startswith(digits):
            rest, value = rest[len(digits) :], value + worth
    return value if not rest and value and to_roman(value) == label.lower() else 0


def with_page_language(reading: Reading, correction: PageLanguage) -> Reading:
    """A page in another language than the edition."""
    number = _page(reading, correction.page)
    languages = {**reading.languages, number: correction.language}
    if correction.language in ("", reading.language):
        del languages[number]
    return replace(reading, languages=languages)


def with_cover(reading: Reading, correction: CoverPage) -> Reading:
    """The page that stands for the edition."""
    return replace(reading, cover=_page(reading, correction.page))


def with_contents(reading: Reading, correction: Contents) -> Reading:
    """Another list of contents; entries whose page is gone lead nowhere."""
    entries = tuple(_entry(reading, line) for line in correction.lines)
    if entries and not any(_leads_somewhere(entry) for entry in entries):
        raise DoesNotFitError("no entry leads to a page any more")
    return replace(reading, contents=entries, own_contents=True)


def with_edition_words(reading: Reading, correction: EditionWords) -> Reading:
    """Another title or language of the edition."""
    title = reading.title if correction.title is None else " ".join(correction.title.split())
    language = correction.language or reading.language
    languages = {number: said for number, said in reading.languages.items() if said != language}
    return replace(reading, title=title, language=language, languages=languages)


def _page(reading: Reading, place: PagePlace) -> int:
    return find_page(reading.text, place, len(reading.report.pages))


def _entry(reading: Reading, line: ContentsLine) -> OutlineEntry:
    try:
        page = _page(reading, line.page) if line.page else 0
    except DoesNotFitError:
        page = 0
    return OutlineEntry(line.title, page, tuple(_entry(reading, child) for child in line.children))


def _leads_somewhere(entry: OutlineEntry) -> bool:
    return bool(entry.page) or any(_leads_somewhere(child) for child in entry.children)
