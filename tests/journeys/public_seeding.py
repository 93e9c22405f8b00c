"""A house with an archive: three live editions of the sample issue and one that was withdrawn."""

from datetime import date

from tests.journeys.stocking import EDITION, edition_of, owner_made, run


def seed() -> None:
    """Four editions of Fathom; other sites may not frame the third."""
    from masthead.accounts.selectors import Publisher
    from masthead.library.selectors import Edition
    from masthead.library.services import edition_publish, edition_withdraw, publication_create

    owner = owner_made()
    harbour = Publisher.objects.get()
    fathom = publication_create(by=owner, publisher=harbour, name="Fathom", description="Of ships and lamps.")
    for number in range(1, 5):
        day = date(2024 + number // 2, 3, number)
        edition = edition_of(EDITION, by=owner, publication=fathom, label=f"No. {number}", day=day)
        if number == 3:
            Edition.objects.filter(pk=edition.pk).update(overrides={"framing": "no"})
        edition_publish(by=owner, edition=edition)
        if number == 4:
            edition_withdraw(by=owner, edition=edition)


if __name__ == "__main__":
    run(seed)
