"""Typefaces of a publication: what fonts say of themselves, which are refused, and where they are worn."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import brotli
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some
from tests.cast import Cast, ready_edition, signed_in
from tests.library.fonts import woff2

from masthead.accounts.errors import NotAllowedError
from masthead.accounts.selectors import LogEntry
from masthead.library.branding import style_of
from masthead.library.errors import FontInvalidError
from masthead.library.font_files import FontError, FontFile, read_font
from masthead.library.selectors import Publication
from masthead.library.services import edition_publish
from masthead.library.typefaces import MOST_FACES, typeface_add, typeface_remove, typefaces_of

FONT = woff2()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (FONT, FontFile("Lantern", "400", is_italic=False)),
        (woff2("نسخ Text", 700, is_italic=True), FontFile("نسخ Text", "700", is_italic=True)),
        (woff2(varies=True), FontFile("Lantern", "200 800", is_italic=False)),
    ],
)
def test_a_font_says_its_family_and_cut(data: bytes, said: FontFile) -> None:
    assert read_font(data) == said


def swollen() -> bytes:
    """A file whose directory tells less than its stream unpacks to."""
    packed = brotli.compress(bytes(50 << 20), quality=1)
    at = 48 + 2
    head = struct.pack(">4s4sIHHIIHHIIIII", b"wOF2", b"\0\1\0\0", at + len(packed), 1, 0, 99, len(packed), *[0] * 7)
    return head + bytes([0, 100]) + packed


@pytest.mark.parametrize(
    "data",
    [b"", b"wOF2", b"<svg/>", FONT[:-1], FONT + b"\0", b"OTTO" + FONT[4:], FONT[:60] + bytes(len(FONT) - 60)],
    ids=["nothing", "a name", "markup", "cut off", "too long", "another kind", "emptied"],
)
def test_what_is_no_font_is_refused(data: bytes) -> None:
    with pytest.raises(FontError):
        read_font(data)


def test_a_font_that_swells_is_refused() -> None:
    with pytest.raises(FontError):
        read_font(swollen())


@given(some.integers(0, len(FONT) - 1), some.binary(min_size=1, max_size=6))
def test_damage_anywhere_ends_in_a_verdict(at: int, written: bytes) -> None:
    try:
        said = read_font(FONT[:at] + written + FONT[at + len(written) :])
    except FontError:
        return
    assert said.family.isprintable()


def test_typefaces_are_worn_by_pages_and_reader(cast: Cast, data: Path) -> None:
    edition_publish(by=cast.owner, edition=ready_edition(cast, data))
    client, look = signed_in(cast.owner), f"/office/publications/{cast.fathom.pk}/look"

    def hand_over(use: str, *files: bytes) -> int:
        named = [io.BytesIO(file) for file in files]
        for number, file in enumerate(named):
            file.name = f"cut-{number}.woff2"
        return client.post(f"{look}/typefaces/{use}", {"typeface": named}).status_code

    assert hand_over("text", FONT, woff2(weight=700), woff2(is_italic=True)) == 302
    assert hand_over("headings", woff2("Lantern Display", 300)) == 302
    page = client.get(look).content.decode()
    for said in ("Lantern Display", "Regular", "Bold", "Weight 300", "italic"):
        assert said in page
    worn = Client().get("/fathom/no-1/").content.decode()
    style = worn.split('rel="stylesheet" href="/brand/')[1].split('"')[0]
    css = Client().get(f"/brand/{style}").content.decode()
    assert css.count("@font-face") == 4
    assert '--type-edition: "Publication Text", ' in css
    assert '--type-headings: "Publication Headings", "Publication Text", ' in css
    assert "font-weight: 1 1000" in css  # the lone cut of headings is not made bold
    for address in [part.split('"')[0] for part in css.split('src: url("')[1:]]:
        sent = Client().get(f"/brand/{style.rpartition('/')[0]}/{address}")
        assert (sent.status_code, sent["Content-Type"], sent.content[:4]) == (200, "font/woff2", b"wOF2")
        assert "immutable" in sent["Cache-Control"]
    assert LogEntry.objects.filter(action="publication.typefaces").count() == 4


def test_files_that_cannot_be_used_are_named_and_the_others_stay(cast: Cast, data: Path) -> None:
    client, look = signed_in(cast.owner), f"/office/publications/{cast.fathom.pk}/look"
    good, bad = io.BytesIO(FONT), io.BytesIO(b"<script>")
    good.name, bad.name = "good.woff2", "bad.woff2"
    refused = client.post(f"{look}/typefaces/text", {"typeface": [bad, good]})
    assert refused.status_code == 422
    assert b"bad.woff2: This file cannot be used as a typeface." in refused.content
    (kept,) = typefaces_of(Publication.objects.get(), "text")
    assert kept.family == "Lantern"
    assert client.post(f"{look}/typefaces/elsewhere", {}).status_code == 404
    assert client.post(f"{look}/typefaces/text", {"remove": kept.file}).status_code == 302
    assert style_of(Publication.objects.get()) == ""
    assert Client().get(f"/brand/{cast.fathom.pk}/{kept.file}").status_code == 404


def test_a_cut_takes_the_place_of_its_like_and_there_is_an_end(cast: Cast, data: Path) -> None:
    first = typeface_add(by=cast.owner, publication=cast.fathom, use="text", data=FONT)
    second = typeface_add(by=cast.owner, publication=cast.fathom, use="text", data=woff2("Newer"))
    assert typefaces_of(Publication.objects.get(), "text") == [second]
    assert second.file != first.file
    for number in range(1, MOST_FACES):
        typeface_add(by=cast.owner, publication=cast.fathom, use="text", data=woff2(weight=400 + number))
    with pytest.raises(FontInvalidError):
        typeface_add(by=cast.owner, publication=cast.fathom, use="text", data=woff2(weight=900))
    with pytest.raises(FontInvalidError):
        typeface_add(by=cast.owner, publication=cast.fathom, use="headings", data=FONT + bytes(2 << 20))
    with pytest.raises(NotAllowedError):
        typeface_add(by=cast.editor, publication=cast.fathom, use="text", data=FONT)
    with pytest.raises(NotAllowedError):
        typeface_remove(by=cast.editor, publication=cast.fathom, use="text", file=second.file)
