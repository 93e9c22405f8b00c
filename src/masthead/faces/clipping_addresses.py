"""Where the pictures of pieces of pages are: addresses that nobody else can make up."""

from __future__ import annotations

import hmac

from django.core.signing import Signer
from django.urls import reverse

from masthead.document.geometry import Box
from masthead.library.selectors import Edition

_SEAL = 16  # characters


def clipping_address(edition: Edition, page: int, box: Box) -> str:
    """Where the picture of a piece of a page (points) is; it never changes."""
    build = edition.build.build_id if edition.build else ""
    piece = "-".join(str(round(side)) for side in (box.x0, box.y0, box.x1, box.y1))
    place = [edition.publication.slug, edition.slug, build, page, piece, _seal(build, page, piece)]
    return reverse("edition-clipping", args=place)


def is_sealed(build: str, page: int, piece: str, seal: str) -> bool:
    """Whether the address was made here."""
    return hmac.compare_digest(seal, _seal(build, page, piece))


def _seal(build: str, page: int, piece: str) -> str:
    return Signer(salt="masthead.clipping").signature(f"{build}/{page}/{piece}")[:_SEAL]
