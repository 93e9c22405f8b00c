"""The house rules: names, sizes, first lines, documented errors and settings, nothing of a machine in the files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from pathlib import Path

import click
from tests.architecture.files import ROOT, tracked

from masthead.access import errors as _access_errors  # noqa: F401 - these define errors
from masthead.accounts import errors as _accounts_errors  # noqa: F401
from masthead.annotations import errors as _annotations_errors  # noqa: F401
from masthead.api import errors as _api_errors  # noqa: F401
from masthead.command import house as _house  # noqa: F401
from masthead.command import main
from masthead.command import serving as _serving  # noqa: F401
from masthead.config.settings import Settings, SettingsError
from masthead.document.errors import MastheadError
from masthead.forms import errors as _form_errors  # noqa: F401
from masthead.library import errors as _library_errors  # noqa: F401
from masthead.orders import errors as _order_errors  # noqa: F401
from masthead.production import errors as _production_errors  # noqa: F401
from masthead.production.overlays import errors as _overlay_errors  # noqa: F401
from masthead.webhooks import errors as _webhook_errors  # noqa: F401

MAX_FILE, MAX_FUNCTION = 400, 50
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}


def errors() -> list[type[MastheadError]]:
    found, waiting = [], [MastheadError]
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting += kind.__subclasses__()
    return found


def shown(paths: Iterable[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def test_files_are_small_and_well_named() -> None:
    paths = tracked(".py", ".ts", ".css", ".mjs")
    assert len(paths) > 1000
    written = [path for path in paths if "contract" not in path.parts]
    assert not shown(path for path in written if len(path.read_text(encoding="utf-8").splitlines()) > MAX_FILE)
    assert not shown(
        path for path in paths if FORBIDDEN_NAMES & {part.removesuffix(path.suffix).lower() for part in path.parts}
    )


def test_functions_are_short_and_classes_well_named() -> None:
    wrong = []
    for path in tracked(".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                if (node.end_lineno or 0) - node.lineno >= MAX_FUNCTION:
                    wrong.append(f"{path.relative_to(ROOT)}: {node.name} is too long")
            elif isinstance(node, ast.ClassDef) and node.name.endswith(("Manager", "Service", "Helper")):
                wrong.append(f"{path.relative_to(ROOT)}: {node.name}")
    assert not wrong


def test_the_first_line_says_what_a_module_is_for() -> None:
    paths = tracked(".py", ".ts")
    assert len(paths) > 1000
    assert not shown(path for path in paths if not path.read_text(encoding="utf-8").lstrip().startswith(('"""', "/**")))


def test_every_error_has_its_own_code_and_status_and_is_documented() -> None:
    text = (ROOT / "docs/users/errors.md").read_text(encoding="utf-8")
    kinds = errors()
    assert len({kind.code for kind in kinds}) == len(kinds)
    assert len({kind.exit_status for kind in kinds}) == len(kinds)
    for kind in kinds:
        row = f"| `{kind.code}` | {kind.exit_status} | {kind.sentence} | {kind.hint} |"
        assert row in text, f"docs/users/errors.md lacks: {row}"
    assert SettingsError in kinds


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs/operators/settings.md").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        assert f"| `MASTHEAD_{name.upper()}` | {field.description} |" in text, name


def test_every_command_and_option_is_documented() -> None:
    text = (ROOT / "docs/users/command.md").read_text(encoding="utf-8")
    assert isinstance(main, click.Group)
    for name, command in main.commands.items():
        assert f"## masthead {name}" in text
        section = text.split(f"## masthead {name}")[1].split("\n## ")[0]
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert any(f"`{option}`" in section for option in parameter.opts), f"{name} {parameter.name}"


MACHINE = re.compile(
    r"(?<![\w.])/(?:root|work|Users|home|tmp)/\w|pypi\.org|files\.pythonhosted|registry\.npmjs|file:///(?!etc/passwd)",
    re.IGNORECASE,
)

PICTURES_AND_FONTS = {".webp", ".png", ".jpg", ".ttf", ".woff2"}


def test_nothing_of_a_machine_or_registry_is_in_the_files() -> None:
    own = Path(__file__).resolve()
    for path in tracked():
        if path.suffix in PICTURES_AND_FONTS:
            continue
        if path.resolve() != own:
            found = MACHINE.search(path.read_text(encoding="utf-8", errors="replace"))
            assert found is None, f"{path}: {found and found[0]}"
