"""The shapes of overlays as they cross the face for programs: where one lies, and what each kind of them holds."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from masthead.api.shapes import In, Out, Text
from masthead.document.overlays import Area, OverlayKind
from masthead.production.overlays.particulars import MOST_HTML, MOST_NOTE, MOST_PICTURES, MOST_TEXT
from masthead.production.overlays.selectors import Overlay

_WATCH = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}
Fraction = Annotated[float, Field(ge=0, le=1)]
PageNumber = Annotated[int, Field(ge=1, le=100_000)]
Address = Annotated[Text, Field(max_length=2000)]
Long = Annotated[Text, Field(max_length=MOST_TEXT)]
FileName = Annotated[Text, Field(max_length=60, description="Name of a file of the edition's overlay files.")]


class AreaShape(In):
    """A rectangle on a page in fractions of its width and height, from its top left corner."""

    x: Fraction
    y: Fraction
    width: Fraction
    height: Fraction

    def area(self) -> Area:
        """As the rooms below know it."""
        return Area(self.x, self.y, self.width, self.height)


class PictureShape(In):
    """A picture with what is said of it."""

    file: FileName
    alt: Annotated[Text, Field(max_length=500)] = Field(description="What can be seen; it is needed.")
    caption: Annotated[Text, Field(max_length=500)] = ""


class LinkContent(In):
    """Leads to a web address, an e-mail address or a telephone number."""

    kind: Literal["link"]
    address: Address


class PageContent(In):
    """Leads to another page of the edition."""

    kind: Literal["page"]
    target: PageNumber


class VideoContent(In):
    """Shows a film: a file, or one at YouTube or Vimeo by its address."""

    kind: Literal["video"]
    address: Address = ""
    file: FileName = ""
    poster: FileName = ""
    captions: FileName = ""
    captions_language: Annotated[Text, Field(max_length=40)] = Field(default="", description="BCP 47.")
    transcript: Long = ""


class AudioContent(In):
    """Plays a sound."""

    kind: Literal["audio"]
    file: FileName
    transcript: Long = ""


class GalleryContent(In):
    """Shows pictures, one after the other."""

    kind: Literal["gallery"]
    pictures: list[PictureShape] = Field(min_length=1, max_length=MOST_PICTURES)


class PopupContent(In):
    """Shows some text and a picture."""

    kind: Literal["popup"]
    text: Long = Field(default="", description="Plain text, or HTML of which simple tags stay.")
    picture: PictureShape | None = None


class ProductContent(In):
    """Opens a product. Of a code that the publication's products know, the code alone is kept."""

    kind: Literal["product"]
    code: Annotated[Text, Field(max_length=60)]
    name: Annotated[Text, Field(max_length=200)] = ""
    description: Annotated[Text, Field(max_length=2000)] = ""
    price: Annotated[Text, Field(max_length=20)] = Field(default="", description="A decimal, such as 24.50.")
    currency: Annotated[Text, Field(max_length=3)] = Field(default="", description="ISO 4217.")
    address: Address = ""
    picture: PictureShape | None = None


class FormContent(In):
    """Asks the questions of a form of the publication."""

    kind: Literal["form"]
    form: Annotated[Text, Field(max_length=40)]


class HtmlContent(In):
    """Shows a document of the publisher's own, shut off from everything else."""

    kind: Literal["html"]
    html: Annotated[Text, Field(max_length=MOST_HTML)]


class AdvertisementContent(In):
    """Says whose advertisement stands there. Readers are not sent it; its title is the name of the campaign."""

    kind: Literal["advertisement"]
    advertiser: Annotated[Text, Field(max_length=200)]
    booking: Annotated[Text, Field(max_length=80)] = Field(default="", description="Booking number.")
    note: Annotated[Text, Field(max_length=MOST_NOTE)] = Field(default="", description="For the staff.")


Content = Annotated[
    LinkContent
    | PageContent
    | VideoContent
    | AudioContent
    | GalleryContent
    | PopupContent
    | ProductContent
    | FormContent
    | HtmlContent
    | AdvertisementContent,
    Field(discriminator="kind"),
]
_SHAPES: dict[str, type[In]] = {
    "link": LinkContent,
    "page": PageContent,
    "video": VideoContent,
    "audio": AudioContent,
    "gallery": GalleryContent,
    "popup": PopupContent,
    "product": ProductContent,
    "form": FormContent,
    "html": HtmlContent,
    "advertisement": AdvertisementContent,
}


class OverlayIn(In):
    """A thing on a page: where it lies, what screen readers call it, and what it opens."""

    page: PageNumber
    area: AreaShape
    title: Annotated[Text, Field(min_length=1, max_length=200)]
    content: Content

    def said(self) -> dict[str, Any]:
        """What the services are told of its content."""
        return self.content.model_dump(exclude={"kind"}, exclude_none=True)


class OverlayPlace(In):
    """Where it shall lie."""

    page: PageNumber | None = Field(default=None, description="Left out: the page on which it is.")
    area: AreaShape


class OverlayOut(Out):
    """A thing that lies on a page."""

    id: str
    page: int
    area: AreaShape
    title: str
    content: Content
    is_lost: bool = Field(description="Its words are not in the current PDF: readers do not see it until it is placed.")
    created_at: datetime
    changed_at: datetime

    @staticmethod
    def of(row: Overlay) -> OverlayOut:
        """As it is answered."""
        place = AreaShape(**{name: min(1.0, max(0.0, getattr(row, name))) for name in AreaShape.model_fields})
        return OverlayOut.filled(row, area=place, content=_content(row))


def _content(row: Overlay) -> Any:
    kept = dict(row.particulars)
    if row.kind == OverlayKind.VIDEO and kept.get("service"):
        kept["address"] = _WATCH[kept["service"]].format(kept["number"])
    if kept.get("picture"):
        kept["picture"] = _picture(kept["picture"])
    if kept.get("pictures"):
        kept["pictures"] = [_picture(one) for one in kept["pictures"]]
    shape = _SHAPES[row.kind]
    said = {name: value for name, value in kept.items() if name in shape.model_fields}
    return shape.model_validate({**said, "kind": row.kind})


def _picture(kept: dict[str, Any]) -> dict[str, Any]:
    return {name: kept[name] for name in PictureShape.model_fields if name in kept}
