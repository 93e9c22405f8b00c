"""Where a backup lies: in a folder, into which the next one writes only what is new, or in one TAR file."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tarfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Protocol

from masthead.edition.folder import FileFacts
from masthead.safekeeping.contents import LIST, Contents, contents_of
from masthead.safekeeping.errors import BackupIncompleteError, BackupUnreadableError

_PIECE = 1 << 20  # bytes


class Hashing:
    """Reads a stream and knows what came; at most `size` bytes, as promised."""

    def __init__(self, stream: IO[Any], size: int) -> None:
        self._stream, self._left = stream, size
        self._digest, self._size = hashlib.sha256(), 0

    def read(self, count: int = -1) -> bytes:
        """The next bytes."""
        wanted = self._left if count < 0 else min(count, self._left)
        data: bytes = self._stream.read(wanted)
        self._digest.update(data)
        self._size += len(data)
        self._left -= len(data)
        return data

    @property
    def facts(self) -> FileFacts:
        """Of what was read."""
        return FileFacts(self._digest.hexdigest(), self._size)


class Target(Protocol):
    """What a backup is written to."""

    known: dict[str, FileFacts]

    def put(self, name: str, stream: IO[Any], size: int) -> FileFacts:
        """Write a file; what was written is what was read."""

    def finish(self, contents: Contents) -> None:
        """All is written: the list comes last."""


class FolderTarget:
    """A folder. What the backup before had is `known` and need not be written again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        known: dict[str, FileFacts] = {}
        with suppress(OSError):
            known = contents_of((folder / LIST).read_bytes()).files
        self.known = {name: facts for name, facts in known.items() if self._has(name, facts)}

    def _has(self, name: str, facts: FileFacts) -> bool:
        try:
            return (self._folder / name).stat().st_size == facts.size
        except OSError:
            return False

    def put(self, name: str, stream: IO[Any], size: int) -> FileFacts:
        """Write a file; see `Target`."""
        target, source = self._folder / name, Hashing(stream, size)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        growing = target.with_name(f".{target.name}.part")
        with growing.open("wb") as written:
            growing.chmod(0o600)
            shutil.copyfileobj(source, written, _PIECE)
        growing.replace(target)
        return source.facts

    def finish(self, contents: Contents) -> None:
        """Write the list, then remove what the house has no more."""
        growing = self._folder / f".{LIST}.part"
        with growing.open("wb") as written:
            written.write(contents.to_bytes())
            written.flush()
            os.fsync(written.fileno())
        growing.replace(self._folder / LIST)
        for path in sorted(self._folder.rglob("*"), reverse=True):
            if path.is_dir():
                with suppress(OSError):  # those that hold something stay
                    path.rmdir()
            elif (name := path.relative_to(self._folder).as_posix()) != LIST and name not in contents.files:
                path.unlink(missing_ok=True)


class TarTarget:
    """One file, which appears under its name when it is whole."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive
        self.known: dict[str, FileFacts] = {}

    def put(self, name: str, stream: IO[Any], size: int) -> FileFacts:
        """Write a file; see `Target`. What is shorter than it should be is filled up, and its hash tells."""
        source, entry = Hashing(stream, size), tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = size, 0o600, int(time.time())
        try:
            self._archive.addfile(entry, source)
        except OSError as error:
            raise BackupIncompleteError(f"{name}: {error}") from error
        return source.facts

    def finish(self, contents: Contents) -> None:
        """Write the list."""
        data = contents.to_bytes()
        self.put(LIST, io.BytesIO(data), len(data))


@contextmanager
def target_at(place: Path) -> Iterator[Target]:
    """A folder, or a file where the name ends with `.tar`."""
    if place.suffix != ".tar":
        yield FolderTarget(place)
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    growing = place.with_name(f".{place.name}.part")
    try:
        with growing.open("wb") as file:
            growing.chmod(0o600)
            with tarfile.open(fileobj=file, mode="w") as archive:
                yield TarTarget(archive)
            file.flush()
            os.fsync(file.fileno())
        growing.replace(place)
    finally:
        growing.unlink(missing_ok=True)


class Source:
    """A backup that is read. `contents` says what is in it."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._archive: tarfile.TarFile | None = None
        try:
            if place.is_dir():
                self.contents = contents_of((place / LIST).read_bytes())
            else:
                self._archive = tarfile.open(place, "r:")  # noqa: SIM115 - closed by `close`
                with self._member(LIST) as stream:
                    self.contents = contents_of(stream.read())
        except (OSError, tarfile.TarError, KeyError) as error:
            raise BackupUnreadableError(f"{place}: {error}") from error

    @contextmanager
    def open(self, name: str) -> Iterator[Hashing]:
        """A file of it; raises BackupUnreadableError where it is missing, or at the end if it is not what it should be.

        Whoever reads it must read all of it.
        """
        facts = self.contents.files[name]
        try:
            with self._member(name) as stream:
                source = Hashing(stream, facts.size + 1)
                yield source
        except (OSError, KeyError) as error:
            raise BackupUnreadableError(f"{name} is missing: {error}") from error
        if source.facts != facts:
            raise BackupUnreadableError(f"{name} is damaged")

    def names(self, below: str) -> Collection[str]:
        """The files whose name begins so."""
        return [name for name in self.contents.files if name.startswith(f"{below}/")]

    def close(self) -> None:
        """Let it go."""
        if self._archive is not None:
            self._archive.close()

    @contextmanager
    def _member(self, name: str) -> Iterator[IO[bytes]]:
        if self._archive is None:
            with (self._place / name).open("rb") as stream:
                yield stream
            return
        found = self._archive.extractfile(name)
        if found is None:
            raise KeyError(name)
        with found:
            yield found
