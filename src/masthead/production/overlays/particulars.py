"""What each kind of overlay says of itself: checked, cleaned and in one shape, however it came in."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import nh3

from masthead.document.addresses import safe_address
from masthead.document.overlays import Area, OverlayKind
from masthead.library.selectors import Edition
from masthead.production.overlays import files
from masthead.production.overlays.errors import (
    OverlayAddressError,
    OverlayAdvertiserError,
    OverlayAlternativeError,
    OverlayAreaError,
    OverlayEmptyError,
    OverlayError,
    OverlayPageError,
    OverlayTitleError,
    OverlayVideoError,
)
from masthead.production.overlays.products import product_checked
from masthead.production.overlays.questions import form_checked

Said = Mapping[str, Any]
MOST_PICTURES: Final = 40
MOST_TEXT: Final = 20_000  # characters of a pop-up or a transcript
MOST_HTML: Final = 300_000
MOST_NOTE: Final = 2000  # characters about an advertisement
SMALLEST: Final = 0.005  # of the page's width and height: less cannot be hit
_TAGS: Final = {"p", "br", "strong", "em", "b", "i", "u", "s", "ul", "ol", "li", "blockquote", "h3", "h4", "a", "sub"}
_YOUTUBE = re.compile(
    r"https?://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#]*&)?v=|embed/|shorts/|live/)|youtu\.be/)"
    r"([A-Za-z0-9_-]{11})(?:[?&#/]|$)"
)
_VIMEO = re.compile(r"https?://(?:www\.)?(?:vimeo\.com/|player\.vimeo\.com/video/)(\d{5,12})(?:[/?#]|$)")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def title_checked(title: str) -> str:
    """The accessible name; raises OverlayTitleError."""
    found = " ".join(title.split())[:200]
    if not found:
        raise OverlayTitleError(field="title")
    return found


def area_checked(area: Area) -> Area:
    """The area, moved onto the page by what rounding may have cost; raises OverlayAreaError."""
    x, y, width, height = (round(float(value), 5) for value in area)
    numbers = (x, y, width, height)
    is_finite = all(-1 < value < 2 for value in numbers)  # false for nan too
    if not is_finite or x < 0 or y < 0 or min(width, height) < SMALLEST or x + width > 1.0001 or y + height > 1.0001:
        raise OverlayAreaError(str(numbers), field="area")
    return Area(x, y, min(width, round(1 - x, 5)), min(height, round(1 - y, 5)))


def particulars_checked(edition: Edition, kind: OverlayKind, said: Said) -> dict[str, Any]:
    """What is kept of an overlay of this kind; raises an OverlayError that names its field."""
    return _CHECKS[kind](edition, said)


def video_service(address: str) -> tuple[str, str] | None:
    """The service and the number of a video by its address: ("youtube", …) or ("vimeo", …); None for no video's."""
    for service, pattern in (("youtube", _YOUTUBE), ("vimeo", _VIMEO)):
        found = pattern.match(address)
        if found:
            return service, found[1]
    return None


def page_count(edition: Edition) -> int:
    """Pages of the current build; 0 while there is none."""
    return edition.build.pages if edition.build else 0


def text_html(text: str) -> str:
    """What was typed for a pop-up as safe HTML: lines are kept where no tags were typed."""
    cleaned = text.strip()
    if not re.search(r"<[a-zA-Z][^>]*>", cleaned):
        parts = [html.escape(part.strip()) for part in re.split(r"\n\s*\n", cleaned) if part.strip()]
        cleaned = "".join(f"<p>{part}</p>" for part in parts).replace("\n", "<br>")
    return nh3.clean(
        cleaned,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener nofollow",
    )


def _link(edition: Edition, said: Said) -> dict[str, Any]:
    address = safe_address(_text(said, "address", 2000))
    if address is None:
        raise OverlayAddressError(field="address")
    return {"address": address}


def _page(edition: Edition, said: Said) -> dict[str, Any]:
    target = str(said.get("target", "")).strip()
    if not target.isascii() or not target.isdecimal() or not 1 <= int(target) <= page_count(edition):
        raise OverlayPageError(target, field="target")
    return {"target": int(target)}


