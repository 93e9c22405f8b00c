"""Articles: the stories of a document with title, standfirst, byline, section, and what stands beside them.

The kicker is a heading of its own before the title: it names the section or kind of a story and not the story. Titles
are headings of the first level; headings inside stories rank by the size and weight of their style over the whole
document, so that the same style has the same level everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from masthead.document.text import Article, PageLines, Role
from masthead.layout.asides import advertisements, interrupting_quotes, other_quotes, repeating_quotes, sidebars
from masthead.layout.bylines import MAIL, byline_of_lines, looks_like_names, names_of, signature_of
from masthead.layout.listing import Listing, listing_of
from masthead.layout.openings import only_pictures
from masthead.layout.starts import is_cover, openings_of
from masthead.layout.stories import Assembly, Story, give_back
from masthead.layout.styles import Piece, Style, StyleSheet

_MIN_WORDS = 30
_MIN_SIGNED_WORDS = 8
_OFFICE = re.compile(
    r"\b(?:editors?|editor-in-chief|publisher|president|chair(?:man|woman|person)?|director|redaktion|herausgeber(?:in)?|"
    r"chefredakteur(?:in)?|vorsitzende[r]?|r[eé]dact(?:eur|rice)|directeur|directrice|president[ea]|direttore|direttrice|"
    r"redactie|hoofdredacteur|redaktor|redacci[oó]n|director[a]?)\b",
    re.IGNORECASE,
)
_ENTRY_WORDS = 40  # of the contents; more are a list that was run together
_MAX_SLUG = 60
_MAX_TITLE_WORDS = 9  # of the text, for a story whose headline is a picture
_BESIDE = frozenset({Role.SIDEBAR, Role.PULL_QUOTE, Role.FOOTNOTE})


def articles_of(
    rows: Mapping[int, Sequence[Piece]], sheet: StyleSheet, pages: Sequence[PageLines]
) -> tuple[tuple[Article, ...], dict[str, str]]:
    """The articles, and each block's article; roles that hang on stories, and levels, are set on the way."""
    repeating_quotes(rows, sheet)
    interrupting_quotes(rows, sheet)
    listing = listing_of(rows)
    openings = openings_of(rows, sheet, listing, pages)
    sure = frozenset(opening.page for opening in openings if opening.signed or opening.listed)
    sold = advertisements(rows, sheet, sure | listing.pages | frozenset(list(rows)[:1]))
    openings = [opening for opening in openings if opening.pieces[0].block.id not in sold]
    heads = frozenset(piece.order for opening in openings for piece in opening.pieces)
    for opening in openings:
        for piece in opening.standfirst:
            piece.role = Role.STANDFIRST
        for piece in opening.kickers:
            piece.role = Role.HEADING
    other_quotes(rows, sheet, heads)
    sidebars(rows, frozenset(group for opening in openings if (group := opening.pieces[0].block.group)))
    covers = frozenset(number for number in rows if is_cover(number, rows) and number not in sure)
    outside = sold | listing.pieces | _of_pages(rows, listing.pages | covers)
    run = Assembly(rows, openings, sheet, outside).run()
    give_back(run)
    stories = _kept(run, listing)
    _set_roles(rows, sold, listing, heads)
    _set_levels(rows, sheet, stories)
    sections = _Sections(rows)
    slugs: set[str] = set()
    articles = tuple(
        _article(story, f"a{number}", listing, sections, slugs) for number, story in enumerate(stories, start=1)
    )
    homes = {name: article.id for article in articles for name in (*article.blocks, *article.asides)}
    return articles, homes


def _of_pages(rows: Mapping[int, Sequence[Piece]], numbers: frozenset[int]) -> frozenset[str]:
    return frozenset(piece.block.id for number in numbers for piece in rows[number])


