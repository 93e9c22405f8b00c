"""Files that arrive piece by piece, by the protocol's own rules; interrupted, changed on their way, given up."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.cast import Cast, signed_in
from tests.pdfs import story_pdf

from masthead.production import arrivals
from masthead.production.arrival_bytes import place_of
from masthead.production.arrivals import arrival_of, arrived_bytes, forget_expired
from masthead.production.checking import check_now
from masthead.production.errors import UploadBusyError, UploadGoneError
from masthead.production.models import Arrival

TUS = {"Tus-Resumable": "1.0.0"}


def begin(client: Client, cast: Cast, size: int, name: str = "fathom-2026-11.pdf") -> HttpResponse:
    said = {"Upload-Length": str(size), "Upload-Metadata": f"filename {base64.b64encode(name.encode()).decode()}"}
    return client.post(f"/office/houses/{cast.harbour.slug}/arrivals", headers={**TUS, **said})


def send(client: Client, address: str, offset: int, data: bytes, **headers: str) -> HttpResponse:
    return client.patch(
        address,
        data,
        content_type="application/offset+octet-stream",
        headers={**TUS, "Upload-Offset": str(offset), **headers},
    )


def offset_of(client: Client, address: str) -> int:
    return int(client.head(address, headers=TUS)["Upload-Offset"])


def test_what_is_understood_is_said(cast: Cast, data: Path) -> None:
    page = signed_in(cast.editor).get(f"/office/houses/{cast.harbour.slug}/upload").content
    assert b'id="arrivals"></ul>' in page, "the style asks whether it is empty, and then says so"
    answer = signed_in(cast.editor).options(f"/office/houses/{cast.harbour.slug}/arrivals")
    assert answer.status_code == 204
    assert answer["Tus-Version"] == answer["Tus-Resumable"] == "1.0.0"
    assert "creation" in answer["Tus-Extension"]
    assert int(answer["Tus-Max-Size"]) == 1024 << 20


def test_a_file_comes_in_pieces_and_goes_on_where_it_stopped(cast: Cast, data: Path, tmp_path: Path) -> None:
    client, content = signed_in(cast.editor), story_pdf(tmp_path / "a.pdf").read_bytes()
    begun = begin(client, cast, len(content))
    assert begun.status_code == 201
    address = begun["Location"]
    assert "Upload-Expires" in begun
    first = send(client, address, 0, content[:1000])
    assert (first.status_code, first["Upload-Offset"]) == (204, "1000")
    assert offset_of(client, address) == 1000
    assert send(client, address, 500, content[500:]).status_code == 409  # not where it stopped
    assert send(client, address, 1000, content[1000:])["Upload-Offset"] == str(len(content))
    arrival = Arrival.objects.get()
    assert (arrival.state, arrival.name) == ("here", "fathom-2026-11.pdf")
    assert place_of(arrival).read_bytes() == content
    checked = check_now(arrival)
    assert (checked.state, checked.report["pages"], checked.report["has_text"]) == ("good", 3, True)
    assert offset_of(client, address) == len(content)  # asked again by a client that missed the last answer


def test_a_piece_that_was_changed_is_sent_again(cast: Cast, data: Path) -> None:
    client = signed_in(cast.editor)
    address = begin(client, cast, 10)["Location"]
    sum_of = base64.b64encode(hashlib.sha256(b"hello").digest()).decode()
    assert send(client, address, 0, b"hallo", **{"Upload-Checksum": f"sha256 {sum_of}"}).status_code == 460
    assert offset_of(client, address) == 0
    assert send(client, address, 0, b"hello", **{"Upload-Checksum": f"sha256 {sum_of}"}).status_code == 204
    assert send(client, address, 5, b"x" * 6).status_code == 413  # more than was announced
    assert offset_of(client, address) == 5
    assert send(client, address, 5, b"world", **{"Upload-Checksum": "crc99 eA=="}).status_code == 460


def test_what_is_malformed_is_refused(cast: Cast, data: Path) -> None:
    client = signed_in(cast.editor)
    assert begin(client, cast, (1024 << 20) + 1).status_code == 413
    assert client.post(f"/office/houses/{cast.harbour.slug}/arrivals").status_code == 412  # no version
    assert client.post(f"/office/houses/{cast.harbour.slug}/arrivals", headers=TUS).status_code == 400
    address = begin(client, cast, 5)["Location"]
    assert client.patch(address, b"hello", content_type="text/plain", headers=TUS).status_code == 415
    assert send(client, address, 0, b"hello", **{"Upload-Offset": "-1"}).status_code == 400
    assert not Arrival.objects.exclude(state="coming").exists()


def test_only_who_may_edit_begins_and_only_the_same_person_goes_on(cast: Cast, data: Path) -> None:
    assert begin(signed_in(cast.shop), cast, 5).status_code == 403
    address = begin(signed_in(cast.editor), cast, 5)["Location"]
    for other in (cast.owner, cast.shop, cast.outsider):
        assert send(signed_in(other), address, 0, b"hello").status_code == 404
    assert signed_in(None).head(address, headers=TUS).status_code == 302
    assert send(signed_in(cast.editor), address, 0, b"hello").status_code == 204


def test_two_connections_do_not_write_into_each_other(cast: Cast, data: Path) -> None:
    client = signed_in(cast.editor)
    begin(client, cast, 10)
    arrival = Arrival.objects.get()

    def read(_: int) -> bytes:
        with pytest.raises(UploadBusyError):
            arrivals.arrival_append(arrival=arrival, offset=0, read=lambda _: b"other")
        return b""

    assert arrivals.arrival_append(arrival=arrival, offset=0, read=read) == 0


def test_a_connection_that_breaks_keeps_what_has_come(cast: Cast, data: Path) -> None:
    begin(signed_in(cast.editor), cast, 10)
    arrival, pieces = Arrival.objects.get(), iter([b"hello"])

    def read(_: int) -> bytes:
        try:
            return next(pieces)
        except StopIteration:
            raise OSError("the connection broke") from None

    assert arrivals.arrival_append(arrival=arrival, offset=0, read=read) == 5
    assert arrived_bytes(arrival) == 5


def test_given_up_and_forgotten(cast: Cast, data: Path) -> None:
    client = signed_in(cast.editor)
    address = begin(client, cast, 5)["Location"]
    assert client.delete(address, headers=TUS).status_code == 204
    assert client.head(address, headers=TUS).status_code == 404
    begin(client, cast, 5)
    arrival = Arrival.objects.get()
    assert forget_expired() == 0
    Arrival.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert forget_expired() == 1
    assert not place_of(arrival).exists()
    with pytest.raises(UploadGoneError):
        arrival_of(cast.editor, arrival.pk)
