"""What may stand in a mail that a stranger has the house send: addresses of recipients, a comment without links."""

from __future__ import annotations

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from masthead.sharing.errors import CommentRefusedError, RecipientsRefusedError

MOST_RECIPIENTS: Final = 5
LONGEST_COMMENT: Final = 500  # characters
# Whatever a mail program could make a link of; a dot between two words may be the one in a host's name.
_LINK: Final = re.compile(r"://|\bwww\.|\bmailto:|@|[^\s.,;:!?)\"][.\u3002\uff0e\uff61][^\W\d_]{2,}", re.IGNORECASE)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u202a-\u202e\u2060-\u2069\ufeff]")


def recipients_of(typed: str) -> list[str]:
    """The addresses in a text, each once; raises RecipientsRefusedError."""
    found: dict[str, str] = {}
    for part in filter(None, re.split(r"[,;\s]+", typed)):
        found.setdefault(part.lower(), address_checked(part))
    if not 1 <= len(found) <= MOST_RECIPIENTS:
        raise RecipientsRefusedError(f"{len(found)} addresses")
    return list(found.values())


def address_checked(typed: str) -> str:
    """An address that can stand in the head of a mail; raises RecipientsRefusedError."""
    address = typed.strip()
    try:
        validate_email(address)
    except ValidationError as error:
        raise RecipientsRefusedError(address) from error
    if not address.isascii() or re.search(r"[\s,;:<>\"()\\]", address):
        raise RecipientsRefusedError(address)
    return address


def comment_of(typed: str) -> str:
    """A comment as plain text; raises CommentRefusedError."""
    text = _CONTROL.sub("", typed.replace("\r\n", "\n").replace("\r", "\n")).strip()
    text = re.sub(r"\n{3,}", "\n\n", text)
    if len(text) > LONGEST_COMMENT or _LINK.search(text):
        raise CommentRefusedError(f"{len(text)} characters")
    return text
