"""Tries each way in to an edition that is not open: whether it is the visitor's, and if not, why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone

from masthead.access.carried import Carried
from masthead.access.coverage import Cover
from masthead.access.entitlements import (
    Covering,
    browser_of,
    covering,
    has_email_entry,
    is_confirmed,
    is_vouched,
    permission_of,
)
from masthead.access.terms import ACCOUNT_WAYS, Terms, Way
from masthead.accounts.selectors import Person, User
from masthead.library.selectors import Edition

EMAIL_DAYS = 30  # after which an e-mail address is asked for a code again


class Why(StrEnum):
    """Why a way is, or is not, the visitor's."""

    MET = "met"
    NOT_GIVEN = "not_given"  # the password, or the code from the mail
    NOT_THERE = "not_there"  # their network address is another
    NOT_SIGNED_IN = "not_signed_in"
    NOT_CONFIRMED = "not_confirmed"  # nobody knows that the account's e-mail address is theirs
    NO_SUBSCRIPTION = "no_subscription"  # to this publication, nor a permission for this edition
    NOT_DATED = "not_dated"  # the dates of the subscription do not cover this edition
    NOT_STARTED = "not_started"
    OVER = "over"
    PERMISSION_OVER = "permission_over"
    NO_PERMISSION = "no_permission"
    TOO_MANY_DEVICES = "too_many_devices"
    NOT_A_DEVICE = "not_a_device"  # it is on no list, and becomes a device only where somebody opens something


@dataclass(frozen=True, slots=True)
class Tried:
    """A way with what came of it. Dates are those of the period that says so."""

    way: Way
    why: Why
    first_day: date | None = None
    last_day: date | None = None
    new_device: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the visitor comes in by it."""
        return self.why == Why.MET


_COVER_WHY = {
    None: Why.NO_SUBSCRIPTION,
    Cover.COVERED: Why.MET,
    Cover.NOT_DATED: Why.NOT_DATED,
    Cover.NOT_STARTED: Why.NOT_STARTED,
    Cover.OVER: Why.OVER,
}


def tried(person: Person, edition: Edition, carried: Carried, terms: Terms) -> tuple[Tried, ...]:
    """Every way of the terms, tried; those that cost nothing come first.

    A subscription and a permission are one way where both are named: either opens it.
    """
    found = []
    if Way.ADDRESSES in terms.ways:
        found.append(Tried(Way.ADDRESSES, Why.MET if terms.has_address(carried.address) else Why.NOT_THERE))
    if Way.PASSWORD in terms.ways:
        is_given = bool(terms.key) and terms.key in carried.passwords
        found.append(Tried(Way.PASSWORD, Why.MET if is_given else Why.NOT_GIVEN))
    if Way.EMAIL_CODE in terms.ways:
        found.append(Tried(Way.EMAIL_CODE, _email(edition, carried, terms)))
    found += _by_account(person, edition, carried, terms)
    return tuple(found)


def _email(edition: Edition, carried: Carried, terms: Terms) -> Why:
    if not carried.emails:
        return Why.NOT_GIVEN
    emails = has_email_entry(carried.emails, edition, timezone.now() - timedelta(days=EMAIL_DAYS))
    return Why.MET if any(terms.takes_email(email) for email in emails) else Why.NOT_GIVEN


def _by_account(person: Person, edition: Edition, carried: Carried, terms: Terms) -> list[Tried]:
    ways = [way for way in (Way.SIGN_IN, Way.SUBSCRIPTION, Way.PERMISSION) if way in terms.ways]
    if Way.SUBSCRIPTION in ways and Way.PERMISSION in ways:
        ways.remove(Way.PERMISSION)
    if not ACCOUNT_WAYS & terms.ways:
        return []
    if person is None or not person.is_active:
        return [Tried(way, Why.NOT_SIGNED_IN) for way in ways]
    if not is_confirmed(person) and not is_vouched(person, edition.publication.publisher_id):
        return [Tried(way, Why.NOT_CONFIRMED) for way in ways]
    return [_of(person, way, edition, carried) for way in ways]


def _of(person: User, way: Way, edition: Edition, carried: Carried) -> Tried:
    if way == Way.SIGN_IN:
        return Tried(way, Why.MET)
    has_permission = None
    covered = Covering()
    if way == Way.SUBSCRIPTION:
        covered = covering(person, edition)
        if covered.cover == Cover.COVERED:
            return _on_device(person, edition, carried, covered)
    has_permission = permission_of(person, edition)
    if has_permission:
        return Tried(way, Why.MET)
    if way == Way.PERMISSION or (has_permission is False and covered.cover is None):
        return Tried(way, Why.NO_PERMISSION if has_permission is None else Why.PERMISSION_OVER)
    return Tried(way, _COVER_WHY[covered.cover], covered.first_day, covered.last_day)


def _on_device(person: User, edition: Edition, carried: Carried, covered: Covering) -> Tried:
    days = covered.first_day, covered.last_day
    if not covered.device_limit:
        return Tried(Way.SUBSCRIPTION, Why.MET, *days)
    browser = browser_of(person, edition.publication.publisher_id, carried.device, covered.device_limit)
    if browser.is_known:
        return Tried(Way.SUBSCRIPTION, Why.MET, *days)
    if not browser.is_room:
        return Tried(Way.SUBSCRIPTION, Why.TOO_MANY_DEVICES, *days)
    # A window left open elsewhere would take the place that its reader has just made for another device.
    if not carried.opens:
        return Tried(Way.SUBSCRIPTION, Why.NOT_A_DEVICE, *days)
    return Tried(Way.SUBSCRIPTION, Why.MET, *days, new_device=True)
