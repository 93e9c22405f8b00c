"""Pieces of pages for lists of hits: their pictures, cut from the page and kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from masthead.document.errors import EditionInvalidError
from masthead.document.geometry import Box
from masthead.edition.writing import write_file
from masthead.faces.clipping_addresses import is_sealed
from masthead.faces.failures import failure_response
from masthead.faces.sending import file_response
from masthead.pictures.pieces import cut_piece
from masthead.site.answering import Served, answer
from masthead.site.tile_cache import TileCache

WIDTH = 720  # pixels of a piece: sharp on a screen of twice the usual density
_BOX = re.compile(r"(\d{1,5})-(\d{1,5})-(\d{1,5})-(\d{1,5})")


def send_clipping(
    request: HttpRequest, served: Served, build: str, page: int, piece: str, seal: str
) -> HttpResponseBase:
    """The picture of a piece, cut now or kept from before. Without its seal nothing is cut."""
    sides = _BOX.fullmatch(piece)
    try:
        edition = served.source.edition()
    except EditionInvalidError:
        return failure_response(request, HTTPStatus.GONE)
    if (
        sides is None
        or not is_sealed(build, page, piece, seal)
        or build != edition.build
        or not 1 <= page <= edition.page_count
    ):
        return failure_response(request, HTTPStatus.NOT_FOUND)
    kept = _cache(settings.MASTHEAD.cache, settings.MASTHEAD.tile_cache_mb << 20)
    target = settings.MASTHEAD.cache / "tiles" / build / f"clipping-{page}-{piece}.webp"
    try:
        if not kept.holds(target):
            box = Box(*(float(side) for side in sides.groups()))
            write_file(target, _cut(edition.path, edition.manifest["pages"][page - 1], page, box))
            kept.added(target)
        return answer(served, file_response(request, target, immutable=True))
    except OSError:  # the page has no picture, or the piece had to make room for others in this very moment
        return failure_response(request, HTTPStatus.NOT_FOUND)


def _cut(folder: Path, entry: Mapping[str, Any], page: int, box: Box) -> bytes:
    """The piece from the smallest picture of the page that is sharp enough for it."""
    width, height = entry["width"], entry["height"]
    if not entry["sizes"] or box.x1 <= box.x0:
        raise FileNotFoundError(page)
    needed = WIDTH * width / (box.x1 - box.x0)
    nominal = next((size[0] for size in entry["sizes"] if size[1] >= needed), entry["sizes"][-1][0])
    picture = folder / f"pictures/{nominal}/{page}.webp"
    return cut_piece(picture, box.x0 / width, box.y0 / height, box.x1 / width, box.y1 / height, WIDTH)


@cache
def _cache(folder: Path, limit: int) -> TileCache:
    """Pieces lie beside the tiles, and count to their bytes."""
    return TileCache(folder / "tiles", limit)
