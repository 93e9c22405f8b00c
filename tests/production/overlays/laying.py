"""What tests of overlays start from: an edition whose pages have words, and small real files."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from PIL import Image
from tests.cast import Cast, ready_edition

from masthead.document.overlays import Area, OverlayKind
from masthead.library.selectors import Edition
from masthead.production.overlays.files import PICTURE, file_keep
from masthead.production.overlays.selectors import Overlay
from masthead.production.overlays.services import overlay_create

HERE = Area(0.1, 0.1, 0.5, 0.1)
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + bytes(64)
MP3 = b"ID3\x04" + bytes(64)


def words(*lines: str, top: float = 60.0) -> dict[str, Any]:
    """A block of a page file: lines of words, ten points high, one below the other, each letter five points wide."""
    made = []
    for number, line in enumerate(lines):
        y, x, row = top + 12 * number, 50.0, []
        for word in line.split():
            row.append([word, x, y, x + 5 * len(word), y + 10])
            x += 5 * len(word) + 5
        made.append({"box": [50, y, x, y + 10], "words": row})
    return {"id": "b1", "role": "paragraph", "box": [50, top, 350, top + 12 * len(lines)], "lines": made}


PAGES = {
    1: [words("The keeper of the light wrote his journal", "every evening before the lamp was lit.")],
    2: [words("A boat came in with flour and letters", "and went out again with the tide.")],
    3: [words("Order the lantern under number 4711", "from the chandlery on the quay.")],
}


def edition_with_words(cast: Cast, data: Path, label: str = "No. 1", pages: Any = None) -> Edition:
    return ready_edition(cast, data, label, count=3, blocks=pages or PAGES)


def lay(
    cast: Cast, edition: Edition, kind: OverlayKind = OverlayKind.LINK, *, page: int = 1, area: Area = HERE, **said: Any
) -> Overlay:
    """Emil lays something on a page."""
    said = said or {"address": "https://fathom.example/"}
    return overlay_create(
        by=cast.editor, edition=edition, kind=kind, page=page, area=area, title="More of it", said=said
    )


def png(width: int = 40, height: int = 30, kind: str = "PNG") -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "#345").save(stream, kind)
    stream.seek(0)
    return stream


def kept_picture(edition: Edition) -> str:
    return file_keep(edition=edition, kind=PICTURE, stream=png(), label="lamp.png").name
