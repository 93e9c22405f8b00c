"""The project's own files: as git lists them, or, where git is not at hand, all that .gitignore does not name."""

from __future__ import annotations

import os
import subprocess
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[2]


def tracked(*endings: str) -> list[Path]:
    """Files of the project with one of these endings, committed or about to be; all of them without an ending."""
    names = _names_from_git() or names_from_folder(ROOT)
    paths = [ROOT / name for name in names if not endings or name.endswith(endings)]
    return [path for path in paths if path.is_file()]


def _names_from_git() -> list[str]:
    """What git lists; nothing where there is no git, or the folder is a copy without its history."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return []
    return done.stdout.splitlines() if done.returncode == 0 else []


def names_from_folder(root: Path) -> list[str]:
    """Relative paths of all files in `root` save those in folders that its .gitignore names."""
    ignored = [line.rstrip("/") for line in (root / ".gitignore").read_text().splitlines() if line.endswith("/")]
    found = []
    for place, folders, files in os.walk(root):
        here = Path(place).relative_to(root)
        folders[:] = [name for name in folders if name != ".git" and not _is_ignored(here / name, ignored)]
        found += [(here / name).as_posix() for name in files]
    return sorted(found)


def _is_ignored(folder: Path, ignored: list[str]) -> bool:
    return any(
        pattern[1:] == folder.as_posix() if pattern.startswith("/") else fnmatch(folder.name, pattern)
        for pattern in ignored
    )
