"""The items of a list as HTML, deeper items in a list of their own inside the item that they stand below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from masthead.document.text import Block
from masthead.edition.markup import attribute, is_ordered, item_value


class Item(NamedTuple):
    """An item's block and its words as HTML."""

    block: Block
    inner: str


def list_rows(items: Sequence[Item]) -> Iterator[str]:
    """The list line by line."""
    base = min(item.block.level for item in items)
    heads = [at for at, item in enumerate(items) if item.block.level == base]
    if heads[0] > 0:  # it goes on from another page or column with items of an inner level
        yield from list_rows(items[: heads[0]])
    own = [items[at] for at in heads]
    ordered = is_ordered([item.block for item in own])
    tag = "ol" if ordered else "ul"
    yield f"<{tag}>"
    for at, after in zip(heads, [*heads[1:], len(items)], strict=True):
        block, inner = items[at]
        opened = f'<li data-block="{attribute(block.id)}"{item_value(block) if ordered else ""}>{inner}'
        if after == at + 1:
            yield f"{opened}</li>"
        else:
            yield opened
            yield from list_rows(items[at + 1 : after])
            yield "</li>"
    yield f"</{tag}>"
