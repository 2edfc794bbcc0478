"""Files by content hash, behind one door. What a file belongs to stands in the tables, where the bytes lie in a keeper:
a folder outside the web root (here), which several hosts may share, or a store of another make (`bucket`).
"""

import hashlib
import io
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, Final, Protocol

DIGEST_LETTERS: Final = 64
OFFSET_DIGITS: Final = 12
SPOOL: Final = "spool/"


class DamagedFileError(FileNotFoundError):
    """The bytes under a digest are not those that were kept there."""


class Keeper(Protocol):
    """Where bytes lie under names such as `ab/ab12…` or `spool/…/0`. A name is written whole or not at all."""

    def put(self, name: str, content: bytes) -> None:
        """Write the bytes durably; who reads at that moment sees the old ones or the new ones, never half."""

    def get(self, name: str) -> bytes:
        """Return the bytes; raise FileNotFoundError when there are none."""

    def has(self, name: str) -> bool:
        """Return whether there are bytes of that name."""

    def drop(self, name: str) -> None:
        """Remove the bytes; nothing happens when there are none."""

    def sizes(self, prefix: str) -> Mapping[str, int]:
        """Return names that begin with `prefix` (empty, or up to a slash), with the number of bytes of each."""


class Folder:
    """Keeps bytes in a folder; renaming is atomic, on a folder shared over the network too."""

    def __init__(self, path: Path) -> None:
        """Use the folder `path`, made when needed."""
        self._path = path

    def put(self, name: str, content: bytes) -> None:
        """Write beside the name, then rename; once more if another process has just removed the emptied folder."""
        try:
            self._write(self._path / name, content)
        except FileNotFoundError:
            self._write(self._path / name, content)

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as part:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
        Path(part.name).replace(path)

    def get(self, name: str) -> bytes:
        """Read the file."""
        return (self._path / name).read_bytes()

    def has(self, name: str) -> bool:
        """Look for the file."""
        return (self._path / name).is_file()

    def drop(self, name: str) -> None:
        """Remove the file, and its folder when it was the last one there."""
        path = self._path / name
        path.unlink(missing_ok=True)
        with suppress(OSError):
            path.parent.rmdir()

    def sizes(self, prefix: str) -> Mapping[str, int]:
        """Walk the folder; what another process removes meanwhile is left out, and so is what is half written."""
        found: dict[str, int] = {}
        for path in (self._path / prefix).rglob("*"):
            try:
                if path.is_file() and not path.name.startswith("."):
                    found[path.relative_to(self._path).as_posix()] = path.stat().st_size
            except FileNotFoundError:
                continue
        return found


class Storage:
    """Keeps bytes under their SHA-256; the same bytes are kept once."""

    is_scanned: bool = False
    """Whether a virus scanner looks at what comes from outside; set by `app`."""

    def __init__(self, keeper: Keeper | Path) -> None:
        """Keep bytes in a folder, or wherever `keeper` does."""
        self._keeper: Keeper = Folder(keeper) if isinstance(keeper, Path) else keeper

    def keep(self, content: bytes) -> str:
        """Keep the bytes and return their digest (64 hex letters); atomic, so a crash leaves no half file."""
        digest = hashlib.sha256(content).hexdigest()
        if not self._keeper.has(_name(digest)):
            self._keeper.put(_name(digest), content)
        return digest

    def read(self, digest: str) -> bytes:
        """Return the bytes of a digest; raise FileNotFoundError when they are gone, DamagedFileError when changed."""
        content = self._keeper.get(_name(digest))
        if hashlib.sha256(content).hexdigest() != digest:
            raise DamagedFileError(digest)
        return content

    def open(self, digest: str) -> BinaryIO:
        """Return the bytes of a digest as a file to read; raises as `read` does."""
        return io.BytesIO(self.read(digest))

    def has(self, digest: str) -> bool:
        """Return whether the bytes of a digest are kept."""
        return self._keeper.has(_name(digest))

    def digests(self) -> Iterator[str]:
        """Yield every digest that is kept, in order."""
        names = (name.rpartition("/")[2] for name in self._keeper.sizes("") if not name.startswith(SPOOL))
        yield from sorted(name for name in names if len(name) == DIGEST_LETTERS)

    def drop(self, digest: str) -> None:
        """Remove the bytes of a digest for good; nothing happens when they are gone."""
        self._keeper.drop(_name(digest))

    def put_part(self, key: str, offset: int, content: bytes) -> None:
        """Keep a part of a file that is on its way under `key`; what lies behind `offset` is forgotten."""
        for name in self._parts(key):
            if _offset(name) > offset:
                self._keeper.drop(name)
        self._keeper.put(f"{_spool(key)}{offset:0{OFFSET_DIGITS}}", content)

    def size_of_parts(self, key: str) -> int:
        """Return how many bytes have come of a file that is on its way."""
        return max((_offset(name) + size for name, size in self._parts(key).items()), default=0)

    def parts_of(self, key: str) -> bytes:
        """Return what has come of a file that is on its way, nothing when nothing has."""
        whole = b""
        for name in self._parts(key):
            whole = whole[: _offset(name)] + self._keeper.get(name)
        return whole

    def drop_parts(self, key: str) -> None:
        """Forget a file that was on its way."""
        for name in self._parts(key):
            self._keeper.drop(name)

    def _parts(self, key: str) -> Mapping[str, int]:
        """Return the parts in their order, up to the first gap."""
        found: dict[str, int] = {}
        end = 0
        for name, size in sorted(self._keeper.sizes(_spool(key)).items()):
            if _offset(name) > end:
                break
            found[name], end = size, _offset(name) + size
        return found


def _offset(name: str) -> int:
    return int(name.rpartition("/")[2])


def _spool(key: str) -> str:
    if not key.isalnum():
        raise FileNotFoundError(key)
    return f"{SPOOL}{key}/"


def _name(digest: str) -> str:
    if len(digest) != DIGEST_LETTERS or not digest.isalnum():
        raise FileNotFoundError(digest)
    return f"{digest[:2]}/{digest}"
