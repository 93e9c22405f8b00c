"""What machines are told: read by real clients and checked by published models; what is not live is in none of it."""

from __future__ import annotations

import io
import json
import threading
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path
from typing import Any

import feedparser
import pytest
from django.test import Client
from django.urls import get_resolver
from PIL import Image
from tests.cast import Cast, ready_edition, signed_in

from masthead.exports.announcing.xml import ATOM, SITEMAP
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish, edition_withdraw
from masthead.site import image_answers

HOST = "http://testserver"


@pytest.fixture
def live(cast: Cast, data: Path) -> Edition:
    """One edition that is live, one that is not, and one that was."""
    shown = edition_publish(by=cast.owner, edition=ready_edition(cast, data, "No. 1"))
    ready_edition(cast, data, "Hidden draft")
    gone = edition_publish(by=cast.owner, edition=ready_edition(cast, data, "Gone again"))
    edition_withdraw(by=cast.owner, edition=gone)
    return shown


def read(address: str) -> bytes:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    content: bytes = answer.content
    return content


def told(address: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(read(address))
    return found


def allow(edition: Edition, **settings: str) -> None:
    edition.overrides = settings
    edition.save()


@pytest.mark.parametrize("name", ["feed.atom", "feed.rss"])
def test_feeds_are_read_by_a_real_client(live: Edition, name: str) -> None:
    live.description = "Ships & <lamps>"
    live.save()
    feed = feedparser.parse(read(f"/fathom/{name}"))
    assert not feed.bozo
    assert feed.feed.title == "Fathom"
    assert [(entry.title, entry.link) for entry in feed.entries] == [("Fathom No. 1", f"{HOST}/fathom/no-1/")]
    assert "Ships &amp; &lt;lamps&gt;" in str(feed.entries[0])
    assert feed.entries[0].published_parsed is not None


def test_an_atom_feed_has_all_that_the_standard_asks_for(live: Edition) -> None:
    feed = ET.fromstring(read("/fathom/feed.atom"))
    for place in (feed, *feed.iter(f"{{{ATOM}}}entry")):
        for name in ("id", "title", "updated"):
            assert len(place.findall(f"{{{ATOM}}}{name}")) == 1
    assert feed.find(f"{{{ATOM}}}author/{{{ATOM}}}name") is not None
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{{{ATOM}}}link")}
    assert links == {"self": f"{HOST}/fathom/feed.atom", "alternate": f"{HOST}/fathom/"}


def test_catalogues_offer_what_may_be_had(live: Edition) -> None:
    root = feedparser.parse(read("/opds"))
    assert not root.bozo
    assert root.entries[0].links[0].href == f"{HOST}/fathom/opds"
    entry = feedparser.parse(read("/fathom/opds")).entries[0]
    offered = {link.type: link.href for link in entry.links if link.rel.startswith("http://opds-spec.org/acquisition")}
    assert offered["application/epub+zip"] == f"{HOST}/fathom/no-1/issue.epub"
    assert {link.rel for link in entry.links} >= {"http://opds-spec.org/image", "http://opds-spec.org/image/thumbnail"}
    allow(live, books="no", downloads="no")
    entry = feedparser.parse(read("/fathom/opds")).entries[0]
    kinds = {link.type for link in entry.links if link.rel.startswith("http://opds-spec.org/acquisition")}
    assert kinds == {"text/html"}
    assert Client().get("/fathom/no-1/issue.epub").status_code == 404
    assert Client().get("/fathom/no-1/issue.pdf").status_code == 404


def test_the_second_catalogue_has_what_its_schema_asks_for(live: Edition) -> None:
    root, catalogue = told("/opds.json"), told("/fathom/opds.json")
    for feed in (root, catalogue):
        assert feed["metadata"]["title"]
        assert any(link["rel"] == "self" and link["type"] == "application/opds+json" for link in feed["links"])
    assert root["navigation"] == [
        {"href": f"{HOST}/fathom/opds.json", "title": "Fathom", "type": "application/opds+json", "rel": "subsection"}
    ]
    publication = catalogue["publications"][0]
    assert publication["metadata"]["title"] == "Fathom No. 1"
    assert publication["images"][0]["type"] == "image/jpeg"
    own, *offers = publication["links"]
    assert (own["rel"], own["type"]) == ("self", "application/opds-publication+json")
    assert told(own["href"].removeprefix(HOST)) == publication
    assert offers
    assert all(link["rel"].startswith("http://opds-spec.org/acquisition") for link in offers)


def test_a_catalogue_comes_in_parts(cast: Cast, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("masthead.exports.announcing.opds1.LENGTH", 2)
    for number in range(5):
        edition_publish(by=cast.owner, edition=ready_edition(cast, data, f"No. {number}"))
    address, seen = "/fathom/opds", []
    while address:
        feed = feedparser.parse(read(address.removeprefix(HOST)))
        seen += [entry.link for entry in feed.entries]
        address = next((link.href for link in feed.feed.links if link.rel == "next"), "")
    assert len(seen) == len(set(seen)) == 5
    assert Client().get("/fathom/opds?part=9").status_code == 404


def test_the_catalogue_can_be_searched(live: Edition) -> None:
    description = ET.fromstring(read("/opds-search.xml"))
    template = next(url.get("template", "") for url in description if url.tag.endswith("Url"))
    address = template.removeprefix(HOST).replace("{searchTerms}", "fathom")
    assert [entry.title for entry in feedparser.parse(read(address)).entries] == ["Fathom No. 1"]
    assert not feedparser.parse(read("/opds-search?q=draft")).entries


def test_iiif_manifests_keep_to_the_published_model(live: Edition) -> None:
    """Its package pins a Pillow of its own, so that it cannot be among the locked ones."""
    model = pytest.importorskip("iiif_prezi3", reason="pip install --no-deps iiif-prezi3 checks manifests by the model")
    model.Collection(**told("/fathom/iiif/collection.json"))
    model.Manifest(**told("/fathom/no-1/iiif/manifest.json"))


def test_iiif_manifests_have_what_the_standard_asks_for(live: Edition) -> None:
    whole = told("/fathom/iiif/collection.json")
    assert (whole["type"], whole["label"]) == ("Collection", {"en": ["Fathom"]})
    said = told(whole["items"][0]["id"].removeprefix(HOST))
    assert (said["id"], said["type"]) == (whole["items"][0]["id"], "Manifest")
    assert said["@context"] == "http://iiif.io/api/presentation/3/context.json"
    assert len(said["items"]) == 3
    for canvas in said["items"]:
        painting = canvas["items"][0]["items"][0]
        assert (painting["motivation"], painting["target"]) == ("painting", canvas["id"])
        assert (painting["body"]["width"], painting["body"]["height"]) == (canvas["width"], canvas["height"])


def test_iiif_images_are_had_as_they_are_described(live: Edition) -> None:
    said = told("/fathom/no-1/iiif/manifest.json")
    body = said["items"][0]["items"][0]["items"][0]["body"]
    picture = Client().get(body["id"].removeprefix(HOST))
    assert picture.status_code == 200
    assert picture["Content-Type"] == "image/jpeg"
    assert picture["Access-Control-Allow-Origin"] == "*"
    assert picture.content.startswith(b"\xff\xd8")
    service = body["service"][0]["id"].removeprefix(HOST)
    assert Client().get(service)["Location"] == f"{service}/info.json"
    about = told(f"{service}/info.json")
    assert (about["profile"], about["protocol"]) == ("level1", "http://iiif.io/api/image")
    for size in about["sizes"]:
        assert size_of(f"{service}/full/{size['width']},{size['height']}") == (size["width"], size["height"])


def size_of(address: str) -> tuple[int, int]:
    """How large the picture is that is answered."""
    answer = Client().get(f"{address}/0/default.jpg")
    assert answer.status_code == 200, (address, answer.status_code)
    return Image.open(io.BytesIO(answer.content)).size


def test_iiif_images_are_had_in_parts(live: Edition) -> None:
    service = "/fathom/no-1/iiif/1"
    about = told(f"{service}/info.json")
    assert about["profile"] == "level1"
    width, height = about["width"], about["height"]
    # What a viewer asks for by the tiles: every part of every level, down to one that shows all.
    (tiles,) = about["tiles"]
    side, largest = tiles["width"], tiles["scaleFactors"][-1]
    assert side * largest >= max(width, height) > side * largest // 2
    for factor in tiles["scaleFactors"]:
        step = side * factor
        left, top = (width - 1) // step * step, (height - 1) // step * step
        wide, high = width - left, height - top
        wanted = (-(-wide // factor), -(-high // factor))
        asked = f"{left},{top},{wide},{high}/{wanted[0]},{wanted[1]}"
        assert size_of(f"{service}/{asked}") == wanted
    assert size_of(f"{service}/square/100,") == (100, 100)
    assert size_of(f"{service}/full/,100")[1] == 100
    assert size_of(f"{service}/{width - 10},0,500,20/max") == (10, 20)  # cut off at the edge
    for bad in (
        *("full/33,44444", "full/,", "full/0,", "full/pct:50", "full/^max", f"full/{width + 1},", "full/-1,"),
        *(f"{width},0,10,10/max", "0,0,0,10/max", "1,2,3/max", "pct:0,0,10,10/max", "whole/max"),
    ):
        assert Client().get(f"{service}/{bad}/0/default.jpg").status_code == 400, bad
    for missing in ("full/max/90/default.jpg", "full/max/0/gray.jpg", "full/max/0/default.png"):
        assert Client().get(f"{service}/{missing}").status_code == 404, missing


def test_many_who_cut_at_once_are_asked_to_wait(live: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_answers, "_WAITING", threading.BoundedSemaphore(1))
    image_answers._WAITING.acquire()
    assert Client().get("/fathom/no-1/iiif/2/full/77,/0/default.jpg").status_code == 503
    image_answers._WAITING.release()
    assert Client().get("/fathom/no-1/iiif/2/full/77,/0/default.jpg").status_code == 200


def test_every_page_of_an_edition_is_in_the_sitemap(live: Edition) -> None:
    index = ET.fromstring(read("/sitemap.xml"))
    maps = [str(entry.text) for entry in index.iter(f"{{{SITEMAP}}}loc")]
    found = [
        str(entry.text)
        for address in maps
        for entry in ET.fromstring(read(address.removeprefix(HOST))).iter(f"{{{SITEMAP}}}loc")
    ]
    assert f"{HOST}/fathom/" in found
    assert [address for address in found if "no-1" in address] == [
        f"{HOST}/fathom/no-1/",
        f"{HOST}/fathom/no-1/page/2",
        f"{HOST}/fathom/no-1/page/3",
    ]
    assert all(Client().get(address.removeprefix(HOST)).status_code == 200 for address in found)
    allow(live, indexing="no")
    assert b"no-1" not in read("/sitemap.xml")
    assert Client().get("/fathom/sitemap-1.xml").status_code == 404


def test_robots_hear_what_they_may(live: Edition) -> None:
    page = Client().get("/fathom/no-1/")
    assert "X-Robots-Tag" not in page
    assert b'name="robots"' not in page.content
    allow(live, indexing="no", ai_crawlers="no")
    page = Client().get("/fathom/no-1/")
    assert page["X-Robots-Tag"] == "noindex, noai, noimageai"
    assert b'<meta name="robots" content="noindex, noai, noimageai">' in page.content
    lines = read("/robots.txt").decode().splitlines()
    assert "User-agent: GPTBot" in lines
    assert "Disallow: /fathom/no-1/" in lines[lines.index("User-agent: GPTBot") :]
    assert "Disallow: /fathom/no-1/" not in lines[: lines.index("User-agent: AI2Bot")]


@pytest.mark.parametrize("form", ["json", "xml"])
def test_oembed_shows_the_page_whose_address_is_given(live: Edition, form: str) -> None:
    ask = f"/oembed?url={HOST}/fathom/no-1/page/2&maxwidth=500&format={form}"
    said = read(ask)
    if form == "json":
        answer = json.loads(said)
        html, width = answer["html"], answer["width"]
    else:
        tree = ET.fromstring(said)
        html, width = tree.findtext("html", ""), int(tree.findtext("width", ""))
    frame = ET.fromstring(html.replace(" allowfullscreen", ""))
    assert width <= 500
    assert frame.get("src") == f"{HOST}/fathom/no-1/embed?page=2"
    shown = Client().get(str(frame.get("src")).removeprefix(HOST))
    assert b'page="2"' in shown.content
    assert "frame-ancestors *" in shown["Content-Security-Policy"]


def test_frames_are_for_the_sites_that_the_edition_names(live: Edition) -> None:
    allow(live, framing="sites", framing_sites="https://news.example 'none'; https://club.example")
    policy = Client().get("/fathom/no-1/embed")["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors 'self' https://news.example https://club.example")
    allow(live, framing="no")
    assert "frame-ancestors 'self'" in Client().get("/fathom/no-1/")["Content-Security-Policy"]
    assert Client().get(f"/oembed?url={HOST}/fathom/no-1/").status_code == 401
    assert b"oembed" not in read("/fathom/no-1/")


@pytest.mark.parametrize("address", ["https://elsewhere.example/fathom/no-1/", f"{HOST}/office/", "no address", ""])
def test_oembed_speaks_of_nothing_else(live: Edition, address: str) -> None:
    assert Client().get("/oembed", {"url": address}).status_code == 404


def structured(page: bytes) -> list[dict[str, Any]]:
    text = page.decode().split('<script type="application/ld+json">')[1].split("</script>")[0]
    said = json.loads(text)
    things: list[dict[str, Any]] = said.get("@graph", [said])
    return things


def test_structured_data_names_the_issue_and_the_way_to_it(live: Edition) -> None:
    things = {thing["@type"]: thing for thing in structured(read("/fathom/no-1/page/2"))}
    issue = things["WebPage"]["isPartOf"]
    assert issue["@type"] == "PublicationIssue"
    assert issue["datePublished"] == date(2026, 11, 1).isoformat()
    assert issue["isPartOf"]["@type"] == "Periodical"
    assert issue["accessMode"] == ["textual", "visual"]
    steps = [step["item"] for step in things["BreadcrumbList"]["itemListElement"]]
    assert steps == [f"{HOST}/fathom/", f"{HOST}/fathom/no-1/", f"{HOST}/fathom/no-1/page/2"]
    assert {"Periodical", "BreadcrumbList"} <= {thing["@type"] for thing in structured(read("/fathom/"))}


def test_link_previews_have_a_picture_that_all_can_read(live: Edition) -> None:
    page = read("/fathom/no-1/page/2").decode()
    picture = page.split('property="og:image" content="')[1].split('"')[0]
    assert Client().get(picture.removeprefix(HOST))["Content-Type"] == "image/jpeg"
    assert f'<link rel="canonical" href="{HOST}/fathom/no-1/page/2">' in page


def test_the_reader_is_told_of_other_editions(live: Edition) -> None:
    assert b'archive="/fathom/editions.json"' in read("/fathom/no-1/")
    said = told("/fathom/editions.json")
    assert [(row["label"], row["home"]) for row in said["editions"]] == [("No. 1", "/fathom/no-1/")]
    assert said["next"] == ""


FILLED = {
    "piece": "1-1-9-9",
    "device": "none",
    "seal": "none",
    "version": "0",
    "language": "de",
    "name": "logo.png",
    "token": "guessed",
    "provider": "none",
    "key": "guessed",
    "number": "1",
    "page": "1",
    "region": "full",
    "size": "max",
    "article": "none",
    "overlay": "none",
    "publication": "fathom",
    "form": "none",
}
TILE = {"width": "3200", "column": "0", "row": "0"}


def public_routes() -> list[str]:
    """Every route of the house for readers, as the URL table has it, that may say something of an edition."""
    house = next(part for part in get_resolver("masthead.config.urls").url_patterns if "house_urls" in str(part))
    return sorted(str(pattern.pattern) for pattern in house.url_patterns)


def filled(route: str, edition: Edition) -> str:
    """An address of the route for this edition."""
    build = edition.build.build_id if edition.build else ""
    values = {**FILLED, **TILE, "slug": edition.slug, "build": build, "path": "manifest.json"}
    parts = route.split("<")
    return "/" + parts[0] + "".join(values[p.split(">")[0].split(":")[1]] + p.split(">")[1] for p in parts[1:])


@pytest.mark.parametrize("label", ["Hidden draft", "Gone again"])
@pytest.mark.parametrize("who", ["nobody", "reader", "outsider"])
def test_no_route_speaks_of_what_is_not_live(cast: Cast, live: Edition, label: str, who: str) -> None:
    hidden = Edition.objects.get(label=label)
    client = signed_in(cast.people()[who])
    tried = 0
    for route in public_routes():
        answer = client.get(filled(route, hidden))
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        answer.close()
        if "slug:slug" in route:
            tried += 1
            assert answer.status_code == (404 if label == "Hidden draft" else 410), route
            assert b"Harbour story" not in body
        assert label.encode() not in body, route
        assert hidden.slug.encode() not in body, route
    assert tried >= 15
    asked = client.get("/oembed", {"url": f"{HOST}/fathom/{hidden.slug}/"})
    assert asked.status_code == 404


def test_nothing_of_a_publication_without_live_editions_can_be_found(cast: Cast, data: Path) -> None:
    ready_edition(cast, data)
    for address in ("/opds", "/opds.json", "/sitemap.xml", "/sitemap-house.xml", "/"):
        assert b"athom" not in Client().get(address).content, address
    for name in ("feed.atom", "feed.rss", "opds", "opds.json", "editions.json", "iiif/collection.json", "current"):
        assert Client().get(f"/fathom/{name}").status_code == 404, name


def test_files_are_made_once_and_not_sent_when_withdrawn(cast: Cast, live: Edition) -> None:
    first = Client().get("/fathom/no-1/issue.epub")
    book = b"".join(first.streaming_content)
    assert book.startswith(b"PK")
    assert first["Content-Disposition"] == 'attachment; filename="fathom-no-1.epub"'
    part = Client().get("/fathom/no-1/issue.epub", headers={"Range": "bytes=0-3"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, book[:4])
    for name in ("text.zip", "markdown.zip"):
        answer = Client().get(f"/fathom/no-1/{name}")
        assert b"".join(answer.streaming_content).startswith(b"PK")
    edition_withdraw(by=cast.owner, edition=live)
    assert Client().get("/fathom/no-1/issue.epub").status_code == 410
