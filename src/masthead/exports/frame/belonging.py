"""What stands around an edition's pages: the publication, its archive, its feeds, and what robots may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from masthead.exports.announcing.facts import EditionFacts


class Alternate(NamedTuple):
    """The same in another form, for machines."""

    type: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Belonging:
    """The publication that an edition belongs to. `way` and `archive` are addresses as the page writes them."""

    facts: EditionFacts
    way: str  # to the publication's page
    archive: str = ""  # the list of editions for the reader's panel
    robots: str = ""  # what the robots meta element says; empty: everything is allowed
    alternates: tuple[Alternate, ...] = ()
