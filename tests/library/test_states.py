"""The way of an edition to readers: states in their order, times, slugs, and who may move it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from tests.cast import Cast, ready_edition

from masthead.access.rules import Reason, may_read
from masthead.accounts.errors import NotAllowedError
from masthead.accounts.selectors import history
from masthead.library.errors import NotFoundError, SlugInvalidError, SlugTakenError, StateError, TimeInvalidError
from masthead.library.selectors import Edition, edition_get, edition_list, publication_get
from masthead.library.services import (
    edition_create,
    edition_publish,
    edition_schedule,
    edition_unschedule,
    edition_withdraw,
    publication_create,
    publish_due,
)
from masthead.library.states import State
from masthead.production.schedule import tick


def test_from_draft_to_withdrawn_and_live_again(cast: Cast, data: Path) -> None:
    draft = edition_create(by=cast.editor, publication=cast.fathom, label="No. 0", date=date(2026, 10, 1))
    assert draft.state == State.DRAFT
    with pytest.raises(StateError):
        edition_publish(by=cast.editor, edition=draft)
    edition = ready_edition(cast, data)
    assert edition.state == State.READY
    with pytest.raises(StateError):
        edition_withdraw(by=cast.editor, edition=edition)
    live = edition_publish(by=cast.editor, edition=edition)
    assert live.state == State.LIVE
    first = live.published_at
    withdrawn = edition_withdraw(by=cast.editor, edition=edition)
    again = edition_publish(by=cast.editor, edition=withdrawn)
    assert (again.state, again.published_at) == (State.LIVE, first)
    deeds = [entry.action for entry in history(cast.owner, cast.harbour, edition.pk)]
    assert deeds[:3] == ["edition.publish", "edition.withdraw", "edition.publish"]


def test_scheduled_editions_appear_and_go_at_their_time(cast: Cast, data: Path) -> None:
    edition = ready_edition(cast, data)
    now = timezone.now()
    soon, later = now + timedelta(hours=1), now + timedelta(hours=2)
    edition_schedule(by=cast.editor, edition=edition, publish_at=soon, withdraw_at=later, time_zone="Europe/Berlin")
    tick(now)
    assert Edition.objects.get().state == State.SCHEDULED
    tick(soon + timedelta(seconds=1))
    assert Edition.objects.get().state == State.LIVE
    tick(soon + timedelta(seconds=2))
    tick(later + timedelta(seconds=1))
    assert Edition.objects.get().state == State.WITHDRAWN


def test_a_time_taken_back_is_not_kept(cast: Cast, data: Path) -> None:
    edition = ready_edition(cast, data)
    soon = timezone.now() + timedelta(hours=1)
    edition_schedule(by=cast.editor, edition=edition, publish_at=soon, time_zone="UTC")
    edition_unschedule(by=cast.editor, edition=edition)
    assert not publish_due(edition_id=edition.pk, now=soon + timedelta(days=1))
    assert Edition.objects.get().state == State.READY


@pytest.mark.parametrize(("hours", "withdraw", "zone"), [(-1, None, "UTC"), (2, 1, "UTC"), (1, None, "Mars/North")])
def test_times_that_make_no_sense(cast: Cast, data: Path, hours: int, withdraw: int | None, zone: str) -> None:
    edition, now = ready_edition(cast, data), timezone.now()
    with pytest.raises(TimeInvalidError):
        edition_schedule(
            by=cast.editor,
            edition=edition,
            publish_at=now + timedelta(hours=hours),
            withdraw_at=now + timedelta(hours=withdraw) if withdraw else None,
            time_zone=zone,
        )


def test_who_may_not_is_refused_and_nothing_changes(cast: Cast, data: Path) -> None:
    edition = ready_edition(cast, data)
    for person in (cast.shop, cast.outsider, cast.reader):
        with pytest.raises(NotAllowedError):
            edition_publish(by=person, edition=edition)
    assert Edition.objects.get().state == State.READY


def test_another_house_sees_nothing(cast: Cast, data: Path) -> None:
    edition = ready_edition(cast, data)
    for person in (cast.outsider, cast.reader, None):
        assert not edition_list(person, cast.harbour)
        with pytest.raises(NotFoundError):
            edition_get(person, edition.pk)
        with pytest.raises(NotFoundError):
            publication_get(person, cast.fathom.pk)
    assert edition_get(cast.shop, edition.pk) == edition


def test_addresses(cast: Cast) -> None:
    with pytest.raises(SlugTakenError):
        publication_create(by=cast.outsider, publisher=cast.other, name="Fathom", slug="fathom")
    for slug in ("office", "Fathom", "a--b", "-a", "ä", "b"):
        with pytest.raises(SlugInvalidError):
            publication_create(by=cast.owner, publisher=cast.harbour, name="X", slug=slug)
    assert publication_create(by=cast.owner, publisher=cast.harbour, name="海").slug
    labels = [edition_create(by=cast.owner, publication=cast.fathom, label="May", date=date(y, 5, 1)) for y in (1, 2)]
    assert len({edition.slug for edition in labels}) == 2


def test_the_one_question(cast: Cast, data: Path) -> None:
    edition = ready_edition(cast, data)
    allowed = {name: may_read(person, edition, 1).allowed for name, person in cast.people().items()}
    assert [name for name, may in allowed.items() if may] == ["owner", "editor", "shop"]
    assert not may_read(cast.owner, edition).is_public
    live = edition_publish(by=cast.owner, edition=edition)
    assert all(may_read(person, live, 1).is_public for person in cast.people().values())
    gone = edition_withdraw(by=cast.owner, edition=live)
    assert may_read(None, gone, 1).reason == Reason.WITHDRAWN
