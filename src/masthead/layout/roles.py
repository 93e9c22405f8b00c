"""What a block is to its reader, told by its style, its words and its neighbours, once the style sheet is known.

Headings, lists, code, bylines, captions, notes and continuation lines are found here, page by page. What hangs on the
story a block stands in (standfirst, pull quote, sidebar, the level of a heading) is decided later, in `articles`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise

from masthead.document.text import PageLines, Role
from masthead.layout.alphabets import are_alphabetical
from masthead.layout.bylines import byline_of_lines, signature_of
from masthead.layout.captions import is_caption, is_labelled
from masthead.layout.jumps import jump_of
from masthead.layout.leaders import ends_with_number
from masthead.layout.neighbours import beside, next_above, next_below
from masthead.layout.notes import is_note
from masthead.layout.paragraphs import is_address
from masthead.layout.people import find_names
from masthead.layout.quotations import is_quotation
from masthead.layout.styles import Piece, Style, StyleSheet
from masthead.layout.symbols import is_sign

_LARGER = 1.13  # to the body: from here on a size is another one on purpose
_SMALLEST = 0.85  # to the body: below, only what heads text of its own size is a heading
_KICKER = 0.7  # to the body: the smallest capitals above a headline or a text
_DISPLAY = 1.45  # to the body: display type, hardly ever used for running text
_HEADING_WORDS = 28
_HEADING_LINES = 5
_SMALL_HEADING_WORDS = 14
_NARROW_LINES = 4  # of a bold heading in a narrow column that is a little larger than the text
_FEWEST, _MOSTLY = 3, 0.6  # headings, and their share of a style's blocks, from which on it is a style of headings
_FEWEST_ENTRIES = 3
_ENTRY_WORDS = 14
_SECTION = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,5}\.|[A-Z]\.)$")
_LIGHT = 0.7
_LABEL_WORDS = 3  # of a heading over text that begins small ("Keywords"); more words begin its sentence
_RAGGED = 0.15  # of a column's width, by which lines that are not justified differ
_BAND = 0.13  # of the page's height, in which running heads stand
_QUOTES = ("“", '"', "„", "«", "‘", "»")
_INNER_END = re.compile(r"[^\W\d_]{3,}[.!?]\s+[^\W\d_]")  # a sentence ends inside
_QUOTES_END = ("”", '"', "“", "»", "’", "«", ".", "…")


def assign_roles(rows: Mapping[int, Sequence[Piece]], sheet: StyleSheet, pages: Sequence[PageLines]) -> None:
    """Set the role of every piece that has none yet (those that are paragraphs so far)."""
    sizes = {page.number: page for page in pages}
    for number, row in rows.items():
        page = sizes[number]
        body = [piece for piece in row if not piece.role.is_furniture]
        for piece in body:
            if piece.role is Role.PARAGRAPH:
                piece.role = _by_itself(piece, sheet)
        for piece in body:
            if (
                piece.role in (Role.PARAGRAPH, Role.LIST_ITEM)
                and _may_be_caption(piece, page, sheet)
                and not _is_lead_in(piece, body)
            ):
                piece.role = Role.CAPTION
        for piece in body:
            if piece.role in (Role.PARAGRAPH, Role.LIST_ITEM) and is_heading(piece, body, sheet):
                piece.role = Role.HEADING
    _headings_by_style(rows, sheet)
    for number, row in rows.items():
        page = sizes[number]
        body = [piece for piece in row if not piece.role.is_furniture]
        _entries_are_items(body)
        for piece in body:
            if piece.role is Role.PARAGRAPH and is_note(piece, body, page, sheet):
                piece.role = Role.FOOTNOTE
        quotations = [piece for piece in body if piece.role is Role.PARAGRAPH and is_quotation(piece, body, sheet)]
        for piece in quotations:
            piece.role = Role.QUOTATION
        _without_table_heads(body)
    _running_heads(rows, sizes)
    find_names(rows, sheet)


def _entries_are_items(row: Sequence[Piece]) -> None:
    """What dots lead from to a number is an entry of a list, of contents or prices; small ones are no notes.

    So are short pieces in the order of the alphabet that mostly end with a number: the terms of an index with their
    pages, members with their telephones. Names alone stay the paragraphs that most writers make them.
    """
    entries = [piece for piece in row if _is_text(piece) and ends_with_number(piece.block.lines[-1])]
    if len(entries) >= _FEWEST_ENTRIES:
        for piece in entries:
            piece.role, piece.level = Role.LIST_ITEM, 0
    others = [piece for piece in row if not _is_letter(piece)]
    for _, run in groupby(others, key=lambda piece: _may_be_entry(piece) and (piece.style.size, piece.style.family)):
        pieces = list(run)
        if not _may_be_entry(pieces[0]) or not are_alphabetical([piece.text for piece in pieces]):
            continue
        numbered = 2 * sum(piece.text[-1:].isdigit() for piece in pieces) > len(pieces)
        for piece in pieces:
            if numbered or piece.role is Role.HEADING:  # a name in capitals heads nothing
                piece.role, piece.level = Role.LIST_ITEM if numbered else Role.PARAGRAPH, 0
    _letters_are_headings(row)


def _letters_are_headings(row: Sequence[Piece]) -> None:
    """The letters under which an index begins anew."""
    letters = [
        piece
        for piece, entry in pairwise(row)
        if _is_letter(piece) and entry.role is Role.LIST_ITEM and entry.text[:1].upper() == piece.text.strip()
    ]
    if len(letters) >= _FEWEST_ENTRIES:
        for piece in letters:
            piece.role = Role.HEADING


def _is_letter(piece: Piece) -> bool:
    """Whether it may be a letter under which an index begins anew."""
    return _is_text(piece) and len(piece.text.strip()) == 1 and piece.text.strip().isupper()


def _is_text(piece: Piece) -> bool:
    return piece.role in (Role.PARAGRAPH, Role.HEADING)


def _may_be_entry(piece: Piece) -> bool:
    return (_is_text(piece) or piece.role is Role.LIST_ITEM) and piece.letters > 1 and piece.words <= _ENTRY_WORDS


def _by_itself(piece: Piece, sheet: StyleSheet) -> Role:
    """What the words and letters alone tell."""
    if jump_of(piece.text) is not None:
        return Role.RUNNING_HEAD  # it belongs to the page; what it says is read by `articles`
    typed = piece.style.monospace and not sheet.body.monospace and not (piece.words == 1 and is_address(piece.text))
    if typed and piece.letters > 1 and sheet.scale(piece) < _LARGER:
        return Role.CODE
    if byline_of_lines(piece.printed) is not None and sheet.scale(piece) < 2.2:
        return Role.BYLINE
    if piece.marker and sheet.scale(piece) < (2.0 if is_sign(piece.marker) else 1.3):
        if signature_of(" ".join(piece.printed)) is not None:
            return Role.BYLINE
        if not ends_with_number(piece.block.lines[-1]):  # else an entry of a list of contents
            return Role.LIST_ITEM
    return Role.BYLINE if signature_of(piece.text) is not None else Role.PARAGRAPH


def _may_be_caption(piece: Piece, page: PageLines, sheet: StyleSheet) -> bool:
    """Whether it is a caption; of what begins with a bullet or number, only what calls itself a figure."""
    return is_labelled(piece) if piece.role is Role.LIST_ITEM else is_caption(piece, page, sheet)


def is_heading(piece: Piece, row: Sequence[Piece], sheet: StyleSheet) -> bool:
    """Whether the piece is set as headings are: apart from the body, short, with text below it."""
    text = piece.text.strip()
    lines = len(piece.block.lines)
    cased = text.lower() != text.upper()
    if piece.letters < (3 if cased and sheet.scale(piece) >= _DISPLAY else 2) or piece.letters < 0.45 * len(
        text.replace(" ", "")
    ):
        return False
    if piece.words > _HEADING_WORDS or lines > _HEADING_LINES or text.endswith((",", ";", "-")):
        return False
    scale = sheet.scale(piece)
    if piece.role is Role.LIST_ITEM:
        if _is_among_its_like(piece, row):
            return False
        return bool(_SECTION.match(piece.marker)) and piece.words <= 12 and _stands_out(piece, sheet) and lines <= 2
    if _is_lead_in(piece, row):
        return False
    if scale >= _LARGER and piece.style not in sheet.prose:
        return not _is_sentence(piece, 10 if scale >= _DISPLAY else 5) and not _is_initial(piece, row, scale)
    small = scale >= _SMALLEST or _is_over_its_size(piece, row, sheet) or _is_reversed(piece, sheet)
    small = small or _is_kicker(piece, sheet)
    most_lines = _NARROW_LINES if _is_strong(piece, sheet) else 2
    if small and piece.words <= _SMALL_HEADING_WORDS and lines <= most_lines and _stands_out(piece, sheet):
        use = sheet.uses[piece.style]
        stopped = piece.style.bold and lines == 1 and use.blocks >= 3 and use.words <= 9  # headings with a full stop
        return not _is_sentence(piece, 10 if stopped else 5) and _heads_text(piece, row, sheet)
    return False


def _is_among_its_like(piece: Piece, row: Sequence[Piece]) -> bool:
    """Whether what is read right before or after it is numbered and set like it: sections have text between them."""
    place = row.index(piece)
    around = [*row[max(0, place - 1) : place], *row[place + 1 : place + 2]]
    return any(other.marker and other.style == piece.style for other in around)


def _is_over_its_size(piece: Piece, row: Sequence[Piece], sheet: StyleSheet) -> bool:
    """Whether it is bold over running text as small as itself: a part in small type has headings of its own."""
    below = next_below(piece, row)
    if below is None or not piece.style.bold or below.style.bold:
        return False
    return below.style.size == piece.style.size and sheet.is_prose(below)


def _is_reversed(piece: Piece, sheet: StyleSheet) -> bool:
    """Whether it is bold in light letters, on a band of colour, while the text is dark."""
    return piece.style.bold and _light(piece.style.colour) > _LIGHT and _light(sheet.body.colour) < 1 - _LIGHT


def _is_kicker(piece: Piece, sheet: StyleSheet) -> bool:
    """Whether it is one line of small capitals in another colour or weight than the text, as sections are named in."""
    style, body = piece.style, sheet.body
    apart = style.bold != body.bold or style.colour != body.colour
    return piece.capitals and apart and sheet.scale(piece) >= _KICKER and len(piece.block.lines) == 1


def _is_strong(piece: Piece, sheet: StyleSheet) -> bool:
    """Whether it is bold and larger than the text, in another family: its lines are a heading's, however narrow."""
    style, body = piece.style, sheet.body
    return style.bold and not body.bold and style.family != body.family and style.size > body.size


