"""A house with the sample issue and a reader who has an account."""

from datetime import date

from tests.journeys.stocking import EDITION, PASSWORD, edition_of, owner_made, run


def seed() -> None:
    """One edition that is live; Rita."""
    from masthead.accounts.selectors import Publisher
    from masthead.accounts.services import user_create
    from masthead.library.services import edition_publish, publication_create

    owner = owner_made()
    user_create(email="rita@reader.example", password=PASSWORD, name="Rita")
    fathom = publication_create(by=owner, publisher=Publisher.objects.get(), name="Fathom")
    edition = edition_of(EDITION, by=owner, publication=fathom, label="No. 12", day=date(2026, 11, 1))
    edition_publish(by=owner, edition=edition)


if __name__ == "__main__":
    run(seed)
