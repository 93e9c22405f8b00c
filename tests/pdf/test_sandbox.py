"""The process that opens PDFs: what it may not do, and how its end is told."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from masthead.document.errors import (
    MastheadError,
    MemoryLimitError,
    PageFailedError,
    PasswordWrongError,
    ReaderProcessError,
    TimeLimitError,
)
from masthead.pdf.sandbox import Limits, Sandbox
from masthead.pdf.zygote import forked_process

ROOT = Path(__file__).parents[2]
ENTRY = "misbehaving:Misbehaving"


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    monkeypatch.setenv("MASTHEAD_SECRET", "swordfish")
    monkeypatch.setattr("masthead.pdf.sandbox.import_path", lambda: [str(ROOT / "src"), str(Path(__file__).parent)])
    with Sandbox(ENTRY, Limits(output_mb=2)) as process:
        yield process


def test_it_answers_again_and_again(sandbox: Sandbox) -> None:
    for text in ("Grüße", "مرحبا", ""):
        assert sandbox.request({"do": "echo", "text": text}, seconds=10).header == {"said": text}


def test_it_has_no_network(sandbox: Sandbox) -> None:
    if not sandbox.in_force["no_network"]:
        pytest.skip("this platform cannot take the network away")
    with socket.create_server(("127.0.0.1", 0)) as server:
        reply = sandbox.request({"do": "network", "port": server.getsockname()[1]}, seconds=10)
    assert reply.header["reached"] is False


def test_it_writes_no_file(sandbox: Sandbox, tmp_path: Path) -> None:
    reply = sandbox.request({"do": "write", "path": str(tmp_path / "stolen")}, seconds=10)
    assert reply.header["written"] is False
    assert not (tmp_path / "stolen").exists() or (tmp_path / "stolen").stat().st_size == 0


def test_it_reads_nothing_but_what_it_needs(sandbox: Sandbox, tmp_path: Path) -> None:
    if not sandbox.in_force["no_files"]:
        pytest.skip("this platform cannot take files away")
    (tmp_path / "diary").write_text("private")
    assert sandbox.request({"do": "read", "path": str(tmp_path / "diary")}, seconds=10).header["read"] is None
    assert sandbox.request({"do": "read", "path": "/etc/passwd"}, seconds=10).header["read"] is None


def test_it_has_no_capability_even_for_root(sandbox: Sandbox) -> None:
    if not sandbox.in_force["no_capabilities"]:
        pytest.skip("this platform has no capabilities to take away")
    status = Path(f"/proc/{sandbox.process_id}/status").read_text()
    held = {line.split(":")[0]: int(line.split()[1], 16) for line in status.splitlines() if line.startswith("Cap")}
    assert held["CapEff"] == held["CapPrm"] == held["CapInh"] == 0


def test_it_knows_no_secret(sandbox: Sandbox) -> None:
    names = sandbox.request({"do": "environment"}, seconds=10).header["names"]
    assert "MASTHEAD_SECRET" not in names
    assert set(names) <= {"PATH", "LANG", "HOME", "LC_CTYPE"}


def test_a_process_that_hangs_is_killed(sandbox: Sandbox) -> None:
    start = time.monotonic()
    with pytest.raises(TimeLimitError):
        sandbox.request({"do": "hang"}, seconds=0.5)
    assert time.monotonic() - start < 5
    assert not sandbox.is_alive
    assert not Path(f"/proc/{sandbox.process_id}").exists()


def test_who_waits_for_an_answer_hears_that_another_thread_ended_it(sandbox: Sandbox) -> None:
    heard: list[Exception] = []

    def ask() -> None:
        try:
            sandbox.request({"do": "hang"}, seconds=50)
        except MastheadError as error:
            heard.append(error)

    waiting = threading.Thread(target=ask)
    waiting.start()
    time.sleep(0.3)
    sandbox.close()
    waiting.join(10)
    assert not waiting.is_alive()
    assert [type(error) for error in heard] == [ReaderProcessError]


def test_memory_is_limited(sandbox: Sandbox) -> None:
    with pytest.raises(MemoryLimitError):
        sandbox.request({"do": "eat"}, seconds=20)


def test_a_crash_is_told_with_its_signal(sandbox: Sandbox) -> None:
    with pytest.raises(ReaderProcessError, match="SIGSEGV"):
        sandbox.request({"do": "crash"}, seconds=10)
    assert not sandbox.is_alive


def test_too_much_output_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(ReaderProcessError, match="limit"):
        sandbox.request({"do": "flood"}, seconds=10)


def test_expected_errors_cross_under_their_own_class(sandbox: Sandbox) -> None:
    with pytest.raises(PasswordWrongError, match="on purpose"):
        sandbox.request({"do": "refuse"}, seconds=10)
    with pytest.raises(PageFailedError, match="unexpected"):
        sandbox.request({"do": "stumble"}, seconds=10)
    assert sandbox.is_alive


def test_it_dies_with_its_parent() -> None:
    code = (
        "import os, signal; from masthead.pdf.sandbox import Sandbox\n"
        "process = Sandbox('masthead.edition.worker:create')\n"
        "print(process.process_id, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    child = int(done.stdout)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and _runs(child):
        time.sleep(0.05)
    assert not _runs(child)


def test_they_are_forked_from_a_process_that_knows_no_secret(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with Sandbox(ENTRY) as other:
        parents = {_parent(sandbox), _parent(other)}
    assert len(parents) == 1
    assert parents != {os.getpid()}
    environment = Path(f"/proc/{parents.pop()}/environ").read_bytes()
    assert b"swordfish" not in environment
    assert b"PATH=" in environment


def test_one_holds_nothing_of_another(sandbox: Sandbox) -> None:
    with Sandbox(ENTRY) as other:
        held = other.request({"do": "descriptors"}, seconds=10).header["held"]
    assert len(held) == 5, held  # three streams, two of them again


def test_the_end_of_one_is_not_that_of_another(sandbox: Sandbox) -> None:
    with Sandbox(ENTRY) as other:
        with pytest.raises(ReaderProcessError, match="SIGSEGV"):
            other.request({"do": "crash"}, seconds=10)
        assert sandbox.request({"do": "echo", "text": "here"}, seconds=10).header == {"said": "here"}


def test_whose_zygote_is_lost_is_told_and_the_next_has_another(sandbox: Sandbox) -> None:
    lost = _parent(sandbox)
    os.kill(lost, signal.SIGKILL)
    with pytest.raises(ReaderProcessError):
        sandbox.request({"do": "hang"}, seconds=10)
    with Sandbox(ENTRY) as other:
        assert other.request({"do": "echo", "text": "here"}, seconds=10).header == {"said": "here"}
        assert _parent(other) != lost


def test_a_zygote_that_nobody_needs_ends(tmp_path: Path) -> None:
    code = "import time; from masthead.pdf import forking\nforking.IDLE_SECONDS = 0.1\nforking.main()"
    mine, its_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with mine, its_end:
        zygote = subprocess.Popen([sys.executable, "-c", code], stdin=its_end.fileno())
        assert zygote.wait(20) == 0


def test_where_none_can_be_forked_one_is_started_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("masthead.pdf.sandbox.forked_process", lambda entry, path: None)
    monkeypatch.setattr("masthead.pdf.sandbox.import_path", lambda: [str(ROOT / "src"), str(Path(__file__).parent)])
    with Sandbox(ENTRY) as process:
        assert process.request({"do": "echo", "text": "here"}, seconds=10).header == {"said": "here"}
        assert _parent(process) == os.getpid()


def test_where_a_zygote_ends_at_once_the_operator_is_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    monkeypatch.setattr("masthead.pdf.zygote._PROGRAM", "sys.exit()")
    assert forked_process(ENTRY, [str(tmp_path)]) is None
    assert "started anew" in caplog.text


def test_processes_are_asked_for_by_many_threads_at_once(sandbox: Sandbox) -> None:
    def ask(number: int) -> object:
        with Sandbox(ENTRY) as process:
            return process.request({"do": "echo", "text": str(number)}, seconds=20).header["said"]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(24))) == [str(number) for number in range(24)]


def _parent(process: Sandbox) -> int:
    return int(Path(f"/proc/{process.process_id}/stat").read_text().rsplit(")", 1)[1].split()[1])


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this platform does not tell")
def test_how_much_memory_it_holds_is_known(sandbox: Sandbox) -> None:
    assert 5 < sandbox.resident_mb < 560
