"""Fills an empty house with the sample issue and things on its pages; run in a process of its own before the server."""

from __future__ import annotations

import io
import shutil
from datetime import date
from typing import Any

from tests.journeys.stocking import OWNER, PASSWORD, ROOT, run

SHOP, SURVEY, HOSTILE = 22, 26, 28  # pages of the sample


def seed() -> None:
    """One live edition, the sample, with one overlay of each kind on its first pages, its shop and its form."""
    lay_all(*first_edition())


def first_edition() -> tuple[Any, Any]:
    """A house with one live edition, the sample; its owner and the edition."""
    from django.conf import settings

    from masthead.accounts.selectors import Publisher
    from masthead.accounts.services import house_set_up
    from masthead.edition.folder import read_edition
    from masthead.library.selectors import Edition
    from masthead.library.services import build_add, edition_create, edition_publish, publication_create

    owner = house_set_up(house="Harbour Press", name="Olga Brandt", email=OWNER, password=PASSWORD)
    fathom = publication_create(by=owner, publisher=Publisher.objects.get(), name="Fathom")
    edition = edition_create(by=owner, publication=fathom, label="No. 7", date=date(2026, 11, 1))
    folder = f"editions/{edition.pk}/made"
    (settings.MASTHEAD.data / folder).parent.mkdir(parents=True)
    shutil.copytree(ROOT / "build/sample-edition", settings.MASTHEAD.data / folder)
    made = read_edition(settings.MASTHEAD.data / folder)
    build_add(edition_id=edition.pk, build_id=made.build, folder=folder, pages=made.page_count, failures=0, version="0")
    edition = Edition.objects.select_related("publication__publisher", "build").get(pk=edition.pk)
    edition_publish(by=owner, edition=edition)
    return owner, Edition.objects.select_related("publication__publisher", "build").get(pk=edition.pk)


def lay_all(owner: Any, edition: Any) -> None:
    """One of each kind."""
    from masthead.document.overlays import Area, OverlayKind
    from masthead.production.overlays import files
    from masthead.production.overlays.services import overlay_create

    def keep(kind: str, stream: Any, label: str) -> str:
        return files.file_keep(edition=edition, kind=kind, stream=stream, label=label).name

    def lay(kind: OverlayKind, page: int, area: tuple[float, float, float, float], title: str, **said: Any) -> None:
        overlay_create(by=owner, edition=edition, kind=kind, page=page, area=Area(*area), title=title, said=said)

    def drawing(number: int) -> str:
        return keep(files.PICTURE, picture(number), f"harbour-{number}.png")

    kinds = OverlayKind
    pictures = [
        {"file": drawing(n), "alt": f"The harbour at {n} o'clock, the light turning", "caption": f"{n} o'clock"}
        for n in (4, 5, 6)
    ]
    lay(kinds.GALLERY, 2, (0.1, 0.55, 0.4, 0.2), "The harbour, hour by hour", pictures=pictures)
    lay(kinds.LINK, 2, (0.1, 0.1, 0.4, 0.06), "The lifeboat's own pages", address="https://lifeboat.example/")
    lay(kinds.PAGE, 2, (0.6, 0.1, 0.3, 0.06), "To the chandlery", target=str(SHOP))
    lay(kinds.VIDEO, 3, (0.1, 0.1, 0.8, 0.3), "The lamp is lit", address="https://youtu.be/dQw4w9WgXcQ")
    sound = keep(files.AUDIO, io.BytesIO(b"ID3\x04" + bytes(400)), "bell.mp3")
    lay(kinds.AUDIO, 3, (0.1, 0.6, 0.2, 0.1), "The bell of Harwick", file=sound, transcript="A bell, eight strokes.")
    text = "The tables are made for <strong>Harwick</strong>. Add ten minutes for Ouse Haven."
    lay(kinds.POPUP, 3, (0.5, 0.6, 0.3, 0.1), "How to read the tables", text=text, picture=pictures[0])
    product = {"code": "HB-1042", "name": "Keeper lamp", "price": "148.00", "currency": "GBP"}
    about = "Brass and glass, 24 cm.\nBurns for three hundred hours."
    lay(
        *(kinds.PRODUCT, SHOP, (0.07, 0.17, 0.2, 0.21), "Keeper lamp"),
        **product,
        description=about,
        address="https://fathom.example/shop/HB-1042",
        picture=pictures[1],
    )
    page = "<button id=b>Turn</button><script>b.onclick = () => (b.textContent = 'Lit')</script>"
    lay(kinds.HTML, SURVEY, (0.1, 0.1, 0.4, 0.2), "Turn the lamp yourself", html=page)
    hostile = (ROOT / "tests/journeys/hostile.html").read_text("utf-8")
    lay(kinds.HTML, HOSTILE, (0.1, 0.1, 0.4, 0.2), "Win a lamp", html=hostile)


def picture(number: int) -> io.BytesIO:
    """A drawn harbour: sky, water, a light."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (1200, 800), "#23405f")
    drawn = ImageDraw.Draw(image)
    drawn.rectangle((0, 520, 1200, 800), fill="#14293f")
    drawn.polygon([(560, 520), (590, 240), (650, 240), (680, 520)], fill="#efe9dc")
    drawn.polygon([(620, 220), (40 + 200 * number, 60), (140 + 220 * number, 200)], fill="#f2d98a")
    stream = io.BytesIO()
    image.save(stream, "PNG")
    stream.seek(0)
    return stream


if __name__ == "__main__":
    run(seed)
