"""Reads the library. The person comes first: what belongs to others is not there. Readers see what is public."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person, Publisher, held, is_on_shelves, limits, publisher_list, scopes
from masthead.library.addressed import edition_at as edition_at
from masthead.library.errors import NotFoundError
from masthead.library.models import Build as Build
from masthead.library.models import Category as Category
from masthead.library.models import Edition as Edition
from masthead.library.models import Publication as Publication
from masthead.library.models import Shelf as Shelf
from masthead.library.states import State


def publication_list(person: Person, publisher: Publisher) -> QuerySet[Publication]:
    """The publisher's publications that the person sees in the back office."""
    whole, publications, shelves = scopes(person, publisher.id)
    rows = Publication.objects.filter(publisher=publisher).select_related("publisher")
    if limits(person):
        rows = rows.filter(pk__in=limits(person))
    return rows if whole else rows.filter(Q(pk__in=publications) | Q(shelves__in=shelves)).distinct()


def publication_get(person: Person, publication_id: str) -> Publication:
    """One publication for staff; raises NotFoundError also where it is somebody else's."""
    found = Publication.objects.select_related("publisher").filter(pk=publication_id).first()
    if found is None or not _sees(person, found):
        raise NotFoundError(publication_id)
    return found


def edition_list(person: Person, publisher: Publisher, publication: Publication | None = None) -> QuerySet[Edition]:
    """The publisher's editions that the person sees in the back office, latest first."""
    rows = Edition.objects.filter(publication__in=publication_list(person, publisher))
    if publication is not None:
        rows = rows.filter(publication=publication)
    return rows.select_related("publication__publisher", "build")


def edition_get(person: Person, edition_id: str) -> Edition:
    """One edition for staff; raises NotFoundError also where it is somebody else's."""
    rows = Edition.objects.select_related("publication__publisher", "build")
    found = rows.filter(pk=edition_id).first()
    if found is None or not _sees(person, found.publication):
        raise NotFoundError(edition_id)
    return found


def can_do(person: Person, action: Action, of: Publication | Edition) -> bool:
    """Whether the person may do it to this publication, or to the edition's."""
    return action in held_in(person, of)


def require(person: Person, action: Action, of: Publication | Edition) -> None:
    """Raise NotAllowedError where the person may not do it to this publication, or to the edition's."""
    if not can_do(person, action, of):
        raise NotAllowedError(action.value)


def held_in(person: Person, of: Publication | Edition) -> frozenset[Action]:
    """All that the person may do to this publication, or to the edition's."""
    publication = of.publication if isinstance(of, Edition) else of
    if person is None:
        return frozenset()
    on_shelves = is_on_shelves(person, publication.publisher_id)
    shelves = set(publication.shelves.values_list("pk", flat=True)) if on_shelves else set()
    return held(person, publication.publisher_id, publication.pk, shelves)


def category_list(person: Person, publisher: Publisher) -> QuerySet[Category]:
    """The publisher's categories, for staff."""
    is_staff = publisher_list(person).filter(pk=publisher.pk).exists()
    return Category.objects.filter(publisher=publisher) if is_staff else Category.objects.none()


def shelf_list(person: Person, publisher: Publisher) -> QuerySet[Shelf]:
    """The publisher's shelves, for staff."""
    is_staff = publisher_list(person).filter(pk=publisher.pk).exists()
    return Shelf.objects.filter(publisher=publisher) if is_staff else Shelf.objects.none()


def public_publications() -> list[tuple[Publication, Edition]]:
    """Publications that have something to read, each with its current edition: the latest that is live."""
    live = Edition.objects.filter(state=State.LIVE).select_related("build", "publication__publisher")
    current: dict[str, Edition] = {}
    for edition in live.order_by("publication__name", "-date", "-created_at"):
        current.setdefault(edition.publication_id, edition)
    return [(edition.publication, edition) for edition in current.values()]


def public_publication(slug: str) -> Publication:
    """The publication at an address of the public site; raises NotFoundError."""
    found = Publication.objects.select_related("publisher").filter(slug=slug).first()
    if found is None:
        raise NotFoundError(slug)
    return found


def branded_publication(publication_id: str) -> Publication:
    """The publication whose look is asked for: a look is public. Raises NotFoundError."""
    found = Publication.objects.filter(pk=publication_id).first()
    if found is None:
        raise NotFoundError(publication_id)
    return found


def publication_of_domain(domain: str) -> Publication | None:
    """The publication that answers under a domain of its own."""
    return Publication.objects.filter(domain=domain.lower()).first()


def public_editions(publication: Publication) -> QuerySet[Edition]:
    """What is live of a publication, latest first."""
    return Edition.objects.filter(publication=publication, state=State.LIVE).select_related("build")


def live_editions(ids: Collection[str] | None = None) -> QuerySet[Edition]:
    """All that is live in the house, or of these, oldest first. Who shows any of it asks `access` before."""
    rows = Edition.objects.filter(state=State.LIVE, build__isnull=False, publication__deleted_at__isnull=True)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    return rows.select_related("build", "publication__publisher").order_by("date", "created_at")


def editions_state() -> tuple[int, datetime | None]:
    """Something that is another when an edition was made, changed or deleted."""
    found = Edition.objects.aggregate(number=Count("pk"), changed=Max("changed_at"))
    return found["number"], found["changed"]


def due_to_publish(now: datetime) -> QuerySet[Edition]:
    """Scheduled editions whose time has come."""
    return Edition.objects.filter(state=State.SCHEDULED, publish_at__lte=now)


def due_to_withdraw(now: datetime) -> QuerySet[Edition]:
    """Live editions whose time is over."""
    return Edition.objects.filter(state=State.LIVE, withdraw_at__lte=now)


def _sees(person: Person, publication: Publication) -> bool:
    return can_do(person, Action.VIEW, publication)
