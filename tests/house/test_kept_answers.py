"""Answers that are given again: like the first in everything, and never once anything behind them is different."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from tests.access.people import set_terms
from tests.cast import Cast, ready_edition, signed_in
from tests.editions import article_entry

from masthead.accounts.selectors import Publisher
from masthead.library.addressed import edition_at, state_at
from masthead.library.deleting import edition_delete, publication_delete
from masthead.library.errors import NotFoundError
from masthead.library.selectors import Build, Category, Edition, Publication
from masthead.library.services import edition_laid, edition_publish, edition_withdraw
from masthead.site import kept_answers
from masthead.statistics.spool import lines

BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"
HOME = "/fathom/no-1/"
STORY = '<h2 data-block="p2-b1">Boats</h2>\n<p data-block="p2-b2">They came back.</p>\n'


@pytest.fixture
def live(cast: Cast, data: Path) -> Edition:
    edition = ready_edition(cast, data, stories={"a2": STORY}, articles=[article_entry(2, "Boats")])
    return edition_publish(by=cast.owner, edition=edition)


@pytest.fixture(autouse=True)
def answers(monkeypatch: pytest.MonkeyPatch) -> kept_answers.Answers:
    found = kept_answers.Answers(1 << 20)
    monkeypatch.setattr(kept_answers, "_ANSWERS", found)
    return found


def get(address: str, client: Client | None = None, **headers: str) -> Any:
    return (client or Client()).get(address, headers={"user-agent": BROWSER, **headers})


def told(answer: Any) -> tuple[int, bytes, dict[str, str]]:
    return answer.status_code, answer.content, {k: v for k, v in answer.items() if k != "X-Request-Id"}


def times_counted() -> int:
    return sum(1 for path in (settings.MASTHEAD.data / "events").iterdir() for _ in lines(path))


@pytest.mark.parametrize("address", ["", "page/2", "article/boats", "page/2?lang=ar"])
@pytest.mark.parametrize(
    "headers", [{}, {"accept-encoding": "br", "accept-language": "de"}, {"accept-encoding": "gzip"}]
)
def test_an_answer_that_is_given_again_is_like_the_first(
    live: Edition, address: str, headers: dict[str, str], django_assert_num_queries: Any
) -> None:
    first = get(HOME + address, **headers)
    assert first.status_code == 200
    with django_assert_num_queries(1):
        again = get(HOME + address, **headers)
    assert told(again) == told(first)
    assert again["X-Request-Id"] != first["X-Request-Id"]
    with django_assert_num_queries(1):
        unchanged = get(HOME + address, **headers, **{"if-none-match": first["ETag"]})
    assert unchanged.status_code == 304
    assert not unchanged.content
    assert unchanged["ETag"] == first["ETag"]
    assert unchanged["Vary"] == first["Vary"]
    assert "Content-Encoding" not in unchanged
    with django_assert_num_queries(1):
        head = Client().head(HOME + address, headers={"user-agent": BROWSER, **headers})
    assert (head.content, head["Content-Length"]) == (b"", str(len(first.content)))


def test_words_of_a_page_are_given_again_too(live: Edition, django_assert_num_queries: Any) -> None:
    assert live.build is not None
    address = f"{HOME}b/{live.build.build_id}/manifest.json"
    first = get(address, **{"accept-encoding": "br"})
    with django_assert_num_queries(1):
        assert told(get(address, **{"accept-encoding": "br"})) == told(first)


def test_each_is_answered_what_they_asked_for(live: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["testserver", "localhost"])
    asked: list[dict[str, str]] = [{}, {"accept-language": "de"}, {"accept-language": "ar"}, {"host": "localhost"}]
    first = [get(f"{HOME}page/2", **headers).content for headers in asked]
    assert len(set(first)) == len(asked)
    assert [get(f"{HOME}page/2", **headers).content for headers in asked] == first
    assert get(f"{HOME}page/2", host="elsewhere.example").status_code == 400


def test_what_was_given_again_is_counted_like_the_first(live: Edition) -> None:
    for _ in range(3):
        get(f"{HOME}page/2")
    assert times_counted() == 3
    get(f"{HOME}page/2", **{"if-none-match": get(f"{HOME}page/2")["ETag"]})
    assert times_counted() == 5
    get(f"{HOME}page/2", **{"user-agent": "Googlebot/2.1"})
    get(f"{HOME}page/2", dnt="1")
    get(f"{HOME}page/2", **{"sec-purpose": "prefetch"})
    Client().head(f"{HOME}page/2", headers={"user-agent": BROWSER})
    assert times_counted() == 5


def test_who_brings_a_session_is_asked_who_they_are(cast: Cast, live: Edition, answers: kept_answers.Answers) -> None:
    get(f"{HOME}page/2")
    before = times_counted()
    staff = signed_in(cast.editor)
    assert get(f"{HOME}page/2", staff).status_code == 200
    assert times_counted() == before
    cast.reader.language = "de"
    cast.reader.save()
    assert b'lang="de"' in get(f"{HOME}page/2", signed_in(cast.reader)).content


CHANGES: dict[str, tuple[Callable[[Cast, Edition], Any], int]] = {
    "withdrawn": (lambda cast, edition: edition_withdraw(by=cast.owner, edition=edition), 410),
    "withdrawn by a hand in the database": (
        lambda _, edition: Edition.objects.filter(pk=edition.pk).update(state="withdrawn"),
        410,
    ),
    "for subscribers": (lambda cast, edition: set_terms(cast, edition, ways=["subscription"]), 403),
    "for subscribers by its publication": (
        lambda _, __: Publication.objects.update(terms={"ways": {"ways": ["sign_in"], "need": "any"}}),
        403,
    ),
    "deleted": (lambda cast, edition: edition_delete(by=cast.owner, edition=edition), 404),
    "deleted with its publication": (
        lambda cast, _: publication_delete(by=cast.owner, publication=cast.fathom),
        404,
    ),
    "at another address": (lambda _, edition: Edition.objects.filter(pk=edition.pk).update(slug="no-2"), 404),
}


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_outlives_what_was_taken_away(cast: Cast, live: Edition, change: str) -> None:
    do, status = CHANGES[change]
    first = get(f"{HOME}page/2")
    tag = first["ETag"]
    assert get(f"{HOME}page/2").content == first.content
    do(cast, live)
    for headers in ({}, {"if-none-match": tag}):
        answer = get(f"{HOME}page/2", **headers)
        assert answer.status_code == status, change
        assert answer.content != first.content
    assert get(f"{HOME}page/2").status_code == status


@pytest.mark.parametrize(
    "change",
    [
        lambda edition: Edition.objects.update(label="Another label"),
        lambda edition: Publication.objects.filter(pk=edition.publication_id).update(name="Another name"),
        lambda edition: Publisher.objects.filter(pk=edition.publication.publisher_id).update(name="Another house"),
        lambda edition: Publication.objects.update(defaults={"view": "scroll"}),
        lambda edition: edition_laid(edition_id=edition.pk),
        lambda edition: Category.objects.update(name="Another category"),
        lambda edition: edition.categories.clear(),
        lambda edition: Build.objects.update(version="another"),
    ],
)
def test_every_change_is_seen_at_once(cast: Cast, live: Edition, change: Callable[[Edition], Any]) -> None:
    live.categories.add(Category.objects.create(publisher=cast.harbour, name="Boats", slug="boats"))
    before, state = edition_at("fathom", "no-1"), state_at("fathom", "no-1")
    assert edition_at("fathom", "no-1") is before
    change(live)
    after = edition_at("fathom", "no-1")
    assert after is not before
    assert edition_at("fathom", "no-1") is after
    assert state_at("fathom", "no-1") != state


def test_the_state_has_every_column_of_its_rows(live: Edition) -> None:
    state = state_at("fathom", "no-1")
    columns = sum(len(model._meta.concrete_fields) for model in (Edition, Publication, Publisher, Build))
    assert state is not None
    assert len(state) == columns + 1  # and the categories


def test_an_edition_has_all_that_readers_need_with_it(live: Edition, django_assert_num_queries: Any) -> None:
    edition_at("fathom", "no-1")
    with django_assert_num_queries(1):
        edition = edition_at("fathom", "no-1")
        assert (edition.publication.publisher.name, edition.build and edition.build.pages) == ("Harbour Press", 3)
        assert list(edition.categories.all()) == []
    with pytest.raises(NotFoundError):
        edition_at("fathom", "«edition»")


@pytest.fixture
def restricted(cast: Cast, live: Edition) -> Edition:
    set_terms(cast, live, ways=["subscription"], free="1")
    return Edition.objects.get(pk=live.pk)


def test_what_is_not_for_everybody_is_never_kept(
    cast: Cast, restricted: Edition, answers: kept_answers.Answers
) -> None:
    assert get(f"{HOME}page/1").status_code == 200
    assert get(f"{HOME}page/2").status_code == 403
    assert get(f"{HOME}page/1", signed_in(cast.editor)).status_code == 200
    edition_withdraw(by=cast.owner, edition=restricted)
    assert get(f"{HOME}page/1", signed_in(cast.editor)).status_code == 200
    assert not answers._kept


def test_kept_answers_have_room_for_so_much(live: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    one = len(get(f"{HOME}page/1").content)
    small = kept_answers.Answers(one * 2 + one // 2)
    monkeypatch.setattr(kept_answers, "_ANSWERS", small)
    for page in (1, 2, 3, 1, 2, 3):
        get(f"{HOME}page/{page}")
    assert 1 <= len(small._kept) <= 2
    assert small._size == sum(len(kept.body) for kept in small._kept.values())