def _kept(stories: Sequence[Story], listing: Listing) -> list[Story]:
    """Stories long enough to be articles; what is too short goes back to the story before it on the same page."""
    result: list[Story] = []
    for story in stories:
        opening = story.opening
        signed = story.ended or (opening is not None and (opening.signed or opening.listed))
        if story.prose >= (_MIN_SIGNED_WORDS if signed else _MIN_WORDS):
            result.append(story)
        elif result and not result[-1].ended and story.pieces[0].page == result[-1].last_page:
            result[-1].pieces += story.pieces
    return result


def _set_roles(
    rows: Mapping[int, Sequence[Piece]], sold: frozenset[str], listing: Listing, heads: frozenset[int]
) -> None:
    """Advertisements; and lines of the contents, which are a list: their titles are no headings of this page."""
    for row in rows.values():
        for piece in row:
            if piece.role is Role.BYLINE and piece.order not in heads and only_pictures(piece):
                piece.role = Role.CAPTION
            if piece.block.id in sold and not piece.role.is_furniture:
                piece.role = Role.ADVERTISEMENT
            elif piece.block.id in listing.pieces and piece.role in (Role.HEADING, Role.BYLINE, Role.PARAGRAPH):
                is_entry = piece.letters > 1 and piece.words <= _ENTRY_WORDS
                piece.role = Role.LIST_ITEM if is_entry else Role.PARAGRAPH


def _set_levels(rows: Mapping[int, Sequence[Piece]], sheet: StyleSheet, stories: Sequence[Story]) -> None:
    """Titles are of level 1; other headings rank by style, sizes within a tenth of each other taken as one."""
    titles = {piece.order for story in stories if story.opening for piece in story.opening.title}
    ranks: dict[Style, int] = {}
    headings = [piece for row in rows.values() for piece in row if piece.role is Role.HEADING]
    inside = {piece.style for piece in headings if piece.order not in titles}
    top = 2 if titles else 1
    level, anchor, heavy = top - 1, float("inf"), True
    for style in sorted(inside, key=lambda style: (-style.size, not style.bold, style.italic, style)):
        smaller = style.size < 0.9 * anchor
        lighter = heavy and not style.bold and style.size < 1.3 * sheet.body.size
        if smaller or lighter:
            level, anchor = min(6, level + 1), style.size
        heavy = style.bold
        ranks[style] = max(top, level)
    for piece in headings:
        piece.level = piece.block.level or (1 if piece.order in titles else ranks[piece.style])


def _article(story: Story, name: str, listing: Listing, sections: _Sections, slugs: set[str]) -> Article:
    opening = story.opening
    title = _title(story, listing)
    lines = [piece for piece in story.pieces if piece.role is Role.BYLINE and not only_pictures(piece)]
    head = [piece for piece in lines if opening and any(part is piece for part in opening.bylines)]
    signed = head or lines[-1:] or _signed_letter(story)
    flow = [piece for piece in story.pieces if piece.role not in _BESIDE]
    return Article(
        id=name,
        title=title,
        slug=slug_of(title, slugs),
        pages=tuple(sorted({piece.page for piece in story.pieces})),
        blocks=tuple(piece.block.id for piece in flow),
        standfirst=" ".join(piece.text for piece in opening.standfirst) if opening else "",
        byline=" ".join(piece.text for piece in signed).lstrip("-–—~ "),
        words=story.words + sum(piece.words for piece in story.pieces if piece.role is Role.STANDFIRST),
        section=sections.of(story, title),
        authors=tuple(dict.fromkeys(author for piece in signed for author in _authors(piece))),
        mails=_mails(story, signed),
        asides=tuple(piece.block.id for piece in story.pieces if piece.role in _BESIDE),
    )


def _signed_letter(story: Story) -> list[Piece]:
    """The name under a letter, where what the writer is stands with it ("Ann Lee, Editor")."""
    last = [piece for piece in story.pieces if piece.role in (Role.PARAGRAPH, Role.HEADING)][-3:]
    for place, piece in enumerate(last):
        if piece.words <= 8 and looks_like_names(piece.printed[0]):
            text = " ".join(other.text for other in last[place:])
            if len(text.split()) <= 14 and _OFFICE.search(text):
                return [piece]
    return []


