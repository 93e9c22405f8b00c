"""An edition is offered to be kept on a device to whoever may read all of it and take it along, and to nobody else."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.test import Client
from tests.access.people import confirm, set_terms
from tests.annotations.test_annotated_pdf import pdf_of
from tests.cast import Cast, ready_edition, signed_in

from masthead.exports.reader_files import FOLDER, OFFLINE
from masthead.library.selectors import Edition
from masthead.library.services import edition_publish

HOME = "/fathom/no-1/"
APP = f"{HOME}app.webmanifest"


@pytest.fixture
def live(cast: Cast, data: Path) -> Edition:
    return edition_publish(by=cast.owner, edition=ready_edition(cast, data, source=pdf_of()))


def offered(client: Client, path: str = HOME) -> str | None:
    """For how many days the page says that it can be kept; "0": for ever, None: not at all."""
    html = client.get(path).content.decode()
    found = re.search(r' offline="/offline\.js"(?: offline-days="(\d+)")?', html)
    assert bool(found) == ('rel="manifest"' in html)
    return (found[1] or "0") if found else None


def test_what_everybody_may_read_is_kept_for_ever(live: Edition) -> None:
    assert offered(Client()) == offered(Client(), f"{HOME}page/2") == "0"
    answer = Client().get(APP)
    assert answer["Content-Type"] == "application/manifest+json"
    told = json.loads(answer.content)
    assert (told["start_url"], told["scope"], told["display"]) == (HOME, HOME, "standalone")
    assert told["icons"] == [{"src": "/favicon.svg", "sizes": "any", "type": "image/svg+xml"}]


def test_what_needs_a_right_is_kept_for_a_month_by_those_who_have_it(cast: Cast, live: Edition) -> None:
    set_terms(cast, live, ways=["sign_in"], free="1")
    assert offered(Client()) is None, "who may read the first page only would keep holes"
    assert Client().get(APP).status_code == 403
    assert offered(signed_in(confirm(cast.reader))) == "30"
    answer = signed_in(confirm(cast.reader)).get(APP)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-cache")


def test_where_nothing_may_be_taken_along_nothing_is_kept(live: Edition) -> None:
    live.overrides = {"downloads": "no"}
    live.save()
    assert offered(Client()) is None
    assert Client().get(APP).status_code == 404


def test_what_is_not_live_is_not_kept(cast: Cast, data: Path) -> None:
    ready_edition(cast, data, source=pdf_of())
    assert offered(signed_in(cast.owner)) is None
    assert Client().get(APP).status_code == 404


@pytest.mark.skipif(not (FOLDER / OFFLINE).is_file(), reason="the reader is not built")
def test_the_worker_stands_at_the_root_and_is_asked_for_anew(live: Edition) -> None:
    answer = Client().get("/offline.js")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-cache")
    assert answer["Content-Type"].startswith("text/javascript")
    script = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert not re.search(rb"\b(?:import|export)\b", script), "a browser runs it as it stands"
