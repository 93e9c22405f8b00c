"""Seals a folder: an inventory of every file with its hash, and the manifest that holds the inventory's hash."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from masthead.edition.folder import INVENTORY, MANIFEST, Manifest
from masthead.edition.page_files import to_bytes
from masthead.edition.writing import write_file


def seal(folder: Path, manifest: Callable[[dict[str, Any]], Manifest]) -> None:
    """Write inventory and manifest of a finished folder; `manifest` is given the inventory's entry."""
    own = {MANIFEST, INVENTORY}
    entries = []
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_file() and name not in own:
            with file.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            entries.append({"path": name, "sha256": digest, "size": file.stat().st_size})
    data = to_bytes(entries)
    write_file(folder / INVENTORY, data)
    entry = {"path": INVENTORY, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    write_file(folder / MANIFEST, to_bytes(manifest(entry)))
