"""The page editor over HTTP: what is typed is never lost, mistakes stand at their fields, steps are undone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import Cast, signed_in
from tests.production.overlays.laying import HERE, MP4, edition_with_words, kept_picture, lay, png

from masthead.document.overlays import OverlayKind as K
from masthead.library.selectors import Edition
from masthead.library.services import edition_create
from masthead.production.overlays.selectors import Overlay

PLACE = {"x": "10", "y": "20", "width": "30", "height": "5.5", "page": "2"}


@pytest.fixture
def edition(cast: Cast, data: Path) -> Edition:
    return edition_with_words(cast, data)


@pytest.fixture
def emil(cast: Cast) -> Client:
    return signed_in(cast.editor)


def home(edition: Edition) -> str:
    return f"/office/editions/{edition.pk}/overlays/"


def upload(name: str = "lamp.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, png().read(), "image/png")


def test_a_page_with_what_lies_on_it(cast: Cast, edition: Edition, emil: Client) -> None:
    empty = emil.get(home(edition)).content.decode()
    assert "Nothing lies on this page yet" in empty
    made = lay(cast, edition, page=2)
    page = emil.get(f"{home(edition)}?page=2").content.decode()
    assert f"{home(edition)}{made.pk}/move" in page
    assert 'data-area="0.1 0.1 0.5 0.1"' in page
    assert "1 thing" in page
    for asked in ("0", "99", "x", "-1"):
        assert emil.get(f"{home(edition)}?page={asked}").status_code == 200


def test_an_edition_without_pages_says_so(cast: Cast, data: Path, emil: Client) -> None:
    bare = edition_create(by=cast.owner, publication=cast.fathom, label="No. 9", date=date(2026, 12, 1))
    assert b"There are no pages yet" in emil.get(home(bare)).content


@pytest.mark.parametrize("kind", [kind for kind in K if kind is not K.FORM])
def test_every_kind_has_its_form(edition: Edition, emil: Client, kind: K) -> None:
    page = emil.get(f"{home(edition)}new?page=2&kind={kind}&x=12.5&y=3&width=40&height=9&title=A%20lamp")
    assert page.status_code == 200
    assert b'value="12.5"' in page.content
    assert b'value="A lamp"' in page.content
    wrong = emil.post(f"{home(edition)}new", {**PLACE, "kind": kind.value, "title": ""})
    assert wrong.status_code == 422
    assert "The overlay has no name." in wrong.content.decode()


def test_forms_are_offered_once_there_are_any(edition: Edition, emil: Client) -> None:
    assert b'value="form"' not in emil.get(home(edition)).content
    assert emil.get(f"{home(edition)}new?kind=form").status_code == 404
    assert emil.get(f"{home(edition)}new?kind=nonsense").status_code == 404


def test_something_is_laid_changed_and_taken_away(edition: Edition, emil: Client) -> None:
    said = {**PLACE, "kind": "link", "title": "The shop", "address": "shop@fathom.example"}
    assert emil.post(f"{home(edition)}new", said)["Location"] == f"{home(edition)}?page=2"
    made = Overlay.objects.get()
    assert (made.page, made.x, made.height) == (2, 0.1, 0.055)
    assert made.particulars == {"address": "mailto:shop@fathom.example"}
    emil.post(f"{home(edition)}{made.pk}", {**said, "title": "To the shop", "x": "50"})
    made.refresh_from_db()
    assert (made.title, made.x) == ("To the shop", 0.5)
    answer = emil.post(f"{home(edition)}{made.pk}/remove", follow=True)
    assert "To the shop was taken away" in answer.content.decode()
    answer = emil.post(f"{home(edition)}step", {"way": "back", "page": "1"})
    assert answer["Location"] == f"{home(edition)}?page=2", "one sees what came back"
    made.refresh_from_db()
    assert made.removed_at is None
    emil.post(f"{home(edition)}step", {"way": "again"})
    assert b"no step to take back" not in emil.get(home(edition)).content
    made.refresh_from_db()
    assert made.removed_at is not None


def test_mistakes_stand_at_their_field_and_nothing_typed_is_lost(edition: Edition, emil: Client) -> None:
    said = {**PLACE, "kind": "product", "title": "Lamp", "code": "4711", "name": "Lantern", "price": "cheap"}
    answer = emil.post(f"{home(edition)}new", {**said, "currency": "GBP", "picture": upload()})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This is not a price." in page.split('id="id_price-mistake"')[1][:80]
    assert 'value="4711"' in page
    assert "lamp.png is here already." in page
    kept = page.split('name="kept_picture" value="')[1].split('"')[0]
    again = {**said, "currency": "GBP", "price": "24.5", "kept_picture": kept}
    answer = emil.post(f"{home(edition)}new", again)
    assert "A picture has no description." in answer.content.decode().split('id="id_picture_alt-mistake"')[1][:90]
    assert emil.post(f"{home(edition)}new", {**again, "picture_alt": "A lamp"}).status_code == 302
    assert Overlay.objects.get().particulars["picture"]["file"] == kept


def test_a_gallery_keeps_its_pictures_while_they_are_described(edition: Edition, emil: Client) -> None:
    said = {**PLACE, "kind": "gallery", "title": "Lamps"}
    page = emil.post(f"{home(edition)}new", {**said, "pictures": [upload("a.png"), upload("b.png")]}).content.decode()
    assert page.count("A picture has no description.") >= 1
    name = page.split('name="picture-0-file" value="')[1].split('"')[0]
    rows = {"picture-0-file": name, "picture-0-alt": "One", "picture-0-order": "2"}
    rows |= {"picture-1-file": name, "picture-1-alt": "Two", "picture-1-order": "1", "picture-1-caption": "At night"}
    rows |= {"picture-2-file": name, "picture-2-alt": "", "picture-2-remove": "yes"}
    assert emil.post(f"{home(edition)}new", {**said, **rows}).status_code == 302
    assert [one["alt"] for one in Overlay.objects.get().particulars["pictures"]] == ["Two", "One"]


def test_a_file_that_is_not_what_it_says_is_refused_at_its_field(edition: Edition, emil: Client) -> None:
    said = {**PLACE, "kind": "video", "title": "Film"}
    svg = SimpleUploadedFile("film.mp4", b"<svg onload='x()'/>", "video/mp4")
    page = emil.post(f"{home(edition)}new", {**said, "file": svg}).content.decode()
    assert "A file of this kind cannot be used here." in page.split('id="id_file-mistake"')[1][:90]
    film = SimpleUploadedFile("film.mp4", MP4, "video/mp4")
    assert emil.post(f"{home(edition)}new", {**said, "file": film}).status_code == 302


def test_the_mouse_and_the_keys_move_it_at_once(cast: Cast, edition: Edition, emil: Client) -> None:
    made = lay(cast, edition)
    place = {"x": "0.2", "y": "0.3", "width": "0.4", "height": "0.1"}
    answer = emil.post(f"{home(edition)}{made.pk}/move", place)
    told = answer.json()
    assert told.pop("seen")
    assert told == {"page": 1, "x": 0.2, "y": 0.3, "width": 0.4, "height": 0.1}
    for wrong in ({**place, "x": "0.9"}, {**place, "x": "nan"}, {}, {**place, "width": "much"}):
        answer = emil.post(f"{home(edition)}{made.pk}/move", wrong)
        assert answer.status_code == 422
        assert "The area does not lie on the page." in answer.json()["said"]
    made.refresh_from_db()
    assert made.x == 0.2


def test_two_people_do_not_undo_each_other(cast: Cast, edition: Edition, emil: Client) -> None:
    made = lay(cast, edition)
    page = emil.get(f"{home(edition)}{made.pk}").content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    said = {
        "x": "10",
        "y": "10",
        "width": "50",
        "height": "10",
        "page": "1",
        "title": "Emil's",
        "address": "a@b.example",
    }
    signed_in(cast.owner).post(f"{home(edition)}{made.pk}", {**said, "title": "Olga's"})
    answer = emil.post(f"{home(edition)}{made.pk}", {**said, "seen": seen})
    assert answer.status_code == 422
    assert "Somebody else has changed this meanwhile." in answer.content.decode()
    assert 'value="Emil&#x27;s"' in answer.content.decode(), "nothing typed is lost"
    again = answer.content.decode().split('name="seen" value="')[1].split('"')[0]
    assert emil.post(f"{home(edition)}{made.pk}", {**said, "seen": again}).status_code == 302
    made.refresh_from_db()
    assert made.title == "Emil's"


def test_what_lost_its_place_stands_first(cast: Cast, edition: Edition, emil: Client) -> None:
    made = lay(cast, edition)
    Overlay.objects.update(is_lost=True)
    page = emil.get(home(edition)).content.decode()
    assert "Without a place" in page
    assert "Nothing lies on this page yet" in page
    said = {"x": "10", "y": "10", "width": "50", "height": "10", "page": "3", "title": "More", "address": "a@b.example"}
    assert emil.post(f"{home(edition)}{made.pk}", said).status_code == 302
    made.refresh_from_db()
    assert (made.is_lost, made.page) == (False, 3)


def test_only_editors_come_in_and_only_into_their_own(cast: Cast, data: Path, edition: Edition) -> None:
    made = lay(cast, edition)
    name = kept_picture(edition)
    for path, method in (
        ("", "get"),
        ("new", "get"),
        ("new", "post"),
        (made.pk, "get"),
        (made.pk, "post"),
        (f"{made.pk}/move", "post"),
        (f"{made.pk}/remove", "post"),
        ("step", "post"),
        (f"files/{name}", "get"),
    ):
        assert getattr(signed_in(cast.shop), method)(home(edition) + path).status_code == 403, path
        assert getattr(signed_in(cast.outsider), method)(home(edition) + path).status_code == 404, path
    other = edition_with_words(cast, data, "No. 2")
    assert signed_in(cast.editor).get(home(other) + made.pk).status_code == 404
    assert signed_in(cast.editor).get(f"{home(other)}files/{name}").status_code == 404
    assert Overlay.objects.get().x == HERE.x
