"""The wall: every route of the product, taken from the URL table, tried as everybody who must not get through.

The edition has three pages of which the first is free. Words, pictures and files of the other two are unlike any other
bytes in the house, so that wherever they come out they are known.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from PIL import Image
from tests.access.people import confirm, reader, set_terms
from tests.cast import Cast, signed_in
from tests.editions import WIDTHS, article_entry, write_edition
from tests.production.overlays.laying import lay
from tests.search.archive import block

from masthead.access.subscribing import period_give, subscription_create
from masthead.accounts.selectors import User
from masthead.document.overlays import OverlayKind
from masthead.edition.folder import read_edition
from masthead.library.selectors import Edition
from masthead.library.services import build_add, edition_create, edition_publish, edition_withdraw
from masthead.orders.asking import asked_change
from masthead.orders.services import product_create
from masthead.search.services import rebuild

SECRETS = (b"quillfish", b"Quillfish")
FREE = b"starlight"
WHO = ("nobody", "wrong reader", "expired reader", "wrong tenant", "wrong staff")
# Words that stand in a route's address; "page" and what is like it is tried for each page.
WORDS = {
    "publication": ["fathom"],
    "slug": ["no-1"],
    "article": ["open-story", "crossing-story", "closed-story"],
    "region": ["full"],
    "size": ["max", "240,300"],
    "width": ["3200"],
    "column": ["0"],
    "row": ["0"],
    "name": ["logo.png"],
    "version": ["0"],
    "language": ["de"],
    "piece": ["1-1-99-99"],
    "seal": ["none"],
}


@cache
def picture_of(page: int, width: int) -> bytes:
    """A picture that no other page has."""
    out = io.BytesIO()
    Image.new("RGB", (width // 10, width // 8), (40 * page, 10 * page, width % 250)).save(out, "WEBP")
    return out.getvalue()


@pytest.fixture
def walled(cast: Cast, data: Path) -> Edition:
    made = edition_create(by=cast.owner, publication=cast.fathom, label="No. 1", date=date(2026, 11, 1))
    folder = data / f"editions/{made.pk}/made"
    folder.parent.mkdir(parents=True)
    words = {1: "starlight open", 2: "quillfish second", 3: "quillfish third"}
    for page in (1, 2, 3):
        for width in WIDTHS:
            path = folder / f"pictures/{width}/{page}.webp"
            path.parent.mkdir(parents=True, exist_ok=True)
    write_edition(
        folder,
        fragments=[f'<p data-block="p{page}-b1">{said}</p>' for page, said in words.items()],
        stories={
            "a1": "<h2>Open story</h2><p>starlight</p>",
            "a2": "<h2>Crossing story</h2><p>quillfish</p>",
            "a3": "<h2>Closed story</h2><p>quillfish</p>",
        },
        articles=[
            article_entry(1, "Open story"),
            article_entry(2, "Crossing story", pages=[1, 2]),
            article_entry(3, "Closed story", standfirst="A quillfish is seen."),
        ],
        contents=[{"title": "The quillfish", "page": 2, "children": []}],
        blocks={page: [block(f"p{page}-b1", said)] for page, said in words.items()},
        search=[{"number": page, "text": said} for page, said in words.items()],
        source=b"%PDF-1.7 quillfish",
    )
    for page in (1, 2, 3):
        (folder / f"text/{page}.txt").write_text(words[page])
        for width in WIDTHS:
            (folder / f"pictures/{width}/{page}.webp").write_bytes(picture_of(page, width))
    read = read_edition(folder)
    build_add(
        edition_id=made.pk, build_id=read.build, folder=f"editions/{made.pk}/made", pages=3, failures=0, version="0"
    )
    edition = edition_publish(by=cast.owner, edition=Edition.objects.get(pk=made.pk))
    set_terms(cast, edition, ways=["subscription"], free="1")
    sell(cast, edition)
    rebuild()
    return Edition.objects.select_related("build", "publication__publisher").get(pk=edition.pk)


def sell(cast: Cast, edition: Edition) -> None:
    """A product on the second page that can be ordered, and one on the free page."""
    for code, name, page in (("Q-2", "Quillfish rod", 2), ("S-1", "Starlight lamp", 1)):
        said = {"code": code, "name": name, "description": name, "price": "7", "currency": "EUR"}
        product_create(by=cast.shop, publication=cast.fathom, said=said)
        lay(cast, edition, OverlayKind.PRODUCT, page=page, code=code)
    asked_change(by=cast.shop, of=cast.fathom, said={"ordering": "yes", "orders_to": "orders@harbour.example"})


@pytest.fixture
def people(cast: Cast) -> dict[str, User | None]:
    made = {
        name: reader(name.replace(" ", "-"))
        for name in ("wrong reader", "expired reader", "wrong tenant", "right reader")
    }
    own = subscription_create(by=cast.owner, publisher=cast.harbour, name="Ours", kind="club")
    other = subscription_create(by=cast.outsider, publisher=cast.other, name="Theirs", kind="club")
    long_ago = date(2020, 1, 1)
    period_give(by=cast.owner, subscription=own, user=made["right reader"], starts=long_ago, ends=None)
    period_give(by=cast.owner, subscription=own, user=made["expired reader"], starts=long_ago, ends=date(2020, 12, 31))
    period_give(by=cast.outsider, subscription=other, user=made["wrong tenant"], starts=long_ago, ends=None)
    return {**made, "nobody": None, "wrong staff": confirm(cast.outsider)}


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every route of the house, by the URL table."""
    for entry in (resolver or get_resolver("masthead.config.urls")).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from patterns(entry, route)


