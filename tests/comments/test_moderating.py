"""What moderators see and do: why a comment waits, who reported it, several at once; and what they cannot."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests.api.calling import program
from tests.cast import Cast, signed_in
from tests.comments.commenting import STORY, allow, link_in, one, post, said

from masthead.accounts.rights import Role
from masthead.accounts.selectors import LogEntry, User
from masthead.accounts.services import staff_add, user_create
from masthead.comments.models import Comment, Moderator, Report
from masthead.comments.notices import tell_again
from masthead.library.selectors import Edition
from masthead.library.services import publication_create
from masthead.outbox.models import Message
from masthead.webhooks.services import webhook_create

OFFICE = "/office/houses/harbour-press/comments"


@pytest.fixture(autouse=True)
def letters(settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"  # type: ignore[attr-defined]


def decide(client: Client, deed: str, *rows: Comment) -> int:
    answer = client.post(OFFICE, {"deed": deed, "comment": [row.pk for row in rows]})
    return int(answer.status_code)


def test_where_each_is_checked_first_nobody_sees_one_before_a_moderator_did(
    cast: Cast, live: Edition, ana: User
) -> None:
    allow(cast, live, checked="before")
    post(signed_in(ana), "Wait for me")
    assert "It waits for a moderator" in said(signed_in(ana))
    assert "Wait for me" not in said(Client())
    assert "0" not in said(Client()).split("comments-number")[-1][:4]
    page = said(signed_in(cast.editor), OFFICE)
    assert "Wait for me" in page
    assert "Every comment is checked before it is shown" in page
    assert decide(signed_in(cast.editor), "approve", one()) == 303
    assert "Wait for me" in said(Client())
    assert "Nothing waits" in said(signed_in(cast.editor), OFFICE)


def test_several_are_decided_at_once_and_the_log_has_who_did_it_but_not_what_was_said(
    cast: Cast, live: Edition, ana: User
) -> None:
    allow(cast, live, checked="before")
    for text in ("Alpha words", "Beta words", "Gamma words"):
        post(signed_in(ana), text)
    rows = list(Comment.objects.all())
    assert decide(signed_in(cast.editor), "reject", rows[0], rows[1]) == 303
    assert sorted(Comment.objects.values_list("state", flat=True)) == ["rejected", "rejected", "waiting"]
    entries = LogEntry.objects.filter(action="comment.reject")
    assert {entry.user_name for entry in entries} == {"Emil"}
    assert "words" not in str(list(entries.values()))
    assert "Comment rejected" in said(signed_in(cast.owner), f"{OFFICE}?state=rejected")
    assert signed_in(cast.editor).post(OFFICE, {"deed": "approve"}).status_code == 422


def test_a_decision_can_be_taken_back(cast: Cast, live: Edition, ana: User) -> None:
    post(signed_in(ana), "Hello")
    editor = signed_in(cast.editor)
    answer = editor.post(f"{OFFICE}?state=all", {"deed": "reject", "comment": one().pk})
    assert answer.status_code == 303
    assert "Hello" not in said(Client())
    editor.post(f"{OFFICE}?state=rejected", {"deed": "approve", "comment": one().pk})
    assert "Hello" in said(Client())


@pytest.mark.parametrize(
    ("word", "text", "is_held"),
    [
        ("Crème", "a creme brulee", True),
        ("ass", "a class act", False),
        ("buy now", "Please  BUY\nNOW here", True),
        ("سيئ", "كلام سيئ جدا", True),
        ("a+b", "that is a+b indeed", True),
    ],
)
def test_words_hold_a_comment_however_they_are_written(
    cast: Cast, live: Edition, ana: User, word: str, text: str, is_held: bool
) -> None:
    answer = signed_in(cast.editor).post(f"{OFFICE}/rules", {"deed": "words", "words": f"{word}\n\nother"})
    assert answer.status_code == 303
    post(signed_in(ana), text)
    assert one().state == ("waiting" if is_held else "shown")
    if is_held:
        assert "Held word" in said(signed_in(cast.editor), OFFICE)


def test_many_links_hold_a_comment(live: Edition, ana: User) -> None:
    post(signed_in(ana), " ".join(f"https://example.org/{number}" for number in range(3)))
    assert one().why == [["links", "3"]]
    assert one().state == "waiting"


def test_words_that_come_with_a_change_hold_it_too(cast: Cast, live: Edition, ana: User) -> None:
    signed_in(cast.editor).post(f"{OFFICE}/rules", {"deed": "words", "words": "forbidden"})
    post(signed_in(ana), "Harmless")
    signed_in(ana).post(STORY, {"deed": "change", "comment": one().pk, "text": "Forbidden"})
    assert one().state == "waiting"
    assert "Forbidden" not in said(Client())


def test_a_reported_comment_stays_and_stands_in_the_queue_with_who_said_why(
    cast: Cast, live: Edition, ana: User, ben: User
) -> None:
    post(signed_in(ana), "Rude words", name="Ana")
    row = one()
    form = said(signed_in(ben), f"{STORY}&report={row.pk}")
    assert form.count('type="radio"') == 5
    assert signed_in(ben).post(STORY, {"deed": "report", "comment": row.pk}).status_code == 422
    sent = {"deed": "report", "comment": row.pk, "reason": "insult", "words": "He means me"}
    for client in (signed_in(ben), signed_in(ben), Client()):
        assert client.post(STORY, sent).status_code == 303
    assert Report.objects.count() == 2
    assert "Rude words" in said(Client())
    page = said(signed_in(cast.editor), OFFICE)
    assert "Insult or hate" in page
    assert "He means me" in page
    assert "Ben" in page
    assert "not signed in" in page
    decide(signed_in(cast.editor), "approve", row)
    assert "Nothing waits" in said(signed_in(cast.editor), OFFICE)


def test_who_is_blocked_writes_no_more_and_can_be_let_in_again(cast: Cast, live: Edition, ana: User) -> None:
    post(signed_in(ana), "Bad", name="Ana")
    editor = signed_in(cast.editor)
    assert editor.post(f"{OFFICE}/{one().pk}/block").status_code == 303
    refused = post(signed_in(ana), "Again", name="Ana")
    assert refused.status_code == 422
    assert "You cannot comment at this publisher any more." in refused.content.decode()
    page = said(editor, f"{OFFICE}/rules")
    assert "Ana" in page
    blocked = page.split('name="blocked" value="')[1].split('"')[0]
    editor.post(f"{OFFICE}/rules", {"deed": "unblock", "blocked": blocked})
    assert post(signed_in(ana), "Again", name="Ana").status_code == 303


def test_staff_comments_under_the_publishers_name_with_a_mark(cast: Cast, live: Edition) -> None:
    assert post(signed_in(cast.editor), "We are here", name="Harbour Press").status_code == 303
    assert "comment-badge" in said(Client())


def test_others_see_no_queue_and_decide_nothing(cast: Cast, live: Edition, ana: User) -> None:
    allow(cast, live, checked="before")
    post(signed_in(ana), "Wait for me")
    row = one()
    for person, status in ((cast.shop, 403), (cast.outsider, 404), (ana, 404), (None, 302)):
        client = signed_in(person)
        for address in (OFFICE, f"{OFFICE}/rules"):
            answer = client.get(address)
            assert answer.status_code == status
            assert b"Wait for me" not in answer.content
        assert decide(client, "approve", row) == status
        assert client.post(f"{OFFICE}/{row.pk}/block").status_code == status
    own = "/office/houses/other-house/comments"
    outsider = signed_in(cast.outsider)
    assert outsider.post(own, {"deed": "approve", "comment": row.pk}).status_code in (403, 422)
    assert one().state == "waiting"


def test_a_moderator_of_one_publication_decides_on_that_alone(cast: Cast, live: Edition, ana: User) -> None:
    allow(cast, live, checked="before")
    post(signed_in(ana), "Wait for me")
    other = publication_create(by=cast.owner, publisher=cast.harbour, name="Pier")
    for name, publication, sees in (("mia", live.publication, True), ("noa", other, False)):
        user = user_create(email=f"{name}@harbour.example", password="lantern over water", name=name)
        staff_add(
            by=cast.owner,
            publisher=cast.harbour,
            user=user,
            role=Role.EDITOR,
            scope="publication",
            scope_id=publication.pk,
        )
        assert ("Wait for me" in said(signed_in(user), OFFICE)) is sees
        assert signed_in(user).get(f"{OFFICE}/rules").status_code == 403
        assert (decide(signed_in(user), "approve", one()) == 303) is sees


def test_programs_are_told_once(cast: Cast, live: Edition, ana: User) -> None:
    webhook_create(
        by=cast.owner, publisher=cast.harbour, name="Desk", address="https://hooks.example/", events=["comment.posted"]
    )
    allow(cast, live, checked="before")
    post(signed_in(ana), "Hello", name="Ana")
    decide(signed_in(cast.editor), "approve", one())
    told = [json.loads(row.body) for row in Message.objects.filter(event="comment.posted")]
    assert len(told) == 1
    comment = told[0]["data"]["comment"]
    assert (comment["name"], comment["text"], comment["state"]) == ("Ana", "Hello", "waiting")
    assert "ana@reader.example" not in json.dumps(told)


def test_who_asked_for_it_is_told_of_an_answer_once_everybody_sees_it_and_can_end_that(
    cast: Cast, live: Edition, ana: User, ben: User
) -> None:
    Moderator.objects.bulk_create(
        Moderator(user=user, publisher=cast.harbour, wants_mail=False) for user in (cast.owner, cast.editor)
    )
    post(signed_in(ana), "First", name="Ana", wants_mail="on")
    first = one()
    allow(cast, live, checked="before")
    post(signed_in(ben), "An answer", name="Ben", answers=first.pk)
    assert not mail.outbox
    decide(signed_in(cast.editor), "approve", Comment.objects.get(text="An answer"))
    assert [letter.to for letter in mail.outbox] == [["ana@reader.example"]]
    letter = mail.outbox[0]
    assert "An answer" in letter.body
    assert "ben@reader.example" not in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = link_in(letter.extra_headers["List-Unsubscribe"].strip("<>"), "/account/comment-mail/")
    assert Client().get(link).status_code == 200
    assert Comment.objects.get(pk=first.pk).wants_mail
    client = Client(enforce_csrf_checks=True)
    pressed = client.post(link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert pressed.status_code == 200
    allow(cast, live)
    post(signed_in(ben), "Another", name="Ben", answers=first.pk)
    assert len(mail.outbox) == 1
    assert Client().post(link[:-2]).status_code in (404, 409)


def test_moderators_hear_of_new_ones_once_an_hour_and_can_end_that(cast: Cast, live: Edition, ana: User) -> None:
    post(signed_in(ana), "One", name="Ana")
    assert sorted(letter.to[0] for letter in mail.outbox) == ["emil@harbour.example", "olga@harbour.example"]
    assert mail.outbox[0].body.startswith("None of them waits for a decision.\n\nhttp")
    post(signed_in(ana), "Two", name="Ana")
    assert len(mail.outbox) == 2
    later = timezone.now() + timedelta(minutes=61)
    assert tell_again(later) == 2
    assert tell_again(later + timedelta(minutes=61)) == 0
    link = link_in(mail.outbox[0].body, "/account/comment-mail/")
    Client().post(link)
    post(signed_in(ana), "Three", name="Ana")
    Comment.objects.filter(text="Three").update(posted_at=later + timedelta(minutes=5))
    assert tell_again(later + timedelta(minutes=122)) == 1
    editor = signed_in(cast.editor)
    assert "checked" in said(editor, f"{OFFICE}/rules") or "checked" in said(signed_in(cast.owner), f"{OFFICE}/rules")


def test_programs_see_the_queue_and_decide(cast: Cast, live: Edition, ana: User, ben: User) -> None:
    allow(cast, live, checked="before")
    post(signed_in(ana), "Wait for me", name="Ana")
    assert mail.outbox[-1].body.startswith("1 of them waits for a decision.\n\nhttp")
    call = program(cast, cast.editor, ["comments:read", "comments:write"])
    told = call("GET", "/api/v1/comments").json()["items"]
    assert [(one["text"], one["state"], one["why"]) for one in told] == [("Wait for me", "waiting", [["first", ""]])]
    assert "reader.example" not in json.dumps(told)
    address = f"/api/v1/comments/{told[0]['id']}"
    assert call("PATCH", address, {"state": "shown"}).json()["state"] == "shown"
    assert "Wait for me" in said(Client())
    signed_in(ben).post(STORY, {"deed": "report", "comment": one().pk, "reason": "other", "words": "Why?"})
    reported = call("GET", "/api/v1/comments").json()["items"]
    assert [report["words"] for report in reported[0]["reports"]] == ["Why?"]
    assert call("PATCH", address, {"state": "rejected"}).json()["reports"] == []
    assert "Wait for me" not in said(Client())
    reads = program(cast, cast.editor, ["comments:read"])
    assert reads("PATCH", address, {"state": "shown"}).status_code == 403
    assert signed_in(cast.shop).get(OFFICE).status_code == 403


def test_programs_hold_words_and_block_people(cast: Cast, live: Edition, ana: User) -> None:
    allow(cast, live)
    call = program(cast, cast.editor, ["comments:write"])
    assert call("PUT", "held_words", {"words": ["Spam", "spam", "Échelle"]}).json() == {"words": ["echelle", "spam"]}
    assert call("GET", "held_words").json()["words"] == ["echelle", "spam"]
    post(signed_in(ana), "No SPAM here", name="Ana")
    (held,) = call("GET", "comments?words=spam").json()["items"]
    assert held["why"] == [["word", "spam"]]
    assert call("GET", "comments?words=lamp").json()["items"] == []
    assert call("POST", "blocked_people", {"comment": held["id"]}).json() == {"is_blocked": True}
    (blocked,) = call("GET", "blocked_people").json()["items"]
    assert blocked["name"] == "Ana"
    post(signed_in(ana), "Once more", name="Ana")
    assert Comment.objects.count() == 1
    assert call("DELETE", f"blocked_people/{blocked['id']}").status_code == 204
    post(signed_in(ana), "Once more", name="Ana")
    assert Comment.objects.count() == 2
    assert call("POST", "blocked_people", {"comment": "nobody"}).status_code == 404
    reads = program(cast, cast.editor, ["comments:read"])
    assert reads("PUT", "held_words", {"words": []}).status_code == 403


def test_the_bar_leads_whoever_edits_one_publication_to_its_comments(cast: Cast, live: Edition) -> None:
    only = user_create(email="one@harbour.example", password="a long way to the harbour", name="One")
    scope = {"scope": "publication", "scope_id": cast.fathom.pk}
    for role, is_shown in ((Role.REPORTS, False), (Role.EDITOR, True)):
        staff_add(by=cast.owner, publisher=cast.harbour, user=only, role=role, **scope)
        page = said(signed_in(only), "/office/houses/harbour-press/")
        assert (f'href="{OFFICE}"' in page) is is_shown, role
    assert f'href="{OFFICE}"' not in said(signed_in(cast.shop), "/office/houses/harbour-press/")
