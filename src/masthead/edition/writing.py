"""Writes what a page says: words for the reader, HTML and plain text for everyone."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from masthead.document.structure import Link, PageShape
from masthead.document.text import Block, Figure, ReadText
from masthead.edition.arrangement import arrange
from masthead.edition.article_files import Surroundings, article_fragment, article_plain_text
from masthead.edition.folder import article_path
from masthead.edition.fragments import page_fragment, page_plain_text
from masthead.edition.page_files import PAGES_PER_SEARCH_CHUNK, page_file, search_text, to_bytes
from masthead.edition.page_languages import with_languages


def write_file(path: Path, data: bytes) -> None:
    """Write a file so that a reader of the growing folder sees all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{threading.get_ident()}")
    temporary.write_bytes(data)
    temporary.replace(path)


def write_text_files(
    folder: Path,
    shape: PageShape,
    blocks: Sequence[Block],
    links: Sequence[Link],
    figures: Sequence[Figure] = (),
    sizes: Mapping[str, tuple[int, int]] | None = None,
    language: str = "",
) -> None:
    """The page file, the HTML fragment and the plain text of one page; `language` if it is not the edition's."""
    number = shape.number
    write_file(folder / f"pages/{number}.json", to_bytes(page_file(shape, blocks, links, figures, sizes or {})))
    write_file(
        folder / f"text/{number}.html", with_languages(page_fragment(blocks, links), {number: language}).encode()
    )
    write_file(folder / f"text/{number}.txt", page_plain_text(blocks).encode())


def write_article_files(folder: Path, text: ReadText, around: Surroundings) -> None:
    """Each article as a fragment of HTML and as plain text."""
    for article in text.articles:
        story = arrange(article, text)
        fragment = with_languages(article_fragment(story, around), around.languages)
        write_file(folder / article_path(article.id), fragment.encode())
        write_file(folder / article_path(article.id, "txt"), article_plain_text(story).encode())


def write_search_files(folder: Path, page_count: int, blocks: Mapping[int, Sequence[Block]]) -> None:
    """The text that search runs over, in files of a hundred pages."""
    for chunk, start in enumerate(range(1, page_count + 1, PAGES_PER_SEARCH_CHUNK), start=1):
        numbers = range(start, min(start + PAGES_PER_SEARCH_CHUNK, page_count + 1))
        rows = [{"number": number, "text": search_text(blocks.get(number, ()))} for number in numbers]
        write_file(folder / f"search/{chunk}.json", to_bytes({"pages": rows}))
