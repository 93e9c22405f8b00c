"""The scripts in bin/ stop at the first thing that fails, and say so by their exit status."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.architecture.files import ROOT

SCRIPTS = [path for folder in ("bin", ".ci") for path in sorted((ROOT / folder).iterdir())]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_are_strict_and_can_be_run(script: Path) -> None:
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert lines[1].startswith("# "), "the second line says what the script is for"
    assert "set -euo pipefail" in lines
    assert os.access(script, os.X_OK)


def stage(folder: Path, failing: str) -> Path:
    """A project of stand-ins in which `bin/check` is real and the step that contains `failing` ends with status 7."""
    for name in ("bin", ".venv/bin", "reader", "node/bin", "node/lib/node_modules/npm/bin"):
        (folder / name).mkdir(parents=True)
    shutil.copy(ROOT / "bin/check", folder / "bin/check")
    body = f"""#!/bin/bash
[ "$1" = -c ] && {{ echo "{folder}/node"; exit; }}
case "$(basename "$0") $*" in *"{failing}"*) exit 7;; esac
"""
    for name in (".venv/bin/python", ".venv/bin/ruff", ".venv/bin/mypy", ".venv/bin/lint-imports", "node/bin/node"):
        (folder / name).write_text(body)
        (folder / name).chmod(0o755)
    return folder / "bin/check"


def run(script: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "MASTHEAD_IS_SET_UP": "yes"}
    return subprocess.run([str(script)], env=environment, capture_output=True, text=True, check=False)


def test_the_check_passes_when_all_steps_pass(tmp_path: Path) -> None:
    assert run(stage(tmp_path, "nothing of this name")).returncode == 0


@pytest.mark.parametrize(
    "failing",
    [
        "ruff check",
        "ruff format",
        "mypy",
        "lint-imports",
        "findings",
        "contract:check",
        "types",
        "test --silent",
        "-m pytest",
    ],
)
def test_the_check_fails_when_one_step_fails(tmp_path: Path, failing: str) -> None:
    assert run(stage(tmp_path, failing)).returncode == 7


def stage_journeys(folder: Path, failing: list[str], second: int) -> Path:
    """`bin/test` among stand-ins: the journeys fail in these files, and at the second try end with this status."""
    for name in ("bin", ".venv/bin", "tests/journeys"):
        (folder / name).mkdir(parents=True)
    for name in ("bin/test", "tests/journeys/unsteady.py"):
        shutil.copy(ROOT / name, folder / name)
    noted = json.dumps({f"{name}::test_one": True for name in failing})
    body = f"""#!/bin/bash
case "$*" in
  *tests.journeys.unsteady*) exec "{sys.executable}" -m tests.journeys.unsteady ;;
  *"journey tests/journeys")
    mkdir -p .pytest_cache/v/cache
    echo '{noted}' > .pytest_cache/v/cache/lastfailed
    exit 1 ;;
  *"-m journey"*) echo "again: $*"; exit {second} ;;
esac
"""
    for name in ("bin/setup", "bin/check", "bin/demo", ".venv/bin/python"):
        (folder / name).write_text(body)
        (folder / name).chmod(0o755)
    return folder / "bin/test"


@pytest.mark.parametrize(
    ("failing", "second", "passes"),
    [
        (["tests/journeys/test_a.py"], 0, True),
        (["tests/journeys/test_a.py", "tests/journeys/test_b.py"], 0, True),
        (["tests/journeys/test_a.py"], 1, False),
        (["tests/journeys/test_a.py", "tests/journeys/test_b.py", "tests/journeys/test_c.py"], 0, False),
        (["tests/journeys/conftest.py"], 0, False),
        ([], 0, False),
    ],
)
def test_one_or_two_files_of_journeys_are_tried_once_more_and_named(
    tmp_path: Path, failing: list[str], second: int, passes: bool
) -> None:
    done = run(stage_journeys(tmp_path, failing, second))
    assert (done.returncode == 0) == passes, done.stderr
    assert ("UNSTEADY, passed at the second try only: " + " ".join(failing) in done.stdout) == passes
