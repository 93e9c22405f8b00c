"""Comments as people write them, over HTTP: who may, what comes of it, what others see, and what nobody does."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests.cast import Cast, signed_in
from tests.comments.commenting import HERE, HOME, STORY, allow, link_in, one, post, said

from masthead.accounts.selectors import User
from masthead.comments import pacing
from masthead.comments.models import Comment
from masthead.library.selectors import Edition
from masthead.library.services import edition_withdraw


@pytest.fixture(autouse=True)
def letters(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]


def test_comments_are_off_until_a_publisher_wants_them(cast: Cast, live: Edition, ana: User) -> None:
    allow(cast, live, comments="no")
    assert signed_in(ana).get(STORY).status_code == 404
    assert post(signed_in(ana), "Hello").status_code == 404
    assert "comments" not in said(Client(), f"{HOME}article/harbour-lights")
    assert not Comment.objects.exists()


def test_a_reader_comments_and_everybody_reads_it_where_the_article_stands(live: Edition, ana: User) -> None:
    answer = post(signed_in(ana), "What a <b>lamp</b>!\n\nSee https://example.org/lamp.", name="Ana B.")
    assert answer.status_code == 303
    row = one()
    assert (row.state, row.about, row.article) == ("shown", "Harbour lights", "harbour-lights")
    assert f"#comment-{row.pk}" in answer["Location"]
    for page in (said(Client()), said(Client(), f"{HOME}article/harbour-lights")):
        assert "What a &lt;b&gt;lamp&lt;/b&gt;!" in page
        assert '<a href="https://example.org/lamp" rel="nofollow ugc noopener noreferrer">' in page
        assert "<bdi>Ana B.</bdi>" in page
        assert "ana@reader.example" not in page
    article = said(Client(), f"{HOME}article/harbour-lights")
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', article)
    assert data
    told = json.loads(html.unescape(data[1]))
    found = next(one for one in told["@graph"] if one["@type"] == "Article") if "@graph" in told else told
    assert found["commentCount"] == 1
    assert found["comment"][0]["author"] == {"@type": "Person", "name": "Ana B."}
    assert "What a" not in said(Client(), f"{HOME}article/deep-water")


def test_the_edition_has_comments_of_its_own_and_leads_to_those_of_its_articles(live: Edition, ana: User) -> None:
    post(signed_in(ana), "On the lamp")
    post(signed_in(ana), "On the issue", HERE)
    page = said(Client(), HERE)
    assert "On the issue" in page
    assert "On the lamp" not in page
    assert "?article=harbour-lights" in page
    assert "1 comment" in page
    assert "On the issue" in said(Client(), HOME)
    assert "On the issue" not in said(Client(), f"{HOME}page/2")


def test_an_answer_stands_below_and_says_whom_it_answers(live: Edition, ana: User, ben: User) -> None:
    post(signed_in(ana), "First", name="Ana")
    first = one()
    post(signed_in(ben), "Second", name="Ben", answers=first.pk)
    second = Comment.objects.get(text="Second")
    post(signed_in(ana), "Third", name="Ana", answers=second.pk)
    third = Comment.objects.get(text="Third")
    assert (second.thread_id, third.thread_id, third.answers_id) == (first.pk, first.pk, second.pk)
    page = said(Client())
    assert page.index("First") < page.index("Second") < page.index("Third")
    assert f'In reply to <a href="#comment-{second.pk}"><bdi>Ben</bdi></a>' in page
    form = said(signed_in(ben), f"{STORY}&answer={third.pk}")
    assert f'name="answers" value="{third.pk}"' in form
    other = post(signed_in(ben), "Nowhere", f"{HERE}?article=deep-water", name="Ben", answers=first.pk)
    assert other.status_code == 422


def test_what_cannot_be_kept_is_said_at_its_field_and_nothing_typed_is_lost(live: Edition, ana: User) -> None:
    for typed, field in (
        ({"text": "Good words", "name": "a@b.example"}, "comment-name-mistake"),
        ({"text": "x" * 3001, "name": "Ana"}, "comment-text-mistake"),
        ({"text": "Good words", "name": "Harbour  PRESS"}, "comment-name-mistake"),
        ({"text": "Good words", "name": "\u202e\u200b"}, "comment-name-mistake"),
    ):
        answer = signed_in(ana).post(STORY, {"deed": "write", **typed})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert f'id="{field}"' in page, typed
        assert typed["text"] in page
    assert not Comment.objects.exists()


def test_who_has_not_signed_in_is_led_to_sign_in_and_cannot_write(live: Edition) -> None:
    page = said(Client())
    assert "Sign in to comment" in page
    assert "<textarea" not in page
    assert post(Client(), "Hello", email="g@guest.example").status_code == 422
    assert not Comment.objects.exists()


def test_a_guest_confirms_by_mail_and_only_a_button_does_it(cast: Cast, live: Edition) -> None:
    allow(cast, live, comments="guests")
    guest = Client()
    answer = post(guest, "A secret <i>offer</i> www.buy.example", name="Guest", email="g@guest.example")
    assert answer.status_code == 303
    assert one().state == "unconfirmed"
    assert "offer" not in said(Client())
    letter = mail.outbox[0]
    assert letter.to == ["g@guest.example"]
    assert "offer" not in letter.body
    assert "Guest" not in letter.body + letter.subject
    link = link_in(letter.body, "/comments/confirm/")
    assert "A secret" in said(guest, link)
    assert one().state == "unconfirmed"
    assert guest.post(link).status_code == 200
    assert one().state == "shown"
    assert guest.post(link).status_code == 200
    page = said(guest)
    assert "offer" in page
    assert "g@guest.example" not in page
    assert f"remove={one().pk}" in page  # in the browser in which it was confirmed
    assert f"remove={one().pk}" not in said(Client())
    assert guest.get(link[:-3]).status_code == 410


def test_an_account_with_an_address_that_was_never_confirmed_is_asked_like_a_guest(cast: Cast, live: Edition) -> None:
    post(signed_in(cast.reader), "Hello")
    assert one().state == "unconfirmed"
    link = link_in(mail.outbox[0].body, "/comments/confirm/")
    Client().post(link)
    assert one().state == "shown"
    assert one().author == cast.reader


def test_its_writer_changes_it_for_a_while_and_removes_it_at_any_time(live: Edition, ana: User, ben: User) -> None:
    client = signed_in(ana)
    post(client, "Frist")
    row = one()
    assert 'name="text"' in said(client, f"{STORY}&change={row.pk}")
    changed = client.post(STORY, {"deed": "change", "comment": row.pk, "text": "First"})
    assert changed.status_code == 303
    assert "First" in said(Client())
    assert "changed" in said(Client())
    for deed in ("change", "remove"):
        stolen = signed_in(ben).post(STORY, {"deed": deed, "comment": row.pk, "text": "Mine"})
        assert stolen.status_code == 422
    Comment.objects.update(posted_at=timezone.now() - timedelta(minutes=16))
    assert client.post(STORY, {"deed": "change", "comment": row.pk, "text": "Late"}).status_code == 422
    assert client.post(STORY, {"deed": "remove", "comment": row.pk}).status_code == 303
    assert not Comment.objects.exists()


def test_what_has_answers_leaves_its_place_and_nothing_of_its_writer(live: Edition, ana: User, ben: User) -> None:
    post(signed_in(ana), "Gone soon", name="Ana")
    row = one()
    post(signed_in(ben), "Stays", name="Ben", answers=row.pk)
    signed_in(ana).post(STORY, {"deed": "remove", "comment": row.pk})
    page = said(Client())
    assert "Stays" in page
    assert "This comment was removed." in page
    assert "Ana" not in page
    kept = Comment.objects.get(pk=row.pk)
    assert (kept.text, kept.name, kept.author) == ("", "", None)


def test_a_button_pressed_twice_makes_one_comment_and_many_are_too_many(live: Edition, ana: User) -> None:
    client = signed_in(ana)
    for _ in range(2):
        assert post(client, "Once").status_code == 303
    assert Comment.objects.count() == 1
    for number in range(5):
        assert post(client, f"More {number}").status_code == 303
    refused = post(client, "One more")
    assert refused.status_code == 422
    assert "One more" in refused.content.decode()
    Comment.objects.update(posted_at=timezone.now() - timedelta(minutes=11))
    assert post(client, "One more").status_code == 303


def test_of_a_network_address_only_a_hash_is_kept_and_that_for_a_day(cast: Cast, live: Edition, ana: User) -> None:
    allow(cast, live, comments="guests")
    post(signed_in(ana), "Kept")
    post(Client(), "Never confirmed", name="Guest", email="g@guest.example")
    assert "127.0.0.1" not in str(list(Comment.objects.values()))
    pacing.forget_old(timezone.now() + timedelta(hours=25))
    row = one()
    assert (row.text, row.visitor) == ("Kept", "")


def test_no_comments_where_the_edition_is_not_live(cast: Cast, live: Edition, ana: User) -> None:
    post(signed_in(ana), "Hello")
    edition_withdraw(by=cast.owner, edition=live)
    assert signed_in(ana).get(STORY).status_code == 410
    assert post(signed_in(ana), "Again").status_code == 410
    assert "Hello" not in signed_in(cast.editor).get(f"{HOME}article/harbour-lights").content.decode()


def test_the_reader_gets_a_part_and_answers_to_what_it_sends(live: Edition, ana: User) -> None:
    part = said(signed_in(ana), f"{STORY}&part=1")
    assert part.lstrip().startswith("<section")
    assert "csrfmiddlewaretoken" in part
    sent = post(signed_in(ana), "From the reader", f"{STORY}&part=1")
    assert sent.status_code == 200
    assert "From the reader" in sent.content.decode()
    assert 'role="status"' in sent.content.decode()


def test_a_form_of_another_site_writes_nothing(live: Edition, ana: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert post(client, "Forged").status_code == 403
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "query", ["page=x", "page=999999", "answer=none", "report=%00", "article=none", "at=zzz", "change=1"]
)
def test_what_makes_no_sense_harms_nothing(live: Edition, ana: User, query: str) -> None:
    post(signed_in(ana), "Here")
    assert signed_in(ana).get(f"{HERE}?{query}").status_code in (200, 404, 422)


def test_threads_come_in_pages_and_a_link_leads_to_the_right_one(live: Edition, ana: User) -> None:
    now = timezone.now()
    rows = [
        Comment(
            edition=live,
            article="harbour-lights",
            author=ana,
            name="Ana",
            text=f"Number {number}.",
            state="shown",
            posted_at=now - timedelta(minutes=number),
        )
        for number in range(45)
    ]
    Comment.objects.bulk_create(rows)
    first = said(Client())
    assert "Number 0." in first
    assert "Number 44." not in first
    assert "Number 44." in said(Client(), f"{STORY}&page=2")
    assert "Number 44." in said(Client(), f"{STORY}&at={rows[44].pk}")
