"""Takes a publisher's list of subscribers in from CSV: read, checked row by row, previewed, then kept in batches.

Columns are found by their names, in any language of the catalogues; only the address must be there. The same file
taken in twice changes nothing the second time.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from masthead import wording
from masthead.access.entitlements import today_at
from masthead.access.errors import ImportUnreadableError
from masthead.access.models import Period, Reader, Subscription
from masthead.accounts.many import users_create
from masthead.accounts.rights import Action
from masthead.accounts.selectors import Publisher, User, require
from masthead.accounts.services import log_write
from masthead.document.days import day_of

MOST = 100_000  # rows
COLUMN_WORDS = ("E-mail address", "Name", "Number", "Subscription", "First day", "Last day")
_COLUMNS = ("email", "name", "number", "subscription", "starts", "ends")
_OTHER_NAMES = {"email": "email", "e-mail": "email", "mail": "email", "start": "starts", "end": "ends"}
_BATCH = 1000
PROBLEM_WORDS = (
    "This is no e-mail address.",
    "There is no subscription of this name.",
    "This subscription is closed.",
    "The first day is no day: write it as 2026-11-30.",
    "The last day is no day: write it as 2026-11-30.",
    "The last day is before the first.",
    "Another reader has this number.",
    "The row says the same as one above.",
)
NO_EMAIL, NO_SUBSCRIPTION, CLOSED, NO_START, NO_END, BACKWARDS, NUMBER_TAKEN, TWICE = PROBLEM_WORDS


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list; `number` counts from 1 with the head. `problem` is an English sentence; "" for none."""

    number: int
    email: str
    name: str = ""
    own_number: str = ""
    subscription: str = ""  # as it was written
    subscription_id: str = ""
    starts: date | None = None
    ends: date | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Sums:
    """What a list comes to."""

    rows: int = 0
    new_readers: int = 0
    known_readers: int = 0
    new_periods: int = 0
    known_periods: int = 0
    problems: int = 0


