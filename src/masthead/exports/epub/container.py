"""Packs the files of a book into its ZIP container (EPUB OCF 3.3); the same files give the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP file can say
_PACKED = frozenset({".webp", ".jpg"})
_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">\n'
    '<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>\n'
    "</container>\n"
)


def pack(target: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write the book; paths are relative to its EPUB folder. An older file is replaced when the new one is whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    growing = target.with_name(f".{target.name}.part")
    try:
        with zipfile.ZipFile(growing, "w") as archive:
            _add(archive, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
            _add(archive, "META-INF/container.xml", _CONTAINER.encode(), zipfile.ZIP_DEFLATED)
            for name, data in files:
                packed = Path(name).suffix in _PACKED
                _add(archive, f"EPUB/{name}", data, zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED)
        growing.replace(target)
    finally:
        growing.unlink(missing_ok=True)


def _add(archive: zipfile.ZipFile, name: str, data: bytes, method: int) -> None:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type = method
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data, compresslevel=9)
