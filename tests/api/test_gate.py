"""Tokens: who gets in, what a token may do, how often, and how every failure is told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests.api.calling import Program, program
from tests.cast import Cast, ready_edition

from masthead.accounts.errors import ScopeTooWideError
from masthead.accounts.rights import Role
from masthead.accounts.selectors import LogEntry, Staff, Token
from masthead.accounts.tokens import possible_scopes, token_create, token_list, token_revoke
from masthead.library.selectors import Edition, Publication
from masthead.library.services import publication_create
from masthead.library.shelving import shelf_create


def code_of(answer: Any) -> str:
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == answer.status_code
    assert told["request_id"] == answer["X-Request-Id"]
    assert told["type"] == f"/api/v1/reference#{told['code']}"
    assert told["title"] != told["code"]
    return str(told["code"])


def test_a_token_opens_what_it_was_made_for_and_nothing_else(cast: Cast, data: Path) -> None:
    edition = ready_edition(cast, data)
    call = program(cast, scopes=["editions:read"])
    assert call.told("editions")["items"][0]["id"] == edition.pk
    answer = call("POST", f"editions/{edition.pk}/publish")
    assert (answer.status_code, code_of(answer)) == (403, "scope_missing")
    assert Edition.objects.get().state == "ready"
    assert call("GET", "publications").status_code == 403
    assert program(cast, scopes=["publications:write"])("GET", "publications").status_code == 200  # writing includes it


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer mh_guessed", "Basic abc", "bearer\x00"])
def test_without_a_token_nothing_is_told(cast: Cast, sent: str) -> None:
    answer = Program("")("GET", "editions", Authorization=sent)
    assert (answer.status_code, code_of(answer)) == (401, "token_invalid")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_session_opens_nothing_here(cast: Cast) -> None:
    visitor = Program("")
    visitor.client.force_login(cast.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert visitor("GET", "editions").status_code == 401


def test_a_token_dies_with_its_time_its_maker_and_when_it_is_revoked(cast: Cast) -> None:
    call = program(cast, by=cast.editor)
    assert call("GET", "house").status_code == 200
    token = Token.objects.get()
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert call("GET", "house").status_code == 401
    Token.objects.update(expires_at=None)
    type(cast.editor).objects.filter(pk=cast.editor.pk).update(is_active=False)
    assert call("GET", "house").status_code == 401
    type(cast.editor).objects.filter(pk=cast.editor.pk).update(is_active=True)
    token_revoke(by=cast.owner, token=token)
    assert call("GET", "house").status_code == 401
    assert [entry.action for entry in LogEntry.objects.all()[:2]] == ["token.revoke", "token.create"]
    assert not token_list(cast.owner, cast.harbour).exists()


def test_a_token_has_no_more_rights_than_its_maker_has_now(cast: Cast, data: Path) -> None:
    edition = ready_edition(cast, data)
    call = program(cast, by=cast.editor)
    assert call("POST", f"editions/{edition.pk}/publish").status_code == 200
    Staff.objects.filter(user=cast.editor).update(role=Role.REPORTS)
    answer = call("POST", f"editions/{edition.pk}/withdraw")
    assert (answer.status_code, code_of(answer)) == (403, "not_allowed")
    Staff.objects.filter(user=cast.editor).delete()
    assert call("GET", f"editions/{edition.pk}").status_code == 401


def test_nobody_gives_what_they_do_not_have(cast: Cast) -> None:
    assert "staff:write" not in possible_scopes(cast.editor, cast.harbour)
    for person, scope in ((cast.editor, "staff:write"), (cast.shop, "editions:read"), (cast.outsider, "editions:read")):
        with pytest.raises(ScopeTooWideError):
            token_create(by=person, publisher=cast.harbour, name="No", scopes=[scope])
    call = program(cast, scopes=["tokens:write", "editions:read"])
    asked = {"name": "Child", "scopes": ["editions:write"]}
    assert code_of(call("POST", "tokens", asked)) == "scope_too_wide"
    made = call("POST", "tokens", {**asked, "scopes": ["editions:read"]})
    assert made.status_code == 201
    child = Program(made.json()["secret"])
    assert child("GET", "editions").status_code == 200
    assert child("GET", "tokens").status_code == 403
    assert "secret" not in call.told("tokens")["items"][0]
    assert made.json()["secret"] not in str(Token.objects.values())


def test_a_token_for_some_publications_reaches_no_others(cast: Cast, data: Path) -> None:
    ready_edition(cast, data)
    keel = publication_create(by=cast.owner, publisher=cast.harbour, name="Keel")
    shelf_create(by=cast.owner, publisher=cast.harbour, name="Everything").publications.add(keel, cast.fathom)
    call = program(cast, publications=[keel.pk])
    assert [row["name"] for row in call.told("publications")["items"]] == ["Keel"]
    assert call.told("editions")["items"] == []
    assert call.told("shelves")["items"][0]["publications"] == [keel.pk]
    assert code_of(call("GET", f"publications/{cast.fathom.pk}")) == "not_found"
    assert code_of(call("GET", f"editions/{Edition.objects.get().pk}")) == "not_found"
    assert code_of(call("POST", "publications", {"name": "Third"})) == "not_allowed"
    assert code_of(call("GET", "log")) == "not_allowed"
    assert code_of(call("PATCH", "house", {"name": "Mine"})) == "not_allowed"
    assert call("PATCH", f"publications/{keel.pk}", {"description": "Ships"}).status_code == 200
    wider = {"name": "Wider", "scopes": ["editions:read"]}
    assert code_of(call("POST", "tokens", wider)) == "scope_too_wide"


def test_the_log_says_which_token_did_it(cast: Cast) -> None:
    program(cast)("PATCH", f"publications/{cast.fathom.pk}", {"description": "Ships"})
    entry = LogEntry.objects.first()
    assert entry is not None
    assert (entry.action, entry.user_name, entry.user_id) == ("publication.change", "Olga (Newsroom)", cast.owner.pk)


def test_a_minute_has_so_many_requests(cast: Cast, settings: Any) -> None:
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"api_rate": 3})
    call = program(cast)
    left = [call("GET", "house")["RateLimit-Remaining"] for _ in range(3)]
    assert left == ["2", "1", "0"]
    answer = call("GET", "house")
    assert (answer.status_code, code_of(answer)) == (429, "rate_exceeded")
    assert 0 < int(answer["Retry-After"]) <= 60
    assert answer["RateLimit-Limit"] == "3"
    assert program(cast)("GET", "house").status_code == 200  # each token has its own
    Token.objects.update(minute=1)
    assert call("GET", "house").status_code == 200


def test_failures_are_problems_in_the_language_asked_for(cast: Cast) -> None:
    call = program(cast)
    missing = call("GET", "nothing/here", Accept_Language="de")
    assert (missing.status_code, code_of(missing)) == (404, "not_found")
    assert missing.json()["title"].startswith("Unter dieser Adresse")
    wrong = call("DELETE", "publications")
    assert (wrong.status_code, code_of(wrong)) == (405, "method_wrong")
    assert set(wrong["Allow"].split(", ")) == {"GET", "POST"}
    broken = call.client.post(
        "/api/v1/publications", "{", content_type="application/json", headers={"Authorization": f"Bearer {call.secret}"}
    )
    assert (broken.status_code, code_of(broken)) == (400, "request_malformed")


def test_mistakes_are_named_at_their_fields(cast: Cast) -> None:
    call = program(cast)
    answer = call("POST", "publications", {"nome": "Keel", "language": "klingon"})
    assert (answer.status_code, code_of(answer)) == (422, "fields_invalid")
    assert {mistake["field"] for mistake in answer.json()["errors"]} == {"name", "nome", "language"}
    answer = call("POST", "publications", {"name": "Keel", "issn": "0317-8472"})
    assert (answer.status_code, code_of(answer)) == (422, "issn_invalid")
    assert answer.json()["errors"][0]["field"] == "issn"
    assert Publication.objects.count() == 1


def test_an_accident_is_a_problem_with_its_id(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def accident(*_: object) -> None:
        raise RuntimeError("a secret thought")

    monkeypatch.setattr("masthead.api.house.HouseOut.of", accident)
    answer = program(cast)("GET", "house")
    assert (answer.status_code, code_of(answer)) == (500, "accident")
    assert b"secret" not in answer.content
