"""What corrections are applied to: all that was read from a PDF before anything of it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from masthead.document.structure import OutlineEntry, SourceReport
from masthead.document.text import ReadText


@dataclass(frozen=True, slots=True)
class Reading:
    """An edition as data: pages with labels, blocks, articles, figures, contents, languages."""

    report: SourceReport
    text: ReadText
    contents: tuple[OutlineEntry, ...] = ()
    language: str = "und"  # BCP 47
    languages: Mapping[int, str] = field(default_factory=dict)  # of pages that are in another one
    cover: int = 0  # page number; 0: the first that could be drawn
    title: str = ""  # "": the report's
    own_contents: bool = False  # the contents are the publisher's, also where they are empty


class DoesNotFitError(Exception):
    """What a correction is about is not there any more, or is another thing."""
