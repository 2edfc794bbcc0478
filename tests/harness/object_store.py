"""An S3-compatible store on this machine, for tests: a server of its own in a thread, without network."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

import pytest

from portal.config import Bucket

KEY = "kunci-contoh"
REGION = "us-east-1"


@dataclass(frozen=True, kw_only=True)
class ObjectStore:
    """Where the server listens."""

    endpoint: str

    def bucket(self, name: str) -> Bucket:
        """Make a bucket; answer the settings that keep files in it."""
        import boto3

        client = boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id=KEY,
            aws_secret_access_key=KEY,
        )
        client.create_bucket(Bucket=name)
        client.close()
        return Bucket(name=name, endpoint=self.endpoint, region=REGION, prefix="simpul/", key=KEY, secret=KEY)


@pytest.fixture(scope="session")
def object_store() -> Iterator[ObjectStore]:
    """The server of this process."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield ObjectStore(endpoint=f"http://{host}:{port}")
    server.stop()


@pytest.fixture(scope="session")
def make_bucket(object_store: ObjectStore) -> Callable[[], Bucket]:
    """Make buckets, each a new one."""
    numbers = count(1)
    return lambda: object_store.bucket(f"berkas-{next(numbers)}")
