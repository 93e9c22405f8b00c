"""Writes one edition as files: its pages and articles as HTML, the folder itself, the book and the PDF beside it.

Every page and article is a folder with an `index.html`, so that its address is the same as on a server, and all links
are relative, so that the files may lie anywhere.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

from masthead.document.overlays import OverlayKind
from masthead.edition.folder import SOURCE, Edition
from masthead.exports.announcing import iiif_images
from masthead.exports.epub.book import write_epub
from masthead.exports.frame.addresses import Addresses
from masthead.exports.frame.app import NAME as APP
from masthead.exports.frame.app import app_of
from masthead.exports.frame.articles import find_article, render_all_articles, render_article
from masthead.exports.frame.overlay_document import document_of
from masthead.exports.frame.overlays import file_names, reader_file
from masthead.exports.frame.pages import render_all_pages, render_page
from masthead.exports.frame.presentation import Presentation
from masthead.exports.reader_files import FOLDER as READER
from masthead.exports.reader_files import OFFLINE
from masthead.exports.static.place import Place
from masthead.pictures.transcoding import jpeg_of

EPUB, PDF = "issue.epub", "issue.pdf"
_PREVIEW = 800  # the nominal width of the pictures of link previews


def write_edition_site(edition: Edition, place: Place, language: str) -> None:
    """Write the edition into `place.folder`; links say their words in `language`."""
    root = place.folder
    _copy(edition, root / "b" / edition.build, with_source=place.with_pdf)
    for number in range(1, edition.page_count + 1):
        _page(edition, place, language, number)
    for entry in edition.manifest["articles"]:
        article = find_article(edition, entry["slug"])
        # A slug has no slash and is no dot: the build makes it of words. What is not so is left out.
        if article and Path(entry["slug"]).name == entry["slug"]:
            addresses = _addresses(edition, place, 2)
            worn = _worn(place, addresses.home)
            html = render_article(
                edition, article, language=language, addresses=addresses, laid=place.laid, presentation=worn
            )
            _write(root / "article" / entry["slug"] / "index.html", html)
    lists = _addresses(edition, place, 1)
    worn = _worn(place, lists.home)
    for name, render in (("articles", render_all_articles), ("pages", render_all_pages)):
        html = render(edition, language=language, addresses=lists, presentation=worn)
        _write(root / name / "index.html", html)
    if place.laid.version:
        _overlays(edition, place)
    write_epub(edition, root / EPUB)
    source = root / "b" / edition.build / SOURCE
    if source.is_file():
        _same(source, root / PDF)


def _page(edition: Edition, place: Place, language: str, number: int) -> None:
    laid, below = place.laid, _addresses(edition, place, 2)
    worn = _worn(place, below.home)
    html = render_page(edition, number, language=language, addresses=below, laid=laid, presentation=worn)
    _write(place.folder / "page" / str(number) / "index.html", html)
    if number == 1:
        home = _addresses(edition, place, 0)
        worn = _worn(place, home.home)
        first = render_page(edition, 1, language=language, addresses=home, is_home=True, laid=laid, presentation=worn)
        _write(place.folder / "index.html", first)
        if worn.offline:
            shutil.copyfile(READER / OFFLINE, place.folder / OFFLINE)  # it opens what lies in its own folder, or below
            _write(place.folder / APP, json.dumps(app_of(edition.manifest, home, worn), ensure_ascii=False))
    page = edition.manifest["pages"][number - 1]
    if page["sizes"]:
        _preview(edition, place.folder, page)


def _overlays(edition: Edition, place: Place) -> None:
    """What lies on the pages: the reader's file, whose addresses begin where it lies, and all that it names."""
    told = reader_file(place.laid, _addresses(edition, place, 0))
    _write(place.folder / "overlays.json", json.dumps(told, ensure_ascii=False))
    for overlay in place.laid.overlays:
        if overlay.kind is OverlayKind.HTML:
            html = document_of(overlay.particulars["html"], overlay.title, edition.manifest["language"])
            _write(place.folder / "overlays" / overlay.id / "content.html", html)
    for name in sorted(file_names(place.laid.overlays)):
        file = place.laid_file(name)
        if file is not None:
            (place.folder / "overlays/files").mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, place.folder / "overlays/files" / name)


def _preview(edition: Edition, root: Path, page: dict[str, object]) -> None:
    """The page as JPEG where the frame of pages names it."""
    sizes: list[list[int]] = page["sizes"]  # type: ignore[assignment]
    nominal, width, height = min(sizes, key=lambda size: abs(size[0] - _PREVIEW))
    number = page["number"]
    assert iiif_images.nominal_of(page, f"{width},{height}") == nominal
    picture = edition.path / edition.manifest["pictures"]["template"].format(width=nominal, page=number)
    target = root / f"iiif/{number}/full/{width},{height}/0/default.jpg"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(jpeg_of(picture))


def _addresses(edition: Edition, place: Place, depth: int) -> Addresses:
    """Where things are for a file that lies `depth` folders below the edition's own."""
    home = "../" * depth or "./"
    belonging = place.belonging
    if belonging is not None:
        belonging = replace(belonging, way=f"{home}{belonging.way}", archive=f"{home}{belonging.archive}")
    return Addresses(
        home=home,
        build=f"{home}b/{edition.build}/",
        reader=f"{home}{place.reader}",
        icon=f"{home}{place.icon}",
        tail="/",
        base=place.base,
        jpegs=True,
        offers_source=place.with_pdf,
        belonging=belonging,
    )


def _worn(place: Place, home: str) -> Presentation:
    """How the edition is shown on a page that says `home` so."""
    worn = place.presentation.worn_from(f"{home}{place.brand}")
    return replace(worn, offline=f"{home}{OFFLINE}") if worn.downloads and (READER / OFFLINE).is_file() else worn


def _copy(edition: Edition, target: Path, *, with_source: bool) -> None:
    """The whole folder, as copies: whoever works on the site's files must not touch the house's."""
    for file in sorted(edition.path.rglob("*")):
        path = file.relative_to(edition.path)
        if file.is_file() and not file.is_symlink() and (with_source or path.as_posix() != SOURCE):
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target / path)


def _same(file: Path, target: Path) -> None:
    """One file under two names where the disk can do that."""
    try:
        os.link(file, target)
    except OSError:
        shutil.copyfile(file, target)


def _write(path: Path, html: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html, encoding="utf-8")
