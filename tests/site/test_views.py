"""Every address of an edition that is served on its own, and how its failures look."""

from __future__ import annotations

import json
import logging
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.test import Client
from tests.editions import manifest_without_inventory, page_entry, write_edition

from masthead import wording
from masthead.config.settings import Settings
from masthead.edition.folder import Edition
from masthead.edition.page_files import to_bytes
from masthead.exports import reader_files
from masthead.exports.frame.style import style_hashes


def test_home_and_pages_answer_with_their_text(client: Client) -> None:
    home, third = client.get("/"), client.get("/page/3")
    assert home.status_code == third.status_code == 200
    assert b"Harbour story 1" in home.content
    assert b"Harbour story 3" in third.content
    assert third["Content-Type"] == "text/html; charset=utf-8"
    assert third["Cache-Control"] == "no-cache"
    assert third["Content-Length"] == str(len(third.content))


@pytest.mark.parametrize("path", ["/page/0", "/page/4", "/page/99999999", "/page/x", "/page/", "/nowhere", "/page/-1"])
def test_what_is_not_there_is_a_designed_page(client: Client, path: str) -> None:
    answer = client.get(path)
    html = answer.content.decode()
    assert answer.status_code == 404
    assert "<h1>Page not found</h1>" in html
    assert 'href="/"' in html
    assert answer["Cache-Control"] == "no-store"


def test_pages_lists_all(client: Client) -> None:
    html = client.get("/pages").content.decode()
    assert [f"/page/{number}" in html for number in (1, 2, 3, 4)] == [True, True, True, False]


def test_articles_answer_with_their_text(client: Client) -> None:
    answer = client.get("/article/boats")
    assert answer.status_code == 200
    assert b"They came back." in answer.content
    assert answer["Cache-Control"] == "no-cache"
    listed = client.get("/articles").content.decode()
    assert 'href="/article/boats"' in listed
    assert client.get("/article/none").status_code == 404
    assert client.get("/article/").status_code == 404


