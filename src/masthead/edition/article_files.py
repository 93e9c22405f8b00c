"""Writes an article as one fragment of HTML and as plain text; docs/engineers/edition-format.md tells the format."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from masthead.document.structure import Link
from masthead.document.text import Block, Join, Role
from masthead.edition.arrangement import Aside, Part, Passage, Picture, Story, folded
from masthead.edition.fragments import block_element
from masthead.edition.lists import Item, list_rows
from masthead.edition.markup import (
    NoteMark,
    attribute,
    element,
    heading_levels,
    inline,
    text,
    without_leaders,
)
from masthead.edition.table_markup import table_element, table_text

_NOTE_MARK = re.compile(r"[(\[]?(\d{1,3}|[*∗†‡§¶]{1,3}|[⁰¹²³⁴-⁹]{1,3})[)\].]?(?=\D)")
_ALT = 300  # characters
_DECORATIVE = ' role="presentation"'


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an article's file needs beside its words."""

    labels: Mapping[int, str]  # of pages, by number
    links: Mapping[int, Sequence[Link]] = field(default_factory=dict)  # by page
    sizes: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # of figures' pictures in pixels, by id
    languages: Mapping[int, str] = field(default_factory=dict)  # of pages that are in another one than the edition


def article_fragment(story: Story, around: Surroundings) -> str:
    """The article as HTML, its title as h2."""
    return _FragmentWriter(story, around).written()


def article_plain_text(story: Story) -> str:
    """The article as text, paragraphs apart by a blank line; what stands beside it after the paragraph beside it."""
    rows = [said for _, said in unsaid(story)]
    for part in (*story.parts, *story.notes):
        match part:
            case Picture(captions=captions):
                rows += [_spoken(passage) for passage in captions]
            case Aside(passages=passages):
                rows += [_spoken(passage) for passage in passages]
            case Passage():
                rows.append(_spoken(part))
    return "\n\n".join(rows) + ("\n" if rows else "")


def unsaid(story: Story) -> list[tuple[str, str]]:
    """Standfirst and byline that no block of the article says, since the publisher added them; each with its class."""
    blocks = [block for part in (*story.parts, *story.notes) for block in _blocks_of(part)]
    roles = {block.role.value for block in blocks}
    told = [("standfirst", story.article.standfirst), ("byline", story.article.byline)]
    told = [(name, said) for name, said in told if said and name not in roles]
    words = "".join(folded(block.text) for block in blocks) if told else ""
    return [(name, said) for name, said in told if folded(said) not in words]


def _spoken(passage: Passage) -> str:
    first = passage.blocks[0]
    if first.table is not None:
        return table_text(first, first.table)
    marker = passage.blocks[0].marker
    out = [f"{marker} " if marker else ""]
    for index, block in enumerate(passage.blocks):
        out += [_gap(passage.blocks[index - 1]) if index else "", without_leaders(block.text)]
    return "".join(out)


def _gap(before: Block) -> str:
    """What stands between a block and the one that continues it."""
    return " " if _last_join(before) is Join.SPACE else ""


def _last_join(block: Block) -> Join:
    return block.lines[-1].words[-1].join if block.lines and block.lines[-1].words else Join.SPACE


