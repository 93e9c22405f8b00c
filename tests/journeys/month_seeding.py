"""Fills an empty house with an owner and one publication; run in a process of its own before the server."""

from __future__ import annotations

from tests.journeys.stocking import OWNER, PASSWORD, run


def seed() -> None:
    """A trade magazine before its first issue."""

    from masthead.accounts.selectors import Publisher
    from masthead.accounts.services import house_set_up
    from masthead.library.services import publication_create

    owner = house_set_up(house="Harbour Press", name="Olga Brandt", email=OWNER, password=PASSWORD)
    publication_create(by=owner, publisher=Publisher.objects.get(), name="Fathom")


if __name__ == "__main__":
    run(seed)