def test_html_is_compressed_and_validated(client: Client) -> None:
    plain = client.get("/page/2")
    small = client.get("/page/2", headers={"accept-encoding": "br"})
    assert brotli.decompress(small.content) == plain.content
    assert small["ETag"] != plain["ETag"]
    assert "Accept-Language" in small["Vary"]
    again = client.get("/page/2", headers={"accept-encoding": "br", "if-none-match": small["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


@pytest.mark.parametrize(
    ("path", "header", "language"),
    [
        ("/", "", "en"),
        ("/", "de-AT,de;q=0.9", "de"),
        ("/", "fr, ar;q=0.4, de;q=0.8", "de"),
        ("/", "de;q=0, ar;q=0.1", "ar"),
        ("/", "fr;q=x, xx", "en"),
        ("/?lang=de", "ar", "de"),
        ("/?lang=de-CH", "", "de"),
        ("/?lang=../../x", "ar", "ar"),
    ],
)
def test_the_interface_speaks_the_persons_language(client: Client, path: str, header: str, language: str) -> None:
    html = client.get(path, headers={"accept-language": header}).content.decode()
    assert f'<html lang="{language}" dir="{wording.direction(language)}">' in html
    assert re.search('<main class="frame-page" id="page-1" data-page="1" [^>]*lang="en" dir="ltr">', html)


def test_a_language_that_was_asked_for_stays(client: Client) -> None:
    html = client.get("/page/2?lang=de").content.decode()
    assert 'href="/page/3?lang=de"' in html
    assert '<link rel="canonical" href="http://testserver/page/2">' in html
    assert 'home="/"' in html


def test_the_policy_names_every_inlined_style_and_allows_no_other(client: Client) -> None:
    for path in ("/", "/pages", "/nowhere", "/article/boats", "/articles"):
        answer = client.get(path)
        policy = answer["Content-Security-Policy"]
        html = answer.content.decode()
        style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
        assert style is not None
        import base64
        import hashlib

        digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert not re.search(r"\sstyle=|\son\w+=", html)
        assert all("src=" in tag or "ld+json" in tag for tag in re.findall(r"<script[^>]*>", html))
    assert len(style_hashes()) == 3


def test_security_headers_are_on_every_answer(client: Client, edition: Edition) -> None:
    for path in ("/", "/nowhere", "/health", f"/b/{edition.build}/manifest.json"):
        answer = client.get(path)
        answer.close()
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert "camera=()" in answer["Permissions-Policy"]
        assert "frame-ancestors *" in answer["Content-Security-Policy"]
        assert re.fullmatch("[0-9a-f]{12}", answer["X-Request-Id"])


def test_an_accident_shows_and_logs_its_number(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the ink ran out")

    monkeypatch.setattr("masthead.site.answering.render_all_pages", fail)
    with caplog.at_level(logging.ERROR, "masthead.site"):
        answer = client.get("/pages")
    identity = answer["X-Request-Id"]
    assert answer.status_code == 500
    assert identity in answer.content.decode()
    assert "ran out" not in answer.content.decode()
    assert any(identity in record.getMessage() and record.exc_info for record in caplog.records)


def test_an_impossible_host_is_refused(client: Client) -> None:
    answer = client.get("/", headers={"host": "a b/<script>"})
    assert answer.status_code == 400
    assert b"<script>" not in answer.content


def test_the_origin_of_the_settings_wins(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MASTHEAD", Settings(origin="https://fathom.example"))
    html = client.get("/page/2").content.decode()
    assert '<link rel="canonical" href="https://fathom.example/page/2">' in html
    assert "testserver" not in html


def test_an_edition_that_is_gone(tmp_path: Path, serving: Callable[[Path], Client]) -> None:
    edition = write_edition(tmp_path / "edition")
    client = serving(edition.path)
    assert client.get("/").status_code == 200
    shutil.rmtree(edition.path)
    for path in ("/", "/page/2", "/pages", f"/b/{edition.build}/manifest.json"):
        assert client.get(path).status_code == 410
    assert b"no longer available" in client.get("/").content
    assert client.get("/health").status_code == 503


def test_another_build_takes_the_place_of_the_first(tmp_path: Path, serving: Callable[[Path], Client]) -> None:
    first = write_edition(tmp_path / "edition")
    client = serving(first.path)
    assert b"Harbour Quarterly" in client.get("/").content
    shutil.rmtree(first.path)
    second = write_edition(tmp_path / "edition", title="Harbour Weekly")
    assert b"Harbour Weekly" in client.get("/").content
    assert client.get(f"/b/{first.build}/manifest.json").status_code == 404
    answer = client.get(f"/b/{second.build}/cover.jpg")
    answer.close()
    assert answer.status_code == 200


def test_health_robots_icons(client: Client, edition: Edition) -> None:
    state = json.loads(client.get("/health").content)
    assert state["status"] == "ok"
    assert state["build"] == edition.build
    assert b"User-agent: *" in client.get("/robots.txt").content
    assert client.get("/favicon.svg")["Content-Type"] == "image/svg+xml"
    assert client.get("/favicon.ico").status_code == 302


def test_files_of_the_reader(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = tmp_path / "reader"
    (built / "assets").mkdir(parents=True)
    (built / ".vite").mkdir()
    (built / "strings").mkdir()
    (built / ".vite/manifest.json").write_text("{}")
    (built / "assets/main-LnDCFuFK.js").write_text("export {};\n" * 200)
    (built / "strings/de.json").write_text("{}")
    monkeypatch.setattr("masthead.site.surroundings.READER_FOLDER", built)
    script = client.get("/reader/assets/main-LnDCFuFK.js", headers={"accept-encoding": "br"})
    assert script["Content-Type"] == "text/javascript; charset=utf-8"
    assert "immutable" in script["Cache-Control"]
    assert script["Content-Encoding"] == "br"
    strings = client.get("/reader/strings/de.json")
    strings.close()
    assert strings["Cache-Control"] == "no-cache"
    for path in (".vite/manifest.json", "../reader_files.py", "assets", "assets/none-LnDCFuFK.js"):
        assert client.get(f"/reader/{path}").status_code == 404


def test_an_edition_still_being_built(
    tmp_path: Path, serving: Callable[[Path], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    from masthead.edition.build import growing_folder

    monkeypatch.setattr("masthead.site.answering._WAIT_SECONDS", 0.2)
    folder = tmp_path / "edition"
    growing = growing_folder(folder)
    write_edition(growing)
    pages = [page_entry(1), page_entry(2, status="failed", sizes=[]), page_entry(3, status="waiting", sizes=[])]
    failures = [{"page": 2, "code": "page_failed", "message": "The page could not be drawn."}]
    manifest = manifest_without_inventory(3, status="building", pages=pages, failures=failures)
    (growing / "manifest.json").write_bytes(to_bytes(manifest))
    (growing / "pictures/800/3.webp").unlink()
    (growing / "pictures/800/2.webp").unlink()
    client = serving(folder)
    base = "/b/building-" + "a" * 12
    assert f'manifest="{base}/manifest.json"' in client.get("/").content.decode()
    answer = client.get(f"{base}/manifest.json")
    answer.close()
    assert answer["Cache-Control"] == "no-cache"
    waiting = client.get(f"{base}/pictures/800/3.webp")
    assert waiting.status_code == 503
    assert waiting["Retry-After"] == "2"
    assert client.get("/page/3").status_code == 200
    monkeypatch.setattr("masthead.site.answering._WAIT_SECONDS", 60)
    assert client.get(f"{base}/pictures/800/2.webp").status_code == 404  # at once: it will not come
    (growing / "manifest.json").unlink()
    shutil.rmtree(growing)
    done = write_edition(folder)
    answer = client.get(f"{base}/pictures/800/3.webp")
    answer.close()
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-cache"
    assert f'manifest="/b/{done.build}/manifest.json"' in client.get("/").content.decode()


def test_the_frame_asks_for_the_built_reader(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = tmp_path / "built"
    (built / ".vite").mkdir(parents=True)
    entry = {"file": "assets/main-abcdefgh.js", "css": ["assets/main-abcdefgh.css"], "isEntry": True}
    (built / ".vite/manifest.json").write_text(
        json.dumps({"src/main.ts": entry, "src/first.ts": {"file": "assets/first-abcdefgh.js"}})
    )
    (built / "critical.css").write_text("html { margin: 0 }")
    monkeypatch.setattr(reader_files, "FOLDER", built)
    html = client.get("/page/3").content.decode()
    assert '<script type="module" src="/reader/assets/main-abcdefgh.js" fetchpriority="low"></script>' in html
    assert '<script src="/reader/assets/first-abcdefgh.js"></script>' in html  # before anything is drawn
    assert 'styles="/reader/assets/main-abcdefgh.css"' in html
    assert "stylesheet" not in html
    assert "html { margin: 0 }" in html
    monkeypatch.setattr(reader_files, "FOLDER", tmp_path / "never built")
    plain = client.get("/page/3").content.decode()
    assert '<script type="module"' not in plain
    assert "Harbour story 3" in plain
