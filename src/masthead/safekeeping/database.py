"""The rows of the house as one file and back: a copy of SQLite made while it is written to, or what pg_dump writes."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from django.db import DatabaseError, connection

from masthead.accounts.selectors import is_set_up
from masthead.safekeeping.errors import BackupUnreadableError, ProgramMissingError

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
_MADE_ANEW = "masthead_search*"  # the search index: the clock makes it again


def kind() -> str:
    """Which database the house has."""
    return str(connection.vendor)


def is_empty() -> bool:
    """Whether the database has no tables yet. An embedded one that is not there is not made by asking."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).is_file():
        return True
    return not connection.introspection.table_names()


def holds_house() -> bool:
    """Whether somebody's house is in it, of whatever version; tables alone are none."""
    if is_empty():
        return False
    try:
        return is_set_up()
    except DatabaseError:  # tables of another version, or of another program
        return True


def write_database(target: Path) -> None:
    """All rows as they are at one moment, while others go on writing. Raises ProgramMissingError."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        return
    _run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--exclude-schema={_MADE_ANEW}",
          f"--file={target}"])  # fmt: skip


def read_database(source: Path) -> None:
    """Put the rows into the empty database; raises BackupUnreadableError, ProgramMissingError."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(source)) as copy:
            try:
                faults = [row[0] for row in copy.execute("PRAGMA integrity_check")]
            except sqlite3.DatabaseError as error:
                faults = [str(error)]
        if faults != ["ok"]:
            raise BackupUnreadableError(f"the database: {faults[0]}")
        connection.close()
        place = Path(connection.settings_dict["NAME"])
        growing = place.with_name(f".{place.name}.part")
        shutil.copyfile(source, growing)
        growing.chmod(0o600)
        growing.replace(place)
        return
    _run(["pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
          f"--dbname={connection.settings_dict['NAME']}", str(source)])  # fmt: skip


def applied_migrations() -> list[str]:
    """The changes of tables that the database knows of."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
            return [f"{app}.{name}" for app, name in cursor.fetchall()]
    except DatabaseError:
        return []


def _run(command: Sequence[str]) -> None:
    """Run one of PostgreSQL's programs; the password goes by the environment, where nobody else sees it."""
    known = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = {**os.environ, **{name: str(known[key]) for name, key in names.items() if known.get(key)}}
    options = known.get("OPTIONS", {})
    if "sslmode" in options:
        environment["PGSSLMODE"] = str(options["sslmode"])
    program = shutil.which(command[0])
    if program is None:
        raise ProgramMissingError(f"{command[0]} is not installed")
    done = subprocess.run([program, *command[1:]], env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ProgramMissingError(f"{command[0]}: {done.stderr.strip()[-300:]}")