def _light(colour: int) -> float:
    """Luminance of 0xRRGGBB from 0 to 1 (Rec. 709, without linearising: near enough to tell white from ink)."""
    return (0.2126 * (colour >> 16) + 0.7152 * (colour >> 8 & 255) + 0.0722 * (colour & 255)) / 255


def _is_sentence(piece: Piece, most: int) -> bool:
    """Whether it reads as text: it ends as a sentence does, or is quoted, and is longer than a heading needs."""
    text = piece.text.rstrip()
    if text.endswith(("?", "!")):
        return piece.words > 16
    if text.startswith(_QUOTES) and text.endswith(_QUOTES_END):
        return piece.words > 6
    if piece.ends_sentence and piece.words > 5 and _INNER_END.search(text):
        return True
    return piece.words > most and piece.ends_sentence


def _is_lead_in(piece: Piece, row: Sequence[Piece]) -> bool:
    """Whether it is the first line of a paragraph, set bold as a lead-in: the text goes on in small letters below."""
    place = row.index(piece)
    following = row[place + 1] if place + 1 < len(row) else None
    if following is None or not following.text[:1].islower() or piece.ends_sentence:
        return False
    gap = following.box.y0 - piece.box.y1
    same_size = abs(following.style.size - piece.style.size) < 0.12 * piece.style.size
    if piece.words <= _LABEL_WORDS and not _fills_its_line(piece, following):
        return False
    return same_size and -piece.style.size < gap < 0.6 * piece.style.size and following.words >= 4


