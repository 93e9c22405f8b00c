"""What can go wrong with publications and editions."""

from __future__ import annotations

from masthead.document.errors import MastheadError


class NotFoundError(MastheadError):
    """There is no such thing, or not for this person: the answer is the same."""

    code = "not_found"
    sentence = "There is nothing here under this address."
    hint = "Check the address, or look for it in the list."
    exit_status = 60


class StateError(MastheadError):
    """An edition cannot go from its state to the one asked for."""

    code = "state_wrong"
    sentence = "The edition is not in a state in which this can be done."
    hint = "Look at its state; somebody else may have changed it meanwhile."
    exit_status = 61


class SlugTakenError(MastheadError):
    """Two things would have one address."""

    code = "address_taken"
    sentence = "This address is taken already."
    hint = "Choose another one."
    exit_status = 62


class SlugInvalidError(MastheadError):
    """An address that cannot be one, or that the house needs itself."""

    code = "address_invalid"
    sentence = "This cannot be an address."
    hint = "Use small letters, digits and hyphens; some words are kept for the house itself."
    exit_status = 63


class TimeInvalidError(MastheadError):
    """A time to publish or withdraw that makes no sense."""

    code = "time_invalid"
    sentence = "This time cannot be used."
    hint = "Choose a time to come, and withdraw after publishing."
    exit_status = 64
