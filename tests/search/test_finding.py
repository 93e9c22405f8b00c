"""What is found, in which order, and where it stands on the page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.cast import Cast
from tests.search.archive import block, characters, live_edition, publication, story

from masthead.search.asking import understood
from masthead.search.clipping import clipping_of
from masthead.search.engine import CAP, Kind, Order, Scope
from masthead.search.places import current
from masthead.search.selectors import find, known_sections, nearest
from masthead.search.services import catch_up


def pages(words: str, scope: Scope | None = None, *, typing: bool = False, order: Order = "relevance") -> list[int]:
    found = find(understood(words, is_typing=typing), scope or Scope(), order=order)
    return [hit.page for hit in found.hits]


@pytest.fixture
def fathom(cast: Cast, data: Path) -> Path:
    """A live edition of four pages, with two articles."""
    edition = live_edition(
        cast,
        data,
        [
            [
                block("p1-b1", "The keeper of the light", role="heading", article="a1"),
                block("p1-b2", "Fathom 1", role="folio"),
            ],
            [block("p2-b1", "He lit the lamp of the light¬", "house every evening", article="a1")],
            [block("p3-b1", "Storms are counted, the keeper writes. A lamp, a lamp!", article="a2")],
            [characters("p4-b1", "東京都の灯台")],
        ],
        articles=[
            story(1, "The keeper of the light", pages=[1, 2], section="History"),
            story(2, "Storms", pages=[3], section="Weather"),
        ],
    )
    catch_up()
    assert edition.build is not None
    return data / edition.build.folder


def test_words_phrases_and_beginnings(fathom: Path) -> None:
    assert sorted(pages("keepers")) == [1, 3]
    assert pages("keeper lamp") == [3]
    assert pages('"lamp of the light"') == []
    assert pages('"the lamp of the lighthouse"') == [2]  # hyphenated on the page
    assert pages("lightho", typing=True) == [2]
    assert pages("lightho") == []
    assert pages("fathom") == []  # stands at the foot of the page only
    assert pages("LAMP")[0] == 3  # twice there
    assert pages("") == pages('"') == pages("?!") == []


def test_chinese_and_japanese(fathom: Path) -> None:
    assert pages("東京") == pages("京都") == pages("灯") == pages("東京都の") == [4]
    assert pages("都京") == []
    assert pages("東京都", typing=True) == [4]


def test_a_word_in_a_headline_comes_first(fathom: Path) -> None:
    assert pages("keeper")[0] == 1


def test_articles_gather_what_stands_on_several_pages(fathom: Path) -> None:
    kind: Kind = "article"
    found = find(understood("keeper evening"), Scope(), kind=kind)
    assert [(hit.article, hit.page) for hit in found.hits] == [("a1", 1)]
    assert pages("keeper evening") == []


def test_narrowing_down(cast: Cast, data: Path, fathom: Path) -> None:
    tide = publication(cast, "Tide", "de")
    live_edition(cast, data, [[block("p1-b1", "Die Häuser am Meer, a lamp")]], "Nr. 1", tide, date(2020, 5, 1))
    catch_up()
    assert len(pages("lamp")) == 3
    assert pages("lamp", Scope(publication=tide.pk)) == pages("lamp", Scope(language="de")) == [1]
    assert len(pages("lamp", Scope(first=date(2020, 5, 2)))) == 2
    assert pages("lamp", Scope(last=date(2020, 5, 1))) == pages("Haus") == [1]
    assert pages("lamp", Scope(first=date(2020, 5, 1), last=date(2020, 5, 1))) == [1]
    assert pages("lamp", order="date") == [2, 3, 1]
    sections = {name: key for key, name in known_sections(cast.fathom.pk)}
    assert sorted(sections) == ["History", "Weather"]
    assert pages("lamp", Scope(publication=cast.fathom.pk, section=sections["History"])) == [2]


@pytest.mark.parametrize(
    ("typed", "meant"), [("keeepr", "keeper"), ("lihgt house", "light house"), ("evenink", "evening"), ("xyzzyq", "")]
)
def test_a_spelling_nearby(fathom: Path, typed: str, meant: str) -> None:
    kind: Kind = "article"
    assert nearest(understood(typed), Scope(), kind=kind) == (meant if meant != "light house" else "")
    assert nearest(understood("keeper"), Scope(), kind=kind) == ""


def test_a_word_of_a_withdrawn_issue_is_not_offered(fathom: Path) -> None:
    index = current()
    assert index is not None
    for name in list(index.indexed()):
        index.delete_edition(name)
    assert nearest(understood("keeepr"), Scope(), kind="page") == ""


def test_of_very_common_words_it_is_said_that_there_are_more(cast: Cast, data: Path) -> None:
    live_edition(cast, data, [[block("p1-b1", "common")] for _ in range(CAP + 5)])
    catch_up()
    found = find(understood("common"), Scope())
    assert (len(found.hits), found.is_more) == (CAP, True)


@pytest.mark.parametrize(
    "words", ['"', '" OR "', "NEAR(a b)", "scope : x", "a*", "'", "\\", "lamp AND", "\u0000", "-lamp", "🏮"]
)
def test_nothing_that_is_typed_is_a_command(fathom: Path, words: str) -> None:
    find(understood(words), Scope())
    find(understood(words, is_typing=True), Scope())


def test_the_piece_of_the_page(fathom: Path) -> None:
    index = current()
    assert index is not None
    found = clipping_of(index, fathom, 2, (400.0, 500.0), understood("lighthouse evening"), "en")
    assert found is not None
    assert len(found.marks) == 3  # two halves of a hyphenated word, and another
    for mark in found.marks:
        assert found.box.x0 <= mark.x0 < mark.x1 <= found.box.x1
        assert found.box.y0 <= mark.y0 < mark.y1 <= found.box.y1
    assert 0 <= found.box.x0 < found.box.x1 <= 400
    assert [words for words, is_hit in found.text if is_hit] == ["lighthouse", "evening"]
    assert "".join(words for words, _ in found.text).strip() == "He lit the lamp of the lighthouse every evening"
    assert clipping_of(index, fathom, 1, (400.0, 500.0), understood("lighthouse"), "en") is None
