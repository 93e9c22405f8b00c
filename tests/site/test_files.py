"""Files of a build over HTTP: types, validators, ranges, compression, cache headers; nothing outside is ever sent."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path

import brotli
import pytest
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import Client
from tests.editions import write_edition
from tests.site.conftest import PDF

from masthead.edition.folder import Edition

IMMUTABLE = "public, max-age=31536000, immutable"


def body(response: HttpResponseBase) -> bytes:
    if isinstance(response, StreamingHttpResponse):
        return b"".join(response.streaming_content)  # type: ignore[arg-type]
    return response.content  # type: ignore[attr-defined]


def tag_of(client: Client, path: str) -> str:
    answer = client.get(path)
    body(answer)
    return str(answer["ETag"])


@pytest.fixture
def base(edition: Edition) -> str:
    return f"/b/{edition.build}"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("manifest.json", "application/json"),
        ("pages/1.json", "application/json"),
        ("cover.jpg", "image/jpeg"),
        ("pictures/800/1.webp", "image/webp"),
        ("text/1.html", "text/html; charset=utf-8"),
        ("text/1.txt", "text/plain; charset=utf-8"),
        ("source.pdf", "application/pdf"),
    ],
)
def test_whole_files(client: Client, folder: Path, base: str, path: str, kind: str) -> None:
    answer = client.get(f"{base}/{path}")
    data = (folder / path).read_bytes()
    assert answer.status_code == 200
    assert answer["Content-Type"] == kind
    assert answer["Content-Length"] == str(len(data))
    assert answer["Cache-Control"] == IMMUTABLE
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["ETag"].startswith('"')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert body(answer) == data


@pytest.mark.parametrize("path", ["source.pdf", "search/1.json", "pictures/800/1.webp"])
def test_head_says_what_get_says_without_a_body(client: Client, base: str, path: str) -> None:
    headers = {"accept-encoding": "br"}
    got, head = client.get(f"{base}/{path}", headers=headers), client.head(f"{base}/{path}", headers=headers)
    assert body(head) == b""
    for name in ("Content-Type", "Content-Length", "ETag", "Last-Modified", "Cache-Control", "Accept-Ranges"):
        assert head[name] == got[name]
    body(got)


def test_other_methods_are_refused(client: Client, base: str) -> None:
    for path in ("/", "/page/1", "/pages", f"{base}/manifest.json", "/reader/x.js", "/health"):
        assert client.post(path).status_code == 405
        assert client.delete(path).status_code == 405


def test_a_copy_that_is_good_is_not_sent_again(client: Client, base: str) -> None:
    path = f"{base}/source.pdf"
    first = client.get(path)
    body(first)
    tag, modified = first["ETag"], first["Last-Modified"]
    fresh = [
        {"if-none-match": tag},
        {"if-none-match": f'"other", W/{tag}'},
        {"if-none-match": "*"},
        {"if-modified-since": modified},
        {"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    ]
    for headers in fresh:
        answer = client.get(path, headers=headers)
        assert answer.status_code == 304, headers
        assert answer.content == b""
        assert answer["ETag"] == tag
        assert answer["Cache-Control"] == IMMUTABLE
    stale = [
        {"if-none-match": '"other"'},
        {"if-none-match": '"other"', "if-modified-since": modified},
        {"if-modified-since": "Fri, 01 Jan 1999 00:00:00 GMT"},
        {"if-modified-since": "yesterday"},
    ]
    for headers in stale:
        answer = client.get(path, headers=headers)
        assert answer.status_code == 200, headers
        body(answer)


@pytest.mark.parametrize(
    ("header", "start", "end"), [("bytes=0-99", 0, 100), ("bytes=10000-", 10000, 10240), ("bytes=-40", 10200, 10240)]
)
def test_one_part(client: Client, base: str, header: str, start: int, end: int) -> None:
    answer = client.get(f"{base}/source.pdf", headers={"range": header})
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {start}-{end - 1}/10240"
    assert answer["Content-Length"] == str(end - start)
    assert body(answer) == PDF[start:end]


def test_several_parts(client: Client, base: str) -> None:
    answer = client.get(f"{base}/source.pdf", headers={"range": "bytes=0-3,5000-5009,-6"})
    assert answer.status_code == 206
    data = body(answer)
    assert answer["Content-Length"] == str(len(data))
    head = f"Content-Type: {answer['Content-Type']}\r\n\r\n".encode()
    parts = BytesParser(policy=HTTP).parsebytes(head + data).get_payload()
    found = [(part["Content-Range"], part.get_payload(decode=True)) for part in parts]  # type: ignore[union-attr]
    assert [place for place, _ in found] == ["bytes 0-3/10240", "bytes 5000-5009/10240", "bytes 10234-10239/10240"]
    assert found[0][1] == PDF[:4]
    assert all(part["Content-Type"] == "application/pdf" for part in parts)  # type: ignore[union-attr]


def test_parts_that_cannot_be_had(client: Client, base: str) -> None:
    answer = client.get(f"{base}/source.pdf", headers={"range": "bytes=10240-"})
    assert answer.status_code == 416
    assert answer["Content-Range"] == "bytes */10240"


@pytest.mark.parametrize("header", ["bytes=" + "9" * 5000 + "-", "bytes=5-1", "lines=1-2", "bytes=0-1,1-x"])
def test_ranges_without_sense_are_ignored(client: Client, base: str, header: str) -> None:
    answer = client.get(f"{base}/source.pdf", headers={"range": header})
    assert answer.status_code == 200
    assert body(answer) == PDF


def test_a_part_is_sent_only_of_the_file_that_the_client_has(client: Client, base: str) -> None:
    path = f"{base}/source.pdf"
    first = client.get(path)
    body(first)
    for condition, status in ((first["ETag"], 206), (first["Last-Modified"], 206), ('"old"', 200), ("W/x", 200)):
        answer = client.get(path, headers={"range": "bytes=0-9", "if-range": condition})
        assert answer.status_code == status, condition
        body(answer)


def test_text_is_compressed_pictures_are_not(client: Client, folder: Path, base: str) -> None:
    data = (folder / "search/1.json").read_bytes()
    plain = client.get(f"{base}/search/1.json")
    small = client.get(f"{base}/search/1.json", headers={"accept-encoding": "gzip, br"})
    zipped = client.get(f"{base}/search/1.json", headers={"accept-encoding": "gzip"})
    assert body(plain) == data
    assert small["Content-Encoding"] == "br"
    assert brotli.decompress(small.content) == data
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == data
    assert len({plain["ETag"], small["ETag"], zipped["ETag"]}) == 3
    assert {plain["Vary"], small["Vary"]} == {"Accept-Encoding"}
    assert small["Content-Length"] == str(len(small.content))
    image = client.get(f"{base}/pictures/800/1.webp", headers={"accept-encoding": "br"})
    assert "Content-Encoding" not in image
    body(image)
    again = client.get(f"{base}/search/1.json", headers={"accept-encoding": "br", "if-none-match": small["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "../manifest.json",
        "text/../../secret.txt",
        "..%2f..%2fsecret.txt",
        "%2e%2e/secret.txt",
        "text/..%5c..%5csecret.txt",
        "/etc/passwd",
        "text//1.html",
        ".hidden",
        "text/.hidden",
        "text",
        "text/",
        "text/1.html%00.txt",
        "text/99.html",
    ],
)
def test_nothing_but_the_editions_files(client: Client, folder: Path, base: str, path: str) -> None:
    (folder.parent / "secret.txt").write_text("secret")
    answer = client.get(f"{base}/{path}")
    assert answer.status_code == 404
    assert b"secret" not in body(answer)


def test_links_out_of_the_folder_lead_nowhere(tmp_path: Path, serving: Callable[[Path], Client]) -> None:
    edition = write_edition(tmp_path / "edition")
    (tmp_path / "secret.txt").write_text("secret")
    (edition.path / "text/7.txt").symlink_to(tmp_path / "secret.txt")
    assert serving(edition.path).get(f"/b/{edition.build}/text/7.txt").status_code == 404


def test_a_folder_that_is_itself_a_link_is_served(tmp_path: Path, serving: Callable[[Path], Client]) -> None:
    edition = write_edition(tmp_path / "edition")
    (tmp_path / "current").symlink_to(edition.path)
    answer = serving(tmp_path / "current").get(f"/b/{edition.build}/text/1.txt")
    assert answer.status_code == 200
    body(answer)


def test_an_unknown_build_is_not_found(client: Client) -> None:
    assert client.get("/b/0123456789abcdef/manifest.json").status_code == 404
    assert client.get("/b/building-aaaa/manifest.json").status_code == 404


def test_large_files_come_in_pieces(tmp_path: Path, serving: Callable[[Path], Client]) -> None:
    edition = write_edition(tmp_path / "edition", source=b"")
    path = edition.path / "large.pdf"
    with path.open("wb") as stream:
        stream.truncate(5_000_000)
    answer = serving(edition.path).get(f"/b/{edition.build}/large.pdf")
    assert isinstance(answer, StreamingHttpResponse)
    sizes = [len(piece) for piece in answer.streaming_content]  # type: ignore[arg-type]
    assert sum(sizes) == 5_000_000
    assert max(sizes) < 1 << 20


def test_a_file_that_was_opened_is_sent_even_if_its_folder_moves(
    tmp_path: Path, serving: Callable[[Path], Client]
) -> None:
    edition = write_edition(tmp_path / "edition", source=PDF)
    answer = serving(edition.path).get(f"/b/{edition.build}/source.pdf")
    edition.path.rename(tmp_path / "moved")
    assert body(answer) == PDF


def test_the_validator_is_of_the_content(serving: Callable[[Path], Client], tmp_path: Path) -> None:
    tags = []
    for name, seconds in (("here", 1_700_000_000), ("there", 1_800_000_000)):  # two servers, copied at other times
        edition = write_edition(tmp_path / name, source=PDF)
        for file in edition.path.rglob("*.*"):
            os.utime(file, (seconds, seconds))
        client = serving(edition.path)
        paths = ("source.pdf", "pages/1.json", "inventory.json")
        tags.append([tag_of(client, f"/b/{edition.build}/{path}") for path in paths])
    assert tags[0] == tags[1]
    assert len(set(tags[0])) == 3


def test_a_file_that_is_not_the_one_of_the_inventory_has_its_own_validator(
    serving: Callable[[Path], Client], tmp_path: Path
) -> None:
    edition = write_edition(tmp_path / "edition", source=PDF)
    client = serving(edition.path)
    before = tag_of(client, f"/b/{edition.build}/source.pdf")
    (edition.path / "source.pdf").write_bytes(PDF + b"more")
    assert tag_of(client, f"/b/{edition.build}/source.pdf") != before
