"""Where stories begin: which of the headlines open one.

A designer shows a new story by a headline in display type, often with a byline below it, and lists it in the contents.
A heading inside a story has neither. So the stories that are sure (a byline, an entry of the contents) say how large
the headlines of this document are; other headings open a story if they are set like those. Where nothing is signed,
the ranks of headings decide: in a newspaper every headline opens a story, in a report the largest that recur do.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from statistics import median, quantiles

from masthead.document.text import PageLines, Role
from masthead.layout.bylines import signature_of
from masthead.layout.listing import Listing
from masthead.layout.neighbours import runs_into
from masthead.layout.openings import Opening, deck_styles, heads_of, only_pictures
from masthead.layout.styles import Piece, StyleSheet

_SAME = 0.9  # of the size: two sizes so near are one
_HEADLINE = 1.25  # to the body
_NEWSPAPER_COLUMNS = 3.3  # columns that would fit the width of a page
_NEWSPAPER_HEIGHT = 1000.0  # points: a tabloid is 1100 to 1224 high, A4 842
_NEWSPAPER_STORY = 600.0  # words a headline, beyond which there must be others
_RANK_WORDS = 2000  # words to a headline, beyond which the next rank parts a report too
_USUAL = 0.3  # share of headings set alike that surely open stories, from which on the others do too
_LEFT_OUT = 0.35  # of a document's text
_COVER_WORDS = 60
_ABSTRACT = re.compile(
    r"^(?:abstract|zusammenfassung|kurzfassung|r[eé]sum[eé]|resumen|riassunto|samenvatting|streszczenie)\b", re.I
)
_REFERENCES = re.compile(
    r"^(?:\d+\.?\s*)?(?:references|bibliography|literatur(?:verzeichnis)?|r[eé]f[eé]rences|bibliographie|referencias|"
    r"bibliograf[ií]a|bibliografia|referenties|referências|literatura)\W*$",
    re.IGNORECASE,
)


def openings_of(
    rows: Mapping[int, Sequence[Piece]], sheet: StyleSheet, listing: Listing, pages: Sequence[PageLines]
) -> list[Opening]:
    """The openings of stories, in reading order."""
    decks = deck_styles(rows)
    found: list[Opening] = []
    for number in sorted(rows):
        if number in listing.pages or is_cover(number, rows):
            continue
        row = [piece for piece in rows[number] if not piece.role.is_furniture and piece.block.id not in listing.pieces]
        row = [piece for at, piece in enumerate(row) if not _is_run_in(piece, row[at + 1 : at + 2])]
        found += heads_of(row, sheet, decks)
    found = _over_spreads(found, rows)
    _measure(found, rows, sheet)
    for opening in found:
        opening.listed = bool(opening.title) and listing.names(opening.text, opening.page)
    if _is_paper(rows, sheet):
        return found[:1]
    labels = _labels(found)
    found = _without_nameplate([opening for opening in found if opening.listed or opening.text not in labels])
    return _chosen(found, sheet, pages, rows) or _by_style(found)


def _is_run_in(piece: Piece, following: Sequence[Piece]) -> bool:
    """Whether it is a heading in the first line of the paragraph that follows: no story begins there."""
    return piece.block.role is Role.HEADING and bool(following) and runs_into(piece, following[0])


def _over_spreads(found: Sequence[Opening], rows: Mapping[int, Sequence[Piece]]) -> list[Opening]:
    """A headline on a page without text, and the byline that begins the next page, are one opening."""
    result: list[Opening] = []
    for opening in found:
        before = result[-1] if result else None
        if (
            before is not None
            and not opening.title
            and before.title
            and not before.signed
            and before.page == opening.page - 1
            and not any(
                piece.words >= 15 and piece.order > before.title[-1].order
                for piece in rows[before.page]
                if piece not in before.standfirst
            )
        ):
            before.bylines += opening.bylines
        else:
            result.append(opening)
    return result


def is_cover(number: int, rows: Mapping[int, Sequence[Piece]]) -> bool:
    """The first or last page of a larger document, with hardly any text to read."""
    if len(rows) < 4 or number not in (min(rows), max(rows)):
        return False
    return (
        sum(piece.words for piece in rows[number] if piece.words >= 15 and not piece.role.is_furniture) < _COVER_WORDS
    )


def _measure(found: Sequence[Opening], rows: Mapping[int, Sequence[Piece]], sheet: StyleSheet) -> None:
    """How much text follows each opening, and whether a signature stands before it."""
    starts = {opening.pieces[0].order: opening for opening in found}
    current: Opening | None = None
    signed = False
    for number in sorted(rows):
        for piece in rows[number]:
            if piece.role.is_furniture:
                continue
            if piece.order in starts:
                current = starts[piece.order]
                current.after_end = signed
                signed = False
            elif signature_of(piece.text) is not None or (piece.role is Role.BYLINE and not only_pictures(piece)):
                signed = current is not None and piece not in current.bylines
            elif piece.words >= 25:
                signed = False
            if current is not None and piece.role in (Role.PARAGRAPH, Role.LIST_ITEM):
                current.words += piece.words


def _chosen(
    found: Sequence[Opening], sheet: StyleSheet, pages: Sequence[PageLines], rows: Mapping[int, Sequence[Piece]]
) -> list[Opening]:
    """The openings that are sure, and those that are set as large as these; else by rank."""
    proven = [opening for opening in found if _is_proven(opening, sheet)]
    large = [opening for opening in found if opening.size >= _HEADLINE * sheet.body.size and opening.words >= 20]
    newspaper = _is_newspaper(sheet, pages, rows)
    certain = len(proven) >= max(3, 0.4 * len(large)) or (len(proven) >= max(2, 0.2 * len(large)) and not newspaper)
    if certain:
        return _like_proven(found, proven, sheet)
    if newspaper:
        return [opening for opening in found if _is_headline(opening, found, sheet)]
    least = _least_rank(large, len(pages))
    while (chosen := [opening for opening in found if opening.size >= least or opening in proven]) and _leaves_out(
        chosen[0], rows
    ):
        lower = [opening.size for opening in found if opening.words >= 20 and sheet.body.size <= opening.size < least]
        if not lower:
            return _by_style(found) if chosen == proven else chosen
        least = _SAME * max(lower)
    return chosen


def _like_proven(found: Sequence[Opening], proven: Sequence[Opening], sheet: StyleSheet) -> list[Opening]:
    """The proven openings, and headings that are set like them."""
    sizes = [opening.size for opening in proven if opening.size]
    low = quantiles(sizes, n=5)[0] if len(sizes) > 1 else (sizes[0] if sizes else 0.0)
    least = max(_HEADLINE * sheet.body.size, 0.85 * low)
    usual = _usual(found, proven)
    signing = sum(opening.signed for opening in proven) >= 0.6 * len(proven) and len(proven) >= 3
    result: list[Opening] = []
    for opening in found:
        if result and signing and _is_second_half(opening, result[-1]):
            result[-1].title += opening.title
            continue
        share = usual.get(_bucket(opening))
        enough = opening.size >= least if share is None else share >= _USUAL
        inside = bool(result) and _is_inside(opening, result[-1], signing=signing)
        if opening in proven or (enough and not inside):
            result.append(opening)
    return result


def _is_headline(opening: Opening, found: Sequence[Opening], sheet: StyleSheet) -> bool:
    """Whether a newspaper's heading opens a story: larger than the text; a little, where large ones are rare."""
    if opening.size >= _HEADLINE * sheet.body.size or _is_proven(opening, sheet):
        return True
    larger = sum(other.size >= _HEADLINE * sheet.body.size for other in found)
    words = sum(other.words for other in found)
    heavy = bool(opening.title) and (opening.title[0].style.bold or opening.title[0].capitals)
    return heavy and opening.size >= 1.05 * sheet.body.size and words > _NEWSPAPER_STORY * max(1, larger)


