"""Found links: switched off and corrected for an edition, kept when the PDF is replaced, asked in rounds."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast, signed_in
from tests.production.overlays.laying import edition_with_words, lay, words
from tests.production.overlays.test_placing import replaced

from masthead.accounts.errors import NotAllowedError
from masthead.document.overlays import OverlayKind as K
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish
from masthead.production.links import checking
from masthead.production.links.asking import Answer
from masthead.production.links.found import FoundLink, found_links, links_of_folder
from masthead.production.links.services import link_lead, link_off, link_restore, links_follow
from masthead.production.models import LinkChange, LinkCheck
from masthead.production.overlays.errors import OverlayAddressError, OverlayPageError
from masthead.production.overlays.selectors import laid_of

SHOP = FoundLink(1, "web", "https://shop.example/", "our shop")
PAGE = FoundLink(2, "page", "3", "page 3")
TEXT = '<p>See <a href="https://shop.example/">our shop</a> or <a href="page:3">page 3</a>.</p>'


def with_links(folder: Path, links: dict[int, list[FoundLink]]) -> None:
    """Put links into page files, each over two lines."""
    for number, rows in links.items():
        file = folder / f"pages/{number}.json"
        page = json.loads(file.read_text())
        row = [{"box": [1, 1, 9, 9], "kind": one.kind, "target": one.target, "text": one.text} for one in rows]
        file.write_text(json.dumps({**page, "links": row + row}))
        (folder / f"text/{number}.html").write_text(TEXT)


@pytest.fixture
def edition(cast: Cast, data: Path) -> Edition:
    made = edition_with_words(cast, data)
    assert made.build is not None
    with_links(
        data / made.build.folder, {1: [SHOP], 2: [PAGE, FoundLink(2, "mail", "mailto:a@b.example", "a@b.example")]}
    )
    return Edition.objects.select_related("publication__publisher", "build").get(pk=made.pk)


def page(cast: Cast, number: int) -> str:
    return signed_in(cast.owner).get(f"/fathom/no-1/page/{number}").content.decode()


def test_each_link_is_found_once(edition: Edition) -> None:
    assert [link.target for link in found_links(edition)] == ["https://shop.example/", "3", "mailto:a@b.example"]


def test_a_link_is_switched_off_corrected_and_restored_for_readers(cast: Cast, edition: Edition) -> None:
    assert '<a href="https://shop.example/">our shop</a>' in page(cast, 1)
    link_off(by=cast.editor, edition=edition, link=SHOP)
    assert "See our shop or" in page(cast, 1)
    assert '<a href="https://shop.example/">' in page(cast, 2), "only on its page"
    link_lead(by=cast.editor, edition=edition, link=SHOP, to="www.new.example/a?b=1&c=2")
    assert '<a href="https://www.new.example/a?b=1&amp;c=2">our shop</a>' in page(cast, 1)
    link_lead(by=cast.editor, edition=edition, link=PAGE, to="1")
    assert '<a href="/fathom/no-1/page/1">page 3</a>' in page(cast, 2)
    told = signed_in(cast.owner).get("/fathom/no-1/overlays.json").json()["links"]
    assert [(one["target"], one["to"]) for one in told] == [
        ("https://shop.example/", "https://www.new.example/a?b=1&c=2"),
        ("3", "1"),
    ]
    for link in (SHOP, PAGE):
        link_restore(by=cast.editor, edition=edition, link=link)
    assert '<a href="https://shop.example/">our shop</a>' in page(cast, 1)
    assert not LinkChange.objects.exists()


def test_only_safe_addresses_and_pages_that_are_there(cast: Cast, edition: Edition) -> None:
    for wrong in ("javascript:alert(1)", "nothing", "", "//evil.example"):
        with pytest.raises(OverlayAddressError):
            link_lead(by=cast.editor, edition=edition, link=SHOP, to=wrong)
    for wrong in ("0", "4", "two", ""):
        with pytest.raises(OverlayPageError):
            link_lead(by=cast.editor, edition=edition, link=PAGE, to=wrong)
    with pytest.raises(NotFoundError):
        link_off(by=cast.editor, edition=edition, link=FoundLink(1, "web", "https://other.example/", ""))
    for person in (cast.shop, cast.outsider):
        with pytest.raises(NotAllowedError):
            link_off(by=person, edition=edition, link=SHOP)


def test_what_was_changed_follows_its_link_into_another_pdf(cast: Cast, data: Path, edition: Edition) -> None:
    link_off(by=cast.editor, edition=edition, link=SHOP)
    link_lead(by=cast.editor, edition=edition, link=PAGE, to="1")
    new = replaced(edition, data, {n: [words("Other words stand here")] for n in (1, 2, 3)})
    assert new.build is not None
    moved, other = FoundLink(3, "web", SHOP.target, SHOP.text), FoundLink(1, "page", "2", "page 3")
    links_of_folder.cache_clear()
    with_links(data / new.build.folder, {1: [other], 3: [moved]})
    links_follow(edition_id=new.pk, folder=new.build.folder, pages=3)
    kept = {(row.page, row.target, row.to) for row in LinkChange.objects.all()}
    assert kept == {(3, SHOP.target, ""), (1, "2", "1")}


def test_links_are_asked_in_rounds(cast: Cast, edition: Edition) -> None:
    lay(cast, edition, K.LINK, address="https://laid.example/")
    lay(cast, edition, K.POPUP, text='<a href="https://popup.example/?a=1&b=2">x</a>')
    assert checking.links_check(by=cast.editor, edition=edition) == 3
    now = timezone.now()
    first = checking.take(now)
    assert first is not None
    assert checking.take(now) != first, "it is held"
    asked = {row.address for row in LinkCheck.objects.all()}
    assert asked == {"https://shop.example/", "https://laid.example/", "https://popup.example/?a=1&b=2"}
    link_off(by=cast.editor, edition=edition, link=SHOP)
    assert checking.links_check(by=cast.editor, edition=edition) == 2
    assert not LinkCheck.objects.filter(address="https://shop.example/").exists()
    with pytest.raises(NotAllowedError):
        checking.links_check(by=cast.shop, edition=edition)


def test_silence_is_asked_again_and_at_last_it_is_an_end(cast: Cast, edition: Edition) -> None:
    checking.links_check(by=cast.editor, edition=edition)
    now = timezone.now()
    for time in range(3):
        row = checking.take(now)
        assert row is not None
        checking.settle(row, Answer("silent", 503), now)
        row.refresh_from_db()
        assert row.state == ("dead" if time == 2 else "silent")
        assert checking.take(now) is None
        now += timedelta(hours=2)
    assert checking.take(now) is None, "an end is not asked again before the next round"
    checking.links_check(by=cast.editor, edition=edition)
    row = checking.take(now)
    assert row is not None
    checking.settle(row, Answer("alive", 200, "https://shop.example/en"), now)
    row.refresh_from_db()
    assert (row.state, row.failures, row.is_wanted) == ("alive", 0, False)


def test_a_house_without_a_network_calls_nothing_dead(cast: Cast, edition: Edition) -> None:
    lay(cast, edition, K.LINK, address="https://laid.example/")
    checking.links_check(by=cast.editor, edition=edition)
    now = timezone.now()
    first, second = LinkCheck.objects.all()
    checking.settle(first, Answer("dead"), now)
    first.refresh_from_db()
    assert first.state == "silent"
    checking.settle(second, Answer("alive", 200), now)
    checking.settle(first, Answer("dead"), now)
    first.refresh_from_db()
    assert first.state == "dead", "others answer, so this name is gone"


def test_live_editions_are_asked_again_after_some_days(cast: Cast, edition: Edition, settings: Any) -> None:
    now = timezone.now()
    assert checking.begin_due_rounds(now) == 0, "it is not live"
    edition_publish(by=cast.owner, edition=edition)
    assert checking.begin_due_rounds(now) == 1
    assert checking.begin_due_rounds(now + timedelta(days=6)) == 0
    assert checking.begin_due_rounds(now + timedelta(days=8)) == 1
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"link_check_days": 0})
    assert checking.begin_due_rounds(now + timedelta(days=99)) == 0


def test_where_overlays_lead_is_listed_and_asked_too(cast: Cast, edition: Edition) -> None:
    lay(cast, edition, K.PRODUCT, code="1", name="Lamp", address="https://lamp.example/")
    lay(cast, edition, K.HTML, html='<a href="https://inside.example/">x</a>')
    checking.links_check(by=cast.editor, edition=edition)
    LinkCheck.objects.filter(address="https://lamp.example/").update(state="dead")
    page = signed_in(cast.editor).get(f"/office/editions/{edition.pk}/links/").content.decode()
    assert "Laid on pages" in page
    assert "https://lamp.example/" in page
    assert "1 link does not answer any more." in page
    assert "inside.example" not in page, "what a shut-off document does is not read"


def test_staff_see_dead_links_first_and_mistakes_at_the_field(cast: Cast, edition: Edition) -> None:
    emil: Client = signed_in(cast.editor)
    home = f"/office/editions/{edition.pk}/links/"
    assert "Nobody has asked yet" in emil.get(home).content.decode()
    emil.post(f"{home}check")
    LinkCheck.objects.update(state="dead", status=404, checked_at=timezone.now())
    shown = emil.get(home).content.decode()
    assert "1 link does not answer any more." in shown
    assert shown.index("our shop") < shown.index("page 3")
    assert "our shop" not in emil.get(f"{home}?state=alive").content.decode()
    said = {"page": "1", "kind": "web", "target": SHOP.target, "text": SHOP.text}
    wrong = emil.post(f"{home}change", {**said, "deed": "lead", "to": "javascript:x()"})
    assert wrong.status_code == 422
    assert "Laid on pages" not in wrong.content.decode()
    assert 'value="javascript:x()"' in wrong.content.decode()
    assert "Readers cannot follow this address." in wrong.content.decode()
    assert emil.post(f"{home}change", {**said, "deed": "off"}).status_code == 302
    assert "Switched off" in emil.get(home).content.decode()
    assert emil.post(f"{home}change", {**said, "target": "https://no.example/", "deed": "off"}).status_code == 404
    assert laid_of(Edition.objects.get(pk=edition.pk)).changes[0].to == ""
