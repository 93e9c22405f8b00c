"""The API of a house that runs: requests that come at once, a PDF on its way to readers, a clock that is killed."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from tests.command.test_house import BUILD_SECONDS, EMAIL, PASSWORD, House, running, until
from tests.pdfs import story_pdf
from tests.webhooks.receiving import receiving

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the list of processes from /proc")


def call(house: House, secret: str, method: str, path: str, body: Any = None, **headers: str) -> Any:
    """Status and JSON of an answer."""
    data = json.dumps(body).encode() if body is not None else b"" if method == "POST" else None
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(
        f"{house.address}/api/v1/{path}",
        data=data,
        method=method,
        headers={"Authorization": f"Bearer {secret}", "Content-Type": "application/json", **named},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.status, json.loads(answer.read() or b"null")


def send_file(house: House, secret: str, pdf: Path) -> Any:
    """Send a PDF as a form, as curl does."""
    head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="issue.pdf"\r\n\r\n'
    request = urllib.request.Request(
        f"{house.address}/api/v1/uploads",
        data=head + pdf.read_bytes() + b"\r\n--edge--\r\n",
        headers={"Authorization": f"Bearer {secret}", "Content-Type": "multipart/form-data; boundary=edge"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read())


def make_token(house: House) -> str:
    """As a person does: signed in, by the form."""
    house.post("/account/login/", {"login": EMAIL, "password": PASSWORD})
    slug = re.search(r"/office/houses/([\w-]+)/", house.get("/office/"))
    assert slug is not None
    address = f"/office/houses/{slug[1]}/tokens"
    found = re.search(r"mh_[\w-]{43}", house.post_page(address, {"name": "Test", "preset": "all", "days": "30"}))
    assert found is not None
    return found[0]


def test_requests_at_once_a_pdf_on_its_way_and_a_killed_clock(
    tmp_path: Path,
) -> None:
    data, pdf = tmp_path / "data", story_pdf(tmp_path / "issue.pdf", pages=3)
    with receiving() as receiver, running(data, MASTHEAD_PRIVATE_HOSTS="127.0.0.1") as house:
        secret = make_token(house)
        answers: list[Any] = []
        new = {"name": "Fathom"}

        def send() -> None:
            answers.append(call(house, secret, "POST", "publications", new, Idempotency_Key="one"))

        threads = [threading.Thread(target=send) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [status for status, _ in answers] == [201] * 6
        assert len({told["id"] for _, told in answers}) == 1  # six at once were one
        publication = answers[0][1]["id"]

        call(house, secret, "POST", "webhooks", {"name": "Desk", "address": receiver.address})
        upload = send_file(house, secret, pdf)["id"]
        until(lambda: call(house, secret, "GET", f"uploads/{upload}")[1]["state"] == "good", 60)
        said = {"publication": publication, "label": "No. 1", "date": "2026-11-01", "upload": upload}
        _, edition = call(house, secret, "POST", "editions", said)
        path = f"editions/{edition['id']}"
        until(lambda: call(house, secret, "GET", path)[1]["state"] == "ready", BUILD_SECONDS)

        receiver.status = 503
        (clock,) = house.processes("clock")
        call(house, secret, "POST", f"{path}/publish")
        until(lambda: "edition.published" in _events(receiver), 60)  # another may come after it
        os.kill(clock, signal.SIGKILL)
        until(lambda: house.processes("clock") not in ([], [clock]), 60)
        receiver.status = 200
        with sqlite3.connect(data / "masthead.sqlite3", timeout=20) as rows:  # minutes are long in a test
            rows.execute("UPDATE outbox_message SET due_at = '2026-01-01 00:00:00' WHERE state = 'waiting'")
        _, webhooks = call(house, secret, "GET", "webhooks")
        told = f"webhooks/{webhooks['items'][0]['id']}/deliveries"
        until(lambda: {one["state"] for one in call(house, secret, "GET", told)[1]["items"]} == {"sent"}, 60)
        sent = {headers["webhook-id"]: json.loads(body)["type"] for headers, body in receiver.got}
        assert sorted(sent.values()) == ["edition.converted", "edition.created", "edition.published"]
        with urllib.request.urlopen(f"{house.address}/fathom/no-1/", timeout=30) as page:
            assert page.status == 200


def _events(receiver: Any) -> list[str]:
    return [json.loads(body)["type"] for _, body in receiver.got]
