"""Sharing by mail, over a real mail server: what arrives, who is asked first, what nobody can make the house send."""

from __future__ import annotations

import email
import re
import socket
from collections.abc import Iterator
from datetime import timedelta
from email import policy
from email.message import EmailMessage
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from aiosmtpd.controller import Controller
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast, ready_edition, signed_in

from masthead.access.setting_terms import terms_set
from masthead.library.particulars import publication_settings_change
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish
from masthead.outbox import mail
from masthead.outbox.delivering import deliver_one
from masthead.sharing import pacing
from masthead.sharing.checking import comment_of, recipients_of
from masthead.sharing.errors import CommentRefusedError, RecipientsRefusedError
from masthead.sharing.letters import forget_old
from masthead.sharing.models import Counted, Letter

SHARE = "/fathom/no-1/share?page=2"
TYPED = {
    "sender": "mona@reader.example",
    "recipients": "ana@friends.example, ben@friends.example",
    "comment": "For you",
}


class Box:
    """Keeps what a mail server takes."""

    def __init__(self) -> None:
        self.got: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        self.got.append(envelope)
        return "250 OK"

    def mails(self) -> list[EmailMessage]:
        """All that the outbox has for it, taken and read."""
        while deliver_one({"mail": mail.send}):
            pass
        read = [email.message_from_bytes(one.content, policy=policy.default) for one in self.got]
        return [one for one in read if isinstance(one, EmailMessage)]


@pytest.fixture
def box(settings: Any) -> Iterator[Box]:
    found = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(found, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "masthead.outbox.mail.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield found
    controller.stop()


@pytest.fixture
def live(cast: Cast, data: Path) -> Edition:
    EmailAddress.objects.update(verified=True)
    return edition_publish(by=cast.owner, edition=ready_edition(cast, data))


def plain(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def link_in(message: EmailMessage, part: str) -> str:
    found = re.search(rf"http://testserver(\S*{part}\S*)", plain(message))
    assert found is not None
    return found[1]


def test_who_signed_in_sends_at_once_with_the_picture_of_the_page(cast: Cast, live: Edition, box: Box) -> None:
    page = signed_in(cast.reader).post(SHARE, {**TYPED, "sender": "somebody@else.example"}, follow=True)
    assert b"It is on its way" in page.content
    first, second = box.mails()
    assert [first["To"], second["To"]] == ["ana@friends.example", "ben@friends.example"]
    assert first["Reply-To"] == cast.reader.email
    assert first["Subject"].startswith("Recommended to you: Page 2")
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    said = plain(first)
    assert "http://testserver/fathom/no-1/page/2" in said
    assert "For you" in said
    assert "ben@friends.example" not in first.as_string()
    html = first.get_body(("html",))
    assert html is not None
    assert 'src="cid:page"' in html.get_content()
    pictures = [part for part in first.walk() if part.get_content_type() == "image/jpeg"]
    assert [part["Content-ID"] for part in pictures] == ["<page>"]
    assert pictures[0].get_content()[:2] == b"\xff\xd8"
    assert "http" not in "".join(re.findall(r'src="([^"]*)"', html.get_content()))


def test_who_signed_in_with_an_address_that_is_not_confirmed_is_asked(cast: Cast, live: Edition, box: Box) -> None:
    EmailAddress.objects.filter(user=cast.reader).update(verified=False)
    assert signed_in(cast.reader).post(SHARE, TYPED).status_code == 303
    assert [one["To"] for one in box.mails()] == [TYPED["sender"]]


def test_a_stranger_is_asked_first_and_opening_the_link_sends_nothing(live: Edition, box: Box) -> None:
    page = Client().post(SHARE, TYPED, follow=True)
    assert "mona@reader.example" in unescape(page.content.decode())
    (question,) = box.mails()
    assert question["To"] == "mona@reader.example"
    assert "For you" not in question.as_string()
    assert "friends.example" not in question.as_string()
    link = link_in(question, "/share/confirm/")
    asked = Client().get(link)
    assert b"ana@friends.example" in asked.content
    assert len(box.mails()) == 1
    assert b"on its way" in Client().post(link).content
    assert [one["To"] for one in box.mails()[1:]] == ["ana@friends.example", "ben@friends.example"]
    assert not Letter.objects.exists()
    assert Client().post(link).status_code == 410
    assert len(box.mails()) == 3


def test_a_link_that_was_guessed_or_is_a_day_old_sends_nothing(live: Edition, box: Box) -> None:
    Client().post(SHARE, TYPED)
    link = link_in(box.mails()[0], "/share/confirm/")
    assert Client().post("/fathom/no-1/share/confirm/" + Letter.objects.get().pk).status_code == 410
    Letter.objects.update(written_at=timezone.now() - timedelta(hours=25))
    assert Client().post(link).status_code == 410
    assert forget_old() == 1
    assert len(box.mails()) == 1


def test_the_picture_is_only_what_everybody_may_see(cast: Cast, live: Edition, box: Box) -> None:
    client = signed_in(cast.reader)
    terms_set(by=cast.owner, of=live, parts={"ways": {"ways": ["sign_in"]}, "free": "1"})
    client.post(SHARE, {**TYPED, "recipients": "ana@friends.example"})
    terms_set(by=cast.owner, of=live, parts={"ways": {"ways": ["sign_in"]}, "free": ""})
    client.post(SHARE, {**TYPED, "recipients": "ana@friends.example"})
    with_cover, without = box.mails()
    shown = [[part for part in one.walk() if part.get_content_maintype() == "image"] for one in (with_cover, without)]
    assert [len(parts) for parts in shown] == [1, 0]


def test_one_click_ends_it_for_every_sender(cast: Cast, live: Edition, box: Box) -> None:
    signed_in(cast.reader).post(SHARE, {**TYPED, "recipients": "ana@friends.example"})
    (got,) = box.mails()
    never = urlsplit(got["List-Unsubscribe"].strip(" <>")).path
    assert b"no such mail again" in Client().get(never).content
    assert "ana" not in never
    signed_in(cast.outsider).post(SHARE, {**TYPED, "recipients": "Ana@friends.example"})
    assert len(box.mails()) == 2, "looking at the page changes nothing"
    assert Client(enforce_csrf_checks=True).post(never, {"List-Unsubscribe": "One-Click"}).status_code == 200
    signed_in(cast.outsider).post(SHARE, {**TYPED, "recipients": "ana@FRIENDS.example"})
    Client().post(SHARE, {**TYPED, "sender": "ana@friends.example"})
    assert len(box.mails()) == 2
    assert Client().post("/account/no-mail/guessed").status_code == 409


def test_limits_hold_for_recipient_sender_and_network(cast: Cast, live: Edition, box: Box) -> None:
    client = signed_in(cast.reader)
    for _ in range(4):
        client.post(SHARE, {**TYPED, "recipients": "ana@friends.example"})
    assert len(box.mails()) == pacing.LIMITS[pacing.RECIPIENT]
    pacing.count(pacing.SENDER, cast.reader.email, 16)
    page = client.post(SHARE, TYPED)
    assert page.status_code == 422
    assert b"No more mails can be sent from here today" in page.content
    pacing.count(pacing.VISITOR, "127.0.0.1", 30)
    assert Client().post(SHARE, TYPED).status_code == 422
    Counted.objects.update(at=timezone.now() - timedelta(hours=25))
    assert client.post(SHARE, TYPED).status_code == 303
    forget_old()
    assert Counted.objects.filter(at__lt=timezone.now() - timedelta(hours=24)).count() == 0


def test_nobody_is_asked_more_than_three_times_a_day(live: Edition, box: Box) -> None:
    for _ in range(5):
        Client().post(SHARE, TYPED)
    assert len(box.mails()) == pacing.LIMITS[pacing.ASKED]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("recipients", "ana@friends.example\nBcc: all@friends.example"),
        ("recipients", "a@b.example, b@b.example, c@b.example, d@b.example, e@b.example, f@b.example"),
        ("recipients", "Ana <ana@friends.example>"),
        ("sender", "mona@reader.example\r\nSubject: Money"),
        ("comment", "See https://evil.example"),
        ("comment", "See evil.example/money"),
        ("comment", "Write to me@evil.example"),
        ("comment", "x" * 501),
    ],
)
def test_what_is_refused_is_said_at_its_field_and_nothing_typed_is_lost(
    live: Edition, box: Box, field: str, typed: str
) -> None:
    page = Client().post(SHARE, {**TYPED, field: typed})
    assert page.status_code == 422
    content = unescape(page.content.decode())
    assert f'id="letter-{field}-mistake"' in content
    assert all(value in content for name, value in TYPED.items() if name != field)
    assert not box.mails()


