"""Fills a publishing house with the sample issue: its shop, a form, comments. Usage: house.py FOLDER EDITION ISSUE.pdf

The house is what `masthead serve` runs with MASTHEAD_DATA=FOLDER. An address and a password for its back office are the
lines of FOLDER/sign-in.
"""

from __future__ import annotations

import argparse
import io
import os
import secrets
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

STAFF = "editor@fathom.example"
SHOP, FORM = 22, 26  # pages
# Where the goods stand on theirs, in portions of its width and height: the first, from one to the next, how wide, how
# high its picture is, and how high with its words.
FIRST, STEP, WIDTH, PICTURE, WORDS = (0.069, 0.1737), (0.2185, 0.2335), 0.195, 0.1332, 0.208
# As the issue prints them: code, name, price; then what is said of it, and what is special about some.
GOODS: tuple[tuple[str, str, str, str, dict[str, str]], ...] = (
    ("HB-1042", "Keeper lamp", "148.00", "Brass and glass, 24 cm. Burns for three hundred hours.", {"stock": "7"}),
    ("HB-1077", "Coir mat", "42.50", "Laid by hand from old mooring rope, 60 cm.", {}),
    ("HB-2110", "Guernsey", "165.00", "Sea green, sizes 34 to 48. Takes a winter to soften.", {"stock": "0"}),
    ("HB-3005", "Enamel mug", "14.00", "Half a pint. Chips with dignity.", {"minimum": "2", "step": "2"}),
    ("HB-1018", "Boat compass", "96.00", "Card of 75 mm, oil-filled. Points north.", {}),
    ("HB-4400", "The Pilot’s Year", "22.00", "A diary with tides for twelve harbours.", {"tax": "0"}),
    ("HB-1091", "Dinner bell", "58.75", "Cast in bronze, 11 cm. Heard in the garden.", {}),
    ("HB-2204", "Chart bag", "39.00", "Waxed cotton, anchor sewn by hand, 40 by 45 cm.", {}),
    ("HB-5012", "Moonrise", "75.00", "A print in two colours, 30 by 40 cm, edition of 200.", {"stock": "31"}),
    ("HB-1130", "Spyglass", "210.00", "Three draws, leather grip, eighteen times.", {}),
    ("HB-3311", "Sardines", "6.20", "Three to the tin, in good oil. Harwick smoked.", {"pack_size": "3"}),
    ("HB-1009", "Pea whistle", "17.50", "Brass, on a red cord. Carries half a mile.", {}),
)
# They are not laid on the page: staff find them among what was found there, and confirm.
PARTS = (
    ("HB-9001", "Wick, cotton, 30 mm", "6.00"),
    ("HB-9002", "Chimney glass", "18.50"),
    ("HB-9010", "Compass oil, 100 ml", "9.25"),
    ("HB-9014", "Elbow patches, sea green", "7.80"),
    ("HB-9020", "Bell cord, tarred", "5.40"),
    ("HB-9031", "Peas, cork, for whistles", "1.95"),
)
# Pages that are advertisements: whose, and the campaign. The smaller ones are left for staff to find.
ADVERTISEMENTS = (
    (2, "Northing Oilskins", "Rain is only weather"),
    (14, "Halloran & Daughters", "Leave it on"),
    (21, "Guernsey Row", "A jumper is a small house"),
)
QUESTIONS: tuple[dict[str, Any], ...] = (
    {
        "kind": "choice",
        "label": "How do you read Fathom?",
        "options": ["On paper", "On a telephone", "On a larger screen", "It is read to me"],
    },
    {"kind": "choices", "label": "More of what?", "options": ["Lights", "Weather and tides", "Boats", "Supper"]},
    {"kind": "text", "label": "What should we have asked?"},
    {"kind": "email", "label": "E-mail address", "hint": "Only if you want an answer."},
    {
        "kind": "consent",
        "label": "You may write to me about this magazine and nothing else. I can change my mind at any time.",
    },
)
READERS = (("ada", "Ada Quill"), ("tom", "Tom Reed"))
SAID = (
    ("ada", "", "I kept a light like this for nine years, and never read it described so well."),
    ("tom", "Ada Quill", "Where was that? My grandfather served on the other side of the bay."),
    ("ada", "Tom Reed", "At Skerry Point, until they took the keepers off. We must have seen each other’s light."),
    ("tom", "", "Cheap watches for keepers, this week only!"),
)


