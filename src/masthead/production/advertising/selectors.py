"""Reads advertisements with what is in them: where their links lead now, and whether these answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from masthead.document.overlays import Area, OverlayKind
from masthead.library.selectors import Edition
from masthead.production.advertising.beneath import PAGE
from masthead.production.links.laid import addresses_of
from masthead.production.models import LinkChange, LinkCheck, Overlay

_KIND = OverlayKind.ADVERTISEMENT.value


@dataclass(frozen=True, slots=True)
class Lead:
    """A link in an advertisement."""

    to: str  # where it leads now; "": it is switched off
    printed: str  # where it leads in the PDF; of an overlay the same as `to`
    text: str  # the words under it, or what the overlay is called
    check: LinkCheck | None

    @property
    def state(self) -> str:
        """Whether it answers; "" for what is not asked."""
        return str(self.check.state) if self.check else ""


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens something within the edition: an overlay in the area, or a link of the PDF to another page."""

    name: str  # by which it is counted on its page
    text: str  # what it is called


@dataclass(frozen=True, slots=True)
class Advertisement:
    """One advertisement of one edition."""

    row: Overlay
    leads: tuple[Lead, ...]
    openings: tuple[Opening, ...] = ()

    @property
    def edition(self) -> Edition:
        """The edition in which it stands."""
        return self.row.edition

    @property
    def advertiser(self) -> str:
        """Whose it is."""
        return str(self.row.particulars.get("advertiser", ""))

    @property
    def booking(self) -> str:
        """The number under which it was booked; "" where none was told."""
        return str(self.row.particulars.get("booking", ""))

    @property
    def note(self) -> str:
        """What staff noted, for themselves."""
        return str(self.row.particulars.get("note", ""))

    @property
    def area(self) -> Area:
        """Where it stands, in fractions of the page."""
        return Area(self.row.x, self.row.y, self.row.width, self.row.height)

    @property
    def dead(self) -> tuple[Lead, ...]:
        """Its links that do not answer any more."""
        return tuple(lead for lead in self.leads if lead.state == LinkCheck.State.DEAD)


def advertiser_key(name: str) -> str:
    """What tells one advertiser from another: the name, however it is spaced and capitalised."""
    return " ".join(name.split()).casefold()


def advertisement_rows(editions: QuerySet[Edition] | Collection[Edition]) -> QuerySet[Overlay]:
    """The advertisements of editions that were already given to somebody, latest edition first, page by page."""
    rows = Overlay.objects.filter(kind=_KIND, removed_at__isnull=True, edition__in=editions)
    related = rows.prefetch_related("edition__publication__publisher", "edition__build")  # of thousands each once
    return related.order_by("-edition__date", "-edition__created_at", "edition", "page", "y", "x", "pk")


def advertiser_names(editions: QuerySet[Edition]) -> list[str]:
    """The names of the advertisers in these editions, each once, by the alphabet."""
    rows = Overlay.objects.filter(kind=_KIND, removed_at__isnull=True, edition__in=editions)
    names: dict[str, str] = {}
    for kept in rows.order_by("created_at").values_list("particulars", flat=True):
        name = str(kept.get("advertiser", ""))
        names[advertiser_key(name)] = name  # as it was written last
    return sorted(filter(None, names.values()), key=str.casefold)


def known_advertisers(edition: Edition) -> list[str]:
    """The advertisers of the edition's publication, for who works on the edition."""
    return advertiser_names(Edition.objects.filter(publication=edition.publication_id))


def advertisements_of(rows: Iterable[Overlay]) -> list[Advertisement]:
    """Advertisements with their links. Three queries for all of them; no page is read."""
    wanted = list(rows)
    editions = {row.edition_id for row in wanted}
    changes = {
        (row.edition_id, row.page, row.kind, row.target, row.text): row.to
        for row in LinkChange.objects.filter(edition__in=editions)
    }
    checks = {(row.edition_id, row.address): row for row in LinkCheck.objects.filter(edition__in=editions)}
    others: dict[tuple[str, int], list[Overlay]] = defaultdict(list)
    laid = Overlay.objects.filter(edition__in=editions, removed_at__isnull=True, is_lost=False).exclude(kind=_KIND)
    for other in laid:
        others[other.edition_id, other.page].append(other)
    return [_with_leads(row, changes, checks, others[row.edition_id, row.page]) for row in wanted]


def _with_leads(
    row: Overlay,
    changes: dict[tuple[str, int, str, str, str], str],
    checks: dict[tuple[str, str], LinkCheck],
    others: list[Overlay],
) -> Advertisement:
    found, openings = list[Lead](), list[Opening]()
    edition = row.edition_id
    for kind, target, text in row.particulars.get("links", ()):
        to = changes.get((edition, row.page, kind, target, text), target)
        if kind == PAGE:
            openings += [Opening(f"page:{each}", text or each) for each in dict.fromkeys((to, target)) if each]
            continue
        found.append(Lead(to, target, text, checks.get((edition, to))))
    area = Area(row.x, row.y, row.width, row.height)
    inside = [one for one in others if area.holds(Area(one.x, one.y, one.width, one.height))]
    found += [Lead(to, to, other.title, checks.get((edition, to))) for other, to in addresses_of(inside)]
    openings += [_opening(one) for one in inside if one.kind != OverlayKind.LINK]
    if row.is_lost:
        return Advertisement(row, ())
    return Advertisement(row, tuple(found), tuple({one.name: one for one in openings}.values()))


def _opening(one: Overlay) -> Opening:
    """Links to pages are counted by where they lead, as those of the PDF are."""
    name = f"page:{one.particulars.get('target')}" if one.kind == OverlayKind.PAGE else one.pk
    return Opening(name, one.title)
