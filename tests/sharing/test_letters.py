"""Sharing by mail, over a real mail server: what arrives, who is asked first, what nobody can make the house send."""

from __future__ import annotations

import email
import json
import re
import socket
from collections.abc import Iterator
from datetime import timedelta
from email import policy
from email.message import EmailMessage
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from aiosmtpd.controller import Controller
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.cast import Cast, ready_edition, signed_in

from masthead.access.setting_terms import terms_set
from masthead.edition.passages import Passage, place_of, read_passage
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


def test_the_mail_of_a_passage_shows_the_piece_of_the_page_with_its_words_marked(
    cast: Cast, data: Path, box: Box
) -> None:
    EmailAddress.objects.update(verified=True)
    edition_publish(by=cast.owner, edition=printed_edition(cast, data))
    passage = "/fathom/no-1/share?page=2&select=2.2-2.6"
    signed_in(cast.reader).post(passage, {**TYPED, "recipients": "ana@friends.example"})
    Client().post(passage, {**TYPED, "recipients": "ben@friends.example"})
    Client().post(link_in(box.mails()[1], "/share/confirm/"))
    for got in (box.mails()[0], box.mails()[2]):
        assert (said_of_picture(got), shown_in(got).size) == ("keeper’s journal &", (742, 218))
        assert "“keeper’s journal &”" in plain(got)
        # The piece begins at 91, 188 points; 3.4 pixels are a point.
        marked = [is_marked(shown_in(got), place) for place in ((167, 61), (82, 109), (75, 157), (61, 61), (643, 109))]
        assert marked == [True, True, True, False, False]
    before = unescape(Client().get(passage).content.decode())
    assert 'alt="keeper’s journal &" lang="en"' in before
    piece = re.search(r"/fathom/no-1/b/\S+/clippings/2/91-188-309-252\.[\w-]+\.webp", before)
    assert piece is not None
    drawn = Client().get(piece[0])
    with Image.open(BytesIO(b"".join(drawn.streaming_content))) as seen:  # type: ignore[attr-defined]
        assert seen.format == "WEBP"
    drawn.close()
    gone = "/fathom/no-1/share?page=2&select=2.90-2.95"
    signed_in(cast.reader).post(gone, {**TYPED, "recipients": "eve@friends.example"})
    assert said_of_picture(box.mails()[3]).startswith("Page 2"), "where the words are gone it is the page"


def test_a_clipping_and_its_words_leave_no_page_that_is_closed_to_others(cast: Cast, data: Path, box: Box) -> None:
    EmailAddress.objects.update(verified=True)
    edition = edition_publish(by=cast.owner, edition=printed_edition(cast, data))
    terms_set(by=cast.owner, of=edition, parts={"ways": {"ways": ["sign_in"]}, "free": "1"})
    asked = {"page": "2", "select": "2.2-2.6"}
    own = signed_in(cast.reader).get("/fathom/no-1/share.json", asked).json()["things"][0]["clipping"]
    assert own["words"] == "keeper’s journal &", "whoever reads the page sees their clipping"
    assert Client().get(own["picture"]).status_code == 403
    signed_in(cast.reader).post(
        f"/fathom/no-1/share?{urlencode(asked)}", {**TYPED, "recipients": "ana@friends.example"}
    )
    (got,) = box.mails()
    assert said_of_picture(got).startswith("Page 2")
    assert "journal" not in f"{plain(got)} {html_of(got)}"
    cover = shown_in(got)
    assert not any(is_marked(cover, (x, y)) for x in range(cover.width) for y in range(cover.height))
    # Whoever reads the free page is told no words of the others, whatever the address says.
    for address in ("share.json", "share"):
        assert b"journal" not in Client().get(f"/fathom/no-1/{address}", {**asked, "page": "1"}).content


def test_a_piece_lies_on_the_page_and_cuts_no_line_lengthwise(tmp_path: Path) -> None:
    words = [[f"w{number}", 10.0 + 5 * number, 0, 14.0 + 5 * number, 0] for number in range(70)]
    lines = [
        {"box": [10, top, 364, top + 12], "words": [[word[0], word[1], top, word[3], top + 12] for word in words]}
        for top in range(2, 490, 14)
    ]
    blocks = [{"id": "p1-b1", "role": "paragraph", "box": [10, 2, 364, 490], "lines": lines}]
    (tmp_path / "1.json").write_text(json.dumps({"blocks": blocks}))

    def piece(name: str) -> Passage:
        place = place_of(name)
        assert place is not None
        found = read_passage(tmp_path / "1.json", place, (370, 500))
        assert found is not None
        return found

    for first in range(1, len(lines) * 70, 70):
        found = piece(f"1.{first}-1.{first}")
        assert found.text == "w0"
        assert 0 <= found.box.y0 < found.box.y1 <= 500
        assert (found.box.x0, found.box.x1) == (0, 370)  # its line and a margin, as far as there is a page
        cut = [top for top in range(2, 490, 14) if top < found.box.y0 < top + 12 or top < found.box.y1 < top + 12]
        assert cut == [], first
    long = piece("1.1-1.500")
    assert len(long.marks) == 8
    assert len(long.text) <= 602
    assert long.text.endswith("w16 …")
    last = 70 * len(lines)
    assert piece(f"1.{last - 1}-2.4").text == "w68 w69 …", "what goes on overleaf is not on this page"
    assert [place_of(name) for name in ("1.5-1.4", "0.1-1.1", "1.0-1.1", "1.1-1.x", "1.1")] == [None] * 5


def printed_edition(cast: Cast, data: Path) -> Edition:
    """An edition on whose second page a word is divided, and a running head stands in the way."""

    def block(name: str, role: str, *lines: tuple[float, list[list[Any]]]) -> dict[str, Any]:
        rows = [{"box": [100, top, 300, top + 12], "words": words} for top, words in lines]
        return {"id": name, "role": role, "box": [100, lines[0][0], 300, lines[-1][0] + 12], "lines": rows}

    first = (200.0, [["The", 100, 200, 118, 212], ["keeper’s", 120, 200, 160, 212]])
    divided = (214.0, [["jour-", 100, 214, 130, 226, 2]])
    last = (228.0, [["nal", 100, 228, 118, 240], ["&", 120, 228, 126, 240], ["lamp", 128, 228, 150, 240]])
    blocks = [
        block("p2-b1", "paragraph", first, divided),
        block("p2-b2", "running_head", (20.0, [["FATHOM", 100, 20, 160, 32]])),
        block("p2-b3", "paragraph", last),
    ]
    return ready_edition(cast, data, blocks={2: blocks})


def html_of(message: EmailMessage) -> str:
    part = message.get_body(("html",))
    assert part is not None
    return unescape(str(part.get_content()))


def said_of_picture(message: EmailMessage) -> str:
    """The alternative text of the picture in a mail."""
    found = re.search(r'<img [^>]*alt="([^"]*)"', html_of(message))
    assert found is not None
    return found[1]


def shown_in(message: EmailMessage) -> Image.Image:
    """The one picture in a mail."""
    (part,) = [part for part in message.walk() if part.get_content_type() == "image/jpeg"]
    return Image.open(BytesIO(part.get_content())).convert("RGB")


def is_marked(picture: Image.Image, place: tuple[int, int]) -> bool:
    """Whether a text marker went over the grey of the page."""
    _, green, blue = picture.getpixel(place)  # type: ignore[misc]
    return blue < green - 60


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
