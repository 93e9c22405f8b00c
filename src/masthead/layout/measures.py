"""Small measures of a line: its words as text, the size of its letters."""

from __future__ import annotations

from masthead.document.text import Line


def text_of(line: Line) -> str:
    """The line's words with spaces between them."""
    return " ".join([word.text for word in line.words])


def size_of(line: Line) -> float:
    """The line's size: that of most of its letters."""
    words = line.words
    first = words[0].size
    for word in words:
        if word.size != first:
            break
    else:
        return first
    sizes: dict[float, int] = {}
    for word in words:
        sizes[word.size] = sizes.get(word.size, 0) + len(word.text)
    return max(sizes, key=lambda size: sizes[size])
