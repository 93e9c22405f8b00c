"""Terms of reading in words: one sentence that says who gets in, and what each try of a way came to."""

from __future__ import annotations

from typing import Final

from masthead import wording
from masthead.access.rules import Answer, Reason
from masthead.access.terms import ALL, Terms, Way
from masthead.access.ways import Tried, Why

_WAY_WORDS = (
    "with the password",
    "with a code sent to their e-mail address",
    "with an account",
    "with a subscription or a permission",
    "with a permission for the edition",
    "from one of the networks",
)
WAY_NAME_WORDS = (
    "A password",
    "A code by e-mail",
    "Signing in",
    "A subscription",
    "A permission for the single edition",
    "A network (IP addresses)",
)
WAY_HINT_WORDS = (
    "The same for everybody. Whoever knew an old one has to give the new one.",
    "Six digits, asked for again after 30 days.",
    "Any account whose e-mail address is confirmed.",
    "What it covers is said where subscriptions are kept. A permission for the single edition opens it too.",
    "Given to one reader at a time, or by an access code.",
    "For libraries, schools and companies.",
)
WAYS: Final = (
    *(Way.PASSWORD, Way.EMAIL_CODE, Way.SIGN_IN),
    *(Way.SUBSCRIPTION, Way.PERMISSION, Way.ADDRESSES),
)
_WHY_WORDS = (
    "Yes.",
    "Has not been given.",
    "The network address is in none of the ranges.",
    "Nobody is signed in.",
    "The e-mail address of the account is not confirmed.",
    "There is no subscription to this publication, and no permission for this edition.",
    "There is a subscription, but its dates do not cover this edition.",
    "The subscription has not begun yet.",
    "The subscription has ended.",
    "There was a permission; it has ended.",
    "There is no permission for this edition.",
    "The list of devices is full, and this browser is not on it.",
    "This browser is not on the list of devices; opening the edition puts it there.",
)
_VERDICTS = tuple(Reason)
_VERDICT_WORDS = (
    "Can read it: it is open to everybody.",
    "Can read this page: it is free.",
    "Can read it: a way in is theirs.",
    "Can read it: belongs to the staff.",
    "Can read it: has a proof link.",
    "Cannot read it: it is not live.",
    "Cannot read it: it was withdrawn.",
    "Cannot read this page: none of the ways in is theirs.",
    "Can read it once a form is filled in.",
    "Cannot read it here: it opens only within the named sites.",
)
OPEN_WORDS = "Everybody can read it."


def sentence_of(terms: Terms, words: wording.Translator) -> str:
    """Who gets in, in one breath."""
    parts = [_ways_in(terms, words)]
    if terms.free and terms.ways:
        parts.append(words.text("Free for everybody: pages {pages}.", pages=str(terms.free)))
    if terms.gates:
        parts.append(words.text("A form has to be filled in first."))
    if terms.sites:
        parts.append(words.text("It opens only within {sites}.", sites=", ".join(terms.sites)))
    if not terms.is_listed:
        parts.append(words.text("It stands on no list: whoever knows its address finds it."))
    return " ".join(parts)


def _ways_in(terms: Terms, words: wording.Translator) -> str:
    known = dict(zip(WAYS, _WAY_WORDS, strict=True))
    ways = [way for way in WAYS if way in terms.ways]
    if Way.SUBSCRIPTION in ways and Way.PERMISSION in ways:
        ways.remove(Way.PERMISSION)
    named = [words.text(known[way]) for way in ways]
    if not named:
        return words.text(OPEN_WORDS)
    said = named[0]
    for other in named[1:]:
        said = (
            words.text("{one} and {other}", one=said, other=other)
            if terms.need == ALL
            else words.text("{one} or {other}", one=said, other=other)
        )
    return words.text("Readers get in {ways}.", ways=said)


def way_name(way: Way) -> str:
    """The English words for a way."""
    return dict(zip(WAYS, WAY_NAME_WORDS, strict=True))[way]


def why_words(tried: Tried) -> str:
    """The English sentence for what a try came to."""
    return dict(zip(Why, _WHY_WORDS, strict=True))[tried.why]


def verdict_words(answer: Answer) -> str:
    """The English sentence for the answer."""
    return dict(zip(_VERDICTS, _VERDICT_WORDS, strict=True))[answer.reason]
