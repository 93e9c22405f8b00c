"""The lock file holds all that pyproject.toml asks for, each pinned, each with the hashes of its files."""

from __future__ import annotations

import re
import tomllib

import pytest
from tests.architecture.files import ROOT

ENTRY = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[\w.+!]+)(?: ; [^\\]+)? \\\n(?P<hashes>(?: {4}--hash=.*\n?)+)", re.M
)
HASH = re.compile(r"^ {4}--hash=sha256:[0-9a-f]{64}(?: \\)?$")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("name", sorted(path.name for path in ROOT.glob("requirements*.lock")))
def test_every_line_belongs_to_a_pinned_package_with_hashes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not ENTRY.sub("", text).strip()
    for entry in ENTRY.finditer(text):
        assert all(HASH.match(line) for line in entry["hashes"].splitlines()), entry["name"]


def test_every_package_asked_for_is_locked() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project, groups = settings["project"], settings["dependency-groups"]
    asked = [*project["dependencies"], *(name for group in project["optional-dependencies"].values() for name in group)]
    assert not missing(asked, "requirements.lock")
    for name, lock in (("books", "books"), ("installer", "installer"), ("storage", "scale")):
        assert not missing(groups[name], f"requirements-{lock}.lock")


def missing(asked: list[str], lock: str) -> set[str]:
    """Packages that the lock file lacks: run bin/lock."""
    locked = {normal(entry["name"]) for entry in ENTRY.finditer((ROOT / lock).read_text("utf-8"))}
    return {normal(re.split(r"[<>=!~\[ ;]", name)[0]) for name in asked} - locked
