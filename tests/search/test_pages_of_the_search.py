"""The search of the archive over HTTP: what is shown to whom, and what bad questions are answered."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from tests.cast import Cast, signed_in
from tests.search.archive import block, live_edition, publication

from masthead.library.selectors import Edition
from masthead.library.services import edition_withdraw
from masthead.search.services import catch_up


@pytest.fixture
def edition(cast: Cast, data: Path) -> Edition:
    pages = [[block(f"p{number}-b1", "the <b>keeper</b> lit his lamp")] for number in range(1, 16)]
    made = live_edition(cast, data, pages)
    catch_up()
    return made


def said(address: str, client: Client | None = None, **headers: str) -> str:
    answer = (client or Client()).get(address, headers=headers)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_hits_are_pieces_of_pages_with_marks(edition: Edition) -> None:
    html = said("/search?q=lamps")
    assert "15 pages" in html
    assert "<mark>lamp</mark>" in html
    assert "<b>keeper" not in html
    assert 'href="/fathom/no-1/page/1?q=lamps"' in html
    assert html.count("<rect") == html.count('class="clipping"') == 12
    assert "style=" not in html
    picture = re.findall(r'src="([^"]+clippings/[^"]+)"', html)[0]
    answer = Client().get(picture)
    assert answer["Content-Type"] == "image/webp"
    assert "immutable" in answer["Cache-Control"]
    assert b"".join(answer).startswith(b"RIFF")  # type: ignore[arg-type]
    later = said("/search?q=lamps&page=2")
    assert later.count('class="clipping"') == 3
    assert 'rel="next"' not in later


def test_a_piece_cannot_be_made_up(edition: Edition) -> None:
    html = said("/search?q=lamp")
    picture = re.findall(r'src="([^"]+clippings/[^"]+)"', html)[0]
    other = re.sub(r"/\d+-\d+-(\d+)-(\d+)\.", r"/0-0-\1-\2.", picture)
    assert other != picture
    assert Client().get(other).status_code == 404


def test_what_is_withdrawn_is_gone_before_the_index_has_followed(cast: Cast, edition: Edition) -> None:
    picture = re.findall(r'src="([^"]+clippings/[^"]+)"', said("/search?q=lamp"))[0]
    edition_withdraw(by=cast.owner, edition=edition)
    for person in cast.people().values():
        html = said("/search?q=lamp", signed_in(person))
        assert "keeper" not in html
    assert signed_in(cast.outsider).get(picture).status_code == 410
    assert Client().get(picture).status_code == 410


def test_one_publication(cast: Cast, data: Path, edition: Edition) -> None:
    tide = publication(cast, "Tide")
    live_edition(cast, data, [[block("p1-b1", "another lamp")]], of=tide)
    catch_up()
    assert "16 pages" in said("/search?q=lamp")
    assert "15 pages" in said("/fathom/search?q=lamp")
    assert "1 page<" in said("/search?q=lamp&publication=tide")
    assert Client().get("/nothing/search?q=lamp").status_code == 404


def test_nothing_found_is_said_with_a_spelling(edition: Edition) -> None:
    html = said("/search?q=keepr")
    assert "Nothing found" in html
    assert "/search?q=keeper" in html


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("q=lamp&from=soon", "Write the day as"),
        ("q=lamp&from=2026-01-02&to=2026-01-01", "The end is before the beginning."),
        ("q=" + "a" * 300, "Ask with fewer words."),
        ("q=lamp&sort=colour", "Choose something that is on the list."),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_is_lost(edition: Edition, query: str, sentence: str) -> None:
    html = unescape(said(f"/search?{query}"))
    assert sentence in html
    assert f'value="{query[2:].partition("&")[0]}"' in html
    assert 'aria-invalid="true"' in html


def test_while_typing_only_the_answer_is_sent(edition: Edition) -> None:
    part = said("/search?q=kee", **{"X-Part": "yes"})
    assert "<html" not in part
    assert 'data-count="15 pages"' in part
    assert "Nothing found" in said("/search?q=kee")


@pytest.mark.django_db
def test_an_empty_house_can_be_searched(data: Path) -> None:
    assert "Nothing found" in said("/search?q=lamp")
    assert "Nothing found" not in said("/search")
