"""A journey's wait does wait: Playwright's `wait_for_function` takes a promise for yes, whatever it comes to."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from tests.architecture.files import ROOT

SCRIPTS = sorted(path for folder in ("tests", "bench") for path in (ROOT / folder).rglob("*.py"))
PROMISES = re.compile(r"\bthen\(|\basync\b|\bawait\b|\bcaches\.|\bfetch\(|Promise")


def promised(source: str, constants: dict[str, str]) -> list[str]:
    """The expressions that are waited for and answer with a promise."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    waits = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr == "wait_for_function"]
    given = [ast.unparse(call.args[0]) for call in waits]
    said = [constants.get(expression, expression) for expression in given]
    return [expression for expression in said if PROMISES.search(expression)]


@pytest.fixture(scope="module")
def constants() -> dict[str, str]:
    """The strings that modules of tests and benches give a name, by that name."""
    found = {}
    for path in SCRIPTS:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                found[node.targets[0].id] = ast.unparse(node.value)
    return found


@pytest.mark.parametrize(
    "source",
    ['page.wait_for_function("() => caches.keys().then(empty)")', "page.wait_for_function(KEPT)"],
)
def test_a_promise_is_found(source: str) -> None:
    assert len(promised(source, {"KEPT": "'async () => true'"})) == 1


def test_nothing_waits_for_a_promise_that_way(constants: dict[str, str]) -> None:
    assert len(constants) > 100
    found: dict[Path, list[str]] = {path: promised(path.read_text(encoding="utf-8"), constants) for path in SCRIPTS}
    assert {path.name: said for path, said in found.items() if said} == {}
