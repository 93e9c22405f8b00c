"""Makes readers of the cast's house, with rights of every kind, and editions with terms."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client
from tests.cast import PASSWORD, Cast, ready_edition
from tests.editions import article_entry

from masthead.access.setting_terms import terms_set
from masthead.access.subscribing import Subscription, period_give, subscription_create
from masthead.accounts.selectors import User
from masthead.accounts.services import user_create
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish

STORIES = {
    "a1": '<h2 data-block="p1-b1">Open story</h2><p data-block="p1-b2">Quillfish on page one.</p>',
    "a2": '<h2 data-block="p1-b3">Crossing story</h2><p data-block="p2-b1">Quillfish cross over.</p>',
    "a3": '<h2 data-block="p3-b1">Closed story</h2><p data-block="p3-b2">Quillfish stay below.</p>',
}
ARTICLES = [
    article_entry(1, "Open story"),
    article_entry(2, "Crossing story", pages=[1, 2]),
    article_entry(3, "Closed story"),
]


def reader(name: str) -> User:
    """Somebody whose e-mail address is confirmed."""
    return user_create(email=f"{name}@reader.example", password=PASSWORD, name=name.title(), is_confirmed=True)


def confirm(user: User) -> User:
    """The same user with a confirmed address."""
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def restricted(cast: Cast, data: Path, label: str = "No. 1", *, password: str = "", **said: Any) -> Edition:
    """A live edition with terms: `ways` as a list, and what else `terms_set` takes of them; `free`, `listing`, `sites`.

    It has three pages; of its articles one is on the first, one crosses from there to the second, one is on the third.
    """
    made = ready_edition(cast, data, label, stories=STORIES, articles=ARTICLES, source=b"%PDF-1.7 quillfish")
    edition = edition_publish(by=cast.owner, edition=made)
    set_terms(cast, edition, password=password, **said)
    return Edition.objects.select_related("publication__publisher", "build").get(pk=edition.pk)


def set_terms(cast: Cast, edition: Edition, *, password: str = "", **said: Any) -> None:
    """Other terms of an edition."""
    parts = {name: said.pop(name) for name in ("free", "listing", "sites") if name in said}
    if said:
        parts["ways"] = said
    terms_set(by=cast.owner, of=edition, parts=parts, password=password)


def subscribed(cast: Cast, user: User, first: date, last: date | None, **fields: Any) -> Subscription:
    """Give somebody a period of a subscription to the cast's publication."""
    made = subscription_create(
        by=cast.owner, publisher=cast.harbour, publications=[cast.fathom], **{"name": "Print and web", **fields}
    )
    period_give(by=cast.owner, subscription=made, user=user, starts=first, ends=last)
    return made


def body_of(client: Client, address: str, **more: Any) -> tuple[int, bytes]:
    """Status and body of an answer, whether it streams or not."""
    answer = client.get(address, **more)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    return answer.status_code, body
