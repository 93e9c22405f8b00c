"""A sign-in at an identity provider from beginning to end: asked, answered, taken up in the browser that had asked."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from masthead.access.grants import grant_made
from masthead.access.identity.attributes import email_in, groups_in, name_in
from masthead.access.identity.joining import account_for, periods_follow, stand_in_address
from masthead.access.identity.openid import code_address, code_taken
from masthead.access.identity.providers import OPENID, SITE
from masthead.access.identity.saml import answer_read, request_to
from masthead.access.identity.site_links import SiteLink, link_read
from masthead.access.identity.sites import opened_by, secret_by_id
from masthead.access.identity.vouching import Assertion, Ours, Reason, SignInRefusedError
from masthead.access.models import Identity, IdentityProvider, SignInTry, SiteKey
from masthead.access.readers import person_by_address
from masthead.accounts.selectors import User
from masthead.library.errors import NotFoundError

_MINUTES_TO_SIGN_IN = timedelta(minutes=30)
_MINUTES_TO_TAKE_UP = timedelta(minutes=5)
_OPENS = "opens"  # among the attributes of a link
_KEPT = timedelta(days=90)  # longer than any assertion is good


def try_begin(
    *, provider: IdentityProvider, ours: Ours, target: str = "", tester: User | None = None, hint: str = ""
) -> tuple[SignInTry, str]:
    """The sign-in and the address to send the browser to; `hint`: the e-mail address that somebody typed already.

    Raises SignInRefusedError where the provider is off.
    """
    if not provider.is_on and tester is None:
        raise SignInRefusedError(Reason.OFF)
    SignInTry.objects.filter(provider=provider, began_at__lt=timezone.now() - _KEPT).delete()
    key, verifier = secrets.token_urlsafe(24), ""
    if provider.protocol == OPENID:
        if not provider.client_id:
            raise SignInRefusedError(Reason.CLIENT_REFUSED, "no client ID")
        request_id, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
        address = code_address(provider, ours, key, request_id, verifier, hint)
    else:
        address, request_id = request_to(provider, ours, key)
    made = SignInTry.objects.create(
        provider=provider, key=key, request_id=request_id, verifier=verifier, target=target[:500], tester=tester
    )
    return made, address


def try_answer(*, provider: IdentityProvider, ours: Ours, answer: str, key: str, target: str = "") -> SignInTry:
    """Check an answer of SAML and keep it for the browser that had asked; what is wrong stands in the row's `reason`.

    `target` is a path of ours to go to where nobody had asked.
    """

    def read(row: SignInTry) -> Assertion:
        if not row.request_id and not provider.takes_unasked:
            raise SignInRefusedError(Reason.UNASKED)
        return answer_read(provider, ours, answer, row.request_id)

    return _answered(provider, key, target, read)


def try_code(*, provider: IdentityProvider, ours: Ours, said: Mapping[str, str]) -> SignInTry:
    """Take a code of OpenID for what the provider says, as `try_answer` does; a code is never taken unasked."""

    def read(row: SignInTry) -> Assertion:
        if not row.request_id or not row.verifier:
            raise SignInRefusedError(Reason.UNASKED)
        return code_taken(provider, ours, said, row.request_id, row.verifier)

    return _answered(provider, said.get("state", ""), "", read)


def try_link(*, provider: IdentityProvider, query: str) -> SignInTry:
    """Take a link of the publisher's own site, as `try_answer` takes an answer; a link counts once."""

    def read(row: SignInTry) -> Assertion:
        link = link_checked(provider, query)
        row.target = link.to[:500]
        SiteKey.objects.filter(pk=link.key).update(last_used_at=timezone.now())
        return _vouched(link, opened_by(provider, link))

    return _answered(provider, "", "", read)


def link_checked(provider: IdentityProvider, query: str) -> SiteLink:
    """What a link says, without using it up. Raises SignInRefusedError."""
    if provider.protocol != SITE:
        raise SignInRefusedError(Reason.UNASKED)
    link = link_read(query, lambda key: secret_by_id(provider, key), time.time())
    opened_by(provider, link)
    return link


def _answered(provider: IdentityProvider, key: str, target: str, read: Callable[[SignInTry], Assertion]) -> SignInTry:
    row = _claimed(provider, key) or SignInTry(provider=provider, target=target[:500])
    row.key, row.answered_at = secrets.token_urlsafe(24), timezone.now()
    try:
        if not provider.is_on and row.tester_id is None:
            raise SignInRefusedError(Reason.OFF)
        said = read(row)
        row.assertion_id = said.id
        row.received = {
            "subject": said.subject,
            "attributes": said.attributes,
            "session": said.session,
            "token": said.token,
        }
        with transaction.atomic():
            row.save()
    except SignInRefusedError as error:
        row.reason, row.detail = error.reason, error.detail
    except IntegrityError:  # this assertion has been here
        row.assertion_id, row.received, row.reason = "", {}, Reason.REPLAYED
    if row.reason:
        row.save()
    return row


