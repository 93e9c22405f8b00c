"""The scripts in bin/ stop at the first thing that fails, and say so by their exit status."""

from __future__ import annotations

import os
import shutil
import subprocess
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
