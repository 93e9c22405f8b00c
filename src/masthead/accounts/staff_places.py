"""Where somebody is on the staff and as what, asked of the database once while a request is answered.

A page of the back office asks again and again what the person may do: for each way in its frame, each button, each row.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import NamedTuple

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase

from masthead.accounts.models import Publisher, Staff, User

Handler = Callable[[HttpRequest], HttpResponseBase]


class Place(NamedTuple):
    """One role at a publisher: everywhere, in a publication or on a shelf."""

    scope: str
    scope_id: str
    role: str


class _Known(NamedTuple):
    """What was found out while a request is answered."""

    places: dict[tuple[str, str], tuple[Place, ...]]  # by person and publisher
    publishers: dict[str, tuple[Publisher, ...]]  # by person


_known: ContextVar[_Known | None] = ContextVar("staff_places", default=None)


def places(person: User, publisher_id: str) -> tuple[Place, ...]:
    """All roles of the person at the publisher, whatever a program that acts for them may do of it."""
    known = _known.get()
    key = (person.pk, publisher_id)
    if known is not None and key in known.places:
        return known.places[key]
    rows = Staff.objects.filter(user=person, publisher_id=publisher_id).values_list("scope", "scope_id", "role")
    found = tuple(Place(*row) for row in rows)
    if known is not None:
        known.places[key] = found
    return found


def publishers(person: User) -> tuple[Publisher, ...]:
    """The publishers on whose staff the person is, in the order of their names."""
    known = _known.get()
    if known is not None and person.pk in known.publishers:
        return known.publishers[person.pk]
    found = tuple(Publisher.objects.filter(staff__user=person).distinct())
    if known is not None:
        known.publishers[person.pk] = found
    return found


def know_staff(answer: Handler) -> Handler:
    """Middleware: what was found out is known until the request is answered, and not a moment longer."""

    def handle(request: HttpRequest) -> HttpResponseBase:
        before = _known.set(_Known({}, {}))
        try:
            return answer(request)
        finally:
            _known.reset(before)

    return handle


@receiver([post_save, post_delete], sender=Staff)
@receiver([post_save, post_delete], sender=Publisher)
@receiver([post_save, post_delete], sender=User)
def _forget(**_: object) -> None:
    """Who changes the staff is told how it is now; nothing is remembered any more, as the change may be taken back."""
    if _known.get() is not None:
        _known.set(None)
