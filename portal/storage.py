"""Files by content hash, in a folder outside the web root. What a file belongs to stands in the tables."""

import hashlib
import os
from pathlib import Path
from tempfile import NamedTemporaryFile


class Storage:
    """Keeps bytes under their SHA-256; the same bytes are kept once."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, made when needed."""
        self._folder = folder

    def keep(self, content: bytes) -> str:
        """Keep the bytes and return their digest (64 hex letters); atomic, so a crash leaves no half file."""
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=path.parent, delete=False) as part:
                part.write(content)
                part.flush()
                os.fsync(part.fileno())
            Path(part.name).replace(path)
        return digest

    def read(self, digest: str) -> bytes:
        """Return the bytes of a digest; raise FileNotFoundError when they are gone."""
        return self._path(digest).read_bytes()

    def put_part(self, key: str, offset: int, content: bytes) -> None:
        """Keep a part of a file that is on its way under `key`; what lies behind `offset` is written anew."""
        path = self._spool(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("r+b" if path.exists() else "w+b") as whole:
            whole.seek(offset)
            whole.write(content)
            whole.truncate()

    def size_of_parts(self, key: str) -> int:
        """Return how many bytes have come of a file that is on its way."""
        path = self._spool(key)
        return path.stat().st_size if path.exists() else 0

    def parts_of(self, key: str) -> bytes:
        """Return what has come of a file that is on its way, nothing when nothing has."""
        path = self._spool(key)
        return path.read_bytes() if path.exists() else b""

    def drop_parts(self, key: str) -> None:
        """Forget a file that was on its way."""
        self._spool(key).unlink(missing_ok=True)

    def _spool(self, key: str) -> Path:
        if not key.isalnum():
            raise FileNotFoundError(key)
        return self._folder / "spool" / key

    def _path(self, digest: str) -> Path:
        if len(digest) != 64 or not digest.isalnum():  # noqa: PLR2004 (length of SHA-256 in hex)
            raise FileNotFoundError(digest)
        return self._folder / digest[:2] / digest
