"""Operations on sign-in links, by which a publisher's own site lets its readers in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import parse_qs

from django.urls import reverse
from ninja import Router, Status
from pydantic import Field

from masthead.access.errors import SignInLinkInvalidError
from masthead.access.identity.arriving import link_checked
from masthead.access.identity.providers import SITE, provider_get
from masthead.access.identity.site_links import LONGEST_SECONDS
from masthead.access.identity.sites import link_made
from masthead.access.identity.vouching import SignInRefusedError
from masthead.api.gate import Call, Needs
from masthead.api.shapes import Id, In, Out, Text
from masthead.faces.absolute import absolute
from masthead.library.errors import NotFoundError

router = Router(tags=["Sign-in links"])
_SLUG = "[a-z0-9-]{1,80}"
_OPENS = rf"^(|all|publication:{_SLUG}|edition:{_SLUG}/{_SLUG})$"


class SignInLinkIn(In):
    """Whom a link lets in, and where."""

    site: Id = Field(description="Id of the site, from its page in the back office.")
    opens: Annotated[Text, Field(pattern=_OPENS)] = Field(
        default="",
        description="`all`, `publication:SLUG` or `edition:SLUG/SLUG`; empty: what the reader's account has.",
    )
    reader: Annotated[Text, Field(max_length=200)] = Field(
        default="",
        description="By which your site knows the reader, so that notes follow; empty: nobody in particular.",
    )
    email: Annotated[Text, Field(max_length=254)] = ""
    name: Annotated[Text, Field(max_length=120)] = ""
    groups: list[Annotated[Text, Field(max_length=120, pattern="^[^,]*$")]] = Field(default=[], max_length=50)
    to: Annotated[Text, Field(max_length=500)] = Field(default="", description="Path of the house to go to.")
    seconds: int = Field(default=300, ge=30, le=LONGEST_SECONDS, description="That the link is good.")


class SignInLinkOut(Out):
    """A link that is good once."""

    address: str
    expires_at: datetime


@router.post("/sign-in-links", response={201: SignInLinkOut}, auth=Needs("sign_in_links:write"))
def create_sign_in_link(request: Call, body: SignInLinkIn) -> Status[SignInLinkOut]:
    """Make a link that lets one reader in, once; send the browser there at once."""
    found = provider_get(request.person, request.house, body.site)
    if found.protocol != SITE:
        raise NotFoundError(body.site)
    said = body.model_dump(exclude={"site", "groups", "seconds"}) | {"groups": ",".join(body.groups)}
    query = link_made(by=request.person, provider=found, seconds=body.seconds, said=said)
    try:
        link_checked(found, query)
    except SignInRefusedError as error:
        raise SignInLinkInvalidError(error.detail) from error
    address = absolute(request, reverse("identity-link", args=[found.pk]))
    expires = datetime.fromtimestamp(int(parse_qs(query)["expires"][0]), UTC)
    return Status(201, SignInLinkOut(address=f"{address}?{query}", expires_at=expires))