def _leaves_out(first: Opening, rows: Mapping[int, Sequence[Piece]]) -> bool:
    """Whether much of the text stands before the first opening: then it is not the first."""
    words = [(piece.order, piece.words) for row in rows.values() for piece in row if piece.words >= 15]
    before = sum(count for order, count in words if order < first.pieces[0].order)
    return before > _LEFT_OUT * sum(count for _, count in words)


def _labels(found: Sequence[Opening]) -> frozenset[str]:
    """What several headings of one page say alike ("Do", "Don't"): labels, and no headlines."""
    counts = Counter((opening.page, opening.text) for opening in found if opening.title)
    return frozenset(text for (_, text), count in counts.items() if count > 1)


def _without_nameplate(found: Sequence[Opening]) -> list[Opening]:
    """Without the paper's own name: on the first page, far larger than all headlines, one of which stands below."""
    if len(found) < 4:
        return list(found)
    first = min(opening.page for opening in found)
    front = [opening for opening in found if opening.page == first]
    most = max(front, key=lambda opening: opening.size)
    stories = [opening for opening in front if opening.size < 0.5 * most.size and opening.words >= 40]
    usual = median(opening.size for opening in found)
    if not stories or most.size < 2.2 * usual or most.signed or most.listed:
        return list(found)
    return [opening for opening in found if opening.page != first or opening.size < 0.5 * most.size]


