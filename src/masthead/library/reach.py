"""How far an edition reaches out of the house: what robots, downloads and frames of other sites may do with it."""

from __future__ import annotations

from dataclasses import dataclass

from masthead.library.models import Edition

_NO = "no"
_SITES = "sites"


@dataclass(frozen=True, slots=True)
class Reach:
    """What may be done with an edition outside of the house, once it may be read at all."""

    indexing: bool  # search engines may keep its pages
    ai_crawlers: bool  # robots that gather text to train language models may come
    pdf: bool  # the PDF may be had
    books: bool  # EPUB, text and Markdown may be had
    framing: tuple[str, ...] | None  # sites that may show it in a frame; None: all; empty: none


def reach_of(edition: Edition) -> Reach:
    """The settings that count for the edition: its own, else the publication's, else everything is allowed."""
    return Reach(
        indexing=_value(edition, "indexing") != _NO,
        ai_crawlers=_value(edition, "ai_crawlers") != _NO,
        pdf=_value(edition, "downloads") != _NO,
        books=_value(edition, "books") != _NO,
        framing=_framing(edition),
    )


def _framing(edition: Edition) -> tuple[str, ...] | None:
    value = _value(edition, "framing")
    if value == _NO:
        return ()
    if value == _SITES:
        return tuple(site for site in _value(edition, "framing_sites").split() if _is_site(site))
    return None


def _is_site(site: str) -> bool:
    """Whether it can stand in a policy as one source: no keyword, nothing that begins another directive."""
    return site.startswith(("https://", "http://")) and not set(site) & set(";,'\"*")


def _value(edition: Edition, name: str) -> str:
    for kept in (edition.overrides, edition.publication.defaults):
        if kept.get(name):
            return str(kept[name])
    return ""
