"""The terms on which an edition is read: its own, else its publication's, else it is open to everybody."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address, ip_network
from typing import Any, Final

from masthead.document.page_sets import NO_PAGES, PageSet, page_set
from masthead.library.selectors import Edition, Publication


class Way(StrEnum):
    """A way in to an edition that is not open."""

    PASSWORD = "password"  # noqa: S105 - the name of a way, not one
    EMAIL_CODE = "email_code"
    SIGN_IN = "sign_in"
    SUBSCRIPTION = "subscription"
    PERMISSION = "permission"
    ADDRESSES = "addresses"


ANY: Final = "any"
ALL: Final = "all"
LISTED: Final = "listed"
UNLISTED: Final = "unlisted"
# The parts of the terms, each inherited as a whole.
PARTS: Final = ("ways", "free", "listing", "sites")
FORMS: Final = "forms"  # which forms are asked: kept by `asking`, not set with the parts
ACCOUNT_WAYS: Final = frozenset({Way.SIGN_IN, Way.SUBSCRIPTION, Way.PERMISSION})


@dataclass(frozen=True, slots=True)
class AskedForm:
    """A form that readers of an edition are asked to fill in: before they read on (a gate), or beside a page."""

    id: str
    round: int = 1  # grows when everybody shall be asked again
    page: int = 1  # of a gate the first that it closes, else the one beside which it is asked; 0: the last
    is_gate: bool = False
    days: int = 365  # for which a gate stays open to whoever filled it in
    version: int = 1  # of its words and fields: another one is shown anew


@dataclass(frozen=True, slots=True)
class Terms:
    """What stands between an edition and its readers once it is live. Without ways and sites it is open."""

    ways: frozenset[Way] = frozenset()
    need: str = ANY  # whether one of the ways is enough, or all are needed
    password: str = ""  # as it is kept: hashed
    domains: tuple[str, ...] = ()  # of e-mail addresses that get a code; none: all
    denied_domains: tuple[str, ...] = ()
    ranges: tuple[str, ...] = ()  # of network addresses, v4 and v6
    free: PageSet = NO_PAGES  # pages that everybody may read
    is_listed: bool = True
    sites: tuple[str, ...] = ()  # origins in whose frames alone it is read; none: anywhere
    forms: tuple[AskedForm, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether everybody who knows its address may read it."""
        return not self.ways and not self.sites and not self.gates

    @property
    def gates(self) -> tuple[AskedForm, ...]:
        """The forms that must be filled in before reading; ways in come first."""
        return tuple(form for form in self.forms if form.is_gate)

    @property
    def key(self) -> str:
        """Names the password as it is now: whoever gave another one, or the one before, has not given this."""
        return hashlib.sha256(self.password.encode()).hexdigest()[:16] if self.password else ""

    def has_address(self, address: str) -> bool:
        """Whether a network address lies in one of the ranges. What is no address lies in none."""
        try:
            asked = ip_address(address)
        except ValueError:
            return False
        mapped = getattr(asked, "ipv4_mapped", None)
        asked = mapped or asked
        return any(asked in network for network in map(ip_network, self.ranges) if network.version == asked.version)

    def takes_email(self, email: str) -> bool:
        """Whether a code is sent to this address. A domain stands for those below it too."""
        domain = email.rpartition("@")[2].lower()

        def among(names: tuple[str, ...]) -> bool:
            return any(domain == name or domain.endswith(f".{name}") for name in names)

        return not among(self.denied_domains) and (not self.domains or among(self.domains))


OPEN: Final = Terms()


def terms_of(of: Edition | Publication) -> Terms:
    """The terms that count for an edition, or those that a publication's editions inherit. Reads no rows."""
    if isinstance(of, Edition):
        kept = {**of.publication.terms, **of.terms} if of.terms else of.publication.terms
        own = of.terms.get(FORMS)
        if own:  # they do not take the place of the publication's
            kept = {**kept, FORMS: [*of.publication.terms.get(FORMS, ()), *own]}
    else:
        kept = of.terms
    return parsed(kept) if kept else OPEN


def parsed(kept: Mapping[str, Any]) -> Terms:
    """Terms from how they are kept. What is not understood there is never read as open."""
    ways = kept.get("ways") or {}
    return Terms(
        ways=frozenset(Way(way) for way in ways.get("ways", ())),
        need=ALL if ways.get("need") == ALL else ANY,
        password=ways.get("password", ""),
        domains=tuple(ways.get("domains", ())),
        denied_domains=tuple(ways.get("denied_domains", ())),
        ranges=tuple(ways.get("ranges", ())),
        free=page_set(kept["free"]) if kept.get("free") else NO_PAGES,
        is_listed=kept.get("listing", LISTED) == LISTED,
        sites=tuple(kept.get("sites") or ()),
        forms=forms_parsed(kept.get(FORMS) or ()),
    )


def forms_parsed(kept: Iterable[Mapping[str, Any]]) -> tuple[AskedForm, ...]:
    """Asked forms from how they are kept."""
    return tuple(AskedForm(**form) for form in kept)