@dataclass(frozen=True, slots=True)
class Sources:
    """What the house is made of."""

    edition: Path
    issue: Path


def fill(sources: Sources, password: str) -> None:
    """Everything, in the order in which a publisher would do it."""
    from masthead.accounts.selectors import Publisher
    from masthead.accounts.services import house_set_up
    from masthead.library.particulars import publication_settings_change
    from masthead.library.services import publication_create

    owner = house_set_up(house="Fathom Quarterly", name="Ida Marlowe", email=STAFF, password=password)
    about = "A quarterly of coasts, lights and weather."
    fathom = publication_create(by=owner, publisher=Publisher.objects.get(), name="Fathom", description=about)
    publication_settings_change(
        by=owner, publication=fathom, values={"comments": "readers", "comments_checked": "after"}
    )
    edition = published(owner, fathom, sources)
    sell(owner, edition, sources.edition)
    ask(owner, edition)
    advertise(owner, edition)
    talk(owner, edition, sources.edition)


def published(owner: Any, fathom: Any, sources: Sources) -> Any:
    """The issue, live. It was converted before: what was made then is taken over as if it had been done here."""
    from django.conf import settings
    from django.utils import timezone

    from masthead.edition.folder import read_edition
    from masthead.library.selectors import Edition
    from masthead.library.services import build_add, edition_create, edition_publish
    from masthead.production.claiming import claim
    from masthead.production.services import conversion_ended, conversion_start, upload_store

    edition = edition_create(by=owner, publication=fathom, label="No. 12", date=date(2026, 9, 21))
    with sources.issue.open("rb") as stream:
        upload = upload_store(by=owner, edition=edition, stream=stream, name=sources.issue.name)
    conversion_start(by=owner, edition=edition, upload=upload)
    conversion = claim("sample", timezone.now())
    assert conversion is not None
    shutil.copytree(sources.edition, settings.MASTHEAD.data / conversion.folder)
    made = read_edition(settings.MASTHEAD.data / conversion.folder)
    count = made.page_count
    facts = {"build_id": made.build, "folder": conversion.folder, "pages": count, "failures": 0, "version": "sample"}
    build = build_add(edition_id=edition.pk, **facts)
    conversion_ended(conversion=conversion, worker="sample", state="done", build=build, pages=count, pages_done=count)
    edition_publish(by=owner, edition=Edition.objects.get(pk=edition.pk))
    return Edition.objects.select_related("publication__publisher", "build").get(pk=edition.pk)


def sell(owner: Any, edition: Any, folder: Path) -> None:
    """The goods, each opened where it is printed, and how to order them."""
    from PIL import Image

    from masthead.document.overlays import Area, OverlayKind
    from masthead.orders.asking import asked_change
    from masthead.orders.pictures import product_picture_set
    from masthead.orders.services import product_create
    from masthead.production.overlays.services import overlay_create

    common = {"currency": "GBP", "tax": "20"}
    goods = [
        product_create(
            by=owner,
            publication=edition.publication,
            said={"code": code, "name": name, "price": price, "description": about, **common, **more},
        )
        for code, name, price, about, more in GOODS
    ]
    for code, name, price in PARTS:
        said = {"code": code, "name": name, "price": price, **common}
        product_create(by=owner, publication=edition.publication, said=said)
    page = Image.open(folder / f"pictures/2400/{SHOP}.webp")
    for number, product in enumerate(goods):
        x, y = FIRST[0] + number % 4 * STEP[0], FIRST[1] + number // 4 * STEP[1]
        product_picture_set(by=owner, product=product, data=_cut(page, (x, y, x + WIDTH, y + PICTURE)))
        overlay_create(
            by=owner,
            edition=edition,
            kind=OverlayKind.PRODUCT,
            page=SHOP,
            area=Area(x, y, WIDTH, WORDS),
            title=product.name,
            said={"code": product.code},
        )
    asked_change(
        by=owner,
        of=edition.publication,
        said={"ordering": "yes", "orders_to": "shop@fathom.example", "phone": "optional"},
    )


