"""Operations on publications: titles, what their editions inherit, how they look, their words and domain."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal, cast

from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from ninja import Body, File, Router, Status, UploadedFile
from pydantic import Field

from masthead import wording
from masthead.accounts.rights import Action
from masthead.api.gate import Call, Needs
from masthead.api.paging import Cursor, Limit, page_of
from masthead.api.shapes import Colour, Description, Font, In, Language, Name, Out, Page, Slug, Text
from masthead.library.branding import (
    LARGEST_LOGO,
    branding_change,
    domain_change,
    icon_change,
    logo_change,
    words_change,
)
from masthead.library.deleting import deleted_publications, publication_restore
from masthead.library.errors import SettingInvalidError
from masthead.library.inheriting import all_found
from masthead.library.own_words import SENTENCES
from masthead.library.particulars import publication_change, publication_settings_change
from masthead.library.selectors import Edition, Publication, publication_get, publication_list, require
from masthead.library.services import publication_create
from masthead.library.typefaces import LARGEST_FACE, USES, Typeface, Use, typeface_add, typeface_remove, typefaces_of
from masthead.production.keeping import publication_delete, restorable_until
from masthead.production.setting_up import publication_set_up_as

router = Router(tags=["Publications"])
Frequency = Literal["daily", "weekly", "fortnightly", "monthly", "bimonthly", "quarterly", "yearly", "irregular"]


class Imprint(In):
    """Masthead data."""

    editor: Annotated[Text, Field(max_length=200)] = ""
    publisher: Annotated[Text, Field(max_length=200)] = ""
    address: Annotated[Text, Field(max_length=500)] = ""
    email: Annotated[Text, Field(max_length=254)] = ""
    legal: Description = ""


class PublicationNew(In):
    """A new title."""

    name: Name
    slug: Slug = ""
    issn: Annotated[Text, Field(max_length=20)] = ""
    frequency: Frequency = "monthly"
    language: Language = "en"
    direction: Literal["", "ltr", "rtl"] = ""
    description: Description = ""
    set_up_as: Annotated[Text, Field(max_length=40)] = Field(
        "", description="Another publication's id: its settings, look, terms and order form are taken over."
    )


class PublicationChange(In):
    """What shall be another; fields that are left out stay."""

    name: Name | None = None
    slug: Slug | None = None
    issn: Annotated[Text, Field(max_length=20)] | None = None
    frequency: Frequency | None = None
    language: Language | None = None
    description: Description | None = None
    imprint: Imprint | None = None


class PublicationOut(Out):
    """A title that appears in editions."""

    id: str
    name: str
    slug: str
    address: str = Field(description="Where readers find it.")
    issn: str
    frequency: str
    language: str = Field(description="BCP 47.")
    description: str
    imprint: dict[str, str]
    domain: str | None
    created_at: datetime

    @staticmethod
    def of(row: Publication) -> PublicationOut:
        """As it is answered."""
        path = f"/{row.slug}/"
        return PublicationOut.filled(
            row,
            address=f"https://{row.domain}{path}" if row.domain else path,
            imprint={name: str(value) for name, value in row.imprint.items()},
        )


class DeletedPublicationOut(Out):
    """A publication that can be restored with the editions that went with it."""

    id: str
    name: str
    slug: str
    deleted_at: datetime
    restorable_until: datetime


class SettingOut(Out):
    """A setting of reading: its value, where it was set, and what it would be if it were not set here."""

    name: str
    value: str
    origin: Literal["house", "publication", "edition"]
    inherited: str

    @staticmethod
    def all_of(of: Publication | Edition) -> list[SettingOut]:
        """Every setting in the order of the table."""
        return [
            SettingOut(name=one.name, value=one.value, origin=one.origin.value, inherited=one.inherited)
            for one in all_found(of)
        ]


class BrandingIn(In):
    """Colours, type and own CSS; "" is the house's own."""

    accent: Colour = ""
    ground: Colour = ""
    font: Font = ""
    css: Annotated[Text, Field(max_length=20_000)] = ""


class TypefaceOut(Out):
    """A cut of a typeface that the publication brings along."""

    file: str = Field(description="Names its content.")
    address: str = Field(description="Where the WOFF2 file lies.")
    family: str = Field(description="As the font calls itself.")
    weight: str = Field(description='As CSS writes it: "400", or "100 900" where it can be varied.')
    is_italic: bool
    size: int = Field(description="Bytes.")

    @staticmethod
    def of(row: Publication, one: Typeface) -> TypefaceOut:
        """As it is answered."""
        return TypefaceOut(address=reverse("brand-file", args=[row.pk, one.file]), **asdict(one))


