"""Advertisements that a build has recognised: proposed once, laid by whom they are named, refused for good."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cast import Cast
from tests.production.advertising.placing import (
    ACME,
    PAGES,
    WHOLE,
    advertise,
    advertised_edition,
    sold,
)
from tests.production.overlays.laying import edition_with_words, words
from tests.production.overlays.test_placing import replaced

from masthead.accounts.errors import NotAllowedError
from masthead.document.overlays import Area
from masthead.library.selectors import Edition
from masthead.production.advertising.proposing import (
    advertisement_refuse,
    found_advertisements,
    refusals_forget,
    refused_count,
)


@pytest.fixture
def edition(cast: Cast, data: Path) -> Edition:
    return advertised_edition(cast, data)


def test_a_box_and_a_whole_page_are_found_with_their_words_and_links(edition: Edition) -> None:
    box, page = found_advertisements(edition, ["Acme", "Nord", "Nordhaven", "Nobody"])
    assert (box.page, box.is_whole, box.advertiser) == (2, False, "Acme")
    assert box.words == "Acme lamps shine all summer order now"
    assert box.addresses == (ACME, "mailto:lamps@acme.example")
    assert box.area.x == pytest.approx(50 / 400 - 0.004)
    assert box.area.bottom == pytest.approx(324 / 500 + 0.004)
    assert (page.page, page.area, page.advertiser) == (3, WHOLE, "Nordhaven"), "a folio does not make a page less whole"


def test_pictures_among_the_words_belong_to_it(cast: Cast, data: Path) -> None:
    rows = {
        1: [words("A story"), sold("Acme lamps", top=300, group="g1"), sold("Other", top=450, name="b3", group="g2")]
    }
    made = edition_with_words(cast, data, "No. 5", {**PAGES, **rows})
    assert made.build is not None
    file = data / made.build.folder / "pages/1.json"
    figures = [{"id": "f1", "box": [40, 290, 390, 330]}, {"id": "f2", "box": [0, 0, 400, 100]}]
    file.write_text(json.dumps(json.loads(file.read_text()) | {"figures": figures}))
    first, second = (one.area for one in found_advertisements(made) if one.page == 1)
    assert (first.x, first.right) == (pytest.approx(40 / 400 - 0.004), pytest.approx(390 / 400 + 0.004))
    assert second.y > first.bottom, "each box by itself"


def test_what_is_laid_is_not_proposed(cast: Cast, edition: Edition) -> None:
    advertise(cast.editor, edition, page=3, area=WHOLE)
    advertise(cast.editor, edition, page=2, area=Area(0.0, 0.5, 0.9, 0.3))
    assert found_advertisements(edition) == []


def test_what_was_refused_is_not_proposed_again_also_of_another_pdf(cast: Cast, data: Path, edition: Edition) -> None:
    box, page = found_advertisements(edition)
    advertisement_refuse(by=cast.editor, edition=edition, found=box)
    assert found_advertisements(edition) == [page]
    new = replaced(edition, data, {1: PAGES[2], 2: PAGES[1], 3: PAGES[3]})
    assert [one.page for one in found_advertisements(new)] == [3], "known by its words on another page"
    assert refused_count(new) == 1
    refusals_forget(by=cast.editor, edition=new)
    assert [one.page for one in found_advertisements(new)] == [1, 3]
    for person in (cast.shop, cast.outsider):
        with pytest.raises(NotAllowedError):
            advertisement_refuse(by=person, edition=edition, found=box)
        with pytest.raises(NotAllowedError):
            refusals_forget(by=person, edition=edition)