def _is_second_half(opening: Opening, before: Opening) -> bool:
    """Whether an unsigned headline goes on with that of the left page: in its type, on its height."""
    if not opening.title or not before.title or opening.signed or opening.listed:
        return False
    first, second = before.title[-1], opening.title[0]
    same = first.style[:4] == second.style[:4] and abs(first.box.y0 - second.box.y0) < 0.1 * first.style.size
    return same and second.page == first.page + 1 and first.page % 2 == 0


def _bucket(opening: Opening) -> tuple[str, bool, int]:
    """What makes headlines alike: family, weight, and size in steps of a tenth."""
    style = opening.title[0].style if opening.title else None
    return (style.family, style.bold, round(math.log(max(1.0, style.size), 1.1))) if style else ("", False, 0)


def _usual(found: Sequence[Opening], proven: Sequence[Opening]) -> dict[tuple[str, bool, int], float]:
    """For headings set alike that come several times: the share that surely opens a story."""
    all_, sure = Counter(map(_bucket, found)), Counter(map(_bucket, proven))
    return {key: sure[key] / count for key, count in all_.items() if count >= 3 or sure[key] >= 2}


def _is_proven(opening: Opening, sheet: StyleSheet) -> bool:
    """Signed below the headline, listed in the contents, or after the signature of the story before."""
    if not opening.title:
        return True
    if opening.size < 1.1 * sheet.body.size and not (opening.listed and opening.title[0].style.bold):
        return False
    return opening.signed or opening.listed or (opening.after_end and opening.size >= _HEADLINE * sheet.body.size)


def _is_inside(opening: Opening, story: Opening, *, signing: bool) -> bool:
    """Whether an unsigned heading stands inside the story before it: smaller, where stories are signed as a rule."""
    smaller = opening.size < 0.85 * story.size
    near = opening.page - story.page <= 1
    return signing and smaller and near


def _is_newspaper(sheet: StyleSheet, pages: Sequence[PageLines], rows: Mapping[int, Sequence[Piece]]) -> bool:
    """Many narrow columns, or pages of a newspaper's height."""
    widths = [
        piece.box.width
        for row in rows.values()
        for piece in row
        if piece.style in sheet.prose and len(piece.block.lines) > 3
    ]
    if not widths or not pages:
        return False
    width, height = median(page.width for page in pages), median(page.height for page in pages)
    return width / median(widths) >= _NEWSPAPER_COLUMNS or height >= _NEWSPAPER_HEIGHT


def _least_rank(large: Sequence[Opening], pages: int) -> float:
    """The size of the largest headings that come often enough to part the document."""
    sizes = sorted((opening.size for opening in large), reverse=True)
    words = sum(opening.words for opening in large)
    needed = min(max(1 if pages <= 2 else 2, round(pages / 8), round(words / _RANK_WORDS)), 40)
    anchor = 0.0
    for count, size in enumerate(sizes):
        if size < _SAME * anchor and count >= needed:
            break
        anchor = size if not anchor or size < _SAME * anchor else anchor
    return _SAME * anchor if anchor else float("inf")


def _by_style(found: Sequence[Opening]) -> list[Opening]:
    """Openings where no heading is larger than the text: the heaviest style that parts it, else the first heading."""
    ranks: dict[tuple[bool, bool, float], list[Opening]] = defaultdict(list)
    for opening in found:
        if opening.title:
            head = opening.title[0]
            ranks[head.capitals, head.style.bold, head.style.size].append(opening)
    parting = [rank for rank, members in ranks.items() if sum(member.words >= 20 for member in members) >= 2]
    if not parting:
        return list(found[:1])
    best = max(parting, key=lambda rank: (rank[2], rank[1], rank[0]))
    chosen = ranks[best]
    return chosen if found[0] is chosen[0] or found[0].words < 20 else [found[0], *chosen]


def _is_paper(rows: Mapping[int, Sequence[Piece]], sheet: StyleSheet) -> bool:
    """A scientific paper is one story: it has an abstract on its first pages and references at its end."""
    if not rows or len(rows) > 80:
        return False
    numbers = sorted(rows)
    first = [piece for number in numbers[:2] for piece in rows[number]]
    last = [piece for number in numbers[len(numbers) // 3 :] for piece in rows[number]]
    abstracts = sum(bool(_ABSTRACT.match(piece.text)) for piece in first)
    references = sum(bool(_REFERENCES.match(piece.text)) for piece in last)
    return abstracts >= 1 and 1 <= references <= 2
