"""What a visitor brings along besides who they are: what was given before, and where they come from."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from masthead.access.filled import Filled


@dataclass(frozen=True, slots=True)
class Carried(Collection[str]):
    """As a collection it is the ids of the proof links that were opened."""

    proofs: tuple[str, ...] = ()
    passwords: frozenset[str] = frozenset()  # keys of the terms whose password was given
    emails: frozenset[str] = frozenset()  # ids of e-mail addresses confirmed by a code
    address: str = ""  # of the network, as the house believes it
    site: str = ""  # origin of the page in whose frame it is asked for
    device: str = ""  # secret of the browser
    filled: tuple[Filled, ...] = ()  # forms that the browser has filled in
    grants: tuple[str, ...] = ()  # what the publisher's own site has opened
    opens: bool = True  # somebody goes to an address; False: what is open already asks for its parts

    def __contains__(self, proof: object) -> bool:
        return proof in self.proofs

    def __iter__(self) -> Iterator[str]:
        return iter(self.proofs)

    def __len__(self) -> int:
        return len(self.proofs)


NOTHING = Carried()


def carried_of(proofs: Collection[str]) -> Carried:
    """The same where somebody only names proof links."""
    return proofs if isinstance(proofs, Carried) else Carried(proofs=tuple(proofs))