def _fills_its_line(piece: Piece, following: Piece) -> bool:
    """Whether the first word of the text below would not have stood in the line: the text goes on for want of room."""
    last, first = piece.block.lines[-1], following.block.lines[0]
    room = last.box.x0 - following.box.x0 if last.right_to_left else following.box.x1 - last.box.x1
    return room < first.words[0].box.width + max(piece.style.size, _RAGGED * following.box.width)


def _is_initial(piece: Piece, row: Sequence[Piece], scale: float) -> bool:
    """Whether it is a raised initial or a label in a drawing: hardly a letter, with text right beside it."""
    if piece.letters > 3 or scale < 2 or not piece.text[:1].isupper():
        return False
    reach = 1.5 * piece.style.size
    return any(
        0 <= other.box.x0 - piece.box.x1 < reach or abs(other.box.y0 - piece.box.y1) < 4 for other in beside(piece, row)
    )


def _stands_out(piece: Piece, sheet: StyleSheet) -> bool:
    """Whether weight, colour, capitals, slope or size set the piece apart from the body, in this order of strength."""
    style, body = piece.style, sheet.body
    if style in sheet.prose and not piece.capitals:
        return False
    if style.bold and not body.bold:
        return True
    if piece.capitals and piece.letters >= 4 and (style.size >= 0.9 * body.size or _is_kicker(piece, sheet)):
        return True
    if style.size >= _LARGER * body.size:
        return True
    use = sheet.uses[style]
    usual = use.blocks >= 3 and use.words <= 10 and use.sentences < 0.25
    other_face = style.colour != body.colour or style.family != body.family
    return usual and (other_face or style.italic) and style.size >= 0.95 * body.size


