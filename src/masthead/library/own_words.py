"""The sentences of the reader that publishers may say in their own way: those that name things."""

from __future__ import annotations

from typing import Final

_OWN_WORDS = (
    *("Contents", "Pages", "Search", "Article", "Settings", "Help", "Print", "Download the PDF", "Read aloud"),
    *("Read as an article", "Back to the page", "Previous page", "Next page", "All pages", "All articles"),
    *("Next article", "Previous article", "More articles", "Start reading"),
)
SENTENCES: Final = _OWN_WORDS
