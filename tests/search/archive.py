"""Small archives to be searched: editions of a few blocks, live, in a house."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tests.cast import Cast
from tests.editions import WIDTHS, article_entry, picture, write_edition

from masthead.edition.folder import read_edition
from masthead.library.selectors import Edition, Publication
from masthead.library.services import build_add, edition_create, edition_publish, publication_create

Words = Sequence[Any]


def block(name: str, *lines: str, role: str = "paragraph", top: float = 100.0, **more: Any) -> dict[str, Any]:
    """A block whose words are 30 points wide; a word that ends with ¬ is hyphenated."""
    rows = []
    for number, line in enumerate(lines):
        y = top + 14 * number
        words: list[list[Any]] = []
        for place, text in enumerate(line.split()):
            x = 50.0 + 40 * place
            joined = [text.replace("¬", "-"), x, y, x + 30, y + 10]
            words.append([*joined, 2] if text.endswith("¬") else joined)
        rows.append({"box": [50.0, y, words[-1][3], y + 10], "words": words})
    box = [50.0, top, max(row["box"][2] for row in rows), rows[-1]["box"][3]]
    return {"id": name, "role": role, "box": box, "lines": rows, **more}


def characters(name: str, text: str) -> dict[str, Any]:
    """A block of a script without spaces: each character is a word that the next one follows at once."""
    words = [[char, 50.0 + 10 * at, 100.0, 60.0 + 10 * at, 110.0, 1] for at, char in enumerate(text)]
    line = {"box": [50.0, 100.0, 60.0 + 10 * len(text), 110.0], "words": words}
    return {"id": name, "role": "paragraph", "box": line["box"], "lines": [line]}


def publication(cast: Cast, name: str, language: str = "en") -> Publication:
    return publication_create(by=cast.owner, publisher=cast.harbour, name=name, language=language)


def live_edition(
    cast: Cast,
    data: Path,
    pages: Sequence[Sequence[dict[str, Any]]],
    label: str = "No. 1",
    of: Publication | None = None,
    day: date = date(2026, 11, 1),
    **changes: Any,
) -> Edition:
    """An edition with these blocks on its pages, published."""
    edition = edition_create(by=cast.owner, publication=of or cast.fathom, label=label, date=day)
    add_build(edition, data, pages, **changes)
    return edition_publish(by=cast.owner, edition=Edition.objects.get(pk=edition.pk))


def add_build(edition: Edition, data: Path, pages: Sequence[Sequence[dict[str, Any]]], **changes: Any) -> None:
    """Another build of it, which becomes the current one."""
    folder = f"editions/{edition.pk}/{edition.builds.count()}"
    blocks = dict(enumerate(pages, start=1))
    write_edition(data / folder, len(pages), blocks=blocks, title=f"{edition.label} {folder}", **changes)
    for number in range(1, min(5, len(pages)) + 1):
        for width in WIDTHS:
            (data / folder / f"pictures/{width}/{number}.webp").write_bytes(picture(width, width * 5 // 4))
    made = read_edition(data / folder)
    build_add(edition_id=edition.pk, build_id=made.build, folder=folder, pages=len(pages), failures=0, version="0")


def story(number: int, title: str, **changes: Any) -> dict[str, Any]:
    """The manifest's entry of an article."""
    return article_entry(number, title, **changes)
