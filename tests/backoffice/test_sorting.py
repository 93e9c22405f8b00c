"""Lists of the back office in the order that is asked for, on the page and in its file; comments as a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from tests.cast import Cast, ready_edition, signed_in
from tests.forms.making import form_made

from masthead.access.joining import reader_invite
from masthead.accounts.selectors import User
from masthead.comments.selectors import Comment, Report
from masthead.forms.selectors import Answer
from masthead.library.services import edition_create, publication_create
from masthead.orders.services import product_create

READERS, ANSWERS = "/office/houses/harbour-press/readers", "/office/publications/{}/forms/{}/answers"


def told(client: Client, address: str) -> list[list[str]]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]


def in_order(page: str, names: list[str]) -> list[str]:
    """The names as they stand on the page."""
    return sorted(names, key=page.index)


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("", ["Cleo", "Adam", "Berta"]),
        ("newest", ["Cleo", "Adam", "Berta"]),
        ("name", ["Adam", "Berta", "Cleo"]),
        ("number", ["Berta", "Cleo", "Adam"]),
        ("seen", ["Berta", "Adam", "Cleo"]),
        ("nonsense", ["Cleo", "Adam", "Berta"]),
    ],
)
def test_readers_stand_as_asked(cast: Cast, sort: str, names: list[str]) -> None:
    now = timezone.now()
    for name, number, age, seen in (("Adam", "30", 2, 5), ("Berta", "10", 3, 1), ("Cleo", "20", 1, None)):
        row = reader_invite(by=cast.owner, publisher=cast.harbour, email=f"{name}@reader.example".lower(), name=name)
        type(row).objects.filter(pk=row.pk).update(number=number, created_at=now - timedelta(days=age))
        User.objects.filter(pk=row.user_id).update(last_login=now - timedelta(days=seen) if seen else None)
    client = signed_in(cast.owner)
    assert in_order(client.get(READERS, {"sort": sort}).content.decode(), names) == names
    assert [row[1] for row in told(client, f"{READERS}.csv?sort={sort}") if row[1] in names] == names


@pytest.mark.parametrize(
    ("sort", "codes"),
    [
        ("code", ["A-1", "B-2", "C-3"]),
        ("name", ["C-3", "A-1", "B-2"]),
        ("dearest", ["B-2", "A-1", "C-3"]),
        ("scarcest", ["C-3", "A-1", "B-2"]),
    ],
)
def test_products_stand_as_asked(cast: Cast, sort: str, codes: list[str]) -> None:
    for code, name, price, stock in (("A-1", "Lamp", "9", "4"), ("B-2", "Net", "12", ""), ("C-3", "Anchor", "", "0")):
        said = {"code": code, "name": name, "price": price, "currency": "EUR", "stock": stock}
        product_create(by=cast.owner, publication=cast.fathom, said=said)
    client, address = signed_in(cast.shop), f"/office/publications/{cast.fathom.pk}/products"
    assert in_order(client.get(address, {"sort": sort}).content.decode(), codes) == codes
    assert [row[0] for row in told(client, f"{address}.csv?sort={sort}")] == codes


def test_answers_stand_as_asked(cast: Cast, data: Path) -> None:
    edition, form = ready_edition(cast, data), form_made(cast, name="Guest book")
    field, now = form.questions[0], timezone.now()
    for name, age in (("earlier", 2), ("later", 1)):
        row = Answer.objects.create(form=form, edition=edition, key=name, values={field.id: name}, is_complete=True)
        Answer.objects.filter(pk=row.pk).update(created_at=now - timedelta(days=age))
    client, address = signed_in(cast.owner), ANSWERS.format(cast.fathom.pk, form.pk)
    for sort, names in (("newest", ["later", "earlier"]), ("oldest", ["earlier", "later"])):
        rows = told(client, f"{address}.csv?sort={sort}")
        assert [name for row in rows for name in names if name in row] == names


def test_comments_leave_as_a_spreadsheet(cast: Cast, data: Path) -> None:
    edition = ready_edition(cast, data)
    for name, state in (("Ada", "waiting"), ("Ben", "shown"), ("=Cleo", "rejected"), ("Dora", "unconfirmed")):
        Comment.objects.create(edition=edition, name=name, text=f"{name} says", state=state, email="a@b.example")
    client, address = signed_in(cast.owner), "/office/houses/harbour-press/comments.csv"
    assert [row[4] for row in told(client, address)] == ["Ada"]  # what the list shows at first: what is to be decided
    everything = told(client, f"{address}?state=all")
    assert {row[4]: row[5] for row in everything} == {"Ada": "Waits", "Ben": "Shown", "'=Cleo": "Rejected"}
    assert not any("a@b.example" in cell for row in everything for cell in row)
    assert [row[4] for row in told(client, f"{address}?state=all&words=ben")] == ["Ben"]
    assert signed_in(cast.shop).get(address).status_code == 403


def test_comments_stand_as_asked(cast: Cast, data: Path) -> None:
    first = ready_edition(cast, data)
    second = publication_create(by=cast.owner, publisher=cast.harbour, name="Lantern")
    other = edition_create(by=cast.owner, publication=second, label="One", date=date(2026, 11, 1))
    for at, (name, edition) in enumerate((("Ada", first), ("Ben", other), ("Cleo", first))):
        made = Comment.objects.create(edition=edition, name=name, text="What a lamp", state="shown")
        Comment.objects.filter(pk=made.pk).update(posted_at=timezone.now() - timedelta(hours=9 - at))
    Report.objects.create(comment=Comment.objects.get(name="Ada"), reason="other", who="0" * 64)
    client, base = signed_in(cast.owner), "/office/houses/harbour-press/comments"

    def names(asked: str) -> list[str]:
        listed = [row[4] for row in told(client, f"{base}.csv?state=all{asked}")]
        page = client.get(f"{base}?state=all{asked}").content.decode()
        assert re.findall(r'class="moderated-name"><bdi>(\w+)', page) == listed
        return listed

    assert names("") == ["Cleo", "Ben", "Ada"]
    assert names("&sort=oldest") == ["Ada", "Ben", "Cleo"]
    assert names("&sort=reports") == ["Ada", "Cleo", "Ben"]
    assert names(f"&publication={second.pk}") == ["Ben"]
    assert names("&publication=nobody&sort=shoes") == ["Cleo", "Ben", "Ada"], "what makes no sense is left out"
    assert f"publication={second.pk}" in client.get(f"{base}?publication={second.pk}").content.decode()
