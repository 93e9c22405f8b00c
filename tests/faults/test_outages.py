"""What the house stands on goes away and comes back: each time a page with an id, nothing lost, and it goes on."""

from __future__ import annotations

import errno
import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.files.storage import storages
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.utils import timezone
from tests.access.people import restricted
from tests.api.calling import ALL, program
from tests.cast import PASSWORD, Cast, ready_edition, signed_in
from tests.hardening.routes import known_of, routes
from tests.orders.selling import filled, selling_edition
from tests.pdfs import story_pdf
from tests.storage import Bucket

from masthead.access import email_codes
from masthead.access.errors import EmailCodeWrongError
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish, edition_schedule
from masthead.library.states import State
from masthead.orders.selectors import Order
from masthead.production import schedule, waking
from masthead.production.schedule import tick
from masthead.production.selectors import Arrival
from masthead.statistics import recording

TUS = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream"}


@pytest.fixture
def live(cast: Cast, data: Path) -> Edition:
    return edition_publish(by=cast.owner, edition=ready_edition(cast, data))


@contextmanager
def database_away(said: str = "could not connect to server") -> Iterator[None]:
    """No statement gets through, as when the server was stopped or somebody holds the file."""
    monkeypatch = pytest.MonkeyPatch()

    def refuse(*_: object, **__: object) -> None:
        raise OperationalError(said)

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", refuse)
    monkeypatch.setattr(BaseDatabaseWrapper, "chunked_cursor", refuse)
    try:
        yield
    finally:
        monkeypatch.undo()


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch, path: str) -> Iterator[list[int]]:
    """Writing below a path fails after some bytes, as the kernel says it."""
    write_calls: list[int] = []
    original = Path.open

    class Full:
        def __init__(self, stream: Any) -> None:
            self._stream = stream

        def write(self, data: bytes) -> int:
            write_calls.append(len(data))
            raise OSError(errno.ENOSPC, "No space left on device")

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            self._stream.close()

        def __getattr__(self, name: str) -> Any:
            return getattr(self._stream, name)

    def opened(self: Path, mode: str = "r", *more: Any, **named: Any) -> Any:
        stream = original(self, mode, *more, **named)
        return Full(stream) if path in self.parts and set(mode) & set("wa+x") else stream

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", opened)
        yield write_calls


def test_without_the_database_every_route_says_so_with_an_id(cast: Cast, live: Edition) -> None:
    known = {route.template: route.address(known_of(live, route)) for route in routes()}
    strangers, owner = Client(raise_request_exception=False), signed_in(cast.owner)
    told = 0
    with database_away():
        for template, address in known.items():
            for client in (strangers, owner):
                answer = client.get(address)
                answer.close()
                assert answer.status_code != 500, template
                if answer.status_code == 503 and not template.startswith(("api/", "ready")):
                    assert answer["Retry-After"], template
                    assert answer["X-Request-Id"].encode() in answer.content, template
                    assert b"cannot be reached" in answer.content, template
                    assert b"could not connect" not in answer.content, template
                    told += 1
        assert Client().get("/health").status_code == 200, "a supervisor need not start it again"
        assert Client().get("/ready").status_code == 503, "a balancer sends nobody"
    assert told > 100
    assert signed_in(None).get("/fathom/no-1/").status_code == 200
    assert "/login/" not in owner.get("/office/")["Location"], "who was signed in still is"


@pytest.mark.parametrize("language", ["de", "ar"])
def test_it_is_said_in_the_language_of_who_asks(live: Edition, language: str) -> None:
    with database_away():
        page = Client(raise_request_exception=False).get("/fathom/", headers={"accept-language": language})
    assert page.status_code == 503
    assert f'lang="{language}"'.encode() in page.content
    assert b"cannot be reached" not in page.content


def test_what_is_typed_meanwhile_changes_nothing(cast: Cast, live: Edition) -> None:
    owner, stranger = signed_in(cast.owner), Client(raise_request_exception=False)
    with database_away("database is locked"):
        assert owner.post(f"/office/editions/{live.pk}/withdraw").status_code == 503
        said = {"login": cast.editor.email, "password": PASSWORD}
        assert stranger.post("/account/login/", said).status_code == 503
    assert Edition.objects.get().state == State.LIVE
    assert stranger.post("/account/login/", said)["Location"] == "/office/", "it was no wrong try"


