"""Tokens by which programs act in a person's name: made and shown once, listed, revoked, recognised and counted."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from masthead.accounts.bearing import SCOPES, Bearer
from masthead.accounts.errors import ScopeTooWideError
from masthead.accounts.models import Publisher, Staff, Token, User
from masthead.accounts.rights import RIGHTS, Action
from masthead.accounts.selectors import Person, can, limits, publisher_list
from masthead.accounts.services import log_write

_MARK = "mh_"  # by which scanners for secrets that leaked know it
_BYTES = 32
_SHOWN = 9  # characters of the beginning that lists show


@dataclass(frozen=True, slots=True)
class Usage:
    """How much of a token's requests of this minute are gone."""

    limit: int
    left: int
    seconds: int  # until the next minute

    @property
    def is_over(self) -> bool:
        """Whether this request is one too many."""
        return self.left < 0


def may_make(person: Person, publisher: Publisher) -> bool:
    """Whether the person may make tokens for the house: with a role that lets them, for all of it or a part."""
    return Action.USE_API in _actions(person, publisher)


def possible_scopes(person: Person, publisher: Publisher) -> list[str]:
    """The scopes that the person can give, in the order of the table."""
    actions = _actions(person, publisher)
    own = person.bearer if person is not None else None
    return [scope for scope, action in SCOPES.items() if action in actions and (own is None or own.has(scope))]


def token_create(
    *,
    by: User,
    publisher: Publisher,
    name: str,
    scopes: Collection[str],
    publications: Collection[str] = (),
    expires_at: datetime | None = None,
) -> tuple[Token, str]:
    """A token and its secret, which is never to be had again. Raises ScopeTooWideError."""
    possible = possible_scopes(by, publisher) if may_make(by, publisher) else []
    if not scopes or not set(scopes) <= set(possible):
        raise ScopeTooWideError(", ".join(sorted(set(scopes) - set(possible))))
    own = limits(by)
    if own and not (publications and set(publications) <= own):
        raise ScopeTooWideError("publications")
    secret = _MARK + secrets.token_urlsafe(_BYTES)
    with transaction.atomic():
        token = Token.objects.create(
            publisher=publisher,
            maker=by,
            name=name.strip(),
            beginning=secret[:_SHOWN],
            digest=_digest(secret),
            scopes=[scope for scope in SCOPES if scope in scopes],
            publications=sorted(set(publications)),
            expires_at=expires_at,
        )
        _log(by, "token.create", token, after={"scopes": token.scopes, "expires_at": _moment(expires_at)})
    return token, secret


def token_revoke(*, by: User, token: Token) -> None:
    """It opens nothing from now on; doing it twice changes nothing. Who sees a token may revoke it."""
    with transaction.atomic():
        if Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now()):
            _log(by, "token.revoke", token, before={"scopes": token.scopes})


def token_list(person: Person, publisher: Publisher) -> QuerySet[Token]:
    """The tokens of the house that still open something: one's own; for those who give roles everybody's."""
    rows = Token.objects.filter(publisher=publisher, revoked_at__isnull=True).select_related("maker")
    rows = rows.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now()))
    if person is None or not publisher_list(person).filter(pk=publisher.pk).exists():
        return Token.objects.none()
    return rows if can(person, Action.MANAGE_STAFF, publisher.pk) else rows.filter(maker=person)


def bearer_of(secret: str) -> User | None:
    """The person in whose name the secret acts, limited to what the token allows; None where it opens nothing.

    Whether the person works at the token's house still, `publisher_list` says.
    """
    if not secret.startswith(_MARK):
        return None
    token = Token.objects.select_related("maker").filter(digest=_digest(secret), revoked_at__isnull=True).first()
    if token is None or (token.expires_at and token.expires_at <= timezone.now()) or not token.maker.is_active:
        return None
    person = token.maker
    person.bearer = Bearer(
        token.pk, token.name, token.publisher_id, frozenset(token.publications), frozenset(token.scopes)
    )
    return person


def token_use(token_id: str, now: datetime, limit: int) -> Usage:
    """Count a request of this minute, and note when the token was used. One statement: no two requests get the same."""
    minute, second = divmod(int(now.timestamp()), 60)
    statement = (
        "UPDATE accounts_token SET used = CASE WHEN minute = %s THEN used + 1 ELSE 1 END, minute = %s,"
        " last_used_at = %s WHERE id = %s RETURNING used"
    )
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(statement, [minute, minute, moment, token_id])
        row = cursor.fetchone()
    return Usage(limit, limit - int(row[0] if row else limit + 1), 60 - second)


def _actions(person: Person, publisher: Publisher) -> set[Action]:
    """All that the person's roles allow somewhere in the house."""
    if person is None or not person.is_active or not publisher_list(person).filter(pk=publisher.pk).exists():
        return set()
    roles = set(Staff.objects.filter(user=person, publisher=publisher).values_list("role", flat=True))
    return {action for action, allowed in RIGHTS.items() if allowed & roles}


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _moment(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _log(
    by: User, action: str, token: Token, before: dict[str, object] | None = None, after: dict[str, object] | None = None
) -> None:
    log_write(
        by=by,
        publisher_id=token.publisher_id,
        action=action,
        subject_id=token.pk,
        subject_name=token.name,
        before=before,
        after=after,
    )
