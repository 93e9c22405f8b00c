"""Our own reading of a PDF, text only: the product's `inspect` with the sandboxed process played by this one.

So nothing of the path that a PDF takes is left out except the wall between processes, and its processor time can be
measured in one process. The files of the corpus are known; others must not be read this way.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from masthead.document.text import Role
from masthead.edition import workforce
from masthead.edition.inspection import inspect
from masthead.edition.options import BuildOptions, Spreads
from masthead.edition.worker import create
from masthead.pdf.sandbox import Reply
from measures import whole_paragraphs
from measures.kept_pages import KeptPages

NAME = "masthead"


class _Here:
    """Answers like `masthead.pdf.sandbox.Sandbox`, without a process; messages cross as JSON as they do there."""

    is_alive = True
    resident_mb = 0.0  # nothing grows here: the process is ours
    kept: KeptPages | None = None

    def __init__(self, *_: object) -> None:
        self._worker = create()
        self._opening: dict[str, Any] | None = None

    def request(self, message: dict[str, Any], **_: object) -> Reply:
        if self.kept is None:
            header, blobs = self._worker.handle(message)
            return Reply(json.loads(json.dumps(header)), tuple(blobs))
        answer = self.kept.get(message)
        if answer is None:
            answer = self._ask(message)
            self.kept.put(message, answer)
        elif message["do"] == "open":
            self._opening = message
        return Reply(answer, ())

    def _ask(self, message: dict[str, Any]) -> dict[str, Any]:
        """Ask the worker, which must have the PDF open even if the answer to that was kept."""
        if self._opening is not None:
            self._worker.handle(self._opening)
            self._opening = None
        answer: dict[str, Any] = json.loads(json.dumps(self._worker.handle(message)[0]))
        return answer

    def close(self) -> None:
        pass


@dataclass(frozen=True)
class Reading:
    """What we made of a PDF."""

    found: dict[str, Any]  # the answer of `inspect`
    seconds: float  # of the processor, on one core

    def texts(self) -> list[str]:
        """The text of each page in our order, without running heads and folios, with bullets and numbers of lists."""
        return [
            "\n".join(spoken(block) for block in page["blocks"] if not Role(block["role"]).is_furniture)
            for page in self.found["pages"]
        ]

    def whole_paragraphs(self) -> list[str]:
        """As `texts`, but a paragraph that goes on overleaf stands whole where it begins."""
        return whole_paragraphs.as_we_say(self.found["pages"], spoken)


def spoken(block: Mapping[str, Any]) -> str:
    """A block's text with its bullet or number."""
    return f"{block.get('marker', '')} {block['text']}".strip()


def knows_tags() -> bool:
    """Whether tags of tagged PDFs can be used, and so be left unused."""
    return "tags" in {field.name for field in fields(BuildOptions)}


def read(
    pdf: Path, *, words: bool = False, tags: bool = False, kept: bool = False, spreads: Spreads = "keep"
) -> Reading:
    """Our reading of `pdf`; with `words` each block lists its words too, with `tags` those of the PDF help.

    With `kept` the lines of its pages come from an earlier run, if the code that makes them has not changed.
    The truth of tagged files is their tags, so that only a reading without them says anything about ours; and it
    counts sheets, so that spreads are kept unless asked otherwise.
    """
    options: dict[str, Any] = {"workers": 1, "spreads": spreads}
    if knows_tags():
        options["tags"] = tags
    _Here.kept = KeptPages(pdf) if kept else None
    real = workforce.Sandbox
    workforce.Sandbox = _Here  # type: ignore[assignment,misc]
    start = time.process_time()
    try:
        found = inspect(pdf, BuildOptions(**options), words=words)
    finally:
        workforce.Sandbox = real  # type: ignore[misc]
        if _Here.kept is not None:
            _Here.kept.save()
    return Reading(found, time.process_time() - start)
