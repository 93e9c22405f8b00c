"""Why a sign-in at an identity provider failed, in words for whoever tried and for staff."""

from __future__ import annotations

from masthead.access.identity.providers import SITE
from masthead.access.identity.vouching import Reason

_REASON_WORDS = (
    "The answer of the identity provider cannot be read.",
    "The answer was not signed by this identity provider, or was changed on its way.",
    "The answer is too old, or the clocks of the two servers differ.",
    "The answer was made for another service or another address.",
    "This answer was used before.",
    "The answer belongs to no sign-in that was begun here.",
    "The sign-in was begun in another browser, or too long ago.",
    "The identity provider did not let you in.",
    "The identity provider did not tell your e-mail address.",
    "There is an account with this address already. Sign in with it first, then try this way again: from then on both "
    "lead to it.",
    "This address belongs to the staff of a publishing house. Staff sign in with their password.",
    "This account is switched off.",
    "This way to sign in is switched off.",
    "The identity provider does not answer. Try again in a few minutes.",
    "The identity provider did not take its code back: it was used before, or is too old.",
    "The identity provider does not accept us: our client ID or our client secret there is another one.",
    "The identity provider has not confirmed your e-mail address. Confirm it there first.",
    "What the link opens is not here any more.",
)
# The same of links by which a publisher's own site lets readers in.
_LINK_WORDS = (
    (Reason.UNREADABLE, "The link is not complete. Go back to the site that you came from, and follow it once more."),
    (Reason.SIGNATURE, "The link was not made by this site, or was changed on its way."),
    (Reason.EXPIRED, "The link is too old. Go back to the site that you came from, and follow it once more."),
    (Reason.REPLAYED, "The link was used before. Go back to the site that you came from, and follow it once more."),
    (Reason.UNASKED, "There are no links to this address."),
)


def reason_words(reason: str, protocol: str = "") -> str:
    """The English words for a reason, as they fit the way to sign in; "" for none."""
    of_link = next((said for known, said in _LINK_WORDS if known == reason), "") if protocol == SITE else ""
    if of_link:
        return of_link
    return next((said for known, said in zip(Reason, _REASON_WORDS, strict=True) if known == reason), "")
