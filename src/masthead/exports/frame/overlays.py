"""Overlays as they leave the house: one description for the HTML of pages, the reader's file, and editions as files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, InvalidOperation
from html import escape, unescape
from typing import Any, Final

from babel import Locale
from babel.numbers import format_currency, get_currency_symbol
from markupsafe import Markup

from masthead.document.overlays import Laid, LinkChange, Overlay, OverlayKind
from masthead.exports.frame.addresses import Addresses

SERVICES: Final = {"youtube": "YouTube", "vimeo": "Vimeo"}
_WATCH = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}
_EMBED = {
    "youtube": "https://www.youtube-nocookie.com/embed/{}?autoplay=1&rel=0",
    "vimeo": "https://player.vimeo.com/video/{}?dnt=1&autoplay=1",
}
FRAMES: Final = {"youtube": "https://www.youtube-nocookie.com", "vimeo": "https://player.vimeo.com"}
MEDIA_TYPES: Final = {
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
}
_ANCHOR = re.compile(r'<a\b([^>]*?)\shref="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
_PAGE_ADDRESS = re.compile(r"page:(\d+)")
_OF_PRODUCT = (
    *("code", "name", "description", "price", "currency", "address", "pack", "sold_out"),
    *("can_be_ordered", "minimum", "step", "stock", "scale", "options", "order_address"),
)
_LEFT_TO_RIGHT = "\u200e"
Entry = dict[str, Any]


def reader_file(laid: Laid, addresses: Addresses, pages: Callable[[int], bool] = lambda page: True) -> Entry:
    """What the reader loads of all that lies on the pages that `pages` allows; by `schema/overlays-1.json`."""
    return {
        "overlays": [entry_of(overlay, addresses) for overlay in laid.overlays if pages(overlay.page)],
        "links": [
            {"page": one.page, "kind": one.kind, "target": one.target, "text": one.text, "to": one.to}
            for one in laid.changes
            if pages(one.page)
        ],
    }


def shown_on(laid: Laid, pages: Iterable[int], addresses: Addresses, language: str) -> list[Entry]:
    """The overlays of pages for the HTML: as in the reader's file, with the addresses and words that HTML needs."""
    return [for_html(overlay, addresses, language) for page in pages for overlay in laid.on(page)]


def for_html(overlay: Overlay, addresses: Addresses, language: str) -> Entry:
    """An overlay for the templates."""
    entry = entry_of(overlay, addresses)
    if overlay.kind is OverlayKind.PAGE:
        entry["address"] = addresses.page(entry["target"])
    if "html" in entry:
        entry["html"] = Markup(entry["html"])  # noqa: S704 - cleaned when it was kept
    if entry.get("price"):
        entry["shown_price"] = price_of(entry["price"], entry["currency"], language)
    if entry.get("scale"):
        shown = [(step, price_of(step["price"], entry["currency"], language)) for step in entry["scale"]]
        entry["scale"] = [{**step, "shown_price": price} for step, price in shown]
    return entry


def price_of(price: str, currency: str, language: str) -> str:
    """A price as the language writes it."""
    try:
        written = format_currency(Decimal(price), currency, locale=language)
        symbol = get_currency_symbol(currency, locale=language)
    except (InvalidOperation, ValueError):
        return f"{price} {currency}"
    # From the right, the sign of `UK£` would fall off to the other side of its letters.
    is_apart = Locale.parse(language).text_direction == "rtl" and symbol[0].isalpha()
    return written.replace(symbol, f"{symbol}{_LEFT_TO_RIGHT}") if is_apart else written


def entry_of(overlay: Overlay, addresses: Addresses) -> Entry:
    """An overlay with the addresses of what it shows."""
    kept = overlay.particulars
    area = [round(value, 5) for value in overlay.area]
    entry = {"id": overlay.id, "kind": overlay.kind.value, "page": overlay.page, "area": area, "title": overlay.title}
    return {**entry, **_PARTS[overlay.kind](overlay, kept, addresses)}


def file_names(overlays: Iterable[Overlay]) -> set[str]:
    """The names of the files that overlays show."""
    found: set[str] = set()
    for overlay in overlays:
        kept = overlay.particulars
        found |= {kept[name] for name in ("file", "poster", "captions") if kept.get(name)}
        found |= {one["file"] for one in (*kept.get("pictures", ()), *filter(None, [kept.get("picture")]))}
    return found


def frames_of(overlays: Iterable[Overlay]) -> list[str]:
    """The origins that a page with these overlays may frame once its reader agrees, for its policy."""
    services = {str(one.particulars.get("service", "")) for one in overlays if one.kind is OverlayKind.VIDEO}
    return sorted(FRAMES[service] for service in services if service in FRAMES)


