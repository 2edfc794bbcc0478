"""A keeper of bytes in an S3-compatible store, for several hosts without a folder of their own (extra `s3`).

What is kept is named by its digest and never changed, so the store needs no versions and no locks.
"""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

from portal.config import Bucket, ConfigError

PACKAGE: Final = "boto3"
ABSENT: Final = frozenset({"NoSuchKey", "404", "NotFound"})
CONNECT_SECONDS: Final = 5
READ_SECONDS: Final = 30


class BucketKeeper:
    """Keeps bytes as objects of one bucket, each name behind a prefix; an object is written whole or not at all."""

    def __init__(self, settings: Bucket, *, package: str = PACKAGE) -> None:
        """Make a client; raise ConfigError without the package. The store is asked only when it is needed."""
        if find_spec(package) is None:
            raise ConfigError("SIMPUL_FILES_S3 diisi, tetapi paketnya belum terpasang: pip install 'simpul[s3]'")
        self._bucket, self._prefix = settings.name, settings.prefix
        self._failure: type[Exception] = import_module("botocore.exceptions").ClientError
        self._client: Any = import_module(package).client(
            "s3",
            endpoint_url=settings.endpoint,
            region_name=settings.region,
            aws_access_key_id=settings.key,
            aws_secret_access_key=settings.secret,
            config=import_module("botocore.config").Config(
                connect_timeout=CONNECT_SECONDS,
                read_timeout=READ_SECONDS,
                retries={"mode": "standard", "total_max_attempts": 3},
                # Other makes than Amazon's do not know every newer checksum; the digest is checked at reading.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        )

    def put(self, name: str, content: bytes) -> None:
        """Write the object."""
        self._client.put_object(Bucket=self._bucket, Key=self._prefix + name, Body=content)

    def get(self, name: str) -> bytes:
        """Read the object; raise FileNotFoundError when there is none."""
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=self._prefix + name)
        except self._failure as error:
            self._check_absent(error)
            raise FileNotFoundError(name) from error
        with answer["Body"] as body:
            content: bytes = body.read()
        return content

    def has(self, name: str) -> bool:
        """Ask for the object's head."""
        try:
            self._client.head_object(Bucket=self._bucket, Key=self._prefix + name)
        except self._failure as error:
            self._check_absent(error)
            return False
        return True

    def drop(self, name: str) -> None:
        """Delete the object."""
        self._client.delete_object(Bucket=self._bucket, Key=self._prefix + name)

    def sizes(self, prefix: str) -> Mapping[str, int]:
        """List the objects, a thousand at a time."""
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=self._prefix + prefix
        )
        return {
            entry["Key"].removeprefix(self._prefix): entry["Size"]
            for page in pages
            for entry in page.get("Contents", ())
        }

    def check(self) -> None:
        """Ask for the bucket itself; raises what the library raises when it is away or closed to us."""
        self._client.head_bucket(Bucket=self._bucket)

    def _check_absent(self, error: Exception) -> None:
        """Let out every failure but that of an absent object."""
        code = getattr(error, "response", {}).get("Error", {}).get("Code")
        if code not in ABSENT:
            raise error
