"""What tests of advertisements start from: an edition with links in and beside advertisements, some of them found."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.cast import Cast
from tests.production.overlays.laying import edition_with_words, words

from masthead.accounts.selectors import User
from masthead.document.overlays import Area, OverlayKind
from masthead.library.selectors import Edition
from masthead.production.overlays.selectors import Overlay
from masthead.production.overlays.services import overlay_create

ACME, BESIDE = "https://acme.example/summer", "https://beside.example/"
LOWER = Area(0.0, 0.5, 1.0, 0.5)
WHOLE = Area(0.0, 0.0, 1.0, 1.0)
Link = tuple[str, str, str, list[float]]  # kind, target, words, box in points of a page of 400 by 500


def sold(*lines: str, top: float, group: str = "", name: str = "b2") -> dict[str, Any]:
    """A block that the build takes for an advertisement."""
    block = words(*lines, top=top) | {"id": name, "role": "advertisement"}
    return block | {"group": group} if group else block


STORY = words("The keeper of the light wrote his journal", "every evening before the lamp was lit.")
PAGES = {
    1: [STORY],
    2: [
        words("Elsewhere"),
        sold("ADVERTISEMENT", top=290, group="p2-g1", name="b3"),
        sold("Acme lamps shine all summer", "order now", top=300, group="p2-g1"),
    ],
    3: [sold("Rope and tar by Nordhaven", top=100), words("14", top=480) | {"id": "b9", "role": "folio"}],
}
LINKS: dict[int, list[Link]] = {
    1: [("web", ACME, "acme.example", [100, 400, 200, 410]), ("web", BESIDE, "beside", [100, 100, 200, 110])],
    2: [
        ("web", ACME, "acme.example", [60, 305, 90, 315]),
        ("mail", "mailto:lamps@acme.example", "lamps@acme.example", [60, 318, 90, 322]),
        ("page", "3", "page 3", [95, 305, 99, 315]),
    ],
}


def put_links(folder: Path, links: Mapping[int, Sequence[Link]]) -> None:
    """Write links into page files."""
    for number, rows in links.items():
        file = folder / f"pages/{number}.json"
        told = [{"kind": kind, "target": to, "text": text, "box": box} for kind, to, text, box in rows]
        file.write_text(json.dumps(json.loads(file.read_text()) | {"links": told}))


def advertised_edition(cast: Cast, data: Path, label: str = "No. 1") -> Edition:
    """An edition that is ready, with links and with what the build takes for advertisements."""
    made = edition_with_words(cast, data, label, PAGES)
    assert made.build is not None
    put_links(data / made.build.folder, LINKS)
    return Edition.objects.select_related("publication__publisher", "build").get(pk=made.pk)


def advertise(
    by: User, edition: Edition, *, page: int = 1, area: Area = LOWER, title: str = "Summer lamps", **said: str
) -> Overlay:
    """Somebody lays an advertisement."""
    told = {"advertiser": "Acme", "booking": "A-17", "note": "pays late", **said}
    kind = OverlayKind.ADVERTISEMENT
    return overlay_create(by=by, edition=edition, kind=kind, page=page, area=area, title=title, said=told)
