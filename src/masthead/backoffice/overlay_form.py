"""The form of an overlay: its place and name, what its kind asks for, and the files that came with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import HttpRequest, QueryDict

from masthead import wording
from masthead.backoffice.forms import choose, language_name, refuse
from masthead.document.overlays import Area, OverlayKind
from masthead.library.particulars import LANGUAGES
from masthead.library.selectors import Edition
from masthead.orders.selectors import codes_offered
from masthead.production.advertising.selectors import known_advertisers
from masthead.production.overlays import files
from masthead.production.overlays.errors import OverlayAlternativeError, OverlayError
from masthead.production.overlays.particulars import MOST_HTML, MOST_NOTE, MOST_PICTURES, MOST_TEXT
from masthead.production.overlays.questions import forms_offered
from masthead.production.overlays.selectors import Overlay

CURRENCIES: Final = ("EUR", "GBP", "USD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "TRY", "AED", "SAR", "EGP", "JPY")
_PLACE: Final = ("x", "y", "width", "height")
_OF_KIND: Final[Mapping[OverlayKind, tuple[str, ...]]] = {
    OverlayKind.LINK: ("address",),
    OverlayKind.PAGE: ("target",),
    OverlayKind.VIDEO: ("address", "file", "poster", "captions", "captions_language", "transcript"),
    OverlayKind.AUDIO: ("file", "transcript"),
    OverlayKind.GALLERY: ("pictures",),
    OverlayKind.POPUP: ("text", "picture", "picture_alt", "picture_caption"),
    OverlayKind.PRODUCT: ("code", "name", "description", "price", "currency", "address", "picture", "picture_alt"),
    OverlayKind.FORM: ("form",),
    OverlayKind.HTML: ("html",),
    OverlayKind.ADVERTISEMENT: ("advertiser", "booking", "note"),
}
_UPLOADS: Final = {"poster": files.PICTURE, "captions": files.CAPTIONS, "picture": files.PICTURE}
_ACCEPT: Final = {
    files.PICTURE: "image/jpeg,image/png,image/webp,image/avif,image/gif",
    files.VIDEO: "video/mp4,video/webm",
    files.AUDIO: "audio/mpeg,audio/mp4,audio/ogg,.m4a",
    files.CAPTIONS: ".vtt,.srt,text/vtt",
}
KIND_WORDS = ("Link", "To a page", "Video", "Sound", "Gallery", "Pop-up", "Product", "Form", "HTML", "Advertisement")


class Several(forms.FileInput):
    """A field for many files at once."""

    allow_multiple_selected = True


class OverlayForm(forms.Form):
    """All fields; those that the kind does not ask for are taken out. Places are in percent of the page."""

    title = forms.CharField(required=False, max_length=200)
    x = forms.FloatField(min_value=0, max_value=100)
    y = forms.FloatField(min_value=0, max_value=100)
    width = forms.FloatField(min_value=0, max_value=100)
    height = forms.FloatField(min_value=0, max_value=100)
    address = forms.CharField(required=False, max_length=2000, widget=forms.TextInput(attrs={"inputmode": "url"}))
    target = forms.CharField(required=False, max_length=6, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    file = forms.FileField(required=False)
    poster = forms.FileField(required=False)
    captions = forms.FileField(required=False)
    captions_language = forms.ChoiceField(required=False)
    transcript = forms.CharField(required=False, max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 4}))
    pictures = forms.FileField(required=False, widget=Several())
    text = forms.CharField(required=False, max_length=MOST_TEXT, widget=forms.Textarea(attrs={"rows": 8}))
    picture = forms.FileField(required=False)
    picture_alt = forms.CharField(required=False, max_length=500)
    picture_caption = forms.CharField(required=False, max_length=500)
    code = forms.CharField(required=False, max_length=60)
    name = forms.CharField(required=False, max_length=200)
    description = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    price = forms.CharField(required=False, max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    currency = forms.ChoiceField(required=False)
    form = forms.ChoiceField(required=False)
    html = forms.CharField(
        required=False,
        max_length=MOST_HTML,
        widget=forms.Textarea(attrs={"rows": 12, "class": "code", "spellcheck": "false"}),
    )

    advertiser = forms.CharField(required=False, max_length=200)
    booking = forms.CharField(required=False, max_length=80)
    note = forms.CharField(required=False, max_length=MOST_NOTE, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self, data: QueryDict | None, *, kind: OverlayKind, edition: Edition, words: wording.Translator, **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.kind, self.language = kind, words.language
        kept = {"title", *_PLACE, *_OF_KIND[kind]}
        for field in [field for field in self.fields if field not in kept]:
            del self.fields[field]
        for field, of in uploads_of(kind).items():
            self.fields[field].widget.attrs["accept"] = _ACCEPT[of]
        for field in _PLACE:
            self.fields[field].widget.attrs |= {"step": "any", "data-place": field}
        if "captions_language" in kept:
            choose(self, "captions_language", [(code, language_name(code, words.language)) for code in LANGUAGES])
        if "currency" in kept:
            choose(self, "currency", [(code, code) for code in CURRENCIES])
        self.products = codes_offered(edition.publication) if "code" in kept else []
        if self.products:
            self.fields["code"].widget.attrs["list"] = "product-codes"
        self.advertisers = known_advertisers(edition) if "advertiser" in kept else []
        if self.advertisers:
            self.fields["advertiser"].widget.attrs["list"] = "advertisers"
        if "form" in kept:
            choose(self, "form", forms_offered(edition).items())

    @property
    def area(self) -> Area:
        """The place that was typed, in fractions."""
        return Area(*(self.cleaned_data[name] / 100 for name in _PLACE))

    def refuse(self, error: OverlayError) -> None:
        """Say at its field what is wrong."""
        field = {"area": "x", "picture": "picture", "pictures": "pictures"}.get(error.field, error.field)
        if field == "picture" and isinstance(error, OverlayAlternativeError):
            field = "picture_alt"
        refuse(self, field if field in self.fields else None, error, self.language)


@dataclass(frozen=True, slots=True)
class Row:
    """A picture of a gallery in the form."""

    number: int
    file: str
    alt: str
    caption: str


def kind_word(kind: str) -> str:
    """The English words for a kind of overlay."""
    return dict(zip((one.value for one in OverlayKind), KIND_WORDS, strict=True)).get(kind, kind)


def uploads_of(kind: OverlayKind) -> dict[str, str]:
    """The fields of a kind that take files, and what kind of file."""
    media = {OverlayKind.VIDEO: files.VIDEO, OverlayKind.AUDIO: files.AUDIO}
    found = {name: of for name, of in _UPLOADS.items() if name in _OF_KIND[kind]}
    found |= {"file": media[kind]} if kind in media else {}
    return found | ({"pictures": files.PICTURE} if kind is OverlayKind.GALLERY else {})


def initial_of(overlay: Overlay) -> dict[str, Any]:
    """What the fields say of an overlay that is there."""
    kept = dict(overlay.particulars)
    place = {name: round(getattr(overlay, name) * 100, 2) for name in _PLACE}
    if kept.get("service"):
        shown = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}
        kept["address"] = shown[kept["service"]].format(kept["number"])
    picture = kept.get("picture") or {}
    about = {"picture_alt": picture.get("alt", ""), "picture_caption": picture.get("caption", "")}
    return {"title": overlay.title, **place, **kept, **about}


def kept_files(overlay: Overlay | None, data: QueryDict | None) -> dict[str, str]:
    """The files that the form holds already, by field: from the form itself, else from the overlay."""
    if data is not None:
        return {name: data.get(f"kept_{name}", "") for name in ("file", *_UPLOADS)}
    said = overlay.particulars if overlay else {}
    found = {name: str(said.get(name) or "") for name in ("file", "poster", "captions")}
    return {**found, "picture": str((said.get("picture") or {}).get("file", ""))}


def rows_of(overlay: Overlay | None, data: QueryDict | None) -> list[Row]:
    """The pictures of a gallery as the form shows them, in their order; those ticked to be removed are gone."""
    if data is None:
        kept = (overlay.particulars if overlay else {}).get("pictures", [])
        return [Row(n, one["file"], one["alt"], one.get("caption", "")) for n, one in enumerate(kept)]
    found = []
    for number in range(MOST_PICTURES * 2):
        name = data.get(f"picture-{number}-file", "")
        if name and not data.get(f"picture-{number}-remove"):
            order = data.get(f"picture-{number}-order", "")
            place = int(order) if order.isascii() and order.isdecimal() and len(order) < 4 else number + 1
            row = Row(number, name, data.get(f"picture-{number}-alt", ""), data.get(f"picture-{number}-caption", ""))
            found.append((place, number, row))
    return [row for _, _, row in sorted(found, key=lambda one: one[:2])][:MOST_PICTURES]


def received(request: HttpRequest, edition: Edition, kind: OverlayKind) -> tuple[QueryDict, list[OverlayError]]:
    """What was sent, with its files kept and named in it: after a mistake elsewhere nobody has to choose them anew."""
    data, wrong = request.POST.copy(), []
    for field, of in uploads_of(kind).items():
        if data.get(f"drop_{field}"):
            data[f"kept_{field}"] = ""
        for upload in request.FILES.getlist(field):
            if upload.file is None:
                continue
            try:
                label = upload.name or field
                kept = files.file_keep(edition=edition, kind=of, stream=upload.file, label=label, field=field)
            except OverlayError as error:
                wrong.append(error)
                continue
            if field == "pictures":
                number = next(n for n in range(MOST_PICTURES * 4) if f"picture-{n}-file" not in data)
                data[f"picture-{number}-file"], data[f"picture-{number}-order"] = kept.name, str(900 + number)
            else:
                data[f"kept_{field}"] = kept.name
    return data, wrong


def said_of(form: OverlayForm, data: QueryDict) -> dict[str, Any]:
    """What the service is told of an overlay."""
    said = {name: value for name, value in form.cleaned_data.items() if name not in uploads_of(form.kind)}
    kept = kept_files(None, data)
    said |= {
        name: kept[name] for name in uploads_of(form.kind) if name in ("file", "poster", "captions") and kept[name]
    }
    if "picture" in form.fields and kept["picture"]:
        about = {"alt": said.get("picture_alt", ""), "caption": said.get("picture_caption", "")}
        said["picture"] = {"file": kept["picture"], **about}
    if form.kind is OverlayKind.GALLERY:
        rows = rows_of(None, data)
        said["pictures"] = [{"file": row.file, "alt": row.alt, "caption": row.caption} for row in rows]
    return said
