"""Keeps secrets of identity providers in the database, readable only with the house's secret key."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

_SALT = "masthead.identity.sealed"


def sealed(secret: str) -> str:
    """The secret as it is kept; "" stays ""."""
    return _seal().encrypt(secret.encode()).decode() if secret else ""


def opened(kept: str) -> str:
    """The secret again; "" where the house has another secret key now, so that somebody has to type it anew."""
    try:
        return _seal().decrypt(kept.encode()).decode() if kept else ""
    except InvalidToken:
        return ""


def _seal() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    made = (salted_hmac(_SALT, "", secret=key, algorithm="sha256").digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one)) for one in made])
