"""The run of each story through the document: over columns and pages, round advertisements, after jumps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from masthead.document.text import Role
from masthead.layout.bylines import byline_of_lines, signature_of
from masthead.layout.continuations import goes_on
from masthead.layout.jumps import Jump, jump_at_end, jump_of
from masthead.layout.listing import words_of
from masthead.layout.neighbours import shares_column
from masthead.layout.openings import Opening
from masthead.layout.styles import Piece, StyleSheet

_UNTITLED_WORDS = 40  # of a paragraph that begins a story without a headline
_BOXED_WORDS = 30  # of a story that is whole inside its box
_PAGES_BETWEEN = 3  # pages without text (pictures, advertisements) over which a story may go on


@dataclass(slots=True, eq=False)
class Story:
    """An opening and the pieces that follow it."""

    opening: Opening | None
    pieces: list[Piece] = field(default_factory=list)
    name: str = ""  # what a continuation line calls it, if its beginning was not found
    group: str = ""  # the box that it opens in
    ended: bool = False  # it was signed
    onward: list[str] = field(default_factory=list)  # printed numbers of the pages where it goes on

    @property
    def words(self) -> int:
        """Words of its text."""
        return sum(piece.words for piece in self.pieces if piece.role in (Role.PARAGRAPH, Role.LIST_ITEM, Role.SIDEBAR))

    @property
    def prose(self) -> int:
        """Words of its text without labels and scattered words."""
        return sum(
            piece.words
            for piece in self.pieces
            if piece.role in (Role.PARAGRAPH, Role.SIDEBAR, Role.LIST_ITEM)
            and (piece.words >= 8 or piece.ends_sentence)
        )

    @property
    def last_page(self) -> int:
        """The page that it has reached."""
        return self.pieces[-1].page if self.pieces else 0


class Assembly:
    """Goes through the document piece by piece and gives each to its story."""

    def __init__(
        self,
        rows: Mapping[int, Sequence[Piece]],
        openings: Sequence[Opening],
        sheet: StyleSheet,
        outside: frozenset[str],
    ) -> None:
        """`outside` are ids of blocks that no story can hold: contents, advertisements, covers."""
        self.stories: list[Story] = []
        self._rows = rows
        self._sheet = sheet
        self._outside = outside
        self._starts = {opening.pieces[0].order: opening for opening in openings}
        self._labels = _labels(rows)
        self._current: Story | None = None
        self._before_box: Story | None = None
        self._after_jump = 0  # the page on which a "continued from" stood last
        self._rivals: list[Story] = []  # stories whose headlines stand side by side with nothing between them

    def run(self) -> list[Story]:
        """The stories in the order in which they open."""
        for number in sorted(self._rows):
            row = [piece for piece in self._rows[number] if piece.block.id not in self._outside]
            self._begin_page(number, row)
            for piece in row:
                self._take(piece)
        return [story for story in self.stories if story.pieces]

    def _begin_page(self, number: int, row: Sequence[Piece]) -> None:
        """Decide whether the story of the page before goes on here."""
        self._rivals, self._before_box = [], None
        first = next((piece for piece in row if not piece.role.is_furniture), None)
        awaited = next((story for story in reversed(self.stories) if self._is_awaited(story, number)), None)
        if first is None or first.order in self._starts:
            return
        if self._only_labels(row):
            self._current = None
            return
        story = self._current
        opens = any(piece.order in self._starts for piece in row)
        if story is not None and story.onward and awaited is None and number == story.last_page + 1 and not opens:
            return  # the facing page, with what stands beside the story
        if story is not None and number - story.last_page <= 1 + _PAGES_BETWEEN and not story.onward:
            alike = any(piece.style in self._body_of(story) for piece in row if piece.words >= 8)
            if not story.ended or alike:
                return
        self._current = (
            awaited if awaited is not None else (story if story and not story.onward and not story.ended else None)
        )

    def _only_labels(self, row: Sequence[Piece]) -> bool:
        """Whether nothing but labels stands before the first headline of a page, and no text of an earlier story."""
        for piece in row:
            if piece.order in self._starts:
                return True
            jumps = piece.role is Role.RUNNING_HEAD and jump_of(piece.text) is not None
            text = piece.words >= 8 and piece.letters >= 2 * piece.words and piece.style in self._sheet.prose
            if jumps or (text and not piece.role.is_furniture):
                return False
        return False

    def _body_of(self, story: Story) -> set[object]:
        return {piece.style for piece in story.pieces if piece.words >= 15} or {self._sheet.body}

    def _is_awaited(self, story: Story, number: int) -> bool:
        return any(self._labels.get(label, int(re.sub(r"\D", "", label) or 0)) == number for label in story.onward)

    def _take(self, piece: Piece) -> None:
        opening = self._starts.get(piece.order)
        if opening is not None and not self._resume(opening):
            self._open(opening, piece)
            return
        if piece.role.is_furniture:
            jump = jump_of(piece.text) if piece.role is Role.RUNNING_HEAD else None
            if jump is not None:
                self._jump(jump, piece)
            return
        if self._before_box is not None and self._current and piece.block.group != self._current.group:
            if self._current.words >= _BOXED_WORDS:  # else the box holds no more than the head of the story
                self._current = self._before_box
            self._before_box = None
        if self._current is None and not self.stories:
            self._begin_untitled(piece)
        story = self._home(piece)
        if story is None:
            return
        story.pieces.append(piece)
        if piece.role is Role.BYLINE and _is_signature(piece, story):
            story.ended = True
        at_end = jump_at_end(piece.text) if piece.role is Role.PARAGRAPH else None
        if at_end is not None:
            story.onward.append(at_end[0].label)

    def _resume(self, opening: Opening) -> bool:
        """Whether the headline only repeats that of a story which goes on here: then it is no new one."""
        words = words_of(opening.text)
        before = self._current
        if before is not None and before.opening and opening.text and before.opening.text == opening.text:
            return True  # the title again, at the head of each of its pages
        for story in reversed(self.stories):
            jumped = story is self._current and story.last_page < opening.page and self._after_jump == opening.page
            if (jumped or self._is_awaited(story, opening.page)) and words & words_of(_named(story)):
                self._current = story
                return True
        return False

    def _begin_untitled(self, piece: Piece) -> None:
        """Text before the first headline of the document is a story too; the heading above it names it."""
        if piece.words < _UNTITLED_WORDS or piece.style not in self._sheet.prose:
            return
        above = [
            other.text for other in self._rows[piece.page] if other.role is Role.HEADING and other.order < piece.order
        ]
        self._current = Story(None, name=above[-1] if above else "")
        self.stories.append(self._current)

    def _open(self, opening: Opening, piece: Piece) -> None:
        story = Story(opening, group=piece.block.group)
        before = self._current
        if (
            piece.block.group
            and before is not None
            and before.group != piece.block.group
            and before.last_page == piece.page
        ):
            self._before_box = before  # a boxed story: what it interrupts goes on after it
        elif not piece.block.group:
            self._before_box = None
        waits = before is not None and before.opening is not None and len(before.pieces) == len(before.opening.pieces)
        self._rivals = [*self._rivals, before] if waits and before and _side_by_side(before, opening) else []
        self.stories.append(story)
        self._current = story
        story.pieces.append(piece)

    def _home(self, piece: Piece) -> Story | None:
        """The story of the piece: the current one, or that of a headline beside it in whose column the piece stands."""
        if self._current is None or not self._rivals or self._current.opening is None:
            return self._current
        if any(part is piece for part in self._current.opening.pieces):
            return self._current
        slack = 2 * self._sheet.body.size
        heads = sorted((_left_edge(story, piece.page), place) for place, story in enumerate(self._stories_beside()))
        reached = [place for left, place in heads if left - slack <= piece.box.x0]
        return self._stories_beside()[reached[-1] if reached else heads[0][1]]

    def _stories_beside(self) -> list[Story]:
        return [*self._rivals, self._current] if self._current else self._rivals

    def _jump(self, jump: Jump, piece: Piece) -> None:
        if jump.onward:
            if self._current is not None:
                self._current.onward.append(jump.label)
            return
        story = self._source(jump, piece)
        if story is None and jump.keyword:
            story = Story(None, name=jump.keyword)  # its beginning is a picture, or is missing
            self.stories.append(story)
        if story is not None:
            self._current, self._before_box, self._rivals = story, None, []
            self._after_jump = piece.page
            story.ended = False

    def _source(self, jump: Jump, piece: Piece) -> Story | None:
        """The story that is continued here: by the word that names it, else by the page that it comes from."""
        page = self._labels.get(jump.label, int(re.sub(r"\D", "", jump.label) or 0))
        there = [story for story in self.stories if any(part.page == page for part in story.pieces)]
        keys = words_of(jump.keyword)
        if keys:
            known = any(part.page == page for row in self._rows.values() for part in row)
            named = [story for story in (there if known else self.stories) if keys & words_of(_named(story))]
            if named:
                return named[0]
        waiting = [story for story in there if self._is_awaited(story, piece.page)]
        unfinished = [story for story in there if _is_unfinished(story)]
        candidates = waiting or ([] if keys else unfinished or there)
        return candidates[-1] if candidates else None


def _side_by_side(story: Story, opening: Opening) -> bool:
    """Whether the headline stands at the height of the story's, in another column."""
    first = story.opening.title if story.opening else []
    second = opening.title
    if not first or not second or first[0].page != second[0].page:
        return False
    down = min(first[-1].box.y1, second[-1].box.y1) - max(first[0].box.y0, second[0].box.y0)
    return down > 0 and not shares_column(first[0].box, second[0].box)


