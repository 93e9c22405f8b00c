"""How a page was read, beside a truth made by hand; ours by the places of words, any tool's by its plain text.

By place: each of our words belongs to the block of the truth whose box holds its middle (the smallest, where boxes
lie over each other); a block is read where the middle one of its words is read.

- order: of the pairs of blocks whose order matters, the share that we read in that order (a pair with a block that we
  do not read is wrong). This is Kendall's tau without what may stand either way, scaled to 0 … 1.
- blocks: the mean F of blocks, where precision is the share of our block's letters that belong to the block of the
  truth, and recall the share of its letters that our block holds. Ours is the block with the best F; of a run, all
  those that lie in it for the larger part.
- whole: of the parts with several blocks, the share into which nothing else is read but what may stand anywhere.
- joined: of the blocks that go on from another one over a column, the share that we join to it.
- roles: for each role, blocks that we call so rightly, wrongly, and those that we call something else. What we call a
  block is what most of its letters are called.
- furniture: the share of running heads and folios that are kept out of what is read.

By text: a block is read where its first words stand in the text, and it is in one piece if its last words follow at
the distance that the length of the block asks for. Blocks whose first words stand on the page twice are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from measures.page_truth import Box, PageTruth, letters

FURNITURE = ("running_head", "folio")
_ROOM = 1.15  # how much longer than the truth a block in one piece may be: notes, doubled letters
_FOUND = 0.9  # an F from which a block counts as found


@dataclass(frozen=True)
class FoundBlock:
    """A block that we read, with boxes on the sheet."""

    id: str
    role: str
    words: tuple[tuple[str, Box], ...]
    continues: str = ""

    @property
    def is_furniture(self) -> bool:
        """Whether it is kept out of what is read."""
        return self.role in FURNITURE


@dataclass
class PlaceScore:
    """A page by the places of words; shares are None where there is nothing to share."""

    order: float | None
    blocks: float
    found: float
    whole: float | None
    joined: float | None
    furniture: float | None
    roles: dict[str, Counter[str]]  # by role: "right", "wrong", "missed"
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class TextScore:
    """A page by a tool's plain text."""

    order: float | None
    pieces: float | None


def score_text(truth: PageTruth, text: str) -> TextScore:
    """Of a page's plain text: pairs in order, and blocks in one piece."""
    said = letters(text)
    numbers = [number for number, block in enumerate(truth.blocks) if block.can_be_sought]
    places = {number: said.find(letters(truth.blocks[number].first)) for number in numbers}
    pairs = list(truth.ordered_pairs(numbers))
    right = sum(0 <= places[one] < places[other] for one, other in pairs)
    pieces = sum(_is_in_one_piece(truth, number, said, places[number]) for number in numbers)
    return TextScore(_share(right, len(pairs)), _share(pieces, len(numbers)))


def _is_in_one_piece(truth: PageTruth, number: int, said: str, start: int) -> bool:
    if start < 0:
        return False
    block = truth.blocks[number]
    last = letters(block.last or block.first)
    end = said.find(last, start)
    return end >= 0 and end + len(last) - start <= _ROOM * block.size + 10


def score_places(truth: PageTruth, found: Sequence[FoundBlock]) -> PlaceScore:
    """Of the blocks that we read."""
    meeting = _Meeting(truth, found)
    faults: list[str] = []
    fits = [_fit(meeting, number) for number in range(len(truth.blocks))]
    faults += [
        f"block {fit:.2f}  {block.first[:50]}" for fit, block in zip(fits, truth.blocks, strict=True) if fit < _FOUND
    ]
    return PlaceScore(
        order=_order(meeting, faults),
        blocks=sum(fits) / len(fits),
        found=sum(fit >= _FOUND for fit in fits) / len(fits),
        whole=_whole(meeting, faults),
        joined=_joined(meeting, faults),
        furniture=_furniture(meeting),
        roles=_roles(meeting, faults),
        faults=faults,
    )


class _Meeting:
    """Which of our letters lie in which block of the truth."""

    def __init__(self, truth: PageTruth, found: Sequence[FoundBlock]) -> None:
        self.truth = truth
        self.found = found
        self.shared: list[Counter[int]] = [Counter() for _ in truth.blocks]  # letters by the number of our block
        self.sizes = [0] * len(found)  # letters of ours that are judged
        self.page: list[Counter[bool]] = [Counter() for _ in truth.furniture]  # letters by: kept out
        self._reads: list[list[int]] = [[] for _ in truth.blocks]
        clock = 0
        boxes = [block.box for block in truth.blocks] + [*truth.furniture, *truth.loose]
        for number, block in enumerate(found):
            for word, box in block.words:
                size = len(letters(word))
                place = _smallest_around(boxes, box)
                if not block.is_furniture:
                    clock += 1
                self._note(number, size, place, clock)

    def _note(self, number: int, size: int, place: int, clock: int) -> None:
        count = len(self.truth.blocks)
        if place >= count + len(self.truth.furniture):
            return
        if place >= count:
            self.page[place - count][self.found[number].is_furniture] += size
            return
        self.sizes[number] += size
        if place >= 0:
            self.shared[place][number] += size
            if not self.found[number].is_furniture:
                self._reads[place].append(clock)

    def time(self, number: int) -> float | None:
        """When the block is read; None if it is not."""
        return median(self._reads[number]) if self._reads[number] else None

    def best(self, number: int) -> int | None:
        """The number of our block that holds most of it."""
        shared = self.shared[number]
        return max(shared, key=lambda ours: shared[ours]) if shared else None


