"""What can go wrong with the index."""

from __future__ import annotations

from masthead.document.errors import MastheadError


class IndexBusyError(MastheadError):
    """Another process writes to the index."""

    code = "index_busy"
    sentence = "The search index is being written by another process."
    hint = "Wait until it has finished, then try again."
    exit_status = 110


class IndexFaultyError(MastheadError):
    """The index is damaged or lacks something."""

    code = "index_faulty"
    sentence = "The search index does not hold what it should."
    hint = "Make it anew: masthead search rebuild. People can search meanwhile."
    exit_status = 111
