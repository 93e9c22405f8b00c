"""The page on which something is shared, and what the panel is told: of what is live, as the publisher allows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from tests.cast import Cast, ready_edition, signed_in

from masthead.access.setting_terms import terms_set
from masthead.library.particulars import publication_settings_change
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish

HOME = "/fathom/no-1/"


@pytest.fixture
def live(cast: Cast, data: Path) -> Edition:
    return edition_publish(by=cast.owner, edition=ready_edition(cast, data))


def told(asked: dict[str, str], client: Client | None = None) -> dict[str, Any]:
    answer = (client or Client()).get(f"{HOME}share.json", asked)
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.content)
    return found


def test_a_page_an_article_the_cover_and_selected_words_each_have_their_address(live: Edition) -> None:
    things = told({"page": "2", "select": "2.1-2.4"})["things"]
    addresses = {thing["what"]: thing["address"] for thing in things}
    assert addresses["passage"] == f"http://testserver{HOME}page/2#select=2.1-2.4"
    assert addresses["page"] == f"http://testserver{HOME}page/2"
    assert addresses["cover"] == f"http://testserver{HOME}"
    assert [thing["what"] for thing in things][:2] == ["passage", "page"]
    for thing in things:
        assert Client().get(urlsplit(thing["address"]).path).status_code == 200


@pytest.mark.parametrize(
    "asked", [{"page": "999"}, {"page": "x"}, {"select": "1.1-<b>"}, {"article": "none"}, {"what": "?"}]
)
def test_what_makes_no_sense_is_left_out(live: Edition, asked: dict[str, str]) -> None:
    things = told(asked)["things"]
    assert things[-1]["what"] in ("cover", "page", "article")
    assert not [thing for thing in things if thing["what"] == "passage"]
    page = Client().get(f"{HOME}share", asked)
    assert page.status_code == 200
    assert b"<b>" not in page.content


def test_the_page_works_without_a_script_and_loads_nothing_from_the_networks(live: Edition) -> None:
    page = Client().get(f"{HOME}share", {"page": "2"}).content.decode()
    assert f'value="http://testserver{HOME}page/2"' in page
    links = [part.split('"')[0].replace("&amp;", "&") for part in page.split('href="')[1:]]
    x = next(link for link in links if link.startswith("https://x.com/"))
    assert parse_qs(urlsplit(x).query)["url"] == [f"http://testserver{HOME}page/2"]
    assert {urlsplit(link).netloc for link in links if link.startswith("https:")} == {
        *("www.linkedin.com", "www.facebook.com", "x.com", "wa.me")
    }
    assert page.count('src="https://') == 0
    assert f'href="{HOME}share?page=2"' in Client().get(f"{HOME}page/2").content.decode()


def test_the_publisher_chooses_the_ways(cast: Cast, live: Edition) -> None:
    publication_settings_change(
        by=cast.owner, publication=live.publication, values={"share_x": "no", "share_link": "no"}
    )
    said = told({"page": "2"})
    assert "link" not in said["ways"]
    assert "x" not in {network["way"] for network in said["things"][0]["networks"]}
    assert "x.com" not in Client().get(f"{HOME}share").content.decode()
    every = dict.fromkeys(
        [f"share_{way}" for way in ("link", "device", "email", "linkedin", "facebook", "x", "whatsapp")], "no"
    )
    publication_settings_change(by=cast.owner, publication=live.publication, values=every)
    assert Client().get(f"{HOME}share").status_code == 404
    assert "share=" not in Client().get(f"{HOME}page/2").content.decode()


def test_what_is_not_live_cannot_be_shared_and_says_so_to_those_who_see_it(cast: Cast, data: Path) -> None:
    ready_edition(cast, data)
    editor = signed_in(cast.editor)
    said = told({"page": "2"}, editor)
    assert (said["live"], said["things"]) == (False, [])
    page = editor.get(f"{HOME}share").content.decode()
    assert "cannot be shared yet" in page
    assert "linkedin" not in page.lower()
    assert Client().get(f"{HOME}share").status_code == 404
    assert Client().get(f"{HOME}share.json").status_code == 404


def test_a_closed_page_is_shared_by_nobody_who_cannot_read_it(cast: Cast, live: Edition) -> None:
    terms_set(by=cast.owner, of=live, parts={"ways": {"ways": ["sign_in"]}, "free": "1"})
    assert Client().get(f"{HOME}share", {"page": "2"}).status_code == 403
    assert Client().get(f"{HOME}share.json", {"page": "2"}).status_code == 403
    assert {thing["page"] for thing in told({"page": "1"})["things"]} == {1}
