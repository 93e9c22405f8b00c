"""Which pages an edition has and in which order: as it is built, as it is wanted, and kept as a correction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from masthead.accounts.selectors import User
from masthead.document.corrections import PageArrangement, PagePiece
from masthead.document.structure import SourceReport
from masthead.edition.correcting.reading import Reading
from masthead.library.selectors import Edition
from masthead.production import page_pieces
from masthead.production.correction_rows import arrangements
from masthead.production.corrections import Told, arrival_insert, corrections_add
from masthead.production.errors import CorrectionInvalidError
from masthead.production.models import Arrival


@dataclass(frozen=True, slots=True)
class PageOrder:
    """The pages of an edition as pieces of its PDF."""

    report: SourceReport
    built: tuple[PagePiece, ...]  # page by page of the current build
    wanted: tuple[PagePiece, ...]  # of the next one
    whole: tuple[PagePiece, ...]  # all that the PDF has, in its own order

    @property
    def left_out(self) -> list[PagePiece]:
        """What the PDF has and the edition will not."""
        return page_pieces.left_out(self.wanted, self.whole)

    def number(self, piece: PagePiece) -> int:
        """The page of the current build that shows it; 0 for none."""
        return self.built.index(piece) + 1 if piece in self.built else 0

    def can_split(self, piece: PagePiece) -> bool:
        """Whether it may be two pages side by side, as far as the current build shows."""
        number = self.number(piece)
        shape = self.report.pages[number - 1] if number else None
        return shape is not None and page_pieces.can_split(piece, shape.width, shape.height)

    def arrangement(self, pieces: Sequence[PagePiece]) -> PageArrangement:
        """Other pages, or in another order, as a correction."""
        return PageArrangement(self.report.sha256, tuple(pieces), self.whole)

    def check(self, pieces: Sequence[PagePiece]) -> None:
        """Raise CorrectionInvalidError where the edition cannot be made of these."""
        own = [piece for piece in pieces if not piece.inserted]
        halved = {piece.sheet for piece in own if piece.half}
        is_twice = len(set(own)) < len(own) or any(piece.sheet in halved for piece in own if not piece.half)
        if not pieces or is_twice or not all(map(self._is_there, pieces)):
            raise CorrectionInvalidError("page_arrangement")

    def _is_there(self, piece: PagePiece) -> bool:
        """Whether the PDF has it; of another PDF, whether it stands for a page already."""
        alike = [
            known
            for known in (*self.whole, *self.wanted, *self.built)
            if (known.sheet, known.inserted) == (piece.sheet, piece.inserted)
        ]
        is_half = any(known.half for known in alike)
        return bool(alike) and (not piece.half or is_half or any(self.can_split(known) for known in alike))


def page_order(edition: Edition, reading: Reading) -> PageOrder:
    """The pages of an edition whose text was read like this."""
    report = reading.report
    built, wanted = arrangements(edition.pk, report.sha256)
    known = wanted or built
    whole = known.whole if known is not None else tuple(page_pieces.pieces_of(report, None))
    now = tuple(page_pieces.pieces_of(report, built))
    if wanted is not None:
        return PageOrder(report, now, wanted.pages, whole)
    return PageOrder(report, now, built.whole if built is not None else now, whole)


def pages_arrange(*, by: User, edition: Edition, order: PageOrder, pieces: Sequence[PagePiece]) -> None:
    """Other pages, or in another order. Raises NotAllowedError, CorrectionInvalidError."""
    order.check(pieces)
    if tuple(pieces) != order.wanted:
        told = Told(order.arrangement(pieces), "", page_pieces.named(order.wanted), page_pieces.named(pieces))
        corrections_add(by=by, edition=edition, changes=[told])


def page_replace(*, by: User, edition: Edition, order: PageOrder, at: int, arrival: Arrival) -> None:
    """The first page of a PDF that arrived in the place of one, counted from 0. Raises NotAllowedError, StateError."""
    upload = arrival_insert(by=by, edition=edition, arrival=arrival)
    pieces = page_pieces.replaced(order.wanted, at, upload.sha256)
    told = Told(order.arrangement(pieces), f"{at + 1}", page_pieces.named(order.wanted), upload.name)
    corrections_add(by=by, edition=edition, changes=[told])
