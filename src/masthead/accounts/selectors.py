"""Reads people and their rights. The person comes first; `None` is somebody who has not signed in."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from masthead.accounts.errors import NotAllowedError
from masthead.accounts.models import NOWHERE as NOWHERE
from masthead.accounts.models import LogEntry as LogEntry
from masthead.accounts.models import Publisher as Publisher
from masthead.accounts.models import Staff as Staff
from masthead.accounts.models import Token as Token
from masthead.accounts.models import User as User
from masthead.accounts.rights import RIGHTS, Action
from masthead.accounts.staff_places import places, publishers

Person = User | None


def is_set_up() -> bool:
    """Whether there is anybody who can sign in."""
    return User.objects.exists()


def public_names() -> list[str]:
    """The names of the first publishers of the house: they stand over public pages."""
    return list(Publisher.objects.values_list("name", flat=True)[:2])


def publisher_list(person: Person) -> QuerySet[Publisher]:
    """The publishers on whose staff the person is."""
    if person is None or not person.is_active:
        return Publisher.objects.none()
    rows = Publisher.objects.filter(staff__user=person).distinct()
    return rows.filter(pk=person.bearer.publisher) if person.bearer else rows


def publishers_of(person: Person) -> tuple[Publisher, ...]:
    """The same, read: once for all who ask while a request is answered."""
    if person is None or not person.is_active:
        return ()
    own = person.bearer
    return tuple(one for one in publishers(person) if own is None or one.pk == own.publisher)


def roles(person: Person, publisher_id: str, publication_id: str = "", shelf_ids: Collection[str] = ()) -> set[str]:
    """The person's roles at the publisher that count for a publication on these shelves; "" counts as the whole."""
    if person is None or not person.is_active:
        return set()
    if person.bearer and not person.bearer.covers(publisher_id, publication_id):
        return set()
    counting = {(Staff.Scope.PUBLISHER, ""), *((Staff.Scope.SHELF, shelf) for shelf in shelf_ids)}
    if publication_id:
        counting.add((Staff.Scope.PUBLICATION, publication_id))
    return {place.role for place in places(person, publisher_id) if (place.scope, place.scope_id) in counting}


def is_on_shelves(person: Person, publisher_id: str) -> bool:
    """Whether some of the person's roles at the publisher count for what stands on a shelf: most people have none."""
    return person is not None and any(place.scope == Staff.Scope.SHELF for place in places(person, publisher_id))


def can(
    person: Person, action: Action, publisher_id: str, publication_id: str = "", shelf_ids: Collection[str] = ()
) -> bool:
    """Whether the table of rights lets the person do it there."""
    return bool(RIGHTS[action] & roles(person, publisher_id, publication_id, shelf_ids))


def held(
    person: Person, publisher_id: str, publication_id: str = "", shelf_ids: Collection[str] = ()
) -> frozenset[Action]:
    """All that the person may do there, asked at once."""
    own = roles(person, publisher_id, publication_id, shelf_ids)
    return frozenset(action for action, allowed in RIGHTS.items() if allowed & own)


def require(
    person: Person, action: Action, publisher_id: str, publication_id: str = "", shelf_ids: Collection[str] = ()
) -> None:
    """Raise NotAllowedError where the person may not."""
    if not can(person, action, publisher_id, publication_id, shelf_ids):
        raise NotAllowedError(action.value)


def scopes(person: Person, publisher_id: str) -> tuple[bool, set[str], set[str]]:
    """What of a publisher the person sees: all of it, or these publications and these shelves."""
    if person is None or not person.is_active or (person.bearer and person.bearer.publisher != publisher_id):
        return False, set(), set()
    found: dict[str, set[str]] = {scope.value: set() for scope in Staff.Scope}
    for place in places(person, publisher_id):
        found[place.scope].add(place.scope_id)
    return bool(found["publisher"]), found["publication"], found["shelf"]


def limits(person: Person) -> frozenset[str]:
    """The ids of the publications to which a program that acts for the person is limited; empty: to none."""
    return person.bearer.publications if person is not None and person.bearer else frozenset()


def log_list(person: Person, publisher: Publisher) -> QuerySet[LogEntry]:
    """Who did what at the publisher, newest first; empty for who may not see it."""
    if not can(person, Action.VIEW_LOG, publisher.id):
        return LogEntry.objects.none()
    return LogEntry.objects.filter(publisher=publisher).select_related("user")


def history(person: Person, publisher: Publisher, subject_id: str) -> QuerySet[LogEntry]:
    """What happened to one thing of the publisher, newest first, for staff."""
    if not publisher_list(person).filter(pk=publisher.pk).exists():
        return LogEntry.objects.none()
    return LogEntry.objects.filter(publisher=publisher, subject_id=subject_id)


def staff_list(person: Person, publisher: Publisher) -> QuerySet[Staff]:
    """Everybody's roles at the publisher, for those who may give them."""
    if not can(person, Action.MANAGE_STAFF, publisher.id):
        return Staff.objects.none()
    return (
        Staff.objects.filter(publisher=publisher).select_related("user").order_by("user__name", "user__email", "role")
    )
