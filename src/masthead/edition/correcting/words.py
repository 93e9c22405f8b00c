"""Puts corrected words in the place of printed ones: what stays keeps its boxes, what is new takes those of the old.

So search, marks and selection go on working on the page's picture, and the words read as corrected.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from masthead.document.geometry import Box
from masthead.document.text import Block, Cell, Join, Line, Table, Word
from masthead.edition.correcting.reading import DoesNotFitError

_TOKENS_AT_MOST = 3000
_AROUND = 4  # words on either side of a change


@dataclass(frozen=True, slots=True)
class _Token:
    """What reads as one word: a printed word, or pieces of one over a line's end; `line` of each piece."""

    text: str
    pieces: tuple[tuple[int, Word], ...]


def with_text(block: Block, corrected: str) -> Block:
    """The block saying `corrected`, its lines made of the printed words' boxes."""
    said = " ".join(corrected.split())
    if said == block.text:
        return block
    tokens = list(_tokens(block.lines))
    wanted = said.split(" ") if said else []
    marker = block.marker.split() if block.marker else []
    lead = len(marker) if [token.text for token in tokens[: len(marker)]] == marker else 0
    pieces = [piece for token in tokens[:lead] for piece in token.pieces]
    mirrored = frozenset(at for at, line in enumerate(block.lines) if line.right_to_left)
    pieces += _aligned(tokens[lead:], wanted, mirrored)
    lines = []
    for index, line in enumerate(block.lines):
        words = tuple(word for at, word in pieces if at == index)
        if words:
            lines.append(replace(line, words=words))
    return replace(block, text=said, lines=tuple(lines))


def cell_words(block: Block, cell: Cell) -> str:
    """What a cell of a table says."""
    return " ".join(token.text for token in _as_tokens(_pieces(block)[cell.start : cell.end]))


def with_cell_words(block: Block, table: Table, cell: Cell, corrected: str) -> Block:
    """The table saying something else in one cell; raises DoesNotFitError for one without words, which has no place."""
    pieces = _pieces(block)
    own = pieces[cell.start : cell.end]
    if not own:
        raise DoesNotFitError("an empty cell")
    mirrored = frozenset(at for at, line in enumerate(block.lines) if line.right_to_left)
    new = _aligned(list(_as_tokens(own)), corrected.split(), mirrored)
    words = [*pieces[: cell.start], *new, *pieces[cell.end :]]
    lines = [
        replace(line, words=tuple(word for at, word in words if at == index)) for index, line in enumerate(block.lines)
    ]
    more = len(new) - len(own)
    cells = tuple(
        one._replace(end=one.end + more)
        if one is cell
        else one._replace(start=one.start + more, end=one.end + more)
        if one.start >= cell.end
        else one
        for one in table.cells
    )
    said = " ".join(token.text for token in _as_tokens(words))
    kept = tuple(line for line in lines if line.words)
    return replace(block, lines=kept, text=said, table=replace(table, cells=cells))


def _pieces(block: Block) -> list[tuple[int, Word]]:
    return [(at, word) for at, line in enumerate(block.lines) for word in line.words]


def patched(printed: str, corrected: str, present: str) -> str:
    """The changes from `printed` to `corrected` made in `present`; raises DoesNotFitError where they cannot be.

    A replaced PDF may say more or less elsewhere in the block: only what was corrected is changed.
    """
    before, after, now = printed.split(), corrected.split(), present.split()
    if now in (before, after):
        return corrected
    if max(len(before), len(after), len(now)) > _TOKENS_AT_MOST:
        raise DoesNotFitError(printed[:60])
    places = {
        start + at: other + at
        for start, other, size in SequenceMatcher(None, before, now, autojunk=False).get_matching_blocks()
        for at in range(size)
    }
    result = list(now)
    edits = [edit for edit in SequenceMatcher(None, before, after, autojunk=False).get_opcodes() if edit[0] != "equal"]
    for _, start, end, first, last in reversed(edits):
        spots = [places.get(at) for at in range(start, end)] or [_gap(places, start, len(before), len(now))]
        begin = spots[0]
        if begin is None or any(spot != begin + at for at, spot in enumerate(spots)):
            raise DoesNotFitError(printed[:60])
        result[begin : begin + end - start] = after[first:last]
    return " ".join(result)


def differing(before: str, after: str) -> tuple[str, str]:
    """What two texts do not share at their ends, with some words around it."""
    old, new = before.split(), after.split()
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    first, last = max(0, start - _AROUND), max(0, end - _AROUND)
    parts = (words[first : len(words) - last] for words in (old, new))
    mark = ("… " if first else "", " …" if last else "")
    said = [f"{mark[0]}{' '.join(part)}{mark[1]}" if part else "" for part in parts]
    return said[0], said[1]


