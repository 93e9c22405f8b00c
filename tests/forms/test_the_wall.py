"""The wall once more, with a form as the gate: every route tried by those who have not filled it in."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from tests.access.people import set_terms
from tests.access.test_the_wall import (  # noqa: F401 - fixtures
    addresses,
    assert_closed,
    files_of,
    people,
    read,
    walled,
)
from tests.cast import Cast
from tests.forms.making import address_of, filled, form_made

from masthead.forms.selectors import Form
from masthead.forms.services import form_ask_again
from masthead.library.selectors import Edition


def gated(cast: Cast, edition: Edition) -> Form:
    """The second page and all that follow wait for the form."""
    set_terms(cast, edition, ways=[])
    return form_made(cast, page=2)


def visitor(cast: Cast, edition: Edition, form: Form, who: str) -> Client:
    client = Client()
    if who == "filled in another":
        other = form_made(cast, placement="hotspot", name="Other")
        assert filled(client, edition, other, "rita@example.org").status_code == 303
    if who == "filled in before everybody was asked again":
        assert filled(client, edition, form, "rita@example.org", page=2).status_code == 303
        form_ask_again(by=cast.editor, form=form)
    if who == "forger":
        client.cookies["filled"] = "WyJhIiwxLDFd:1sYz:abc"
    return client


@pytest.mark.parametrize("who", ["nobody", "filled in another", "filled in before everybody was asked again", "forger"])
def test_nothing_comes_through(cast: Cast, walled: Edition, data: Path, who: str) -> None:  # noqa: F811
    form = gated(cast, walled)
    client = visitor(cast, walled, form, who)
    for address in [*addresses(walled, data), address_of(walled, form), f"{address_of(walled, form)}?page=2"]:
        status, body, headers = read(client, address)
        assert status < 500 or "/tiles/1/" in address, address
        assert_closed(body, f"{who}: {address}")
        if "/no-1/" in address and status == 200 and "/brand/" not in address:
            assert "public" not in headers.get("cache-control", ""), address
    assert read(client, "/fathom/no-1/")[0] == 200, "the pages before it are open"


def test_who_filled_it_in_gets_all_of_it(cast: Cast, walled: Edition, data: Path) -> None:  # noqa: F811
    form = gated(cast, walled)
    client = Client()
    assert filled(client, walled, form, "rita@example.org", page=2).status_code == 303
    build = walled.build.build_id if walled.build else ""
    for path in files_of(walled, data):
        assert read(client, f"/fathom/no-1/b/{build}/{path}")[0] == 200, path
    for name in ("", "page/2", "articles", "article/crossing-story", "issue.epub", "text.zip", "iiif/manifest.json"):
        assert read(client, f"/fathom/no-1/{name}")[0] == 200, name
    assert b"/no-1/page/2" in read(client, "/search?q=quillfish")[1]


def test_machines_see_the_gate_and_not_the_pages(cast: Cast, walled: Edition) -> None:  # noqa: F811
    set_terms(cast, walled, ways=[])
    form_made(cast)
    status, body, headers = read(Client(), "/fathom/no-1/page/2")
    assert status == 403
    assert b"Before you read" in body
    assert b"<form" in body, "it works without a script"
    assert headers["x-robots-tag"] == "noindex"
    assert b"quillfish" not in read(Client(), "/fathom/feed.atom")[1]
