"""The archive of a backup: a tar, encrypted in the age format while it is written, decrypted while it is read.

Nothing is kept in memory but the part that is on its way. What is inside is in `backups`. Design: platform B6.
"""

import hashlib
import io
import os
import tarfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

import pyrage

from portal.domain.errors import RuleBroken
from portal.domain.marking import N_

AT_ONCE: Final = 1 << 20


class _Measured:
    """A file that counts and digests what is written to it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, content: bytes) -> int:
        self._digest.update(content)
        self.size += len(content)
        return self._stream.write(content)

    def flush(self) -> None:
        self._stream.flush()

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()


class _Beside(threading.Thread):
    """Work in a thread that speaks through a pipe; what it raised is kept."""

    def __init__(self, work: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self._work = work
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self._work()
        except Exception as error:  # noqa: BLE001 (told by whoever waits)
            self.error = error


class Written:
    """What was written: size in bytes and SHA-256 of the encrypted file; known at the end."""

    size = 0
    digest = ""


def recipients(texts: Sequence[str]) -> list[pyrage.x25519.Recipient]:
    """Return the public keys; raise RuleBroken when there is none or one is none."""
    if not texts:
        raise RuleBroken(N_("Isi SIMPUL_BACKUP_RECIPIENT dengan kunci umum age, lalu ulangi."))
    try:
        return [pyrage.x25519.Recipient.from_str(text) for text in texts]
    except pyrage.RecipientError as error:
        raise RuleBroken(N_("SIMPUL_BACKUP_RECIPIENT bukan kunci umum age (age1…).")) from error


def identities(path: Path) -> list[pyrage.x25519.Identity]:
    """Return the private keys of a file as age-keygen writes it; raise RuleBroken when there is none."""
    lines = (line.strip() for line in path.read_text().splitlines())
    try:
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError as error:
        raise RuleBroken(N_("Berkas kunci bukan kunci age (AGE-SECRET-KEY-…).")) from error
    if not found:
        raise RuleBroken(N_("Berkas kunci kosong."))
    return found


@contextmanager
def writing(path: Path, keys: Sequence[pyrage.x25519.Recipient]) -> Iterator[tuple[tarfile.TarFile, Written]]:
    """Yield a tar to add members to; the file appears under its name when everything is written, or not at all."""
    part, done = path.with_name(f".{path.name}.part"), Written()
    try:
        with part.open("wb") as out:
            measured = _Measured(out)
            with _encrypting(measured, keys) as stream, tarfile.open(fileobj=stream, mode="w|") as tar:
                yield tar, done
            out.flush()
            os.fsync(out.fileno())
        done.size, done.digest = measured.size, measured.digest
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _encrypting(out: _Measured, keys: Sequence[pyrage.x25519.Recipient]) -> Iterator[BinaryIO]:
    """Yield a file whose content is encrypted into `out`."""
    source, sink = os.pipe()

    def encrypt() -> None:
        with os.fdopen(source, "rb", AT_ONCE) as plain:
            pyrage.encrypt_io(plain, out, list(keys))

    thread = _Beside(encrypt)
    thread.start()
    try:
        with os.fdopen(sink, "wb", AT_ONCE) as stream:
            yield stream
    finally:
        thread.join()
        if thread.error is not None:
            raise thread.error


def add(tar: tarfile.TarFile, name: str, stream: BinaryIO, size: int) -> None:
    """Add one member from a stream of known size."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    tar.addfile(info, stream)


def add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    """Add one small member."""
    add(tar, name, io.BytesIO(content), len(content))


@contextmanager
def reading(path: Path, keys: Sequence[pyrage.x25519.Identity]) -> Iterator[Iterator[tuple[str, BinaryIO]]]:
    """Yield the members one after the other, each to be read before the next.

    Raises RuleBroken when a key does not fit, or when the file is damaged or cut off anywhere: at the latest at the
    end, so that who only looks reads to the end first.
    """
    source, sink = os.pipe()

    def decrypt() -> None:
        with os.fdopen(sink, "wb", AT_ONCE) as plain, path.open("rb") as stream:
            pyrage.decrypt_io(stream, plain, list(keys))

    thread = _Beside(decrypt)
    thread.start()
    try:
        with os.fdopen(source, "rb", AT_ONCE) as plain:
            with tarfile.open(fileobj=plain, mode="r|") as tar:
                yield _members(tar)
            while plain.read(AT_ONCE):
                pass
    except (tarfile.TarError, EOFError, OSError) as error:
        thread.join()
        raise _refusal(thread.error or error) from error
    thread.join()
    if thread.error is not None:
        raise _refusal(thread.error) from thread.error


def _members(tar: tarfile.TarFile) -> Iterator[tuple[str, BinaryIO]]:
    for info in tar:
        stream = tar.extractfile(info)
        if stream is not None:
            yield info.name, stream  # type: ignore[misc]


def _refusal(error: Exception) -> RuleBroken:
    if isinstance(error, pyrage.DecryptError) and "No matching keys" in str(error):
        return RuleBroken(N_("Kunci ini tidak membuka cadangan tersebut. Pakai berkas kunci yang lain."))
    return RuleBroken(N_("Berkas cadangan rusak atau terpotong. Pakai cadangan yang lain."))
