"""Advertisements on pages: what they keep, that no reader is sent them, and how they follow another PDF."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cast import Cast, signed_in
from tests.production.advertising.placing import (
    ACME,
    BESIDE,
    PAGES,
    WHOLE,
    advertise,
    advertised_edition,
    put_links,
)
from tests.production.overlays.laying import lay
from tests.production.overlays.test_placing import replaced

from masthead.accounts.errors import NotAllowedError
from masthead.document.overlays import NOTHING, Area
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish
from masthead.production.advertising.selectors import (
    advertisement_rows,
    advertisements_of,
    advertiser_names,
    known_advertisers,
)
from masthead.production.links.found import FoundLink
from masthead.production.links.services import link_lead, link_off
from masthead.production.overlays.errors import OverlayAdvertiserError, OverlayTitleError
from masthead.production.overlays.placing import Words
from masthead.production.overlays.selectors import Overlay, laid_of, overlay_get
from masthead.production.overlays.services import overlay_change, overlay_move, step_back


@pytest.fixture
def edition(cast: Cast, data: Path) -> Edition:
    return advertised_edition(cast, data)


def leads(row: Overlay) -> list[str]:
    (found,) = advertisements_of(advertisement_rows([row.edition]).filter(pk=row.pk))
    return [lead.to for lead in found.leads]


def test_it_keeps_whose_it_is_and_the_links_in_its_area(cast: Cast, edition: Edition) -> None:
    made = advertise(cast.editor, edition, advertiser="  Acme   Lamps ")
    assert made.particulars == {
        "advertiser": "Acme Lamps",
        "booking": "A-17",
        "note": "pays late",
        "links": [["web", ACME, "acme.example"]],
    }
    overlay_move(by=cast.editor, overlay=made, page=1, area=WHOLE)
    assert leads(made) == [ACME, BESIDE]
    said = {"advertiser": "Beta", "booking": "", "note": ""}
    made.refresh_from_db()
    overlay_change(by=cast.editor, overlay=made, page=1, area=WHOLE, title="Another", said=said)
    assert leads(made) == [ACME, BESIDE], "the links stay where only words changed"
    step_back(by=cast.editor, edition=edition)
    step_back(by=cast.editor, edition=edition)
    assert leads(made) == [ACME], "a step back brings the links of the old area back"


def test_somebody_must_be_named_and_only_editors_lay_it(cast: Cast, edition: Edition) -> None:
    with pytest.raises(OverlayAdvertiserError) as refused:
        advertise(cast.editor, edition, advertiser=" ")
    assert refused.value.field == "advertiser"
    with pytest.raises(OverlayTitleError):
        advertise(cast.editor, edition, title="")
    for person in (cast.shop, cast.outsider, cast.reader):
        with pytest.raises(NotAllowedError):
            advertise(person, edition)


def test_no_reader_is_sent_it(cast: Cast, edition: Edition) -> None:
    edition_publish(by=cast.owner, edition=edition)
    advertise(cast.editor, edition)
    current = Edition.objects.select_related("publication__publisher", "build").get(pk=edition.pk)
    assert laid_of(current) is NOTHING, "readers need not ask for what is nothing to them"
    assert laid_of(current) is NOTHING, "also the second time, from memory"
    lay(cast, current, page=1)
    visitor = signed_in(None)
    for path in ("page/1", "overlays.json", "articles", ""):
        said = visitor.get(f"/fathom/no-1/{path}").content
        for secret in (b"Acme", b"A-17", b"pays late", b"Summer lamps"):
            assert secret not in said, (path, secret)
    told = visitor.get("/fathom/no-1/overlays.json").json()
    assert [one["kind"] for one in told["overlays"]] == ["link"]


def test_what_lies_inside_belongs_to_it_and_changed_links_lead_where_they_lead_now(
    cast: Cast, edition: Edition
) -> None:
    made = advertise(cast.editor, edition)
    inside = Area(0.2, 0.7, 0.2, 0.1)
    lay(cast, edition, page=1, area=inside, address="https://film.example/")
    lay(cast, edition, page=1, area=Area(0.2, 0.1, 0.2, 0.1), address="https://above.example/")
    lay(cast, edition, page=2, area=inside, address="https://other-page.example/")
    assert leads(made) == [ACME, "https://film.example/"]
    found = FoundLink(1, "web", ACME, "acme.example")
    link_lead(by=cast.editor, edition=edition, link=found, to="https://acme.example/new")
    assert leads(made) == ["https://acme.example/new", "https://film.example/"]
    link_off(by=cast.editor, edition=edition, link=found)
    assert leads(made) == ["", "https://film.example/"]


def test_only_links_out_of_the_edition_are_its_links(cast: Cast, edition: Edition) -> None:
    made = advertise(cast.editor, edition, page=2)
    assert leads(made) == [ACME, "mailto:lamps@acme.example"]


def test_in_another_pdf_it_has_the_links_that_stand_there(cast: Cast, data: Path, edition: Edition) -> None:
    made = advertise(cast.editor, edition, page=2, area=Area(0.1, 0.55, 0.8, 0.15))
    assert "Acme lamps" in made.anchor["exact"]
    new = replaced(edition, data, {1: PAGES[1], 2: PAGES[1], 3: PAGES[2]})
    moved = overlay_get(new, made.pk)
    assert (moved.page, moved.is_lost) == (3, False)
    assert moved.particulars["links"] == [], "the new pages have none yet"
    assert new.build is not None
    put_links(data / new.build.folder, {3: [("web", "https://acme.example/autumn", "", [60, 305, 90, 315])]})
    area = Area(moved.x, moved.y, moved.width, moved.height)
    overlay_move(by=cast.editor, overlay=moved, page=3, area=Area(area.x, area.y, area.width, area.height + 0.01))
    assert leads(moved) == ["https://acme.example/autumn"]
    gone = replaced(new, data, {1: PAGES[1], 2: PAGES[1], 3: PAGES[1]}, "third")
    assert overlay_get(gone, made.pk).is_lost
    assert leads(made) == []
    assert Words(data / new.build.folder, 3).page(3)[0].startswith("Elsewhere")


def test_advertisers_are_known_by_name_however_it_is_written(cast: Cast, data: Path, edition: Edition) -> None:
    advertise(cast.editor, edition, advertiser="ACME")
    advertise(cast.editor, edition, page=2, advertiser="Beta")
    other = advertised_edition(cast, data, "No. 2")
    advertise(cast.editor, other, advertiser="Acme")
    assert known_advertisers(edition) == ["Acme", "Beta"], "each once, as it was written last"
    assert advertiser_names(Edition.objects.filter(pk=edition.pk)) == ["ACME", "Beta"]
