"""Says in a fragment of HTML which blocks are in another language than the edition, so that they are spoken right."""

from __future__ import annotations

import re
from collections.abc import Mapping

from masthead.edition.markup import attribute
from masthead.layout.language import is_right_to_left

_BLOCK = re.compile(r' data-block="p(\d+)-')


def with_languages(fragment: str, languages: Mapping[int, str]) -> str:
    """The fragment with `lang` and `dir` on blocks of these pages; a block's id begins with its page."""
    if not languages:
        return fragment

    def said(found: re.Match[str]) -> str:
        language = languages.get(int(found[1]), "")
        if not language:
            return found[0]
        direction = "rtl" if is_right_to_left(language) else "ltr"
        return f' lang="{attribute(language)}" dir="{direction}"{found[0]}'

    return _BLOCK.sub(said, fragment)