def _heads_text(piece: Piece, row: Sequence[Piece], sheet: StyleSheet) -> bool:
    """Whether text follows below in its column, so near that it belongs to the piece; and not beside it."""
    below = next_below(piece, row)
    if below is None:
        return not next_above(piece, row) or (bool(row) and row[-1] is piece)  # the last of its page: its text follows
    if below.box.y0 - piece.box.y1 > 4 * max(piece.style.size, sheet.body.size):
        return False
    above = next_above(piece, row)
    if above is not None and piece.box.y0 - above.box.y1 < below.box.y0 - piece.box.y1 - 0.6 * sheet.body.size:
        return False  # nearer to what stands above: the last line of it, a label or a signature
    return below.words >= 4 or below.role in (Role.LIST_ITEM, Role.HEADING) or _stands_out(below, sheet)


def _headings_by_style(rows: Mapping[int, Sequence[Piece]], sheet: StyleSheet) -> None:
    """A style has one use: what stands in the style of headings and may be one is a heading, wherever it stands."""
    headings: Counter[Style] = Counter()
    others: dict[Style, list[tuple[Piece, Sequence[Piece]]]] = defaultdict(list)
    for row in rows.values():
        for piece in row:
            if piece.role is Role.HEADING:
                headings[piece.style] += 1
            elif piece.role is Role.PARAGRAPH:
                others[piece.style].append((piece, row))
    for style, count in headings.items():
        rest = others.get(style, [])
        if count < _FEWEST or count < _MOSTLY * (count + len(rest)) or style in sheet.prose:
            continue
        for piece, row in rest:
            if _may_head(piece, row, sheet):
                piece.role = Role.HEADING


def _may_head(piece: Piece, row: Sequence[Piece], sheet: StyleSheet) -> bool:
    """Whether a piece in the style of headings is one, and not a label in a row or a sentence."""
    text = piece.text.strip()
    return (
        piece.letters >= 2
        and piece.words <= _SMALL_HEADING_WORDS
        and len(piece.block.lines) <= 3
        and not text.endswith((",", ";", "-"))
        and not _is_sentence(piece, 5)
        and not _is_lead_in(piece, row)
        and _stands_out(piece, sheet)
        and not any(other.words <= 6 for other in beside(piece, row))
    )


def _without_table_heads(row: Sequence[Piece]) -> None:
    """Short bold pieces at one height, several in a row, are the head of a table and not headings."""
    headings = [piece for piece in row if piece.role is Role.HEADING]
    for piece in headings:
        if piece.words > 6 or len(piece.block.lines) > 2 or len(piece.text.strip()) == 1:  # a letter of an index
            continue
        level = [
            other
            for other in beside(piece, headings)
            if other.style.size == piece.style.size and other.words <= 6 and len(other.block.lines) <= 2
        ]
        short = [other for other in beside(piece, row) if other.words <= 6 and len(other.block.lines) <= 2]
        below = next_below(piece, row)
        thin = below is not None and below.words <= 6 and not (below.style.bold and below.style != piece.style)
        if (len(level) >= 2 or (level and thin)) and len(short) >= 1 and thin:
            piece.role = Role.PARAGRAPH


def _running_heads(rows: Mapping[int, Sequence[Piece]], pages: Mapping[int, PageLines]) -> None:
    """Small lines at the head of a page that repeat a title set large elsewhere are running heads."""
    titles: dict[str, list[Piece]] = {}
    for row in rows.values():
        for piece in row:
            if piece.role is Role.HEADING:
                titles.setdefault(_key(piece.text)[:24], []).append(piece)
    for number, row in rows.items():
        height = pages[number].height
        for piece in row:
            at_edge = piece.box.y1 < _BAND * height or piece.box.y0 > (1 - _BAND) * height
            if not at_edge or piece.role.is_furniture or len(piece.block.lines) > 1 or piece.words > 20:
                continue
            key = _key(piece.text)
            same = titles.get(key[:24], ())
            if len(key) >= 6 and any(
                title is not piece
                and title.style.size > 1.3 * piece.style.size
                and (title.page != number or title.box.y0 > piece.box.y1)
                and (_key(title.text).startswith(key) or key.startswith(_key(title.text)))
                for title in same
            ):
                piece.role, piece.level = Role.RUNNING_HEAD, 0


def _key(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())
