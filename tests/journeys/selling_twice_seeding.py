"""Fills an empty house with a shop in two editions of one publication."""

from __future__ import annotations

from datetime import date

from tests.journeys.stocking import EDITION, edition_of, run


def seed() -> None:
    """No. 7 with all that it sells, and No. 8, which sells the spyglass."""
    from tests.journeys import laying, selling_seeding

    from masthead.document.overlays import Area, OverlayKind
    from masthead.library.selectors import Edition
    from masthead.library.services import edition_publish
    from masthead.production.overlays.services import overlay_create

    owner, first = laying.first_edition()
    selling_seeding.shop(owner, first)
    made = edition_of(EDITION, by=owner, publication=first.publication, label="No. 8", day=date(2026, 11, 20))
    edition_publish(by=owner, edition=made)
    second = Edition.objects.select_related("publication__publisher", "build").get(pk=made.pk)
    overlay_create(
        by=owner,
        edition=second,
        kind=OverlayKind.PRODUCT,
        page=8,
        area=Area(0.3, 0.3, 0.3, 0.3),
        title="Spyglass",
        said={"code": "HB-1130"},
    )


if __name__ == "__main__":
    run(seed)
