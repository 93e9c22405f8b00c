"""Finds address, name and groups in what an identity provider says, under the usual names or a given one."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from masthead.access.identity.vouching import Assertion
from masthead.access.models import IdentityProvider

_CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims"
EMAIL = (
    *("email", "mail", "emailAddress", "Email", "E-Mail"),
    f"{_CLAIMS}/emailaddress",
    "urn:oid:0.9.2342.19200300.100.1.3",
    "urn:oid:1.2.840.113549.1.9.1",
)
NAME = (
    *("displayName", "name", "cn", "display_name"),
    "http://schemas.microsoft.com/identity/claims/displayname",
    "urn:oid:2.16.840.1.113730.3.1.241",
    "urn:oid:2.5.4.3",
    f"{_CLAIMS}/name",
)
GROUPS = (
    *("groups", "memberOf", "Group", "Role", "roles", "eduPersonEntitlement"),
    "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups",
    "http://schemas.microsoft.com/ws/2008/06/identity/claims/role",
    "urn:oid:1.3.6.1.4.1.5923.1.1.1.7",
    "http://schemas.xmlsoap.org/claims/Group",
)


def email_in(provider: IdentityProvider, said: Assertion) -> str:
    """The address in small letters; the NameID where no attribute has one; "" for none."""
    found = _values(said, provider.email_attribute, EMAIL)
    if not found and not provider.email_attribute:
        found = [said.subject]
    address = found[0].strip().lower() if found else ""
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address if len(address) <= 254 else ""


def name_in(provider: IdentityProvider, said: Assertion) -> str:
    """The name; "" for none."""
    found = _values(said, provider.name_attribute, NAME)
    return " ".join(found[0].split())[:120] if found else ""


def groups_in(provider: IdentityProvider, said: Assertion) -> set[str]:
    """The groups, in small letters."""
    return {value.strip().lower() for value in _values(said, provider.groups_attribute, GROUPS)}


def _values(said: Assertion, chosen: str, known: tuple[str, ...]) -> list[str]:
    for name in (chosen,) if chosen else known:
        if said.attributes.get(name):
            return said.attributes[name]
    return []