def files_of(edition: Edition, data: Path) -> list[str]:
    """Every file of the build, as an address below it."""
    folder = data / (edition.build.folder if edition.build else "")
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def addresses(edition: Edition, data: Path) -> list[str]:
    """Every address of every route that reads without changing anything, for every page and every file."""
    build = edition.build.build_id if edition.build else ""
    found = []
    for route in patterns():
        if route.startswith(("^", "account/")):
            continue
        filled = [""]
        for part in route.split("<"):
            word, _, rest = part.partition(">") if ">" in part else ("", "", part)
            kind, _, name = word.partition(":")
            name = name or kind
            choices = [""] if not word else _words(name, build, edition, data)
            filled = [f"{before}{choice}{rest}" for before in filled for choice in choices]
        found += [f"/{address}" for address in filled]
    found += [f"/search?q={word}{more}" for word in ("quillfish", "quilfish") for more in ("", "&in=articles")]
    found += [f"/fathom/search?q=quillfish{more}" for more in ("", "&in=articles")]
    found += [f"/oembed?url=http://testserver/fathom/no-1/page/{page}" for page in (1, 2)]
    found += [
        "/opds-search?q=fathom",
        "/fathom/no-1/embed?page=2",
        "/fathom/no-1/?lang=ar",
        "/fathom/no-1/way-in?page=2",
        "/fathom/no-1/product?code=Q-2",
        "/fathom/no-1/product?code=S-1",
    ]
    return sorted(set(found))


def _words(name: str, build: str, edition: Edition, data: Path) -> list[str]:
    if name in ("number", "page"):
        return ["1", "2", "3"]
    if name == "build":
        return [build]
    if name == "path":
        return files_of(edition, data)
    if name in ("edition", "house"):
        return [edition.pk if name == "edition" else edition.publication.publisher.slug]
    return WORDS.get(name, ["none"])


@cache
def hidden_bytes() -> list[bytes]:
    return [*SECRETS, *(picture_of(page, width) for page in (2, 3) for width in WIDTHS)]


def read(client: Client, address: str, method: str = "GET", **headers: str) -> tuple[int, bytes, dict[str, str]]:
    answer = client.generic(method, address, headers=headers)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    return answer.status_code, body, {name.lower(): value for name, value in answer.items()}


def assert_closed(body: bytes, where: str) -> None:
    # the visitor's own question stands in the form again
    said = body.replace(b"quillfish&quot;", b"").replace(b'value="quillfish"', b"")
    found = [part[:20] for part in hidden_bytes() if part in said]
    if "/search" in where:
        assert b"/no-1/page/2" not in said, where
        assert b"clippings/2" not in said, where
        assert b"article/crossing" not in said, where
        return
    assert not found, (where, found)


@pytest.mark.parametrize("who", WHO)
def test_nothing_comes_through(walled: Edition, people: dict[str, User | None], data: Path, who: str) -> None:
    client = signed_in(people[who])
    tried = addresses(walled, data)
    assert len(tried) > 90
    for address in tried:
        status, body, _ = read(client, address)
        assert status < 500 or (status == 503 and "/tiles/1/" in address), address  # this PDF cannot be drawn
        assert_closed(body, f"{who}: {address}")
        if not any(part in address for part in ("/b/", "/issue.", ".zip", "/iiif/")):
            continue  # only files are sent in parts
        for more in ({"Range": "bytes=0-9"}, {"If-Modified-Since": "Thu, 01 Jan 2099 00:00:00 GMT"}):
            status, body, _ = read(client, address, **more)
            assert_closed(body, f"{who}: {address} {more}")


