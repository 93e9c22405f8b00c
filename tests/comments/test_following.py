"""After the PDF was replaced comments stand under their articles, whatever these are called now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cast import Cast, signed_in
from tests.comments.commenting import HERE, STORIES, post, said
from tests.editions import article_entry, write_edition

from masthead.accounts.selectors import User
from masthead.comments.following import comments_follow, strays_follow
from masthead.comments.models import Comment
from masthead.edition.folder import read_edition
from masthead.library.selectors import Build, Edition
from masthead.library.services import build_add
from masthead.production.rebuilding import edition_roll_back

TEXTS = {
    "lamp": "The keeper lit his lamp and wrote in his journal until the morning came and the ships had passed.",
    "water": "Divers saw a light far below the pier, and none of them could say what it was or who had put it there.",
}


def replaced(edition: Edition, data: Path, name: str, *stories: tuple[str, str]) -> Build:
    """Another build with these articles: title and text."""
    folder = f"editions/{edition.pk}/{name}"
    made_of: dict[str, Any] = {
        "stories": {
            f"a{at}": f'<h2 data-block="p{at}-b1">{title}</h2><p data-block="p{at}-b2">{text}</p>'
            for at, (title, text) in enumerate(stories, start=1)
        },
        "articles": [article_entry(at, title) for at, (title, _) in enumerate(stories, start=1)],
    }
    write_edition(data / folder, **made_of)
    made = read_edition(data / folder)
    return build_add(
        edition_id=edition.pk, build_id=made.build, folder=folder, pages=made.page_count, failures=0, version="0"
    )


def articles() -> dict[str, str]:
    return dict(Comment.objects.values_list("text", "article"))


def test_they_follow_the_text_not_the_name(cast: Cast, live: Edition, data: Path, ana: User, ben: User) -> None:
    first = replaced(live, data, "one", ("Harbour lights", TEXTS["lamp"]), ("Deep water", TEXTS["water"]))
    post(signed_in(ana), "On the lamp")
    lamp = Comment.objects.get()
    post(signed_in(ben), "An answer", answers=lamp.pk)
    post(signed_in(ana), "On the water", f"{HERE}?article=deep-water")
    post(signed_in(ana), "On the issue", HERE)
    replaced(live, data, "two", ("News", "Nothing of note."), ("Deep water", TEXTS["lamp"]), ("Lights", TEXTS["water"]))
    assert comments_follow(edition=live) == 2
    assert articles() == {
        "On the lamp": "deep-water",
        "An answer": "deep-water",
        "On the water": "lights",
        "On the issue": "",
    }
    assert comments_follow(edition=live) == 0
    assert "On the lamp" in said(signed_in(ana), f"{HERE}?article=deep-water")
    live.refresh_from_db()
    edition_roll_back(by=cast.owner, edition=live, build=first)
    assert articles()["On the water"] == "deep-water"
    assert articles()["An answer"] == "harbour-lights"


def test_what_lost_its_article_stands_under_the_edition_with_its_title_and_can_go_back(
    live: Edition, data: Path, ana: User
) -> None:
    replaced(live, data, "one", ("Harbour lights", TEXTS["lamp"]))
    post(signed_in(ana), "On the lamp")
    replaced(live, data, "two", ("Deep water", TEXTS["water"]))
    assert strays_follow() == 1
    page = said(signed_in(ana), HERE)
    assert "On the lamp" in page
    assert "Harbour lights" in page
    assert "not in this edition any more" in page
    replaced(live, data, "three", ("Deep water", TEXTS["water"]), ("The lights", TEXTS["lamp"]))
    assert strays_follow() == 1
    assert articles() == {"On the lamp": "the-lights"}


def test_a_corrected_beginning_keeps_its_comments(live: Edition, data: Path, ana: User) -> None:
    post(signed_in(ana), "On the lamp")
    assert STORIES
    replaced(live, data, "two", ("Harbour lights", "The keeper lit his lamps and wrote."))
    assert strays_follow() == 1
    assert articles() == {"On the lamp": "harbour-lights"}
