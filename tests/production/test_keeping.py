"""Replaced, rolled back, converted again, deleted and restored: nothing readers have goes away before its time."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.utils import timezone
from tests.cast import ON_A_SERVER, Cast, signed_in
from tests.pdfs import story_pdf

from masthead.accounts.errors import NotAllowedError
from masthead.library import deleting
from masthead.library.builds import build_list
from masthead.library.errors import NotFoundError, SlugTakenError, StateError
from masthead.library.selectors import Build, Edition, Publication, edition_at, edition_get
from masthead.library.services import edition_create, edition_publish
from masthead.production.arrivals import arrival_take
from masthead.production.checking import check_now
from masthead.production.claiming import claim
from masthead.production.conversion import convert
from masthead.production.handing_over import hand_over
from masthead.production.intake import edition_replace
from masthead.production.keeping import edition_delete, publication_delete, put_in_order, remove_deleted
from masthead.production.models import Conversion, Upload
from masthead.production.originals import originals_forget
from masthead.production.rebuilding import (
    STILL_READ,
    build_forget,
    convert_older,
    edition_convert_again,
    edition_roll_back,
    forget_spare_builds,
)

pytestmark = pytest.mark.django_db(transaction=ON_A_SERVER)  # the lease is kept by another thread


def work_off() -> None:
    while held := claim("me", timezone.now()):
        convert(held, "me", threading.Event())


def live(cast: Cast, tmp_path: Path, pages: int = 2) -> Edition:
    """An edition that readers read."""
    edition = hand_over(by=cast.editor, publication=cast.fathom, file=story_pdf(tmp_path / "No 1.pdf", pages))
    work_off()
    return edition_publish(by=cast.owner, edition=Edition.objects.get(pk=edition.pk))


def replaced(cast: Cast, edition: Edition, tmp_path: Path, pages: int) -> Edition:
    with story_pdf(tmp_path / f"new-{pages}.pdf", pages).open("rb") as stream:
        arrival = arrival_take(by=cast.editor, publisher=cast.harbour, name="new.pdf", stream=stream)
    edition_replace(by=cast.editor, arrival=check_now(arrival), edition=edition)
    return Edition.objects.get(pk=edition.pk)


def test_readers_keep_the_old_build_until_the_new_one_is_there(cast: Cast, data: Path, tmp_path: Path) -> None:
    edition = live(cast, tmp_path)
    address, reader = f"/fathom/{edition.slug}/", signed_in(None)
    assert edition.build is not None
    picture = f"{address}b/{edition.build.build_id}/cover.jpg"
    assert replaced(cast, edition, tmp_path, 3).state == "live"
    assert reader.get(address).status_code == 200
    assert reader.get(f"{address}page/3").status_code == 404  # still the old one
    work_off()
    assert reader.get(f"{address}page/3").status_code == 200
    kept = reader.get(picture)  # of a page that somebody has open
    kept.close()
    assert kept.status_code == 200
    assert "immutable" in kept["Cache-Control"]
    old = build_list(edition).get(pages=2)
    assert old.left_at is not None
    edition_roll_back(by=cast.editor, edition=edition, build=old)
    assert reader.get(f"{address}page/3").status_code == 404
    assert Build.objects.get(pk=old.pk).left_at is None


def test_old_builds_go_when_there_are_too_many_but_never_what_is_read(
    cast: Cast, data: Path, tmp_path: Path, settings: object
) -> None:
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"kept_builds": 1})  # type: ignore[attr-defined]
    edition = live(cast, tmp_path)
    for pages in (3, 4, 5):
        replaced(cast, edition, tmp_path, pages)
        work_off()
    assert forget_spare_builds(timezone.now()) == 0  # somebody may still have them open
    edition = Edition.objects.get()
    first = build_list(edition).get(pages=2)
    edition_roll_back(by=cast.editor, edition=edition, build=first)
    later = timezone.now() + STILL_READ + timedelta(minutes=1)
    assert forget_spare_builds(later) == 2
    assert {one.pages for one in build_list(edition)} == {2, 5}  # the current one, however old, and the latest other
    assert {(data / one.folder).is_dir() for one in build_list(edition)} == {True}
    left = sorted(one.name for one in (data / "editions" / edition.pk).iterdir())
    assert [name.endswith(".reading") for name in left] == [False, True, False, True]  # each with what was read for it
    with pytest.raises(StateError):
        build_forget(by=cast.owner, build=first)
    with pytest.raises(NotAllowedError):
        build_forget(by=cast.shop, build=build_list(edition).get(pages=5))


def test_converted_again_with_this_version(cast: Cast, data: Path, tmp_path: Path) -> None:
    edition = live(cast, tmp_path)
    assert convert_older(by=cast.editor, publisher=cast.harbour) == []
    Build.objects.update(version="0.0.1")
    [started] = convert_older(by=cast.editor, publisher=cast.harbour)
    assert started.priority < 0
    with pytest.raises(StateError):  # it waits already
        edition_convert_again(by=cast.editor, edition=edition)
    with pytest.raises(NotAllowedError):
        edition_convert_again(by=cast.shop, edition=edition)
    work_off()
    assert Edition.objects.get().state == "live"
    assert build_list(edition).count() == 2


def test_deleted_is_hidden_at_once_and_can_be_restored(cast: Cast, data: Path, tmp_path: Path) -> None:
    edition = live(cast, tmp_path)
    address, reader = f"/fathom/{edition.slug}/", signed_in(None)
    replaced(cast, edition, tmp_path, 3)
    with pytest.raises(NotAllowedError):
        edition_delete(by=cast.shop, edition=edition)
    edition_delete(by=cast.editor, edition=edition)
    assert Conversion.objects.filter(state="waiting").count() == 0
    assert reader.get(address).status_code == 404
    assert b"No 1" not in reader.get("/fathom/").content
    staff = signed_in(cast.editor)
    assert staff.get(f"/office/editions/{edition.pk}/").status_code == 404
    assert b"No 1" in staff.get(f"/office/houses/{cast.harbour.slug}/deleted").content
    with pytest.raises(NotFoundError):
        edition_get(cast.owner, edition.pk)
    with pytest.raises(NotFoundError):
        edition_at("fathom", edition.slug)
    with pytest.raises(NotFoundError):
        deleting.edition_restore(by=cast.outsider, edition_id=edition.pk)
    with pytest.raises(NotAllowedError):
        deleting.edition_restore(by=cast.shop, edition_id=edition.pk)
    assert staff.post(f"/office/editions/{edition.pk}/restore").status_code == 302
    assert reader.get(address).status_code == 200


def test_its_address_is_free_for_another_and_then_it_cannot_come_back(cast: Cast, data: Path, tmp_path: Path) -> None:
    edition = live(cast, tmp_path)
    edition_delete(by=cast.editor, edition=edition)
    edition_create(by=cast.editor, publication=cast.fathom, label=edition.label, date=edition.date)
    with pytest.raises(SlugTakenError):
        deleting.edition_restore(by=cast.editor, edition_id=edition.pk)


def test_a_publication_takes_its_editions_along_and_brings_them_back(cast: Cast, data: Path, tmp_path: Path) -> None:
    edition = live(cast, tmp_path)
    gone = edition_create(by=cast.editor, publication=cast.fathom, label="Gone", date=edition.date)
    edition_delete(by=cast.editor, edition=gone)
    with pytest.raises(NotAllowedError):
        publication_delete(by=cast.editor, publication=cast.fathom)
    publication_delete(by=cast.owner, publication=cast.fathom)
    assert not Publication.objects.exists()
    assert signed_in(None).get("/fathom/").status_code == 404
    deleting.publication_restore(by=cast.owner, publication_id=cast.fathom.pk)
    assert [one.pk for one in Edition.objects.all()] == [edition.pk]  # what was deleted before stays deleted


def test_after_its_time_it_is_gone_with_all_that_nothing_else_uses(cast: Cast, data: Path, tmp_path: Path) -> None:
    edition = live(cast, tmp_path)
    other = hand_over(by=cast.editor, publication=cast.fathom, file=tmp_path / "No 1.pdf", label="Same")
    original = Upload.objects.first()
    assert original is not None
    edition_delete(by=cast.editor, edition=edition)
    now = timezone.now()
    remove_deleted(now + timedelta(days=29))
    assert Edition.with_deleted.count() == 2
    put_in_order(now + timedelta(days=31))
    assert [one.pk for one in Edition.with_deleted.all()] == [other.pk]
    assert not (data / "editions" / edition.pk).exists()
    assert storages["originals"].exists(original.path)  # the other edition is made of the same file
    edition_delete(by=cast.editor, edition=other)
    remove_deleted(now + timedelta(days=62))
    originals_forget()
    assert not storages["originals"].exists(original.path)
    assert not Upload.objects.exists()


def test_a_publisher_with_fifty_does_not_make_another_wait(cast: Cast) -> None:
    from tests.production.test_claiming import waiting

    for number in range(50):
        waiting(cast, f"A {number}")
    running = claim("w1", timezone.now())
    assert running is not None
    late = waiting(cast, "B", of_other=True)
    assert claim("w2", timezone.now()) == late
