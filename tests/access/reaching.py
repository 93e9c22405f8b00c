"""Who reaches what: every route of the house asked by everybody, what came of it, and the document that says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponseBase
from tests.access.inhabited import OPERATOR, PEOPLE, ROLES, House, Person
from tests.api.test_sealed import OPERATIONS, send
from tests.hardening.routes import FITTING, Route, routes

DOCUMENT = Path(__file__).parents[2] / "docs/engineers/who-may-reach-what.md"
WRITE = "WRITE_WHO_MAY_REACH_WHAT"
ALL, YES, DOOR, REFUSED, NOTHING = "all", "yes", "sign in", "no", "–"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# Those that let any method in have no list of them.
# Whoever is refused may leave a trace in these: that they were here, and how often they tried.
TRACES = ("django_session", "cache_entry", "usersessions_usersession", "accounts_token", "access_signintry")
WITHOUT_LIST = {"account_email_verification_sent": ["GET"], "old-icon": ["GET"], "edition-count": ["POST"]}
SECTIONS = {
    "reading": "Reading",
    "account": "Accounts",
    "office": "The back office",
    "api": "The API",
}
# Names that mean something else at these routes.
OFFICE = {
    "number": "1",
    "name": "lamp",
    "ending": "csv",
    "report": "tr",
    "article": "a2",
    "attempt": "none",
}


@dataclass(frozen=True)
class Row:
    """A route and a method, with what came of it for each person in the order of the columns."""

    address: str
    method: str
    cells: tuple[str, ...]


def section_of(route: Route) -> str:
    """Under which heading a route stands."""
    first = route.template.partition("/")[0]
    return first if first in ("account", "office", "api") else "reading"


def rows(house: House, section: str, secrets: Sequence[bytes]) -> list[Row]:
    """Every row of a section, asked of the house; nothing that is asked changes it."""
    if section == "api":
        return _api_rows(house, secrets)
    found = []
    for route in routes():
        if section_of(route) != section:
            continue
        address = route.address(names_at(house, route))
        for method in methods_of(house, route, address):
            cells = tuple(_cell(house, who, method, address, secrets) for who in (*PEOPLE, OPERATOR))
            found.append(Row(_pattern(route), method, cells))
    return found


def names_at(house: House, route: Route) -> dict[str, str]:
    """What stands in this route's address; whatever a page has, it is of a page that is not free."""
    names, edition = dict(house.names), house.edition
    if section_of(route) == "office":
        if "/sites/" in route.template:
            names |= {"provider": names["site"], "key": names["site_key"]}
        if route.template.startswith("office/houses/%(house)s/orders."):
            names["form"] = "csv"
        if route.name == "house-counter-file":
            names["form"] = "json"
        if route.name == "overlay-upload":
            names["name"], _, names["ending"] = names["file"].partition(".")
            return OFFICE | names
        if "fields/" in route.template and "deed" in route.parameters:
            names["deed"] = "up"
        elif "forms/" in route.template:
            names["deed"] = "ask-again"
        elif "webhooks/" in route.template:
            names["deed"] = "test"
        return OFFICE | names
    reading = {"publication": "fathom", "slug": edition.slug, "number": "2", "article": "closed-story"}
    reading |= {
        "build": edition.build.build_id if edition.build else "",
        "path": "text/2.html",
        "region": "full",
        "size": "max",
    }
    reading |= {"token": "a-guess", "key": "a-guess", "piece": "1-1-99-99", "name": names["file"]}
    if route.template.startswith("reader/"):
        reading["path"] = "reader.js"
    return FITTING | names | reading


def methods_of(house: House, route: Route, address: str) -> list[str]:
    """The methods that the route knows, as it names them itself to its owner."""
    if route.name in WITHOUT_LIST:
        return WITHOUT_LIST[route.name]
    answer = _asked(house.people["owner"], "TRACE", address)
    if answer.status_code != 405:  # a wall that even its owner stands before, such as a guessed link
        return ["GET"]
    allowed = {name.strip() for name in answer.get("Allow", "").split(",")}
    return [method for method in METHODS if method in allowed]


