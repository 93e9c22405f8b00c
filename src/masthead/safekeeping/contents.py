"""What a backup holds: a list of its files with sizes and hashes, and what it was made of and with. Written last."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from masthead import __version__
from masthead.edition.folder import FileFacts
from masthead.library.builds import version_of
from masthead.safekeeping.errors import BackupUnreadableError

LIST = "backup.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Contents:
    """A backup's list. Times are ISO 8601 in UTC."""

    made_at: str
    database: str  # sqlite or postgresql
    files: dict[str, FileFacts] = field(default_factory=dict)
    missing: tuple[str, ...] = ()  # what the house lacked
    version: str = __version__  # of the program that made it
    format: int = FORMAT

    def to_bytes(self) -> bytes:
        """As JSON."""
        fields = asdict(self) | {"files": {name: [facts.sha256, facts.size] for name, facts in self.files.items()}}
        return (json.dumps(fields, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def contents_of(data: bytes) -> Contents:
    """The list as it was read; raises BackupUnreadableError, also where a newer program wrote it."""
    try:
        said: Mapping[str, Any] = json.loads(data)
        files = {_safe(name): FileFacts(str(sha256), int(size)) for name, (sha256, size) in said["files"].items()}
        found = Contents(
            str(said["made_at"]),
            str(said["database"]),
            files,
            tuple(map(str, said["missing"])),
            str(said["version"]),
            int(said["format"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BackupUnreadableError(f"{LIST} is not a list of a backup: {error}") from error
    if found.format != FORMAT or version_of(found.version) > version_of(__version__):
        raise BackupUnreadableError(f"it was made by Masthead {found.version}, this is {__version__}")
    return found


def _safe(name: str) -> str:
    """The name, which stays below the folder it is written to; raises ValueError."""
    if any(part in ("", ".", "..") or "\0" in part for part in name.split("/")):
        raise ValueError(f"{name!r} is no name of a file")
    return name
