"""Fills an empty house with the sample issue, converted as any PDF is; run on its own before the server."""

from __future__ import annotations

import threading
from datetime import date

from tests.journeys.stocking import OWNER, PASSWORD, ROOT, run, some_pages

SAMPLE = ROOT / "build/sample-issue.pdf"
PAGES = (*range(1, 11), 18)  # of the sample: with contents, articles, and drawings without a description


def seed() -> None:
    """One publication with one edition that is live."""
    from django.conf import settings
    from django.utils import timezone

    from masthead.accounts.selectors import Publisher
    from masthead.accounts.services import house_set_up
    from masthead.library.services import edition_create, edition_publish, publication_create
    from masthead.production.claiming import claim
    from masthead.production.conversion import convert
    from masthead.production.services import conversion_start, upload_store

    owner = house_set_up(house="Harbour Press", name="Olga Brandt", email=OWNER, password=PASSWORD)
    fathom = publication_create(by=owner, publisher=Publisher.objects.get(), name="Fathom")
    edition = edition_create(by=owner, publication=fathom, label="No. 12", date=date(2026, 11, 1))
    issue = some_pages(SAMPLE, PAGES, settings.MASTHEAD.data.parent / SAMPLE.name)
    with issue.open("rb") as stream:
        upload = upload_store(by=owner, edition=edition, stream=stream, name=SAMPLE.name)
    conversion_start(by=owner, edition=edition, upload=upload)
    waiting = claim("seeding", timezone.now())
    assert waiting is not None
    convert(waiting, "seeding", threading.Event())
    edition.refresh_from_db()
    edition_publish(by=owner, edition=edition)


if __name__ == "__main__":
    run(seed)
