"""Counts a paragraph that goes on overleaf on the page on which it begins, as the truth does with its tags.

A reader of articles never meets the end of a page, so what a tool makes of paragraphs over two pages is part of what
it understood: one that is joined rightly is found whole, one that is joined wrongly is missed on its own page and too
much on the other. Ours says which paragraphs go on. The other tools print pages and say nothing of it; they are joined
plainly: what a page begins with in a small letter goes to the page before, if that ends in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from masthead.document.text import Role

_ENDS = tuple('.!?…:。"”»’)')
_LINE_THAT_ENDS = re.compile(r".*?[.!?…:。][\"”»’)]*[^\S\n]*(?:\n|$)", re.DOTALL)


def as_we_say(pages: Iterable[Mapping[str, Any]], spoken: Callable[[Mapping[str, Any]], str]) -> list[str]:
    """The text of each page of our answer, with what continues a paragraph behind its beginning."""
    rows: list[list[list[str]]] = []
    homes: dict[str, list[str]] = {}
    for page in pages:
        rows.append([])
        for block in page["blocks"]:
            if Role(block["role"]).is_furniture:
                continue
            home = homes.get(block.get("continues", ""))
            if home is None:
                home = []
                rows[-1].append(home)
            home.append(spoken(block))
            homes[block["id"]] = home
    return ["\n".join(part for paragraph in row for part in paragraph) for row in rows]


def plainly(pages: Sequence[str]) -> list[str]:
    """The texts of pages of a tool that says nothing of it."""
    result: list[str] = []
    for page in pages:
        text = page.strip()
        if result and text[:1].islower() and result[-1] and not result[-1].endswith(_ENDS):
            first = text.split("\n\n", 1)[0]
            end = _LINE_THAT_ENDS.match(first)
            cut = end.end() if end else len(first)
            result[-1] = f"{result[-1]}\n{text[:cut].strip()}"
            text = text[cut:].strip()
        result.append(text)
    return result
