"""Another program that runs on data from a PDF: what it may not do, and how its end is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

from masthead.document.errors import MemoryLimitError, ReaderProcessError, TimeLimitError
from masthead.pdf.program import run_program
from masthead.pdf.sandbox import Sandbox

PYTHON = [Path(path) for path in {*sysconfig.get_paths().values(), sys.prefix, sys.base_prefix} if Path(path).exists()]


def run(code: str, data: bytes = b"", *, seconds: float = 20, memory_mb: int = 300) -> str:
    """Python as the other program."""
    program = os.path.realpath(sys.executable)
    output = run_program([program, "-I", "-c", code], data, seconds=seconds, memory_mb=memory_mb, readable=PYTHON)
    return output.decode()


@pytest.fixture(scope="module")
def in_force() -> dict[str, bool]:
    with Sandbox("masthead.edition.worker:create") as process:
        return process.in_force


def test_it_answers_what_it_was_given() -> None:
    code = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read()[::-1])"
    assert run(code, b"lamp" * 1_000_000) == "pmal" * 1_000_000


def test_it_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASTHEAD_SECRET", "swordfish")
    names = json.loads(run("import os, json; print(json.dumps(list(os.environ)))"))
    assert set(names) <= {"PATH", "LANG", "HOME", "LC_CTYPE"}


def test_it_reads_and_writes_no_file(tmp_path: Path, in_force: dict[str, bool]) -> None:
    if not in_force["no_files"]:
        pytest.skip("this platform cannot take files away")
    diary = tmp_path / "diary"
    diary.write_text("private")
    with pytest.raises(ReaderProcessError, match="PermissionError"):
        run(f"print(open({str(diary)!r}).read())")
    with pytest.raises(ReaderProcessError, match="PermissionError"):
        run(f"open({str(tmp_path / 'stolen')!r}, 'w')")


def test_it_has_no_network(in_force: dict[str, bool]) -> None:
    if not in_force["no_network"]:
        pytest.skip("this platform cannot take the network away")
    assert run("import socket; print([name for _, name in socket.if_nameindex() if name != 'lo'])") == "[]\n"
    with pytest.raises(ReaderProcessError):
        run("import socket; socket.create_connection(('127.0.0.1', 9), 1)")


def test_it_has_no_capability_even_for_root(in_force: dict[str, bool]) -> None:
    if not in_force["no_capabilities"]:
        pytest.skip("this platform has no capabilities to take away")
    code = "import ctypes; print([ctypes.CDLL(None).prctl(23, number) for number in range(40)])"  # PR_CAPBSET_READ
    assert set(json.loads(run(code))) == {0}


def test_time_memory_and_failures_are_told() -> None:
    start = time.monotonic()
    with pytest.raises(TimeLimitError):
        run("import time; time.sleep(60)", seconds=1)
    assert time.monotonic() - start < 10
    with pytest.raises(MemoryLimitError):
        run("bytearray(1 << 32)", memory_mb=200)
    with pytest.raises(ReaderProcessError, match="no lamp"):
        run("import sys; sys.exit('no lamp')")


def test_it_dies_with_its_parent() -> None:
    code = (
        "import os, signal, sys, threading, time; from pathlib import Path\n"
        "from masthead.pdf.program import run_program\n"
        "job = lambda: run_program(['/bin/sleep', '60'], b'', seconds=60, memory_mb=100)\n"
        "threading.Thread(target=job, daemon=True).start()\n"
        "here = str(os.getpid())\n"
        "def children():\n"
        "    return Path(f'/proc/{here}/task').glob('*/children')\n"
        "deadline = time.monotonic() + 10\n"
        "while time.monotonic() < deadline:\n"
        "    found = ' '.join(path.read_text() for path in children()).split()\n"
        "    if found and 'sleep' in Path(f'/proc/{found[0]}/comm').read_text(): break\n"
        "    time.sleep(0.05)\n"
        "print(found[0], flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    child = Path(f"/proc/{int(done.stdout)}")
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and child.exists() and "Z" not in (child / "stat").read_text().split()[2]:
        time.sleep(0.05)
    assert not child.exists() or (child / "stat").read_text().split()[2] == "Z"
