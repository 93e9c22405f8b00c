"""The trace that a request is part of, as the proxy before the house tells it (W3C Trace Context): for the log."""

from __future__ import annotations

import re
import secrets

_LONGEST = 55  # characters of a traceparent of version 00
_PARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")


def trace_of(traceparent: str) -> dict[str, str]:
    """What lines of the log say of it: the ids of the trace, of this request in it, of who asks; {} where none is told.

    Whoever asks may tell any: it is written down and decides nothing.
    """
    found = _PARENT.fullmatch(traceparent) if len(traceparent) == _LONGEST else None
    if found is None or not (found[1].strip("0") and found[2].strip("0")):
        return {}
    return {"trace_id": found[1], "span_id": secrets.token_hex(8), "parent_span_id": found[2]}
