"""A PDF is really replaced: what lies on its pages and what was changed about its links goes where the words went."""

from __future__ import annotations

from pathlib import Path

from tests.cast import Cast
from tests.production.test_keeping import live, replaced, work_off

from masthead.document.overlays import Area, OverlayKind
from masthead.library.selectors import Edition
from masthead.production.keeping import edition_delete, remove_deleted
from masthead.production.models import OverlayFile
from masthead.production.overlays import files
from masthead.production.overlays.placing import Words
from masthead.production.overlays.selectors import laid_of, overlay_list
from masthead.production.overlays.services import overlay_create, words_of


def fresh(edition: Edition) -> Edition:
    return Edition.objects.select_related("publication__publisher", "build").get(pk=edition.pk)


def over_words(words: Words, page: int) -> Area:
    """The first words of a page."""
    first = words.page(page)[1][0].area
    return Area(max(0, first.x - 0.01), max(0, first.y - 0.005), min(0.5, 0.98 - first.x), first.height + 0.01)


def test_a_conversion_takes_them_along(cast: Cast, data: Path, tmp_path: Path) -> None:
    edition = fresh(live(cast, tmp_path, pages=2))
    words = words_of(edition)
    assert words is not None
    area = over_words(words, 2)
    said = {"address": "https://fathom.example/"}
    made = overlay_create(
        by=cast.editor, edition=edition, kind=OverlayKind.LINK, page=2, area=area, title="More", said=said
    )
    assert made.anchor["exact"]
    before = fresh(edition).laid_version
    replaced(cast, edition, tmp_path, pages=3)
    work_off()
    new = fresh(edition)
    assert new.build_id != edition.build_id
    assert new.laid_version > before, "what was kept of it is old"
    (moved,) = overlay_list(new)
    assert not moved.is_lost
    found = words_of(new)
    assert found is not None
    text = found.page(moved.page)[0]
    assert made.anchor["exact"] in text
    assert [one.id for one in laid_of(new).overlays] == [made.pk]


def test_files_go_with_an_edition_that_is_removed_for_good(cast: Cast, data: Path, tmp_path: Path) -> None:
    from datetime import timedelta

    from django.utils import timezone
    from tests.production.overlays.laying import kept_picture

    edition = fresh(live(cast, tmp_path))
    name = kept_picture(edition)
    assert files.local_file(edition.pk, name) is not None
    edition_delete(by=cast.owner, edition=edition)
    remove_deleted(timezone.now() + timedelta(days=60))
    assert files.local_file(edition.pk, name) is None
    assert not OverlayFile.objects.exists()
