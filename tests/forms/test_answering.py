"""What readers answer: each field checked and named, one answer for each key, told once, kept as long as it may be."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast, ready_edition, signed_in
from tests.forms.making import CONSENT, EMAIL, WORDING, address_of, filled, form_made, typed

from masthead.accounts.errors import NotAllowedError
from masthead.accounts.selectors import log_list
from masthead.forms.checking import answers_checked, date_checked, number_checked, phone_checked
from masthead.forms.countries import countries
from masthead.forms.errors import FormChangedError, FormEmptyError, FormInvalidError
from masthead.forms.keeping import answers_forget, person_answers, person_answers_erase
from masthead.forms.selectors import Answer, Form, answer_list, asked_at_pages
from masthead.forms.services import field_change, field_move, field_remove, form_change, form_switch
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish
from masthead.outbox.selectors import Message
from masthead.production.overlays.selectors import laid_of
from masthead.webhooks.services import webhook_create

CHOICE = {"kind": "choice", "labels": {"en": "Which?"}, "options": {"en": ["Print", "Web"], "de": ["Heft", "Netz"]}}
CHOICES = {**CHOICE, "kind": "choices", "labels": {"en": "Which ones?"}, "is_needed": True}


@pytest.fixture
def live(cast: Cast, data: Path) -> Edition:
    return edition_publish(by=cast.owner, edition=ready_edition(cast, data))


def current(form: Form) -> Form:
    return Form.objects.select_related("publication__publisher").get(pk=form.pk)


@pytest.mark.parametrize(
    ("kind", "said", "kept"),
    [
        ("text", "  two   words ", "two words"),
        ("long_text", "one\r\ntwo", "one\ntwo"),
        ("email", "rita@exämple.org", "rita@exämple.org"),
        ("email", "rita@nowhere", None),
        ("email", "rita@@example.org", None),
        ("phone", "0049 30 901820", "+49 30 901820"),
        ("phone", "+49 30 1", None),
        ("phone", "call me", None),
        ("number", "1,5", "1.5"),
        ("number", "٣", "3"),
        ("number", "NaN", None),
        ("number", "1e99", None),
        ("date", "2026-02-29", None),
        ("date", "2028-02-29", "2028-02-29"),
        ("country", "DE", "DE"),
        ("country", "EU", None),
        ("text", "x" * 301, None),
    ],
)
def test_each_kind_is_checked(cast: Cast, kind: str, said: str, kept: str | None) -> None:
    form = form_made(cast, {"kind": kind, "labels": {"en": "Field"}})
    checked = answers_checked(form, {form.questions[0].name: [said]}, "en")
    if kept is None:
        assert set(checked.mistakes) == {form.questions[0].id}
    else:
        assert list(checked.values.values()) == [kept]


@given(st.text(max_size=40))
def test_no_text_breaks_the_checks(text: str) -> None:
    for check in (phone_checked, number_checked, date_checked):
        with suppress(ValueError):
            assert check(check(text)) == check(text)


def test_countries_are_those_of_the_world_in_each_language() -> None:
    assert len(countries("en")) == len(countries("ar")) > 240
    names = dict(countries("de"))
    assert (names["AT"], names["JP"]) == ("Österreich", "Japan")
    assert "EU" not in names
    assert [name for _, name in countries("en")][:2] == ["Afghanistan", "Åland Islands"]


def test_choices_are_kept_in_words_and_shown_in_the_readers(cast: Cast, live: Edition) -> None:
    form = form_made(cast, CHOICE, CHOICES, placement="page")
    one, many = form.questions
    page = Client().get(address_of(live, form), headers={"Accept-Language": "de"})
    assert b"Heft" in page.content
    foreign = filled(Client(), live, form, "nothing", [many.options[0].id])
    assert foreign.status_code == 422
    none = filled(Client(), live, form, one.options[1].id, "")
    assert b"Please choose an answer." in none.content
    assert filled(Client(), live, form, one.options[1].id, [option.id for option in many.options]).status_code == 303
    assert sorted(map(str, Answer.objects.get().values.values())) == ["Web", "['Print', 'Web']"]


def test_domains_can_be_chosen_and_refused(cast: Cast) -> None:
    form = form_made(cast, domains=["example.org"], denied_domains=["mail.example.org"])
    name = form.questions[0].name
    for address, is_fine in (("a@example.org", True), ("a@b.example.org", True), ("a@example.com", False)):
        assert bool(answers_checked(form, {name: [address]}, "en").mistakes) is not is_fine
    assert answers_checked(form, {name: ["a@x.mail.example.org"]}, "en").mistakes


@pytest.mark.parametrize(
    ("trouble", "is_fine"), [("", True), ("none", False), ("timeout", True), ("no_servers", True), ("os", True)]
)
def test_a_dead_resolver_keeps_nobody_out(
    cast: Cast, settings: object, monkeypatch: pytest.MonkeyPatch, trouble: str, is_fine: bool
) -> None:
    from django.conf import settings as kept
    from dns.exception import Timeout
    from dns.resolver import NXDOMAIN, NoNameservers, Resolver

    settings.MASTHEAD = kept.MASTHEAD.model_copy(update={"mail_domain_check": True})  # type: ignore[attr-defined]
    kinds = {"none": NXDOMAIN, "timeout": Timeout, "no_servers": NoNameservers, "os": OSError}

    def resolve(self: Resolver, name: str, kind: str, **more: object) -> list[object]:
        if trouble:
            raise kinds[trouble]
        from types import SimpleNamespace

        return [SimpleNamespace(preference=10, exchange="mx.example.org.")] if kind == "MX" else []

    monkeypatch.setattr(Resolver, "resolve", resolve)
    form = form_made(cast)
    checked = answers_checked(form, {form.questions[0].name: ["rita@example.org"]}, "en")
    assert bool(checked.mistakes) is not is_fine


def test_one_answer_for_a_key_told_once(cast: Cast, live: Edition) -> None:
    webhook_create(by=cast.owner, publisher=cast.harbour, name="CRM", address="https://crm.example/in")
    Message.objects.all().delete()
    form = form_made(cast, notify=["forms@example.org"], placement="page")
    for _ in range(3):
        assert filled(Client(), live, form, "rita@example.org").status_code == 303
    assert Answer.objects.count() == 1
    told = Message.objects.get(event="form.answered")
    assert json.loads(told.body)["data"]["answer"]["id"] == Answer.objects.get().pk
    assert "rita" not in told.body, "what was erased must be nowhere else"
    (letter,) = mail.outbox
    assert (letter.bcc, "rita" in letter.body) == (["forms@example.org"], False)
    other = filled(Client(), live, form, "rita@example.com")
    assert other.status_code == 409
    assert b'value="rita@example.com"' in other.content
    assert b'name="key" value="k1"' not in other.content
    assert Answer.objects.count() == 1


def test_an_answer_and_what_tells_of_it_are_one_commit(
    cast: Cast, live: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    from masthead.forms import answering

    form = form_made(cast, placement="page")

    def killed(**_: object) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr(answering, "event_tell", killed)
    assert filled(Client(raise_request_exception=False), live, form, "rita@example.org").status_code == 500
    assert not Answer.objects.exists(), "nobody was thanked, so the same key makes it anew"
    monkeypatch.undo()
    assert filled(Client(), live, form, "rita@example.org").status_code == 303
    assert Answer.objects.count() == 1


def test_without_a_key_nothing_is_taken(cast: Cast, live: Edition) -> None:
    form = form_made(cast, placement="page")
    sent = typed(form, "rita@example.org")
    assert Client().post(address_of(live, form), {**sent, "key": ""}).status_code == 422
    assert Client(enforce_csrf_checks=True).post(address_of(live, form), sent).status_code == 403
    assert not Answer.objects.exists()


def test_wordings_have_versions(cast: Cast, live: Edition) -> None:
    form = form_made(cast, EMAIL, CONSENT, placement="page")
    consent = form.questions[1]
    filled(Client(), live, form, "rita@example.org", "yes", key="a")
    other = {"labels": {"en": "I agree to more."}, "is_needed": True}
    field_change(by=cast.editor, form=form, field_id=consent.id, said=other)
    form = current(form)
    field_change(by=cast.editor, form=form, field_id=consent.id, said=other)  # the same words: no new version
    form = current(form)
    filled(Client(), live, form, "rita@example.org", "yes", key="b")
    kept = [row.consents[0] for row in Answer.objects.order_by("created_at")]
    assert [(one["version"], one["wording"]) for one in kept] == [(1, WORDING), (2, "I agree to more.")]


def test_time_erases_answers(cast: Cast, live: Edition) -> None:
    short, long = (form_made(cast, keeps_days=days, placement="page", name=str(days)) for days in (30, 60))
    for form in (short, long):
        filled(Client(), live, form, "rita@example.org")
    waiting = form_made(cast, confirms_email=True, placement="page", name="w")
    filled(Client(), live, waiting, "rita@example.org")
    now = timezone.now()
    assert answers_forget(now + timedelta(hours=23)) == 0
    assert answers_forget(now + timedelta(hours=25)) == 1
    assert answers_forget(now + timedelta(days=29)) == 0
    assert answers_forget(now + timedelta(days=31)) == 1
    assert [row.form_id for row in Answer.objects.all()] == [long.pk]


def test_all_of_one_person_is_given_out_and_erased(cast: Cast, live: Edition) -> None:
    form = form_made(cast, EMAIL, CONSENT, placement="page")
    filled(Client(), live, form, "Rita@example.org", "yes", key="a")
    filled(Client(), live, form, "other@example.org", "yes", key="b")
    (told,) = person_answers(by=cast.owner, publisher=cast.harbour, email=" RITA@example.org")
    assert told["answers"] == {"E-mail": "Rita@example.org"}
    assert told["consents"][0]["wording"] == WORDING
    assert not person_answers(by=cast.outsider, publisher=cast.other, email="rita@example.org")
    for person in (cast.outsider, cast.shop):
        with pytest.raises(NotAllowedError):
            person_answers_erase(by=person, publisher=cast.harbour, email="rita@example.org")
    assert person_answers_erase(by=cast.owner, publisher=cast.harbour, email="rita@example.org") == 1
    assert [row.email for row in Answer.objects.all()] == ["other@example.org"]
    assert "rita" not in str([(row.subject_name, row.before) for row in log_list(cast.owner, cast.harbour)])


def test_an_address_is_found_in_whatever_field_it_stands(cast: Cast, live: Edition) -> None:
    friend = {"kind": "text", "labels": {"en": "A friend’s address"}}
    form = form_made(cast, EMAIL, friend, placement="page")
    filled(Client(), live, form, "rita@example.org", "Fay@example.org", key="a")
    filled(Client(), live, form, "other@example.org", "not-fay@example.org", key="b")
    (told,) = person_answers(by=cast.owner, publisher=cast.harbour, email="fay@example.org")
    assert told["answers"]["E-mail"] == "rita@example.org"


def test_what_is_typed_or_written_is_never_markup(cast: Cast, live: Edition) -> None:
    label = {"kind": "text", "labels": {"en": "<script>alert(1)</script>"}, "hints": {"en": '"><img src=x>'}}
    form = form_made(cast, label, EMAIL, placement="page", texts={"en": {"title": "<i>T</i>", "intro": "<b>I</b>"}})
    page = filled(Client(), live, form, '"><svg onload=alert(1)>', "wrong", key="a").content
    for bad in (b"<script>alert", b"<img src=x", b"<i>T", b"<b>I", b"<svg onload"):
        assert bad not in page
    filled(Client(), live, form, "<svg onload=alert(1)>", "rita@example.org", key="b")
    answers = f"/office/publications/{cast.fathom.pk}/forms/{form.pk}/answers"
    for path in (
        answers,
        f"{answers}/{Answer.objects.get().pk}",
        "/office/houses/harbour-press/answers?email=rita@example.org",
    ):
        body = signed_in(cast.owner).get(path).content
        assert b"&lt;svg onload" in body
        assert b"<svg onload" not in body


def test_a_reader_takes_their_answers_along_and_erases_them(cast: Cast, live: Edition) -> None:
    from tests.access.people import reader

    form, rita = form_made(cast, placement="page"), reader("rina")
    filled(Client(), live, form, rita.email.replace(".example", ".org"), key="x")
    Answer.objects.update(email=rita.email)
    client = signed_in(rita)
    assert "form_answers" in client.get("/account/data.json").json()
    assert client.get("/account/data.json").json()["form_answers"][0]["answers"]
    client.post("/account/data", {"email": rita.email})
    assert not Answer.objects.exists()


def test_fields_are_ordered_removed_and_their_answers_stay(cast: Cast, live: Edition) -> None:
    form = form_made(cast, EMAIL, CHOICE, CONSENT, placement="page")
    email, choice, consent = form.questions
    filled(Client(), live, form, "rita@example.org", choice.options[0].id, "yes")
    field_move(by=cast.editor, form=form, field_id=consent.id, by_places=-1)
    field_move(by=cast.editor, form=form, field_id=email.id, by_places=-5)
    assert [one.id for one in current(form).questions] == [email.id, consent.id, choice.id]
    field_remove(by=cast.editor, form=current(form), field_id=choice.id)
    body = signed_in(cast.owner).get(f"/office/publications/{cast.fathom.pk}/forms/{form.pk}/answers.csv").content
    assert b"Which?" in body
    assert b"Print" in body


def test_what_cannot_be_on_is_refused_and_nothing_is_overwritten(cast: Cast) -> None:
    empty = form_made(cast, EMAIL, is_on=False)
    field_remove(by=cast.editor, form=current(empty), field_id=empty.questions[0].id)
    with pytest.raises(FormEmptyError):
        form_switch(by=cast.editor, form=current(empty), is_on=True)
    form = form_made(cast)
    said = {"name": "Other", "languages": ["en"], "texts": {"en": {"title": "Other"}}}
    with pytest.raises(FormEmptyError):
        field_change(
            by=cast.editor,
            form=form_change(by=cast.editor, form=form, said={**said, "confirms_email": True}),
            field_id=form.questions[0].id,
            said={"labels": {"en": "E-mail"}, "is_needed": False},
        )
    with pytest.raises(FormChangedError):
        form_change(by=cast.editor, form=current(form), said=said, seen="1")
    for person in (cast.shop, cast.outsider, cast.reader):
        with pytest.raises(NotAllowedError):
            form_change(by=person, form=current(form), said=said)
        with pytest.raises(NotAllowedError):
            answer_list(person, current(form))


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("name", {"name": ""}),
        ("title-en", {"texts": {"en": {"title": ""}}}),
        ("page", {"page": "0"}),
        ("days", {"days": "x"}),
        ("keeps_days", {"keeps_days": "3651"}),
        ("domains", {"domains": ["nowhere"]}),
        ("notify", {"notify": ["nobody"]}),
    ],
)
def test_each_mistake_of_staff_is_named_at_its_field(cast: Cast, field: str, said: dict[str, object]) -> None:
    with pytest.raises(FormInvalidError) as refused:
        form_made(cast, **said)
    assert refused.value.field == field


def test_forms_beside_pages_reach_readers_with_what_lies_there(cast: Cast, live: Edition) -> None:
    assert not laid_of(Edition.objects.get(pk=live.pk)).overlays
    form_made(cast, placement="page", page=2)
    form_made(cast, placement="end", name="End")
    edition = Edition.objects.select_related("publication__publisher", "build").get(pk=live.pk)
    pages = edition.build.pages if edition.build else 0
    assert [page for page, _ in asked_at_pages(edition, pages)] == [2, pages]
    assert Client().get("/fathom/no-1/").status_code == 200, "they close nothing"
    page = Client().get("/fathom/no-1/page/2")
    assert b"/fathom/no-1/form/" in page.content
    told = Client().get("/fathom/no-1/overlays.json").json()["overlays"]
    assert [(one["kind"], one["page"], one["asked"]) for one in told][:1] == [("form", 2, True)]


def test_forms_beside_pages_follow_the_build_and_the_address(cast: Cast, data: Path) -> None:
    from datetime import date

    from masthead.exports.frame.addresses import Addresses
    from masthead.exports.frame.overlays import reader_file
    from masthead.library.services import edition_create
    from masthead.production.overlays.selectors import laid_for_files

    form_made(cast, placement="end")
    empty = edition_create(by=cast.owner, publication=cast.fathom, label="No. 2", date=date(2026, 12, 1))
    assert not laid_of(empty).overlays, "it has no page yet"
    edition = edition_publish(by=cast.owner, edition=ready_edition(cast, data, "No. 3"))
    edition = Edition.objects.select_related("publication__publisher", "build").get(pk=edition.pk)
    (asked,) = laid_of(edition).overlays
    assert asked.page == (edition.build.pages if edition.build else 0)
    addresses = Addresses(home="/renamed/no-3/", build="", origin="https://fathom.example")
    (told,) = reader_file(laid_of(edition), addresses)["overlays"]
    assert told["address"].startswith("/renamed/no-3/form/")
    assert not reader_file(laid_for_files(edition), addresses)["overlays"][0].get("address"), "nobody knows where"
