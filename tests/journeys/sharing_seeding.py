"""A house with one edition that is live and one that is not."""

from datetime import date

from tests.journeys.stocking import EDITION, edition_of, owner_made, run


def seed() -> None:
    """Two editions of the sample issue."""
    from masthead.accounts.selectors import Publisher
    from masthead.library.services import edition_publish, publication_create

    owner = owner_made()
    fathom = publication_create(by=owner, publisher=Publisher.objects.get(), name="Fathom")
    first, _ = (
        edition_of(EDITION, by=owner, publication=fathom, label=f"No. {number}", day=date(2026, 3, number))
        for number in (1, 2)
    )
    edition_publish(by=owner, edition=first)


if __name__ == "__main__":
    run(seed)
