"""The built reader that ships with the program: where its files lie and under which hashed names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from masthead import wording

FOLDER = Path(__file__).parent / "reader"
OFFLINE = "offline.js"  # the worker that opens what is kept on a device
_ENTRY = "src/main.ts"
_FIRST = "src/first.ts"


@dataclass(frozen=True, slots=True)
class ReaderFiles:
    """Paths relative to the reader's folder; the styles of the first paint are there themselves."""

    first: str  # runs before the first paint; "" in a build that has none
    script: str
    preloads: tuple[str, ...]
    styles: tuple[str, ...]
    critical_css: str
    article_css: str


def reader_files() -> ReaderFiles | None:
    """What the build wrote; None where the reader was not built (pages then read without it)."""
    manifest = FOLDER / ".vite" / "manifest.json"
    try:
        return _read(manifest, manifest.stat().st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=2)
def _read(manifest: Path, _changed: int) -> ReaderFiles:
    chunks = json.loads(manifest.read_text(encoding="utf-8"))
    entry = chunks[_ENTRY]
    preloads = [chunks[name]["file"] for name in entry.get("imports", [])]
    return ReaderFiles(
        first=chunks.get(_FIRST, {}).get("file", ""),
        script=entry["file"],
        preloads=tuple(preloads),
        styles=tuple(entry.get("css", [])),
        critical_css=_text("critical.css"),
        article_css=_text("article.css"),
    )


def reader_strings(language: str, own: Mapping[str, str]) -> dict[str, Any]:
    """The reader's sentences in a language, some of them said in another way; those alone where it was not built."""
    built = FOLDER / "strings" / f"{language}.json"
    strings: dict[str, Any] = {"language": language, "direction": wording.direction(language), "messages": {}}
    if built.is_file():
        strings = json.loads(built.read_text(encoding="utf-8"))
    return {**strings, "messages": {**strings["messages"], **own}}


def _text(name: str) -> str:
    file = FOLDER / name
    return file.read_text(encoding="utf-8") if file.is_file() else ""
