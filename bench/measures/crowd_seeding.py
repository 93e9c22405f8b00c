"""Fills a house for the crowd: an open edition, one for subscribers, readers who are signed in and some who will be."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[2]
PASSWORD = "lantern over water"


def seed() -> None:
    """Print the paths of both editions, cookies of those who are signed in, addresses of those who are not yet."""
    from tests.journeys.stocking import EDITION, edition_of, owner_made

    from masthead.access.setting_terms import terms_set
    from masthead.access.subscribing import subscription_create
    from masthead.accounts.selectors import Publisher
    from masthead.library.services import edition_publish, publication_create

    signed, waiting = int(sys.argv[1]), int(sys.argv[2])
    owner = owner_made()
    house = Publisher.objects.get()
    fathom = publication_create(by=owner, publisher=house, name="Fathom")
    homes = []
    for label in ("Open", "Ours"):
        made = edition_of(EDITION, by=owner, publication=fathom, label=label, day=date(2026, 11, 1))
        made = edition_publish(by=owner, edition=made)
        homes.append(f"/fathom/{made.slug}/")
    terms_set(by=owner, of=made, parts={"ways": {"ways": ["subscription"]}}, password="")
    club = subscription_create(by=owner, publisher=house, name="Club", kind="club")
    pages = made.build.pages
    print(json.dumps({"homes": homes, "pages": pages, "sessions": _signed_in(club, signed), "emails": _users(waiting)}))


def _users(number: int, name: str = "waiting") -> list[str]:
    from allauth.account.models import EmailAddress
    from django.contrib.auth.hashers import make_password

    from masthead.accounts.selectors import User

    kept = make_password(PASSWORD)  # one is enough: what checking costs is the same
    made = [User(email=f"{name}-{at}@reader.example", password=kept) for at in range(number)]
    User.objects.bulk_create(made, batch_size=500)
    rows = [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in made]
    EmailAddress.objects.bulk_create(rows, batch_size=500)
    return [user.email for user in made]


def _signed_in(club: object, number: int) -> list[str]:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from masthead.accounts.selectors import User

    emails = _users(number, "signed-in")
    users = list(User.objects.filter(email__in=emails))
    period = type(club).periods.rel.related_model
    period.objects.bulk_create(
        [period(subscription=club, user=user, starts=date(2026, 1, 1)) for user in users], batch_size=500
    )
    keys = []
    for user in users:
        store = SessionStore()
        store[SESSION_KEY], store[HASH_SESSION_KEY] = user.pk, user.get_session_auth_hash()
        store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        store.save()
        keys.append(store.session_key)
    return [key for key in keys if key]


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from tests.journeys.stocking import run

    run(seed)