def _gap(places: dict[int, int], at: int, before: int, now: int) -> int | None:
    """Where words were put in: after the word before, or before the word after."""
    if at - 1 in places:
        return places[at - 1] + 1
    if at in places:
        return places[at]
    return now if at == before else None


def _tokens(lines: Sequence[Line]) -> Iterator[_Token]:
    return _as_tokens([(at, word) for at, line in enumerate(lines) for word in line.words])


def _as_tokens(every: Sequence[tuple[int, Word]]) -> Iterator[_Token]:
    pieces: list[tuple[int, Word]] = []
    said = ""
    for index, word in every:
        pieces.append((index, word))
        said += word.text[:-1] if word.join is Join.HYPHEN else word.text
        if word.join is Join.SPACE:
            yield _Token(said, tuple(pieces))
            pieces, said = [], ""
    if pieces:
        yield _Token(said, tuple(pieces))


def _aligned(tokens: Sequence[_Token], wanted: Sequence[str], mirrored: frozenset[int]) -> list[tuple[int, Word]]:
    """The pieces with their lines; `mirrored` are the lines that run from right to left."""
    result: list[tuple[int, Word]] = []
    matcher = SequenceMatcher(None, [token.text for token in tokens], wanted, autojunk=False)
    for name, start, end, first, last in matcher.get_opcodes():
        old, new = tokens[start:end], wanted[first:last]
        if name == "equal":
            result += [piece for token in old for piece in token.pieces]
        elif name == "insert":
            _insert(result, tokens, start, new, mirrored)
        elif name == "replace":
            result += _replaced(old, new, mirrored)
    return result


def _replaced(old: Sequence[_Token], new: Sequence[str], mirrored: frozenset[int]) -> list[tuple[int, Word]]:
    """The new words share the boxes of the old ones: as many to each as fit in order."""
    result: list[tuple[int, Word]] = []
    if len(new) <= len(old):
        for at, words in enumerate(new):
            result += _spelled(old[at].pieces, words)
        return result
    for at, token in enumerate(old):
        share = new[at * len(new) // len(old) : (at + 1) * len(new) // len(old)]
        line, word = token.pieces[0]
        result += [(line, part) for part in _parted(word, share, mirrored=line in mirrored)]
    return result


def _spelled(pieces: Sequence[tuple[int, Word]], said: str) -> list[tuple[int, Word]]:
    """One new word over the pieces of an old one, as many letters to each as before."""
    letters = sum(len(word.text) for _, word in pieces)
    result: list[tuple[int, Word]] = []
    start = seen = 0
    for at, (line, word) in enumerate(pieces):
        seen += len(word.text)
        end = len(said) if at == len(pieces) - 1 else round(seen / letters * len(said))
        if end > start:
            result.append((line, replace(word, text=said[start:end], join=Join.NONE)))
        start = end
    if result:
        line, last = result[-1]
        result[-1] = (line, replace(last, join=Join.SPACE))
    return result


def _insert(
    result: list[tuple[int, Word]], tokens: Sequence[_Token], at: int, new: Sequence[str], mirrored: frozenset[int]
) -> None:
    """New words stand in the box of the word before them, or of the one after where there is none before."""
    if result:
        line, word = result.pop()
        parts = _parted(word, [word.text, *new], keep=word.join is not Join.SPACE, mirrored=line in mirrored)
        result += [(line, part) for part in parts]
    elif at < len(tokens):
        line, word = tokens[at].pieces[0]
        box = Box(word.box.x0, word.box.y0, word.box.x0 + 0.1 * word.box.width, word.box.y1)
        result += [(line, part) for part in _parted(replace(word, box=box), new, mirrored=line in mirrored)]


def _parted(word: Word, said: Sequence[str], *, keep: bool = False, mirrored: bool = False) -> list[Word]:
    """Words side by side in the box of one, as wide as their letters; `keep` the printed one's own text whole."""
    letters = sum(map(len, said)) + len(said) - 1 or 1
    x0, y0, x1, y1 = word.box
    parts: list[Word] = []
    start = 0
    for text in said:
        left = x0 + (x1 - x0) * start / letters
        right = x0 + (x1 - x0) * (start + len(text)) / letters
        box = Box(x0 + x1 - right, y0, x0 + x1 - left, y1) if mirrored else Box(left, y0, right, y1)
        parts.append(replace(word, text=text, box=box, join=Join.SPACE))
        start += len(text) + 1
    if keep and parts and word.join is Join.HYPHEN:
        parts[0] = replace(parts[0], text=word.text[:-1])
    return parts