def test_a_program_gets_a_problem_that_says_when_to_come_back(cast: Cast, live: Edition) -> None:
    caller = program(cast, scopes=ALL)
    with database_away():
        answer = caller("GET", "editions")
    assert answer.status_code == 503
    assert answer.json()["code"] == "database_away"
    assert answer["Retry-After"]


def test_an_upload_stops_at_a_full_disk_and_goes_on_when_there_is_room(
    cast: Cast, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, body = signed_in(cast.owner), b"%PDF-1.7 " + b"x" * 5000
    begun = client.post(
        f"/office/houses/{cast.harbour.slug}/arrivals",
        headers={"Tus-Resumable": "1.0.0", "Upload-Length": str(len(body)), "Upload-Metadata": "filename YS5wZGY="},
    )
    address = begun["Location"]

    def send(offset: int, part: bytes) -> Any:
        kind = "application/offset+octet-stream"
        more = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset)}
        return client.generic("PATCH", address, part, content_type=kind, headers=more)

    assert send(0, body[:2000]).status_code == 204
    with full_disk(monkeypatch, "arrivals") as written:
        answer = send(2000, body[2000:])
        assert answer.status_code == 507
        assert answer["X-Request-Id"].encode() in answer.content
        assert written
    offset = int(client.head(address, headers={"Tus-Resumable": "1.0.0"})["Upload-Offset"])
    assert offset == 2000
    assert send(offset, body[offset:]).status_code == 204
    arrival = Arrival.objects.get()
    assert (data / "arrivals" / arrival.pk).read_bytes() == body