def _left_edge(story: Story, page: int) -> float:
    """Where the headline begins from the left; headlines of other pages stand outside."""
    head = story.opening.title if story.opening else []
    return min((piece.box.x0 for piece in head if piece.page == page), default=float("inf"))


def _named(story: Story) -> str:
    opening = story.opening
    if opening is None:
        return ""
    return " ".join(piece.text for piece in opening.pieces if piece.role is not Role.BYLINE)


def _is_signature(piece: Piece, story: Story) -> bool:
    """Whether a byline below the text ends its story; credits for pictures do not."""
    line = byline_of_lines(piece.printed)
    if line is not None and line.credits_pictures:
        return False
    in_head = story.opening is not None and any(part is piece for part in story.opening.pieces)
    return not in_head and (signature_of(piece.text) is not None or story.words > 20)


def _is_unfinished(story: Story) -> bool:
    text = [piece for piece in story.pieces if piece.role is Role.PARAGRAPH]
    return bool(text) and not text[-1].ends_sentence


def _labels(rows: Mapping[int, Sequence[Piece]]) -> dict[str, int]:
    """Pages by the number printed on them; numbers out of line with the others are no folios (a map's, a chart's)."""
    found = [
        (number, match[0])
        for number, row in rows.items()
        for piece in row
        if piece.role is Role.FOLIO and (match := re.search(r"[A-Z]?\d{1,4}", piece.text))
    ]
    offsets = Counter(number - int(label) for number, label in found if label.isdigit())
    usual = {offset for offset, count in offsets.items() if count >= 0.25 * len(found)}
    result: dict[str, int] = {}
    for number, label in found:
        if not label.isdigit() or not usual or number - int(label) in usual:
            result.setdefault(label, number)
    return result


def give_back(stories: Sequence[Story]) -> None:
    """A word that is cut at the end of one story goes on in that story, past a headline set over the next column.

    What stands under that headline before the word's second half, as a table does, is all that its story has.
    """
    for before, story in pairwise(stories):
        said = [piece for piece in before.pieces if piece.role is Role.PARAGRAPH]
        place = next((at for at, piece in enumerate(story.pieces) if piece.role is Role.PARAGRAPH), 0)
        if not said or not place or not said[-1].text.endswith(("-", "\u00ad")) or before.ended:
            continue
        second = story.pieces[place]
        if (
            second.text[:1].islower()
            and second.page - said[-1].page <= 1
            and goes_on(said[-1], second, in_article=False)
        ):
            before.pieces += story.pieces[place:]
            before.ended, before.onward = story.ended, story.onward
            story.pieces, story.ended, story.onward = story.pieces[:place], False, []
