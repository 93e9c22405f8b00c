"""Writes the HTML of an edition's pages, of the list of all pages, and of failures."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from masthead import wording
from masthead.edition.folder import Edition
from masthead.exports.frame.addresses import Addresses
from masthead.exports.reader_files import reader_files

_DESCRIPTION = 160  # characters that search engines show
_WINDOW = 400  # pages whose links all fit on each page; beyond, neighbours and every tenth
_NEAR = 12
_FIRST_PICTURE = 800
_PAGE_LINK = re.compile(r'href="page:(\d+)"')


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("masthead.exports.frame"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render_page(edition: Edition, number: int, *, language: str, addresses: Addresses, is_home: bool = False) -> str:
    """The HTML of a page with its text, picture, neighbours and links to all pages."""
    manifest = edition.manifest
    page = manifest["pages"][number - 1]
    words = wording.translator(language)
    label = page["label"]
    text = edition.plain_text(number)
    title = manifest["title"] if is_home else f"{words.text('Page {label}', label=label)} – {manifest['title']}"
    return _render(
        "page.html",
        language,
        edition=edition,
        manifest=manifest,
        page=page,
        number=number,
        count=edition.page_count,
        title=title,
        description=description_of(text) or manifest["title"],
        canonical=addresses.absolute(addresses.home if is_home else addresses.page(number)),
        picture=_picture(edition, number, addresses),
        fragment=Markup(_with_page_links(edition.text_fragment(number), addresses)),  # noqa: S704 - escaped at build
        contents=manifest["contents"] if number == 1 else [],
        links=_page_links(edition, number),
        failure=next((entry for entry in manifest["failures"] if entry["page"] == number), None),
        data=_structured(edition, number, title, addresses),
        addresses=addresses,
        is_home=is_home,
    )


def render_all_pages(edition: Edition, *, language: str, addresses: Addresses) -> str:
    """The list of all pages."""
    return _render(
        "pages.html",
        language,
        edition=edition,
        manifest=edition.manifest,
        title=f"{wording.translator(language).text('All pages')} – {edition.manifest['title']}",
        addresses=addresses,
    )


def render_failure(
    *, status: int, heading: str, message: str, language: str, addresses: Addresses, request_id: str = ""
) -> str:
    """The page for a failure: what happened, what to do, and the id that support can use."""
    return _render(
        "failure.html",
        language,
        status=status,
        title=heading,
        heading=heading,
        message=message,
        request_id=request_id,
        addresses=addresses,
    )


def inline_style_hash() -> str:
    """The hash of the inlined style, for the Content-Security-Policy header."""
    files = reader_files()
    css = files.critical_css if files else ""
    return "sha256-" + base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()


def description_of(text: str) -> str:
    """The beginning of a text, cut at a word."""
    flat = " ".join(text.split())
    if len(flat) <= _DESCRIPTION:
        return flat
    return flat[: _DESCRIPTION + 1].rsplit(" ", 1)[0].rstrip(",;:–—- ") + "…"


def _render(template: str, language: str, **values: Any) -> str:
    words = wording.translator(language)
    files = reader_files()
    return (
        _environment()
        .get_template(template)
        .render(
            t=words.text,
            tn=words.plural,
            language=words.language,
            direction=words.direction,
            reader=files,
            critical_css=Markup(files.critical_css if files else ""),  # noqa: S704 - our own file
            **values,
        )
    )


def _picture(edition: Edition, number: int, addresses: Addresses) -> dict[str, Any] | None:
    """The picture of the first paint: wide enough to read, small enough for a slow network."""
    sizes = edition.manifest["pages"][number - 1]["sizes"]
    if not sizes:
        return None
    nominal, width, height = min(sizes, key=lambda size: abs(size[0] - _FIRST_PICTURE))
    path = edition.manifest["pictures"]["template"].format(width=nominal, page=number)
    return {"src": addresses.file(path), "width": width, "height": height}


def _with_page_links(fragment: str, addresses: Addresses) -> str:
    return _PAGE_LINK.sub(lambda match: f'href="{addresses.page(int(match[1]))}"', fragment)


def _page_links(edition: Edition, number: int) -> list[dict[str, Any]]:
    """All pages; of very long editions the neighbours, every tenth, first and last."""
    pages: list[dict[str, Any]] = edition.manifest["pages"]
    if len(pages) <= _WINDOW:
        return pages
    step = max(10, len(pages) // 100)
    return [
        page
        for page in pages
        if abs(page["number"] - number) <= _NEAR or page["number"] % step == 0 or page["number"] in (1, len(pages))
    ]


def _structured(edition: Edition, number: int, title: str, addresses: Addresses) -> Markup:
    """schema.org data as JSON-LD; "<" is written as an escape so that no text can end the element."""
    manifest = edition.manifest
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "PublicationIssue",
        "name": manifest["title"],
        "numberOfPages": edition.page_count,
        "url": addresses.absolute(addresses.home),
        "accessMode": ["textual", "visual"],
        "accessibilityFeature": ["readingOrder", "structuralNavigation", "pageNavigation"],
    }
    if manifest["language"] != "und":
        data["inLanguage"] = manifest["language"]
    if manifest.get("author"):
        data["author"] = {"@type": "Organization", "name": manifest["author"]}
    data["hasPart"] = {
        "@type": "WebPage",
        "name": title,
        "pageStart": manifest["pages"][number - 1]["label"],
        "url": addresses.absolute(addresses.page(number)),
    }
    return Markup(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704 - "<" is escaped
