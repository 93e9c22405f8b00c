"""What can go wrong with webhooks."""

from __future__ import annotations

from masthead.document.errors import MastheadError


class WebhookAddressError(MastheadError):
    """An address that nothing is sent to: no https, or one inside of the operator's own network."""

    code = "webhook_address"
    sentence = "Nothing can be sent to this address."
    hint = "Give an https address that everybody on the internet can reach; an operator can allow others."
    exit_status = 58


class WebhookPausedError(MastheadError):
    """A webhook that is told nothing just now."""

    code = "webhook_paused"
    sentence = "This webhook is paused."
    hint = "Let it go on first."
    exit_status = 59
