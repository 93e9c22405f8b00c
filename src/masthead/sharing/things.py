"""What of an edition can be shared from a page: selected words, the page itself, its articles, the cover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from masthead import wording
from masthead.edition.folder import Edition as Folder
from masthead.edition.passages import place_of

PASSAGE: Final = "passage"
PAGE: Final = "page"
ARTICLE: Final = "article"
COVER: Final = "cover"
_MOST_ARTICLES: Final = 4  # of a page that holds many: the list is to be chosen from at a glance


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be shared. `path` is relative to the edition's address; `name` tells it from the others."""

    what: str
    name: str  # what, and the slug of an article
    title: str  # with the edition's
    path: str
    page: int
    label: str  # the printed number of the page, or the article's title
    article: str = ""  # its slug
    passage: str = ""  # its words, as an address names them


def things_of(
    folder: Folder, words: wording.Translator, *, page: int, article: str = "", passage: str = ""
) -> list[Thing]:
    """What can be shared by somebody who reads this page or article, the nearest first. What is not there is left out.

    `folder` holds what the person may read; `passage` is what follows `#select=` in an address.
    """
    manifest = folder.manifest
    if not 1 <= page <= len(manifest["pages"]):
        page = 1
    entries = [entry for entry in manifest["articles"] if page in entry["pages"] or entry["slug"] == article]
    articles = [_article(manifest, entry) for entry in entries]
    chosen = [thing for thing in articles if thing.article == article]
    others = [thing for thing in articles if thing.article != article][: _MOST_ARTICLES - len(chosen)]
    found = [*chosen, *others] if page == 1 else [*chosen, _page(manifest, words, page), *others]
    begins = place_of(passage)
    if begins and begins.page <= len(manifest["pages"]) and manifest["pages"][begins.page - 1]["has_text"]:
        found.insert(0, _page(manifest, words, begins.page, passage))
    cover = Thing(COVER, COVER, manifest["title"], "", 1, manifest["pages"][0]["label"])
    return [cover, *found] if page == 1 and not chosen and not begins else [*found, cover]


def _page(manifest: dict[str, Any], words: wording.Translator, page: int, passage: str = "") -> Thing:
    label = manifest["pages"][page - 1]["label"]
    title = f"{words.text('Page {label}', label=label)} – {manifest['title']}"
    what = PASSAGE if passage else PAGE
    path = f"page/{page}{f'#select={passage}' if passage else ''}"
    return Thing(what, what, title, path, page, label, passage=passage)


def _article(manifest: dict[str, Any], entry: dict[str, Any]) -> Thing:
    slug, title = entry["slug"], entry["title"]
    return Thing(
        ARTICLE,
        f"{ARTICLE}:{slug}",
        f"{title} – {manifest['title']}",
        f"article/{quote(slug, safe='')}",
        entry["pages"][0] if entry["pages"] else 1,
        title,
        slug,
    )
