"""Checks the signed tokens of OpenID providers (JWT): whose they are, for whom, and how old."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any, Final

import jwt
from django.db.models import Q
from django.utils import timezone

from masthead.access.errors import DiscoveryUnreadableError
from masthead.access.identity.discovery import ALGORITHMS, keys_fetch
from masthead.access.identity.vouching import Reason, SignInRefusedError
from masthead.access.models import IdentityProvider

SKEW: Final = 60  # seconds that two clocks may differ
_OLDEST: Final = 600  # seconds since a token was made
_LONGEST: Final = 64 << 10
_ASKED_AGAIN: Final = timedelta(minutes=1)


def token_read(provider: IdentityProvider, token: str, needed: tuple[str, ...]) -> dict[str, Any]:
    """What a token says, if this provider made it for us just now. Raises SignInRefusedError.

    Keys that it has only since a moment are asked for, once a minute at most.
    """
    if len(token) > _LONGEST:
        raise SignInRefusedError(Reason.UNREADABLE, "too long")
    try:
        said = _checked(provider, token, needed)
    except SignInRefusedError as error:
        if error.reason != Reason.SIGNATURE or not _asked_for_keys(provider):
            raise
        said = _checked(provider, token, needed)
    _check_audience(provider, said)
    if not time.time() - _OLDEST - SKEW <= said["iat"]:
        raise SignInRefusedError(Reason.EXPIRED, "iat")
    return said


def _checked(provider: IdentityProvider, token: str, needed: tuple[str, ...]) -> dict[str, Any]:
    allowed = ALGORITHMS & set(provider.places.get("algorithms", ()))
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError as error:
        raise SignInRefusedError(Reason.UNREADABLE, str(error)) from error
    if header.get("alg") not in allowed:
        raise SignInRefusedError(Reason.SIGNATURE, f"signed by {header.get('alg')}")
    problem: Exception = KeyError(f"no key {header.get('kid')}")
    for key in _keys(provider, header.get("kid")):
        try:
            return jwt.decode(
                token,
                jwt.PyJWK(key, algorithm=header["alg"]).key,
                algorithms=[header["alg"]],
                audience=provider.client_id,
                issuer=provider.entity_id,
                leeway=SKEW,
                options={"require": ["iss", "aud", "iat", *needed]},
            )
        except (jwt.InvalidSignatureError, jwt.InvalidKeyError, jwt.PyJWKError, TypeError) as error:
            problem = error
        except jwt.PyJWTError as error:
            raise SignInRefusedError(_reason(error), str(error)) from error
    raise SignInRefusedError(Reason.SIGNATURE, str(problem)) from problem


def _keys(provider: IdentityProvider, name: object) -> list[dict[str, Any]]:
    """Those that the token may be signed with: the one that it names, or all where it names none."""
    return [key for key in provider.keys if name is None or key.get("kid") == name]


def _reason(error: jwt.PyJWTError) -> Reason:
    if isinstance(error, jwt.ExpiredSignatureError | jwt.ImmatureSignatureError):
        return Reason.EXPIRED
    if isinstance(error, jwt.InvalidAudienceError | jwt.InvalidIssuerError):
        return Reason.NOT_FOR_US
    return Reason.UNREADABLE


def _check_audience(provider: IdentityProvider, said: dict[str, Any]) -> None:
    """What a token for several, or one made for somebody else, says in `azp` (OpenID Connect Core 3.1.3.7)."""
    several = isinstance(said["aud"], list) and len(said["aud"]) > 1
    if (several or "azp" in said) and said.get("azp") != provider.client_id:
        raise SignInRefusedError(Reason.NOT_FOR_US, "azp")


def _asked_for_keys(provider: IdentityProvider) -> bool:
    """Whether other keys are known now."""
    now = timezone.now()
    is_due = Q(keys_asked_at__isnull=True) | Q(keys_asked_at__lt=now - _ASKED_AGAIN)
    if not IdentityProvider.objects.filter(is_due, pk=provider.pk).update(keys_asked_at=now):
        return False
    try:
        keys = keys_fetch(provider.places.get("keys_address", ""))
    except DiscoveryUnreadableError:
        return False
    is_other = bool(keys != provider.keys)
    if is_other:
        IdentityProvider.objects.filter(pk=provider.pk).update(keys=keys)
        provider.keys = keys
    return is_other
