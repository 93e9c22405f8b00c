"""Makes the bucket that the settings name, if it is not there. Run it where Masthead's extra `scale` is installed."""

from __future__ import annotations

import os
import sys
from urllib.parse import urlsplit

import boto3
from botocore.exceptions import BotoCoreError, ClientError


def main() -> int:
    """0 when the bucket is there."""
    bucket = urlsplit(os.environ["MASTHEAD_STORAGE"]).netloc
    client = boto3.client(
        "s3",
        endpoint_url=os.environ.get("MASTHEAD_STORAGE_ENDPOINT") or None,
        region_name=os.environ.get("MASTHEAD_STORAGE_REGION") or None,
        aws_access_key_id=os.environ.get("MASTHEAD_STORAGE_KEY") or None,
        aws_secret_access_key=os.environ.get("MASTHEAD_STORAGE_SECRET") or None,
    )
    try:
        if bucket not in [one["Name"] for one in client.list_buckets()["Buckets"]]:
            client.create_bucket(Bucket=bucket)
    except (BotoCoreError, ClientError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
