"""Operations on the terms of reading: who may read an edition, or what a publication's editions inherit."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Router
from pydantic import Field

from masthead.access.setting_terms import terms_set
from masthead.access.terms import ALL, Way, terms_of
from masthead.api.editions import one as edition_of
from masthead.api.gate import Call, Needs
from masthead.api.publications import publication_of
from masthead.api.shapes import In, OneOf, Out, Text
from masthead.library.selectors import Edition, Publication

router = Router()
WayName = Annotated[str, OneOf(way.value for way in Way)]
Entry = Annotated[Text, Field(min_length=1, max_length=253)]
_MOST = 500  # ranges, domains or sites


class WaysOut(Out):
    """The ways in of what is not open."""

    ways: list[WayName] = Field(description="None: it is open to everybody.")
    need: Literal["any", "all"] = Field(description="Whether one of the ways is enough, or all are needed.")
    has_password: bool
    ranges: list[str] = Field(description="Network addresses for which it is open.")
    domains: list[str] = Field(description="Of e-mail addresses that get a code; none: all.")
    denied_domains: list[str]


class TermsOut(Out):
    """What counts, and which parts were set just here; the others are inherited."""

    is_open: bool
    ways: WaysOut
    free: str = Field(description="Pages that everybody may read, such as `1-3,8`.")
    listing: Literal["listed", "unlisted"]
    sites: list[str] = Field(description="Origins in whose frames alone it is read; none: anywhere.")
    own: list[str] = Field(description="Of `ways`, `free`, `listing`, `sites`.")

    @staticmethod
    def of(row: Edition | Publication) -> TermsOut:
        """As it is answered. The password is told to nobody, in no form."""
        terms = terms_of(row)
        return TermsOut(
            is_open=terms.is_open,
            ways=WaysOut(
                ways=sorted(terms.ways),
                need="all" if terms.need == ALL else "any",
                has_password=bool(terms.password),
                ranges=list(terms.ranges),
                domains=list(terms.domains),
                denied_domains=list(terms.denied_domains),
            ),
            free=str(terms.free),
            listing="listed" if terms.is_listed else "unlisted",
            sites=list(terms.sites),
            own=sorted(row.terms),
        )


class WaysIn(In):
    """The ways in. What does not belong to one of the named ways is left out."""

    ways: list[WayName] = Field(default=[], max_length=len(Way))
    need: Literal["any", "all"] = "any"
    password: Annotated[Text, Field(max_length=200)] = Field(
        default="", description="A new one; empty: the one there is stays. It is never told again."
    )
    ranges: list[Entry] = Field(default=[], max_length=_MOST)
    domains: list[Entry] = Field(default=[], max_length=_MOST)
    denied_domains: list[Entry] = Field(default=[], max_length=_MOST)


class TermsIn(In):
    """All that is set here; a part that is left out, or null, is inherited."""

    ways: WaysIn | None = None
    free: Annotated[Text, Field(max_length=2000)] | None = None
    listing: Literal["listed", "unlisted"] | None = None
    sites: Annotated[list[Entry], Field(max_length=_MOST)] | None = None

    def parts(self) -> dict[str, Any]:
        """As the service takes them, without what is inherited and without the password."""
        said = self.model_dump(exclude_none=True)
        said.get("ways", {}).pop("password", None)
        return said


@router.get(
    "/publications/{slug:publication}/terms",
    response=TermsOut,
    auth=Needs("publications:read"),
    tags=["Publications"],
)
def get_publication_terms(request: Call, publication: str) -> TermsOut:
    """Who may read its editions, unless an edition says something else."""
    return TermsOut.of(publication_of(request, publication))


@router.put(
    "/publications/{slug:publication}/terms",
    response=TermsOut,
    auth=Needs("publications:write"),
    tags=["Publications"],
)
def set_publication_terms(request: Call, publication: str, body: TermsIn) -> TermsOut:
    """Say who may read its editions; it counts at once."""
    _set(request, publication_of(request, publication), body)
    return TermsOut.of(publication_of(request, publication))


@router.get("/editions/{slug:edition}/terms", response=TermsOut, auth=Needs("editions:read"), tags=["Editions"])
def get_edition_terms(request: Call, edition: str) -> TermsOut:
    """Who may read it, and which of that it says itself."""
    return TermsOut.of(edition_of(request, edition))


@router.put("/editions/{slug:edition}/terms", response=TermsOut, auth=Needs("editions:write"), tags=["Editions"])
def set_edition_terms(request: Call, edition: str, body: TermsIn) -> TermsOut:
    """Say who may read it; what is left out is its publication's. It counts at once."""
    _set(request, edition_of(request, edition), body)
    return TermsOut.of(edition_of(request, edition))


def _set(request: Call, of: Edition | Publication, body: TermsIn) -> None:
    terms_set(by=request.person, of=of, parts=body.parts(), password=body.ways.password if body.ways else "")
