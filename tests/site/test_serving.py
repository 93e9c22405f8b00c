"""A real server, as people start it: answers, keeps its processes together, and leaves none behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from tests.editions import write_edition
from tests.pdfs import story_pdf

START_SECONDS = 40
COMMAND = [sys.executable, "-c", "from masthead.command import main; main()", "serve"]


def free_port() -> int:
    for port in range(8331, 8340):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    pytest.skip("no port from 8331 to 8339 is free")


def children(process: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == process and fields[0] != "Z":
            found += [int(status.parent.name), *children(int(status.parent.name))]
    return found


@pytest.fixture(scope="module")
def live_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("live")
    write_edition(root / "edition", source=story_pdf(root / "harbour.pdf").read_bytes())
    return root


@pytest.fixture
def server(live_folder: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    port = free_port()
    environment = {**os.environ, "MASTHEAD_CACHE": str(tmp_path / "cache")}
    process = subprocess.Popen(
        [*COMMAND, str(live_folder / "edition"), "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2).close()
            break
        except (urllib.error.URLError, OSError):
            assert process.poll() is None, "the server ended"
            time.sleep(0.1)
    yield process, port
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)


def ask(port: int, method: str, path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, headers=headers or {})
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, data


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads the list of processes from /proc")
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_and_stops_with_all_its_processes(
    server: tuple[subprocess.Popen[bytes], int], live_folder: Path, stop: signal.Signals
) -> None:
    process, port = server
    from masthead.edition.folder import read_edition

    base = f"/b/{read_edition(live_folder / 'edition').build}"
    pdf = (live_folder / "edition/source.pdf").read_bytes()
    assert ask(port, "GET", "/page/2")[0] == 200
    status, headers, data = ask(port, "HEAD", f"{base}/source.pdf")
    assert (status, data) == (200, b"")
    assert headers["content-length"] == str(len(pdf))
    status, headers, data = ask(port, "GET", f"{base}/source.pdf", {"Range": "bytes=0-3,-4"})
    assert status == 206
    assert headers["content-length"] == str(len(data))
    assert ask(port, "GET", f"{base}/source.pdf")[2] == pdf
    status, headers, data = ask(port, "GET", f"{base}/source.pdf", {"If-None-Match": headers["etag"]})
    assert (status, data) == (304, b"")
    status, headers, data = ask(port, "GET", f"{base}/tiles/1/3200/1/1.webp")  # starts a process that draws
    assert (status, headers["content-type"]) == (200, "image/webp")
    assert ask(port, "GET", "/../../../../etc/passwd")[0] in (400, 404)
    running = children(process.pid)
    assert len(running) >= 2
    os.kill(process.pid, stop)
    process.wait(15)
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{one}").exists() for one in running) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [one for one in running if Path(f"/proc/{one}").exists()] == []


def test_a_port_that_is_taken_is_told(live_folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port()))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [*COMMAND, str(live_folder / "edition"), "--port", str(port)], capture_output=True, timeout=60, check=False
        )
    assert done.returncode == 41
    assert b"already listens on this port" in done.stderr
    assert b"Traceback" not in done.stderr
