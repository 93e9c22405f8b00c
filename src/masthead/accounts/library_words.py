"""What the sign-in library has to say, in the house's words: said when it is shown, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import get_language

from masthead import wording


def said(sentence: str) -> str:
    """A sentence in the language of the request."""
    return wording.text(get_language() or "en", sentence)


def said_later(sentences: Mapping[str, str]) -> dict[str, Any]:
    """Sentences by the library's codes, each said when it is needed."""
    return {code: lazy(said, str)(sentence) for code, sentence in sentences.items()}
