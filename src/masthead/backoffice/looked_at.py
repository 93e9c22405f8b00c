"""Lists that somebody handed over and looks at before they are kept: each waits a few hours for its own page alone."""

from __future__ import annotations

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from masthead.accounts.ids import new_id

_HOURS = 4  # that a list which was looked at waits to be kept
_SIGNER = signing.TimestampSigner(salt="masthead.list")


def wait(owner: str, data: bytes) -> str:
    """Keep the list for a while; answers what the page names it by."""
    name = default_storage.save(f"lists/{new_id()}.list", ContentFile(data))
    return _SIGNER.sign_object([owner, name])


def waiting(owner: str, token: str) -> bytes | None:
    """The list; None where it was kept already, waited too long, or is another's."""
    name = _name(owner, token)
    if not name:
        return None
    with default_storage.open(name) as stream:
        data: bytes = stream.read()
    return data


def forget(owner: str, token: str) -> None:
    """It was kept: it need not wait any more."""
    name = _name(owner, token)
    if name:
        default_storage.delete(name)


def _name(owner: str, token: str) -> str:
    try:
        whose, name = _SIGNER.unsign_object(token, max_age=_HOURS * 3600)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return str(name) if whose == owner and default_storage.exists(name) else ""
