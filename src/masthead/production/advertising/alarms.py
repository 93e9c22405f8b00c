"""Tells staff and programs once when a link in an advertisement of a live edition does not answer any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from masthead import wording
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person, Publisher, Staff, User
from masthead.library.selectors import Edition, can_do, edition_list, live_editions
from masthead.library.telling import tell
from masthead.production.advertising.selectors import Advertisement, advertisement_rows, advertisements_of
from masthead.production.models import AdvertisementAlarm, LinkCheck, Overlay

_ANSWERS = frozenset({LinkCheck.State.ALIVE, LinkCheck.State.CLOSED})
SUBJECT_WORDS = "A link in an advertisement of {advertiser} does not answer any more"
BODY_WORDS = (
    "A link in {edition} does not answer any more:\n\n{address}\n\nIt stands in:\n{places}\n\n"
    "Who follows it gets nowhere. Ask the advertiser where it shall lead, or switch it off:\n\n{link}\n\n"
    "You are told this once. When it answers again, the mark in the register goes by itself."
)
PLACE_WORDS = "{title} ({advertiser}), page {page}"
PLACE_BOOKED_WORDS = "{title} ({advertiser}, {booking}), page {page}"


def link_settled(*, edition_id: str, address: str, state: str, now: datetime) -> int:
    """What follows from whether an address of an edition answers; says how many advertisements are told of.

    Call it inside the transaction in which the state is written: then it is told if that was, and only then.
    """
    if state in _ANSWERS:
        AdvertisementAlarm.objects.filter(overlay__edition=edition_id, address=address).delete()
        return 0
    if state != LinkCheck.State.DEAD:
        return 0
    edition = live_editions([edition_id]).first()
    if edition is None:
        return 0
    told = set(AdvertisementAlarm.objects.filter(overlay__edition=edition, address=address).values_list("overlay"))
    rows = advertisement_rows([edition]).filter(is_lost=False)
    fresh = [
        one
        for one in advertisements_of(rows)
        if (one.row.pk,) not in told and any(lead.to == address for lead in one.leads)
    ]
    if fresh:
        alarms = [AdvertisementAlarm(overlay=one.row, address=address, raised_at=now) for one in fresh]
        AdvertisementAlarm.objects.bulk_create(alarms, ignore_conflicts=True)
        _tell(edition, address, fresh)
    return len(fresh)


def alarms_forget(edition: Edition, addresses: set[str]) -> None:
    """Forget alarms about addresses that are none of the edition's any more; `addresses` are those that it has."""
    rows = AdvertisementAlarm.objects.filter(overlay__edition=edition)
    AdvertisementAlarm.objects.filter(pk__in=[row.pk for row in rows if row.address not in addresses]).delete()


def advertisements_dead(person: Person, publisher: Publisher) -> list[Advertisement]:
    """Advertisements of live editions with links that do not answer, of which the person may change the pages."""
    alarmed = AdvertisementAlarm.objects.values("overlay")
    editions = edition_list(person, publisher).filter(state="live")
    rows = advertisement_rows(editions).filter(pk__in=alarmed, is_lost=False)
    mine: dict[str, bool] = {}

    def may_change(row: Overlay) -> bool:
        publication = row.edition.publication
        if publication.pk not in mine:
            mine[publication.pk] = can_do(person, Action.EDIT, publication)
        return mine[publication.pk]

    return [one for one in advertisements_of(row for row in rows if may_change(row)) if one.dead]


def _tell(edition: Edition, address: str, fresh: Sequence[Advertisement]) -> None:
    for one in fresh:
        said = {
            "id": one.row.pk,
            "advertiser": one.advertiser,
            "title": one.row.title,
            "booking": one.booking,
            "page": one.row.page,
            "link": address,
        }
        tell("advertisement.link_dead", edition, advertisement=said)
    mails: dict[User, list[Advertisement]] = defaultdict(list)
    for one in fresh:
        for person in _whom(edition, one.row.by):
            mails[person].append(one)
    for person, about in mails.items():
        _mail(person, edition, address, about)


def _whom(edition: Edition, laid_by: User | None) -> list[User]:
    """Whoever laid it, while they work on the edition; else everybody who does."""
    if laid_by is not None and can_do(laid_by, Action.EDIT, edition):
        return [laid_by]
    staff = Staff.objects.filter(publisher=edition.publication.publisher_id).values("user")
    people = User.objects.filter(pk__in=staff, is_active=True).order_by("pk")
    return [person for person in people if can_do(person, Action.EDIT, edition)]


def _mail(person: User, edition: Edition, address: str, about: Sequence[Advertisement]) -> None:
    words = wording.translator(person.language or edition.publication.publisher.language)
    places = []
    for one in about:
        said = {"title": one.row.title, "advertiser": one.advertiser, "page": one.row.page}
        if one.booking:
            places.append(words.text(PLACE_BOOKED_WORDS, **said, booking=one.booking))
        else:
            places.append(words.text(PLACE_WORDS, **said))
    subject = " ".join(words.text(SUBJECT_WORDS, advertiser=about[0].advertiser).split())
    link = settings.MASTHEAD.origin + reverse("edition-links", args=[edition.pk])
    values = {"edition": str(edition), "address": address, "places": "\n".join(places), "link": link}
    EmailMultiAlternatives(
        subject=subject[:200],
        body=words.text(BODY_WORDS, **values),
        to=[person.email],
        headers={"Content-Language": words.language},
    ).send()