def _title(story: Story, listing: Listing) -> str:
    opening = story.opening
    if opening is not None and opening.title:
        return opening.text
    if story.name:
        return story.name.title() if story.name.isupper() else story.name
    page = story.pieces[0].page
    text = next((piece.text for piece in story.pieces if piece.role is Role.PARAGRAPH and piece.words > 3), "")
    words = text.split()
    short = " ".join(words[:_MAX_TITLE_WORDS]) + ("…" if len(words) > _MAX_TITLE_WORDS else "")
    return listing.title_on(page) or short or story.pieces[0].text


def _authors(piece: Piece) -> tuple[str, ...]:
    line = byline_of_lines(piece.printed) or signature_of(piece.text)
    if line is not None:
        return line.authors
    return names_of(piece.printed[0]) or (piece.text,)  # a name by its style: pen names too


def _mails(story: Story, signed: Sequence[Piece]) -> tuple[str, ...]:
    """Addresses in the byline, or in a short line at the end of the story."""
    opening = story.opening
    near = [*signed, *(opening.pieces if opening else ()), *[piece for piece in story.pieces[-3:] if piece.words <= 30]]
    return tuple(dict.fromkeys(mail for piece in near for mail in MAIL.findall(piece.text)))


class _Sections:
    """The part of the issue that a page stands in, as its running head says."""

    def __init__(self, rows: Mapping[int, Sequence[Piece]]) -> None:
        self._on_page: dict[int, list[str]] = defaultdict(list)
        pages: dict[str, list[int]] = defaultdict(list)
        for number, row in rows.items():
            texts = {_plain(piece.text) for piece in row if piece.role is Role.RUNNING_HEAD}
            self._on_page[number] = sorted(text for text in texts if text)
            for text in self._on_page[number]:
                pages[text].append(number)
        # What stands all over the issue, if on left pages only, names the publication; what stands on one page is the
        # head of a story. A section has a stretch of pages to itself.
        self._named = {
            text
            for text, found in pages.items()
            if 2 <= len(found) <= 0.45 * len(rows) and max(found) - min(found) < 0.6 * len(rows)
        }
        self._kickers = Counter(piece.text for row in rows.values() for piece in row if piece.role is Role.HEADING)

    def of(self, story: Story, title: str) -> str:
        """The section of the story: its running head, else its kicker."""
        on_pages = [text for number in sorted({piece.page for piece in story.pieces}) for text in self._on_page[number]]
        wanted = _folded(title)
        found = [text for text in on_pages if text in self._named and _folded(text)[:20] != wanted[:20]]
        if found:
            return Counter(found).most_common(1)[0][0]
        kickers = story.opening.kickers if story.opening else []
        return kickers[0].text if kickers else ""


def _plain(text: str) -> str:
    """A running head without page numbers and ornaments; empty if it is no name."""
    bare = re.sub(r"\b\d+\b", " ", text)
    bare = " ".join(bare.split()).strip(" |•·–—-/.,:")
    letters = sum(char.isalpha() for char in bare)
    return bare if letters >= 3 and letters > 0.6 * len(bare) and len(bare) <= 60 and "." not in bare.strip(".") else ""


def _folded(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def slug_of(title: str, taken: set[str]) -> str:
    """The title as it may stand in an address: letters of any script, digits and hyphens; unique in the edition."""
    plain = unicodedata.normalize("NFKC", title).lower()
    base = re.sub(r"[^\w]+", "-", plain).strip("-_")[:_MAX_SLUG].strip("-") or "article"
    slug, count = base, 2
    while slug in taken:
        slug, count = f"{base}-{count}", count + 1
    taken.add(slug)
    return slug