class _FragmentWriter:
    """Writes one story; knows on which page the text is."""

    def __init__(self, story: Story, around: Surroundings) -> None:
        self._story = story
        self._around = around
        self._page = min(story.article.pages, default=0)
        first = next((part for part in story.parts if isinstance(part, Passage)), None)
        if first is not None:
            self._page = first.page
        flow = [part.blocks[0] for part in story.parts if isinstance(part, Passage) and part.kind == "heading"]
        self._levels = heading_levels(flow, first=3)
        for part in story.parts:
            if isinstance(part, Aside):
                self._levels |= heading_levels((passage.blocks[0] for passage in part.passages), first=3)
        self._added = [element("p", text(said), name=name) for name, said in unsaid(story)]
        self._marks = _note_marks(story)
        self._referred: set[str] = set()  # notes whose reference is written

    def written(self) -> str:
        parts = self._story.parts
        rows: list[str] = []
        if not any(isinstance(part, Passage) and part.kind == "title" for part in parts):
            rows.append(element("h2", text(self._story.article.title)))
            rows += self._added
        rows += self._parts(parts)
        if self._story.notes:
            rows.append('<section class="footnotes">')
            rows += [self._note(passage) for passage in self._story.notes]
            rows.append("</section>")
        return "\n".join(rows) + "\n"

    def _parts(self, parts: Sequence[Part]) -> Iterator[str]:
        for is_list, alike in groupby(parts, key=_is_item):
            group = list(alike)
            if is_list:
                yield from self._list([part for part in group if isinstance(part, Passage)])
                continue
            for part in group:
                match part:
                    case Picture():
                        yield from self._picture(part)
                    case Aside():
                        yield from self._aside(part)
                    case Passage():
                        if mark := self._turn_to(part.page):
                            yield mark
                        yield self._passage(part)

    def _turn_to(self, page: int) -> str:
        """The mark of a page that the text passes to; empty while it stays on its page."""
        if page == self._page:
            return ""
        self._page = page
        label = attribute(self._around.labels.get(page, str(page)))
        return f'<span class="page-mark" data-page="{page}" role="doc-pagebreak" aria-label="{label}"></span>'

    def _passage(self, passage: Passage) -> str:
        first = passage.blocks[0]
        if first.table is not None:
            return table_element(first, first.table, self._around.links.get(first.page, ()))
        inner = self._words(passage)
        if passage.kind == "title":
            return "\n".join([element("h2", inner, block=first.id), *self._added])
        if passage.kind == "kicker":
            return element("p", inner, name="kicker", block=first.id)
        if first.role is Role.HEADING:
            return element(f"h{self._levels.get(first.id, 3)}", inner, block=first.id)
        return block_element(first, inner)

    def _words(self, passage: Passage) -> str:
        """The first block's words, then those that continue it, each in a span with its own block."""
        out: list[str] = []
        for index, block in enumerate(passage.blocks):
            words = inline(block, self._around.links.get(block.page, ()), self._marks.get(block.id))
            words += self._unplaced(block)
            if index:
                gap = _gap(passage.blocks[index - 1])
                mark = "" if passage.kind == "title" else self._turn_to(block.page)  # the text has not begun
                out.append(gap + mark + element("span", words, block=block.id))
            else:
                out.append(words)
        return "".join(out)

    def _unplaced(self, block: Block) -> str:
        """References to notes whose mark is not found among the words of the block that refers to them."""
        if block.role is Role.CODE:
            return ""
        marked = {mark.anchor for mark in self._marks.get(block.id, {}).values()}
        notes = [note.blocks[0] for note in self._story.notes if note.blocks[0].reference == block.id]
        self._referred.update(note.id for note in notes)
        anchors = [_reference(note) for note in notes]
        return "".join(anchor for anchor in anchors if anchor not in marked)

    def _list(self, items: Sequence[Passage]) -> Iterator[str]:
        return list_rows([self._item(item) for item in items])

    def _item(self, item: Passage) -> Item:
        first = item.blocks[0]
        return Item(first, self._turn_to(first.page) + self._words(item))

    def _aside(self, aside: Aside) -> Iterator[str]:
        page = self._page
        if aside.is_quote:
            yield from (self._passage(passage) for passage in aside.passages)
        else:
            group = f' data-group="{attribute(aside.group)}"' if aside.group else ""
            yield f'<aside class="sidebar"{group}>'
            self._page = aside.passages[0].page
            yield from self._parts(aside.passages)
            yield "</aside>"
        self._page = page

    def _picture(self, picture: Picture) -> Iterator[str]:
        figure = picture.figure
        size = self._around.sizes.get(figure.id)
        mark = self._turn_to(figure.page) if figure.page > self._page else ""
        if size is None:
            yield from (mark + self._passage(passage) for passage in picture.captions)
            return
        caption = " ".join(_spoken(passage) for passage in picture.captions)
        alt = "" if figure.decorative else attribute(shortened(figure.alt or caption))
        yield (
            f'{mark}<figure data-figure="{attribute(figure.id)}">'
            f'<img src="figure:{attribute(figure.id)}" alt="{alt}"{_DECORATIVE if figure.decorative else ""}'
            f' width="{size[0]}" height="{size[1]}" />'
        )
        if len(picture.captions) == 1:
            passage = picture.captions[0]
            yield element("figcaption", self._words(passage), block=passage.blocks[0].id)
        elif picture.captions:
            yield "<figcaption>"
            yield from (element("p", self._words(passage), block=passage.blocks[0].id) for passage in picture.captions)
            yield "</figcaption>"
        yield "</figure>"

    def _note(self, passage: Passage) -> str:
        first = passage.blocks[0]
        inner = self._words(passage)
        mark = text(note_mark(first))
        if first.id in self._referred and mark and inner.startswith(mark):
            back = f'<a href="#ref-{attribute(first.id)}" role="doc-backlink">{mark}</a>'
            inner = back + inner.removeprefix(mark)
        return f'<p class="footnote" id="note-{attribute(first.id)}" data-block="{attribute(first.id)}">{inner}</p>'


def _is_item(part: Part) -> bool:
    return isinstance(part, Passage) and part.kind == Role.LIST_ITEM.value


def shortened(value: str, limit: int = _ALT) -> str:
    """A text cut at a word if it is long."""
    flat = " ".join(value.split())
    return flat if len(flat) <= limit else flat[:limit].rsplit(" ", 1)[0] + "…"


def note_mark(note: Block) -> str:
    """The number or sign that a note begins with; empty if none."""
    found = _NOTE_MARK.match(note.text)
    return found[1] if found else ""


def _reference(note: Block) -> str:
    mark = text(note_mark(note)) or "*"
    name = attribute(note.id)
    return f'<sup><a href="#note-{name}" id="ref-{name}" role="doc-noteref">{mark}</a></sup>'


def _note_marks(story: Story) -> dict[str, dict[int, NoteMark]]:
    """By block and place of the word: where the article's words refer to its notes."""
    marks: dict[str, dict[int, NoteMark]] = {}
    blocks = {block.id: block for part in story.parts for block in _blocks_of(part)}
    for note in (passage.blocks[0] for passage in story.notes):
        block, mark = blocks.get(note.reference), note_mark(note)
        if block is None or not mark:
            continue
        taken = marks.setdefault(block.id, {})
        words = [word for line in block.lines for word in line.words]
        places = [index for index, word in enumerate(words) if _ends_with_mark(word.text, mark) and index not in taken]
        if places:
            smallest = min(places, key=lambda index: (words[index].size, index))  # a mark is set small and raised
            taken[smallest] = NoteMark(mark, _reference(note))
    return marks


def _ends_with_mark(word: str, mark: str) -> bool:
    head = word.removesuffix(mark)
    return word.endswith(mark) and not head[-1:].isdigit()


def _blocks_of(part: Part) -> Iterator[Block]:
    match part:
        case Passage(blocks=blocks):
            yield from blocks
        case Picture(captions=passages) | Aside(passages=passages):
            for passage in passages:
                yield from passage.blocks