def advertise(owner: Any, edition: Any) -> None:
    """Whose the pages are that are advertisements, for the register."""
    from masthead.document.overlays import Area, OverlayKind
    from masthead.production.overlays.services import overlay_create

    for page, advertiser, title in ADVERTISEMENTS:
        overlay_create(
            by=owner,
            edition=edition,
            kind=OverlayKind.ADVERTISEMENT,
            page=page,
            area=Area(0.0, 0.0, 1.0, 1.0),
            title=title,
            said={"advertiser": advertiser},
        )


def _cut(page: Any, part: tuple[float, float, float, float]) -> bytes:
    """A part of a page's picture, given in portions of its width and height."""
    left, top, right, bottom = part
    stream = io.BytesIO()
    size = page.width, page.height
    cut = page.crop((int(left * size[0]), int(top * size[1]), int(right * size[0]), int(bottom * size[1])))
    cut.convert("RGB").save(stream, "PNG")
    return stream.getvalue()


def ask(owner: Any, edition: Any) -> None:
    """The form that the issue prints, to be filled in where it stands."""
    from masthead.document.overlays import Area, OverlayKind
    from masthead.forms.selectors import Form
    from masthead.forms.services import field_add, form_create, form_switch
    from masthead.production.overlays.services import overlay_create

    texts = {
        "en": {
            "title": "Ask the readers",
            "intro": "Tell us who you are and what to print. Nothing has to be answered but one question.",
            "button": "Send",
            "thanks": "Thank you. We read every answer.",
        }
    }
    said = {"name": "Ask the readers", "languages": ["en"], "texts": texts, "is_everywhere": False}
    form = form_create(
        by=owner, publication=edition.publication, said={**said, "placement": "hotspot"}, editions=[edition.pk]
    )
    rows = Form.objects.select_related("publication__publisher")
    for number, one in enumerate(QUESTIONS):
        told = {"kind": one["kind"], "labels": {"en": one["label"]}, "hints": {"en": one.get("hint", "")}}
        told |= {"is_needed": number == 0, "options": {"en": one.get("options", ())}}
        field_add(by=owner, form=rows.get(pk=form.pk), said=told)
    form_switch(by=owner, form=rows.get(pk=form.pk), is_on=True)
    overlay_create(
        by=owner,
        edition=edition,
        kind=OverlayKind.FORM,
        page=FORM,
        area=Area(0.069, 0.268, 0.848, 0.585),
        title="Fill in the form",
        said={"form": form.pk},
    )


def talk(owner: Any, edition: Any, folder: Path) -> None:
    """Two readers under the cover story, and one comment that waits for a moderator."""
    from masthead.accounts.services import user_create
    from masthead.comments.moderating import words_set
    from masthead.comments.posting import About, Visit, Written, comment_post
    from masthead.comments.selectors import Comment
    from masthead.edition.article_places import beginning_of
    from masthead.edition.folder import read_edition

    made = read_edition(folder)
    story = next(one for one in made.manifest["articles"] if one["slug"] == "the-light-on-the-rock")
    about = About(story["slug"], story["title"], beginning_of(made, story), made.build)
    people = {
        name: user_create(
            email=f"{name}@reader.example", password=secrets.token_urlsafe(12), name=called, is_confirmed=True
        )
        for name, called in READERS
    }
    words_set(by=owner, publisher=edition.publication.publisher, words=["cheap watches"])
    for who, to, text in SAID:
        answered = Comment.objects.filter(name=to).latest("posted_at").pk if to else ""
        comment_post(
            by=people[who],
            edition=edition,
            about=about,
            written=Written(dict(READERS)[who], text, answers=answered),
            visit=Visit("192.0.2.1", "en", "http://127.0.0.1"),
        )


def main() -> None:
    """Make the house."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("edition", type=Path)
    parser.add_argument("issue", type=Path)
    options = parser.parse_args()
    os.environ["MASTHEAD_DATA"] = str(options.folder.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "masthead.config.house_settings"
    import django.conf

    from masthead.command.house import prepare_database, prepare_folder
    from masthead.config.settings import load_settings

    settings = load_settings()
    prepare_folder(settings)
    django.setup(set_prefix=False)
    django.conf.settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # nobody waits for these mails
    prepare_database(settings)
    password = secrets.token_urlsafe(9)
    fill(Sources(options.edition, options.issue), password)
    sign_in = options.folder / "sign-in"
    sign_in.touch(mode=0o600)
    sign_in.write_text(f"{STAFF}\n{password}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
