"""What is counted and what is not: by the server of its own answers, and of what readers' scripts tell."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from tests.cast import Cast, ready_edition, signed_in
from tests.editions import article_entry
from tests.production.overlays.laying import lay

from masthead.access.proof_links import proof_link_create, token_of
from masthead.document.overlays import OverlayKind
from masthead.library.particulars import publication_settings_change
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish, edition_withdraw
from masthead.site import counting
from masthead.statistics.spool import lines

BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148"
HOME = "/fathom/no-1/"
STORY = '<h2 data-block="p2-b1">Boats</h2>\n<p data-block="p2-b2">They came back.</p>\n'


@pytest.fixture
def live(cast: Cast, data: Path) -> Edition:
    edition = ready_edition(cast, data, source=b"%PDF-1.7", stories={"a2": STORY}, articles=[article_entry(2, "Boats")])
    return edition_publish(by=cast.owner, edition=edition)


@pytest.fixture(autouse=True)
def nobody_asked() -> None:
    counting._ASKED.clear()


def get(address: str, client: Client | None = None, agent: str = BROWSER, **headers: str) -> int:
    answer = (client or Client()).get(address, headers={"user-agent": agent, **headers})
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer.status_code


def kept() -> list[dict[str, Any]]:
    folder = settings.MASTHEAD.data / "events"
    return [line for path in sorted(folder.iterdir()) for line in lines(path)] if folder.is_dir() else []


def kinds() -> list[tuple[str, int | None, str]]:
    return [(line["kind"], line["page"], line["name"]) for line in kept()]


def tell(*events: dict[str, Any], client: Client | None = None, agent: str = BROWSER, **more: Any) -> int:
    headers = {"user-agent": agent, "origin": "http://testserver", **more.pop("headers", {})}
    said = more.pop("said", {"batch": "0123456789abcdef", "referrer": "news.example", "events": list(events)})
    data = said if isinstance(said, str) else json.dumps(said)
    answer = (client or Client()).post(f"{HOME}count", data, content_type="text/plain", headers=headers, **more)
    assert answer.content == b""
    return int(answer.status_code)


def test_pages_articles_and_downloads_are_counted(live: Edition) -> None:
    for path in ("", "page/2", "article/boats", "issue.pdf", "issue.epub", "embed?page=3"):
        assert get(HOME + path, referer="https://www.search.example/?q=secret") == 200
    assert kinds() == [
        ("page", 1, ""),
        ("page", 2, ""),
        ("article", None, "boats"),
        ("download", None, "pdf"),
        ("download", None, "epub"),
        ("page", 3, ""),
    ]
    assert [line["items"] for line in kept()] == ["", "boats", "boats", "boats", "boats", ""]
    first = kept()[0]
    assert (first["referrer"], first["device"], first["access"]) == ("www.search.example", "computer", "free")
    assert (first["publisher"], first["publication"]) == (live.publication.publisher_id, live.publication_id)
    assert "secret" not in json.dumps(kept())


def test_an_answer_that_only_says_nothing_changed_is_a_page_seen(live: Edition) -> None:
    tag = Client().get(f"{HOME}page/2")["ETag"]
    assert get(f"{HOME}page/2", **{"if-none-match": tag}) == 304
    assert kinds()[-1] == ("page", 2, "")


def test_a_file_that_comes_in_parts_counts_once(live: Edition) -> None:
    assert get(f"{HOME}issue.pdf", range="bytes=0-3") == 206
    assert get(f"{HOME}issue.pdf", range="bytes=4-7") == 206
    build = live.build.build_id if live.build else ""
    assert get(f"{HOME}b/{build}/source.pdf") == 200
    assert [kind for kind, _, _ in kinds()] == ["download", "download"]


def test_what_was_opened_on_a_page_is_kept_if_it_lies_there(cast: Cast, live: Edition) -> None:
    film = lay(cast, live, OverlayKind.POPUP, page=2, text="<p>More</p>")
    for said in (
        {"page": 2, "overlay": film.pk},
        {"page": 2, "to": 3},
        {"page": 1, "overlay": film.pk},  # it does not lie there
        {"page": 2, "overlay": "somebody"},
        {"page": 2, "to": 99},
        {"page": 2},
        {"overlay": film.pk},
    ):
        batch = {"batch": os.urandom(8).hex(), "events": [{"kind": "overlay", **said}]}
        assert tell(said=batch) == 204
    assert kinds() == [("overlay", 2, film.pk), ("overlay", 2, "page:3")]


@pytest.mark.parametrize(
    "agent",
    ["Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "GPTBot/1.2", "curl/8.9", ""],
)
def test_robots_are_left_out(live: Edition, agent: str) -> None:
    get(HOME, agent=agent)
    assert tell({"kind": "page", "page": 1}, agent=agent) == 204
    assert kept() == []


@pytest.mark.parametrize("name", ["owner", "editor", "shop"])
def test_staff_are_left_out_of_what_is_live_too(cast: Cast, live: Edition, name: str) -> None:
    client = signed_in(cast.people()[name])
    get(HOME, client)
    get(f"{HOME}issue.pdf", client)
    get("/fathom/feed.atom", client)
    get("/search?q=harbour", client)
    assert tell({"kind": "page", "page": 1}, client=client) == 204
    assert kept() == []


def test_readers_who_signed_in_are_counted_like_everybody(cast: Cast, live: Edition) -> None:
    get(HOME, signed_in(cast.reader))
    assert [line["kind"] for line in kept()] == ["page"]


def test_proofs_previews_and_what_is_gone_are_not_counted(cast: Cast, data: Path, live: Edition) -> None:
    draft = ready_edition(cast, data, "No. 2")
    guest = Client()
    get(f"/proof/{token_of(proof_link_create(by=cast.owner, edition=draft, name='Ada', days=3))}", guest)
    page = guest.get("/fathom/no-2/", headers={"user-agent": BROWSER})
    assert page.status_code == 200
    assert b"counting=" not in page.content
    assert b"counting=" not in signed_in(cast.owner).get("/fathom/no-2/").content
    edition_withdraw(by=cast.owner, edition=live)
    assert get(HOME) == 410
    assert tell({"kind": "page", "page": 1}) == 404
    assert kept() == []


@pytest.mark.parametrize("header", ["dnt", "sec-gpc"])
def test_who_asks_not_to_be_followed_is_left_out_unless_the_publisher_counts_all(
    cast: Cast, live: Edition, header: str
) -> None:
    get(HOME, **{header: "1"})
    assert tell({"kind": "page", "page": 1}, headers={header: "1"}) == 204
    assert kept() == []
    publication_settings_change(by=cast.owner, publication=live.publication, values={"privacy_signals": "no"})
    get(HOME, **{header: "1"})
    assert tell({"kind": "page", "page": 1}, headers={header: "1"}) == 204
    assert len(kept()) == 2


def test_a_publisher_can_do_without_counting(cast: Cast, live: Edition) -> None:
    assert b'counting="/fathom/no-1/count"' in Client().get(HOME, headers={"user-agent": "curl"}).content
    publication_settings_change(by=cast.owner, publication=live.publication, values={"counting": "no"})
    assert b"counting=" not in Client().get(HOME, headers={"user-agent": BROWSER}).content
    get("/fathom/feed.rss")
    assert tell({"kind": "page", "page": 1}) == 204
    assert kept() == []


def test_searches_of_the_archive_and_feeds(live: Edition) -> None:
    get("/fathom/search?q=Lanterns")
    get("/search?q=Lanterns&page=2")
    get("/search?q=")
    get("/fathom/feed.atom", agent="NetNewsWire (RSS Reader)")
    assert [(line["kind"], line["name"], line["number"], line["publication"]) for line in kept()] == [
        ("search", "lanterns", 0, live.publication_id),
        ("search", "lanterns", 0, live.publication_id),
        ("feed", "", 0, live.publication_id),
    ]


def test_pages_fetched_ahead_are_not_seen(live: Edition) -> None:
    get(HOME, **{"sec-purpose": "prefetch;prerender"})
    Client().head(HOME, headers={"user-agent": BROWSER})
    assert kept() == []


def test_what_a_reader_tells(live: Edition) -> None:
    assert (
        tell(
            {"kind": "open"},
            {"kind": "page", "page": 2, "seconds": 14, "ago": 3.5},
            {"kind": "time", "page": 2, "seconds": 9},
            {"kind": "article", "article": "boats", "seconds": 30},
            {"kind": "search", "words": "Light", "hits": 4},
            {"kind": "link", "page": 3, "address": "https://example.org/?a=1"},
            {"kind": "share", "way": "mail", "page": 2},
            agent=PHONE,
        )
        == 204
    )
    assert [(line["kind"], line["page"], line["name"], line["number"], line["items"]) for line in kept()] == [
        ("open", None, "", 0, ""),
        ("page", 2, "", 14, "boats"),
        ("time", 2, "", 9, ""),
        ("article", None, "boats", 30, "boats"),
        ("search", None, "light", 4, ""),
        ("link", 3, "https://example.org/?a=1", 0, ""),
        ("share", 2, "mail", 0, "boats"),
    ]
    assert {line["source"] for line in kept()} == {"reader"}
    assert {(line["device"], line["referrer"]) for line in kept()} == {("phone", "news.example")}


def test_a_batch_sent_twice_is_the_same_events(live: Edition) -> None:
    for _ in range(2):
        tell({"kind": "page", "page": 1}, {"kind": "page", "page": 2})
    assert len(kept()) == 4
    assert len({line["id"] for line in kept()}) == 2


def test_pages_articles_and_addresses_that_are_not_there_are_left_out(live: Edition) -> None:
    assert (
        tell(
            {"kind": "page", "page": 4},
            {"kind": "page"},
            {"kind": "article", "article": "none"},
            {"kind": "link", "page": 1, "address": "javascript:alert(1)"},
            {"kind": "page", "page": 3},
        )
        == 204
    )
    assert kinds() == [("page", 3, "")]


@pytest.mark.parametrize(
    "said",
    [
        "no json",
        "[]",
        {"batch": "0123456789abcdef", "events": []},
        {"batch": "short", "events": [{"kind": "open"}]},
        {"batch": "0123456789abcdef", "events": [{"kind": "download"}]},
        {"batch": "0123456789abcdef", "events": [{"kind": "page", "page": "1"}]},
        {"batch": "0123456789abcdef", "events": [{"kind": "page", "page": 1, "seconds": 99_999}]},
        {"batch": "0123456789abcdef", "events": [{"kind": "page", "page": 1, "cookie": "x"}]},
        {"batch": "0123456789abcdef", "events": [{"kind": "open"}], "referrer": "a b"},
        {"batch": "0123456789abcdef", "events": [{"kind": "open"}] * 51},
    ],
)
def test_what_is_no_batch_is_refused_whole(live: Edition, said: Any) -> None:
    assert tell(said=said) == 400
    assert kept() == []


def test_batches_have_a_size_come_from_here_and_not_too_often(live: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    page = {"kind": "page", "page": 1}
    assert tell(said=" " * 9000) == 413
    assert tell(page, headers={"origin": "https://elsewhere.example"}) == 403
    assert tell(page, headers={"origin": "null"}) == 403
    assert tell(page, headers={"origin": "", "sec-fetch-site": "cross-site"}) == 403
    monkeypatch.setattr(counting, "_BATCHES", 4)
    assert [tell(page) for _ in range(3)] == [204, 204, 204]  # one was asked for before, and was too large
    assert tell(page) == 429
    assert tell(page, agent=PHONE) == 204
    assert len(kept()) == 4


def test_whatever_goes_wrong_with_counting_the_page_is_sent(
    live: Edition, monkeypatch: pytest.MonkeyPatch, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 3
    assert get(HOME, **{"x-forwarded-for": "192.0.2.1"}) == 200  # fewer proxies than there should be
    assert len(kept()) == 1
    monkeypatch.setattr("masthead.site.counted.record", lambda *_: 1 / 0)
    assert get(HOME) == 200
    assert get("/fathom/feed.atom") == 200
    assert "was not counted" in caplog.text


def test_counting_asks_the_database_once(live: Edition, django_assert_num_queries: Any) -> None:
    tell({"kind": "open"})
    with django_assert_num_queries(1):
        tell({"kind": "page", "page": 1}, {"kind": "page", "page": 2})


def test_which_product_was_opened_and_put_into_a_cart(live: Edition) -> None:
    told = {"kind": "product", "page": 1, "code": "RO 1"}
    assert tell(told, {**told, "kind": "cart"}, {**told, "code": ""}, {**told, "page": 99}) == 204
    found = [(kind, name) for kind, _, name in kinds()]
    assert found == [("product", "ro 1"), ("cart", "ro 1")]