class BrandingOut(Out):
    """How it looks."""

    accent: str
    ground: str
    font: str
    css: str
    logo: str | None = Field(description="Address of the picture.")
    icon: str | None = Field(description="Address of the favicon.")
    typefaces: dict[str, list[TypefaceOut]] = Field(description="Typefaces of its own, for `headings` and for `text`.")
    words: dict[str, dict[str, str]] = Field(description="Own words, by language and English sentence.")

    @staticmethod
    def of(row: Publication) -> BrandingOut:
        """As it is answered."""
        kept = row.branding

        def address(name: str) -> str | None:
            return reverse("brand-file", args=[row.pk, kept[name]]) if kept.get(name) else None

        return BrandingOut(
            **{name: str(kept.get(name, "")) for name in ("accent", "ground", "font", "css")},
            logo=address("logo"),
            icon=address("icon"),
            typefaces={use: [TypefaceOut.of(row, one) for one in typefaces_of(row, use)] for use in USES},
            words=kept.get("words", {}),
        )


class DomainIn(In):
    """A domain of its own; "" takes it away."""

    domain: Annotated[Text, Field(max_length=253)]


Settings = Annotated[
    dict[str, Text], Field(description="Values by name; what is left out or empty inherits.", max_length=40)
]
Words = Annotated[dict[str, Annotated[Text, Field(max_length=200)]], Field(max_length=len(SENTENCES))]


def publication_of(request: HttpRequest, publication: str, action: Action | None = None) -> Publication:
    """A publication that the token sees, and may do the action to; raises NotFoundError, NotAllowedError."""
    found = publication_get(cast(Call, request).person, publication)
    if action:
        require(cast(Call, request).person, action, found)
    return found


@router.get("/publications", response=Page[PublicationOut], auth=Needs("publications:read"))
def list_publications(request: Call, cursor: Cursor = "", limit: Limit = 50) -> Page[PublicationOut]:
    """The publications that the token sees, by name."""
    rows = publication_list(request.person, request.house)
    return page_of(rows, ("name", "pk"), cursor, limit, lambda found: [PublicationOut.of(row) for row in found])


@router.get("/publications/deleted", response=list[DeletedPublicationOut], auth=Needs("publications:read"))
def list_deleted_publications(request: Call) -> list[DeletedPublicationOut]:
    """What was deleted and can be restored, latest first."""
    return [
        DeletedPublicationOut.filled(row, restorable_until=restorable_until(row.deleted_at))
        for row in deleted_publications(request.person, request.house)
        if row.deleted_at
    ]


@router.post("/publications", response={201: PublicationOut}, auth=Needs("publications:write"))
def create_publication(request: Call, body: PublicationNew) -> Status[PublicationOut]:
    """Make a title."""
    said = body.model_dump()
    model = said.pop("set_up_as")
    with transaction.atomic():
        made = publication_create(by=request.person, publisher=request.house, **said)
        if model:
            publication_set_up_as(by=request.person, publication=made, model=publication_of(request, model))
    return Status(201, PublicationOut.of(made))


@router.get("/publications/{slug:publication}", response=PublicationOut, auth=Needs("publications:read"))
def get_publication(request: Call, publication: str) -> PublicationOut:
    """One publication."""
    return PublicationOut.of(publication_of(request, publication))


@router.patch("/publications/{slug:publication}", response=PublicationOut, auth=Needs("publications:write"))
def change_publication(request: Call, publication: str, body: PublicationChange) -> PublicationOut:
    """Change its particulars; another slug changes its public address."""
    found = publication_of(request, publication)
    fields: dict[str, Any] = {name: value for name, value in body.model_dump().items() if value is not None}
    return PublicationOut.of(publication_change(by=request.person, publication=found, fields=fields))


@router.delete("/publications/{slug:publication}", response={204: None}, auth=Needs("publications:write"))
def delete_publication(request: Call, publication: str) -> Status[None]:
    """Hide it with all its editions; it can be restored for a time."""
    publication_delete(by=request.person, publication=publication_of(request, publication))
    return Status(204, None)


@router.post("/publications/{slug:publication}/restore", response=PublicationOut, auth=Needs("publications:write"))
def restore_publication(request: Call, publication: str) -> PublicationOut:
    """Undo the deletion; the editions that went with it come back."""
    return PublicationOut.of(publication_restore(by=request.person, publication_id=publication))


@router.get("/publications/{slug:publication}/settings", response=list[SettingOut], auth=Needs("publications:read"))
def get_publication_settings(request: Call, publication: str) -> list[SettingOut]:
    """Settings of reading that its editions inherit."""
    return SettingOut.all_of(publication_of(request, publication))


