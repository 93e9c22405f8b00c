"""Pages whose reading was written down by hand (`bench/truth/pages`): blocks in order, what may stand elsewhere."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "truth" / "pages"
SPLITS = ("develop", "held-out")
Box = tuple[float, float, float, float]  # points, origin top left
_SAME = str.maketrans("يكى", "یکی")  # the Arabic letters that Persian fonts are given for Persian ones


def letters(text: str) -> str:
    """Letters and digits only, small, without accents, so that no tool's way with signs and spaces counts."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_SAME)
    return "".join(char for char in plain if char.isalnum())


@dataclass(frozen=True)
class TruthBlock:
    """A block as a person reads it, or a run of blocks of one kind."""

    roles: tuple[str, ...]  # those that are right; the first is the one meant
    part: str  # what is read in one go: a story, a box, a caption
    first: str
    last: str  # empty if `first` is all of it
    box: Box
    size: int  # letters and digits
    run: bool = False  # several blocks in a row, whose borders do not count
    continues: bool = False  # goes on from the block before it in its part
    unsaid: bool = False  # the PDF's letters are not those that it draws
    again: bool = False  # its first words stand elsewhere on the page too

    @property
    def can_be_sought(self) -> bool:
        """Whether its place in plain text can be told by its first words."""
        return bool(letters(self.first)) and not self.unsaid and not self.again


@dataclass(frozen=True)
class PageTruth:
    """A sheet of a PDF as a person reads it."""

    name: str
    file: str  # the PDF's place in the corpus
    number: int  # the PDF's own page number
    split: str
    blocks: tuple[TruthBlock, ...]
    furniture: tuple[Box, ...]  # what belongs to the page: running heads, folios
    loose: tuple[Box, ...]  # what is not judged: mastheads, labels of diagrams
    anywhere: frozenset[str]  # parts that may be read at any time: captions, margin notes
    either: frozenset[frozenset[str]]  # pairs of parts of which either may be read first

    def is_ordered(self, one: TruthBlock, other: TruthBlock) -> bool:
        """Whether it matters which of the two is read first."""
        if one.part == other.part:
            return True
        if self.anywhere & {one.part, other.part}:
            return False
        return frozenset((one.part, other.part)) not in self.either

    def ordered_pairs(self, numbers: list[int]) -> Iterator[tuple[int, int]]:
        """Of the blocks with these numbers, each pair whose order matters, the first read first."""
        for place, one in enumerate(numbers):
            for other in numbers[place + 1 :]:
                if self.is_ordered(self.blocks[one], self.blocks[other]):
                    yield one, other


def page_truths(names: list[str]) -> list[PageTruth]:
    """The truths whose names hold one of `names`; all without any."""
    paths = sorted(FOLDER.glob("*.json"))
    return [read_truth(path) for path in paths if not names or any(name in path.stem for name in names)]


def read_truth(path: Path) -> PageTruth:
    """One truth from its file."""
    said = json.loads(path.read_text(encoding="utf-8"))
    return PageTruth(
        name=path.stem,
        file=said["file"],
        number=said["page"],
        split=said["split"],
        blocks=tuple(_block(entry) for entry in said["blocks"]),
        furniture=tuple(_box(entry) for entry in said.get("furniture", ())),
        loose=tuple(_box(entry) for entry in said.get("loose", ())),
        anywhere=frozenset(said.get("anywhere", ())),
        either=frozenset(frozenset(pair) for pair in said.get("either", ())),
    )


def _block(entry: dict[str, Any]) -> TruthBlock:
    return TruthBlock(
        roles=tuple(entry["role"].split("/")),
        part=entry["part"],
        first=entry["first"],
        last=entry.get("last", ""),
        box=_box(entry),
        size=entry["letters"],
        run=entry.get("run", False),
        continues=entry.get("continues", False),
        unsaid=entry.get("unsaid", False),
        again=entry.get("again", False),
    )


def _box(entry: dict[str, Any]) -> Box:
    x0, y0, x1, y1 = entry["box"]
    return (x0, y0, x1, y1)
