"""Somebody takes their comments along, and chooses what becomes of them when the account goes."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from tests.cast import signed_in
from tests.comments.commenting import HERE, post, said

from masthead.accounts.selectors import User
from masthead.comments.models import Comment
from masthead.library.selectors import Edition

ERASE = "/account/data"


def test_they_are_in_ones_own_data(live: Edition, ana: User) -> None:
    post(signed_in(ana), "Mine", name="Ana")
    told = json.loads(signed_in(ana).get("/account/data.json").content)
    assert [(row["text"], row["under_the_name"], row["article"]) for row in told["comments"]] == [
        ("Mine", "Ana", "Harbour lights")
    ]


@pytest.mark.parametrize("are_kept", [True, False])
def test_with_the_account_they_go_or_stay_as_a_former_readers(
    live: Edition, ana: User, ben: User, are_kept: bool
) -> None:
    post(signed_in(ana), "Mine alone", HERE, name="Anabella")
    post(signed_in(ana), "Mine with an answer", HERE, name="Anabella")
    first = Comment.objects.get(text="Mine with an answer")
    post(signed_in(ben), "An answer", HERE, name="Ben", answers=first.pk)
    assert "Leave my 2 comments" in said(signed_in(ana), ERASE)
    sent = {"email": ana.email, **({"keep_comments": "1"} if are_kept else {})}
    assert signed_in(ana).post(ERASE, sent).status_code == 303
    assert not User.objects.filter(email="ana@reader.example").exists()
    page = said(Client(), HERE)
    assert "Anabella" not in page
    assert "An answer" in page
    assert ("Mine alone" in page) is are_kept
    assert ("Mine with an answer" in page) is are_kept
    assert ("A former reader" in page) is are_kept
    assert "Anabella" not in str(list(Comment.objects.values()))


def test_an_account_that_goes_in_any_other_way_leaves_no_name(live: Edition, ana: User) -> None:
    post(signed_in(ana), "Mine", HERE, name="Anabella")
    ana.delete()
    assert "Anabella" not in said(Client(), HERE)
