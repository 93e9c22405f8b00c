"""Why an address was not called, or led nowhere; rooms above turn these into what they tell people."""

from __future__ import annotations


class CallRefusedError(Exception):
    """The address must not be called: no web address, or one that leads inside."""


class TooManyRedirectsError(Exception):
    """The address leads on and on."""
