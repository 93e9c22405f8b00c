"""The tables of a house, made once for each set of migrations; databases and houses of tests begin with a copy."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[1]
_MAKE: Final = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", interactive=False, verbosity=0)
call_command("createcachetable", verbosity=0)
connection.cursor().execute("PRAGMA journal_mode=DELETE")
connection.close()
"""


def made_tables() -> Path:
    """A database of SQLite as the migrations leave it; whoever asks first makes it, the others wait for that."""
    kept = ROOT / f"build/empty-house-{_version()}.sqlite3"
    kept.parent.mkdir(exist_ok=True)
    with (kept.parent / "empty-house.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            with tempfile.TemporaryDirectory(dir=kept.parent) as making:
                own = {name: value for name, value in os.environ.items() if not name.startswith("MASTHEAD_")}
                own |= {"MASTHEAD_DATA": making, "DJANGO_SETTINGS_MODULE": "masthead.config.house_settings"}
                subprocess.run([sys.executable, "-c", _MAKE], check=True, env=own)
                (Path(making) / "masthead.sqlite3").rename(kept)
    return kept


@cache
def _version() -> str:
    """What the tables depend on, in few letters."""
    files = [*(ROOT / "src/masthead").glob("*/migrations/*.py"), *ROOT.glob("requirements*.lock")]
    files += (ROOT / "src/masthead/config").glob("*.py")
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()[:12]


def give_tables(data: Path) -> None:
    """Put the tables into a data folder that has none yet: a house that starts there finds nothing left to migrate."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (data / "masthead.sqlite3").exists():
        shutil.copyfile(made_tables(), data / "masthead.sqlite3")


def begin_with_made_tables() -> None:
    """Let Django's test databases be copies, where they are SQLite's; each worker would migrate its own otherwise."""
    from django.conf import settings
    from django.db.backends.sqlite3.creation import DatabaseCreation

    def create_test_db(self: Any, *_: object, **__: object) -> str:
        name: str = self._get_test_db_name()
        self.connection.close()
        settings.DATABASES[self.connection.alias]["NAME"] = self.connection.settings_dict["NAME"] = name
        self.connection.ensure_connection()
        with closing(sqlite3.connect(made_tables())) as source:
            source.backup(self.connection.connection)
        return name

    DatabaseCreation.create_test_db = create_test_db  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    made_tables()
