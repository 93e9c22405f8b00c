"""Finds the sentences that the sources use, in TypeScript, Python and templates."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_LITERAL: Final = r"""(?:'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\$]|\\.)*)`)"""
_SINGLE: Final = re.compile(rf"(?<![\w$.])(?:t|mark)\(\s*{_LITERAL}", re.DOTALL)
_PLURAL: Final = re.compile(rf"(?<![\w$.])tn\(\s*{_LITERAL}\s*,\s*{_LITERAL}", re.DOTALL)
_TEMPLATE: Final = re.compile(rf"(?<![\w$])(?:text|t|_)\(\s*{_LITERAL}", re.DOTALL)
_TEMPLATE_PLURAL: Final = re.compile(rf"(?<![\w$])(?:plural|tn)\(\s*{_LITERAL}\s*,\s*{_LITERAL}", re.DOTALL)
_ESCAPE: Final = re.compile(r"\\(.)")
_TEMPLATES: Final = (".html", ".j2", ".jinja", ".xml", ".txt")
# The rooms whose constants are read by people.
_PEOPLE: Final = frozenset(
    {
        *("accounts", "access", "api", "backoffice", "edition", "exports", "faces", "library", "production", "site"),
        *("comments", "forms", "orders", "safekeeping", "sharing", "statistics", "webhooks"),
    }
)


@dataclass(frozen=True, order=True)
class Sentence:
    """An English sentence in a source; `many` is its plural, '' if it has none."""

    one: str
    many: str
    path: str


def gather(root: Path) -> list[Sentence]:
    """All sentences used below a project's reader/src and src/masthead; paths are relative to the project."""
    found: set[Sentence] = set()
    for folder in (root / "reader" / "src", root / "src" / "masthead"):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "node_modules" not in path.parts:
                found.update(_sentences(path, path.relative_to(root).as_posix()))
    return sorted(found)


def _sentences(path: Path, name: str) -> Iterator[Sentence]:
    if path.suffix == ".ts" and not path.name.endswith(".d.ts"):
        source = path.read_text(encoding="utf-8")
        yield from _by_pattern(source, name, _SINGLE, _PLURAL)
    elif path.suffix in _TEMPLATES:
        source = path.read_text(encoding="utf-8", errors="replace")
        yield from _by_pattern(source, name, _TEMPLATE, _TEMPLATE_PLURAL)
    elif path.suffix == ".py" and "wording" not in path.parts:
        yield from _from_python(path.read_text(encoding="utf-8"), name)


def _by_pattern(source: str, name: str, single: re.Pattern[str], plural: re.Pattern[str]) -> Iterator[Sentence]:
    for found in single.finditer(source):
        yield Sentence(_literal(*found.groups()), "", name)
    for found in plural.finditer(source):
        groups = found.groups()
        yield Sentence(_literal(*groups[:3]), _literal(*groups[3:]), name)


def _literal(*groups: str | None) -> str:
    return _ESCAPE.sub(r"\1", next(group for group in groups if group is not None))


def _from_python(source: str, name: str) -> Iterator[Sentence]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign) and _is_read_by_people(node.targets[0], name):
            yield from _strings(node.value, name)
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if node.func.attr == "text" and len(words) == 1 and len(node.args) == 1:
            yield Sentence(words[0], "", name)
        elif node.func.attr == "plural" and len(words) == 2:
            yield Sentence(words[0], words[1], name)


def _is_read_by_people(target: ast.expr, name: str) -> bool:
    """What an error says; and sentences that are chosen at run time, in a constant whose name ends in WORDS."""
    if isinstance(target, ast.Tuple):  # several at once: all of them, or nobody sees that one is left out
        named = [each for each in target.elts if isinstance(each, ast.Name) and each.id.endswith("_WORDS")]
        return any(_is_read_by_people(each, name) for each in named)
    if not isinstance(target, ast.Name):
        return False
    if name.endswith("/errors.py"):
        return target.id in ("sentence", "hint")
    return target.id.endswith("WORDS") and bool(_PEOPLE.intersection(name.split("/")))


def _strings(value: ast.expr, name: str) -> Iterator[Sentence]:
    """What stands in a constant that people read; of a table its values, not its keys."""
    keys = {id(key) for part in ast.walk(value) if isinstance(part, ast.Dict) for key in part.keys}
    for part in ast.walk(value):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and id(part) not in keys:
            yield Sentence(part.value, "", name)