@router.put("/publications/{slug:publication}/settings", response=list[SettingOut], auth=Needs("publications:write"))
def set_publication_settings(request: Call, publication: str, body: Body[Settings]) -> list[SettingOut]:
    """Set all of them at once; what is left out is the house's again."""
    found = publication_of(request, publication)
    publication_settings_change(by=request.person, publication=found, values=body)
    return SettingOut.all_of(publication_of(request, publication))


@router.get("/publications/{slug:publication}/branding", response=BrandingOut, auth=Needs("publications:read"))
def get_branding(request: Call, publication: str) -> BrandingOut:
    """Logo, favicon, colours, type, CSS and own words."""
    return BrandingOut.of(publication_of(request, publication))


@router.put("/publications/{slug:publication}/branding", response=BrandingOut, auth=Needs("publications:write"))
def set_branding(request: Call, publication: str, body: BrandingIn) -> BrandingOut:
    """Set colours, type and CSS; colours in which text could not be read are refused."""
    branding_change(by=request.person, publication=publication_of(request, publication), fields=body.model_dump())
    return BrandingOut.of(publication_of(request, publication))


@router.post("/publications/{slug:publication}/logo", response=BrandingOut, auth=Needs("publications:write"))
def set_logo(request: Call, publication: str, file: Annotated[UploadedFile, File()]) -> BrandingOut:
    """Hand over a logo: PNG, JPEG or WebP."""
    data = file.read(LARGEST_LOGO + 1)
    logo_change(by=request.person, publication=publication_of(request, publication), data=data)
    return BrandingOut.of(publication_of(request, publication))


@router.delete("/publications/{slug:publication}/logo", response={204: None}, auth=Needs("publications:write"))
def delete_logo(request: Call, publication: str) -> Status[None]:
    """Take the logo away."""
    logo_change(by=request.person, publication=publication_of(request, publication), data=None)
    return Status(204, None)


@router.post("/publications/{slug:publication}/icon", response=BrandingOut, auth=Needs("publications:write"))
def set_icon(request: Call, publication: str, file: Annotated[UploadedFile, File()]) -> BrandingOut:
    """Hand over a favicon of its own, in the place of the one that is made of the logo: PNG, JPEG or WebP."""
    data = file.read(LARGEST_LOGO + 1)
    icon_change(by=request.person, publication=publication_of(request, publication), data=data)
    return BrandingOut.of(publication_of(request, publication))


@router.delete("/publications/{slug:publication}/icon", response={204: None}, auth=Needs("publications:write"))
def delete_icon(request: Call, publication: str) -> Status[None]:
    """Take it away; the favicon is made of the logo again."""
    icon_change(by=request.person, publication=publication_of(request, publication), data=None)
    return Status(204, None)


@router.post(
    "/publications/{slug:publication}/typefaces/{slug:use}", response=BrandingOut, auth=Needs("publications:write")
)
def add_typeface(request: Call, publication: str, use: Use, file: Annotated[UploadedFile, File()]) -> BrandingOut:
    """Hand over a cut of a typeface for headings or text: WOFF2, in the place of one of the same weight and slope."""
    data = file.read(LARGEST_FACE + 1)
    typeface_add(by=request.person, publication=publication_of(request, publication), use=use, data=data)
    return BrandingOut.of(publication_of(request, publication))


@router.delete(
    "/publications/{slug:publication}/typefaces/{slug:use}/{str:file}",
    response={204: None},
    auth=Needs("publications:write"),
)
def remove_typeface(request: Call, publication: str, use: Use, file: str) -> Status[None]:
    """Take a cut of a typeface away, by the name of its file."""
    typeface_remove(by=request.person, publication=publication_of(request, publication), use=use, file=file)
    return Status(204, None)


@router.put(
    "/publications/{slug:publication}/words/{slug:language}", response=BrandingOut, auth=Needs("publications:write")
)
def set_words(request: Call, publication: str, language: str, body: Body[Words]) -> BrandingOut:
    """Sentences of the reader said in the publication's own way, by their English words; others stay as they are."""
    found = publication_of(request, publication, Action.MANAGE_PUBLICATIONS)
    if language not in wording.languages() or not set(body) <= set(SENTENCES):
        raise SettingInvalidError(language)
    words_change(by=request.person, publication=found, language=language, words=body)
    return BrandingOut.of(publication_of(request, publication))


@router.put("/publications/{slug:publication}/domain", response=PublicationOut, auth=Needs("publications:write"))
def set_domain(request: Call, publication: str, body: DomainIn) -> PublicationOut:
    """Give it a domain of its own, or take it away."""
    domain_change(by=request.person, publication=publication_of(request, publication), domain=body.domain)
    return PublicationOut.of(publication_of(request, publication))
