"""Forms and answers by programs: described whole, switched, asked anew, erased; each mistake at its field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.api.calling import ALL, Program, program
from tests.cast import Cast, ready_edition

from masthead.access.terms import terms_of
from masthead.forms.selectors import Answer, Form
from masthead.library.selectors import Edition

EMAIL = {"kind": "email", "is_needed": True, "labels": {"en": "Your e-mail address", "de": "Ihre E-Mail-Adresse"}}
TRADE = {
    "kind": "choice",
    "labels": {"en": "Your trade"},
    "options": [{"en": "Ropes", "de": "Seile"}, {"en": "Lamps", "de": "Lampen"}],
}
NEWS = {"kind": "consent", "labels": {"en": "Send me the news."}}
SURVEY: dict[str, Any] = {
    "name": "Survey",
    "languages": ["en", "de"],
    "texts": {"en": {"title": "Who reads us?", "button": "Send"}, "de": {"title": "Wer liest uns?"}},
    "placement": "gate",
    "page": 2,
    "notify": ["desk@harbour.example"],
    "denied_domains": ["@spam.example"],
    "questions": [EMAIL, TRADE, NEWS],
}


@pytest.fixture
def call(cast: Cast) -> Program:
    return program(cast, scopes=ALL)


@pytest.fixture
def edition(cast: Cast, data: Path) -> Edition:
    return ready_edition(cast, data)


def home(cast: Cast, part: str = "") -> str:
    return f"publications/{cast.fathom.pk}/forms{part}"


def test_a_form_is_made_switched_on_described_anew_and_removed(cast: Cast, call: Program, edition: Edition) -> None:
    made = call("POST", home(cast), {**SURVEY, "is_everywhere": False, "editions": [edition.pk]})
    assert made.status_code == 201, made.content
    told = made.json()
    assert not told["is_on"]
    assert (told["editions"], told["denied_domains"]) == ([edition.pk], ["spam.example"])
    assert [one["kind"] for one in told["questions"]] == ["email", "choice", "consent"]
    assert told["questions"][1]["options"][1]["labels"] == {"en": "Lamps", "de": "Lampen"}
    place = home(cast, f"/{told['id']}")
    assert call("POST", f"{place}/switch_on").json()["is_on"]
    (asked,) = terms_of(Edition.objects.get()).forms
    assert (asked.id, asked.is_gate, asked.page) == (told["id"], True, 2)
    email, trade, news = told["questions"]
    anew = {
        **SURVEY,
        "page": 3,
        "questions": [
            {**NEWS, "id": news["id"], "labels": {"en": "Send me news and offers."}},
            {**TRADE, "id": trade["id"], "options": [{"en": "Lamps", "de": "Lampen"}, {"en": "Sails", "de": "Segel"}]},
        ],
    }
    tag = call("GET", place)["ETag"]
    changed = call("PUT", place, anew, If_Match=tag).json()
    assert [one["id"] for one in changed["questions"]] == [news["id"], trade["id"]]
    assert changed["questions"][0]["version"] == 2, "another wording of a consent is another version"
    assert changed["questions"][1]["options"][0]["id"] == trade["options"][1]["id"], "the answer stays the same one"
    assert [one.id for one in Form.objects.get().removed_questions] == [email["id"]]
    assert call("PUT", place, SURVEY, If_Match=tag).status_code == 412
    before = terms_of(Edition.objects.get()).forms[0].round
    call("POST", f"{place}/ask_again")
    assert terms_of(Edition.objects.get()).forms[0].round == before + 1
    assert not call("POST", f"{place}/switch_off").json()["is_on"]
    assert call("DELETE", place).status_code == 204
    assert not Form.objects.exists()


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"texts": {"de": {"title": "Wer?"}}}, "form_text", "texts.en.title"),
        ({"questions": [EMAIL, {**TRADE, "options": [{"en": "Ropes"}]}]}, "form_options", "questions.1.options"),
        ({"questions": [{**EMAIL, "labels": {"de": "Adresse"}}]}, "form_text", "questions.0.labels.en"),
        ({"questions": [{**EMAIL, "id": "nobody"}]}, "form_invalid", "questions.0.id"),
        ({"denied_domains": ["spam"]}, "form_domain", "denied_domains"),
    ],
)
def test_a_mistake_is_named_at_its_field_and_nothing_is_kept(
    cast: Cast, call: Program, change: dict[str, Any], code: str, field: str
) -> None:
    answer = call("POST", home(cast), {**SURVEY, **change})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["errors"][0]["field"] == field
    assert not Form.objects.exists()


def test_a_question_keeps_its_kind_and_a_form_without_questions_stays_off(cast: Cast, call: Program) -> None:
    told = call("POST", home(cast), {**SURVEY, "questions": [EMAIL]}).json()
    place, identity = home(cast, f"/{told['id']}"), told["questions"][0]["id"]
    answer = call("PUT", place, {**SURVEY, "questions": [{**NEWS, "id": identity}]})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "questions.0.kind")
    call("PUT", place, {**SURVEY, "questions": []})
    refused = call("POST", f"{place}/switch_on")
    assert (refused.status_code, refused.json()["code"]) == (409, "form_empty")


def test_answers_are_found_given_to_their_person_and_erased(cast: Cast, call: Program, edition: Edition) -> None:
    told = call("POST", home(cast), SURVEY).json()
    email = told["questions"][0]["id"]
    for number, address in enumerate(("rita@reader.example", "ada@reader.example", "rita@reader.example")):
        Answer.objects.create(
            form_id=told["id"], edition=edition, key=str(number), values={email: address}, email=address, words=address
        )
    answers = home(cast, f"/{told['id']}/answers")
    assert len(call.told(f"{answers}?words=ada")["items"]) == 1
    assert len(call.told(f"{answers}?edition={edition.pk}")["items"]) == 3
    (ada,) = call.told(f"{answers}?words=ada")["items"]
    assert call("DELETE", f"answers/{ada['id']}").status_code == 204
    given = call("POST", "answers/of_person", {"email": "Rita@reader.example"}).json()
    assert [one["answers"] for one in given] == [{"Your e-mail address": "rita@reader.example"}] * 2
    assert call("POST", "answers/erase", {"email": "rita@reader.example"}).json() == {"answers": 2}
    assert not Answer.objects.exists()


def test_scopes_are_their_own(cast: Cast, call: Program) -> None:
    told = call("POST", home(cast), SURVEY).json()
    reading = program(cast, scopes=["forms:read", "answers:read"])
    place = home(cast, f"/{told['id']}")
    assert reading("GET", place).status_code == 200
    for method, address, body in (
        ("POST", home(cast), SURVEY),
        ("PUT", place, SURVEY),
        ("DELETE", place, None),
        ("POST", f"{place}/switch_on", None),
        ("POST", "answers/erase", {"email": "rita@reader.example"}),
    ):
        assert reading(method, address, body).status_code == 403, address
