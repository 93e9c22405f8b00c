"""Pages that somebody chose, as a PDF: just those, of those that they may read, by a link that is good for a day."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from django.test import Client
from tests.access.people import confirm, set_terms
from tests.annotations.test_annotated_pdf import pdf_of
from tests.cast import Cast, ready_edition, signed_in

from masthead.library.selectors import Edition
from masthead.library.services import edition_publish
from masthead.statistics.spool import lines


@pytest.fixture
def live(cast: Cast, data: Path) -> Edition:
    return edition_publish(by=cast.owner, edition=ready_edition(cast, data, source=pdf_of()))


PAGES = "/fathom/no-1/pages.pdf"


def fetched(client: Client, pages: str) -> Any:
    """The file that chosen pages lead to."""
    led = client.get(PAGES, {"pages": pages})
    return client.get(led["Location"]) if led.status_code == 303 else led


def test_chosen_pages_are_a_pdf_of_their_own(live: Edition) -> None:
    answer = fetched(Client(), "3, 2-2")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="fathom-no-1-2-3.pdf"'
    assert answer["Cache-Control"] == "private, no-store"
    pdf = pikepdf.open(io.BytesIO(answer.content))
    assert len(pdf.pages) == 2
    whole = b"".join(bytes(each.read_bytes()) for each in pdf.objects if isinstance(each, pikepdf.Stream))
    assert b"secret of page 2" in whole
    assert b"secret of page 1" not in whole
    assert len(pikepdf.open(io.BytesIO(fetched(Client(), "1-99").content)).pages) == 3


@pytest.mark.parametrize("pages", ["", "0", "9-12", "3-1", "one", "1-2;x", "1," * 300])
def test_what_are_no_pages_is_said(live: Edition, pages: str) -> None:
    answer = fetched(Client(), pages)
    assert answer.status_code == 400
    assert b"There are no such pages" in answer.content


def test_its_link_is_good_for_a_day_and_for_nobody_who_may_not_read(
    cast: Cast, live: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = Client().get(PAGES, {"pages": "2"})["Location"]
    assert Client().get(link).status_code == 200
    set_terms(cast, live, ways=["sign_in"], free="1")
    assert Client().get(link).status_code == 403, "a link opens nothing by itself"
    assert Client().get(link.replace("no-1", "no-1").replace(".pdf", "x.pdf")).status_code == 410
    some = pikepdf.open(io.BytesIO(fetched(Client(), "1-3").content))
    assert len(some.pages) == 1, "of the chosen ones those that are open"
    assert signed_in(confirm(cast.reader)).get(link).status_code == 200
    tomorrow = time.time() + 24 * 3600 + 60
    monkeypatch.setattr("time.time", lambda: tomorrow)
    over = Client().get(link)
    assert over.status_code == 410
    assert b"good for 24 hours" in over.content


def test_chosen_pages_are_offered_where_the_pdf_is(live: Edition) -> None:
    assert f'parts="{PAGES}"' in Client().get("/fathom/no-1/").content.decode()
    assert f'action="{PAGES}"' in Client().get("/fathom/no-1/pages").content.decode()
    link = Client().get(PAGES, {"pages": "2"})["Location"]
    live.overrides = {"downloads": "no"}
    live.save()
    assert "parts=" not in Client().get("/fathom/no-1/").content.decode()
    assert [Client().get(address).status_code for address in (f"{PAGES}?pages=2", link)] == [404, 404]


def test_it_is_counted_as_a_download_of_what_begins_on_these_pages(live: Edition) -> None:
    browser = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"
    fetched(Client(headers={"user-agent": browser}), "2")
    folder = settings.MASTHEAD.data / "events"
    (line,) = [line for path in sorted(folder.iterdir()) for line in lines(path)]
    assert (line["kind"], line["name"]) == ("download", "pages")
