"""An owner asks for everything, gets it as a file when it is made, and nobody else does."""

from __future__ import annotations

import json
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from threading import Event

import pytest
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.utils import timezone
from tests.cast import Cast, signed_in

from masthead.accounts.errors import NotAllowedError
from masthead.accounts.selectors import LogEntry
from masthead.library.errors import NotFoundError
from masthead.safekeeping.backup import house_back_up
from masthead.safekeeping.handing_out import leaving_ask, leaving_file, leavings_forget, make, take
from masthead.safekeeping.models import Leaving
from masthead.safekeeping.packing import pack

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/office/houses/harbour-press/leaving"


def written(publisher: str, target: Path) -> bool:
    """What the command would write."""
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("contents.json", json.dumps({"missing": ["a.pdf"]}))
        packed.writestr("index.html", publisher)
    return True


def refused(publisher: str, target: Path) -> bool:
    return False


def asked(cast: Cast) -> Leaving:
    return leaving_ask(by=cast.owner, publisher=cast.harbour, address=f"https://house.example{PAGE}")


def made(cast: Cast) -> Leaving:
    asked(cast)
    row = take(timezone.now())
    assert row is not None
    make(row, written, Event())
    return Leaving.objects.get()


def test_an_owner_asks_and_fetches(cast: Cast, data: Path, mailoutbox: list[EmailMessage]) -> None:
    browser = signed_in(cast.owner)
    assert b"Prepared so far" not in browser.get(PAGE).content
    assert browser.post(PAGE).status_code == 302
    assert b"Waiting for its turn." in browser.get(PAGE, headers={"X-Part": "yes"}).content
    row = take(timezone.now())
    assert row is not None
    make(row, written, Event())
    page = browser.get(PAGE).content.decode()
    assert "1 file could not be read" in page
    assert "data-live" not in page
    answer = browser.get(f"{PAGE}/{row.pk}")
    assert answer["Content-Disposition"].startswith('attachment; filename="harbour-press-')
    with zipfile.ZipFile(BytesIO(answer.getvalue())) as packed:
        assert packed.read("index.html") == b"harbour-press"
    (mail,) = mailoutbox
    assert mail.to == ["olga@harbour.example"]
    assert f"http://testserver{PAGE}" in mail.body
    deeds = LogEntry.objects.order_by("id").values_list("action", flat=True)
    assert list(deeds)[-2:] == ["publisher.take_out", "publisher.taken_out"]


def test_who_asks_while_it_is_made_gets_that_one(cast: Cast, data: Path) -> None:
    assert asked(cast).pk == asked(cast).pk
    assert take(timezone.now()) is not None
    assert take(timezone.now()) is None
    asked(cast)
    assert Leaving.objects.count() == 1


@pytest.mark.parametrize("who", ["editor", "shop", "outsider", "reader"])
def test_nobody_else_can_ask_or_fetch(cast: Cast, data: Path, who: str) -> None:
    row = made(cast)
    person = cast.people()[who]
    assert person is not None
    browser = signed_in(person)
    for answer in (browser.get(PAGE), browser.post(PAGE), browser.get(f"{PAGE}/{row.pk}")):
        assert answer.status_code in (403, 404)
    with pytest.raises(NotAllowedError):
        leaving_file(by=person, publisher=cast.harbour, leaving=row.pk)
    with pytest.raises((NotAllowedError, NotFoundError)):  # as an owner elsewhere
        leaving_file(by=cast.outsider, publisher=cast.other, leaving=row.pk)


def test_where_it_fails_the_owner_is_told_with_a_number(cast: Cast, data: Path, mailoutbox: list[EmailMessage]) -> None:
    asked(cast)
    row = take(timezone.now())
    assert row is not None
    make(row, refused, Event())
    assert Leaving.objects.get().state == Leaving.State.FAILED
    assert row.pk in mailoutbox[0].body
    assert row.pk in signed_in(cast.owner).get(PAGE).content.decode()
    assert asked(cast).pk != row.pk


def test_what_a_lost_process_began_is_begun_again_and_given_up_at_last(cast: Cast, data: Path) -> None:
    asked(cast)
    for tries in (1, 2, 3):
        row = take(timezone.now() + timedelta(hours=tries))
        assert row is not None
        assert row.attempts == tries
    assert take(timezone.now() + timedelta(hours=9)) is None
    assert Leaving.objects.get().state == Leaving.State.FAILED


def test_where_the_house_stops_it_waits_for_the_next_start_and_nobody_is_told(
    cast: Cast, data: Path, mailoutbox: list[EmailMessage]
) -> None:
    asked(cast)
    stop = Event()
    stop.set()
    row = take(timezone.now())
    assert row is not None
    make(row, refused, stop)
    waiting = Leaving.objects.get()
    assert (waiting.state, waiting.attempts, mailoutbox) == (Leaving.State.WAITING, 0, [])
    assert take(timezone.now()) is not None


def test_it_goes_after_a_week_and_is_in_no_backup(cast: Cast, data: Path, tmp_path: Path) -> None:
    row = made(cast)
    assert not [name for name in house_back_up(tmp_path / "backup").files if "leaving" in name]
    assert leavings_forget(timezone.now() + timedelta(days=6)) == 0
    assert default_storage.exists(row.path)
    assert leavings_forget(timezone.now() + timedelta(days=8)) == 1
    assert not default_storage.exists(row.path)
    assert signed_in(cast.owner).get(f"{PAGE}/{row.pk}").status_code == 404


def test_a_packed_folder_holds_every_file(tmp_path: Path) -> None:
    (tmp_path / "all/b").mkdir(parents=True)
    (tmp_path / "all/a.csv").write_text("x" * 10_000)
    (tmp_path / "all/b/p.webp").write_bytes(bytes(range(256)))
    pack(tmp_path / "all", tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        assert packed.testzip() is None
        assert packed.namelist() == ["a.csv", "b/p.webp"]
        assert packed.getinfo("a.csv").compress_size < 200
        assert packed.getinfo("b/p.webp").compress_type == zipfile.ZIP_STORED
