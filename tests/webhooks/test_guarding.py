"""Nothing inside of the operator's network can be reached by a webhook, by whatever name."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast

from masthead.outbox.delivering import deliver_one
from masthead.webhooks import sending
from masthead.webhooks.errors import WebhookAddressError
from masthead.webhooks.guarding import place_of, resolved
from masthead.webhooks.selectors import Webhook, delivery_list
from masthead.webhooks.services import webhook_create, webhook_test

INSIDE = ["127.0.0.1", "169.254.169.254", "::1", "::ffff:169.254.169.254"]  # all others stand in tests/calling


def answering(monkeypatch: pytest.MonkeyPatch, *numbers: str) -> None:
    """Let every name lead to these network addresses."""
    told = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443)) for number in numbers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: told)


@pytest.mark.parametrize("number", INSIDE)
def test_a_name_that_leads_inside_is_refused(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, number)
    with pytest.raises(WebhookAddressError):
        resolved(place_of("https://innocent.example/hook"))
    answering(monkeypatch, "93.184.215.14", number)  # nor when another of its addresses is public
    with pytest.raises(WebhookAddressError):
        resolved(place_of("https://innocent.example/hook"))
    written = f"[{number}]" if ":" in number else number
    with pytest.raises(WebhookAddressError):
        place_of(f"https://{written}/hook")


@pytest.mark.parametrize(
    "address",
    [
        *("http://example.org/", "ftp://example.org/", "https://", "https:///path", "//example.org/", "example.org"),
        *(
            "https://user:secret@example.org/",
            "https://example.org/#part",
            "https://exa mple.org/",
            "file:///etc/passwd",
        ),
        *("https://example.org/\r\nHost: other", "https://example.org:99999/", "https://[::1/", "https://" + "a" * 600),
    ],
)
def test_what_cannot_be_a_receiver_is_refused_at_once(address: str) -> None:
    with pytest.raises(WebhookAddressError):
        place_of(address)


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    for address in (text, f"https://{text}", f"https://example.org/{text}"):
        try:
            place_of(address)
        except WebhookAddressError:
            continue


def test_a_name_that_is_moved_inside_later_is_refused_then(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    webhook = webhook_create(by=cast.owner, publisher=cast.harbour, name="Moved", address="https://moved.example/")
    webhook_test(by=cast.owner, webhook=webhook)
    answering(monkeypatch, "127.0.0.1")
    deliver_one({"webhook": sending.send})
    row = delivery_list(Webhook.objects.get()).get()
    assert (row.problem, row.state) == ("address", "waiting")


def test_an_operator_can_allow_hosts(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"private_hosts": "shop.internal, 10.0.0.7"})
    answering(monkeypatch, "10.0.0.7")
    assert resolved(place_of("http://shop.internal/orders")).numbers == ("10.0.0.7",)
    assert place_of("http://10.0.0.7/").host == "10.0.0.7"
    with pytest.raises(WebhookAddressError):
        resolved(place_of("https://other.internal/"))
