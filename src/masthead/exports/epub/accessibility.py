"""What a book says of its own accessibility (EPUB Accessibility 1.1, schema.org): only what is known to be true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from masthead.wording import Translator


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found while the book was written."""

    described: int  # pictures with a text that stands for them
    undescribed: int
    has_pages: bool  # printed pages are marked
    wordless_pages: int  # pages that come only as their picture


def accessibility(found: Findings, words: Translator) -> Iterator[tuple[str, str]]:
    """Properties with their values; conformance is never claimed, because nobody has checked the text."""
    yield "accessMode", "textual"
    if found.described or found.undescribed:
        yield "accessMode", "visual"
        yield "accessModeSufficient", "textual,visual"
    if not found.undescribed:
        yield "accessModeSufficient", "textual"
    yield from (("accessibilityFeature", feature) for feature in _features(found))
    yield "accessibilityHazard", "none"
    yield "accessibilitySummary", summary(found, words)


def _features(found: Findings) -> Iterator[str]:
    yield from ("tableOfContents", "structuralNavigation", "readingOrder", "displayTransformability")
    if found.has_pages:
        yield from ("pageNavigation", "pageBreakMarkers")
    if found.described and not found.undescribed:
        yield "alternativeText"


def summary(found: Findings, words: Translator) -> str:
    """The same for people."""
    sentences = [
        words.text(
            "This book was made from the PDF of a printed issue by program: headings, lists, reading order and "
            "articles were recognised and were not checked by a person."
        )
    ]
    if found.has_pages:
        sentences.append(words.text("The pages of the printed issue can be found by their numbers."))
    if found.described:
        sentences.append(
            words.plural("{count} picture has a description.", "{count} pictures have a description.", found.described)
        )
    if found.undescribed:
        sentences.append(
            words.plural(
                "{count} picture has no description.", "{count} pictures have no description.", found.undescribed
            )
        )
    if found.wordless_pages:
        sentences.append(
            words.plural(
                "{count} page comes only as a picture, without its text.",
                "{count} pages come only as pictures, without their text.",
                found.wordless_pages,
            )
        )
    return " ".join(sentences)
