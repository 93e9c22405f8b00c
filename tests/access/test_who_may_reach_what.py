"""Every route for everybody: the document that says who reaches what is true, and some cells may never be otherwise."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.access.inhabited import BY_RIGHT, METRICS_TOKEN, OPERATOR, PEOPLE, ROLES, WITHOUT, House, inhabited
from tests.access.reaching import (
    ALL,
    DOOR,
    NOTHING,
    REFUSED,
    SECTIONS,
    WRITE,
    YES,
    Row,
    rows,
    section_of,
    table,
    write,
    written,
)
from tests.access.test_the_wall import hidden_bytes, walled
from tests.cast import Cast
from tests.hardening.routes import routes

from masthead.accounts.rights import RIGHTS
from masthead.library.selectors import Edition

__all__ = ["walled"]
CLOSED = {DOOR, REFUSED, NOTHING}
OUTSIDE = (*WITHOUT, *BY_RIGHT, "owner of another publisher", OPERATOR)


@pytest.fixture
def house(cast: Cast, walled: Edition, settings: Any) -> House:
    settings.MASTHEAD = settings.MASTHEAD.model_copy(update={"metrics_token": METRICS_TOKEN})
    return inhabited(cast, walled)


def cells(row: Row) -> Mapping[str, str]:
    return dict(zip((*PEOPLE, OPERATOR), row.cells, strict=True))


def held(section: str, found: list[Row]) -> None:
    """The document has this table, or is given it."""
    if os.environ.get(WRITE):
        write(section, table(found))
    assert written(section) == table(found), f"read what has changed; {WRITE}=yes writes it anew"


def test_an_edition_is_read_by_those_with_a_right(house: House, data: Path) -> None:
    found = rows(house, "reading", hidden_bytes())
    assert len([row for row in found if cells(row)["subscription"] == ALL]) >= 8
    for row in found:
        said = cells(row)
        assert ALL not in [said[who] for who in (*WITHOUT, "owner of another publisher", OPERATOR)], row.address
        if ALL in row.cells:
            assert {said[who] for who in (*BY_RIGHT, *ROLES)} == {ALL}, row
    held("reading", found)


def test_what_belongs_to_an_account_is_asked_for_by_it(house: House, data: Path) -> None:
    found = rows(house, "account", hidden_bytes())
    assert all(ALL not in row.cells for row in found)
    held("account", found)


def test_the_back_office_is_for_the_publishers_staff_by_their_roles(house: House, data: Path) -> None:
    found = rows(house, "office", ())
    for row in found:
        said = cells(row)
        if row.address in ("/office/", "/office/you"):
            continue  # everybody with an account has these, with what is theirs
        assert {said[who] for who in ("nobody", OPERATOR, *BY_RIGHT[3:])} == {DOOR}, row
        assert {said[who] for who in OUTSIDE} <= {DOOR, NOTHING}, row
        assert_by_rights(row)
    assert_is_there(found)
    held("office", found)


def test_the_api_is_for_tokens_of_the_publishers_staff(house: House, data: Path) -> None:
    found = rows(house, "api", ())
    for row in found:
        said = cells(row)
        assert {said[who] for who in OUTSIDE[:-2]} | {said[OPERATOR]} == {DOOR}, row
        if "{" in row.address:
            assert said["owner of another publisher"] in CLOSED, row
    assert_is_there(found)
    held("api", found)


def assert_is_there(found: list[Row]) -> None:
    """What is asked for is there for the owner nearly everywhere, or a closed door proves nothing.

    An upload that is over cannot be gone on with, and the least that may be sent to the API names some things that are
    not there.
    """
    assert len([row for row in found if cells(row)["owner"] == YES]) > 0.75 * len(found)


def assert_by_rights(row: Row) -> None:
    """The roles that come through are those of one right."""
    inside = {role for role in ROLES if cells(row)[role] not in CLOSED}
    if inside or cells(row)["owner"] == YES:
        assert inside in [{role.value for role in roles} for roles in RIGHTS.values()], row
    assert row.method == "GET" or inside != set(ROLES), f"{row}: what was typed is judged before who typed it"


def test_every_route_stands_under_a_heading() -> None:
    assert {section_of(route) for route in routes()} == SECTIONS.keys()
