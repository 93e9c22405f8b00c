"""Writes all editions of a publication as one site: a page with their covers, a search over all, feeds, catalogues.

What needs absolute addresses (feeds, sitemap, catalogues) is written only where the address is known.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from itertools import groupby
from pathlib import Path

from babel.dates import format_date

from masthead import wording
from masthead.document.overlays import NOTHING, Laid
from masthead.edition.folder import Edition
from masthead.exports.announcing import feeds, iiif, iiif_images, opds1, opds2, robots, schema_org, sitemap
from masthead.exports.announcing.facts import EditionFacts, PublicationFacts
from masthead.exports.announcing.listing import listing
from masthead.exports.frame.belonging import Alternate, Belonging
from masthead.exports.frame.presentation import PLAIN
from masthead.exports.reader_files import FOLDER as READER
from masthead.exports.static.edition_site import EPUB, PDF, write_edition_site
from masthead.exports.static.place import BRAND, UNDRESSED, Dress, Place
from masthead.exports.static.search_index import write_index
from masthead.exports.templates import templates_of

_FEW = 12  # editions that stand on one shelf, whatever their years
_OWN = ("archive.css", "archive.js")
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#9c2f1b"/>'
    '<path d="M8 24V8l8 9 8-9v16" fill="none" stroke="#fff" stroke-width="3" stroke-linejoin="round"/></svg>'
)


@dataclass(frozen=True, slots=True)
class Kept:
    """An edition of the archive: its folder, its name in the address, and what is told of it without addresses."""

    edition: Edition
    slug: str
    facts: EditionFacts
    with_pdf: bool = True
    robots: str = ""
    laid: Laid = NOTHING
    laid_file: Callable[[str], Path | None] = lambda name: None
    dress: Dress = UNDRESSED


def write_single(
    edition: Edition,
    target: Path,
    *,
    base: str,
    language: str,
    laid: Laid = NOTHING,
    laid_file: Callable[[str], Path | None] = lambda name: None,
    dress: Dress = UNDRESSED,
) -> None:
    """One edition that stands alone."""
    place = Place(target, base=base, laid=laid, laid_file=laid_file, presentation=dress.presentation)
    write_edition_site(edition, place, language)
    _around(target, dress.files)
    if base:
        addresses = [(base, None), *((f"{base}page/{n}/", None) for n in range(2, edition.page_count + 1))]
        _bytes(target / "sitemap.xml", sitemap.sitemap(addresses))


def write_archive(
    publication: PublicationFacts, kept: Sequence[Kept], target: Path, *, base: str, said: Callable[[str], object]
) -> None:
    """All editions, newest first; `said` hears the label of each that is done."""
    words = wording.translator(publication.language)
    for one in kept:
        facts = _placed(one, base)
        place = Place(
            target / one.slug,
            reader="../reader/",
            icon="../favicon.svg",
            base=f"{base}{one.slug}/" if base else "",
            with_pdf=one.with_pdf,
            laid=one.laid,
            laid_file=one.laid_file,
            presentation=one.dress.presentation,
            brand=f"../{BRAND}",
            belonging=Belonging(
                facts, way="../", archive="../editions.json", robots=one.robots, alternates=_feeds(base)
            ),
        )
        write_edition_site(one.edition, place, words.language)
        said(one.facts.label)
    _around(target, {name: data for one in kept for name, data in one.dress.files.items()})
    local = [_placed(one, "") for one in kept]
    home = replace(publication, home="./")
    _text(target / "editions.json", json.dumps(listing(home, local), ensure_ascii=False))
    write_index(target / "search", [(one.edition, _told(one)) for one in kept])
    _text(target / "index.html", _page(publication, kept, base))
    for name in _OWN:
        _bytes(target / name, resources.files("masthead.exports.static").joinpath(f"assets/{name}").read_bytes())
    tokens = READER / "tokens.css"
    _bytes(target / "tokens.css", tokens.read_bytes().replace(b"masthead-reader", b":root"))
    if base:
        _announce(replace(publication, home=base), kept, target, base)


def _page(publication: PublicationFacts, kept: Sequence[Kept], base: str) -> str:
    words = wording.translator(publication.language)
    facts = [(one, _placed(one, "")) for one in kept]
    shelves = [(str(year), list(rows)) for year, rows in groupby(facts, key=lambda pair: pair[1].date.year)]
    if len(facts) <= _FEW:
        shelves = [(words.text("All issues"), facts)]
    return (
        templates_of("masthead.exports.static")
        .get_template("archive.html")
        .render(
            t=words.text,
            language=words.language,
            direction=words.direction,
            publication=publication,
            current=facts[0] if facts else None,
            shelves=shelves,
            base=base,
            alternates=_feeds(base),
            worn=kept[0].dress.presentation if kept else PLAIN,
            brand=BRAND,
            day=lambda value: format_date(value, "long", locale=words.language),
            data=schema_org.json_ld(schema_org.periodical(replace(publication, home=base))) if base else "",
        )
    )


def _announce(publication: PublicationFacts, kept: Sequence[Kept], target: Path, base: str) -> None:
    """What machines read, with addresses that begin with `base`."""
    facts = [_placed(one, base) for one in kept]
    _bytes(target / "feed.atom", feeds.atom(publication, facts, f"{base}feed.atom"))
    _bytes(target / "feed.rss", feeds.rss(publication, facts, f"{base}feed.rss"))
    place = opds1.Place(own=f"{base}opds.xml", start=f"{base}opds.xml")
    _bytes(target / "opds.xml", opds1.acquisition(publication, facts, place))
    place = opds1.Place(own=f"{base}opds.json", start=f"{base}opds.json")
    total = len(facts)
    catalogue = opds2.acquisition(publication, facts, place, total=total, page=1, length=max(1, total))
    _text(target / "opds.json", json.dumps(catalogue, ensure_ascii=False))
    collection = f"{base}iiif/collection.json"
    _text(
        target / "iiif/collection.json",
        json.dumps(iiif.collection(publication, facts, collection), ensure_ascii=False),
    )
    entries: list[sitemap.Entry] = [(base, None)]
    for one, told in zip(kept, facts, strict=True):
        _write_iiif(one, told, target / one.slug, collection)
        _text(target / one.slug / opds2.NAME, json.dumps(opds2.publication_of(told), ensure_ascii=False))
        if told.is_indexed:
            entries.extend(sitemap.entries_of(told, one.edition, "/"))
    count = -(-len(entries) // sitemap.LIMIT)
    for number in range(1, count + 1):
        name = "sitemap.xml" if count == 1 else f"sitemap-{number}.xml"
        _bytes(target / name, sitemap.sitemap(sitemap.pages(entries, number)))
    if count > 1:
        rows: list[sitemap.Entry] = [(f"{base}sitemap-{number}.xml", None) for number in range(1, count + 1)]
        _bytes(target / "sitemap.xml", sitemap.index(rows))
    _text(target / "robots.txt", robots.robots_txt(f"{base}sitemap.xml", [], closed=()))


def _write_iiif(one: Kept, facts: EditionFacts, folder: Path, collection: str) -> None:
    """The manifest, and for each page what can be had of it here: the one JPEG that was written."""
    images = f"{facts.home}iiif/"
    said = [{**page, "sizes": _written(page)} for page in one.edition.manifest["pages"]]
    edition = Edition(one.edition.path, one.edition.build, {**one.edition.manifest, "pages": said})
    _text(folder / "iiif/manifest.json", json.dumps(iiif.manifest(facts, edition, images, collection, "level0")))
    for page in said:
        if page["sizes"]:
            about = iiif_images.information(page, f"{images}{page['number']}", "level0")
            _text(folder / f"iiif/{page['number']}/info.json", json.dumps(about))
            _, width, height = page["sizes"][0]
            made = folder / f"iiif/{page['number']}/full"
            shutil.copytree(made / f"{width},{height}", made / "max", dirs_exist_ok=True)


def _written(page: dict[str, list[list[int]]]) -> list[list[int]]:
    return [min(page["sizes"], key=lambda size: abs(size[0] - 800))] if page["sizes"] else []


def _placed(one: Kept, base: str) -> EditionFacts:
    """What is told of the edition with its addresses, which begin with `base` or are relative to the archive."""
    home = f"{base}{one.slug}/"
    build = f"{home}b/{one.edition.build}/"
    return replace(
        one.facts,
        publication=replace(one.facts.publication, home=base or "./"),
        home=home,
        build=build,
        cover=f"{build}{one.edition.manifest['pictures']['cover']}",
        epub=f"{home}{EPUB}",
        pdf=f"{home}{PDF}" if one.with_pdf and "path" in one.edition.manifest["source"] else "",
        pages=one.edition.page_count,
    )


def _told(one: Kept) -> dict[str, object]:
    """What the search in the browser knows of an edition."""
    search = one.edition.manifest["search"]
    return {
        "label": one.facts.label,
        "date": one.facts.date.isoformat(),
        "home": f"{one.slug}/",
        "build": f"{one.slug}/b/{one.edition.build}/",
        "search": search["template"],
        "pages_per_chunk": search["pages_per_chunk"],
        "labels": [page["label"] for page in one.edition.manifest["pages"]],
    }


def _feeds(base: str) -> tuple[Alternate, ...]:
    if not base:
        return ()
    return (
        Alternate("application/atom+xml", "Atom", f"{base}feed.atom"),
        Alternate("application/rss+xml", "RSS", f"{base}feed.rss"),
        Alternate("application/opds+json", "OPDS 2.0", f"{base}opds.json"),
    )


def _around(target: Path, brand: Mapping[str, bytes]) -> None:
    """The reader, the icon, and what the editions wear."""
    for name, data in brand.items():
        _bytes(target / BRAND / name, data)
    if READER.is_dir():
        shutil.copytree(READER, target / "reader", ignore=shutil.ignore_patterns(".vite"), dirs_exist_ok=True)
    _text(target / "favicon.svg", ICON)


def _text(path: Path, text: str) -> None:
    _bytes(path, text.encode())


def _bytes(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
