"""Packs a folder as one ZIP file: what is packed already is stored as it is, all else is made small."""

from __future__ import annotations

import zipfile
from pathlib import Path

_PACKED = frozenset({".webp", ".avif", ".jpg", ".jpeg", ".png", ".gif", ".epub", ".pdf", ".zip", ".woff2"}) | {
    *(".mp4", ".webm", ".mp3", ".m4a", ".ogg")
}
_QUICK = 3  # of 9: the rest costs more time than it saves bytes


def pack(folder: Path, target: Path) -> None:
    """Write all files below `folder`, by their names in it. Raises OSError."""
    with zipfile.ZipFile(target, "w", allowZip64=True, strict_timestamps=False) as packed:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                is_packed = file.suffix.lower() in _PACKED
                how = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
                packed.write(file, file.relative_to(folder), compress_type=how, compresslevel=_QUICK)
    target.chmod(0o600)
