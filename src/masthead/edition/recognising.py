"""Reads the pages of a document that have no text, or rubbish, from their pictures; over all cores, off the first page.

It comes when all pages are drawn and their own text is known. Where Tesseract or a language is missing, the edition is
made all the same, and a warning says what to install.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial

from masthead.document.errors import MastheadError
from masthead.document.text import PageLines
from masthead.edition.options import BuildOptions, Listener
from masthead.edition.workforce import Workforce
from masthead.layout.habits import Habits, learn
from masthead.layout.language import detect_language
from masthead.recognition.engine import Engine, find_engine
from masthead.recognition.languages import engine_name, languages_of_script, with_english
from masthead.recognition.need import Need, needs_of
from masthead.recognition.reading import Reader, with_reading

_TRIED = 3  # pages from which the language is told where nothing else tells it


@dataclass(slots=True)
class Recognition:
    """What became of the pages that were to be read from their pictures."""

    pages: dict[int, PageLines] = field(default_factory=dict)  # as they are now, those that were read
    engine: str = ""  # "Tesseract 5.3.0", if it was asked
    languages: tuple[str, ...] = ()  # Tesseract's names
    warnings: list[str] = field(default_factory=list)
    habits: Habits | None = None  # of the document as it is now, if they were learned


def recognise(
    workforce: Workforce,
    pages: Sequence[PageLines],
    language: str,
    options: BuildOptions,
    listener: Listener,
    beside: Sequence[Callable[[], None]] = (),
) -> Recognition:
    """Read what has to be read; `language` is that of the document as BCP 47, "und" if nobody says it.

    The jobs `beside` are done meanwhile, also where nothing has to be read.
    """
    result = Recognition()
    habits = learn(pages)
    needs = needs_of(pages, habits) if options.recognise else []
    engine = find_engine(options.tesseract) if needs else None
    if engine is None or not engine.languages:
        if needs:
            result.warnings.append(_missing_engine(needs))
        workforce.each(beside)
        result.habits = habits
        return result
    result.engine = f"Tesseract {engine.version}"
    reading = _Reading(workforce, {page.number: page for page in pages}, options, listener, result)
    listener.recognising(len(needs))
    result.languages = reading.languages_for(engine, needs, language)
    asked = bool(options.languages)
    reader = Reader(engine, result.languages, options.recognition_seconds, options.recognition_memory_mb, sure=asked)
    workforce.each([*(partial(reading.read, reader, need) for need in needs), *beside])
    result.languages = (*result.languages, *sorted(reader.others.difference(result.languages)))
    result.warnings.sort()
    result.habits = None if result.pages else habits
    return result


class _Reading:
    """The pages of one document while they are read, by several threads."""

    def __init__(
        self,
        workforce: Workforce,
        pages: Mapping[int, PageLines],
        options: BuildOptions,
        listener: Listener,
        result: Recognition,
    ) -> None:
        self._workforce = workforce
        self._pages = pages
        self._options = options
        self._listener = listener
        self._result = result
        self._lock = threading.Lock()

    def read(self, reader: Reader, need: Need) -> None:
        """One page; a failure is told as a warning, and the page stays as it is."""
        page, warning = self._attempt(reader, need)
        with self._lock:
            if page is not None:
                self._result.pages[need.page] = page
            if warning:
                self._result.warnings.append(warning)
            self._listener.page_recognised(need.page)

    def _attempt(self, reader: Reader, need: Need) -> tuple[PageLines | None, str]:
        sorry = f"Page {need.page}: its words could not be recognised."
        try:
            scan = self._workforce.scan(need.page)
        except (MastheadError, ValueError, KeyError):
            return None, f"{sorry} Its picture could not be drawn."
        if scan is None:
            return None, ""
        page = self._pages[need.page]
        try:
            changed = with_reading(page, reader.read(scan), scan, need)
        except MastheadError as error:
            return None, f"{sorry} {_REASONS.get(error.code, 'Tesseract ended with an error.')}"
        return (changed, "") if changed is not page else (None, "")

    def languages_for(self, engine: Engine, needs: Sequence[Need], language: str) -> tuple[str, ...]:
        """What was asked for; else the document's language; else that of its other pages; else what pictures tell."""
        asked = tuple(self._options.languages) or ((language,) if language not in ("", "und") else ())
        if not asked:
            bad = {need.page for need in needs}
            told = detect_language(_text_of(page) for page in self._pages.values() if page.number not in bad)
            asked = (told,) if told != "und" else ()
        names = [engine_name(name) or name for name in asked]
        found = [name for name in names if name in engine.languages]
        self._result.warnings += [_missing_language(name) for name in names if name not in engine.languages]
        return with_english(found, engine.languages) or self._told_by_pictures(engine, needs)

    def _told_by_pictures(self, engine: Engine, needs: Sequence[Need]) -> tuple[str, ...]:
        """The script of most of a few pages, from the first to the last, then the language of what is read on one."""
        trial = Reader(engine, (), self._options.recognition_seconds, self._options.recognition_memory_mb)
        scripts: list[tuple[str, int]] = []
        for number in sorted({needs[place * (len(needs) - 1) // (_TRIED - 1)].page for place in range(_TRIED)}):
            with suppress(MastheadError, ValueError):
                scan = self._workforce.scan(number)
                if scan is not None and (script := trial.script(scan)):
                    scripts.append((script, number))
        if not scripts:
            return languages_of_script("", engine.languages)
        most = Counter(script for script, _ in scripts).most_common(1)[0][0]
        candidates = languages_of_script(most, engine.languages)
        with suppress(MastheadError, ValueError):
            scan = self._workforce.scan(next(number for script, number in scripts if script == most))
            lines = replace(trial, languages=candidates).read(scan) if scan and len(candidates) > 1 else []
            told = engine_name(detect_language([" ".join(word.text for line in lines for word in line.words)]))
            if told in engine.languages:
                return with_english([told], engine.languages)
        return candidates


def _text_of(page: PageLines) -> str:
    return " ".join(word.text for line in page.lines for word in line.words)


_REASONS = {
    "time_limit": "It took too long; MASTHEAD_RECOGNITION_SECONDS allows more.",
    "memory_limit": "It needed too much memory; MASTHEAD_RECOGNITION_MEMORY_MB allows more.",
}


def _missing_engine(needs: Sequence[Need]) -> str:
    count = "1 page has" if len(needs) == 1 else f"{len(needs)} pages have"
    numbers = ", ".join(str(need.page) for need in needs[:10]) + (", …" if len(needs) > 10 else "")
    return (
        f"{count} no text that can be read ({numbers}). Install Tesseract to have it recognised "
        "(on Debian: apt-get install tesseract-ocr) and build the edition again."
    )


def _missing_language(name: str) -> str:
    return (
        f"Tesseract has no model for the language {name!r}: another one was used. Install it "
        f"(on Debian: apt-get install tesseract-ocr-{name.replace('_', '-')}) and build the edition again."
    )
