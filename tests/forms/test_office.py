"""Forms in the back office: made over its pages, their answers found, taken out harmlessly, erased; and by the API."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.test import Client
from python_calamine import load_workbook
from tests.api.calling import program
from tests.cast import Cast, ready_edition, signed_in
from tests.forms.making import CONSENT, EMAIL, WORDING, filled, form_made

from masthead.accounts.selectors import log_list
from masthead.forms.selectors import Answer, Form
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish

NAME = {"kind": "text", "labels": {"en": "Name"}}


@pytest.fixture
def live(cast: Cast, data: Path) -> Edition:
    return edition_publish(by=cast.owner, edition=ready_edition(cast, data))


def home(cast: Cast) -> str:
    return f"/office/publications/{cast.fathom.pk}/forms"


def answered(cast: Cast, live: Edition) -> Form:
    """A form with two answers, one of which a spreadsheet would calculate."""
    form = form_made(cast, NAME, EMAIL, CONSENT, placement="page")
    filled(Client(), live, form, "=1+1", "rita@example.org", "yes", key="a")
    filled(Client(), live, form, "Zoë", "zoe@example.org", "yes", key="b")
    return form


def test_a_form_is_made_over_the_pages(cast: Cast, live: Edition) -> None:
    client = signed_in(cast.editor)
    said = {"name": "Letters", "title-en": "Write to us", "placement": "end", "reach": "everywhere", "page": "1"}
    refused = client.post(f"{home(cast)}/new", {**said, "days": "x", "keeps_days": "30"})
    assert refused.status_code == 422
    assert b"This is not a number of days" in refused.content
    assert b'value="Write to us"' in refused.content
    made = client.post(f"{home(cast)}/new", {**said, "days": "30", "keeps_days": "30", "languages": ["de"]})
    form = Form.objects.get()
    assert made["Location"] == f"{home(cast)}/{form.pk}"
    assert form.languages == ["en", "de"]
    assert client.post(f"{home(cast)}/{form.pk}/on").status_code == 409, "it asks for nothing yet"
    new = f"{home(cast)}/{form.pk}/fields/new?kind="
    assert client.get(f"{new}nothing").status_code == 404
    bad = client.post(f"{new}choice", {"label-en": "Which?", "options-en": "one"})
    assert (bad.status_code, b"A choice needs at least two" in bad.content) == (422, True)
    client.post(f"{new}choice", {"label-en": "Which?", "options-en": "one\ntwo", "options-de": "eins\nzwei"})
    client.post(f"{new}consent", {"label-en": WORDING, "is_needed": "on"})
    first, second = Form.objects.get().questions
    client.post(f"{home(cast)}/{form.pk}/fields/{second.id}/up")
    assert [one.id for one in Form.objects.get().questions] == [second.id, first.id]
    assert client.post(f"{home(cast)}/{form.pk}/on")["Location"] == f"{home(cast)}/{form.pk}"
    shown = client.get(f"{home(cast)}/{form.pk}/preview?in=de").content
    assert b"eins" in shown
    assert b'type="submit"' not in shown.partition(b"reader-form")[2], "nothing is sent from there"
    assert {"form.create", "form.field", "form.order", "form.on"} <= {
        row.action for row in log_list(cast.owner, cast.harbour)
    }


def test_the_page_editor_offers_the_forms_that_are_on(cast: Cast, live: Edition) -> None:
    form = form_made(cast, placement="hotspot", name="Survey of lamps")
    form_made(cast, placement="hotspot", name="Kept in a drawer", is_on=False)
    body = signed_in(cast.editor).get(f"/office/editions/{live.pk}/overlays/new?kind=form").content.decode()
    assert f'value="{form.pk}"' in body
    assert "Survey of lamps" in body
    assert "Kept in a drawer" not in body


def test_answers_are_found_and_taken_out_harmlessly(cast: Cast, live: Edition) -> None:
    form = answered(cast, live)
    client, answers = signed_in(cast.owner), f"{home(cast)}/{form.pk}/answers"
    assert client.get(answers).content.count(b"<tr>") == 3
    found = client.get(f"{answers}?words=ZO%C3%8B").content.decode()
    assert "zoe@example.org" in found
    assert "rita@example.org" not in found
    assert b"Nothing fits" in client.get(f"{answers}?until=2020-01-01").content
    table = client.get(f"{answers}.csv").content.decode("utf-8-sig")
    assert "'=1+1" in table
    book = load_workbook(io.BytesIO(client.get(f"{answers}.xlsx").content)).get_sheet_by_index(0).to_python()
    assert book[0][4:] == ["Name", "E-mail", WORDING]
    assert sorted(row[4] for row in book[1:]) == ["=1+1", "Zoë"]
    told = json.loads(client.get(f"{answers}.json?words=rita").content)
    assert [(one["answers"], one["consents"][0]["version"]) for one in told] == [
        ({"Name": "=1+1", "E-mail": "rita@example.org"}, 1)
    ]
    assert client.get(f"{answers}.pdf").status_code == 404
    assert [row.action for row in log_list(cast.owner, cast.harbour)].count("answers.export") == 3
    one = Answer.objects.get(email="rita@example.org")
    assert WORDING.encode() in client.get(f"{answers}/{one.pk}").content
    assert client.post(f"{answers}/{one.pk}")["Location"] == answers
    assert client.get(f"{answers}/{one.pk}").status_code == 404
    for path in (answers, f"{answers}.csv", f"{answers}/{one.pk}"):
        assert signed_in(cast.shop).get(path).status_code == 403
        assert signed_in(cast.outsider).get(path).status_code == 404


def test_one_person_s_answers_are_shown_and_erased(cast: Cast, live: Edition) -> None:
    answered(cast, live)
    client, page = signed_in(cast.owner), "/office/houses/harbour-press/answers"
    assert b"This address stands in no answer." in client.get(f"{page}?email=nobody@example.org").content
    assert WORDING.encode() in client.get(f"{page}?email=rita@example.org").content
    assert len(json.loads(client.get(f"{page}?email=rita@example.org&file").content)) == 1
    assert client.post(page, {"email": "rita@example.org"}).status_code == 302
    assert [row.email for row in Answer.objects.all()] == ["zoe@example.org"]
    assert signed_in(cast.shop).get(page).status_code == 403


def test_programs_read_forms_and_answers_each_with_its_scope(cast: Cast, live: Edition) -> None:
    form = answered(cast, live)
    path = f"publications/{cast.fathom.pk}/forms"
    forms = program(cast, scopes=["forms:read"])
    (told,) = forms.told(path)["items"]
    assert (told["id"], [one["kind"] for one in told["questions"]]) == (form.pk, ["text", "email", "consent"])
    assert forms("GET", f"{path}/{form.pk}/answers").status_code == 403
    answers = program(cast, scopes=["answers:read"])
    assert answers("GET", path).status_code == 403
    listed = answers.told(f"{path}/{form.pk}/answers?limit=1")
    following = answers.told(f"{path}/{form.pk}/answers?limit=1&cursor={listed['next']}")
    found = [*listed["items"], *following["items"]]
    assert sorted(one["values"][form.questions[1].id] for one in found) == ["rita@example.org", "zoe@example.org"]
    assert answers.told(f"answers/{found[0]['id']}") == found[0]
    assert answers.told(f"{path}/{form.pk}/answers?until=2020-01-01")["items"] == []