def _smallest_around(boxes: Sequence[Box], box: Box) -> int:
    """The number of the smallest box that holds the middle of `box`; -1 if none does."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    around = [
        ((x1 - x0) * (y1 - y0), number)
        for number, (x0, y0, x1, y1) in enumerate(boxes)
        if x0 - 1 <= x <= x1 + 1 and y0 - 1 <= y <= y1 + 1
    ]
    return min(around)[1] if around else -1


def _fit(meeting: _Meeting, number: int) -> float:
    """F of a block: that of our best block, or of all that lie in a run for the larger part."""
    block, shared = meeting.truth.blocks[number], meeting.shared[number]
    if block.run:
        inside = [ours for ours in shared if 2 * shared[ours] >= meeting.sizes[ours] and shared[ours]]
        return _harmonic(sum(shared[ours] for ours in inside), sum(meeting.sizes[ours] for ours in inside), block.size)
    return max((_harmonic(shared[ours], meeting.sizes[ours], block.size) for ours in shared), default=0.0)


def _harmonic(both: int, ours: int, theirs: int) -> float:
    return min(1.0, 2 * both / (ours + theirs)) if both else 0.0


def _order(meeting: _Meeting, faults: list[str]) -> float | None:
    truth = meeting.truth
    numbers = list(range(len(truth.blocks)))
    times = {number: meeting.time(number) for number in numbers}
    pairs = list(truth.ordered_pairs(numbers))
    right, astray = 0, Counter[int]()
    for one, other in pairs:
        before, after = times[one], times[other]
        if before is not None and after is not None and before < after:
            right += 1
        else:
            astray.update((one, other))
    faults += [f"order {count:3} pairs  {truth.blocks[number].first[:50]}" for number, count in astray.most_common(4)]
    return _share(right, len(pairs))


def _whole(meeting: _Meeting, faults: list[str]) -> float | None:
    truth = meeting.truth
    read = [(time, number) for number in range(len(truth.blocks)) if (time := meeting.time(number)) is not None]
    parts = [truth.blocks[number].part for _, number in sorted(read)]
    several = [part for part, count in Counter(block.part for block in truth.blocks).items() if count > 1]
    whole = 0
    for part in several:
        places = [place for place, name in enumerate(parts) if name == part]
        between = set(parts[places[0] : places[-1] + 1]) - {part} if places else {""}
        if part not in truth.anywhere:
            between -= truth.anywhere
        whole += not between
        if between:
            faults.append(f"torn by {', '.join(sorted(between)) or 'not being read'}: {part}")
    return _share(whole, len(several))


def _joined(meeting: _Meeting, faults: list[str]) -> float | None:
    truth = meeting.truth
    wanted = joined = 0
    for number, block in enumerate(truth.blocks):
        if not block.continues or number == 0:
            continue
        wanted += 1
        ours, before = meeting.best(number), meeting.best(number - 1)
        is_joined = (
            ours is not None
            and before is not None
            and (ours == before or meeting.found[ours].continues == meeting.found[before].id)
        )
        joined += is_joined
        if not is_joined:
            faults.append(f"not joined  {block.first[:50]}")
    return _share(joined, wanted)


def _furniture(meeting: _Meeting) -> float | None:
    kept_out = sum(count[True] >= count[False] for count in meeting.page)
    return _share(kept_out, len(meeting.page))


def _roles(meeting: _Meeting, faults: list[str]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {}
    for number, block in enumerate(meeting.truth.blocks):
        votes: Counter[str] = Counter()
        for ours, size in meeting.shared[number].items():
            votes[meeting.found[ours].role] += size
        called = votes.most_common(1)[0][0] if votes else ""
        if called in block.roles:
            counts.setdefault(called, Counter())["right"] += 1
            continue
        counts.setdefault(block.roles[0], Counter())["missed"] += 1
        if called:
            counts.setdefault(called, Counter())["wrong"] += 1
        faults.append(f"{block.roles[0]} called {called or 'nothing'}  {block.first[:50]}")
    return counts


def _share(part: float, of: int) -> float | None:
    return part / of if of else None
