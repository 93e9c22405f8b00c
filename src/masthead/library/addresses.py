"""Which words can begin an address, and which the house keeps for itself."""

from __future__ import annotations

import re

from django.utils.text import slugify

from masthead.accounts.ids import new_id
from masthead.library.errors import SlugInvalidError

RESERVED = frozenset(
    {
        *(
            "account",
            "accounts",
            "admin",
            "api",
            "article",
            "articles",
            "assets",
            "b",
            "brand",
            "current",
            "embed",
            "favicon",
        ),
        *(
            "feed",
            "feeds",
            "health",
            "iiif",
            "invitation",
            "metrics",
            "oembed",
            "office",
            "opds",
            "page",
            "pages",
            "proof",
            "reader",
            "ready",
        ),
        *("robots", "saml", "search", "setup", "sitemap", "static", "version", "well-known"),
    }
)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def checked(slug: str) -> str:
    """The slug; raises SlugInvalidError."""
    if not _SLUG.fullmatch(slug) or slug in RESERVED or len(slug) > 60:
        raise SlugInvalidError(slug)
    return slug


def from_words(words: str) -> str:
    """A slug made of words; random where they have no letters that an address can hold."""
    slug = slugify(words)[:50].strip("-").replace("_", "-")
    slug = re.sub(r"-{2,}", "-", slug).strip("-")
    return slug if slug and slug not in RESERVED else f"{slug or 'edition'}-{new_id()[:4]}"
