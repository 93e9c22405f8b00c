"""The styles that stand inside the pages, and their hashes for a Content-Security-Policy that allows no others."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources

from masthead.exports.reader_files import reader_files


@cache
def plain_style() -> str:
    """The style of pages without an edition's page: failures, the list of all pages."""
    return resources.files("masthead.exports.frame").joinpath("templates/plain.css").read_text(encoding="utf-8")


# The link that keyboards reach first: out of sight until it has the focus, before and after the reader takes over.
_SKIP = (
    ".frame-skip:not(:focus){position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}"
    ".frame-skip:focus{position:absolute;z-index:3;inset-block-start:.5rem;inset-inline-start:.5rem;"
    "padding:.5rem 1rem;background:#fff;color:#7a2413}"
)


@cache
def _with_skip(critical: str) -> str:
    return f"{critical}\n{_SKIP}"


def page_style() -> str:
    """The style of an edition's page at its first paint: what came with the built reader, and the skip link's."""
    files = reader_files()
    return _with_skip(files.critical_css if files else "")


def article_style() -> str:
    """The style of an article's page: that of a page, and how the article is set."""
    files = reader_files()
    return _with_skip(f"{files.critical_css}\n{files.article_css}" if files else "")


def style_of(template: str) -> str:
    """The style that stands inside a template's page."""
    return {"page.html": page_style, "article.html": article_style}.get(template, plain_style)()


def style_hashes() -> tuple[str, ...]:
    """Sources for a policy's style-src, such as "sha256-…", one for each inlined style."""
    return _hash(page_style()), _hash(article_style()), _hash(plain_style())


@cache
def _hash(css: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
