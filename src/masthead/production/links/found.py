"""The links that a build found on its pages, as staff see them: one for all the boxes that a link fills."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from masthead.document.overlays import LinkChange
from masthead.library.build_folders import folder_here
from masthead.library.selectors import Edition

_OPEN = 32  # builds whose links stay in memory
Key = tuple[int, str, str, str]


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A link as the build has it: drawn by the designer, written in the text, or a number in the list of contents."""

    page: int
    kind: str  # web, mail, phone, page
    target: str  # a safe address, or a page's number as digits
    text: str  # the words under it

    @property
    def key(self) -> Key:
        """What tells it from other links of the build."""
        return self.page, self.kind, self.target, self.text


def found_links(edition: Edition) -> tuple[FoundLink, ...]:
    """The links of the edition's current build, page by page; each once, however many lines it is set in."""
    if edition.build is None:
        return ()
    return links_of_folder(edition.build.folder, edition.build.pages)


@lru_cache(maxsize=_OPEN)
def links_of_folder(folder: str, pages: int) -> tuple[FoundLink, ...]:
    """The same of any build, which never changes; `folder` below the data folder."""
    root = folder_here(folder)
    found: dict[Key, FoundLink] = {}
    for number in range(1, pages + 1):
        try:
            read = json.loads((root / f"pages/{number}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue  # the page failed
        for link in read["links"]:
            one = FoundLink(number, link["kind"], link["target"], link["text"][:300])
            found.setdefault(one.key, one)
    return tuple(found.values())


def places_of(changes: Iterable[LinkChange], links: Iterable[FoundLink]) -> list[FoundLink | None]:
    """For each change the link that it is about, in these links: the same one, else the like on the nearest page.

    A link to a page is known by its words alone: in another PDF the page they mean may have another number.
    """
    rows = list(links)
    by_key = {link.key: link for link in rows}
    wanted = list(changes)
    found = [by_key.get((one.page, one.kind, one.target, one.text)) for one in wanted]
    taken = {link.key for link in found if link is not None}
    for at, change in enumerate(wanted):
        if found[at] is not None:
            continue
        alike = [
            link
            for link in rows
            if link.key not in taken
            and (link.kind, link.text) == (change.kind, change.text)
            and (link.kind == "page" or link.target == change.target)
            and (link.text or link.target == change.target)
        ]
        if alike:
            nearest = min(alike, key=lambda link: abs(link.page - change.page))
            found[at] = nearest
            taken.add(nearest.key)
    return found
