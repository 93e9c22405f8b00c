"""A server's part of taking answers in a process that the test kills: sendings come in by lines, thanks go out."""

from __future__ import annotations

import json
import os
import sys
from datetime import date


def seed() -> None:
    """An empty house with a form, and a program that hears of each answer."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from masthead.accounts.selectors import Publisher
    from masthead.accounts.services import house_set_up
    from masthead.forms.selectors import Form
    from masthead.forms.services import field_add, form_create, form_switch
    from masthead.library.services import edition_create, publication_create
    from masthead.webhooks.services import webhook_create

    owner = house_set_up(house="Harbour Press", name="Olga", email="olga@harbour.example", password="lantern on water")
    harbour = Publisher.objects.get()
    fathom = publication_create(by=owner, publisher=harbour, name="Fathom")
    edition_create(by=owner, publication=fathom, label="No. 1", date=date(2026, 11, 1))
    said = {"name": "F", "languages": ["en"], "texts": {"en": {"title": "F"}}, "notify": ["forms@example.org"]}
    form = form_create(by=owner, publication=fathom, said=said)
    field_add(by=owner, form=form, said={"kind": "email", "labels": {"en": "E-mail"}, "is_needed": True})
    form_switch(by=owner, form=Form.objects.select_related("publication__publisher").get(), is_on=True)
    webhook_create(by=owner, publisher=harbour, name="CRM", address="https://crm.example/in")


def answer() -> None:
    """Take the answer of each key that a line names; thank only once it is written."""
    from masthead.forms.answering import answer_take
    from masthead.forms.selectors import Form
    from masthead.library.selectors import Edition

    form = Form.objects.select_related("publication__publisher").get()
    edition = Edition.objects.select_related("publication").get()
    for line in sys.stdin:
        key = line.strip()
        said = {form.questions[0].name: [f"{key}@example.org"]}
        taken = answer_take(form=form, edition=edition, said=said, key=key)
        sys.stdout.write(f"{json.dumps([key, taken.pk])}\n")
        sys.stdout.flush()


def told() -> None:
    """What the database holds, and what it will tell."""
    from masthead.forms.selectors import Answer
    from masthead.outbox.selectors import Message

    bodies = Message.objects.filter(event="form.answered").values_list("body", flat=True)
    found = {
        "answers": list(Answer.objects.values_list("key", "pk", "email")),
        "told": [json.loads(body)["data"]["answer"]["id"] for body in bodies],
        "mails": Message.objects.filter(event="mail").count(),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "masthead.config.house_settings"
    import django

    django.setup()
    {"seed": seed, "answer": answer, "told": told}[sys.argv[1]]()
