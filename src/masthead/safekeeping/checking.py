"""Checks the whole house: whether every file that a row names is there, and is what it should be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.core.files.storage import storages

from masthead.document.errors import EditionInvalidError
from masthead.edition.check import check
from masthead.edition.folder import read_inventory
from masthead.library.build_folders import read_build, sizes_of_build, whole_build
from masthead.library.selectors import Build
from masthead.production.selectors import Upload

_PIECE = 1 << 20  # bytes


def house_findings(*, quick: bool = False) -> Iterator[str]:
    """A sentence for everything that is wrong. `quick` looks at names and sizes only, and reads no whole file."""
    yield from _originals(quick)
    rows = Build.objects.select_related("edition__publication").order_by("created_at")
    for build in rows.iterator():
        name = f"{build.edition} (build {build.build_id}, {build.folder})"
        is_current = build.edition.build_id == build.pk
        for finding in _build(build, quick):
            yield f"{name}{'' if is_current else ', not the current one'}: {finding}"


def _build(build: Build, quick: bool) -> Iterator[str]:
    try:
        edition = read_build(build.folder) if quick else whole_build(build.folder)
        if edition.build != build.build_id:
            yield f"its folder is another build, {edition.build}"
        if not quick:
            yield from (f"{finding.path}: {finding.message}" for finding in check(edition.path))
            return
    except EditionInvalidError as error:
        yield error.detail
        return
    there = sizes_of_build(build.folder)
    for path, facts in read_inventory(edition).items():
        if there.get(path) != facts.size:
            yield f"{path}: {'missing' if path not in there else f'{there[path]} bytes instead of {facts.size}'}"


def _originals(quick: bool) -> Iterator[str]:
    storage = storages["originals"]
    seen: set[str] = set()
    for upload in Upload.objects.order_by("created_at").iterator():
        if upload.path in seen:
            continue
        seen.add(upload.path)
        if not storage.exists(upload.path):
            yield f"the PDF {upload.name} ({upload.path}) is missing"
        elif storage.size(upload.path) != upload.size or not (quick or _hash(upload.path) == upload.sha256):
            yield f"the PDF {upload.name} ({upload.path}) is damaged"


def _hash(path: str) -> str:
    digest = hashlib.sha256()
    with storages["originals"].open(path) as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
