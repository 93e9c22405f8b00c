"""What can go wrong with rights to read."""

from __future__ import annotations

from masthead.document.errors import MastheadError


class ProofLinkOverError(MastheadError):
    """A link for people outside that was taken back, is too old, or never was one."""

    code = "proof_link_over"
    sentence = "This link does not open anything any more."
    hint = "Ask whoever sent it for a new one."
    exit_status = 99
