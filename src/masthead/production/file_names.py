"""Guesses an issue's label and date from the name of its file, as publishers name them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import PurePath

from babel import Locale

_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "pl", "tr")
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>0[1-9]|[12]\d|3[01])"
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_APART = r"[-_. ]?"
# Newest custom first: year, month, day; then day, month, year; then year and month; both orders of those two.
_NUMBERS = tuple(
    re.compile(rf"(?<!\d){pattern}(?!\d)")
    for pattern in (
        rf"{_YEAR}{_APART}{_MONTH}{_APART}{_DAY}",
        rf"{_DAY}[-_. ]{_MONTH}[-_. ]{_YEAR}",
        rf"{_YEAR}[-_. ]?{_MONTH}",
        rf"{_MONTH}[-_. ]{_YEAR}",
    )
)
_ONLY_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_NUMBER = re.compile(r"\b(?:no|nr|n°|num|issue|ausgabe|heft|numero|numéro|vol)[-_. #]*(\d{1,5})\b", re.IGNORECASE)
_BARE_NUMBER = re.compile(r"(?<!\d)#?(\d{1,4})(?!\d)")
_NOISE = re.compile(
    r"\b(?:final|print|web|lowres|highres|low|high|res|rz|druck|druckdaten|korr|proof|v\d+|copy|kopie|spreads?"
    r"|einzelseiten|doppelseiten|neu|new|pdfx\d\w*|x[134]\w?|rgb|cmyk)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Guess:
    """What the name seems to say; `date` is None where it says none."""

    label: str
    date: date | None


def guess(name: str, publication: str = "", language: str = "en") -> Guess:
    """Label and date from a file's name, with the publication's name left out of the label.

    `fathom-2026-11_final.pdf` is the issue of November 2026; `Heft 12.pdf` is number 12; what says nothing keeps its
    name as the label.
    """
    stem = PurePath(name).stem
    plain = re.sub(r"[_+]+", " ", stem)
    found, has_day, rest = _date_in(plain)
    rest = _without(rest, publication)
    number = _NUMBER.search(rest) or _BARE_NUMBER.search(rest)
    if number and not found:
        return Guess(f"{number[1].lstrip('0') or '0'}", None)
    if found:
        label = _spoken(found, has_day, language)
        return Guess(f"{number[1].lstrip('0')}/{found.year}" if number and not has_day else label, found)
    said = " ".join(_NOISE.sub(" ", rest).replace("-", " ").split())
    return Guess((said or " ".join(plain.split()) or name)[:120], None)


def _date_in(words: str) -> tuple[date | None, bool, str]:
    """The date, whether it names a day, and the words without it."""
    for pattern in _NUMBERS:
        for found in pattern.finditer(words):
            parts = found.groupdict()
            try:
                day = date(int(parts["year"]), int(parts["month"]), int(parts.get("day") or 1))
            except ValueError:
                continue
            return day, "day" in parts, words[: found.start()] + " " + words[found.end() :]
    year = _ONLY_YEAR.search(words)
    if year is None:
        return None, False, words
    without = words[: year.start()] + " " + words[year.end() :]
    for month, name in _months():
        spoken = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", without, re.IGNORECASE)
        if spoken:
            rest = without[: spoken.start()] + " " + without[spoken.end() :]
            return date(int(year["year"]), month, 1), False, rest
    return None, False, words


@cache
def _months() -> tuple[tuple[int, str], ...]:
    """Names of months in the languages of the catalogue, the longest first, so that none is found in another."""
    names = {
        (month, name.rstrip("."))
        for code in _LANGUAGES
        for width in ("wide", "abbreviated")
        for form in ("format", "stand-alone")
        for month, name in Locale.parse(code).months[form][width].items()
        if len(name) > 2
    }
    return tuple(sorted(names, key=lambda pair: (-len(pair[1]), pair)))


def _without(words: str, publication: str) -> str:
    """The words without those of the publication's name."""
    for part in re.findall(r"\w+", publication):
        words = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", " ", words, flags=re.IGNORECASE)
    return words


def _spoken(day: date, has_day: bool, language: str) -> str:
    """The date as an issue is called: with its day, or by its month."""
    from babel.dates import format_date  # noqa: PLC0415 - its data is large and only needed here

    if has_day:
        return str(format_date(day, "long", locale=language))
    return str(format_date(day, "LLLL y", locale=language))
