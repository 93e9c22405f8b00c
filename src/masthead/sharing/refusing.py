"""People who never want mail from here: a signed link in each mail, and the list of those who used it."""

from __future__ import annotations

from collections.abc import Iterable

from django.core import signing

from masthead.sharing.errors import NoMailLinkError
from masthead.sharing.models import Refusal
from masthead.sharing.pacing import RECIPIENT, hashed

_SIGNER = signing.Signer(salt="masthead.no-mail")


def token_of(address: str) -> str:
    """What stands in the link of a mail to this address: only the house can make it, and it hides the address."""
    return _SIGNER.sign(hashed(RECIPIENT, address))


def token_check(token: str) -> str:
    """The hash of the address that a link is for; raises NoMailLinkError for every other text."""
    try:
        return _SIGNER.unsign(token)
    except signing.BadSignature as error:
        raise NoMailLinkError(token) from error


def mail_refuse(*, token: str) -> None:
    """Never send mail of this kind to the address again. Raises NoMailLinkError."""
    Refusal.objects.get_or_create(address=token_check(token))


def without_refusers(addresses: Iterable[str]) -> list[str]:
    """Those of the addresses that may be written to."""
    asked = {hashed(RECIPIENT, address): address for address in addresses}
    refused = set(Refusal.objects.filter(address__in=asked).values_list("address", flat=True))
    return [address for key, address in asked.items() if key not in refused]
