"""A house whose files lie in a storage: several machines read, convert and take uploads in, and share no disk."""

from __future__ import annotations

import threading
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from django.core.files.storage import storages
from django.utils import timezone
from tests.cast import ON_A_SERVER, Cast, signed_in
from tests.pdfs import story_pdf
from tests.production.test_claiming import handed_over
from tests.storage import Bucket, another_machine, files_below

from masthead.document.errors import EditionInvalidError
from masthead.edition.build import growing_folder
from masthead.edition.check import check
from masthead.library.build_folders import folder_exists, folder_here, place_here, whole_build
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish
from masthead.production.arrivals import arrival_append, arrival_begin, arrival_of, arrival_remove, arrived_bytes
from masthead.production.checking import check as look_at
from masthead.production.claiming import claim
from masthead.production.conversion import Progress, convert
from masthead.production.errors import UploadChecksumError, UploadOffsetError, UploadTooLargeError
from masthead.production.intake import edition_start
from masthead.production.models import Arrival, Conversion
from masthead.production.rebuilding import build_forget, edition_convert_again

pytestmark = pytest.mark.django_db(transaction=ON_A_SERVER)


def converted(cast: Cast, pdf: Path) -> Conversion:
    handed_over(cast, pdf)
    return go_on()


def go_on(worker: str = "me") -> Conversion:
    held = claim(worker, timezone.now())
    assert held is not None
    convert(held, worker, threading.Event())
    return Conversion.objects.get(pk=held.pk)


