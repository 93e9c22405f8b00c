"""Tokens and webhooks in the back office: made, shown once, revoked; told, tested, sent again, paused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.api.calling import Program
from tests.cast import Cast, signed_in

from masthead.accounts.selectors import Token
from masthead.outbox.selectors import Message
from masthead.webhooks.selectors import Webhook
from masthead.webhooks.services import webhook_create
from masthead.webhooks.signing import secret_of

TOKENS = "/office/houses/harbour-press/tokens"
WEBHOOKS = "/office/houses/harbour-press/webhooks"


def secret_in(answer: Any) -> str:
    found = re.search(r"mh_[\w-]{43}", answer.content.decode())
    return found[0] if found else ""


def test_a_token_is_made_shown_once_used_and_revoked(cast: Cast) -> None:
    client = signed_in(cast.editor)
    assert b"No tokens yet" in client.get(TOKENS).content
    made = client.post(TOKENS, {"name": "Newsroom", "preset": "read", "days": "30"})
    assert made["Cache-Control"] == "private, no-store"
    secret = secret_in(made)
    call = Program(secret)
    assert call("GET", "editions").status_code == 200
    assert call("POST", "editions", {}).status_code == 422 or call("POST", "editions", {}).status_code == 403
    listed = client.get(TOKENS)
    assert not secret_in(listed)
    assert b"Newsroom" in listed.content
    token = Token.objects.get()
    assert "staff:read" not in token.scopes
    assert b"Newsroom" in signed_in(cast.owner).get(TOKENS).content  # who gives roles sees everybody's
    gone = client.post(f"{TOKENS}/{token.pk}/revoke", follow=True)
    assert "opens nothing any more" in gone.content.decode()
    assert call("GET", "editions").status_code == 401


def test_what_is_wrong_with_a_token_is_said_and_nothing_typed_is_lost(cast: Cast) -> None:
    client = signed_in(cast.owner)
    answer = client.post(TOKENS, {"name": "Newsroom", "preset": "some", "days": "30"})
    assert answer.status_code == 422
    assert b"Tick what it may do." in answer.content
    assert b'value="Newsroom"' in answer.content
    said = {"name": "Mine", "preset": "some", "scopes": ["log:read", "uploads:write"], "days": "0"}
    assert secret_in(client.post(TOKENS, said))
    assert Token.objects.get().scopes == ["uploads:write", "log:read"]
    assert Token.objects.get().expires_at is None
    forged = signed_in(cast.editor).post(TOKENS, {**said, "scopes": ["staff:write"]})
    assert forged.status_code == 422
    assert Token.objects.count() == 1


def test_who_may_not_make_tokens_sees_none(cast: Cast) -> None:
    assert signed_in(cast.shop).get(TOKENS).status_code == 403
    assert TOKENS.encode() not in signed_in(cast.shop).get("/office/houses/harbour-press/").content
    signed_in(cast.owner).post(TOKENS, {"name": "Olga's", "preset": "all", "days": "30"})
    editor = signed_in(cast.editor)
    assert b"Olga" not in editor.get(TOKENS).content
    assert editor.post(f"{TOKENS}/{Token.objects.get().pk}/revoke").status_code == 404


def test_a_webhook_is_made_tested_paused_and_removed(cast: Cast) -> None:
    client = signed_in(cast.owner)
    assert b"No webhooks yet" in client.get(WEBHOOKS).content
    wrong = client.post(WEBHOOKS, {"name": "Shop", "address": "https://127.0.0.1/hook"})
    assert wrong.status_code == 422
    assert b"Nothing can be sent to this address." in wrong.content
    assert b'value="https://127.0.0.1/hook"' in wrong.content
    said = {"name": "Shop", "address": "https://shop.example/hook", "events": ["edition.published"]}
    page = client.post(WEBHOOKS, said, follow=True)
    webhook = Webhook.objects.get()
    home = f"{WEBHOOKS}/{webhook.pk}"
    assert page.redirect_chain[-1][0] == home
    assert secret_of(webhook).encode() in page.content
    assert b"Nothing was told yet." in page.content
    assert b"webhook.test" in client.post(f"{home}/test", follow=True).content
    delivery = Message.objects.get()
    Message.objects.update(state="given_up", attempts=8, status=500, problem="refused", answer="<b>broken</b>")
    shown = client.get(home).content
    assert b"The receiver did not accept it" in shown
    assert b"&lt;b&gt;broken" in shown
    client.post(f"{home}/deliveries/{delivery.pk}/again")
    assert (Message.objects.get().state, Message.objects.get().event_id) == ("waiting", delivery.event_id)
    assert b"Somebody paused it." in client.post(f"{home}/pause", follow=True).content
    assert client.post(f"{home}/deliveries/{delivery.pk}/again").status_code == 409
    client.post(f"{home}/resume")
    before = secret_of(Webhook.objects.get())
    client.post(f"{home}/rotate")
    assert secret_of(Webhook.objects.get()) != before
    changed = client.post(home, {**said, "name": "Store", "events": []}, follow=True)
    assert b"Store" in changed.content
    assert Webhook.objects.get().events == []
    assert client.post(f"{home}/explode").status_code == 404
    client.post(f"{home}/remove")
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("who", ["editor", "shop", "outsider"])
def test_only_owners_see_webhooks(cast: Cast, who: str) -> None:
    webhook = webhook_create(by=cast.owner, publisher=cast.harbour, name="Shop", address="https://shop.example/")
    client = signed_in(cast.people()[who])
    for answer in (
        client.get(WEBHOOKS),
        client.get(f"{WEBHOOKS}/{webhook.pk}"),
        client.post(f"{WEBHOOKS}/{webhook.pk}/remove"),
    ):
        assert answer.status_code == (404 if who == "outsider" else 403)
        assert b"shop.example" not in answer.content
    assert Webhook.objects.exists()
