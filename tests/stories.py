"""Editions with articles written by hand: words with boxes on pages, and the same words as an article's file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from tests.editions import article_entry, picture, write_edition

from masthead.edition.folder import Edition
from masthead.edition.writing import write_file

WIDTH, HEIGHT, MARGIN, LEADING = 400, 500, 40, 14  # points
WORDS_A_LINE = 6


@dataclass(frozen=True)
class Part:
    """A block of an article. One that `continues` is the rest of the paragraph before it."""

    role: str
    text: str
    page: int
    continues: bool = False


LIGHT = (
    Part("heading", "The light on the reef", 2),
    Part("standfirst", "Eleven miles from land the sea covers a rock twice a day.", 2),
    Part("byline", "By Sam Okafor", 2),
    Part("paragraph", "The reef lies off the coast. At high water nobody sees it. Ships found it all the same.", 2),
    Part("paragraph", "Work was possible only when the tide let the rock dry. " * 6, 2),
    Part("heading", "A tower like an oak", 2),
    Part("paragraph", "The shape was borrowed. It is broad at the foot, and slender", 2),
    Part("paragraph", "above. Each stone was held by all the others. The masons sang.", 3, continues=True),
    Part("paragraph", "By the end of the second summer three courses stood. " * 8, 3),
    Part("paragraph", "There was a price, and nobody had asked what it would be. " * 8, 3),
    Part("paragraph", "The lamp was lit in February. It has burned every night since then. " * 5, 4),
)
FOG = (
    Part("heading", "How to hear fog", 5),
    Part("paragraph", "The loudest machine on the coast was a trumpet. It told ships where not to be. " * 6, 5),
)
BAHR = (
    Part("heading", "ضوء على الصخرة", 1),
    Part("byline", "بقلم سامي", 1),
    Part("paragraph", "تقع الصخرة في البحر بعيدًا عن الساحل. لا يراها أحد عند المد. " * 6, 1),
    Part("paragraph", "كان العمل ممكنًا عند الجزر فقط. " * 20, 2),
)

FIGURE = (
    '<figure data-figure="p3-f1"><img src="figure:p3-f1" alt="A tower" width="900" height="500" />'
    '<figcaption data-block="p3-b90">The tower in October.</figcaption></figure>'
)
ASIDE = (
    '<aside class="sidebar" data-group="p3-g1"><h3 data-block="p3-b91">What a lens does</h3>'
    '<p data-block="p3-b92">It throws the light one way; see <a href="page:5">page 5</a>.</p></aside>'
)
TABLE = (
    '<div class="table-scroll" role="region" tabindex="0" aria-label="Course, Stones">'
    '<table data-block="p3-b93"><tr><th>Course</th><th>Stones</th></tr><tr><td>First</td><td>123</td></tr>'
    "<tr><td>Second</td><td>141</td></tr></table></div>"
)
NOTES = '<section class="footnotes"><p class="footnote" id="note-p4-b99" data-block="p4-b99">1 In 1811.</p></section>'
REFERENCE = '<sup><a href="#note-p4-b99" id="ref-p4-b99" role="doc-noteref">1</a></sup>'
_TAGS = {"heading": "h3", "paragraph": "p"}


def english_edition(folder: Path) -> Edition:
    """Five pages, two articles; the first goes over three pages and has everything that an article can have."""
    return _write(folder, {"a1": ("Reefs", LIGHT), "a2": ("", FOG)}, 5, extra=(FIGURE, ASIDE, TABLE), language="en-GB")


def arabic_edition(folder: Path) -> Edition:
    """Two pages in Arabic, bound on the right."""
    return _write(folder, {"a1": ("", BAHR)}, 2, language="ar", direction="rtl", title="الفنار")


def _write(
    folder: Path,
    stories: dict[str, tuple[str, Sequence[Part]]],
    count: int,
    *,
    extra: Sequence[str] = (),
    **changes: Any,
) -> Edition:
    pages: dict[int, list[dict[str, Any]]] = {number: [] for number in range(1, count + 1)}
    named = {name: _placed(name, parts, pages) for name, (_, parts) in stories.items()}
    files = {name: _fragment(parts, extra if name == "a1" else ()) for name, parts in named.items()}
    articles = []
    for name, (section, parts) in stories.items():
        words = sum(len(part.text.split()) for part in parts)
        slug = parts[0].text.lower().replace(" ", "-")
        more = {"section": section} if section else {}
        entry = {"id": name, "slug": slug, "pages": sorted({part.page for part in parts}), "words": words}
        articles.append(article_entry(1, parts[0].text, **entry, minutes=max(1, words // 230), **more))
    write_file(folder / "figures/p3-f1.webp", picture(900, 500, "#7a94a8"))
    rows = [{"number": number, "text": " ".join(_words(blocks))} for number, blocks in pages.items()]
    return write_edition(folder, count, stories=files, articles=articles, blocks=pages, search=rows, **changes)


def _placed(article: str, parts: Sequence[Part], pages: dict[int, list[dict[str, Any]]]) -> list[tuple[str, Part]]:
    named = []
    for part in parts:
        blocks = pages[part.page]
        name = f"p{part.page}-b{len(blocks) + 1}"
        top = blocks[-1]["box"][3] + 6 if blocks else MARGIN
        words = part.text.split()
        rows = [words[at : at + WORDS_A_LINE] for at in range(0, len(words), WORDS_A_LINE)]
        lines = [_line(row, top + at * LEADING) for at, row in enumerate(rows)]
        block = {"id": name, "role": part.role, "article": article, "lines": lines}
        block["box"] = [MARGIN, top, WIDTH - MARGIN, top + len(rows) * LEADING]
        blocks.append({**block, "level": 1} if part.role == "heading" else block)
        named.append((name, part))
    return named


def _line(words: Sequence[str], top: float) -> dict[str, Any]:
    step = (WIDTH - 2 * MARGIN) / WORDS_A_LINE
    boxes = [[word, MARGIN + at * step, top, MARGIN + (at + 0.9) * step, top + 11] for at, word in enumerate(words)]
    return {"box": [MARGIN, top, WIDTH - MARGIN, top + 11], "words": boxes}


def _words(blocks: Sequence[dict[str, Any]]) -> list[str]:
    return [word[0] for block in blocks for line in block["lines"] for word in line["words"]]


def _fragment(parts: Sequence[tuple[str, Part]], extra: Sequence[str]) -> str:
    rows: list[str] = []
    page = parts[0][1].page
    for at, (name, part) in enumerate(parts):
        text = escape(" ".join(part.text.split()), quote=False)
        mark = ""
        if part.page != page:
            page = part.page
            mark = f'<span class="page-mark" data-page="{page}" role="doc-pagebreak" aria-label="{page}"></span>'
        if part.continues:
            rows[-1] = rows[-1].removesuffix("</p>") + f' {mark}<span data-block="{name}">{text}</span></p>'
            continue
        tag = "h2" if at == 0 else _TAGS.get(part.role, "p")
        kind = f' class="{part.role}"' if part.role not in _TAGS else ""
        rows.append(f'{mark}<{tag}{kind} data-block="{name}">{text}</{tag}>')
    if extra:
        rows[-1] = rows[-1].removesuffix("</p>") + f"{REFERENCE}</p>"
        rows[-2:-2] = extra
        rows.append(NOTES)
    return "\n".join(rows) + "\n"
