"""Ids that can stand in an address: short, random, not to be guessed, and no word of any language by accident."""

from __future__ import annotations

import secrets

_LETTERS = "23456789bcdfghjkmnpqrstvwxz"  # no vowels, nothing that looks like something else
_LENGTH = 12  # 27^12: 57 bits


def new_id() -> str:
    """A fresh id of twelve characters."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
