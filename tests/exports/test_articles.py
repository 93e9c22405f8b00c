"""The HTML of articles: a document that says what it is part of, linked both ways, deaf to what texts try."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.editions import article_entry, page_entry, picture, write_edition

from masthead import wording
from masthead.edition.folder import Edition
from masthead.edition.writing import write_file
from masthead.exports.frame.addresses import Addresses
from masthead.exports.frame.articles import find_article, render_all_articles, render_article, text_direction, where
from masthead.exports.frame.pages import render_page
from masthead.wording import translator

ADDRESSES = Addresses(build="/b/0/", origin="https://example.org")
STORY = """<p class="kicker" data-block="p1-b1">Harbours</p>
<h2 data-block="p1-b2">The &lt;keeper&gt;</h2>
<p class="standfirst" data-block="p1-b3">Who lit the lamp.</p>
<p data-block="p1-b4">One night the lamp went out, and <span data-block="p2-b1">nobody saw it; see <a href="page:3">the
map</a> and <a href="article:a2">the boats</a>.</span><sup><a href="#note-p2-b9" id="ref-p2-b9">1</a></sup></p>
<h3 data-block="p2-b2">Later</h3>
<figure data-figure="p2-f1"><img src="figure:p2-f1" alt="A lamp" width="640" height="400" /></figure>
<table data-block="p2-b3"><tr><td>Watch</td><td>4</td></tr></table>
<section class="footnotes"><p class="footnote" id="note-p2-b9" data-block="p2-b9">1 In 1807.</p></section>
"""
KEEPER = article_entry(
    1,
    "The <keeper>",
    slug="the-keeper",
    pages=[1, 2],
    words=460,
    minutes=2,
    standfirst="Who lit the lamp.",
    byline="By Ada Ray",
    authors=["Ada Ray"],
    section="Harbours",
)


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    write_file(tmp_path / "edition/figures/p2-f1.webp", picture(64, 40))
    stories = {"a1": STORY, "a2": '<h2 data-block="p3-b1">Boats</h2>\n<p data-block="p3-b2">They came back.</p>\n'}
    pages = [page_entry(1, label="i"), page_entry(2, label="ii"), page_entry(3, label="1")]
    first = '<h2 data-block="p1-b2">The &lt;keeper&gt;</h2>\n<p data-block="p1-b4">One night.</p>\n'
    return write_edition(
        tmp_path / "edition",
        fragments=[first],
        stories=stories,
        pages=pages,
        articles=[KEEPER, article_entry(3, "Boats", id="a2", slug="قوارب")],
        language="en-GB",
    )


def rendered(edition: Edition, at: int = 0, **addresses: Any) -> str:
    found = edition.manifest["articles"][at]
    return render_article(edition, found, language="en", addresses=Addresses(**{**vars_of(ADDRESSES), **addresses}))


def vars_of(addresses: Addresses) -> dict[str, Any]:
    return {"build": addresses.build, "origin": addresses.origin}


def test_the_title_is_the_first_heading_and_no_level_is_skipped(edition: Edition) -> None:
    html = rendered(edition)
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert levels == [1, 2]
    assert '<h1 id="p1-b2" data-block="p1-b2">The &lt;keeper&gt;</h1>' in html


def test_what_the_fragment_only_names_has_an_address(edition: Edition) -> None:
    html = rendered(edition)
    assert '<a href="/page/3">the\nmap</a>' in html
    assert '<a href="/article/%D9%82%D9%88%D8%A7%D8%B1%D8%A8">the boats</a>' in html
    assert '<img src="/b/0/figures/p2-f1.webp" alt="A lamp" width="640" height="400" />' in html
    assert "page:3" not in html
    assert "article:a2" not in html


def test_every_block_is_a_place_to_link_to_and_no_element_has_two_ids(edition: Edition) -> None:
    html = rendered(edition)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert {"p1-b4", "p2-b1", "note-p2-b9"} <= set(ids)
    assert not [tag for tag in re.findall(r"<[a-z][^>]*>", html) if tag.count(" id=") > 1]


def test_machines_are_told_what_it_is_part_of(edition: Edition) -> None:
    html = rendered(edition)
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    data = json.loads(found[1])
    assert (data["@type"], data["headline"], data["articleSection"]) == ("Article", "The <keeper>", "Harbours")
    assert (data["pageStart"], data["pageEnd"], data["wordCount"]) == ("i", "ii", 460)
    assert data["author"] == [{"@type": "Person", "name": "Ada Ray"}]
    assert data["inLanguage"] == "en-GB"
    assert data["isPartOf"]["@type"] == "PublicationIssue"
    assert data["url"] == "https://example.org/article/the-keeper"
    assert data["image"] == "https://example.org/b/0/figures/p2-f1.webp"


def test_a_preview_shows_the_first_figure_else_the_page(edition: Edition) -> None:
    assert '<meta property="og:image" content="https://example.org/b/0/figures/p2-f1.webp">' in rendered(edition)
    assert '<meta property="og:image" content="https://example.org/b/0/pictures/800/3.webp">' in rendered(edition, 1)
    assert '<meta name="description" content="Who lit the lamp.">' in rendered(edition)
    assert '<meta name="description" content="They came back.">' in rendered(edition, 1)


def test_neighbours_and_pages_are_linked(edition: Edition) -> None:
    first, last = rendered(edition), rendered(edition, 1)
    assert '<link rel="next" href="/article/%D9%82%D9%88%D8%A7%D8%B1%D8%A8">' in first
    assert '<link rel="prev"' not in first
    assert '<link rel="prev" href="/article/the-keeper">' in last
    assert '<link rel="next"' not in last
    assert '<a rel="next"' not in last
    assert 'href="/page/1"' in first
    assert 'href="/articles"' in first


def test_an_asked_language_stays_in_the_links(edition: Edition) -> None:
    html = rendered(edition, language="de")
    assert 'href="/page/3?lang=de"' in html
    assert '<link rel="canonical" href="https://example.org/article/the-keeper">' in html


def test_the_heading_on_the_page_leads_to_the_article(edition: Edition) -> None:
    html = render_page(edition, 1, language="en", addresses=ADDRESSES)
    link = '<a href="/article/the-keeper">The &lt;keeper&gt;</a>'
    assert f'<h2 id="p1-b2" data-block="p1-b2">{link}</h2>' in html
    assert "/article/" not in render_page(edition, 2, language="en", addresses=ADDRESSES)


def test_all_articles_are_listed_under_their_sections(edition: Edition) -> None:
    html = render_all_articles(edition, language="de", addresses=ADDRESSES)
    assert "<h1>Alle Artikel</h1>" in html
    assert re.search(r"<h2[^>]*>Harbours</h2>", html)
    assert '<a href="/article/the-keeper">The &lt;keeper&gt;</a>' in html
    assert "Seiten i–ii" in html
    assert "2 Minuten" in html


def test_a_slug_that_is_not_there_and_an_article_without_text_are_none(edition: Edition) -> None:
    assert find_article(edition, "the-keeper") == KEEPER
    assert find_article(edition, "nothing") is None
    (edition.path / "articles/a1.html").unlink()
    assert find_article(edition, "the-keeper") is None


@pytest.mark.parametrize(
    ("language", "binding", "runs"),
    [
        ("ar", "rtl", "rtl"),
        ("ja", "rtl", "ltr"),
        ("en-GB", "ltr", "ltr"),
        ("und", "rtl", "rtl"),
        ("xx-x", "ltr", "ltr"),
    ],
)
def test_the_text_runs_as_its_script_does(language: str, binding: str, runs: str) -> None:
    assert text_direction({"language": language, "direction": binding}) == runs


def test_where_is_told_by_printed_numbers(edition: Edition) -> None:
    words = translator("en")
    assert where(edition.manifest, KEEPER, words) == "Pages i–ii"
    assert where(edition.manifest, edition.manifest["articles"][1], words) == "Page 1"


@pytest.mark.parametrize(
    ("pages", "said"),
    [([4], "Page iv"), ([4, 5, 6], "Pages iv–6"), ([4, 5, 9], "Pages iv–5, 9"), ([1, 3], "Pages 1, 3")],
)
def test_the_pages_of_a_story_are_named_by_their_printed_numbers(pages: list[int], said: str) -> None:
    labels = [{"label": "iv" if number == 4 else str(number)} for number in range(1, 10)]
    assert where({"pages": labels}, {"pages": pages}, wording.translator("en")) == said
