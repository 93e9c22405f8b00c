"""Decides which addresses from a PDF may become live links: an allow-list of schemes, everything else dies."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_ALLOWED = frozenset({"http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}|localhost|\[[0-9a-f:.]+\]|(?:\d{1,3}\.){3}\d{1,3}", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s<>\"(),:;\\]+@[^@\s<>\"(),:;\\]+\.[^\W\d_]{2,}", re.IGNORECASE)
_MAX_LENGTH = 2000
_UNSAFE = re.compile(r"[\s\"<>\\^`{|}]")
# Browsers ignore these inside a scheme, so a filter that keeps them can be walked around.
_IGNORED = re.compile(r"[\x00-\x20\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+")


def safe_address(address: str) -> str | None:
    """The address as it may stand in a link, or None. "www.example.org" gets https, "a@b.org" gets mailto.

    Only http, https, mailto and tel pass (RFC 3986 schemes compared without case).
    """
    cleaned = _IGNORED.sub("", address)
    if not cleaned or len(cleaned) > _MAX_LENGTH or "\\" in cleaned:
        return None
    if cleaned.lower().startswith("www."):
        cleaned = f"https://{cleaned}"
    elif _MAIL.fullmatch(cleaned):
        cleaned = f"mailto:{cleaned}"
    match = _SCHEME.match(cleaned)
    if match is None or match[1].lower() not in _ALLOWED:
        return None
    scheme = match[1].lower()
    rest = cleaned[match.end() :]
    if scheme in ("http", "https"):
        return _web(scheme, rest)
    if scheme == "mailto":
        recipient = rest.split("?", 1)[0]
        return f"mailto:{_quoted(rest)}" if _MAIL.fullmatch(recipient) else None
    digits = re.sub(r"[^\d+]", "", rest)
    return f"tel:{digits}" if re.fullmatch(r"\+?\d{3,20}", digits) else None


def _web(scheme: str, rest: str) -> str | None:
    try:
        parts = urlsplit(f"{scheme}:{rest}")
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return None
    if not rest.startswith("//") or not _HOST.fullmatch(host if ":" not in host else f"[{host}]"):
        return None
    return f"{scheme}:{_quoted(rest)}"


def _quoted(rest: str) -> str:
    """Percent-encode what must not stand in an attribute; letters of any script and what is encoded already stay."""
    return _UNSAFE.sub(lambda found: quote(found[0], safe=""), rest)
