"""The reader's rooms import only from the rooms below them, features never import each other, nothing goes round."""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from tests.architecture.files import ROOT

SOURCE = ROOT / "reader/src"
STATEMENT = re.compile(
    r"""\b(?:import|export)\s+(?P<type>type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?["'](?P<static>\.[^"']+)["']"""
    r"""|\bimport\(\s*["'](?P<later>\.[^"']+)["']"""
)
ZONES: dict[str, set[str]] = {
    "contract": set(),
    "strings": set(),
    "book": {"contract"},
    "client": {"contract", "book"},
    "store": {"book", "contract", "client", "strings"},
    "stage": {"store", "book", "contract", "client", "strings"},
    "features": {"ui", "store", "book", "contract", "client", "strings"},
    "ui": {"features", "store", "book", "contract", "client", "strings"},
}


def imports(text: str) -> list[tuple[str, bool]]:
    """What a module imports from the reader's own, and whether it needs that to run."""
    return [
        (found["static"] or found["later"], not found["type"] and not found["later"])
        for found in STATEMENT.finditer(text)
    ]


def target(module: Path, name: str) -> Path:
    place = (module.parent / name).resolve()
    choices = (place, place.with_name(place.name + ".ts"), place / "index.ts")
    return next((choice for choice in choices if choice.is_file()), place)


def test_the_parser_sees_every_kind_of_import() -> None:
    text = """import { a,
  type B } from './one';
import type { C } from "../two";
import './three.css';
export * from './four';
const five = () => import('../five/panel');
import { outside } from 'outside';
"""
    assert imports(text) == [
        ("./one", True),
        ("../two", False),
        ("./three.css", True),
        ("./four", True),
        ("../five/panel", False),
    ]


MODULES = sorted(SOURCE.rglob("*.ts"))


def test_rooms_keep_to_their_zones() -> None:
    for module in [path for path in MODULES if path.parent != SOURCE]:
        own = module.relative_to(SOURCE).parts
        for name, _ in imports(module.read_text(encoding="utf-8")):
            other = target(module, name).relative_to(SOURCE).parts
            said = f"{module.relative_to(SOURCE)} does not import {name}"
            if other[0] == "features" == own[0]:
                assert other[1] == own[1], f"features never import each other: {said}"
            elif other[0] not in (own[0], "styles"):
                assert other[0] in ZONES[own[0]], said


def test_no_module_needs_itself_to_run() -> None:
    graph = {
        module: {target(module, name) for name, runs in imports(module.read_text(encoding="utf-8")) if runs}
        for module in MODULES
    }
    assert sum(len(needed) for needed in graph.values()) > len(MODULES)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(path.name for path in error.args[1]))


def test_only_rooms_with_a_zone_exist() -> None:
    rooms = {path.name for path in SOURCE.iterdir() if path.is_dir()}
    assert rooms == {*ZONES, "styles"}
