"""Whole edition folders made from blocks in code, through the same writers that a build uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.editions import manifest_without_inventory, page_entry, picture

from masthead.document.geometry import Box
from masthead.document.structure import Link, PageShape
from masthead.document.text import Article, Block, Figure, Line, ReadText, Role, Word
from masthead.edition.article_files import Surroundings
from masthead.edition.folder import Edition, article_path, figure_path, read_edition
from masthead.edition.seal import seal
from masthead.edition.writing import write_article_files, write_file, write_search_files, write_text_files


def block(name: str, text: str, role: Role = Role.PARAGRAPH, *, y: float = 0.0, **more: Any) -> Block:
    """A block of one line; its page stands in its name ("p2-b1")."""
    row = tuple(Word(word, Box(i * 10, y, i * 10 + 9, y + 8), 8, 0) for i, word in enumerate(text.split()))
    box = Box(0, y, max(1, len(row)) * 10, y + 8)
    page = int(name[1:].split("-", maxsplit=1)[0])
    return Block(id=name, page=page, role=role, box=box, lines=(Line(box, row),), text=text, **more)


def story(name: str, *blocks: Block, **more: Any) -> tuple[Article, tuple[Block, ...]]:
    """An article with its blocks, which are given its id; the first block is its title."""
    pages = tuple(sorted({part.page for part in blocks}))
    words = sum(len(part.text.split()) for part in blocks)
    title = more.pop("title", blocks[0].text)
    article = Article(name, title, f"slug-{name}", pages, tuple(part.id for part in blocks), words=words, **more)
    return article, tuple(replace(part, article=name) for part in blocks)


def write_issue(
    folder: Path,
    stories: Sequence[tuple[Article, tuple[Block, ...]]] = (),
    *,
    loose: Sequence[Block] = (),
    figures: Sequence[Figure] = (),
    links: Sequence[Link] = (),
    pages: int = 3,
    **changes: Any,
) -> Edition:
    """Write a whole edition; `loose` blocks stand in no article, `changes` go into the manifest."""
    blocks = [part for _, parts in stories for part in parts] + list(loose)
    numbers = range(1, pages + 1)
    text = ReadText(
        {number: tuple(sorted((b for b in blocks if b.page == number), key=_place)) for number in numbers},
        tuple(article for article, _ in stories),
        figures={number: tuple(figure for figure in figures if figure.page == number) for number in numbers},
    )
    sizes = {figure.id: (20, 10) for figure in figures}
    by_page = {number: tuple(link for link in links if link.page == number) for number in numbers}
    entries = [page_entry(number, colour="#c8d0d8") for number in numbers]
    for number in numbers:
        shape = PageShape(number, str(number), 400, 500, 0)
        write_text_files(folder, shape, text.blocks[number], by_page[number], text.figures[number], sizes)
        for width, *_ in entries[number - 1]["sizes"]:
            write_file(folder / f"pictures/{width}/{number}.webp", picture(8, 10))
    labels = {number: str(number) for number in numbers}
    write_article_files(folder, text, Surroundings(labels, by_page, sizes))
    for name, size in sizes.items():
        write_file(folder / figure_path(name), picture(*size))
    write_file(folder / "cover.jpg", picture(80, 100, kind="JPEG"))
    write_search_files(folder, pages, text.blocks)
    articles = [_entry(article) for article, _ in stories]
    manifest = manifest_without_inventory(pages, pages=entries, articles=articles, contents=[])
    manifest["figures"] = {**manifest["figures"], "count": len(sizes)}
    manifest |= changes
    seal(folder, lambda inventory: {**manifest, "inventory": inventory})
    return read_edition(folder)


def _place(part: Block) -> int:
    return int(part.id.rsplit("b", maxsplit=1)[1])


def _entry(article: Article) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": article.id,
        "title": article.title,
        "slug": article.slug,
        "pages": list(article.pages),
        "words": article.words,
        "path": article_path(article.id),
    }
    if article.section:
        entry["section"] = article.section
    if article.byline:
        entry["byline"] = article.byline
    return entry
