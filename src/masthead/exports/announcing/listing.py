"""Writes the editions of a publication for the reader's own archive panel: small JSON, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from masthead.exports.announcing.facts import EditionFacts, PublicationFacts


def listing(publication: PublicationFacts, editions: Sequence[EditionFacts], following: str = "") -> dict[str, Any]:
    """Editions with label, date, address and a small cover; `following` is where the next ones are, "" at the end."""
    return {
        "publication": {"name": publication.name, "home": publication.home, "language": publication.language},
        "editions": [
            {
                "id": edition.id,
                "label": edition.label,
                "date": edition.date.isoformat(),
                "home": edition.home,
                "thumbnail": edition.thumbnail,
                "pages": edition.pages,
            }
            for edition in editions
        ],
        "next": following,
    }
