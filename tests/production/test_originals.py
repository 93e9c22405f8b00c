"""The PDF that a conversion reads, wherever the originals lie."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages
from tests.cast import Cast

from masthead.production.models import Upload
from masthead.production.originals import original_file


class Elsewhere(Storage):
    """Files on another machine: they can be opened, but have no path here."""

    def __init__(self, folder: Path) -> None:
        self._files = FileSystemStorage(folder)

    def _open(self, name: str, mode: str = "rb") -> File:
        return self._files.open(name, mode)

    def _save(self, name: str, content: File) -> str:
        return self._files.save(name, content)

    def exists(self, name: str) -> bool:
        return self._files.exists(name)


def test_a_storage_without_paths_gives_a_copy_for_the_time_of_reading(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = Upload(publisher=cast.harbour, sha256="a" * 64, size=4, name="a.pdf")
    elsewhere = Elsewhere(tmp_path)
    elsewhere.save(upload.path, ContentFile(b"%PDF"))
    monkeypatch.setattr("masthead.production.originals.storages", {"originals": elsewhere})
    with original_file(upload) as file:
        assert file.read_bytes() == b"%PDF"
    assert not file.exists()


def test_what_goes_wrong_while_it_is_read_is_not_taken_for_a_storage_without_paths(cast: Cast, data: Path) -> None:
    upload = Upload(publisher=cast.harbour, sha256="b" * 64, size=4, name="b.pdf")
    storages["originals"].save(upload.path, ContentFile(b"%PDF"))
    with pytest.raises(NotImplementedError):
        _read_badly(upload)
    assert storages["originals"].exists(upload.path)


def _read_badly(upload: Upload) -> None:
    with original_file(upload) as file:
        assert file.read_bytes() == b"%PDF"
        raise NotImplementedError
