"""Fills an empty house with a publication that people have read for months; run in a process of its own."""

from __future__ import annotations

from datetime import date

from tests.journeys.stocking import OWNER, PASSWORD, run

PAGES = 48
STORIES = ("The keepers winter", "Ropes and rigging", "A ferry for the islands", "What the tide left", "Lamp by lamp")


def seed() -> None:
    """Two editions of 48 pages with articles, read for sixty days; a second publication that nobody read."""
    from django.conf import settings
    from tests.editions import article_entry, write_edition
    from tests.statistics.readers import read_editions

    from masthead.accounts.selectors import Publisher
    from masthead.accounts.services import house_set_up
    from masthead.edition.folder import read_edition
    from masthead.library.selectors import Edition
    from masthead.library.services import build_add, edition_create, edition_publish, publication_create

    owner = house_set_up(house="Harbour Press", name="Olga Brandt", email=OWNER, password=PASSWORD)
    harbour = Publisher.objects.get()
    fathom = publication_create(by=owner, publisher=harbour, name="Fathom", issn="0317-8471")
    publication_create(by=owner, publisher=harbour, name="Lighthouse", slug="lighthouse")
    articles = [article_entry(number * 9, title) for number, title in enumerate(STORIES, start=1)]
    live = []
    for label, day in (("No. 4", date(2026, 8, 1)), ("No. 5", date(2026, 11, 1))):
        edition = edition_create(by=owner, publication=fathom, label=label, date=day)
        folder = f"editions/{edition.pk}/made"
        (settings.MASTHEAD.data / folder).parent.mkdir(parents=True)
        stories = {entry["id"]: f"<h2>{entry['title']}</h2>\n<p>They came back.</p>\n" for entry in articles}
        write_edition(settings.MASTHEAD.data / folder, PAGES, articles=articles, stories=stories)
        made = read_edition(settings.MASTHEAD.data / folder)
        facts = {"build_id": made.build, "folder": folder, "pages": made.page_count, "failures": 0, "version": "0"}
        build_add(edition_id=edition.pk, **facts)
        live.append(edition_publish(by=owner, edition=Edition.objects.get(pk=edition.pk)))
    read_editions(live, PAGES, [entry["slug"] for entry in articles], 75, a_day=30)


if __name__ == "__main__":
    run(seed)
