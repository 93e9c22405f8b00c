"""Who is signed in here by an identity provider: so that signing out on one side is signing out on the other."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from masthead.access.identity.openid import leaving_address, sign_out_read
from masthead.access.identity.providers import OPENID, SAML
from masthead.access.identity.saml_sign_out import leaving_by_saml, sign_out_answer, sign_out_asked
from masthead.access.identity.tokens import SKEW
from masthead.access.identity.vouching import Assertion, Ours
from masthead.access.models import IdentityProvider as IdentityProvider
from masthead.access.models import IdentitySession
from masthead.accounts.selectors import User
from masthead.library.errors import NotFoundError

_LEFT = "left-"  # before a key of somebody who has signed out here already


def session_keep(*, provider: IdentityProvider, user: User, said: Assertion, session_key: str) -> None:
    """Remember by whom a browser session was signed in."""
    oldest = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    IdentitySession.objects.filter(provider=provider, began_at__lt=oldest).delete()
    IdentitySession.objects.update_or_create(
        session_key=session_key,
        defaults={
            "provider": provider,
            "user": user,
            "subject": said.subject,
            "index": said.session[:255],
            "token": said.token,
        },
    )


def session_leave(session_key: str) -> str:
    """Let a browser session go that signs out here: the key to what has to be done there, "" for nothing."""
    found = IdentitySession.objects.select_related("provider").filter(session_key=session_key).first()
    if found is None:
        return ""
    if not _leads_out(found.provider):
        found.delete()
        return ""
    found.session_key = f"{_LEFT}{secrets.token_urlsafe(24)}"
    found.save(update_fields=["session_key"])
    return found.session_key


def session_left(key: str) -> IdentitySession:
    """What `session_leave` gave the key to; raises NotFoundError."""
    rows = IdentitySession.objects.select_related("provider__publisher")
    found = rows.filter(session_key=key).first() if key.startswith(_LEFT) else None
    if found is None:
        raise NotFoundError("session")
    return found


def way_out(*, left: IdentitySession, ours: Ours) -> str:
    """Where to send the browser, so that it is signed out at the provider too. It is asked for once."""
    left.delete()
    if left.provider.protocol == OPENID:
        return leaving_address(left.provider, ours, left.token)
    return leaving_by_saml(left.provider, ours, left.subject, left.index, left.token)


def sign_out_take(*, provider: IdentityProvider, token: str) -> int:
    """Sign out whom an OpenID provider signs out, and say how many sessions that were. Raises SignInRefusedError."""
    subject, index, said_at = sign_out_read(provider, token)
    return _end(provider, subject, (index,) if index else (), said_at)


def sign_out_by_saml(*, provider: IdentityProvider, ours: Ours, query: str) -> str:
    """Sign out whom an identity provider signs out by SAML; the address that tells it. Raises SignInRefusedError."""
    out = sign_out_asked(provider, ours, query, timezone.now())
    _end(provider, out.subject, out.sessions, out.said_at)
    return sign_out_answer(provider, ours, out)


def _leads_out(provider: IdentityProvider) -> bool:
    if provider.protocol == OPENID:
        return bool(provider.places.get("end_session"))
    return provider.protocol == SAML and bool(provider.sign_out_address)


def _end(provider: IdentityProvider, subject: str, indexes: tuple[str, ...], said_at: datetime) -> int:
    """End those that began before a moment: a message that comes a second time ends nothing new."""
    until = said_at + timedelta(seconds=SKEW)
    which = Q(index__in=indexes) if indexes else Q()
    if subject:
        which &= Q(subject=subject)
    store = import_module(settings.SESSION_ENGINE).SessionStore
    rows = list(IdentitySession.objects.filter(which, provider=provider, began_at__lte=until))
    for row in rows:
        store(row.session_key).delete()
        row.delete()
    return len(rows)
