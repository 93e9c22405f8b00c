"""Mails go through the outbox: kept with what caused them, sent to a real mail server, not lost while it is away."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from email.message import EmailMessage as Received
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import transaction
from django.utils import timezone

from masthead.outbox import mail
from masthead.outbox.delivering import deliver_one
from masthead.outbox.selectors import Message, counts
from masthead.outbox.services import Outcome

SENDERS = {"mail": mail.send}
pytestmark = pytest.mark.django_db


class Box:
    """Keeps what a mail server takes; refuses an address that is unknown."""

    def __init__(self) -> None:
        self.mails: list[Any] = []

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address.startswith("nobody@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(envelope)
        return "250 OK"


@pytest.fixture
def box(settings: Any) -> Iterator[Box]:
    found = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(found, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "masthead.outbox.mail.Backend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    yield found
    controller.stop()


def test_a_mail_waits_in_the_outbox_and_arrives_whole(box: Box) -> None:
    sent = EmailMultiAlternatives("Grüße", "Hallo", None, ["rita@reader.example"], bcc=["olga@harbour.example"])
    sent.attach_alternative("<p>Hallo</p>", "text/html")
    sent.attach("page.txt", "Seite 1", "text/plain")
    assert sent.send() == 1
    assert counts()["waiting"] == 1
    assert not box.mails
    assert deliver_one(SENDERS)
    (got,) = box.mails
    assert sorted(got.rcpt_tos) == ["olga@harbour.example", "rita@reader.example"]
    import email
    from email import policy

    read = email.message_from_bytes(got.content, policy=policy.default)
    assert isinstance(read, Received)
    assert read["Subject"] == "Grüße"
    assert {part.get_content_type() for part in read.walk()} >= {"text/plain", "text/html", "multipart/mixed"}
    message = Message.objects.get()
    assert (message.state, message.body) == ("sent", "")  # a link that opens something is kept no longer than it must


def test_a_mail_is_written_only_with_what_caused_it(box: Box) -> None:
    with transaction.atomic():
        send_mail("No", "No", None, ["rita@reader.example"])
        assert Message.objects.exists()
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_what_will_never_be_taken_is_given_up_and_all_else_tried_again(box: Box, settings: Any) -> None:
    send_mail("Hello", "Hello", None, ["nobody@reader.example"])
    deliver_one(SENDERS)
    row = Message.objects.get()
    assert (row.state, row.status, row.answer) == ("given_up", 550, "no such mailbox")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    send_mail("Hello", "Hello", None, ["rita@reader.example"])
    deliver_one(SENDERS)
    row = Message.objects.get(subject="rita@reader.example")
    assert (row.state, row.problem) == ("waiting", "unreachable")
    settings.EMAIL_PORT = port
    Message.objects.update(due_at=timezone.now())
    deliver_one(SENDERS)
    assert [got.rcpt_tos for got in box.mails] == [["rita@reader.example"]]


def test_an_accident_while_sending_does_not_lose_the_message() -> None:
    Message.objects.create(kind="mail", body="{}")

    def accident(_: Message) -> Outcome:
        raise RuntimeError

    assert deliver_one({"mail": accident})
    assert (Message.objects.get().state, Message.objects.get().problem) == ("waiting", "accident")
    assert not deliver_one({"mail": accident})