def with_changed_links(fragment: str, changes: Sequence[LinkChange]) -> str:
    """A fragment of a build in which links lead where the publisher wants them, or are words again."""
    if not changes:
        return fragment

    def changed(match: re.Match[str]) -> str:
        found = _change_of(unescape(match[2]), _words(match[4]), changes)
        if found is None:
            return match[0]
        if not found.to:
            return match[4]
        address = f"page:{found.to}" if found.to.isdecimal() else found.to
        return f'<a{match[1]} href="{escape(address)}"{match[3]}>{match[4]}</a>'

    return _ANCHOR.sub(changed, fragment)


def _change_of(address: str, words: str, changes: Sequence[LinkChange]) -> LinkChange | None:
    page = _PAGE_ADDRESS.fullmatch(address)
    target = page[1] if page else address
    for change in changes:
        if change.target == target and (not change.text or not words or _alike(change.text, words)):
            return change
    return None


def _alike(kept: str, words: str) -> bool:
    """A link that is set over two lines is two anchors, each with a part of its words."""
    one, other = "".join(kept.split()), "".join(words.split())
    return other in one or one in other


def _words(markup: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", markup))


def _file(addresses: Addresses, name: str) -> str:
    return f"{addresses.home}overlays/files/{name}"


def _link(overlay: Overlay, kept: Any, addresses: Addresses) -> Entry:
    return {"address": kept["address"]}


def _page(overlay: Overlay, kept: Any, addresses: Addresses) -> Entry:
    return {"target": kept["target"]}


def _video(overlay: Overlay, kept: Any, addresses: Addresses) -> Entry:
    entry = {"transcript": kept["transcript"]} if kept.get("transcript") else {}
    if "service" in kept:
        service, number = kept["service"], kept["number"]
        watch, embed = _WATCH[service].format(number), _EMBED[service].format(number)
        return {**entry, "service": SERVICES[service], "address": watch, "embed": embed}
    entry |= {name: _file(addresses, kept[name]) for name in ("poster", "captions") if kept.get(name)}
    if kept.get("captions"):
        entry["captions_language"] = kept["captions_language"]
    return {**entry, **_media(kept["file"], addresses)}


def _audio(overlay: Overlay, kept: Any, addresses: Addresses) -> Entry:
    entry = {"transcript": kept["transcript"]} if kept.get("transcript") else {}
    return {**entry, **_media(kept["file"], addresses)}


def _media(name: str, addresses: Addresses) -> Entry:
    return {"src": _file(addresses, name), "type": MEDIA_TYPES[name.rpartition(".")[2]]}


def _gallery(overlay: Overlay, kept: Any, addresses: Addresses) -> Entry:
    return {"pictures": [_picture(one, addresses) for one in kept["pictures"]]}


def _popup(overlay: Overlay, kept: Any, addresses: Addresses) -> Entry:
    return {**({"html": kept["html"]} if kept.get("html") else {}), **_one_picture(kept, addresses)}


def _product(overlay: Overlay, kept: Any, addresses: Addresses) -> Entry:
    said = {name: kept[name] for name in _OF_PRODUCT if kept.get(name)}
    if kept.get("own_picture") and addresses.home.startswith("/"):  # a folder on its own does not have it
        return {**said, "pictures": [kept["own_picture"]]}
    return {**said, **_one_picture(kept, addresses)}


def _form(overlay: Overlay, kept: Any, addresses: Addresses) -> Entry:
    if not kept.get("is_offered"):
        return {}
    asked = {"asked": True} if kept.get("is_asked") else {}
    return {"address": kept.get("address") or f"{addresses.home}form/{kept['form']}", **asked}


def _html(overlay: Overlay, kept: Any, addresses: Addresses) -> Entry:
    return {"address": f"{addresses.home}overlays/{overlay.id}/content.html"}


def _one_picture(kept: Any, addresses: Addresses) -> Entry:
    return {"pictures": [_picture(kept["picture"], addresses)]} if kept.get("picture") else {}


def _picture(kept: Any, addresses: Addresses) -> Entry:
    made = {"src": _file(addresses, kept["file"]), "alt": kept["alt"], "width": kept["width"], "height": kept["height"]}
    return {**made, "caption": kept["caption"]} if kept.get("caption") else made


_PARTS: Final = {
    OverlayKind.LINK: _link,
    OverlayKind.PAGE: _page,
    OverlayKind.VIDEO: _video,
    OverlayKind.AUDIO: _audio,
    OverlayKind.GALLERY: _gallery,
    OverlayKind.POPUP: _popup,
    OverlayKind.PRODUCT: _product,
    OverlayKind.FORM: _form,
    OverlayKind.HTML: _html,
}