def test_a_storage_that_is_away_is_no_accident(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exceptions = pytest.importorskip("botocore.exceptions")

    def away(*_: object, **__: object) -> str:
        raise exceptions.EndpointConnectionError(endpoint_url="https://storage.example")

    client = signed_in(cast.owner)
    client.raise_request_exception = False
    address = f"/office/publications/{cast.fathom.pk}/editions/new"
    fields = {"label": "No. 2", "date": "2026-12-01"}

    def hand_over() -> Any:
        with story_pdf(tmp_path / "harbour.pdf", pages=1).open("rb") as file:
            return client.post(address, {**fields, "file": file})

    with monkeypatch.context() as patched:
        patched.setattr(type(storages["originals"]), "exists", away)
        answer = hand_over()
    assert answer.status_code == 503
    assert b"The storage of the publishing house does not answer" in answer.content
    assert answer["X-Request-Id"].encode() in answer.content
    assert answer["Retry-After"]
    assert not Edition.objects.exists(), "and no half edition stands there"
    assert hand_over().status_code == 302
    assert Edition.objects.count() == 1


def test_an_order_needs_no_storage(
    cast: Cast, data: Path, bucket: Bucket, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """On a machine that has no copy of the edition: from the product over cart and form to the order's own page."""
    exceptions = pytest.importorskip("botocore.exceptions")
    selling_edition(cast, data)
    asked: list[object] = []

    def away(*what: object, **__: object) -> None:
        asked.append(what)
        raise exceptions.EndpointConnectionError(endpoint_url="https://storage.example")

    for name in ("exists", "_open", "_save"):
        monkeypatch.setattr(type(storages["editions"]), name, away)
    client, home = signed_in(None), "/fathom/no-1/"
    assert client.get(home).status_code == 503, "its pages are not here"
    asked.clear()
    client.get(f"{home}product?code=RO-1")
    client.post(f"{home}product?code=RO-1", {"quantity": "2"})
    assert [line["quantity"] for line in client.get(f"{home}cart.json").json()["lines"]] == [2]
    assert b"RO-1" in client.get(f"{home}cart.csv").content
    sent = client.post(f"{home}order", filled(client.get(f"{home}order").content.decode()))
    assert client.get(sent["Location"]).status_code == 200
    assert Order.objects.get().lines.get().quantity == 2
    assert not asked, "nothing even waits for it"
    assert not [record for record in caplog.records if record.exc_info]


def test_reading_goes_on_where_nothing_can_be_written(
    live: Edition, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(recording, "append", full)
    with caplog.at_level(logging.ERROR):
        assert Client().get("/fathom/no-1/page/2").status_code == 200


def test_a_disk_that_fills_up_takes_the_house_from_nobody(
    live: Edition, monkeypatch: pytest.MonkeyPatch, data: Path
) -> None:
    little = shutil.disk_usage(data)._replace(free=1 << 20)
    monkeypatch.setattr("masthead.site.service.shutil.disk_usage", lambda _: little)
    ready = Client().get("/ready")
    assert (ready.status_code, ready.json()["status"]) == (200, "limited")
    assert ready.json()["checks"] == {"database": "ok", "data_folder": "almost full"}
    monkeypatch.setattr("masthead.site.service.os.access", lambda *_: False)
    assert Client().get("/ready").status_code == 503, "without sessions, events and the index it is none of use"


def test_a_queue_that_is_away_costs_nothing_but_time(
    settings: Any, django_capture_on_commit_callbacks: Callable[..., Any], db: None, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("dramatiq")
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"queue": "redis://:hushhush@127.0.0.1:9/0"})
    with caplog.at_level("WARNING"), django_capture_on_commit_callbacks(execute=True):
        waking.wake("conversion")
    assert "no worker could be told" in caplog.text
    assert "hushhush" not in caplog.text


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def test_a_clock_that_jumps_publishes_once_and_takes_nothing_back(
    cast: Cast, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition, now = ready_edition(cast, data), timezone.now()
    edition_schedule(by=cast.owner, edition=edition, publish_at=now + timedelta(hours=1), time_zone="UTC")
    tick(now - timedelta(days=400))
    assert Edition.objects.get().state != State.LIVE
    for jump in (timedelta(days=1), -timedelta(days=30), timedelta(days=3650), timedelta(0)):
        at(now + jump, monkeypatch)
        tick(now + jump)
        assert Edition.objects.get().state == State.LIVE, "what readers have seen stays"
        assert Client().get("/fathom/no-1/").status_code == 200


def test_an_edition_that_cannot_go_live_keeps_no_other_from_it(
    cast: Cast, data: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    now, original = timezone.now(), schedule.publish_due
    first, second = ready_edition(cast, data), ready_edition(cast, data, "No. 2")
    for minutes, edition in ((60, first), (61, second)):
        edition_schedule(by=cast.owner, edition=edition, publish_at=now + timedelta(minutes=minutes), time_zone="UTC")

    def publish(**said: Any) -> bool:
        if said["edition_id"] == first.pk:
            raise RuntimeError("whatever it is")
        return original(**said)

    monkeypatch.setattr(schedule, "publish_due", publish)
    with caplog.at_level("ERROR"):
        tick(now + timedelta(hours=2))
    assert Edition.objects.get(pk=second.pk).state == State.LIVE
    assert first.pk in caplog.text
    monkeypatch.undo()
    tick(now + timedelta(hours=2))
    assert Edition.objects.get(pk=first.pk).state == State.LIVE, "and it is tried again"


def test_a_code_is_good_once_wherever_the_clock_goes(cast: Cast, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edition, now = restricted(cast, data, ways=["email_code"], domains=["reader.example"]), datetime.now(UTC)

    def sent() -> tuple[str, str]:
        entry = email_codes.email_code_send(
            edition=edition, email="a@reader.example", visitor="192.0.2.1", language="en"
        )
        return entry.pk, str(mail.outbox[-1].subject).split()[0]

    entry, code = sent()
    at(now + timedelta(hours=1), monkeypatch)
    with pytest.raises(EmailCodeWrongError):
        email_codes.email_code_confirm(entry_id=entry, edition=edition, code=code)
    at(now, monkeypatch)
    email_codes.email_code_confirm(entry_id=entry, edition=edition, code=code)
    for jump in (-timedelta(hours=2), timedelta(0)):
        at(now + jump, monkeypatch)
        with pytest.raises(EmailCodeWrongError):
            email_codes.email_code_confirm(entry_id=entry, edition=edition, code=code)


def test_a_session_ends_with_its_time_and_not_with_a_clock_that_went_back(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, now = Client(), timezone.now()
    client.post("/account/login/", {"login": cast.editor.email, "password": PASSWORD})
    at(now - timedelta(days=1), monkeypatch)
    assert "/login/" not in client.get("/office/")["Location"]
    at(now + timedelta(days=3650), monkeypatch)
    assert client.get("/office/")["Location"].startswith("/account/login/")