def _claimed(provider: IdentityProvider, key: str) -> SignInTry | None:
    """The sign-in that waits for this answer; for the first who asks, so that a code is sent back once."""
    since = timezone.now() - _MINUTES_TO_SIGN_IN
    waiting = SignInTry.objects.filter(
        provider=provider, key=key, answered_at__isnull=True, began_at__gt=since, request_id__gt=""
    )
    found = waiting.first()
    return found if found is not None and waiting.update(answered_at=timezone.now()) else None


def try_of(key: str) -> SignInTry:
    """The sign-in that a key leads to, while its answer waits; raises NotFoundError."""
    since = timezone.now() - _MINUTES_TO_TAKE_UP
    rows = SignInTry.objects.select_related("provider__publisher", "tester")
    found = rows.filter(key=key, answered_at__gt=since, ended_at__isnull=True).first()
    if found is None:
        raise NotFoundError("sign-in")
    return found


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a sign-in: who is signed in, and what is opened to this visit."""

    user: User | None  # None: nobody in particular
    said: Assertion
    grant: str = ""  # for `access.grants`


def is_somebody_else(row: SignInTry, person: User | None) -> bool:
    """Whether a link of the publisher's site would sign in another person than the one who is signed in already."""
    subject = row.received.get("subject")
    if row.provider.protocol != SITE or person is None or not subject:
        return False
    return not Identity.objects.filter(provider=row.provider, subject=subject, user=person).exists()


def person_expected(row: SignInTry) -> User | None:
    """Whose account an answer will open, as far as is known before it is taken up; None: nobody's, or a new one."""
    if row.reason or row.tester_id is not None:
        return None
    said = _said(row)
    if not said.subject:
        return None
    known = Identity.objects.select_related("user").filter(provider=row.provider, subject=said.subject).first()
    email = email_in(row.provider, said)
    return known.user if known is not None else person_by_address(email) if email else None


def try_take_up(*, row: SignInTry, begun_here: bool, person: User | None) -> Taken | None:
    """Sign somebody in with the answer: their account, made where there is none, with what their groups give them.

    `begun_here`: this browser began it. `person` is who is signed in already. A test signs nobody in: None.
    Raises SignInRefusedError.
    """
    with transaction.atomic():
        if not SignInTry.objects.filter(pk=row.pk, ended_at__isnull=True).update(ended_at=timezone.now()):
            raise SignInRefusedError(Reason.REPLAYED)
    try:
        if row.reason:
            raise SignInRefusedError(Reason(row.reason), row.detail)
        if row.request_id and not begun_here:
            raise SignInRefusedError(Reason.OTHER_BROWSER)
        said = _said(row)
        email = email_in(row.provider, said) or _stand_in(row.provider, said)
        if not email and (said.subject or row.provider.protocol != SITE):
            raise SignInRefusedError(Reason.NO_EMAIL)
        if row.tester_id is not None:
            SignInTry.objects.filter(pk=row.pk).update(received=_shown(row))
            return None
        user = _signed_in(row.provider, said, email, person) if said.subject else None
    except SignInRefusedError as error:
        kept = _shown(row) if row.tester_id else {}
        SignInTry.objects.filter(pk=row.pk).update(reason=error.reason, detail=error.detail, received=kept)
        raise
    SignInTry.objects.filter(pk=row.pk).update(user=user, received={})
    opens = said.attributes.get(_OPENS, [""])[0]
    return Taken(user, said, grant_made(said.id.partition(":")[0], opens) if opens else "")


def _signed_in(provider: IdentityProvider, said: Assertion, email: str, person: User | None) -> User:
    with transaction.atomic():
        identity = account_for(provider, said.subject, email, name_in(provider, said), person)
        periods_follow(identity, groups_in(provider, said))
    return identity.user


def _stand_in(provider: IdentityProvider, said: Assertion) -> str:
    """The name of an account of somebody whose address the publisher's site does not tell; "" for others."""
    return stand_in_address(provider, said.subject) if provider.protocol == SITE and said.subject else ""


def _vouched(link: SiteLink, opens: str) -> Assertion:
    """What a link of the publisher's site says, as an identity provider would say it."""
    told = {"email": [link.email], "name": [link.name], "groups": list(link.groups), _OPENS: [opens]}
    attributes = {name: values for name, values in told.items() if any(values)}
    return Assertion(f"{link.key}:{link.nonce}", link.reader, attributes)


def understood(row: SignInTry) -> tuple[str, str, list[str]]:
    """Address, name and groups that are found in what an identity provider said in a test."""
    said = _said(row)
    return email_in(row.provider, said), name_in(row.provider, said), sorted(groups_in(row.provider, said))


def _shown(row: SignInTry) -> dict[str, Any]:
    """What is kept of a test: all but the token, which would still open something."""
    return {**row.received, "token": ""} if row.received else {}


def _said(row: SignInTry) -> Assertion:
    said = row.received
    return Assertion(
        row.assertion_id,
        said.get("subject", ""),
        said.get("attributes", {}),
        said.get("session", ""),
        said.get("token", ""),
    )
