"""What a backup holds and how it lies; what is wrong with a house is found."""

from __future__ import annotations

import json
import os
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from tests.cast import Cast, ready_edition
from tests.storage import Bucket

from masthead.edition.folder import FileFacts
from masthead.library.build_folders import put_up
from masthead.library.selectors import Edition
from masthead.production.keeping import put_in_order
from masthead.production.models import Upload
from masthead.safekeeping.backup import house_back_up
from masthead.safekeeping.checking import house_findings
from masthead.safekeeping.contents import LIST, contents_of
from masthead.safekeeping.errors import BackupUnreadableError
from masthead.safekeeping.places import Source

pytestmark = pytest.mark.django_db(transaction=True)  # what is not committed is in no backup
PDF = b"%PDF-1.7 the keeper lit his lamp"


@pytest.fixture
def whole(cast: Cast, data: Path) -> Edition:
    """A house with one edition and the PDF that it was made of."""
    import hashlib

    sha256 = hashlib.sha256(PDF).hexdigest()
    upload = Upload.objects.create(
        publisher=cast.harbour, sha256=sha256, size=len(PDF), name="harbour.pdf", by=cast.owner
    )
    storages["originals"].save(upload.path, ContentFile(PDF))
    return ready_edition(cast, data)


def folder_of(edition: Edition) -> str:
    assert edition.build is not None
    return str(edition.build.folder)


@pytest.mark.parametrize("place", ["backup", "backup.tar"])
def test_a_backup_has_every_file_of_the_house_and_says_what_it_is(whole: Edition, tmp_path: Path, place: str) -> None:
    made = house_back_up(tmp_path / place)
    assert made.missing == ()
    source = Source(tmp_path / place)
    assert source.contents == made
    names = set(made.files)
    assert f"{folder_of(whole)}/manifest.json" in names
    assert {name.partition("/")[0] for name in names} >= {"editions", "originals"}
    for name in names:
        with source.open(name) as stream:
            while stream.read(1000):
                pass
    source.close()
    assert not list(tmp_path.rglob("*.part"))


def test_the_next_backup_writes_what_is_new_and_removes_what_is_gone(
    whole: Edition, cast: Cast, data: Path, tmp_path: Path
) -> None:
    place = tmp_path / "backup"
    first = house_back_up(place)
    kept = place / folder_of(whole) / "inventory.json"
    before = kept.stat().st_ino
    second = ready_edition(cast, data, "No. 2")
    Upload.objects.all().delete()
    again = house_back_up(place)
    assert kept.stat().st_ino == before
    assert (place / folder_of(second) / "manifest.json").is_file()
    assert not (place / "originals").exists()
    assert set(first.files) - set(again.files) == {name for name in first.files if name.startswith("originals/")}


def test_a_file_that_the_house_lacks_is_named_and_all_else_is_there(whole: Edition, data: Path, tmp_path: Path) -> None:
    (data / folder_of(whole) / "text/1.html").unlink()
    originals = list((data / "originals").rglob("*.pdf"))
    originals[0].write_bytes(PDF.upper())
    made = house_back_up(tmp_path / "backup")
    assert sorted(made.missing) == sorted(
        [f"{folder_of(whole)}/text/1.html", f"originals/{originals[0].relative_to(data / 'originals')} (damaged)"]
    )
    assert f"{folder_of(whole)}/manifest.json" in made.files


def test_nothing_is_removed_from_the_house_meanwhile(
    whole: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.utils import timezone

    seen: list[bool] = []

    def said(what: str) -> None:
        if what.startswith("build"):
            put_in_order(timezone.now())
            seen.append(Upload.objects.exists())

    house_back_up(tmp_path / "backup", said)
    assert seen == [True]
    put_in_order(timezone.now())
    assert not Upload.objects.exists(), "no conversion needs it"


@pytest.mark.parametrize("place", ["backup", "backup.tar"])
def test_a_damaged_backup_is_told(whole: Edition, tmp_path: Path, place: str) -> None:
    house_back_up(tmp_path / "backup")
    name = f"{folder_of(whole)}/inventory.json"
    file = tmp_path / "backup" / name
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    if place.endswith(".tar"):
        with tarfile.open(tmp_path / place, "w") as archive:
            archive.add(tmp_path / "backup", "")
    source = Source(tmp_path / place)
    with pytest.raises(BackupUnreadableError, match="damaged"), source.open(name) as stream:
        stream.read()
    source.close()


@pytest.mark.parametrize(
    "changes",
    [
        {"files": {"../secret": ["a" * 64, 1]}},
        {"files": {"/etc/passwd": ["a" * 64, 1]}},
        {"files": {"editions//x": ["a" * 64, 1]}},
        {"files": {"editions/./x": ["a" * 64, 1]}},
        {"files": []},
        {"format": 2},
        {"version": "99.0.0"},
        {"database": None, "files": {"x": 1}},
    ],
)
def test_a_list_that_cannot_be_is_refused(changes: dict[str, Any]) -> None:
    good = {"made_at": "2026-11-01", "database": "sqlite", "files": {}, "missing": [], "version": "0", "format": 1}
    assert contents_of(json.dumps({**good, "files": {"a/b": ["c" * 64, 3]}}).encode()).files == {
        "a/b": FileFacts("c" * 64, 3)
    }
    with pytest.raises(BackupUnreadableError):
        contents_of(json.dumps({**good, **changes}).encode())


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.tar").write_text("no archive")
    (tmp_path / "folder").mkdir()
    (tmp_path / "list").mkdir()
    (tmp_path / "list" / LIST).write_text("[]")
    for name in ("text.tar", "folder", "list", "nothing"):
        with pytest.raises(BackupUnreadableError):
            Source(tmp_path / name)


def test_a_whole_house_has_no_findings_and_a_faulty_one_says_where(whole: Edition, data: Path) -> None:
    assert list(house_findings()) == []
    assert list(house_findings(quick=True)) == []
    place = data / folder_of(whole)
    text = place / "text/1.html"
    size = text.stat().st_size
    text.write_bytes(b"x" * size)
    assert list(house_findings(quick=True)) == []
    (found,) = house_findings()
    assert "Fathom: No. 1" in found
    assert "text/1.html: The file was changed" in found
    os.truncate(text, size - 1)
    assert [line.rpartition(": ")[2] for line in house_findings(quick=True)] == [f"{size - 1} bytes instead of {size}"]
    (place / "manifest.json").unlink()
    (original,) = (data / "originals").rglob("*.pdf")
    original.unlink()
    assert [line.partition(" (")[0] for line in house_findings()] == ["the PDF harbour.pdf", "Fathom: No. 1"]


def test_a_house_in_a_storage_is_backed_up_and_checked(
    cast: Cast, data: Path, bucket: Bucket, tmp_path: Path, settings: Any
) -> None:
    edition = ready_edition(cast, settings.MASTHEAD.cache / "copies")
    put_up(folder_of(edition))
    assert list(house_findings(quick=True)) == []
    assert list(house_findings()) == []
    made = house_back_up(tmp_path / "backup")
    assert made.missing == ()
    assert f"{folder_of(edition)}/manifest.json" in made.files
    bucket.remove(f"{folder_of(edition)}/text/1.html")
    assert [line.rpartition(") ")[2] for line in house_findings(quick=True)] != []
