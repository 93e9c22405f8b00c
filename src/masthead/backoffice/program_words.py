"""Scopes, deliveries and their failures in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from masthead.accounts.bearing import SCOPES

_RESOURCES = (
    *("house", "publications", "shelves", "categories", "editions", "publishing", "uploads", "conversions", "builds"),
    *(
        "proof_links",
        "exports",
        "search",
        "products",
        "orders",
        "comments",
        "staff",
        "log",
        "tokens",
        "sign_in_links",
        "webhooks",
    ),
    *("forms", "answers", "overlays", "texts", "readers", "subscriptions", "identity", "recipients", "statistics"),
)
RESOURCE_WORDS = (
    *("The house", "Publications", "Shelves", "Categories", "Editions", "Publishing and withdrawing", "Uploads"),
    *("Conversions", "Versions", "Proof links", "Files of editions", "Search", "Products", "Orders", "Comments"),
    *("Staff", "Log", "Tokens", "Sign-in links", "Webhooks"),
    *("Forms", "What readers answered", "Overlays and links on pages", "Text and its corrections", "Readers"),
    *("Subscriptions and access codes", "Identity providers", "Links for recipients", "Statistics"),
)
_WORD_OF_RESOURCE: Final = dict(zip(_RESOURCES, RESOURCE_WORDS, strict=True))
_STATES = ("waiting", "sent", "given_up")
DELIVERY_WORDS = ("Waiting", "Arrived", "Given up")
_WORD_OF_STATE: Final = dict(zip(_STATES, DELIVERY_WORDS, strict=True))
_PROBLEMS = ("timeout", "unreachable", "refused", "redirect", "tls", "address", "paused", "accident")
PROBLEM_WORDS = (
    "No answer in time",
    "The receiver could not be reached",
    "The receiver did not accept it",
    "The receiver points to another address, which is not followed",
    "The receiver's certificate is not good",
    "The address is not a public one",
    "It was paused",
    "An accident on our side",
)
_WORD_OF_PROBLEM: Final = dict(zip(_PROBLEMS, PROBLEM_WORDS, strict=True))
_PAUSES = ("by_hand", "failing", "gone")
PAUSE_WORDS = (
    "Somebody paused it.",
    "It was paused because for days nothing arrived.",
    "It was paused because the receiver said that it is gone.",
)
_WORD_OF_PAUSE: Final = dict(zip(_PAUSES, PAUSE_WORDS, strict=True))


@dataclass(frozen=True, slots=True)
class Line:
    """A resource of the table of scopes: its name in English, and the scopes that can be given; "" where not."""

    words: str
    read: str
    write: str


def lines_of(possible: list[str]) -> list[Line]:
    """The table of scopes that somebody can give."""
    found = []
    for resource in dict.fromkeys(scope.partition(":")[0] for scope in SCOPES):
        read, write = (scope if scope in possible else "" for scope in (f"{resource}:read", f"{resource}:write"))
        if read or write:
            found.append(Line(_WORD_OF_RESOURCE[resource], read, write))
    return found


def resource_word(scope: str) -> str:
    """The English name of a scope's resource."""
    return _WORD_OF_RESOURCE.get(scope.partition(":")[0], scope)


def delivery_word(state: str) -> str:
    """The English word for where a delivery stands."""
    return _WORD_OF_STATE.get(state, state)


def problem_word(problem: str) -> str:
    """The English words for why something did not arrive."""
    return _WORD_OF_PROBLEM.get(problem, problem)


def pause_word(pause: str) -> str:
    """The English sentence for why a webhook is paused."""
    return _WORD_OF_PAUSE.get(pause, pause)
