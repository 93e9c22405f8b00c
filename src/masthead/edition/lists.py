"""The items of a list as HTML, deeper items in a list of their own inside the item that they stand below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from masthead.document.numerals import roman_value
from masthead.document.text import Block
from masthead.edition.markup import attribute

_NUMBER = re.compile(r"[(\[]?(\d{1,3})[.)\]]*")
_SMALL, _LARGE = re.compile(r"\(?([a-z])[.)]"), re.compile(r"\(?([A-Z])[.)]")
_ROMAN = re.compile(r"\(?([ivxl]+)[.)]")


class Item(NamedTuple):
    """An item's block and its words as HTML."""

    block: Block
    inner: str


class Count(NamedTuple):
    """How the items of a list are counted."""

    kind: str  # the list's `type` in HTML; empty for numbers
    shape: re.Pattern[str]

    def value(self, marker: str) -> int:
        """The item's number in its list."""
        match = self.shape.fullmatch(marker)
        sign = match[1] if match else "1"
        if self.kind == "i":
            return roman_value(sign)
        return ord(sign.lower()) - ord("a") + 1 if self.kind else int(sign)


_COUNTS = (Count("", _NUMBER), Count("a", _SMALL), Count("A", _LARGE), Count("i", _ROMAN))


def count_of(markers: Sequence[str]) -> Count | None:
    """How a list with these markers is counted; None for bullets. What its items begin with is not written again."""
    return next((count for count in _COUNTS if all(map(count.shape.fullmatch, markers))), None)


def list_rows(items: Sequence[Item]) -> Iterator[str]:
    """The list line by line."""
    base = min(item.block.level for item in items)
    heads = [at for at, item in enumerate(items) if item.block.level == base]
    if heads[0] > 0:  # it goes on from another page or column with items of an inner level
        yield from list_rows(items[: heads[0]])
    own = [items[at] for at in heads]
    count = count_of([item.block.marker for item in own])
    tag = "ul" if count is None else "ol"
    yield f'<{tag} type="{count.kind}">' if count is not None and count.kind else f"<{tag}>"
    for at, after in zip(heads, [*heads[1:], len(items)], strict=True):
        block, inner = items[at]
        value = f' value="{count.value(block.marker)}"' if count is not None else ""
        opened = f'<li data-block="{attribute(block.id)}"{value}>{inner}'
        if after == at + 1:
            yield f"{opened}</li>"
        else:
            yield opened
            yield from list_rows(items[at + 1 : after])
            yield "</li>"
    yield f"</{tag}>"
