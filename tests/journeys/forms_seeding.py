"""Fills an empty house with the sample issue twice, and forms before, beside and on its pages."""

from __future__ import annotations

import shutil
from datetime import date
from typing import Any

from tests.journeys.stocking import OWNER, PASSWORD, ROOT, run

SURVEY = 26  # the page of the sample on which a form is printed
WORDING = "I agree that Fathom sends me its newsletter once a month. I can end it at any time."
NEWSLETTER = {
    "en": {
        "title": "Read on with your e-mail address",
        "intro": "The issue is free. We ask for your address once, to tell you when the next one is out.",
        "button": "Open the issue",
        "thanks": "",
    },
    "de": {"title": "Weiterlesen mit Ihrer E-Mail-Adresse", "intro": "Das Heft ist frei.", "button": "Heft öffnen"},
    "ar": {
        "title": "تابع القراءة بعنوان بريدك",
        "intro": "العدد مجاني. نسألك عن عنوانك مرة واحدة لنخبرك بصدور العدد التالي.",
        "button": "افتح العدد",
    },
}
SURVEY_TEXTS = {
    "en": {
        "title": "Twelve questions from the lighthouse",
        "thanks": "The keeper has your answers.\n\nSee you in March.",
    }
}


def seed() -> None:
    """No. 7 open with a form on its printed one and one beside page 3; No. 8 and, from page 4 on, No. 9 behind one."""
    from masthead.accounts.selectors import Publisher
    from masthead.accounts.services import house_set_up
    from masthead.library.services import publication_create

    owner = house_set_up(house="Harbour Press", name="Olga Brandt", email=OWNER, password=PASSWORD)
    fathom = publication_create(by=owner, publisher=Publisher.objects.get(), name="Fathom")
    first, second, third = (live(owner, fathom, number) for number in (7, 8, 9))
    seed_forms(owner, fathom, first, second)
    asked = [field("email", "E-mail address", needed=True)]
    confirmed = {"en": {"title": "Confirm your address to read on"}}
    made(owner, fathom, "Confirmed", confirmed, asked, [third.pk], placement="gate", page=4, confirms_email=True)


def live(owner: Any, fathom: Any, number: int) -> Any:
    """The sample as an issue that everybody reads."""
    from django.conf import settings

    from masthead.edition.folder import read_edition
    from masthead.library.selectors import Edition
    from masthead.library.services import build_add, edition_create, edition_publish

    edition = edition_create(by=owner, publication=fathom, label=f"No. {number}", date=date(2026, number, 1))
    folder = f"editions/{edition.pk}/made"
    (settings.MASTHEAD.data / folder).parent.mkdir(parents=True)
    shutil.copytree(ROOT / "build/sample-edition", settings.MASTHEAD.data / folder)
    made = read_edition(settings.MASTHEAD.data / folder)
    build_add(edition_id=edition.pk, build_id=made.build, folder=folder, pages=made.page_count, failures=0, version="0")
    edition = Edition.objects.select_related("publication__publisher", "build").get(pk=edition.pk)
    return edition_publish(by=owner, edition=edition)


def seed_forms(owner: Any, fathom: Any, first: Any, second: Any) -> None:
    """A gate, a form that an area opens, one that is offered beside a page, and one that nobody has switched on."""
    from masthead.document.overlays import Area, OverlayKind
    from masthead.library.selectors import Edition
    from masthead.production.overlays.services import overlay_create

    gate = [
        field("text", "Name", de="Name", ar="الاسم"),
        field("email", "E-mail address", needed=True, de="E-Mail-Adresse", ar="عنوان البريد الإلكتروني"),
        field("country", "Country", de="Land", ar="البلد"),
        field("consent", WORDING, needed=True, ar="أوافق على أن ترسل لي فاذوم رسالتها مرة في الشهر."),
    ]
    made(owner, fathom, "Newsletter", NEWSLETTER, gate, [second.pk], placement="gate", languages=["en", "de", "ar"])
    kinds = [
        field("choice", "How do you read Fathom?", needed=True, options=["In print", "On the web", "Both"]),
        field("choices", "What do you want more of?", options=["Ships", "Lamps", "Weather", "Letters"]),
        field("email", "E-mail address", hint="Only if you want an answer."),
        field("phone", "Telephone number"),
        field("number", "How many lighthouses have you climbed?"),
        field("date", "When were you at sea last?"),
        field("long_text", "What should we know?"),
    ]
    survey = made(owner, fathom, "Survey", SURVEY_TEXTS, kinds, [first.pk], placement="hotspot")
    beside = {"en": {"title": "Win a lantern: where was this picture taken?"}}
    made(
        owner,
        fathom,
        "Riddle",
        beside,
        [field("text", "Your guess", needed=True)],
        [first.pk],
        placement="page",
        page=3,
    )
    made(owner, fathom, "Draft of a form", beside, [field("text", "Question")], None, is_on=False)
    edition = Edition.objects.select_related("publication__publisher", "build").get(pk=first.pk)
    area = Area(0.08, 0.08, 0.84, 0.5)
    title = "Fill in the survey"
    overlay_create(
        by=owner, edition=edition, kind=OverlayKind.FORM, page=SURVEY, area=area, title=title, said={"form": survey.pk}
    )


def field(kind: str, label: str, *, needed: bool = False, hint: str = "", options: Any = (), **others: str) -> Any:
    """What is said of a field."""
    labels = {"en": label, **others}
    return {"kind": kind, "labels": labels, "hints": {"en": hint}, "is_needed": needed, "options": {"en": options}}


def made(owner: Any, fathom: Any, name: str, texts: Any, fields: Any, editions: Any, **said: Any) -> Any:
    """A form with its fields, switched on unless it shall not be."""
    from masthead.forms.selectors import Form
    from masthead.forms.services import field_add, form_create, form_switch

    is_on = said.pop("is_on", True)
    described = {"name": name, "languages": ["en"], "texts": texts, "is_everywhere": editions is None, **said}
    form = form_create(by=owner, publication=fathom, said=described, editions=editions or [])
    for one in fields:
        field_add(by=owner, form=Form.objects.select_related("publication__publisher").get(pk=form.pk), said=one)
    form = Form.objects.select_related("publication__publisher").get(pk=form.pk)
    return form_switch(by=owner, form=form, is_on=True) if is_on else form


if __name__ == "__main__":
    run(seed)