def template(language: str) -> bytes:
    """A file with the head alone, as spreadsheet programs of that language read it."""
    words = wording.translator(language)
    out = io.StringIO()
    csv.writer(out, delimiter=";" if language == "de" else ",").writerow([words.text(name) for name in COLUMN_WORDS])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def read_list(publisher: Publisher, data: bytes) -> list[Row]:
    """The rows, each with what is wrong with it. Raises ImportUnreadableError where it is no list of addresses."""
    text = _text(data)
    try:
        dialect = csv.Sniffer().sniff(text[:4096], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    lines = csv.reader(io.StringIO(text), dialect)
    columns = _columns(next(lines, []))
    if "email" not in columns:
        raise ImportUnreadableError("no column is called e-mail address")
    said = (
        (number, {name: cells[at].strip()[:200] for name, at in columns.items() if at < len(cells)})
        for number, cells in enumerate(lines, start=2)
    )
    return rows_checked(publisher, ((number, fields) for number, fields in said if any(fields.values())))


def rows_checked(publisher: Publisher, said: Iterable[tuple[int, Mapping[str, str]]]) -> list[Row]:
    """Rows by their numbers, each with what is wrong with it; fields as in `_COLUMNS`, days as they are typed.

    Raises ImportUnreadableError where there are too many.
    """
    known = {row.name.casefold(): row for row in Subscription.objects.filter(publisher=publisher)}
    taken = dict(Reader.objects.filter(publisher=publisher).exclude(number="").values_list("number", "user__email"))
    today, seen = today_at(publisher), set[tuple[object, ...]]()
    rows: list[Row] = []
    for number, fields in said:
        if len(rows) >= MOST:
            raise ImportUnreadableError(f"more than {MOST} rows")
        row = _checked(number, fields, known, today)
        key = (row.email, row.subscription_id, row.starts, row.ends)
        if not row.problem and key in seen:
            row = replace(row, problem=TWICE)
        if not row.problem and row.own_number and taken.setdefault(row.own_number, row.email) != row.email:
            row = replace(row, problem=NUMBER_TAKEN)
        seen.add(key)
        rows.append(row)
    return rows


def sums_of(publisher: Publisher, rows: Sequence[Row]) -> Sums:
    """What the list would change, without changing it."""
    good = [row for row in rows if not row.problem]
    emails = list({row.email for row in good})
    known: set[str] = set()
    periods: set[tuple[str, str, date, date | None]] = set()
    for at in range(0, len(emails), _BATCH):
        users = dict(User.objects.filter(email__in=emails[at : at + _BATCH]).values_list("pk", "email"))
        there = Reader.objects.filter(publisher=publisher, user__in=list(users)).order_by()
        known.update(users[user] for user in there.values_list("user_id", flat=True))
        periods |= _periods(publisher, users)
    asked = [row for row in good if row.subscription_id]
    old = sum((row.email, row.subscription_id, row.starts, row.ends) in periods for row in asked)
    return Sums(len(rows), len(emails) - len(known), len(known), len(asked) - old, old, len(rows) - len(good))


def readers_import(*, by: User, publisher: Publisher, rows: Sequence[Row]) -> Sums:
    """Take in the rows that are fine, a thousand in a transaction. Raises NotAllowedError."""
    require(by, Action.MANAGE_READERS, publisher.pk)
    sums = sums_of(publisher, rows)
    good = [row for row in rows if not row.problem]
    for at in range(0, len(good), _BATCH):
        with transaction.atomic():
            _keep(by, publisher, good[at : at + _BATCH])
    log_write(
        by=by,
        publisher_id=publisher.pk,
        action="readers.import",
        subject_id=publisher.pk,
        subject_name=publisher.name,
        after={"readers": sums.new_readers, "periods": sums.new_periods, "problems": sums.problems},
    )
    return sums


def _keep(by: User, publisher: Publisher, rows: Sequence[Row]) -> None:
    people = users_create(names={row.email: row.name for row in rows})
    numbers = {row.email: row.own_number for row in rows if row.own_number}
    old = {row.user_id: row for row in Reader.objects.filter(publisher=publisher, user__in=people.values())}
    new = [
        Reader(publisher=publisher, user=user, number=numbers.get(email, ""), came_by="imported")
        for email, user in people.items()
        if user.pk not in old
    ]
    Reader.objects.bulk_create(new)
    changed = []
    for email, number in numbers.items():
        row = old.get(people[email].pk)
        if row is not None and row.number != number:
            row.number = number
            changed.append(row)
    Reader.objects.bulk_update(changed, ["number"])
    there = _periods(publisher, {user.pk: email for email, user in people.items()})
    Period.objects.bulk_create(
        Period(
            subscription_id=row.subscription_id,
            user=people[row.email],
            starts=row.starts,
            ends=row.ends,
            created_by=by,
        )
        for row in rows
        if row.subscription_id and row.starts and (row.email, row.subscription_id, row.starts, row.ends) not in there
    )


def _periods(publisher: Publisher, users: Mapping[str, str]) -> set[tuple[str, str, date, date | None]]:
    """What people (addresses by their ids) have already: address, subscription, first and last day of each period."""
    own = set(Subscription.objects.filter(publisher=publisher).values_list("pk", flat=True))
    rows = Period.objects.filter(user__in=list(users), revoked_at__isnull=True)
    found = rows.order_by().values_list("user_id", "subscription_id", "starts", "ends")
    return {
        (users[user], subscription, starts, ends) for user, subscription, starts, ends in found if subscription in own
    }


def _checked(number: int, said: Mapping[str, str], known: dict[str, Subscription], today: date) -> Row:
    row = Row(
        number,
        said.get("email", "").lower(),
        said.get("name", "")[:120],
        said.get("number", "")[:60],
        said.get("subscription", ""),
    )
    try:
        validate_email(row.email)
    except ValidationError:
        return replace(row, problem=NO_EMAIL)
    if not row.subscription:
        return row
    found = known.get(row.subscription.casefold())
    if found is None:
        return replace(row, problem=NO_SUBSCRIPTION)
    if found.closed_at is not None:
        return replace(row, problem=CLOSED)
    starts = day_of(said["starts"]) if said.get("starts") else today
    ends = day_of(said["ends"]) if said.get("ends") else None
    row = replace(row, subscription_id=found.pk, starts=starts, ends=ends)
    if starts is None:
        return replace(row, problem=NO_START)
    if said.get("ends") and ends is None:
        return replace(row, problem=NO_END)
    return replace(row, problem=BACKWARDS) if ends is not None and ends < starts else row


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ImportUnreadableError("neither UTF-8 nor Windows-1252")


def _columns(head: Sequence[str]) -> dict[str, int]:
    names = dict(_OTHER_NAMES) | {name: name for name in _COLUMNS}
    for language in wording.languages():
        words = wording.translator(language)
        names |= {words.text(said).casefold(): name for said, name in zip(COLUMN_WORDS, _COLUMNS, strict=True)}
    found: dict[str, int] = {}
    for at, cell in enumerate(head):
        name = names.get(cell.strip().casefold())
        if name is not None:
            found.setdefault(name, at)
    return found
