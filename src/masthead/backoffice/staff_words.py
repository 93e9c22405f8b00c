"""Roles and rights in words."""

from __future__ import annotations

from masthead.accounts.rights import RIGHTS, Action, Role

_ROLE_WORDS = ("Owner", "Editor", "Shop", "Subscriptions", "Reports")
_ACTION_WORDS = (
    "See publications and editions, preview what is not live",
    "Hand over PDFs, correct, change particulars",
    "Publish, schedule, withdraw",
    "Make and set up publications, shelves and categories",
    "Invite staff, give and take roles",
    "Products and orders",
    "Readers, subscriptions, permissions",
    "Forms that readers fill in",
    "Read, take out and erase what readers answered",
    "Statistics",
    "Statistics of what is sold",
    "The log of who did what",
    "Make tokens by which programs work in one’s own name",
    "Decide on what readers comment",
    "Tell other programs what happens (webhooks)",
    "Take out everything of the publisher as a file",
)
_WORD_OF_ROLE = dict(zip(Role, _ROLE_WORDS, strict=True))
_WORD_OF_ACTION = dict(zip(Action, _ACTION_WORDS, strict=True))


def role_word(role: str) -> str:
    """The English word for a role."""
    return _WORD_OF_ROLE[Role(role)] if role in set(Role) else role


def rights_table() -> list[tuple[str, list[bool]]]:
    """Each right in English, and for each role in order whether it has it: the very table that decides."""
    return [(_WORD_OF_ACTION[action], [role in RIGHTS[action] for role in Role]) for action in Action]
