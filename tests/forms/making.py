"""Makes forms of the cast's publication, and fills them in as readers do."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from tests.cast import Cast

from masthead.forms.selectors import Form
from masthead.forms.services import field_add, form_create, form_switch
from masthead.library.selectors import Edition

WORDING = "I agree that Fathom sends me its newsletter."
EMAIL = {"kind": "email", "labels": {"en": "E-mail", "de": "E-Mail-Adresse"}, "is_needed": True}
CONSENT = {"kind": "consent", "labels": {"en": WORDING}, "is_needed": True}


def form_made(
    cast: Cast, *fields: dict[str, Any], is_on: bool = True, editions: list[str] | None = None, **said: Any
) -> Form:
    """A form that is on: by default a gate before all editions that asks for an address."""
    texts = {"en": {"title": "Before you read", "thanks": "See you in the next issue."}}
    described = {"name": "Newsletter", "languages": ["en", "de"], "texts": texts, "placement": "gate", **said}
    described["is_everywhere"] = editions is None
    made = form_create(by=cast.editor, publication=cast.fathom, said=described, editions=editions or [])
    for field in fields or (EMAIL,):
        made = Form.objects.get(pk=made.pk)
        made.publication = cast.fathom
        field_add(by=cast.editor, form=made, said=field)
    made = Form.objects.select_related("publication__publisher").get(pk=made.pk)
    return form_switch(by=cast.editor, form=made, is_on=True) if is_on else made


def address_of(edition: Edition, form: Form) -> str:
    """Where readers fill it in."""
    return f"/{edition.publication.slug}/{edition.slug}/form/{form.pk}"


def key_in(body: bytes) -> str:
    """The key that a shown form sends."""
    found = re.search(rb'name="key" value="([0-9a-f]{32})"', body)
    assert found
    return found[1].decode()


def typed(form: Form, *answers: str | list[str], key: str = "k1", page: int = 1) -> dict[str, Any]:
    """What a browser sends: answers to the fields in their order; "" for none."""
    fields = {one.name: answer for one, answer in zip(form.questions, answers, strict=True) if answer}
    return {"key": key, "page": str(page), **fields}


def filled(client: Client, edition: Edition, form: Form, *answers: str | list[str], **more: Any) -> Any:
    """Send it."""
    return client.post(address_of(edition, form), typed(form, *answers, **more))
