"""Our own reading of a PDF, text only: the product's `inspect` with the sandboxed process played by this one.

So nothing of the path that a PDF takes is left out except the wall between processes, and its processor time can be
measured in one process. The files of the corpus are known; others must not be read this way.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from masthead.document.text import Role
from masthead.edition import workforce
from masthead.edition.inspection import inspect
from masthead.edition.options import BuildOptions
from masthead.edition.worker import create
from masthead.pdf.sandbox import Reply

NAME = "masthead"


class _Here:
    """Answers like `masthead.pdf.sandbox.Sandbox`, without a process; messages cross as JSON as they do there."""

    is_alive = True

    def __init__(self, *_: object) -> None:
        self._worker = create()

    def request(self, message: dict[str, Any], **_: object) -> Reply:
        header, blobs = self._worker.handle(message)
        return Reply(json.loads(json.dumps(header)), tuple(blobs))

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


def spoken(block: dict[str, Any]) -> str:
    """A block's text with its bullet or number."""
    return f"{block.get('marker', '')} {block['text']}".strip()


def knows_tags() -> bool:
    """Whether tags of tagged PDFs can be used, and so be left unused."""
    return "tags" in {field.name for field in fields(BuildOptions)}


def read(pdf: Path, *, words: bool = False, tags: bool = False) -> Reading:
    """Our reading of `pdf`; with `words` each block lists its words too, with `tags` those of the PDF help.

    The truth of tagged files is their tags, so that only a reading without them says anything about ours.
    """
    options: dict[str, Any] = {"workers": 1, "tags": tags} if knows_tags() else {"workers": 1}
    real = workforce.Sandbox
    workforce.Sandbox = _Here  # type: ignore[assignment,misc]
    start = time.process_time()
    try:
        found = inspect(pdf, BuildOptions(**options), words=words)
    finally:
        workforce.Sandbox = real  # type: ignore[misc]
    return Reading(found, time.process_time() - start)
