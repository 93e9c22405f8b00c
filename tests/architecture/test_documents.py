"""The documents are true: their links lead somewhere, every field of the format is named, examples are valid."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.architecture.files import ROOT, tracked

from masthead.document.text import Role

FORMAT = ROOT / "docs/engineers/edition-format.md"
SCHEMAS = ROOT / "src/masthead/edition/schema"
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")


@pytest.mark.parametrize("path", tracked(".md"), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_every_document_is_in_the_index() -> None:
    index = ROOT / "docs/README.md"
    named = {(index.parent / target).resolve() for target in LINK.findall(index.read_text(encoding="utf-8"))}
    for path in (ROOT / "docs").rglob("*.md"):
        assert path == index or path in named or path.parent in named, f"docs/README.md does not lead to {path.name}"


def fields(schema: Any) -> set[str]:
    """The names of all properties in a schema."""
    if isinstance(schema, list):
        return set().union(*map(fields, schema))
    if not isinstance(schema, dict):
        return set()
    own = set(schema["properties"]) if isinstance(schema.get("properties"), dict) else set()
    return own.union(*map(fields, schema.values()))


@pytest.mark.parametrize("kind", ["manifest", "page"])
def test_the_format_is_documented_and_its_example_valid(kind: str) -> None:
    text = FORMAT.read_text(encoding="utf-8")
    schema = json.loads((SCHEMAS / f"{kind}-1.json").read_text(encoding="utf-8"))
    prose = re.sub(r"```.*?```", "", text, flags=re.S)
    for name in fields(schema):
        assert re.search(rf"`{name}`|\"{name}\"", prose), f"{name} is not explained"
    example = text.split(f"```json {kind}\n")[1].split("```")[0]
    Draft202012Validator(schema).validate(json.loads(example))


def test_every_role_is_named() -> None:
    text = FORMAT.read_text(encoding="utf-8")
    assert not [role.value for role in Role if f"`{role.value}`" not in text]


def test_every_decision_has_its_number() -> None:
    for number, path in enumerate(sorted((ROOT / "docs/decisions").glob("*.md")), start=1):
        assert path.name.startswith(f"{number:04}-")
        assert path.read_text(encoding="utf-8").startswith(f"# {number}. ")
