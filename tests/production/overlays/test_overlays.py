"""Overlays: what may be said of each kind, who may lay them, every step can be taken back."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.architecture.files import ROOT
from tests.cast import Cast
from tests.production.overlays.laying import HERE, MP3, MP4, edition_with_words, kept_picture, lay, png

from masthead.accounts.errors import NotAllowedError
from masthead.accounts.selectors import LogEntry
from masthead.document.overlays import Area, OverlayKind
from masthead.exports.frame.addresses import Addresses
from masthead.exports.frame.overlays import price_of, reader_file
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition
from masthead.production.overlays import files
from masthead.production.overlays.errors import (
    OverlayAddressError,
    OverlayAlternativeError,
    OverlayAreaError,
    OverlayChangedError,
    OverlayEmptyError,
    OverlayError,
    OverlayFileError,
    OverlayFileTooLargeError,
    OverlayPageError,
    OverlayPriceError,
    OverlayTitleError,
    OverlayVideoError,
)
from masthead.production.overlays.particulars import area_checked, text_html, video_service
from masthead.production.overlays.products import price_checked
from masthead.production.overlays.selectors import laid_of, overlay_get, overlay_list, steps_of
from masthead.production.overlays.services import (
    overlay_change,
    overlay_create,
    overlay_move,
    overlay_remove,
    step_again,
    step_back,
)

K = OverlayKind
SCHEMA = json.loads((ROOT / "src/masthead/edition/schema/overlays-1.json").read_text(encoding="utf-8"))


@pytest.fixture
def edition(cast: Cast, data: Path) -> Edition:
    return edition_with_words(cast, data)


def fresh(edition: Edition) -> Edition:
    return Edition.objects.select_related("publication__publisher", "build").get(pk=edition.pk)


WRONG: list[tuple[OverlayKind, dict[str, Any], type[OverlayError], str]] = [
    (K.LINK, {"address": "javascript:alert(1)"}, OverlayAddressError, "address"),
    (K.LINK, {"address": "file:///etc/passwd"}, OverlayAddressError, "address"),
    (K.LINK, {"address": "data:text/html,x"}, OverlayAddressError, "address"),
    (K.PAGE, {"target": "4"}, OverlayPageError, "target"),
    (K.PAGE, {"target": "0"}, OverlayPageError, "target"),
    (K.PAGE, {"target": "two"}, OverlayPageError, "target"),
    (K.VIDEO, {"address": "https://video.example/watch?v=aaaaaaaaaaa"}, OverlayVideoError, "address"),
    (K.VIDEO, {"file": "nothing.mp4"}, OverlayEmptyError, "file"),
    (K.AUDIO, {}, OverlayEmptyError, "file"),
    (K.GALLERY, {"pictures": []}, OverlayEmptyError, "pictures"),
    (K.POPUP, {"text": "<script>alert(1)</script>"}, OverlayEmptyError, "text"),
    (K.PRODUCT, {"code": "", "name": "Lamp"}, OverlayEmptyError, "code"),
    (K.PRODUCT, {"code": "1", "name": "Lamp", "price": "cheap", "currency": "EUR"}, OverlayPriceError, "price"),
    (K.PRODUCT, {"code": "1", "name": "Lamp", "price": "1.00", "currency": ""}, OverlayPriceError, "currency"),
    (K.PRODUCT, {"code": "1", "name": "Lamp", "address": "javascript:1"}, OverlayAddressError, "address"),
    (K.FORM, {"form": "survey"}, OverlayEmptyError, "form"),
    (K.HTML, {"html": "  "}, OverlayEmptyError, "html"),
]


@pytest.mark.parametrize(("kind", "said", "error", "field"), WRONG)
def test_what_cannot_be_is_refused_at_its_field(
    cast: Cast, edition: Edition, kind: OverlayKind, said: dict[str, Any], error: type[OverlayError], field: str
) -> None:
    with pytest.raises(error) as refused:
        overlay_create(by=cast.editor, edition=edition, kind=kind, page=1, area=HERE, title="A thing", said=said)
    assert refused.value.field == field
    assert not overlay_list(edition)


def test_a_name_and_a_place_are_needed(cast: Cast, edition: Edition) -> None:
    said = {"address": "https://fathom.example/"}
    with pytest.raises(OverlayTitleError):
        overlay_create(by=cast.editor, edition=edition, kind=K.LINK, page=1, area=HERE, title=" \n", said=said)
    for page, area in ((4, HERE), (0, HERE), (1, Area(0.9, 0, 0.2, 0.1)), (1, Area(0, 0, 0.001, 1))):
        with pytest.raises(OverlayAreaError):
            overlay_create(by=cast.editor, edition=edition, kind=K.LINK, page=page, area=area, title="A", said=said)


@given(st.tuples(*[st.floats(allow_nan=True, allow_infinity=True)] * 4))
def test_an_area_that_is_kept_lies_on_the_page(numbers: tuple[float, float, float, float]) -> None:
    try:
        kept = area_checked(Area(*numbers))
    except (OverlayAreaError, OverflowError):
        return
    assert 0 <= kept.x < kept.right <= 1.000001
    assert 0 <= kept.y < kept.bottom <= 1.000001


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", ("youtube", "dQw4w9WgXcQ")),
        ("https://www.youtube.com/watch?list=x&v=dQw4w9WgXcQ", ("youtube", "dQw4w9WgXcQ")),
        ("https://youtu.be/dQw4w9WgXcQ?si=a", ("youtube", "dQw4w9WgXcQ")),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ", ("youtube", "dQw4w9WgXcQ")),
        ("https://vimeo.com/76979871", ("vimeo", "76979871")),
        ("https://player.vimeo.com/video/76979871?h=1", ("vimeo", "76979871")),
        ("https://vimeo.com.evil.example/76979871", None),
        ("https://evil.example/?https://youtu.be/dQw4w9WgXcQ", None),
        ("https://www.youtube.com/watch?v=short", None),
    ],
)
def test_videos_are_known_by_their_address(address: str, found: tuple[str, str] | None) -> None:
    assert video_service(address) == found


def test_the_text_of_a_pop_up_is_clean() -> None:
    assert text_html("One & two\nthree\n\nfour") == "<p>One &amp; two<br>three</p><p>four</p>"
    dirty = (
        '<p onclick="x()">A<img src=x onerror=x()><a href="javascript:x()">b</a><style>p{}</style></p><iframe src=x>'
    )
    clean = text_html(dirty)
    assert clean == '<p>A<a rel="noopener nofollow">b</a></p>'
    assert 'href="https://a.example/"' in text_html('<a href="https://a.example/" target=_blank>a</a>')


@given(st.text(max_size=200))
def test_no_text_makes_a_tag_that_is_not_allowed(text: str) -> None:
    made = text_html(text).lower()
    assert "<script" not in made
    assert "<img" not in made


@given(st.decimals(min_value=0, max_value=999999, places=2))
def test_a_price_is_kept_as_it_is(amount: Decimal) -> None:
    assert Decimal(price_checked(f"{amount:f}", "EUR")) == amount


def test_prices_are_written_as_languages_do() -> None:
    assert price_checked("24,5", "GBP") == "24.50"
    assert price_of("24.50", "EUR", "de").replace("\xa0", " ") == "24,50 €"
    assert price_of("24.50", "GBP", "en") == "£24.50"
    for wrong in ("-1", "1e400", "NaN", "1.2.3", "1,234,5", "0.12345"):
        with pytest.raises(OverlayPriceError):
            price_checked(wrong, "EUR")


def test_only_editors_lay_things_and_the_log_says_who(cast: Cast, edition: Edition) -> None:
    made = lay(cast, edition)
    for person in (cast.shop, cast.outsider, cast.reader):
        for deed in (
            lambda who: lay(cast.__class__(**{**cast.__dict__, "editor": who}), edition),
            lambda who: overlay_move(by=who, overlay=made, page=2, area=HERE),
            lambda who: overlay_remove(by=who, overlay=made),
            lambda who: step_back(by=who, edition=edition),
            lambda who: step_again(by=who, edition=edition),
        ):
            with pytest.raises(NotAllowedError):
                deed(person)
    assert [(entry.action, entry.user) for entry in LogEntry.objects.filter(action__startswith="overlay")] == [
        ("overlay.create", cast.editor)
    ]


def test_every_step_can_be_taken_back_and_made_again(cast: Cast, edition: Edition) -> None:
    made = lay(cast, edition)
    overlay_move(by=cast.editor, overlay=made, page=2, area=Area(0.2, 0.2, 0.2, 0.2))
    changed = {"page": 2, "area": Area(0.2, 0.2, 0.2, 0.2), "title": "Less", "said": {"address": "https://a.example/"}}
    overlay_change(by=cast.editor, overlay=made, **changed)
    overlay_remove(by=cast.editor, overlay=made)
    assert overlay_list(edition) == []
    seen = []
    while step_back(by=cast.editor, edition=edition):
        seen.append([(one.title, one.page) for one in overlay_list(edition)])
    assert seen == [[("Less", 2)], [("More of it", 2)], [("More of it", 1)], []]
    assert steps_of(cast.editor, edition) == (False, True)
    again = []
    while step_again(by=cast.editor, edition=edition):
        again.append([(one.title, one.page) for one in overlay_list(edition)])
    assert again == [[("More of it", 1)], [("More of it", 2)], [("Less", 2)], []]
    step_back(by=cast.editor, edition=edition)
    lay(cast, edition)
    assert step_again(by=cast.editor, edition=edition) == "", "a new step ends what could be made again"


def test_what_somebody_else_changed_is_not_taken_back(cast: Cast, edition: Edition) -> None:
    made = lay(cast, edition)
    overlay_move(by=cast.owner, overlay=made, page=3, area=HERE)
    with pytest.raises(OverlayChangedError):
        step_back(by=cast.editor, edition=edition)
    assert overlay_get(edition, made.pk).page == 3
    overlay_remove(by=cast.owner, overlay=made)
    with pytest.raises(NotFoundError):
        overlay_move(by=cast.editor, overlay=made, page=1, area=HERE)


def test_files_are_known_by_their_bytes_not_by_their_names(cast: Cast, edition: Edition) -> None:
    keep = files.file_keep
    picture = keep(edition=edition, kind=files.PICTURE, stream=png(kind="JPEG"), label="x.svg")
    assert picture.name.endswith(".webp")
    assert (picture.width, picture.height) == (40, 30)
    assert keep(edition=edition, kind=files.PICTURE, stream=png(kind="JPEG"), label="again").pk == picture.pk
    assert keep(edition=edition, kind=files.VIDEO, stream=io.BytesIO(MP4), label="a").name.endswith(".mp4")
    assert keep(edition=edition, kind=files.AUDIO, stream=io.BytesIO(MP3), label="a").name.endswith(".mp3")
    srt = b"1\r\n00:00:01,000 --> 00:00:02,500\r\nAhoy\r\n"
    track = keep(edition=edition, kind=files.CAPTIONS, stream=io.BytesIO(srt), label="a.srt")
    with default_storage.open(track.path) as kept:
        assert kept.read() == b"WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.500\nAhoy\n"
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    for kind in (files.PICTURE, files.VIDEO, files.AUDIO, files.CAPTIONS):
        for data in (svg, b"", b"<html>", b"MZ" + bytes(100)):
            with pytest.raises(OverlayFileError):
                keep(edition=edition, kind=kind, stream=io.BytesIO(data), label="lamp.png")


def test_files_have_limits(cast: Cast, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("masthead.pictures.uploaded._MOST_PIXELS", 1000)
    with pytest.raises(OverlayFileTooLargeError):
        files.file_keep(edition=edition, kind=files.PICTURE, stream=png(), label="a")
    monkeypatch.setitem(files._LARGEST, files.VIDEO, 10)
    with pytest.raises(OverlayFileTooLargeError) as refused:
        files.file_keep(edition=edition, kind=files.VIDEO, stream=io.BytesIO(MP4), label="a", field="film")
    assert refused.value.field == "film"


def test_pictures_need_a_description_and_belong_to_their_edition(cast: Cast, data: Path, edition: Edition) -> None:
    name = kept_picture(edition)
    with pytest.raises(OverlayAlternativeError):
        lay(cast, edition, K.GALLERY, pictures=[{"file": name, "alt": " "}])
    lay(cast, edition, K.GALLERY, pictures=[{"file": name, "alt": "A lamp", "caption": "At night"}])
    other = edition_with_words(cast, data, "No. 2")
    with pytest.raises(OverlayEmptyError):
        lay(cast, other, K.GALLERY, pictures=[{"file": name, "alt": "A lamp"}])


def test_files_that_nobody_needs_are_removed(cast: Cast, edition: Edition) -> None:
    used, spare = (
        kept_picture(edition),
        files.file_keep(edition=edition, kind=files.AUDIO, stream=io.BytesIO(MP3), label="a"),
    )
    lay(cast, edition, K.POPUP, text="", picture={"file": used, "alt": "A lamp"})
    assert files.files_forget(edition.pk) == 1
    assert files.local_file(edition.pk, used) is not None
    assert files.local_file(edition.pk, spare.name) is None
    assert files.local_file(edition.pk, "../../secret-key") is None


def test_what_the_reader_is_told_keeps_to_its_schema(cast: Cast, edition: Edition) -> None:
    name = kept_picture(edition)
    film = files.file_keep(edition=edition, kind=files.VIDEO, stream=io.BytesIO(MP4), label="a").name
    track = files.file_keep(edition=edition, kind=files.CAPTIONS, stream=io.BytesIO(b"WEBVTT\n\n"), label="a").name
    sound = files.file_keep(edition=edition, kind=files.AUDIO, stream=io.BytesIO(MP3), label="a").name
    one = {"file": name, "alt": "A lamp"}
    lay(cast, edition, K.LINK, address="www.fathom.example")
    lay(cast, edition, K.PAGE, target="2")
    lay(cast, edition, K.VIDEO, file=film, poster=name, captions=track, captions_language="en", transcript="Ahoy")
    lay(cast, edition, K.VIDEO, address="https://youtu.be/dQw4w9WgXcQ")
    lay(cast, edition, K.AUDIO, file=sound, transcript="Ahoy")
    lay(cast, edition, K.GALLERY, pictures=[one, {**one, "caption": "At night"}])
    lay(cast, edition, K.POPUP, text="Hello", picture=one)
    lay(cast, edition, K.PRODUCT, code="4711", name="Lantern", price="24.5", currency="gbp", picture=one)
    lay(cast, edition, K.HTML, html="<b>Hello</b>")
    told = reader_file(laid_of(fresh(edition)), Addresses(home="/fathom/no-1/"))
    Draft202012Validator(SCHEMA).validate(told)
    assert len(told["overlays"]) == 9
    by_kind = {entry["kind"]: entry for entry in told["overlays"]}
    assert by_kind["link"]["address"] == "https://www.fathom.example"
    assert by_kind["product"]["price"] == "24.50"
    assert by_kind["html"]["address"] == f"/fathom/no-1/overlays/{by_kind['html']['id']}/content.html"
    assert "html" not in by_kind["html"], "the document itself is never in the page"
    assert "youtube-nocookie" in next(e for e in told["overlays"] if "embed" in e)["embed"]


def test_a_form_is_shown_while_it_is_offered(cast: Cast, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    offered = {"survey": "Readers' survey"}
    for place in ("questions", "selectors"):
        monkeypatch.setattr(f"masthead.production.overlays.{place}.forms_offered", lambda edition: offered)
    lay(cast, edition, K.FORM, form="survey")
    (told,) = reader_file(laid_of(fresh(edition)), Addresses())["overlays"]
    assert told["address"] == "/form/survey"
    offered.clear()
    lay(cast, edition, page=2)
    told = reader_file(laid_of(fresh(edition)), Addresses())["overlays"][0]
    assert (told["kind"], "address" in told) == ("form", False)


def test_nothing_is_asked_of_the_database_where_nothing_lies(
    cast: Cast, edition: Edition, django_assert_num_queries: Any
) -> None:
    bare = fresh(edition)
    with django_assert_num_queries(0):
        assert laid_of(bare).version == ""
    lay(cast, edition)
    laid = fresh(edition)
    assert len(laid_of(laid).overlays) == 1
    with django_assert_num_queries(0):
        laid_of(laid)
