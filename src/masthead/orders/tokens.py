"""Tokens that go through a reader's browser to a shop and back: JSON Web Tokens (RFC 7519), signed by HMAC-SHA-256.

One algorithm, fixed on both sides: what a token says of its own algorithm is compared, never followed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

GOOD_FOR: Final = timedelta(hours=1)
_HEAD: Final = {"alg": "HS256", "typ": "JWT"}
_LONGEST = 8000  # characters


class TokenWrongError(Exception):
    """It is not one of ours, or its time is over; the message says which."""


def token_made(key: bytes, claims: Mapping[str, Any], now: datetime) -> str:
    """The claims, good for an hour from now."""
    times = {"iat": int(now.timestamp()), "exp": int((now + GOOD_FOR).timestamp())}
    said = ".".join(_packed(json.dumps(part, separators=(",", ":")).encode()) for part in (_HEAD, {**claims, **times}))
    return f"{said}.{_packed(_sum(key, said))}"


def token_read(key: bytes, token: str, now: datetime) -> dict[str, Any]:
    """What it claims. Raises TokenWrongError."""
    said, _, given = token.rpartition(".")
    if len(token) > _LONGEST or not hmac.compare_digest(_packed(_sum(key, said)), given):
        raise TokenWrongError("not signed with this secret")
    try:
        head, claims = (json.loads(_unpacked(part)) for part in said.split("."))
        is_good = head.get("alg") == _HEAD["alg"] and int(claims["exp"]) > now.timestamp()
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as error:
        raise TokenWrongError("not a token") from error
    if not is_good:
        raise TokenWrongError("its time is over")
    return dict(claims)


def _sum(key: bytes, said: str) -> bytes:
    return hmac.new(key, said.encode(errors="replace"), hashlib.sha256).digest()


def _packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