def _video(edition: Edition, said: Said) -> dict[str, Any]:
    address = _text(said, "address", 500)
    if address:
        found = video_service(address)
        if found is None:
            raise OverlayVideoError(address, field="address")
        return {"service": found[0], "number": found[1], "transcript": _text(said, "transcript", MOST_TEXT)}
    kept: dict[str, Any] = {"file": _file(edition, said, "file", files.VIDEO)}
    if said.get("poster"):
        kept["poster"] = _file(edition, said, "poster", files.PICTURE)
    if said.get("captions"):
        language = str(said.get("captions_language", "")).strip()
        if not _LANGUAGE.fullmatch(language):
            raise OverlayEmptyError(language, field="captions_language")
        kept |= {"captions": _file(edition, said, "captions", files.CAPTIONS), "captions_language": language}
    return {**kept, "transcript": _text(said, "transcript", MOST_TEXT)}


def _audio(edition: Edition, said: Said) -> dict[str, Any]:
    return {"file": _file(edition, said, "file", files.AUDIO), "transcript": _text(said, "transcript", MOST_TEXT)}


def _gallery(edition: Edition, said: Said) -> dict[str, Any]:
    pictures = [_picture(edition, one, "pictures") for one in list(said.get("pictures") or [])[:MOST_PICTURES]]
    if not pictures:
        raise OverlayEmptyError(field="pictures")
    return {"pictures": pictures}


def _popup(edition: Edition, said: Said) -> dict[str, Any]:
    text = _text(said, "text", MOST_TEXT)
    picture = {"picture": _picture(edition, said["picture"], "picture")} if said.get("picture") else {}
    made = text_html(text)
    if not picture and not re.sub(r"<[^>]*>|\s", "", made):
        raise OverlayEmptyError(field="text")
    return {"text": text, "html": made, **picture}


def _product(edition: Edition, said: Said) -> dict[str, Any]:
    kept: dict[str, Any] = product_checked(edition, said)
    if said.get("picture"):
        kept["picture"] = _picture(edition, said["picture"], "picture")
    return kept


def _form(edition: Edition, said: Said) -> dict[str, Any]:
    return {"form": form_checked(edition, str(said.get("form", "")).strip())}


def _html(edition: Edition, said: Said) -> dict[str, Any]:
    document = str(said.get("html", "")).strip()
    if not document:
        raise OverlayEmptyError(field="html")
    if len(document) > MOST_HTML:
        raise OverlayError("too long", field="html")
    return {"html": document}


def _advertisement(edition: Edition, said: Said) -> dict[str, Any]:
    advertiser = " ".join(_text(said, "advertiser", 200).split())
    if not advertiser:
        raise OverlayAdvertiserError(field="advertiser")
    booking = " ".join(_text(said, "booking", 80).split())
    return {"advertiser": advertiser, "booking": booking, "note": _text(said, "note", MOST_NOTE)}


def _picture(edition: Edition, said: Said, field: str) -> dict[str, Any]:
    """A picture with what is said of it; its description can only be empty where it says nothing that is new."""
    name = _file(edition, said, "file", files.PICTURE, field)
    kept = files.file_of(edition, name)
    alternative = _text(said, "alt", 500)
    if not alternative:
        raise OverlayAlternativeError(name, field=field)
    made = {"file": name, "alt": alternative, "width": kept.width if kept else 0, "height": kept.height if kept else 0}
    caption = _text(said, "caption", 500)
    return {**made, "caption": caption} if caption else made


def _file(edition: Edition, said: Said, name: str, kind: str, field: str = "") -> str:
    found = files.file_of(edition, str(said.get(name, "")), kind)
    if found is None:
        raise OverlayEmptyError(name, field=field or name)
    return found.name


def _text(said: Said, name: str, most: int) -> str:
    return str(said.get(name) or "").replace("\r\n", "\n").strip()[:most]


_CHECKS: Final[Mapping[OverlayKind, Callable[[Edition, Said], dict[str, Any]]]] = {
    OverlayKind.LINK: _link,
    OverlayKind.PAGE: _page,
    OverlayKind.VIDEO: _video,
    OverlayKind.AUDIO: _audio,
    OverlayKind.GALLERY: _gallery,
    OverlayKind.POPUP: _popup,
    OverlayKind.PRODUCT: _product,
    OverlayKind.FORM: _form,
    OverlayKind.HTML: _html,
    OverlayKind.ADVERTISEMENT: _advertisement,
}
