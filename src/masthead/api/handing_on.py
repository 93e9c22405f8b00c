"""Operations on what leaves the house: proof links, an edition as files, and what the archive has on some words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal, cast

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header
from ninja import Query, Router, Status
from pydantic import Field

from masthead.access.proof_links import DAYS, proof_link_create, proof_link_list, proof_link_revoke, token_of
from masthead.accounts.rights import Action
from masthead.api.editions import one
from masthead.api.errors import FileMissingHereError
from masthead.api.gate import Call, Needs
from masthead.api.paging import Cursor, Limit, page_of
from masthead.api.shapes import BoxOut, Day, In, Language, Name, OneOf, Out, Page, Text
from masthead.document.errors import MastheadError
from masthead.edition.folder import SOURCE, read_inventory
from masthead.faces.absolute import absolute, address_of
from masthead.faces.clipping_addresses import clipping_address
from masthead.faces.sending import file_response
from masthead.library.build_folders import file_here, read_build, whole_build
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Edition, live_editions, publication_list, require
from masthead.production.exported import KINDS, exported_file
from masthead.search.asking import LONGEST, Question, understood
from masthead.search.clipping import clipping_of, first_page
from masthead.search.engine import Hit, Scope
from masthead.search.places import current
from masthead.search.selectors import find, nearest

router = Router(tags=["Handing on"])


class ProofLinkIn(In):
    """Whom a link is for, and for how many days it is good."""

    name: Name
    days: Annotated[int, OneOf(DAYS)] = 7


class ProofLinkOut(Out):
    """A link by which somebody outside reads the edition before it is live."""

    id: str
    name: str
    address: str
    opened: int = Field(description="How often.")
    created_at: datetime
    expires_at: datetime


@router.get("/editions/{slug:edition}/proof_links", response=Page[ProofLinkOut], auth=Needs("proof_links:read"))
def list_proof_links(request: Call, edition: str, cursor: Cursor = "", limit: Limit = 50) -> Page[ProofLinkOut]:
    """Links that still open it, latest first."""
    found = one(request, edition)
    require(request.person, Action.EDIT, found)
    rows = proof_link_list(request.person, found)
    return page_of(rows, ("-created_at", "pk"), cursor, limit, lambda links: [_link(request, link) for link in links])


@router.post("/editions/{slug:edition}/proof_links", response={201: ProofLinkOut}, auth=Needs("proof_links:write"))
def create_proof_link(request: Call, edition: str, body: ProofLinkIn) -> Status[ProofLinkOut]:
    """Make a link for somebody."""
    made = proof_link_create(by=request.person, edition=one(request, edition), name=body.name, days=body.days)
    return Status(201, _link(request, made))


@router.delete(
    "/editions/{slug:edition}/proof_links/{slug:link}", response={204: None}, auth=Needs("proof_links:write")
)
def revoke_proof_link(request: Call, edition: str, link: str) -> Status[None]:
    """It opens nothing from now on."""
    proof_link_revoke(by=request.person, edition=one(request, edition), link_id=link)
    return Status(204, None)


def _link(request: Call, row: object) -> ProofLinkOut:
    address = absolute(cast(HttpRequest, request), reverse("proof", args=[token_of(row)]))  # type: ignore[arg-type]
    return ProofLinkOut.filled(row, address=address)


@router.get("/editions/{slug:edition}/files/{str:name}", auth=Needs("exports:read"), response={200: None})
def get_file(request: Call, edition: str, name: str) -> HttpResponseBase:
    """The current build as `issue.epub`, `text.zip`, `markdown.zip`, `issue.json` or `issue.pdf`.

    The JSON has all articles and pages. Each is made once for each build; parts can be asked for with Range.
    """
    found = one(request, edition)
    if name not in KINDS and name != "issue.pdf":
        raise NotFoundError(name)
    if found.build is None:
        raise FileMissingHereError(edition)
    place = found.build.folder
    folder = read_build(place)
    if name == "issue.pdf":
        file = file_here(place, SOURCE, read_inventory(folder).get(SOURCE))
    else:
        file = exported_file(folder, name, whole=lambda: whole_build(place))
    if file is None:
        raise FileMissingHereError(name)
    response = file_response(cast(HttpRequest, request), file, immutable=False)
    said = f"{found.publication.slug}-{found.slug}{Path(name).suffix}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=said) or ""
    response["Cache-Control"] = "private, no-cache"
    return response


class Wanted(In):
    """A question to the archive."""

    q: Annotated[Text, Field(min_length=1, max_length=LONGEST)] = Field(description="Words, or phrases in quotes.")
    kind: Literal["page", "article"] = "page"
    publication: Annotated[str, Field(pattern="^[a-z0-9]{0,12}$")] = ""
    first: Day | None = Field(default=None, description="Date of the earliest edition.")
    last: Day | None = Field(default=None, description="Date of the latest edition.")
    language: Language | Literal[""] = ""
    order: Literal["relevance", "date"] = "relevance"


class Piece(Out):
    """A piece of text."""

    text: str
    marked: bool = Field(description="It was looked for.")


class Clipping(Out):
    """The piece of the page that answers."""

    picture: str | None
    box: BoxOut = Field(description="On the page.")
    marks: list[BoxOut] = Field(description="Of the words, on the page.")
    text: list[Piece]


class HitOut(Out):
    """A page or an article with the words."""

    edition: str
    publication: str
    label: str
    date: date
    page: int
    page_label: str
    article: str | None
    title: str
    address: str
    clipping: Clipping | None


class Hits(Page[HitOut]):
    """What was found in live editions."""

    count: int = Field(description="Of hits that are counted: 1000 at most.")
    nearest: str | None = Field(description="A question that is spelled nearly so and finds something.")


@router.get("/search", response=Hits, auth=Needs("search:read"), tags=["Search"])
def search(
    request: Call,
    wanted: Annotated[Wanted, Query()],
    cursor: Annotated[str, Field(pattern="^[0-9]{0,4}$")] = "",
    limit: Annotated[int, Field(ge=1, le=50)] = 12,
) -> Hits:
    """Ask all live editions of the house; each hit comes with the piece of its page and the words marked."""
    question = understood(wanted.q)
    scope = Scope(wanted.publication, wanted.first, wanted.last, "", wanted.language)
    hits: Sequence[Hit] = () if question.is_empty else find(question, scope, kind=wanted.kind, order=wanted.order).hits
    seen = set(publication_list(request.person, request.house).values_list("pk", flat=True))
    live = {row.pk: row for row in live_editions({hit.edition for hit in hits}) if row.publication_id in seen}
    own = [hit for hit in hits if hit.edition in live]
    at = int(cursor or 0)
    shown = [_hit(request, live[hit.edition], hit, question, wanted.kind) for hit in own[at : at + limit]]
    is_open = not question.is_empty and (not wanted.publication or wanted.publication in seen)
    instead = nearest(question, scope, kind=wanted.kind) if is_open and not own else ""
    following = str(at + limit) if len(own) > at + limit else None
    return Hits(items=[one for one in shown if one], next=following, count=len(own), nearest=instead or None)


def _hit(request: Call, edition: Edition, hit: Hit, question: Question, kind: str) -> HitOut | None:
    """A hit as it is answered; None where the index is a moment behind its edition."""
    index = current()
    try:
        assert edition.build is not None
        assert index is not None
        folder = read_build(edition.build.folder)
        number, title, language = hit.page, "", edition.publication.language
        if kind == "article":
            article = next(entry for entry in folder.manifest["articles"] if entry["id"] == hit.article)
            number = first_page(index, folder.path, article["pages"], question, language)[0] or hit.page
            title = article["title"]
        entry = folder.manifest["pages"][number - 1]
        size = (entry["width"], entry["height"])
        piece = clipping_of(index, folder.path, number, size, question, language)
    except (MastheadError, LookupError, StopIteration):
        return None
    asked = cast(HttpRequest, request)
    return HitOut(
        edition=edition.pk,
        publication=edition.publication_id,
        label=edition.label,
        date=edition.date,
        page=number,
        page_label=entry["label"],
        article=hit.article or None,
        title=title,
        address=f"{address_of(asked, edition)}page/{number}",
        clipping=Clipping(
            picture=absolute(asked, clipping_address(edition, number, piece.box)) if entry["sizes"] else None,
            box=BoxOut.of(piece.box),
            marks=[BoxOut.of(mark) for mark in piece.marks],
            text=[Piece(text=text, marked=marked) for text, marked in piece.text],
        )
        if piece
        else None,
    )
