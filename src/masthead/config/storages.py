"""Where the house's files lie: in the data folder, or in an S3-compatible storage that several machines reach."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from masthead.config.settings import Settings

_KINDS = ("files", "originals", "editions", "arrivals")
_DJANGO_NAMES = {"files": "default"}
_CONNECT_SECONDS, _READ_SECONDS, _TRIES = 5, 60, 5


def storages_of(settings: Settings) -> dict[str, dict[str, Any]]:
    """Django's STORAGES: `default` for branding, `originals`, `editions` and `arrivals`.

    On disk each is a folder of the data folder; in a bucket each is a prefix below that of the setting.
    """
    found = {
        _DJANGO_NAMES.get(kind, kind): _in_bucket(settings, kind) if settings.storage else on_disk(settings.data / kind)
        for kind in _KINDS
    }
    return {**found, "staticfiles": {"BACKEND": "django.core.files.storage.memory.InMemoryStorage"}}


def on_disk(folder: Path) -> dict[str, Any]:
    """A folder that only the house's own user can read."""
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(folder), "base_url": None, "file_permissions_mode": 0o600},
    }


def _in_bucket(settings: Settings, kind: str) -> dict[str, Any]:
    """A prefix of the bucket. Nothing is public there: readers get files from the house, which asks before it sends."""
    from boto3.s3.transfer import TransferConfig  # noqa: PLC0415 - only the extra `scale` brings it
    from botocore.config import Config  # noqa: PLC0415

    address = urlsplit(settings.storage)
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": address.netloc,
            "location": "/".join(filter(None, (address.path.strip("/"), kind))),
            "endpoint_url": settings.storage_endpoint or None,
            "region_name": settings.storage_region or None,
            "access_key": settings.storage_key or None,
            "secret_key": settings.storage_secret or None,
            "default_acl": None,  # private, as the bucket is
            "querystring_auth": True,
            "file_overwrite": True,  # what has a name is named by its content or its build: it can only be the same
            "transfer_config": TransferConfig(use_threads=False),  # several files go at the same time instead
            "client_config": Config(
                connect_timeout=_CONNECT_SECONDS,
                read_timeout=_READ_SECONDS,
                retries={"max_attempts": _TRIES, "mode": "standard"},
                max_pool_connections=16,
                s3={"addressing_style": "path" if settings.storage_endpoint else "auto"},
                signature_version="s3v4",
            ),
        },
    }
