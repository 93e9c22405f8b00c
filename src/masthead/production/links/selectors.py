"""Reads links for staff: each found one with what was changed about it and whether it answers, the worst first."""

from __future__ import annotations

from dataclasses import dataclass

from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition
from masthead.production.links.checking import checks_of
from masthead.production.links.found import FoundLink, found_links
from masthead.production.links.laid import laid_addresses
from masthead.production.models import LinkChange as LinkChange
from masthead.production.models import LinkCheck as LinkCheck
from masthead.production.models import Overlay as Overlay

_ORDER = ("dead", "refused", "silent", "closed", "waiting", "alive", "")


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A found link. `to` is where it leads now, "" where it is switched off."""

    link: FoundLink
    to: str
    is_changed: bool
    check: LinkCheck | None

    @property
    def state(self) -> str:
        """Whether it answers; "" for what is not asked: mail, telephone, pages, what is switched off."""
        return str(self.check.state) if self.check else ""


def link_rows(edition: Edition) -> list[LinkRow]:
    """The links of an edition that was already given to somebody of its staff: dead ones first, then page by page."""
    changes = {(c.page, c.kind, c.target, c.text): c.to for c in LinkChange.objects.filter(edition=edition)}
    checks = checks_of(edition)
    rows = []
    for link in found_links(edition):
        to = changes.get(link.key, link.target)
        rows.append(LinkRow(link, to, link.key in changes, checks.get(to)))
    return sorted(rows, key=lambda row: (_ORDER.index(row.state), row.link.page))


@dataclass(frozen=True, slots=True)
class LaidRow:
    """Where an overlay leads, and whether that answers."""

    overlay: Overlay
    to: str
    check: LinkCheck | None

    @property
    def state(self) -> str:
        """As of found links."""
        return str(self.check.state) if self.check else ""


def laid_rows(edition: Edition) -> list[LaidRow]:
    """The addresses of overlays: dead ones first, then page by page."""
    checks = checks_of(edition)
    rows = [LaidRow(overlay, to, checks.get(to)) for overlay, to in laid_addresses(edition)]
    return sorted(rows, key=lambda row: (_ORDER.index(row.state), row.overlay.page))


def link_of(edition: Edition, page: int, kind: str, target: str, text: str) -> FoundLink:
    """The found link that a form names; raises NotFoundError."""
    wanted = FoundLink(page, kind, target, text)
    if wanted not in found_links(edition):
        raise NotFoundError(target)
    return wanted
