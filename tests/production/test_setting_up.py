"""A publication or an edition set up as another one is: what is taken over, what stays, and for whom it is not."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image
from tests.cast import Cast, ready_edition, signed_in
from tests.library.fonts import woff2

from masthead.access.setting_terms import terms_set
from masthead.access.terms import Way, terms_of
from masthead.accounts.errors import NotAllowedError
from masthead.library.branding import branding_change, logo_change, words_change
from masthead.library.errors import NotFoundError
from masthead.library.inheriting import setting_of
from masthead.library.particulars import edition_settings_change, publication_settings_change
from masthead.library.selectors import Edition, Publication
from masthead.library.services import publication_create
from masthead.library.typefaces import typeface_add, typefaces_of
from masthead.orders.asking import asked_change, asked_of
from masthead.production.setting_up import edition_set_up_as, publication_set_up_as


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 100), "#004488").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def model(cast: Cast, data: Path) -> Publication:
    """A publication that has everything of its own."""
    by, of = cast.owner, cast.fathom
    publication_settings_change(by=by, publication=of, values={"direction": "rtl", "view": "scroll", "guide": "no"})
    branding_change(by=by, publication=of, fields={"accent": "#004488", "css": ".head { gap: 0 }"})
    logo_change(by=by, publication=of, data=picture())
    typeface_add(by=by, publication=of, use="headings", data=woff2())
    words_change(by=by, publication=of, language="en", words={"Contents": "In this number"})
    terms_set(by=by, of=of, parts={"ways": {"ways": [Way.PASSWORD]}, "free": "1-2"}, password="starlight")
    asked_change(by=by, of=of, said={"ordering": "yes", "orders_to": "shop@harbour.example"})
    return Publication.objects.get(pk=of.pk)


def test_a_new_publication_is_set_up_as_another_one(cast: Cast, model: Publication) -> None:
    client = signed_in(cast.owner)
    said = {"name": "Tide", "language": "en", "frequency": "monthly", "set_up_as": model.pk}
    assert client.post("/office/houses/harbour-press/publications/new", said).status_code == 302
    made = Publication.objects.get(slug="tide")
    assert {name: setting_of(made, name) for name in ("direction", "view", "guide")} == {
        "direction": "rtl",
        "view": "scroll",
        "guide": "no",
    }
    assert made.branding == model.branding
    for name in (made.branding["logo"], made.branding["icon"], typefaces_of(made, "headings")[0].file):
        assert Client().get(f"/brand/{made.pk}/{name}").status_code == 200
    assert terms_of(made).ways == {Way.PASSWORD}
    assert terms_of(made).password == terms_of(model).password
    assert asked_of(made).orders_to == "shop@harbour.example"
    # From now on it goes its own way.
    branding_change(by=cast.owner, publication=made, fields={"accent": "#115511"})
    assert Publication.objects.get(pk=model.pk).branding["accent"] == "#004488"


def test_afresh_is_afresh(cast: Cast, model: Publication) -> None:
    said = {"name": "Tide", "language": "en", "frequency": "monthly", "set_up_as": ""}
    assert signed_in(cast.owner).post("/office/houses/harbour-press/publications/new", said).status_code == 302
    made = Publication.objects.get(slug="tide")
    assert (made.branding, made.terms, setting_of(made, "view")) == ({}, {}, "auto")


def test_no_other_house_is_a_model(cast: Cast, model: Publication) -> None:
    theirs = publication_create(by=cast.outsider, publisher=cast.other, name="Theirs")
    with pytest.raises(NotFoundError):
        publication_set_up_as(by=cast.outsider, publication=theirs, model=model)
    said = {"name": "Stolen", "language": "en", "frequency": "monthly", "set_up_as": model.pk}
    answer = signed_in(cast.outsider).post("/office/houses/other-house/publications/new", said)
    assert answer.status_code == 422
    assert not Publication.objects.filter(name="Stolen").exists()
    with pytest.raises(NotAllowedError):
        publication_set_up_as(by=cast.editor, publication=model, model=model)


def test_an_edition_takes_over_what_another_one_has_of_its_own(cast: Cast, data: Path) -> None:
    first, second = ready_edition(cast, data, "Spring"), ready_edition(cast, data, "Summer")
    edition_settings_change(by=cast.owner, edition=first, values={"view": "single"})
    edition_settings_change(by=cast.owner, edition=second, values={"guide": "no"})
    terms_set(by=cast.owner, of=first, parts={"ways": {"ways": [Way.SIGN_IN]}})
    asked_change(by=cast.owner, of=first, said={"ordering": "no"})
    client, reading = signed_in(cast.owner), f"/office/editions/{second.pk}/reading"
    assert b"As another edition is" in client.get(reading).content
    assert client.post(f"{reading}/as", {"model": first.pk}).status_code == 302
    second = Edition.objects.get(pk=second.pk)
    assert second.overrides == {"view": "single"}
    assert terms_of(second).ways == {Way.SIGN_IN}
    assert asked_of(second).settings["ordering"].value == "no"
    tide = publication_create(by=cast.owner, publisher=cast.harbour, name="Tide")
    Edition.objects.filter(pk=first.pk).update(publication=tide)
    with pytest.raises(NotFoundError):
        edition_set_up_as(by=cast.owner, edition=second, model=Edition.objects.get(pk=first.pk))
    assert client.post(f"{reading}/as", {"model": "none"}).status_code == 404


def test_the_editor_takes_over_what_an_editor_may_set(cast: Cast, data: Path) -> None:
    first, second = ready_edition(cast, data, "Spring"), ready_edition(cast, data, "Summer")
    edition_settings_change(by=cast.owner, edition=first, values={"view": "single"})
    asked_change(by=cast.owner, of=first, said={"ordering": "no"})
    edition_set_up_as(by=cast.editor, edition=second, model=Edition.objects.get(pk=first.pk))
    second = Edition.objects.get(pk=second.pk)
    assert setting_of(second, "view") == "single"
    assert asked_of(second).settings["ordering"].origin.value == "house"
