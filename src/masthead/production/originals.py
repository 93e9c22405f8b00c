"""The storage of PDFs as they were handed over: each content once, removed when nothing needs it any more."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.files import File
from django.core.files.storage import Storage, storages

from masthead.accounts.selectors import Publisher, User
from masthead.production.correction_rows import inserted_pdfs
from masthead.production.models import Arrival, Conversion, Upload


def original_keep(*, by: User, publisher: Publisher, file: Path, name: str) -> Upload:
    """Move a whole file into the storage, under its content."""
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        size = stream.tell()
    upload = Upload(publisher=publisher, sha256=digest, size=size, name=name[-255:], by=by)
    originals = storages["originals"]
    if not originals.exists(upload.path) or originals.size(upload.path) != size:
        originals.delete(upload.path)  # what an interrupted upload left
        _move(originals, file, upload.path)
    upload.save()
    file.unlink(missing_ok=True)
    return upload


@contextmanager
def original_file(upload: Upload) -> Iterator[Path]:
    """The PDF as a file on this machine, which the sandboxed process needs; a copy where it lies elsewhere."""
    originals = storages["originals"]
    try:
        own = Path(originals.path(upload.path))
    except NotImplementedError:  # what Django's storages without paths answer
        with NamedTemporaryFile(suffix=".pdf") as copy, originals.open(upload.path) as stream:
            shutil.copyfileobj(stream, copy)
            copy.flush()
            yield Path(copy.name)
    else:
        yield own


def originals_forget() -> int:
    """Remove PDFs that no conversion and no arrival needs any more; says how many rows went."""
    needed = Conversion.objects.values("upload")
    waiting = Arrival.objects.filter(upload__isnull=False).exclude(state=Arrival.State.USED).values("upload")
    spare = Upload.objects.exclude(pk__in=needed).exclude(pk__in=waiting).exclude(sha256__in=inserted_pdfs())
    removed = 0
    for upload in spare[:500]:
        upload.delete()
        removed += 1
        if not Upload.objects.filter(sha256=upload.sha256).exists():
            storages["originals"].delete(upload.path)
    return removed


def _move(originals: Storage, file: Path, path: str) -> None:
    """Without a copy where both lie on one disk."""
    try:
        target = Path(originals.path(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(file, target)
    except (NotImplementedError, OSError):
        with file.open("rb") as stream:
            originals.save(path, File(stream))
