"""Uploads outlive what sends and what takes them: processes killed in the middle lose no byte that had arrived."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from tests.command.test_house import BUILD_SECONDS, EMAIL, PASSWORD, House, running, until
from tests.pdfs import story_pdf

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the list of processes from /proc")
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = 4096


def ask(house: House, method: str, path: str, data: bytes | None = None, **headers: str) -> dict[str, str]:
    """Speak the protocol; the headers of the answer."""
    named = {**TUS, **{name.replace("_", "-"): value for name, value in headers.items()}}
    request = urllib.request.Request(f"{house.address}{path}", data=data, method=method, headers=named)
    with house._open(request, timeout=30) as answer:
        return {name.lower(): value for name, value in answer.headers.items()}


def sign_in(house: House) -> tuple[str, str]:
    """The house's address name, and a token for requests."""
    house.post("/account/login/", {"login": EMAIL, "password": PASSWORD})
    slug = re.search(r"/office/houses/([\w-]+)/", house.get("/office/"))
    assert slug is not None
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', house.get(f"/office/houses/{slug[1]}/publications/new"))
    assert token is not None
    return slug[1], token[1]


def arrived(house: House, address: str) -> int:
    """How much is there, asked until somebody answers."""
    end = time.monotonic() + 60
    while True:
        try:
            return int(ask(house, "HEAD", address)["upload-offset"])
        except (OSError, urllib.error.HTTPError):
            assert time.monotonic() < end, "nobody answers"
            time.sleep(0.3)


def send_rest(house: House, address: str, content: bytes, token: str) -> None:
    offset = arrived(house, address)
    while offset < len(content):
        try:
            answer = ask(
                house,
                "PATCH",
                address,
                content[offset : offset + PIECE],
                Content_Type="application/offset+octet-stream",
                Upload_Offset=str(offset),
                X_CSRFToken=token,
            )
            offset = int(answer["upload-offset"])
        except OSError:
            offset = arrived(house, address)


def test_an_upload_goes_on_after_the_web_process_and_the_whole_house_were_killed(tmp_path: Path) -> None:
    data = tmp_path / "data"
    content = story_pdf(tmp_path / "harbour.pdf", pages=60).read_bytes()
    with running(data) as house:
        slug, token = sign_in(house)
        house.post(f"/office/houses/{slug}/publications/new", {"name": "F", "language": "en", "frequency": "monthly"})
        begun = ask(
            house, "POST", f"/office/houses/{slug}/arrivals", b"", Upload_Length=str(len(content)), X_CSRFToken=token
        )
        address = begun["location"]
        send_rest(house, address, content[: 3 * PIECE], token)
        for web in house.processes("web"):
            os.kill(web, signal.SIGKILL)
        assert arrived(house, address) == 3 * PIECE  # of the process that took its place
        send_rest(house, address, content[: 5 * PIECE], token)
        house.process.kill()
        house.process.wait(10)
        until(lambda: not any(house.processes(job) for job in ("web", "converter", "clock")), 40)
    with running(data) as again:
        slug, token = sign_in(again)
        assert arrived(again, address) == 5 * PIECE
        send_rest(again, address, content, token)
        rows = f"/office/houses/{slug}/upload"
        until(lambda: "60 pages" in again.get(rows), BUILD_SECONDS)
        with sqlite3.connect(data / "masthead.sqlite3", timeout=20) as table:
            [(state, size)] = table.execute("SELECT state, size FROM production_arrival")
        assert (state, size) == ("good", len(content))
        (kept,) = data.glob("originals/*/*.pdf")
        assert kept.read_bytes() == content
