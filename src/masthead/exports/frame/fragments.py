"""Fits the fragments of a build into a frame: their links get real addresses, their blocks become places to link to.

The build has escaped every string, so what looks like a tag or an attribute here is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from masthead.document.overlays import LinkChange
from masthead.edition.folder import Edition, figure_path
from masthead.exports.frame.addresses import Addresses
from masthead.exports.frame.overlays import with_changed_links

_PAGE_LINK = re.compile(r'href="page:(\d+)"')
_ARTICLE_LINK = re.compile(r'href="article:([A-Za-z0-9_-]+)"')
_FIGURE = re.compile(r'src="figure:([A-Za-z0-9_-]+)"')
_BLOCK = re.compile(r'<(?![^>]*\sid=)([^>]*?)\sdata-block="([A-Za-z0-9_-]+)"')
_HEADING = re.compile(r"<(/?)h([2-6])\b")
_TITLE = re.compile(r'<h2\b[^>]*\sdata-block="([A-Za-z0-9_-]+)"')
_PAGE_MARK = re.compile(r'(<span class="page-mark" data-page="\d+") role="doc-pagebreak" aria-label="([^"]*)"')


def page_text(edition: Edition, number: int, addresses: Addresses, changes: Sequence[LinkChange] = ()) -> Markup:
    """The text of a page: headings that begin an article lead to it; links lead where `changes` say."""
    fragment = _placed(edition, with_changed_links(edition.text_fragment(number), changes), addresses)
    for article in edition.manifest["articles"]:
        if article["pages"] and article["pages"][0] == number:
            fragment = _title_as_link(edition, fragment, article, addresses)
    return Markup(fragment)  # noqa: S704 - escaped at build


def article_text(
    edition: Edition, article: dict[str, Any], addresses: Addresses, changes: Sequence[LinkChange] = ()
) -> Markup:
    """The text of an article: its title is the document's first heading; links lead where `changes` say."""
    fragment = with_changed_links(edition.article_fragment(article["id"]), changes)
    if "<h2" not in fragment:
        title = f"<h2>{Markup.escape(article['title'])}</h2>\n"
        fragment = f"{title}{fragment}"
    fragment = _HEADING.sub(lambda match: f"<{match[1]}h{int(match[2]) - 1}", fragment)
    # For eyes only: in the middle of a sentence a screen reader would stumble over every number.
    fragment = _PAGE_MARK.sub(r'\1 data-label="\2"', fragment)
    return Markup(_placed(edition, fragment, addresses))  # noqa: S704 - escaped at build


def first_figure(edition: Edition, article: dict[str, Any]) -> dict[str, str] | None:
    """Path and size of the article's first picture that is in the folder."""
    for image in re.findall(r"<img\b[^>]*>", edition.article_fragment(article["id"])):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', image))
        path = figure_path(attributes.get("src", "").removeprefix("figure:"))
        if _FIGURE.search(image) and (edition.path / path).is_file():
            return {"path": path, "width": attributes.get("width", ""), "height": attributes.get("height", "")}
    return None


def _placed(edition: Edition, fragment: str, addresses: Addresses) -> str:
    slugs = {article["id"]: article["slug"] for article in edition.manifest["articles"]}
    fragment = _PAGE_LINK.sub(lambda match: f'href="{addresses.page(int(match[1]))}"', fragment)
    fragment = _ARTICLE_LINK.sub(
        lambda match: f'href="{addresses.article(slugs[match[1]]) if match[1] in slugs else addresses.all_articles}"',
        fragment,
    )
    fragment = _FIGURE.sub(lambda match: f'src="{addresses.file(figure_path(match[1]))}"', fragment)
    return _BLOCK.sub(r'<\1 id="\2" data-block="\2"', fragment)


def _title_as_link(edition: Edition, fragment: str, article: dict[str, Any], addresses: Addresses) -> str:
    """The heading that the article begins with, as a link to the article; links in it would be nested, so none then."""
    title = _TITLE.search(edition.article_fragment(article["id"]))
    if title is None:
        return fragment
    heading = re.compile(rf'(<h[2-6]\b[^>]*data-block="{title[1]}"[^>]*>)((?:(?!</?a\b).)*?)(</h[2-6]>)', re.DOTALL)
    return heading.sub(
        lambda match: f'{match[1]}<a href="{addresses.article(article["slug"])}">{match[2]}</a>{match[3]}', fragment, 1
    )