def test_a_comment_is_text_in_the_html_too_and_the_mail_speaks_the_language_of_the_page(
    cast: Cast, live: Edition, box: Box
) -> None:
    client = signed_in(cast.reader)
    client.post(SHARE, {**TYPED, "comment": "<b>look</b>\r\n.\r\nfine"}, headers={"Accept-Language": "ar"})
    html = box.mails()[0].get_body(("html",))
    assert html is not None
    assert "&lt;b&gt;look&lt;/b&gt;" in html.get_content()
    assert 'lang="ar" dir="rtl"' in html.get_content()
    assert "يوصيك" in plain(box.mails()[0])


def test_where_mail_is_switched_off_nothing_is_sent(cast: Cast, live: Edition, box: Box) -> None:
    Client().post(SHARE, TYPED)
    link = link_in(box.mails()[0], "/share/confirm/")
    publication_settings_change(by=cast.owner, publication=live.publication, values={"share_email": "no"})
    assert b"letter-recipients" not in signed_in(cast.reader).post(SHARE, TYPED).content
    assert Client().post(link).status_code == 404
    assert len(box.mails()) == 1


@given(st.text(max_size=80))
def test_no_text_becomes_a_second_line_of_a_head(typed: str) -> None:
    try:
        found = recipients_of(typed)
    except RecipientsRefusedError:
        return
    assert all(re.fullmatch(r"[!-~]+@[!-~]+", one) for one in found)


@given(
    st.from_regex(r"(https?://|www\.)?[a-z]{1,10}(\.[a-z]{2,6}){1,2}(/[a-z]*)?", fullmatch=True), st.text(max_size=20)
)
def test_no_comment_holds_a_host(host: str, around: str) -> None:
    with pytest.raises(CommentRefusedError):
        comment_of(f"{around} {host} {around}")


@pytest.mark.parametrize(
    "typed", ["", "z.B. um 8.30 Uhr, S. 12", "Lies das! Wirklich. Gut.", "e.g. 3.14", "قال: نعم. اقرأ"]
)
def test_ordinary_sentences_are_no_links(typed: str) -> None:
    assert comment_of(typed) == typed
