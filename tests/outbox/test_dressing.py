"""Mails that were written as plain text arrive as a page too: escaped, with live links, codes large, the foot small."""

from __future__ import annotations

import email
from email import policy
from email.message import EmailMessage as Received
from html.parser import HTMLParser

import pytest
from django.core.mail import EmailMessage
from tests.outbox.test_mail import SENDERS, Box, box  # noqa: F401 - the fixture is used by its name

from masthead.outbox.delivering import deliver_one
from masthead.outbox.dressing import dressed


class Read(HTMLParser):
    """What is seen of it, and where links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.classes: list[str] = []
        self.said: list[str] = []
        self.feed(html.partition("<body")[2].partition(">")[2])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "a":
            self.links.append(said["href"] or "")
        self.classes.append(f"{tag}.{said.get('class') or ''}")

    def handle_data(self, data: str) -> None:
        self.said += [data.strip()] if data.strip() else []


def test_what_strangers_wrote_is_text() -> None:
    read = Read(dressed("<b>Hello</b>", "Ben said:\n\n<script>alert(1)</script> & more"))
    assert read.said == ["<b>Hello</b>", "Ben said:", "<script>alert(1)</script> & more"]
    assert not [one for one in read.classes if one.startswith(("script", "b."))]


def test_links_are_live_and_end_before_the_full_stop() -> None:
    read = Read(dressed("Hi", "See https://a.example/x?y=1&z=2.\nOr (http://b.example/): “https://c.example/q”"))
    assert read.links == ["https://a.example/x?y=1&z=2", "http://b.example/", "https://c.example/q"]
    assert Read(dressed("Hi", "javascript:alert(1) ftp://x.example")).links == []


def test_a_code_stands_alone_and_large_and_other_numbers_do_not() -> None:
    read = Read(dressed("Code", "Your code:\n\n048213\n\nIt is good for 10 minutes.\n\n2026 is the year."))
    assert read.classes.count("p.code") == 1
    assert "048213" in read.said


def test_the_foot_is_small() -> None:
    read = Read(dressed("Hi", "One.\n\n-- \nNo more: https://a.example/end"))
    assert read.classes[-4:] == ["p.", "hr.", "p.soft", "a."]


@pytest.mark.django_db
def test_it_leaves_with_both_parts_in_its_language(box: Box) -> None:  # noqa: F811
    EmailMessage("Grüße", "Hallo", None, ["rita@reader.example"], headers={"Content-Language": "de"}).send()
    assert deliver_one(SENDERS)
    read = email.message_from_bytes(box.mails[0].content, policy=policy.default)
    assert isinstance(read, Received)
    plain, html = read.get_body(("plain",)), read.get_body(("html",))
    assert plain is not None
    assert plain.get_content().strip() == "Hallo"
    assert html is not None
    assert '<html lang="de"' in html.get_content()