@pytest.mark.parametrize("who", ["nobody", "expired reader"])
def test_neither_lengths_nor_validators_say_anything(
    walled: Edition, people: dict[str, User | None], data: Path, who: str
) -> None:
    right, other = signed_in(people["right reader"]), signed_in(people[who])
    checked = 0
    for address in addresses(walled, data):
        status, body, headers = read(right, address)
        if status != 200 or not any(part in body for part in hidden_bytes()) or "/search" in address:
            continue
        checked += 1
        assert headers["cache-control"].startswith("private"), address
        assert "public" not in headers["cache-control"], address
        assert read(other, address, "HEAD")[2].get("content-length") != str(len(body)), address
        tag = headers.get("etag", "")
        conditions = [{"If-None-Match": tag}, {"If-Range": tag, "Range": "bytes=0-3"}]
        if read(other, address)[0] != 200:  # else there is something of the free page at the same address
            conditions.append({"If-None-Match": "*"})
        for more in conditions:
            assert read(other, address, **more)[0] not in (206, 304), (address, more)
    assert checked >= 25


def test_the_right_reader_gets_all_of_it(walled: Edition, people: dict[str, User | None], data: Path) -> None:
    client = signed_in(people["right reader"])
    build = walled.build.build_id if walled.build else ""
    for path in files_of(walled, data):
        assert read(client, f"/fathom/no-1/b/{build}/{path}")[0] == 200, path
    for name in (
        "",
        "page/2",
        "articles",
        "pages",
        "article/crossing-story",
        "issue.epub",
        "text.zip",
        "iiif/manifest.json",
    ):
        assert read(client, f"/fathom/no-1/{name}")[0] == 200, name
    assert b"/no-1/page/2" in read(client, "/search?q=quillfish")[1]
    assert b"Quillfish rod" in read(client, "/fathom/no-1/product?code=Q-2")[1]


def test_the_free_page_is_free_for_everybody(walled: Edition, data: Path) -> None:
    client = Client()
    build = walled.build.build_id if walled.build else ""
    free = [
        path
        for path in files_of(walled, data)
        if path.endswith(("/1.webp", "text/1.html", "pages/1.json", "cover.jpg"))
    ]
    for path in [*free, "manifest.json", "search/1.json", "articles/a1.html"]:
        status, _, headers = read(client, f"/fathom/no-1/b/{build}/{path}")
        assert status == 200, path
        assert headers["cache-control"] == "private, no-cache"
    assert FREE in read(client, "/fathom/no-1/")[1]
    status, body, _ = read(client, f"/fathom/no-1/b/{build}/manifest.json")
    assert b'"readable": {"pages": [[1, 1]]' in body
    assert b"Crossing story" not in body
    assert FREE in read(client, f"/fathom/no-1/b/{build}/search/1.json")[1]
    assert b"/no-1/" in read(client, "/search?q=starlight")[1]


TRICKS = (
    "pictures/240/../240/2.webp",
    "pictures/240/%2e%2e/240/2.webp",
    "pictures%2F240%2F2.webp",
    "pictures//240/2.webp",
    "./pictures/240/2.webp",
    "pictures/240/02.webp",
    "pictures/240/2.webp/",
    "pictures/240/2.WEBP",
    "pictures/240/1.webp/../2.webp",
    "text/2.html%00",
    "text/2.html;1.html",
    "text\\2.html",
    "search/../text/2.txt",
    "articles/../text/2.txt",
    "articles/a2.html?x=articles/a1.html",
    "articles/a3.txt",
    "manifest.json/../source.pdf",
    "inventory.json",
    "source.pdf",
)


def test_no_trick_with_paths_opens_anything(walled: Edition, data: Path) -> None:
    client = Client(raise_request_exception=False)
    build = walled.build.build_id if walled.build else ""
    for trick in TRICKS:
        for name in (build, "0" * 16, f"building-{'a' * 12}", build.upper()):
            status, body, _ = read(client, f"/fathom/no-1/b/{name}/{trick}")
            assert status in (403, 404, 301), (trick, status)
            assert_closed(body, trick)
    for page in ("0", "-1", "2.0", "02", "99999999999999999999"):
        status, body, _ = read(client, f"/fathom/no-1/page/{page}")
        assert status in (403, 404), page
        assert_closed(body, page)
    for address in (
        "/fathom/no-1/page/2/",
        "/FATHOM/no-1/page/2",
        "//fathom/no-1/page/2",
        "/fathom/../fathom/no-1/page/2",
    ):
        assert_closed(read(client, address)[1], address)


def test_taking_a_right_back_and_withdrawing_work_at_once(
    cast: Cast, walled: Edition, people: dict[str, User | None], data: Path
) -> None:
    from masthead.access.subscribing import period_revoke, periods_of

    person = people["right reader"]
    assert person is not None
    client = signed_in(person)
    build = walled.build.build_id if walled.build else ""
    picture = f"/fathom/no-1/b/{build}/pictures/240/2.webp"
    status, _, headers = read(client, picture)
    assert status == 200
    period_revoke(by=cast.owner, period=periods_of(person)[0])
    assert read(client, picture, **{"If-None-Match": headers["etag"]})[0] == 403
    set_terms(cast, walled, ways=[])
    assert read(client, picture)[0] == 200
    edition_withdraw(by=cast.owner, edition=walled)
    assert read(client, picture)[0] == 410
