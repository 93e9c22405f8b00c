"""Which forms readers are asked to fill in: handed over by the room of forms, kept beside the terms of reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from masthead.access.terms import FORMS, AskedForm
from masthead.library.particulars import terms_part_keep
from masthead.library.selectors import Publication


def forms_ask(
    *, publication: Publication, everywhere: Iterable[AskedForm], of_editions: Mapping[str, Iterable[AskedForm]]
) -> None:
    """Ask these forms in all editions of a publication, and those in single ones (by their ids), and no others.

    Who may say so was asked. Call it inside the transaction of what caused it.
    """
    own = {edition: _kept(forms) for edition, forms in of_editions.items()}
    terms_part_keep(publication=publication, part=FORMS, value=_kept(everywhere), of_editions=own)


def _kept(forms: Iterable[AskedForm]) -> list[dict[str, Any]]:
    return [asdict(form) for form in forms]
