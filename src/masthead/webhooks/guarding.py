"""What may be a receiver of webhooks: public and by https, or what the operator allows. `calling` judges it."""

from __future__ import annotations

from urllib.parse import urldefrag

from django.conf import settings

from masthead.calling import judging
from masthead.calling.errors import CallRefusedError
from masthead.calling.judging import Place, Rules, hosts_in
from masthead.webhooks.errors import WebhookAddressError

SECONDS = 15.0  # for all of a request, however slowly the receiver speaks
_ANSWER_BYTES = 2000  # that are looked at
_LONGEST = 500


def rules() -> Rules:
    """How receivers are called; nothing that they answer is followed."""
    allowed = hosts_in(settings.MASTHEAD.private_hosts)
    return Rules(seconds=SECONDS, answer_bytes=_ANSWER_BYTES, is_secure_only=True, allowed_hosts=allowed)


def place_of(address: str) -> Place:
    """What an address names; raises WebhookAddressError for what cannot be a receiver, without asking anybody."""
    try:
        found = judging.place_of(address, rules())
        has_part = bool(urldefrag(address).fragment)
    except CallRefusedError as error:
        raise WebhookAddressError(str(error)) from error
    if has_part or len(address) > _LONGEST:
        raise WebhookAddressError(address[:80])
    return found


def resolved(place: Place) -> Place:
    """The place with the network addresses to connect to.

    Raises WebhookAddressError where one of them is not public; OSError where it has none.
    """
    try:
        return judging.resolved(place, rules())
    except CallRefusedError as error:
        raise WebhookAddressError(str(error)) from error
