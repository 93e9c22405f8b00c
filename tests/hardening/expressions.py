"""Every regular expression of the package: of modules as they were made, inside of functions from the source."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import masthead

SOURCE = Path(masthead.__file__).parent
_CALLS = {"compile", "match", "search", "sub", "subn", "fullmatch", "split", "findall", "finditer"}
_NOT_IMPORTED = ("masthead.__main__",)


@dataclass(frozen=True)
class Expression:
    """An expression and the module in which it stands."""

    where: str
    pattern: str | bytes
    flags: int = 0


def all_expressions() -> list[Expression]:
    """All of them, each once, without what is put together inside of a function."""
    found = {(one.where, one.pattern): one for one in (*_made(), *_written())}
    return list(found.values())


def put_together() -> set[str]:
    """Functions that put an expression together when they are called, as file and name."""
    return {f"{where}:{name}" for where, name, pattern, _ in _calls() if name and pattern is None}


def _made() -> Iterator[Expression]:
    for info in pkgutil.walk_packages([str(SOURCE)], "masthead."):
        if info.name in _NOT_IMPORTED or ".migrations" in info.name:
            continue
        module = importlib.import_module(info.name)
        for value in vars(module).values():
            for one in _patterns_in(value, 0):
                yield Expression(info.name, one.pattern, one.flags)


def _patterns_in(value: Any, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from _patterns_in(one, depth + 1)
    elif depth < 4 and isinstance(value, dict):
        for one in value.values():
            yield from _patterns_in(one, depth + 1)
    elif depth < 4 and is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from _patterns_in(getattr(value, part.name, None), depth + 1)


def _written() -> Iterator[Expression]:
    for where, name, pattern, flags in _calls():
        if name and pattern is not None:
            yield Expression(where, pattern, flags)


@cache
def _calls() -> list[tuple[str, str, str | bytes | None, int]]:
    """File, function ("" for none), expression (None: put together) and flags of every call of the library."""
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if "re." in text:
            where = path.relative_to(SOURCE).as_posix()
            found += [(where, *call) for call in _calls_below(ast.parse(text), "")]
    return found


def _calls_below(node: ast.AST, function: str) -> Iterator[tuple[str, str | bytes | None, int]]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        function = node.name
    if isinstance(node, ast.Call) and _is_of_library(node.func) and node.args:
        first = node.args[0]
        if not isinstance(first, ast.Name | ast.Attribute):  # of an expression, or a piece, which stands in the module
            yield function, first.value if isinstance(first, ast.Constant) else None, _flags(node)
    for child in ast.iter_child_nodes(node):
        yield from _calls_below(child, function)


def _is_of_library(called: ast.expr) -> bool:
    return (
        isinstance(called, ast.Attribute)
        and called.attr in _CALLS
        and isinstance(called.value, ast.Name)
        and called.value.id == "re"
    )


def _flags(call: ast.Call) -> int:
    said = [ast.unparse(part) for part in (*call.args[1:], *(word.value for word in call.keywords))]
    named = {name for text in said for name in re.findall(r"re\.([A-Z]+)\b", text)}
    found = 0
    for name in named:
        found |= int(getattr(re, name))
    return found
