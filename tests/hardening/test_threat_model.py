"""The threat model is true: each attack has a defence and a test that exists, each test of hardening a row."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from tests.hardening.expressions import SOURCE

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs/engineers/threat-model.md"
ATTACKS = ROOT / "docs/engineers/attacks.md"
NAMED = re.compile(r"`([a-z_/]+\.py)::(\w+)`")
# Tests of the tools that the others stand on.
OF_TOOLS = {"the_proof_finds", "the_proof_lets", "each_row_names", "each_attack_names", "every_test_of_hardening"}
# Modules that open connections to where somebody else says, or to the operator's own servers.
CALLS_OUT = {"calling/requesting.py", "calling/judging.py"}
KNOWN = {
    "backoffice/publication_pages.py": "asks whether a domain leads here; connects to nothing",
    "command/house.py": "listens",
    "command/web_process.py": "listens",
    "pdf/forking.py": "hears over a socket that has no name who wants a process",
    "pdf/zygote.py": "the other end of that socket",
    "outbox/mail.py": "names of failures; the operator's mail server",
    "production/links/asking.py": "names of failures",
    "production/worker.py": "the name of this machine",
}


def rows() -> list[list[str]]:
    table = DOCUMENT.read_text("utf-8").split("## Attack, defence, test")[1].split("\n## ")[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")][1:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


@cache
def functions_of(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0][:40])
def test_each_row_names_tests_that_exist(row: list[str]) -> None:
    assert len(row) == 3, row
    assert row[1]
    named = NAMED.findall(row[2])
    assert named, "a defence without a test is a hope"
    for file, name in named:
        assert name in functions_of(file), f"{file}::{name}"


def attacks() -> list[list[str]]:
    lines = [line for line in ATTACKS.read_text("utf-8").splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return [row for row in cells if row[0] != "attack"]


def test_each_attack_names_what_carries_it_out() -> None:
    assert len(attacks()) > 50
    for row in attacks():
        assert len(row) == 3, row
        assert row[1], row
        named = NAMED.findall(row[2])
        assert named, row
        for file, name in named:
            assert name in functions_of(file), f"{file}::{name}"


def test_every_test_of_hardening_proves_a_row() -> None:
    named = {name for row in rows() for _, name in NAMED.findall(row[2])}
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        own = {name for name in functions_of(f"hardening/{path.name}") if name.startswith("test_")}
        spare = {name for name in own - named if not any(word in name for word in OF_TOOLS)}
        assert not spare, path.name


def test_nothing_calls_out_but_the_one_way() -> None:
    """No other module opens connections: by what it imports."""
    ways = {"socket", "http.client", "urllib.request", "requests", "httpx", "aiohttp", "urllib3", "ftplib", "smtplib"}
    found = set()
    for path in SOURCE.rglob("*.py"):
        text = path.read_text("utf-8")
        only_names = set(re.findall(r"http\.client\.(\w+)", text)) <= {"HTTPException"}
        for node in ast.walk(ast.parse(text)):
            names = [part.name for part in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if (ways - {"http.client"} if only_names else ways) & set(names):
                found.add(path.relative_to(SOURCE).as_posix())
    assert found - KNOWN.keys() == CALLS_OUT
    assert KNOWN.keys() <= found, "nothing is left to explain"


def test_the_check_looks_through_the_source() -> None:
    assert ".venv/bin/python -m tests.hardening.findings" in (ROOT / "bin/check").read_text("utf-8").splitlines()
    assert "pip-audit" in (ROOT / "bin/audit").read_text("utf-8")
