"""What happens is told to those who want it, signed so that a real receiver believes it, until it arrives."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from standardwebhooks import Webhook as RealReceiver
from standardwebhooks.webhooks import WebhookVerificationError
from tests.cast import Cast, ready_edition
from tests.webhooks.receiving import Receiver, receiving

from masthead.accounts.errors import NotAllowedError
from masthead.accounts.selectors import LogEntry
from masthead.library.services import edition_publish, edition_withdraw, publication_create
from masthead.outbox.delivering import deliver_one
from masthead.outbox.selectors import Message
from masthead.outbox.services import DELAYS, claim, delay_after, forget_old
from masthead.production.selectors import Conversion, Upload
from masthead.production.services import conversion_ended
from masthead.webhooks import guarding, sending
from masthead.webhooks.errors import WebhookPausedError
from masthead.webhooks.selectors import Webhook, delivery_list, webhook_list
from masthead.webhooks.services import (
    delivery_again,
    webhook_change,
    webhook_create,
    webhook_pause,
    webhook_remove,
    webhook_resume,
    webhook_rotate,
    webhook_test,
)
from masthead.webhooks.signing import secret_of

SENDERS = {"webhook": sending.send}


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"private_hosts": "127.0.0.1"})
    with receiving() as found:
        yield found


def hook(cast: Cast, receiver: Receiver, **more: Any) -> Webhook:
    return webhook_create(by=cast.owner, publisher=cast.harbour, name="Desk", address=receiver.address, **more)


def send_all() -> int:
    sent = 0
    while deliver_one(SENDERS):
        sent += 1
    return sent


def let_time_pass() -> None:
    Message.objects.filter(state="waiting").update(due_at=timezone.now())


def verified(webhook: Webhook, got: tuple[dict[str, str], bytes], secret: str = "") -> Any:
    headers, body = got
    return RealReceiver(secret or secret_of(webhook)).verify(body, {name.lower(): one for name, one in headers.items()})


def test_what_happens_is_told_and_a_real_receiver_believes_it(cast: Cast, data: Path, receiver: Receiver) -> None:
    webhook = hook(cast, receiver)
    edition = ready_edition(cast, data)
    edition_publish(by=cast.owner, edition=edition)
    edition_withdraw(by=cast.owner, edition=edition)
    assert send_all() == 4
    told = [verified(webhook, got) for got in receiver.got]
    events = ["edition.created", "edition.converted", "edition.published", "edition.withdrawn"]
    assert [one["type"] for one in told] == events
    assert told[2]["data"]["edition"]["state"] == "live"
    assert told[2]["data"]["edition"]["id"] == edition.pk
    assert told[2]["data"]["publication"]["slug"] == "fathom"
    assert len({got[0]["webhook-id"] for got in receiver.got}) == 4
    rows = delivery_list(webhook)
    assert {(row.state, row.status, row.attempts, row.answer) for row in rows} == {("sent", 200, 1, "thank you")}
    headers, body = receiver.got[0]
    with pytest.raises(WebhookVerificationError):
        verified(webhook, (headers, body.replace(b"No. 1", b"No. 2")))


def test_each_hears_only_what_it_asked_for(cast: Cast, data: Path, receiver: Receiver) -> None:
    keel = publication_create(by=cast.owner, publisher=cast.harbour, name="Keel")
    hook(cast, receiver, events=["edition.published"])
    hook(cast, receiver, publications=[keel.pk])
    webhook_create(by=cast.outsider, publisher=cast.other, name="Spy", address=receiver.address)
    edition_publish(by=cast.owner, edition=ready_edition(cast, data))
    assert [message.event for message in Message.objects.all()] == ["edition.published"]


def test_nothing_is_told_that_did_not_happen(cast: Cast, receiver: Receiver) -> None:
    hook(cast, receiver)
    with transaction.atomic():
        publication_create(by=cast.owner, publisher=cast.harbour, name="Keel")
        assert Message.objects.count() == 1
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_a_failed_conversion_is_told_with_its_reason(cast: Cast, data: Path, receiver: Receiver) -> None:
    edition = ready_edition(cast, data)
    upload = Upload.objects.create(publisher=cast.harbour, sha256="0" * 64, size=1, name="a.pdf", by=cast.owner)
    row = Conversion.objects.create(
        publisher=cast.harbour, edition=edition, upload=upload, state="running", worker="me"
    )
    hook(cast, receiver)
    conversion_ended(conversion=row, worker="me", state="failed", error_code="pdf_damaged", error_sentence="Damaged.")
    message = Message.objects.get()
    assert message.event == "edition.conversion_failed"
    assert json.loads(message.body)["data"]["conversion"]["failure"]["code"] == "pdf_damaged"


def test_what_does_not_arrive_is_sent_again_under_its_id_and_given_up_after_a_day(
    cast: Cast, receiver: Receiver
) -> None:
    webhook = hook(cast, receiver)
    receiver.status, receiver.body = 503, b"not now"
    webhook_test(by=cast.owner, webhook=webhook)
    assert send_all() == 1
    row = delivery_list(webhook).get()
    assert (row.state, row.status, row.problem, row.answer) == ("waiting", 503, "refused", "not now")
    assert row.due_at > timezone.now() + timedelta(seconds=3)
    assert send_all() == 0  # its time has not come
    let_time_pass()
    receiver.status = 200
    assert send_all() == 1
    assert delivery_list(webhook).get().state == "sent"
    assert len({got[0]["webhook-id"] for got in receiver.got}) == 1
    assert 20 * 3600 < sum(DELAYS) < 36 * 3600
    receiver.status = 500
    delivery_again(by=cast.owner, webhook=webhook, delivery=delivery_list(webhook).get())
    for _ in range(12):
        send_all()
        let_time_pass()
    row = delivery_list(webhook).get()
    assert (row.state, row.attempts) == ("given_up", len(DELAYS) + 1)
    assert delay_after(99) >= timedelta(seconds=DELAYS[-1])


def test_a_sender_that_was_killed_leaves_its_message_to_the_next(cast: Cast, receiver: Receiver) -> None:
    webhook = hook(cast, receiver)
    webhook_test(by=cast.owner, webhook=webhook)
    now = timezone.now()
    held = claim(now)
    assert held is not None
    assert claim(now) is None  # one sender at a time
    webhook_test(by=cast.owner, webhook=webhook)
    assert claim(timezone.now()) is None  # nor another message to the same receiver
    Message.objects.filter(pk=held.pk).update(due_at=now)  # its lease is over
    assert send_all() == 2
    assert {row.state for row in delivery_list(webhook)} == {"sent"}


def test_an_answer_that_points_elsewhere_is_not_followed(cast: Cast, receiver: Receiver) -> None:
    webhook = hook(cast, receiver)
    receiver.status, receiver.location = 302, "http://127.0.0.1:1/secrets"
    webhook_test(by=cast.owner, webhook=webhook)
    send_all()
    assert delivery_list(webhook).get().problem == "redirect"
    assert len(receiver.got) == 1


def test_a_receiver_that_is_slow_or_away_is_waited_for_no_longer_than_allowed(
    cast: Cast, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    webhook = hook(cast, receiver)
    monkeypatch.setattr(guarding, "SECONDS", 0.3)
    receiver.pause = 1.0
    webhook_test(by=cast.owner, webhook=webhook)
    send_all()
    assert delivery_list(webhook).get().problem == "timeout"
    webhook_change(
        by=cast.owner,
        webhook=webhook,
        name="Away",
        address="http://127.0.0.1:1/",
        events=(),
        publications=(),
    )
    let_time_pass()
    send_all()
    assert delivery_list(webhook).get().problem == "unreachable"


def test_for_a_day_both_secrets_sign(cast: Cast, receiver: Receiver) -> None:
    webhook = hook(cast, receiver)
    first = secret_of(webhook)
    webhook = webhook_rotate(by=cast.owner, webhook=webhook)
    second = secret_of(webhook)
    assert first != second
    webhook_test(by=cast.owner, webhook=webhook)
    send_all()
    for secret in (first, second):
        assert verified(webhook, receiver.got[0], secret)["type"] == "webhook.test"
    Webhook.objects.update(turned_at=timezone.now() - timedelta(hours=25))
    webhook_test(by=cast.owner, webhook=webhook)
    send_all()
    assert verified(webhook, receiver.got[1], second)
    with pytest.raises(WebhookVerificationError):
        verified(webhook, receiver.got[1], first)


def test_after_days_without_an_answer_it_is_paused_and_its_maker_told(cast: Cast, receiver: Receiver) -> None:
    webhook = hook(cast, receiver)
    receiver.status = 500
    webhook_test(by=cast.owner, webhook=webhook)
    send_all()
    assert Webhook.objects.get().failing_since is not None
    Webhook.objects.update(failing_since=timezone.now() - timedelta(days=6))
    let_time_pass()
    send_all()
    webhook = Webhook.objects.get()
    assert (webhook.pause, delivery_list(webhook).get().state) == ("failing", "given_up")
    assert [sent.to for sent in mail.outbox] == [["olga@harbour.example"]]
    assert "Desk" in mail.outbox[0].subject
    assert (LogEntry.objects.all()[0].action, LogEntry.objects.all()[0].user_id) == ("webhook.pause", None)
    publication_create(by=cast.owner, publisher=cast.harbour, name="Keel")
    assert delivery_list(webhook).count() == 1  # it hears nothing now
    with pytest.raises(WebhookPausedError):
        webhook_test(by=cast.owner, webhook=webhook)
    webhook_resume(by=cast.owner, webhook=webhook)
    receiver.status = 200
    delivery_again(by=cast.owner, webhook=Webhook.objects.get(), delivery=delivery_list(webhook).get())
    assert send_all() == 1
    assert Webhook.objects.get().failing_since is None


def test_a_receiver_that_says_it_is_gone_is_not_asked_again(cast: Cast, receiver: Receiver) -> None:
    webhook = hook(cast, receiver)
    receiver.status = 410
    webhook_test(by=cast.owner, webhook=webhook)
    send_all()
    assert (Webhook.objects.get().pause, delivery_list(webhook).get().state) == ("gone", "given_up")


def test_only_owners_manage_webhooks_and_what_was_removed_hears_nothing(cast: Cast, receiver: Receiver) -> None:
    webhook = hook(cast, receiver)
    webhook_test(by=cast.owner, webhook=webhook)
    for deed in (webhook_pause, webhook_remove, webhook_rotate, webhook_test, webhook_resume):
        with pytest.raises(NotAllowedError):
            deed(by=cast.editor, webhook=webhook)  # type: ignore[operator]
    assert not webhook_list(cast.editor, cast.harbour).exists()
    webhook_remove(by=cast.owner, webhook=webhook)
    assert send_all() == 0
    assert not receiver.got
    assert forget_old(timezone.now() + timedelta(days=31)) == 1
