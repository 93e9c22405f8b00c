"""An overlay follows the words under it into another PDF; what is lost is hidden from readers and told to staff."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.cast import Cast
from tests.editions import write_edition
from tests.production.overlays.laying import PAGES, edition_with_words, lay, words

from masthead.document.overlays import Area, OverlayKind
from masthead.edition.folder import read_edition
from masthead.library.selectors import Edition
from masthead.library.services import build_add
from masthead.production.overlays.replacing import moves_to, overlays_move
from masthead.production.overlays.selectors import laid_of, overlay_list
from masthead.production.overlays.services import overlay_move
from masthead.production.rebuilding import build_of, edition_roll_back

# "Order the lantern under number 4711" stands in the first line: 50 to 225 points across, 60 to 70 down.
OVER = Area(45 / 400, 58 / 500, 190 / 400, 14 / 500)


@pytest.fixture
def edition(cast: Cast, data: Path) -> Edition:
    return edition_with_words(cast, data)


def replaced(edition: Edition, data: Path, pages: dict[int, Any], name: str = "new") -> Edition:
    """Another build with other words takes the place of the current one, as a conversion does it."""
    folder = f"editions/{edition.pk}/{name}"
    write_edition(data / folder, len(pages), blocks=pages)
    made = read_edition(data / folder)
    moves = moves_to(edition, folder, made.page_count)
    build_add(edition_id=edition.pk, build_id=made.build, folder=folder, pages=made.page_count, failures=0, version="0")
    overlays_move(edition_id=edition.pk, moves=moves)
    return Edition.objects.select_related("publication__publisher", "build").get(pk=edition.pk)


def test_the_words_under_it_are_kept(cast: Cast, edition: Edition) -> None:
    anchor = lay(cast, edition, page=3, area=OVER).anchor
    assert anchor["exact"] == "Order the lantern under number 4711"
    assert anchor["suffix"].startswith(" from the chandlery")
    assert lay(cast, edition, page=3, area=Area(0.1, 0.8, 0.2, 0.1)).anchor == {}


def test_it_moves_with_its_words_to_another_page(cast: Cast, data: Path, edition: Edition) -> None:
    lay(cast, edition, page=3, area=OVER)
    pages = {1: PAGES[1], 2: [words("An advertisement for rope and tar stands here now.")], 3: PAGES[2]}
    pages[4] = [words("Order the lantern under number 4711", "from the chandlery on the quay.", top=260)]
    new = replaced(edition, data, pages)
    (moved,) = overlay_list(new)
    assert (moved.page, moved.is_lost) == (4, False)
    assert moved.y == pytest.approx(258 / 500, abs=0.002)
    assert moved.x == pytest.approx(OVER.x, abs=0.002)
    assert moved.width == pytest.approx(OVER.width, abs=0.002)


def test_words_that_were_corrected_a_little_are_found(cast: Cast, data: Path, edition: Edition) -> None:
    lay(cast, edition, page=3, area=OVER)
    pages = {**PAGES, 2: [words("Please order the lanterns under number 4711", "from the chandlery on the quay.")]}
    new = replaced(edition, data, {1: pages[1], 2: pages[2]})
    (moved,) = overlay_list(new)
    assert (moved.page, moved.is_lost) == (2, False)


def test_what_is_lost_is_not_shown_until_staff_puts_it_somewhere(cast: Cast, data: Path, edition: Edition) -> None:
    made = lay(cast, edition, page=3, area=OVER)
    stays = lay(cast, edition, page=2, area=Area(0.1, 0.8, 0.2, 0.1))
    new = replaced(edition, data, {1: PAGES[1], 2: PAGES[2]})
    assert {one.pk: one.is_lost for one in overlay_list(new)} == {made.pk: True, stays.pk: False}
    assert [one.id for one in laid_of(new).overlays] == [stays.pk]
    overlay_move(by=cast.editor, overlay=made, page=1, area=OVER)
    again = Edition.objects.select_related("publication__publisher", "build").get(pk=edition.pk)
    assert {one.id for one in laid_of(again).overlays} == {made.pk, stays.pk}


def test_a_build_chosen_again_has_them_where_they_were(cast: Cast, data: Path, edition: Edition) -> None:
    lay(cast, edition, page=3, area=OVER)
    old = build_of(edition, str(edition.build_id))
    new = replaced(edition, data, {1: PAGES[3], 2: PAGES[1]})
    assert overlay_list(new)[0].page == 1
    edition_roll_back(by=cast.owner, edition=new, build=old)
    (back,) = overlay_list(edition)
    assert (back.page, back.is_lost) == (3, False)
    assert back.x == pytest.approx(OVER.x, abs=0.002)


def test_a_link_to_a_page_leads_to_the_same_page(cast: Cast, data: Path, edition: Edition) -> None:
    lay(cast, edition, OverlayKind.PAGE, page=1, area=Area(0.1, 0.8, 0.2, 0.1), target="3")
    new = replaced(edition, data, {1: PAGES[1], 2: [words("An advertisement")], 3: PAGES[2], 4: PAGES[3]})
    assert overlay_list(new)[0].particulars["target"] == 4
    short = replaced(new, data, {1: PAGES[1], 2: PAGES[2]}, "short")
    assert overlay_list(short)[0].particulars["target"] == 2, "to no page that is not there"


def test_a_short_quote_needs_its_neighbours(cast: Cast, data: Path, edition: Edition) -> None:
    lay(cast, edition, page=3, area=Area(200 / 400, 58 / 500, 25 / 400, 14 / 500))
    assert overlay_list(edition)[0].anchor["exact"] == "4711"
    new = replaced(edition, data, {1: PAGES[1], 2: [words("Rooms 4711 to 4800 are upstairs.")]})
    assert overlay_list(new)[0].is_lost
