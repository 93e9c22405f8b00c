"""The pages of the house for visitors: shelves, years, categories, what is missing and what is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from tests.cast import Cast, ready_edition

from masthead.library.selectors import Category, Edition
from masthead.library.services import edition_publish, edition_withdraw


def publish(cast: Cast, data: Path, label: str, year: int = 2026) -> Edition:
    edition = ready_edition(cast, data, label)
    edition.date = edition.date.replace(year=year)
    edition.save()
    return edition_publish(by=cast.owner, edition=edition)


def test_a_publication_without_editions_says_so(cast: Cast) -> None:
    answer = Client().get("/fathom/")
    assert answer.status_code == 200
    assert b"Nothing to read yet" in answer.content
    assert b"feed.atom" not in answer.content


def test_the_archive_is_turned_by_pages_and_narrowed(cast: Cast, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("masthead.site.visiting._ON_A_PAGE", 2)
    for number, year in enumerate((2024, 2025, 2026, 2026, 2026), start=1):
        publish(cast, data, f"Number {number}x", year)
    front = Client().get("/fathom/").content.decode()
    assert "Number 5x" in front or "Number 4x" in front
    assert 'rel="next" href="/fathom/?page=2"' in front
    shown = [Client().get(f"/fathom/?page={page}").content.decode() for page in (1, 2, 3)]
    for number in range(1, 6):
        assert sum(f"Number {number}x" in page for page in shown) == 1
    only = Client().get("/fathom/?year=2024").content.decode()
    assert "Number 1x" in only
    assert "Number 2x" not in only
    assert '<meta name="robots" content="noindex, follow">' in only
    assert Client().get("/fathom/?year=1066&page=abc").status_code == 200


def test_a_category_narrows_the_archive(cast: Cast, data: Path) -> None:
    boats = Category.objects.create(publisher=cast.harbour, name="Boats", slug="boats")
    publish(cast, data, "Number 1x").categories.add(boats)
    publish(cast, data, "Number 2x")
    page = Client().get("/fathom/?category=boats").content.decode()
    assert "Number 1x" in page
    assert "Number 2x" not in page
    assert b"There is no issue of this kind" in Client().get("/fathom/?category=none").content


def test_what_is_missing_leads_to_what_is_near(cast: Cast, data: Path) -> None:
    publish(cast, data, "Summer lights")
    answer = Client().get("/fathom/summer-light/")
    assert answer.status_code == 404
    assert b'href="/fathom/summer-lights/"' in answer.content
    assert answer["Cache-Control"] == "no-store"
    nothing = Client().get("/nothing/")
    assert nothing.status_code == 404
    assert b'href="/fathom/summer-lights/"' in nothing.content


def test_what_was_withdrawn_says_so_and_where_to_go(cast: Cast, data: Path) -> None:
    publish(cast, data, "Number 1x")
    edition_withdraw(by=cast.owner, edition=publish(cast, data, "Number 2x"))
    answer = Client().get("/fathom/number-2x/page/2")
    assert answer.status_code == 410
    assert b"no longer available" in answer.content
    assert b'href="/fathom/current"' in answer.content


def test_shared_caches_keep_nothing_of_somebody_signed_in(cast: Cast, data: Path) -> None:
    publish(cast, data, "Number 1x")
    assert Client().get("/fathom/")["Cache-Control"] == "public, max-age=60"
    client = Client()
    client.force_login(cast.editor, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/fathom/")["Cache-Control"].startswith("private")


def test_pages_of_the_house_speak_the_languages_that_are_asked_for(cast: Cast, data: Path) -> None:
    publish(cast, data, "Number 1x")
    page = Client().get("/fathom/?lang=ar").content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert 'hreflang="de" href="http://testserver/fathom/?lang=de"' in page
