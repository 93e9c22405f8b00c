"""Where the index lies, which one is the current, and how another takes its place while people search.

The embedded index is a file of its own, not a table of the main database: taking in an issue then keeps no other writer
waiting, the file can be left out of backups, and a new one is put in its place by writing one name.
"""

from __future__ import annotations

import fcntl
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from masthead.search.embedded import VERSION as FILE_VERSION
from masthead.search.embedded import EmbeddedEngine
from masthead.search.errors import IndexBusyError
from masthead.search.server import VERSION as SCHEMA_VERSION
from masthead.search.server import ServerEngine

_LOCK_ID = 4_077_013  # any number; the same for all of this program, another than that of migrations
_SCHEMA = f"masthead_search_{SCHEMA_VERSION}"
_open = threading.local()
Index = EmbeddedEngine | ServerEngine


def is_on_server() -> bool:
    """Whether the house's database is a server, which then searches too."""
    return connection.vendor == "postgresql"


def current() -> Index | None:
    """The index that is searched, of this thread; None before the first was made."""
    if is_on_server():
        return ServerEngine(_SCHEMA) if _schema_exists() else None
    file = _current_file()
    kept: EmbeddedEngine | None = getattr(_open, "engine", None)
    if kept is not None and kept.file != file:
        kept.close()
        kept = _open.engine = None
    if kept is None and file is not None:
        kept = _open.engine = EmbeddedEngine(file)
    return kept


def begin() -> Index:
    """An empty index beside the current one."""
    if is_on_server():
        fresh = ServerEngine(f"{_SCHEMA}_next")
        fresh.create()
        return fresh
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return EmbeddedEngine(folder / f"index-{FILE_VERSION}-{secrets.token_hex(4)}.sqlite3")


def adopt(fresh: Index) -> None:
    """Let an index be the current one; who searches at this moment still has the old one."""
    if isinstance(fresh, ServerEngine):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {_SCHEMA} CASCADE")
            cursor.execute(f"ALTER SCHEMA {fresh.schema} RENAME TO {_SCHEMA}")
        return
    fresh.close()
    pointer = _folder() / "current"
    beside = pointer.with_suffix(".next")
    beside.write_text(fresh.file.name, encoding="ascii")
    beside.replace(pointer)
    for old in _folder().glob("index-*"):
        if not old.name.startswith(fresh.file.name):
            with suppress(OSError):
                old.unlink()


@contextmanager
def writing(*, wait: bool) -> Iterator[None]:
    """The right to write to the index, which one process has at a time; raises IndexBusyError without `wait`."""
    if is_on_server():
        with _server_lock(wait=wait):
            yield
        return
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    with (_folder() / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError as error:
            raise IndexBusyError("") from error
        yield


@contextmanager
def _server_lock(*, wait: bool) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_{'' if wait else 'try_'}advisory_lock(%s)", [_LOCK_ID])
        if not wait and not cursor.fetchone()[0]:
            raise IndexBusyError("")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK_ID])


def _folder() -> Path:
    folder: Path = settings.MASTHEAD.data / "search"
    return folder


def _current_file() -> Path | None:
    """The file that the pointer names, if it is there and of this program's version."""
    try:
        name = (_folder() / "current").read_text(encoding="ascii").strip()
    except OSError:
        return None
    file = _folder() / name
    return file if name.startswith(f"index-{FILE_VERSION}-") and file.is_file() else None


def _schema_exists() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [_SCHEMA])
        return cursor.fetchone() is not None
