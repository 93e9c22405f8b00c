"""What a token lets a program do for its maker: in which house, for which publications, by which scopes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from masthead.accounts.rights import Action

# Each scope with the right that its maker needs; `write` includes `read` of the same.
SCOPES: Final[dict[str, Action]] = {
    "house:read": Action.VIEW,
    "house:write": Action.MANAGE_STAFF,
    "publications:read": Action.VIEW,
    "publications:write": Action.MANAGE_PUBLICATIONS,
    "shelves:read": Action.VIEW,
    "shelves:write": Action.MANAGE_PUBLICATIONS,
    "categories:read": Action.VIEW,
    "categories:write": Action.MANAGE_PUBLICATIONS,
    "editions:read": Action.VIEW,
    "editions:write": Action.EDIT,
    "publishing:write": Action.PUBLISH,
    "overlays:read": Action.EDIT,
    "overlays:write": Action.EDIT,
    "texts:read": Action.EDIT,
    "texts:write": Action.EDIT,
    "uploads:read": Action.EDIT,
    "uploads:write": Action.EDIT,
    "conversions:read": Action.VIEW,
    "conversions:write": Action.EDIT,
    "builds:read": Action.VIEW,
    "builds:write": Action.PUBLISH,
    "proof_links:read": Action.EDIT,
    "proof_links:write": Action.EDIT,
    "exports:read": Action.VIEW,
    "search:read": Action.VIEW,
    "readers:read": Action.MANAGE_READERS,
    "readers:write": Action.MANAGE_READERS,
    "subscriptions:read": Action.MANAGE_READERS,
    "subscriptions:write": Action.MANAGE_READERS,
    "identity:read": Action.MANAGE_READERS,
    "identity:write": Action.MANAGE_READERS,
    "recipients:read": Action.PUBLISH,
    "recipients:write": Action.PUBLISH,
    "statistics:read": Action.VIEW_REPORTS,
    "products:read": Action.MANAGE_SHOP,
    "products:write": Action.MANAGE_SHOP,
    "orders:read": Action.MANAGE_SHOP,
    "orders:write": Action.MANAGE_SHOP,
    "comments:read": Action.MODERATE,
    "comments:write": Action.MODERATE,
    "staff:read": Action.MANAGE_STAFF,
    "staff:write": Action.MANAGE_STAFF,
    "forms:read": Action.MANAGE_FORMS,
    "forms:write": Action.MANAGE_FORMS,
    "answers:read": Action.VIEW_ANSWERS,
    "answers:write": Action.VIEW_ANSWERS,
    "log:read": Action.VIEW_LOG,
    "tokens:read": Action.USE_API,
    "tokens:write": Action.USE_API,
    "sign_in_links:write": Action.MANAGE_READERS,
    "webhooks:read": Action.MANAGE_WEBHOOKS,
    "webhooks:write": Action.MANAGE_WEBHOOKS,
}


@dataclass(frozen=True, slots=True)
class Bearer:
    """The token in whose name a request acts. It takes from its maker's rights and never adds to them."""

    token: str  # its id
    name: str
    publisher: str  # the id of its house
    publications: frozenset[str]  # ids; empty: all
    scopes: frozenset[str]

    def covers(self, publisher_id: str, publication_id: str = "") -> bool:
        """Whether it reaches there; one that is for some publications reaches nothing that is the whole house's."""
        if publisher_id != self.publisher:
            return False
        return not self.publications or publication_id in self.publications

    def has(self, scope: str) -> bool:
        """Whether it was given the scope."""
        resource, _, verb = scope.partition(":")
        return scope in self.scopes or (verb == "read" and f"{resource}:write" in self.scopes)