def _asked(person: Person, method: str, address: str) -> HttpResponseBase:
    """One request, after which everything is as before."""
    person.as_at_first()
    with transaction.atomic():
        headers = {"Tus-Resumable": "1.0.0", **person.headers}
        answer: HttpResponseBase = person.client.generic(method, address, headers=headers)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        answer.read_body = body  # type: ignore[attr-defined]
        answer.close()
        transaction.set_rollback(True)
    return answer


def _cell(house: House, who: str, method: str, address: str, secrets: Sequence[bytes]) -> str:
    with written_meanwhile() as asked:
        answer = _asked(house.people[who], method, address)
    said = outcome(answer.status_code, answer.get("Location", ""), answer.read_body, secrets)  # type: ignore[attr-defined]
    if is_closed(who, said) and not address.startswith("/account/"):  # those ask for their own rows alone
        assert not changes(asked), (who, method, address, changes(asked))
    return said


def is_closed(who: str, said: str) -> bool:
    """Whether it was the person that was refused; for staff something may just not be there."""
    return said in (DOOR, REFUSED) or (said == NOTHING and who not in ROLES)


@contextmanager
def written_meanwhile() -> Iterator[list[str]]:
    """What is written meanwhile. The framework's own way to hear of it asks the database twice for each statement."""
    found: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def changes(asked: Sequence[str]) -> list[str]:
    """What was written while something was asked, but traces."""
    return [sql for sql in asked if not any(table in sql for table in TRACES)]


def outcome(status: int, location: str, body: bytes, secrets: Sequence[bytes]) -> str:
    """What an answer says in one word."""
    if any(secret in body for secret in secrets):
        return ALL
    if status == 401 or (status == 302 and location.startswith("/account/login/")):
        return DOOR
    if status == 403:
        return REFUSED
    if status in (404, 410):
        return NOTHING
    assert status < 500 or status == 503, (status, body[:300])
    return YES


def _api_rows(house: House, secrets: Sequence[bytes]) -> list[Row]:
    found = []
    for path, method, _ in sorted(OPERATIONS):
        cells = []
        for who in (*PEOPLE, OPERATOR):
            with transaction.atomic():
                house.people[who].as_at_first()
                with written_meanwhile() as asked:
                    answer: Any = send(house.people[who].program, path, method, names_of(house, path))
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                answer.close()
                transaction.set_rollback(True)
            cells.append(outcome(answer.status_code, "", body, secrets))
            assert not is_closed(who, cells[-1]) or not changes(asked), (who, method, path)
        found.append(Row(path.removeprefix("/"), method.upper(), tuple(cells)))
    return found


def names_of(house: House, path: str) -> dict[str, str]:
    """What stands in the address of an operation."""
    names = {**house.names, "name": "issue.json"}
    return names | {"provider": names["site"], "key": names["site_key"]} if path.endswith(("/keys", "{key}")) else names


def _pattern(route: Route) -> str:
    said = route.template
    for name in route.parameters:
        said = said.replace(f"%({name})s", f"{{{name}}}")
    return "/" + said


def table(found: Iterable[Row]) -> str:
    """The rows as a table; people to whom the same happened everywhere share a column."""
    lines = list(found)
    columns: dict[tuple[str, ...], list[str]] = {}
    for at, who in enumerate((*PEOPLE, OPERATOR)):
        columns.setdefault(tuple(row.cells[at] for row in lines), []).append(who)
    names = [", ".join(people) for people in columns.values()]
    out = ["| route | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for at, row in enumerate(lines):
        out.append(f"| `{row.method} {row.address}` | " + " | ".join(cells[at] for cells in columns) + " |")
    return "\n".join(out)


def written(section: str) -> str:
    """The table of a section as the document has it."""
    return (
        DOCUMENT.read_text("utf-8").split(f"\n## {SECTIONS[section]}\n")[1].split("\n## ")[0].strip().split("\n\n")[-1]
    )


def write(section: str, found: str) -> None:
    """Put the table of a section into the document, in the place of the one that is there."""
    before, heading, after = DOCUMENT.read_text("utf-8").partition(f"\n## {SECTIONS[section]}\n")
    own, next_heading, rest = after.partition("\n## ")
    told = own.strip().split("\n\n")[:-1]
    DOCUMENT.write_text(before + heading + "\n" + "\n\n".join([*told, found]) + "\n" + next_heading + rest, "utf-8")
