"""Files that overlays show: known by their first bytes, never by their names, and kept under their content."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Final

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from masthead.library.selectors import Edition
from masthead.pictures.uploaded import PictureError, PictureTooLargeError, upright_webp
from masthead.production.models import Overlay, OverlayFile, OverlayStep
from masthead.production.overlays.errors import OverlayFileError, OverlayFileTooLargeError

PICTURE, VIDEO, AUDIO, CAPTIONS = "picture", "video", "audio", "captions"
_LARGEST: Final = {PICTURE: 30 << 20, CAPTIONS: 2 << 20}  # bytes; of films and sound the operator says it
_HEAD = 4096  # bytes
_MP4 = re.compile(rb"^.{4}ftyp(isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV|dash|mp71)", re.DOTALL)
_M4A = re.compile(rb"^.{4}ftyp(M4A |M4B )", re.DOTALL)
_MP3_FRAME = re.compile(rb"^\xff[\xe2-\xe7\xf2-\xf7\xfa\xfb]")
_SRT_TIME = re.compile(r"(\d{1,2}:\d{2}:\d{2}),(\d{3})(\s*-->\s*)(\d{1,2}:\d{2}:\d{2}),(\d{3})")
NAME = re.compile(r"[0-9a-f]{32}\.(webp|mp4|webm|mp3|m4a|ogg|vtt)")


def ending_of(kind: str, head: bytes) -> str:
    """The ending for a film or a sound that begins with these bytes; raises OverlayFileError for anything else."""
    if kind == VIDEO:
        if _MP4.match(head):
            return "mp4"
        if head.startswith(b"\x1aE\xdf\xa3") and b"webm" in head[:64]:
            return "webm"
    elif kind == AUDIO:
        if _M4A.match(head):
            return "m4a"
        if head.startswith(b"ID3") or _MP3_FRAME.match(head):
            return "mp3"
        if head.startswith(b"OggS") and (b"OpusHead" in head or b"\x01vorbis" in head):
            return "ogg"
    raise OverlayFileError(kind)


def file_keep(*, edition: Edition, kind: str, stream: IO[bytes], label: str, field: str = "file") -> OverlayFile:
    """Keep a file for overlays of the edition. Raises OverlayFileError, OverlayFileTooLargeError, both at `field`.

    Pictures are written anew, so that only their pixels stay; captions become WebVTT. Who may do it was asked before.
    """
    size = stream.seek(0, 2)
    stream.seek(0)
    try:
        if size > _LARGEST.get(kind, settings.MASTHEAD.overlay_file_mb << 20):
            raise OverlayFileTooLargeError(f"{size} bytes")
        if kind == PICTURE:
            data, width, height = _picture(stream.read())
            return _add(edition, kind, ContentFile(data), "webp", label, width=width, height=height)
        if kind == CAPTIONS:
            return _add(edition, kind, ContentFile(_captions(stream.read())), "vtt", label)
        ending = ending_of(kind, stream.read(_HEAD))
        stream.seek(0)
        return _add(edition, kind, File(stream), ending, label)
    except (OverlayFileError, OverlayFileTooLargeError) as error:
        error.field = field
        raise


def file_of(edition: Edition, name: str, kind: str = "") -> OverlayFile | None:
    """A kept file of the edition by its name; None where there is none, or it is of another kind."""
    found = OverlayFile.objects.filter(edition=edition, name=name).first() if NAME.fullmatch(name) else None
    return found if found is not None and kind in ("", found.kind) else None


def local_file(edition_id: str, name: str) -> Path | None:
    """The file on this machine, to be sent in parts; a copy in the cache folder where the storage is elsewhere."""
    return copy_here(f"overlays/{edition_id}/{name}") if NAME.fullmatch(name) else None


def copy_here(path: str) -> Path | None:
    """A file of the storage on this machine; None where there is none."""
    try:
        own = Path(default_storage.path(path))
        return own if own.is_file() else None
    except NotImplementedError:  # what storages without paths answer
        kept = Path(settings.MASTHEAD.cache) / path
        if kept.is_file():
            return kept
        if not default_storage.exists(path):
            return None
        kept.parent.mkdir(parents=True, exist_ok=True)
        with default_storage.open(path) as stream, NamedTemporaryFile(dir=kept.parent, delete=False) as copy:
            shutil.copyfileobj(stream, copy)
        Path(copy.name).rename(kept)
        return kept


def files_forget(edition_id: str) -> int:
    """Remove files that no overlay of the edition and no step back needs any more; says how many."""
    rows = Overlay.objects.filter(edition_id=edition_id).values_list("particulars", flat=True)
    steps = OverlayStep.objects.filter(edition_id=edition_id).values_list("before", "after")
    needed = repr([*rows, *steps])
    spare = [file for file in OverlayFile.objects.filter(edition_id=edition_id) if file.name not in needed]
    for file in spare:
        file.delete()
        default_storage.delete(file.path)
    return len(spare)


def files_of_edition_forget(edition_id: str) -> None:
    """Remove what lies in the storage for an edition that was removed for good, with its rows."""
    folder = f"overlays/{edition_id}"
    if default_storage.exists(folder):
        for name in default_storage.listdir(folder)[1]:
            default_storage.delete(f"{folder}/{name}")


def _add(
    edition: Edition, kind: str, content: File[bytes], ending: str, label: str, *, width: int = 0, height: int = 0
) -> OverlayFile:
    digest = hashlib.sha256()
    for piece in content.chunks():
        digest.update(piece)
    name = f"{digest.hexdigest()[:32]}.{ending}"
    found = OverlayFile.objects.filter(edition=edition, name=name).first()
    if found is not None and default_storage.exists(found.path):
        return found
    made = found or OverlayFile(edition=edition, name=name, kind=kind, label=label[-255:], width=width, height=height)
    made.size = content.size
    content.seek(0)
    default_storage.delete(made.path)  # what an interrupted upload left
    default_storage.save(made.path, content)
    made.save()
    return made


def _picture(data: bytes) -> tuple[bytes, int, int]:
    try:
        return upright_webp(data)
    except PictureTooLargeError as error:
        raise OverlayFileTooLargeError(str(error)) from error
    except PictureError as error:
        raise OverlayFileError(str(error)) from error


def _captions(data: bytes) -> bytes:
    """WebVTT of WebVTT or SRT in UTF-8."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").strip()
    except UnicodeDecodeError as error:
        raise OverlayFileError("captions are not UTF-8") from error
    if not re.match(r"WEBVTT(\s|$)", text):
        if not _SRT_TIME.search(text):
            raise OverlayFileError("no captions")
        text = "WEBVTT\n\n" + _SRT_TIME.sub(r"\1.\2\3\4.\5", text)
    return f"{text}\n".encode()
