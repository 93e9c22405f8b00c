"""A look at a PDF before its conversion costs anything: can it be opened, and what will disappoint?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from masthead.edition.options import BuildOptions
from masthead.edition.workforce import Workforce


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen. Sizes are in points, after crop and rotation."""

    pages: int
    width: float  # of the size that most pages have
    height: float
    odd_sizes: int  # pages of another size
    encrypted: bool
    repaired: bool
    tagged: bool
    has_text: bool
    is_partly_text: bool  # some pages that were looked at have text, some not
    fonts_missing: tuple[str, ...]  # used, but not in the file
    title: str
    language: str  # BCP 47, "" if the PDF does not say
    warnings: tuple[str, ...]


def look(pdf: Path, options: BuildOptions) -> Look:
    """Open the PDF in the sandboxed process; raises one of the documented errors where it cannot be converted."""
    with Workforce(pdf, options) as workforce:
        report = workforce.open()
        seen = workforce.survey()
    sizes = [(round(shape.width), round(shape.height)) for shape in report.pages]
    usual = max(sizes, key=sizes.count)
    shape = report.pages[sizes.index(usual)]
    with_text, looked_at = int(seen["with_text"]), int(seen["looked_at"])
    return Look(
        pages=len(report.pages),
        width=shape.width,
        height=shape.height,
        odd_sizes=sum(not _is_like(size, usual) for size in sizes),
        encrypted=report.encrypted,
        repaired=report.repaired,
        tagged=report.tagged,
        has_text=with_text > 0,
        is_partly_text=0 < with_text < looked_at,
        fonts_missing=tuple(str(name) for name in seen["fonts_missing"]),
        title=report.title,
        language=report.language,
        warnings=report.warnings,
    )


def _is_like(size: tuple[int, int], usual: tuple[int, int]) -> bool:
    """Scans of one format differ by some points; a fold-out or a supplement by more."""
    return all(abs(one - other) <= 0.03 * other for one, other in zip(size, usual, strict=True))
