"""Sets the terms of a publication or an edition: checked, kept, logged without what is secret."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_network
from typing import Any

from masthead.access.errors import TermsInvalidError
from masthead.access.passwords import hashed
from masthead.access.terms import ALL, ANY, LISTED, PARTS, UNLISTED, Way, parsed
from masthead.accounts.errors import NotAllowedError
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Person, User
from masthead.document.page_sets import page_set
from masthead.library.particulars import terms_keep
from masthead.library.selectors import Edition, Publication, can_do


def can_set_terms(person: Person, of: Edition | Publication) -> bool:
    """Whether somebody may say who reads it: those who manage readers, and those who may change it anyway."""
    action = Action.EDIT if isinstance(of, Edition) else Action.MANAGE_PUBLICATIONS
    return can_do(person, Action.MANAGE_READERS, of) or can_do(person, action, of)


def terms_set(*, by: User, of: Edition | Publication, parts: Mapping[str, Any], password: str = "") -> None:
    """Set the parts of the terms that are given; the others are inherited.

    `parts` are named as in `terms.PARTS`; a new `password` is hashed, "" leaves the one there is.
    Raises NotAllowedError, TermsInvalidError with the name of what is wrong.
    """
    if not can_set_terms(by, of):
        raise NotAllowedError(Action.MANAGE_READERS.value)
    kept = {name: parts[name] for name in PARTS if name in parts}
    if "ways" in kept:
        kept["ways"] = _ways(kept["ways"], of.terms.get("ways") or {}, password)
    if kept.get("free"):
        kept["free"] = _free(kept["free"])
    if kept.get("listing", LISTED) not in (LISTED, UNLISTED):
        raise TermsInvalidError("listing")
    if "sites" in kept:
        kept["sites"] = [_site(site) for site in kept["sites"]]
    parsed(kept)
    terms_keep(by=by, of=of, terms=kept, said=_without_secrets(kept), before=_without_secrets(of.terms))


def terms_take_over(*, by: User, of: Edition | Publication, model: Edition | Publication) -> None:
    """The terms that another one has of its own, with its password. Raises NotAllowedError."""
    if not (can_set_terms(by, of) and can_set_terms(by, model)):
        raise NotAllowedError(Action.MANAGE_READERS.value)
    kept = {name: model.terms[name] for name in PARTS if name in model.terms}
    before = {name: of.terms[name] for name in PARTS if name in of.terms}
    if kept != before:
        terms_keep(by=by, of=of, terms=kept, said=_without_secrets(kept), before=_without_secrets(of.terms))


def _ways(said: Mapping[str, Any], before: Mapping[str, Any], password: str) -> dict[str, Any]:
    ways = sorted({str(Way(way)) for way in said.get("ways", ())})
    kept: dict[str, Any] = {"ways": ways, "need": ALL if said.get("need") == ALL else ANY}
    if Way.PASSWORD in ways:
        kept["password"] = hashed(password) if password else before.get("password", "")
        if not kept["password"]:
            raise TermsInvalidError("password")
    if Way.ADDRESSES in ways:
        kept["ranges"] = [_range(text) for text in said.get("ranges", ())]
        if not kept["ranges"]:
            raise TermsInvalidError("ranges")
    if Way.EMAIL_CODE in ways:
        for name in ("domains", "denied_domains"):
            kept[name] = [_domain(text, name) for text in said.get(name, ())]
    return kept


def _range(text: str) -> str:
    try:
        return str(ip_network(text.strip(), strict=False))
    except ValueError as error:
        raise TermsInvalidError("ranges") from error


def _domain(text: str, name: str) -> str:
    domain = text.strip().lower().removeprefix("@")
    if "." not in domain or set(domain) - set("abcdefghijklmnopqrstuvwxyz0123456789.-"):
        raise TermsInvalidError(name)
    return domain


def _free(text: str) -> str:
    try:
        return str(page_set(text))
    except ValueError as error:
        raise TermsInvalidError("free") from error


def _site(text: str) -> str:
    site = text.strip().rstrip("/").lower()
    is_origin = site.startswith(("https://", "http://")) and "/" not in site.partition("://")[2]
    if not is_origin or set(site) & set(" ;,'\"*"):
        raise TermsInvalidError("sites")
    return site


def _without_secrets(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What the log may say."""
    said = {name: value for name, value in kept.items() if name in PARTS}
    if "ways" in said:
        said["ways"] = {name: value for name, value in said["ways"].items() if name != "password"}
    return said
