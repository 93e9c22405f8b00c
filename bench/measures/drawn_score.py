"""How a drawn page was read: stories in order, pieces whole, running heads and folios out, headings known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from masthead.document.text import Role
from measures.drawn_sheet import Sheet
from measures.ours import spoken
from measures.strings import bare, similarity


@dataclass(frozen=True)
class DrawnScore:
    """What was read, and what is wrong with it."""

    order: float  # of the letters of the page's stories, the share that is read in order
    pieces: int
    words: tuple[int, int]  # words of the truth: those that are read as they are, all
    headings: tuple[int, int, int]  # found, wanted, given
    kept_out: tuple[int, int]  # running heads and folios: found, wanted
    torn: tuple[str, ...]  # the texts that are not read in one piece
    lost: tuple[str, ...]  # those that are taken for running heads and folios


def score_page(sheet: Sheet, blocks: Sequence[dict[str, Any]]) -> DrawnScore:
    """The score of one page's blocks."""
    read = [block for block in blocks if not Role(block["role"]).is_furniture]
    text = bare("\n".join(spoken(block) for block in read))
    said = [piece for piece in sheet.pieces if piece.kind not in ("furniture", "folio")]
    story = bare("".join(piece.text for piece in said if piece.thread))
    both = similarity(story, text) * (len(story) + len(text)) / 2
    wanted_words = Counter(word for piece in said if piece.kind != "float" for word in piece.text.split())
    found_words = Counter(word for block in read for word in spoken(block).split())
    torn = tuple(piece.text for piece in said if bare(piece.text) not in text)
    given = [bare(block["text"]) for block in read if block["role"] == Role.HEADING]
    wanted = [bare(piece.text) for piece in said if piece.kind == "heading"]
    furniture = [piece for piece in sheet.pieces if piece.kind in ("furniture", "folio")]
    out = {bare(block["text"]) for block in blocks if Role(block["role"]).is_furniture}
    lost = tuple(piece.text for piece in said if any(bare(piece.text) == other for other in out))
    return DrawnScore(
        both / len(story) if story else 1.0,
        len(said),
        ((wanted_words & found_words).total(), wanted_words.total()),
        (sum(heading in given for heading in wanted), len(wanted), len(given)),
        (sum(bare(piece.text) in out for piece in furniture), len(furniture)),
        torn,
        lost,
    )
