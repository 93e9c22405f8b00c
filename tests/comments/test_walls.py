"""Who may not read sees no comment, no count and no form; whoever may read all of it takes part."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from tests.access.people import reader, restricted
from tests.cast import Cast, signed_in
from tests.comments.commenting import HERE, HOME, allow, post

from masthead.access.subscribing import period_give, subscription_create
from masthead.accounts.selectors import User
from masthead.comments.models import Comment
from masthead.library.selectors import Edition

SECRET = "quillfish opinions"
ARTICLES = ("open-story", "crossing-story", "closed-story")


@pytest.fixture
def walled(cast: Cast, data: Path) -> Edition:
    edition = restricted(cast, data, ways=["subscription"], free="1")
    allow(cast, edition, comments="guests")
    for article in ("", *ARTICLES):
        text = f"{SECRET} {article}."
        Comment.objects.create(edition=edition, article=article, name="Somebody", text=text, state="shown")
    return edition


def subscriber(cast: Cast) -> User:
    from datetime import date

    person = reader("paula")
    own = subscription_create(by=cast.owner, publisher=cast.harbour, name="Ours", kind="club")
    period_give(by=cast.owner, subscription=own, user=person, starts=date(2020, 1, 1), ends=None)
    return person


@pytest.mark.parametrize("who", ["nobody", "reader", "outsider"])
def test_nothing_comes_through(cast: Cast, walled: Edition, who: str) -> None:
    client = signed_in(cast.people()[who])
    closed = [HERE, *(f"{HERE}?article={article}" for article in ARTICLES[1:])]
    for address in [*closed, *(f"{address}{'&' if '?' in address else '?'}part=1" for address in closed)]:
        answer = client.get(address)
        assert answer.status_code in (401, 403), (address, answer.status_code)
        assert SECRET.encode() not in answer.content
        assert b"comments-number" not in answer.content
        assert post(client, "Mine", address, email="g@guest.example").status_code in (401, 403)
    for address in (HOME, f"{HOME}page/1", *(f"{HOME}article/{article}" for article in ARTICLES[1:])):
        assert SECRET.encode() not in client.get(address).content, address
    assert Comment.objects.count() == 4
    assert SECRET.encode() in client.get(f"{HERE}?article=open-story").content
    assert SECRET.encode() in client.get(f"{HOME}article/open-story").content


def test_whoever_may_read_it_all_takes_part(cast: Cast, walled: Edition) -> None:
    client = signed_in(subscriber(cast))
    for address in (HERE, *(f"{HERE}?article={article}" for article in ARTICLES)):
        answer = client.get(address)
        assert SECRET.encode() in answer.content, address
        assert "private" in answer["Cache-Control"]
        assert post(client, f"Mine {address}", address).status_code == 303
    assert b"crossing-story." in client.get(f"{HOME}article/crossing-story").content


def test_a_comment_of_a_closed_article_is_reached_from_no_other(cast: Cast, walled: Edition) -> None:
    hidden = Comment.objects.get(article="closed-story")
    for deed in ("answer", "report", "at"):
        answer = Client().get(f"{HERE}?article=open-story&{deed}={hidden.pk}")
        assert b"closed-story." not in answer.content
    sent = {"deed": "report", "comment": hidden.pk, "reason": "spam"}
    assert Client().post(f"{HERE}?article=open-story", sent).status_code == 422


def test_the_list_under_the_edition_names_only_what_may_be_read(cast: Cast, walled: Edition) -> None:
    page = signed_in(subscriber(cast)).get(HERE).content.decode()
    assert page.count("?article=") >= 3
