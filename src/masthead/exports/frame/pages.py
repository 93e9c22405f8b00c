"""Writes the HTML of an edition's pages, of the list of all pages, and of failures."""

from __future__ import annotations

from typing import Any

from masthead import wording
from masthead.document.overlays import NOTHING, Laid
from masthead.edition.failures import PICTURE_WORDS
from masthead.edition.folder import Edition
from masthead.exports.frame.addresses import Addresses
from masthead.exports.frame.beneath import NOTHING as NOTHING_BENEATH
from masthead.exports.frame.beneath import Beneath
from masthead.exports.frame.fragments import page_text
from masthead.exports.frame.metadata import description_of, structured_data
from masthead.exports.frame.overlays import shown_on
from masthead.exports.frame.presentation import PLAIN, Presentation
from masthead.exports.frame.rendering import page_picture, preview_of, render
from masthead.exports.frame.spreads import stand_of

_WINDOW = 400  # pages whose links all fit on each page; beyond, neighbours and every tenth
_NEAR = 12


def render_page(
    edition: Edition,
    number: int,
    *,
    language: str,
    addresses: Addresses,
    is_home: bool = False,
    presentation: Presentation = PLAIN,
    laid: Laid = NOTHING,
    beneath: Beneath = NOTHING_BENEATH,
) -> str:
    """The HTML of a page with its text, picture, neighbours and links to all pages."""
    manifest = edition.manifest
    page = manifest["pages"][number - 1]
    words = wording.translator(language)
    label = page["label"]
    picture = page_picture(edition, number, addresses)
    title = manifest["title"] if is_home else f"{words.text('Page {label}', label=label)} – {manifest['title']}"
    return render(
        "page.html",
        language,
        presentation,
        edition=edition,
        manifest=manifest,
        page=page,
        number=number,
        count=edition.page_count,
        stand=stand_of(manifest["pages"], number),
        title=title,
        description=description_of(edition.plain_text(number)) or manifest["title"],
        canonical=addresses.canonical(number),
        source=manifest["source"].get("path", "") if addresses.offers_source and presentation.downloads else "",
        author=manifest.get("author", ""),
        has_text=page.get("has_text", True),
        picture=picture,
        preview=_preview(edition, number, picture, addresses, is_home=is_home),
        fragment=page_text(edition, number, addresses, laid.changes_on(number)),
        laid=laid,
        beneath=beneath.html(),
        shown=shown_on(laid, [number], addresses, words.language),
        content_language=manifest["language"] if manifest["language"] != "und" else words.language,
        contents=manifest["contents"] if number == 1 else [],
        links=_page_links(edition, number),
        reason=_reason(edition, number),
        data=structured_data(edition, number, title, addresses),
        addresses=addresses,
        is_home=is_home,
    )


def render_all_pages(
    edition: Edition, *, language: str, addresses: Addresses, presentation: Presentation = PLAIN
) -> str:
    """The list of all pages."""
    return render(
        "pages.html",
        language,
        presentation,
        edition=edition,
        manifest=edition.manifest,
        canonical=addresses.absolute(f"{addresses.home}pages{addresses.tail}"),
        title=f"{wording.translator(language).text('All pages')} – {edition.manifest['title']}",
        addresses=addresses,
    )


def render_failure(
    *, status: int, heading: str, message: str, way: str, language: str, addresses: Addresses, request_id: str = ""
) -> str:
    """The page for a failure: what happened, what to do, the way out of it, and the id that support can use."""
    return render(
        "failure.html",
        language,
        status=status,
        title=heading,
        heading=heading,
        message=message,
        way=way,
        request_id=request_id,
        addresses=addresses,
    )


def _reason(edition: Edition, number: int) -> str:
    """Why the page has no picture; "" if it has one."""
    codes = [entry["code"] for entry in edition.manifest["failures"] if entry["page"] == number]
    return next((PICTURE_WORDS[code] for code in codes if code in PICTURE_WORDS), "")


def _preview(
    edition: Edition, number: int, picture: dict[str, Any] | None, addresses: Addresses, *, is_home: bool
) -> dict[str, Any]:
    """The picture of link previews: the cover for the edition, the page's own for a page."""
    if is_home or picture is None:
        return {"src": addresses.absolute(addresses.file(edition.manifest["pictures"]["cover"]))}
    return preview_of(number, picture, addresses)


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
