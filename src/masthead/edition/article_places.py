"""Finds an article again in another build of its edition: by how it begins, not by its name or its number alone."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any, Final

from masthead.edition.anchoring import Quote, Searchable, find_quote
from masthead.edition.folder import Edition

_BEGINNING: Final = 240  # characters of an article that are kept to know it by
_LIKE: Final = 0.5  # of a text's beginning that must still be there where the name is the same


def beginning_of(folder: Edition, entry: dict[str, Any]) -> dict[str, str]:
    """The quote by which an article is known later; empty where it has no text."""
    begins = _text_of(folder, entry)[:_BEGINNING]
    return {"exact": begins} if begins else {}


class ArticleTexts:
    """The articles of a build, ready to be looked for."""

    def __init__(self, folder: Edition) -> None:
        self.build = folder.build
        self._entries: list[dict[str, Any]] = []
        self._starts: list[int] = []
        texts: list[str] = []
        passed = 0
        for entry in folder.manifest["articles"]:
            text = _text_of(folder, entry)
            if not text:
                continue
            self._entries.append(entry)
            self._starts.append(passed)
            texts.append(text)
            passed += len(text) + 1
        self._text = Searchable(" ".join(texts))
        self._texts = texts

    def again(self, slug: str, quote: dict[str, str]) -> dict[str, Any] | None:
        """The manifest's entry of the article that had this name and began so; None where it is not there any more."""
        named = self._named(slug)
        begins = quote.get("exact", "")
        if not begins:
            return None if named is None else self._entries[named]
        if named is not None and find_quote(Quote(begins), self._texts[named]) is not None:
            return self._entries[named]
        found = find_quote(Quote(begins), self._text)
        if found is not None:
            # By its middle: where a title is another one, the likest place may begin in the article before.
            return self._entries[max(0, bisect_right(self._starts, (found.start + found.end) // 2) - 1)]
        # The text is another one, but the name still tells: somebody corrected the beginning.
        return None if named is None or not self._is_like(named, begins) else self._entries[named]

    def _named(self, slug: str) -> int | None:
        return next((at for at, entry in enumerate(self._entries) if entry["slug"] == slug), None)

    def _is_like(self, at: int, begins: str) -> bool:
        before, now = set(begins.lower().split()), set(self._texts[at][: 2 * _BEGINNING].lower().split())
        return bool(before) and len(before & now) >= _LIKE * len(before)


def _text_of(folder: Edition, entry: dict[str, Any]) -> str:
    return " ".join(folder.article_plain_text(entry["id"]).split()) if entry["pages"] else ""
