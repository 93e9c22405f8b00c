"""Fills an empty house with an owner and one publication; run in a process of its own before the server."""

from __future__ import annotations

import os
import sys

from tests.journeys.seeding import OWNER, PASSWORD, ROOT


def seed() -> None:
    """A trade magazine before its first issue."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from masthead.accounts.selectors import Publisher
    from masthead.accounts.services import house_set_up
    from masthead.library.services import publication_create

    owner = house_set_up(house="Harbour Press", name="Olga Brandt", email=OWNER, password=PASSWORD)
    publication_create(by=owner, publisher=Publisher.objects.get(), name="Fathom")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "masthead.config.house_settings"
    import django

    django.setup()
    seed()
