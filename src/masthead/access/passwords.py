"""The password of an edition: kept hashed, given by a visitor."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password, make_password

from masthead.access.errors import WrongPasswordError
from masthead.access.terms import Way, terms_of
from masthead.access.tries import try_once
from masthead.library.selectors import Edition


def hashed(password: str) -> str:
    """What is kept of a password."""
    return make_password(password)


def password_give(*, edition: Edition, password: str, visitor: str) -> str:
    """The key under which a visit remembers that it gave the right password; `visitor` is a network address.

    Raises WrongPasswordError, TooManyTriesError.
    """
    terms = terms_of(edition)
    try_once("edition-password", edition.pk, visitor, limit=10)
    if Way.PASSWORD not in terms.ways or not check_password(password, terms.password):
        raise WrongPasswordError(edition.pk)
    return terms.key
