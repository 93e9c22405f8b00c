"""The clipping of a shared passage: the piece of its page, for whoever may see that page."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from masthead.document.errors import MastheadError
from masthead.document.geometry import Box
from masthead.edition.folder import read_inventory
from masthead.edition.passages import Passage, place_of, read_passage
from masthead.library.build_folders import file_here, read_build
from masthead.library.selectors import Edition
from masthead.pictures.transcoding import jpeg_piece

_WIDEST: Final = 560  # CSS pixels: mail programs show no more beside their own columns
_GROWN: Final = 1.7  # CSS pixels of a point: printed text is read well in a mail
_SHARP: Final = 2  # pixels of a CSS pixel, as far as the pictures of the page have them


def passage_of(edition: Edition, name: str) -> Passage | None:
    """The words of a passage and where they stand; None where they are not there. The caller asked `access` before."""
    place = place_of(name)
    if place is None or edition.build is None:
        return None
    try:
        folder = read_build(edition.build.folder)
        if place.page > folder.page_count:
            return None
        entry = folder.manifest["pages"][place.page - 1]
        file = f"pages/{place.page}.json"
        path = file_here(edition.build.folder, file, read_inventory(folder).get(file))
        return read_passage(path, place, (entry["width"], entry["height"])) if path else None
    except (OSError, ValueError, KeyError, MastheadError):  # a page without a text, or a build that is going
        return None


def clipping_of(edition: Edition, page: int, passage: Passage) -> tuple[bytes, int]:
    """JPEG of the piece of the page with its words marked, and how wide it is shown (CSS pixels).

    Raises OSError where the page has no picture, MastheadError where the build is going.
    """
    assert edition.build is not None
    folder = read_build(edition.build.folder)
    entry, box = folder.manifest["pages"][page - 1], passage.box
    if not entry["sizes"]:
        raise FileNotFoundError(page)
    share = box.width / entry["width"]
    shown = min(_WIDEST, round(_GROWN * box.width))
    nominal, widest = _sharp_enough(entry["sizes"], shown * _SHARP / share)
    wide = max(1, min(shown * _SHARP, round(widest * share)))
    name = folder.manifest["pictures"]["template"].format(width=nominal, page=page)
    path: Path | None = file_here(edition.build.folder, name, read_inventory(folder).get(name))
    if path is None:
        raise FileNotFoundError(name)
    part, *marks = (_shares(one, entry) for one in (box, *passage.marks))
    size = (wide, max(1, round(wide * box.height / box.width)))
    return jpeg_piece(path, part, size, marks), shown


def _sharp_enough(sizes: list[list[int]], needed: float) -> tuple[int, int]:
    """Of the pictures of a page the smallest that is so wide, else the largest: its nominal and its real width."""
    ordered = sorted((width, nominal) for nominal, width, _ in sizes)
    width, nominal = next((one for one in ordered if one[0] >= needed), ordered[-1])
    return nominal, width


def _shares(box: Box, entry: dict[str, Any]) -> tuple[float, float, float, float]:
    width, height = entry["width"], entry["height"]
    return box.x0 / width, box.y0 / height, box.x1 / width, box.y1 / height