def test_what_one_machine_converts_is_read_on_another(
    cast: Cast, bucket: Bucket, tmp_path: Path, settings: Any
) -> None:
    done = converted(cast, story_pdf(tmp_path / "harbour.pdf", pages=3))
    assert (done.state, done.error_detail) == ("done", "")
    assert check(place_here(done.folder)) == []
    here = files_below(place_here(done.folder))
    assert {key.partition("-1/")[2] for key in bucket.keys("editions/")} - {""} == here
    assert f"{done.folder}.reading" in bucket.keys("editions/")
    edition = edition_publish(by=cast.owner, edition=Edition.objects.get(pk=done.edition_id))

    another_machine(settings, tmp_path / "second")
    home, client = f"/fathom/{edition.slug}/", signed_in(None)
    assert b"Harbour" in client.get(home).content
    assert not [path for path in files_below(place_here(done.folder)) if path.startswith("pictures/")]
    assert edition.build is not None
    picture = client.get(f"{home}b/{edition.build.build_id}/pictures/240/2.webp")
    assert picture.status_code == 200
    assert picture["Cache-Control"] == "public, max-age=31536000, immutable"
    assert b"".join(picture.streaming_content)[:4] == b"RIFF"  # type: ignore[attr-defined]
    assert not (place_here(done.folder) / "source.pdf").exists()
    noted = client.post(f"{home}annotated.pdf", {"annotations": []}, content_type="application/json")
    assert (noted.status_code, noted.content[:5]) == (200, b"%PDF-"), "the PDF is fetched for it"
    part = client.get(f"{home}b/{edition.build.build_id}/source.pdf", headers={"Range": "bytes=0-4"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"%PDF-")  # type: ignore[attr-defined]
    assert client.get(f"{home}b/{edition.build.build_id}/pictures/240/99.webp").status_code == 404
    book = client.get(f"{home}issue.epub")
    assert b"".join(book.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    assert check(whole_build(done.folder).path) == []


def test_a_damaged_file_is_sent_to_nobody(cast: Cast, bucket: Bucket, tmp_path: Path, settings: Any) -> None:
    done = converted(cast, story_pdf(tmp_path / "harbour.pdf", pages=1))
    name = done.folder.removeprefix("editions/")
    edition = edition_publish(by=cast.owner, edition=Edition.objects.get(pk=done.edition_id))
    assert edition.build is not None
    address = f"/fathom/{edition.slug}/b/{edition.build.build_id}/pictures/240/1.webp"
    bucket.put(f"editions/{name}/pictures/240/1.webp", b"something else")
    another_machine(settings, tmp_path / "second")
    assert signed_in(None).get(address).status_code == 404
    with pytest.raises(EditionInvalidError, match="damaged"):
        whole_build(done.folder)


def test_a_folder_without_its_archive_is_fetched_file_by_file(
    cast: Cast, bucket: Bucket, tmp_path: Path, settings: Any
) -> None:
    done = converted(cast, story_pdf(tmp_path / "harbour.pdf", pages=2))
    small = files_below(place_here(done.folder))
    bucket.remove(f"{done.folder}.small.zip")
    another_machine(settings, tmp_path / "second")
    fetched = files_below(folder_here(done.folder))
    assert fetched == {path for path in small if not path.startswith("pictures/") and path != "source.pdf"}
    bucket.remove(f"{done.folder}/manifest.json")
    another_machine(settings, tmp_path / "third")
    assert not folder_exists(done.folder)
    assert files_below(folder_here(done.folder)) == set()


def test_another_machine_goes_on_where_one_ended(
    cast: Cast, bucket: Bucket, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_over(cast, story_pdf(tmp_path / "harbour.pdf", pages=12))
    first = claim("first", timezone.now())
    assert first is not None
    stop, go = threading.Event(), Progress.page_done

    def page_done(self: Progress, number: int, failure: Any) -> None:
        if number == 6:
            stop.set()
        go(self, number, failure)

    with monkeypatch.context() as patched:
        patched.setattr(Progress, "page_done", page_done)
        convert(first, "first", stop)
    drawn = {key.rpartition("/")[2] for key in bucket.keys(first.folder) if "/pictures/800/" in key}
    assert 5 <= len(drawn) < 12

    another_machine(settings, tmp_path / "second")
    again = claim("second", timezone.now())
    assert again is not None
    seen: list[set[str]] = []
    opened = Progress.opened

    def look(self: Progress, report: Any) -> None:
        seen.append({path.name for path in growing_folder(place_here(again.folder)).glob("pictures/800/*.webp")})
        opened(self, report)

    monkeypatch.setattr(Progress, "opened", look)
    convert(again, "second", threading.Event())
    done = Conversion.objects.get(pk=first.pk)
    assert (done.state, done.attempts, done.pages_done) == ("done", 2, 12)
    assert seen == [drawn], "they are taken over, not drawn again"
    assert check(place_here(done.folder)) == []
    assert bucket.keys(f"{first.folder}/") == [], "what the first attempt left is removed"


def test_builds_that_go_leave_nothing(cast: Cast, bucket: Bucket, tmp_path: Path) -> None:
    first = converted(cast, story_pdf(tmp_path / "harbour.pdf", pages=1))
    edition_convert_again(by=cast.owner, edition=Edition.objects.get(pk=first.edition_id))
    second = go_on()
    assert second.state == "done"
    old = first.build
    assert old is not None
    build_forget(by=None, build=old)
    assert bucket.keys(first.folder) == []
    assert f"{second.folder}/manifest.json" in bucket.keys(second.folder)


def test_a_storage_that_is_away_is_said(
    cast: Cast, bucket: Bucket, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = converted(cast, story_pdf(tmp_path / "harbour.pdf", pages=1))
    edition = edition_publish(by=cast.owner, edition=Edition.objects.get(pk=done.edition_id))
    assert signed_in(None).get("/ready").json()["checks"]["storage"] == "ok"

    def away(*asked: object) -> None:
        raise EndpointConnectionError(endpoint_url="http://storage")

    for name in ("open", "exists"):
        monkeypatch.setattr(storages["editions"], name, away)
    address, client = f"/fathom/{edition.slug}/", signed_in(None)
    assert client.get(address).status_code == 200, "what has a copy here is read on"
    another_machine(settings, tmp_path / "second")
    answer = client.get(address, headers={"Accept-Language": "de"})
    assert answer.status_code == 503
    assert "Der Speicher des Verlags antwortet gerade nicht." in answer.content.decode()
    ready = client.get("/ready")
    assert ready.status_code == 200, "no balancer takes away a machine that sends what it has"
    assert ready.json()["status"] == "limited"
    assert ready.json()["checks"]["storage"] == "does not answer: EndpointConnectionError"


def begun(cast: Cast, content: bytes) -> Arrival:
    return arrival_begin(by=cast.editor, publisher=cast.harbour, name="harbour.pdf", size=len(content))


def test_pieces_of_an_upload_may_reach_any_machine(cast: Cast, bucket: Bucket, tmp_path: Path, settings: Any) -> None:
    content = story_pdf(tmp_path / "harbour.pdf", pages=1).read_bytes()
    middle = len(content) // 2
    arrival = begun(cast, content)
    assert arrival_append(arrival=arrival, offset=0, read=BytesIO(content[:middle]).read) == middle
    another_machine(settings, tmp_path / "second")
    arrival = arrival_of(cast.editor, arrival.pk)
    assert arrived_bytes(arrival) == middle
    arrival_append(arrival=arrival, offset=middle, read=BytesIO(content[middle:]).read)
    another_machine(settings, tmp_path / "third")
    arrival = look_at(Arrival.objects.get(pk=arrival.pk))
    assert (arrival.state, arrival.error_code) == ("good", "")
    assert bucket.keys("arrivals/") == []
    assert len(bucket.keys("originals/")) == 1
    assert files_below(tmp_path / "third" / "incoming") == set()
    edition_start(by=cast.editor, arrival=arrival, publication=cast.fathom, label="No. 1", day=timezone.localdate())
    assert go_on().state == "done"


def test_of_two_that_send_the_same_piece_one_wins(cast: Cast, bucket: Bucket) -> None:
    content = b"%PDF-1.7 nothing"
    arrival = begun(cast, content)
    late = Arrival.objects.get(pk=arrival.pk)
    arrival_append(arrival=arrival, offset=0, read=BytesIO(content[:5]).read)
    with pytest.raises(UploadOffsetError):
        arrival_append(arrival=late, offset=0, read=BytesIO(content[:9]).read)
    late.refresh_from_db()
    assert (arrived_bytes(late), len(bucket.keys("arrivals/"))) == (5, 1)
    with pytest.raises(UploadTooLargeError):
        arrival_append(arrival=late, offset=5, read=BytesIO(content).read)
    with pytest.raises(UploadChecksumError):
        arrival_append(arrival=late, offset=5, read=BytesIO(content[5:]).read, checksum="sha256 AAAA")
    arrival_remove(arrival=Arrival.objects.get(pk=arrival.pk))
    assert bucket.keys("arrivals/") == []
