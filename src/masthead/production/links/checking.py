"""Finds out in the background whether the links of editions answer: when staff ask, and for live editions again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import close_old_connections, transaction
from django.db.models import Q
from django.utils import timezone

from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.library.selectors import Edition, live_editions, require
from masthead.production.advertising.alarms import alarms_forget, link_settled
from masthead.production.links.asking import Answer, ask
from masthead.production.links.found import found_links
from masthead.production.links.laid import laid_addresses
from masthead.production.models import LinkChange, LinkCheck, LinkRound

log = logging.getLogger("masthead.links")
_REST_SECONDS = 5.0  # when there is nothing to ask
_SAME_HOST_SECONDS = 1.0  # between two questions to one host
_ROUNDS_SECONDS = 600.0  # between two looks for editions whose links are old
_HELD = timedelta(minutes=2)
_AGAIN = timedelta(hours=1)  # after which an address that gave no answer is asked again
_PATIENCE = 3  # times without an answer after which it is dead
_LONGEST = 2000  # bytes: longer ones are not asked, no index of a database holds them


def links_check(*, by: User, edition: Edition) -> int:
    """Ask all addresses of the edition as soon as somebody can; says how many. Raises NotAllowedError."""
    require(by, Action.EDIT, edition)
    return round_begin(edition, timezone.now())


def round_begin(edition: Edition, now: datetime) -> int:
    """Gather the addresses anew, forget those that are gone, and want all of them asked."""
    wanted = web_addresses(edition)
    with transaction.atomic():
        LinkRound.objects.update_or_create(edition=edition, defaults={"begun_at": now})
        rows = LinkCheck.objects.filter(edition=edition)
        known = set(rows.values_list("address", flat=True))
        rows.exclude(address__in=wanted).delete()
        alarms_forget(edition, wanted)
        rows.filter(address__in=wanted).update(is_wanted=True, held_until=None)
        LinkCheck.objects.bulk_create(
            [LinkCheck(edition=edition, address=address) for address in sorted(wanted - known)], ignore_conflicts=True
        )
    return len(wanted)


def web_addresses(edition: Edition) -> set[str]:
    """Where links and overlays of the edition lead on the web, as readers have them."""
    changed = {(c.page, c.kind, c.target, c.text): c.to for c in LinkChange.objects.filter(edition=edition)}
    found = {changed.get(link.key, link.target) for link in found_links(edition)}
    found.update(address for _, address in laid_addresses(edition))
    web = {address for address in found if address.startswith(("http://", "https://"))}
    return {address for address in web if len(address.encode()) <= _LONGEST}


def checks_of(edition: Edition) -> dict[str, LinkCheck]:
    """What is known of the edition's addresses."""
    return {row.address: row for row in LinkCheck.objects.filter(edition=edition)}


def round_of(edition: Edition) -> LinkRound | None:
    """When they were last gathered; None: never."""
    return LinkRound.objects.filter(edition=edition).first()


def check_links(stop: threading.Event) -> None:
    """Ask until told to stop. Several may do it: each address is held by one of them."""
    next_rounds, last_host = timezone.now() + timedelta(seconds=30), ""
    while not stop.is_set():
        rest = _REST_SECONDS
        try:
            close_old_connections()
            now = timezone.now()
            if now > next_rounds:
                next_rounds = now + timedelta(seconds=_ROUNDS_SECONDS)
                begin_due_rounds(now)
            row = take(now)
            if row is not None:
                host = urlsplit(row.address).hostname or ""
                if host == last_host and stop.wait(_SAME_HOST_SECONDS):
                    return
                last_host, rest = host, 0.0
                settle(row, ask(row.address), timezone.now())
        except Exception:  # whatever it is: the next address is asked all the same
            log.exception("a link could not be asked")
        stop.wait(rest)


def begin_due_rounds(now: datetime) -> int:
    """Want the links of live editions asked whose last round is old, a few at a time; says how many editions."""
    days = settings.MASTHEAD.link_check_days
    if days == 0:
        return 0
    young = LinkRound.objects.filter(begun_at__gt=now - timedelta(days=days)).values("edition")
    due = live_editions().exclude(pk__in=young)[:5]
    for edition in due:
        count = round_begin(edition, now)
        log.info("edition %s: %s web addresses will be asked", edition.pk, count)
    return len(due)


def take(now: datetime) -> LinkCheck | None:
    """Hold one address that shall be asked; None where there is none."""
    free = Q(held_until__isnull=True) | Q(held_until__lt=now)
    candidates: Iterable[LinkCheck] = LinkCheck.objects.filter(free, is_wanted=True)[:10]
    for row in candidates:
        if LinkCheck.objects.filter(free, pk=row.pk, is_wanted=True).update(held_until=now + _HELD):
            return row
    return None


def settle(row: LinkCheck, answer: Answer, now: datetime) -> None:
    """Write down what came of asking; silence is asked again later, and after some times it is an end.

    Of a dead link in an advertisement staff are told in the same transaction.
    """
    cut_off = answer.state == LinkCheck.State.DEAD and not answer.status and _is_cut_off(row, now)
    silent = answer.state == LinkCheck.State.SILENT or cut_off
    failures = row.failures + 1 if silent else 0
    is_over = not silent or failures >= _PATIENCE
    state = _state(answer, silent=silent, is_over=is_over)
    with transaction.atomic():
        LinkCheck.objects.filter(pk=row.pk).update(
            state=state,
            status=min(answer.status, 999),
            moved_to=answer.moved_to[:2000],
            failures=failures,
            is_wanted=not is_over,
            held_until=None if is_over else now + _AGAIN,
            checked_at=now,
        )
        link_settled(edition_id=row.edition_id, address=row.address, state=state, now=now)


def _state(answer: Answer, *, silent: bool, is_over: bool) -> str:
    if not silent:
        return answer.state
    return LinkCheck.State.DEAD if is_over else LinkCheck.State.SILENT


def _is_cut_off(row: LinkCheck, now: datetime) -> bool:
    """Whether nothing at all has answered for a day: then the house itself may be without a network."""
    lately = LinkCheck.objects.filter(status__gt=0, checked_at__gt=now - timedelta(days=1)).exclude(pk=row.pk)
    return not lately.exists()
