"""Why a page, or a part of it, could not be made: the sentences that people read, one for each code."""

from __future__ import annotations

from masthead.document.errors import (
    MastheadError,
    MemoryLimitError,
    PageFailedError,
    ReaderProcessError,
    TimeLimitError,
)
from masthead.document.structure import PageFailure

# The catalogues translate these; the manifest keeps them in English, beside the code.
PICTURE_WORDS = {
    TimeLimitError.code: "The page took too long to draw.",
    MemoryLimitError.code: "The page needs more memory than allowed.",
    ReaderProcessError.code: "The page made the program that draws it stop.",
    PageFailedError.code: "The page could not be drawn.",
}
_TEXT_UNREADABLE = "The words of the page could not be read."
MALFORMED_TEXT = "page_text_malformed"


def picture_failure(page: int, error: MastheadError) -> PageFailure:
    """The failure of a page whose pictures could not be made."""
    code = error.code if error.code in PICTURE_WORDS else PageFailedError.code
    return PageFailure(page, code, PICTURE_WORDS[code])


def text_failure(page: int, code: str) -> PageFailure:
    """The failure of a page whose picture may be fine, but whose words could not be read."""
    return PageFailure(page, f"text_{code}", _TEXT_UNREADABLE)


def missing_pictures(failure: PageFailure, made: int) -> str:
    """The warning for a page that has only its smaller pictures; `made` is the widest nominal width, in pixels."""
    return f"Page {failure.page}: no picture wider than {made} pixels could be made. {failure.message}"


SOURCE_NOT_KEPT = "The PDF could not be kept in the edition: pages have no sharp tiles at high zoom, and no download."
