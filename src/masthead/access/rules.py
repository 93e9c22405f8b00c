"""The one question that every face asks before it sends anything of an edition, and its one answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum

from masthead.access.carried import Carried, carried_of
from masthead.access.filled import is_filled
from masthead.access.grants import grants_open
from masthead.access.proof_links import opens
from masthead.access.terms import ALL, OPEN, AskedForm, Terms, terms_of
from masthead.access.ways import Tried, tried
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person
from masthead.document.page_sets import NO_PAGES, PageSet, page_set
from masthead.library.selectors import Edition, can_do


class Reason(StrEnum):
    """Why somebody may read, or may not."""

    OPEN = "open"  # the edition is live and for everybody
    FREE = "free"  # this page of it is
    ENTITLED = "entitled"  # one of the ways in is theirs
    STAFF = "staff"  # somebody of the publisher looks at it
    PROOF = "proof"  # somebody outside was given a link to it
    NOT_LIVE = "not_live"  # there is nothing to read yet, or for now
    WITHDRAWN = "withdrawn"  # there was
    CLOSED = "closed"  # it is live, but not for this visitor: `tried` says why
    FORM = "form"  # a form has to be filled in first: `forms` says which
    ELSEWHERE = "elsewhere"  # it is only read in the frames of named sites


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether it may be read and why. What is not `is_public` must never be kept by a cache that others share.

    `pages` are those that the visitor may read where that is not the whole edition; None: all. `tried` are the ways in
    of an edition that is not open, each with whether it is the visitor's and why not; `forms` the gates that are left
    to pass once the ways are. `new_device` says that the answer stands if this browser becomes one of the person's
    devices.
    """

    allowed: bool
    reason: Reason
    is_public: bool
    pages: PageSet | None = None
    tried: tuple[Tried, ...] = ()
    terms: Terms = OPEN
    new_device: bool = False
    forms: tuple[AskedForm, ...] = ()

    @property
    def is_restricted(self) -> bool:
        """Whether it is a live edition's that is not open to everybody."""
        return self.reason in (Reason.FREE, Reason.ENTITLED, Reason.CLOSED, Reason.FORM, Reason.ELSEWHERE)

    def reads(self, page: int | None) -> bool:
        """Whether the visitor may read this page; None asks for what belongs to no page."""
        return self.pages is None if page is None else self.pages is None or page in self.pages


def may_read(person: Person, edition: Edition, page: int | None = None, proofs: Collection[str] = ()) -> Answer:
    """May this person read this page of this edition? `None` asks for what belongs to no page, such as its whole text.

    `proofs` is what the visitor brings along: `Carried`, or only the ids of the proof links that they opened. An open
    edition reads no rows.
    """
    carried = carried_of(proofs)
    if not edition.is_live:
        return _before_or_after(person, edition, carried)
    terms = terms_of(edition)
    if terms.is_open:
        return Answer(True, Reason.OPEN, is_public=True, terms=terms)
    return _restricted(person, edition, page, carried, terms)


def _restricted(person: Person, edition: Edition, page: int | None, carried: Carried, terms: Terms) -> Answer:
    is_here = not terms.sites or carried.site in terms.sites
    found = tried(person, edition, carried, terms)
    is_enough = all if terms.need == ALL or not found else any
    is_granted = not terms.ways or grants_open(carried.grants, edition)
    is_open = is_granted or is_enough(one.is_met for one in found)
    gates = tuple(gate for gate in terms.gates if not is_filled(gate, carried.filled)) if is_here and is_open else ()
    if is_here and is_open and not gates:
        new = not (is_granted or is_enough(one.is_met and not one.new_device for one in found))
        return Answer(True, Reason.ENTITLED, is_public=False, tried=found, terms=terms, new_device=new)
    inside = _inside(person, edition, carried)
    if inside is not None:
        return replace(inside, tried=found, terms=terms)
    free = _before(gates, terms.free) if gates else terms.free if is_here else NO_PAGES
    reason = Reason.FORM if gates else Reason.CLOSED if is_here else Reason.ELSEWHERE
    answer = Answer(False, reason, is_public=False, pages=free, tried=found, terms=terms, forms=gates)
    return replace(answer, allowed=True, reason=Reason.FREE) if answer.reads(page) else answer


def _before(gates: tuple[AskedForm, ...], free: PageSet) -> PageSet:
    """The pages before the first gate, and those that are free anyway."""
    last = min(gate.page for gate in gates) - 1
    return page_set(f"1-{last}, {free}" if free else f"1-{last}") if last >= 1 else free


def _before_or_after(person: Person, edition: Edition, carried: Carried) -> Answer:
    inside = _inside(person, edition, carried)
    if inside is not None:
        return inside
    reason = Reason.WITHDRAWN if edition.state == "withdrawn" else Reason.NOT_LIVE
    return Answer(False, reason, is_public=False, pages=NO_PAGES)


def _inside(person: Person, edition: Edition, carried: Carried) -> Answer | None:
    """The answer for those to whom no terms apply: the publisher's staff, and whoever opened a proof link."""
    if can_do(person, Action.VIEW, edition):
        return Answer(True, Reason.STAFF, is_public=False)
    if opens(carried.proofs, edition):
        return Answer(True, Reason.PROOF, is_public=False)
    return None
