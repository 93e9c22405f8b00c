"""Conversions as rows: claimed once, fairly, under a lease; taken up again; cancelled; failed with a sentence."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from tests.cast import ON_A_SERVER, Cast
from tests.pdfs import story_pdf

from masthead.accounts.errors import NotAllowedError
from masthead.edition.folder import read_edition
from masthead.library.errors import StateError
from masthead.library.selectors import Edition
from masthead.library.services import edition_create, publication_create
from masthead.library.states import State
from masthead.production.claiming import INTERRUPTIONS, LEASE, claim
from masthead.production.conversion import convert
from masthead.production.errors import UploadNotPdfError, UploadTooLargeError
from masthead.production.models import Conversion, Upload
from masthead.production.queueing import conversion_first
from masthead.production.schedule import tick
from masthead.production.services import conversion_cancel, conversion_retry, conversion_start, upload_store

pytestmark = pytest.mark.django_db(transaction=ON_A_SERVER)  # the lease is kept by another thread


def waiting(cast: Cast, label: str, *, of_other: bool = False, priority: int = 0) -> Conversion:
    """A conversion that waits; its upload is never read."""
    by = cast.outsider if of_other else cast.editor
    publication = cast.fathom
    if of_other:
        publication = by.staff.get().publisher.publications.first() or publication_create(
            by=by, publisher=cast.other, name="Others"
        )
    edition = edition_create(by=by, publication=publication, label=label, date=date(2026, 1, 1))
    upload = Upload.objects.create(publisher=publication.publisher, sha256="0" * 64, size=1, name=label, by=by)
    return conversion_start(by=by, edition=edition, upload=upload, priority=priority)


def handed_over(cast: Cast, pdf: Path) -> Conversion:
    """A conversion of a real file."""
    edition = edition_create(by=cast.editor, publication=cast.fathom, label="Real", date=date(2026, 1, 1))
    with pdf.open("rb") as stream:
        upload = upload_store(by=cast.editor, edition=edition, stream=stream, name=pdf.name)
    return conversion_start(by=cast.editor, edition=edition, upload=upload)


def test_one_house_does_not_make_another_wait(cast: Cast) -> None:
    for number in range(3):
        waiting(cast, f"Many {number}")
    waiting(cast, "Single", of_other=True)
    urgent = waiting(cast, "Urgent", priority=5)
    now = timezone.now()
    claimed = [claim(f"w{number}", now) for number in range(6)]
    assert claimed[0] == urgent
    assert [one.edition.label for one in claimed if one] == ["Urgent", "Single", "Many 0", "Many 1", "Many 2"]
    assert claimed[-1] is None


def test_what_staff_put_first_goes_before_their_own_and_takes_no_turn_of_another_house(cast: Cast) -> None:
    ours = [waiting(cast, f"Ours {number}") for number in range(2)]
    waiting(cast, "Theirs", of_other=True)
    last, late = waiting(cast, "Ours 2"), waiting(cast, "Late", priority=-5)
    waiting(cast, "Theirs too", of_other=True)
    waiting(cast, "Corrected", priority=10)
    with pytest.raises(NotAllowedError):
        conversion_first(by=cast.outsider, conversion=last, is_first=True)
    for wanted in (ours[1], last, late):
        conversion_first(by=cast.owner, conversion=wanted, is_first=True)
    assert begun_in_turn() == ["Corrected", "Late", "Ours 2", "Theirs", "Ours 1", "Theirs too", "Ours 0"]
    conversion_first(by=cast.owner, conversion=late, is_first=False)
    conversion_first(by=cast.owner, conversion=last, is_first=False)
    assert begun_in_turn() == ["Corrected", "Ours 1", "Ours 0", "Theirs", "Ours 2", "Theirs too", "Late"]
    conversion_cancel(by=cast.editor, conversion=ours[0])
    with pytest.raises(StateError):
        conversion_first(by=cast.owner, conversion=ours[0], is_first=True)


def begun_in_turn() -> list[str]:
    """What one worker begins after another, each done before the next; then all wait again."""
    labels = []
    while held := claim("one", timezone.now()):
        labels.append(held.edition.label)
        Conversion.objects.filter(pk=held.pk).update(state="done")
    Conversion.objects.filter(state="done").update(state="waiting")
    return labels


def test_what_a_gone_worker_held_is_taken_up_until_it_is_given_up(cast: Cast) -> None:
    waiting(cast, "A")
    now = timezone.now()
    for turn in range(INTERRUPTIONS):
        held = claim("gone", now)
        assert held is not None
        assert held.attempts == turn + 1
        tick(now)  # the lease still runs
        assert Conversion.objects.get().state == "running"
        now += LEASE + timedelta(seconds=1)
        tick(now)
    ended = Conversion.objects.get()
    assert (ended.state, ended.error_code) == ("failed", "conversion_abandoned")


def test_whoever_gets_further_each_time_is_not_given_up(cast: Cast) -> None:
    """A machine that is restarted every night may have an issue that takes it a week."""
    waiting(cast, "A")
    now = timezone.now()
    for turn in range(2 * INTERRUPTIONS):
        held = claim("gone", now)
        assert held is not None, turn
        Conversion.objects.update(pages=100, pages_done=10 * (turn + 1))
        now += LEASE + timedelta(seconds=1)
        tick(now)
    for _ in range(INTERRUPTIONS - 1):  # and now no further, nor as far
        assert claim("gone", now) is not None
        Conversion.objects.update(pages_done=7)
        now += LEASE + timedelta(seconds=1)
        tick(now)
    assert Conversion.objects.get().error_code == "conversion_abandoned"

    assert Edition.objects.get().state == State.DRAFT


def test_a_build_comes_out_and_its_edition_is_ready(cast: Cast, data: Path, tmp_path: Path) -> None:
    conversion = handed_over(cast, story_pdf(tmp_path / "harbour.pdf"))
    assert Edition.objects.get().state == State.CONVERTING
    held = claim("me", timezone.now())
    assert held == conversion
    convert(held, "me", threading.Event())
    done, edition = Conversion.objects.get(), Edition.objects.get()
    assert (done.state, done.pages, done.pages_done, edition.state) == ("done", 3, 3, State.READY)
    assert edition.build == done.build
    assert edition.build is not None
    assert read_edition(data / edition.build.folder).build == edition.build.build_id


def test_a_bad_pdf_says_why(cast: Cast, data: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    handed_over(cast, tmp_path / "bad.pdf")
    held = claim("me", timezone.now())
    assert held is not None
    convert(held, "me", threading.Event())
    failed = Conversion.objects.get()
    assert (failed.state, failed.error_code) == ("failed", "pdf_damaged")
    assert failed.error_sentence == "The PDF is damaged and could not be repaired."
    assert Edition.objects.get().state == State.DRAFT
    assert conversion_retry(by=cast.editor, conversion=failed).state == "waiting"


def test_a_worker_that_lost_its_lease_writes_nothing(cast: Cast, data: Path, tmp_path: Path) -> None:
    handed_over(cast, story_pdf(tmp_path / "harbour.pdf"))
    late = claim("late", timezone.now())
    tick(timezone.now() + LEASE + timedelta(seconds=1))
    other = claim("other", timezone.now())
    assert late is not None
    assert other is not None
    convert(late, "late", threading.Event())
    assert Conversion.objects.get().state == "running"
    assert Edition.objects.get().build is None
    convert(other, "other", threading.Event())
    assert Conversion.objects.get().state == "done"


def test_a_stopped_worker_hands_it_back(cast: Cast, data: Path, tmp_path: Path) -> None:
    handed_over(cast, story_pdf(tmp_path / "harbour.pdf"))
    held = claim("me", timezone.now())
    assert held is not None
    stop = threading.Event()
    stop.set()
    convert(held, "me", stop)
    assert Conversion.objects.get().state == "waiting"
    again = claim("next", timezone.now())
    assert again is not None
    convert(again, "next", threading.Event())
    assert Conversion.objects.get().state == "done"


def test_cancelled(cast: Cast, data: Path, tmp_path: Path) -> None:
    first = waiting(cast, "A")
    conversion_cancel(by=cast.editor, conversion=first)
    assert (Conversion.objects.get().state, Edition.objects.get().state) == ("cancelled", State.DRAFT)
    second = handed_over(cast, story_pdf(tmp_path / "harbour.pdf"))
    held = claim("me", timezone.now())
    assert held == second
    conversion_cancel(by=cast.editor, conversion=held)
    convert(held, "me", threading.Event())
    assert Conversion.objects.get(pk=second.pk).state == "cancelled"
    assert not list(data.glob("editions/*/*"))


def test_uploads_are_looked_at_first(cast: Cast, data: Path, settings: object) -> None:
    edition = edition_create(by=cast.editor, publication=cast.fathom, label="X", date=date(2026, 1, 1))
    with pytest.raises(UploadNotPdfError):
        upload_store(by=cast.editor, edition=edition, stream=BytesIO(b"GIF89a"), name="x.pdf")
    with pytest.raises(NotAllowedError):
        upload_store(by=cast.outsider, edition=edition, stream=BytesIO(b"%PDF-"), name="x.pdf")
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"upload_mb": 0})  # type: ignore[attr-defined]
    with pytest.raises(UploadTooLargeError):
        upload_store(by=cast.editor, edition=edition, stream=BytesIO(b"%PDF-" + bytes(1 << 20)), name="x.pdf")
    assert not Upload.objects.exists()
