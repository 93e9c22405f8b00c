"""A bucket in the test's own process, and a house whose files lie there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from masthead.config.storages import storages_of

BUCKET = "harbour"
KEY = "a key that is long enough for a house"


class Bucket:
    """What lies in the bucket, looked at beside the house."""

    def __init__(self) -> None:
        import boto3

        self.client = boto3.client("s3", region_name="us-east-1")
        self.client.create_bucket(Bucket=BUCKET)

    def keys(self, prefix: str = "") -> list[str]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=f"press/{prefix}")
        return [entry["Key"].removeprefix("press/") for page in pages for entry in page.get("Contents", [])]

    def put(self, key: str, data: bytes) -> None:
        self.client.put_object(Bucket=BUCKET, Key=f"press/{key}", Body=data)

    def remove(self, key: str) -> None:
        self.client.delete_object(Bucket=BUCKET, Key=f"press/{key}")


@pytest.fixture
def bucket(data: Path, settings: Any) -> Iterator[Bucket]:
    """A house that keeps its files in a bucket."""
    from moto import mock_aws

    with mock_aws():
        use_bucket(settings)
        yield Bucket()


def use_bucket(changed: Any) -> None:
    """Let the settings name the bucket."""
    more = {"storage": f"s3://{BUCKET}/press", "storage_region": "us-east-1", "secret_key": KEY}
    changed.MASTHEAD = settings.MASTHEAD.model_copy(update=more)
    changed.STORAGES = storages_of(changed.MASTHEAD)


def another_machine(changed: Any, folder: Path) -> None:
    """The same house on a machine whose disk is empty."""
    for name in ("editions", "incoming"):
        (folder / name).mkdir(parents=True)
    changed.MASTHEAD = settings.MASTHEAD.model_copy(update={"data": folder, "cache": folder / "cache"})
    changed.FILE_UPLOAD_TEMP_DIR = str(folder / "incoming")


def files_below(folder: Path) -> set[str]:
    """All files of a folder by their path."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
