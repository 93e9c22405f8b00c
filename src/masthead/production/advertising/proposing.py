"""Finds advertisements that a build has recognised and nobody has laid yet, for staff to confirm or refuse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from masthead.accounts.rights import Action
from masthead.accounts.selectors import User
from masthead.document.overlays import Area
from masthead.document.text import Role
from masthead.layout.asides import says_advertisement
from masthead.library.build_folders import folder_here
from masthead.library.selectors import Edition, require
from masthead.production.advertising.beneath import OUTSIDE, area_of, links_beneath, page_file
from masthead.production.advertising.selectors import advertisement_rows
from masthead.production.models import AdvertisementRefusal
from masthead.production.overlays.placing import WHOLE

MOST = 300  # places in one sweep
_OPEN = 32  # builds whose advertisements stay in memory
_NEAR = 0.02  # of the page: a figure so near belongs to the advertisement
_SAME = 0.5  # of the smaller of two areas, if they are the same advertisement
_QUOTED = 400  # characters
_FURNITURE = frozenset({Role.RUNNING_HEAD.value, Role.FOLIO.value})


@dataclass(frozen=True, slots=True)
class FoundAdvertisement:
    """A place that the build takes for an advertisement."""

    page: int
    area: Area
    words: str  # the first ones in it
    addresses: tuple[str, ...]  # where its links lead
    advertiser: str = ""  # a known one whose name stands in it; "" where there is none

    @property
    def name(self) -> str:
        """Tells it from the others of the edition."""
        x, y, width, height = (round(value * 1000) for value in self.area)
        return f"{self.page}-{x}-{y}-{width}-{height}"

    @property
    def is_whole(self) -> bool:
        """Whether it fills the page."""
        return self.area == WHOLE


def found_advertisements(edition: Edition, known: Collection[str] = ()) -> list[FoundAdvertisement]:
    """What is neither laid nor refused, page by page; `known` are names of advertisers to look for in the words."""
    if edition.build is None:
        return []
    taken = [(row.page, Area(row.x, row.y, row.width, row.height)) for row in advertisement_rows([edition])]
    refused = list(AdvertisementRefusal.objects.filter(edition=edition))
    taken += [(row.page, Area(row.x, row.y, row.width, row.height)) for row in refused]
    words = {row.words for row in refused if row.words}
    return [
        replace(one, advertiser=_named(one, known))
        for one in recognised(edition.build.folder, edition.build.pages)
        if one.words not in words
        and not any(page == one.page and one.area.shared_with(area) > _SAME for page, area in taken)
    ]


@lru_cache(maxsize=_OPEN)
def recognised(folder: str, pages: int) -> tuple[FoundAdvertisement, ...]:
    """All that a build takes for advertisements, which never changes; `folder` below the data folder."""
    root, found = folder_here(folder), list[FoundAdvertisement]()
    for page in range(1, pages + 1):
        found += _on_page(root, page)
        if len(found) >= MOST:
            break
    return tuple(found[:MOST])


def advertisement_refuse(*, by: User, edition: Edition, found: FoundAdvertisement) -> None:
    """Say that it is none: it is not proposed again. Raises NotAllowedError."""
    require(by, Action.EDIT, edition)
    AdvertisementRefusal.objects.create(
        edition=edition, page=found.page, **found.area._asdict(), words=found.words, by=by
    )


def refused_count(edition: Edition) -> int:
    """How many places were refused."""
    return AdvertisementRefusal.objects.filter(edition=edition).count()


def refusals_forget(*, by: User, edition: Edition) -> int:
    """Propose again what was refused; says how many. Raises NotAllowedError."""
    require(by, Action.EDIT, edition)
    return AdvertisementRefusal.objects.filter(edition=edition).delete()[0]


def _on_page(folder: Path, page: int) -> list[FoundAdvertisement]:
    read = page_file(folder, page)
    body = [block for block in read.get("blocks", ()) if block["role"] not in _FURNITURE]
    sold = [block for block in body if block["role"] == Role.ADVERTISEMENT.value]
    if not sold:
        return []
    if len(sold) == len(body):
        return [_made(folder, page, WHOLE, sold)]
    boxes: dict[str, list[Any]] = defaultdict(list)
    for block in sold:
        boxes[block.get("group", "")].append(block)
    figures = [area_of(one["box"], read) for one in read.get("figures", ())]
    return [_made(folder, page, _around(blocks, figures, read), blocks) for blocks in boxes.values()]


def _around(blocks: Sequence[Mapping[str, Any]], figures: Sequence[Area], page: Mapping[str, Any]) -> Area:
    """The rectangle of blocks and of the figures among them."""
    words = _union([area_of(list(block["box"]), page) for block in blocks])
    x, y = max(0.0, words.x - _NEAR), max(0.0, words.y - _NEAR)
    near = Area(x, y, min(1.0, words.right + _NEAR) - x, min(1.0, words.bottom + _NEAR) - y)
    whole = _union([words, *(figure for figure in figures if near.holds(figure))])
    margin = 0.004  # around the letters
    left, top = max(0.0, whole.x - margin), max(0.0, whole.y - margin)
    return Area(left, top, min(1.0, whole.right + margin) - left, min(1.0, whole.bottom + margin) - top)


def _union(areas: Sequence[Area]) -> Area:
    x, y = min(area.x for area in areas), min(area.y for area in areas)
    return Area(x, y, max(area.right for area in areas) - x, max(area.bottom for area in areas) - y)


def _made(folder: Path, page: int, area: Area, blocks: Sequence[Mapping[str, Any]]) -> FoundAdvertisement:
    told = [" ".join(word[0] for line in block["lines"] for word in line["words"]) for block in blocks]
    words = " ".join(text for text in told if not says_advertisement(text))
    addresses = tuple(dict.fromkeys(target for kind, target, _ in links_beneath(folder, page, area) if kind in OUTSIDE))
    return FoundAdvertisement(page, area, words[:_QUOTED].strip(), addresses)


def _named(one: FoundAdvertisement, known: Collection[str]) -> str:
    """The longest of the known names that stands in the words."""
    spoken = one.words.casefold()
    return max((name for name in known if name.casefold() in spoken), key=len, default="")
