"""Backups: database, files and the head of the trail in one encrypted archive, and back into an empty place.

`make` takes it while everybody works; `check` reads an archive to its end; `restore` fills an empty place with it and
then looks whether everything is there. The archive holds `manifest.json`, `heads.txt`, `database/…` and `files/…`.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tarfile import TarFile
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final

from sqlalchemy import Connection, Engine, String, select
from sqlalchemy.orm import Session

from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.models import Base
from portal.queries import audit_chain
from portal.services import backup_archive as archive
from portal.services import backup_database as database
from portal.services.backup_database import Dump
from portal.storage import Storage

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
HEADS: Final = "heads.txt"
END: Final = "end.json"
FILES: Final = "files/"
SUFFIX: Final = ".tar.age"
_NAMES_NO_FILE: Final = frozenset({"entry.detail_digest", "backup_run.digest"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A backup that was written."""

    path: Path
    size: int
    digest: str
    rows: int
    files: int
    absent: int
    """Files that tables name and that were not there, or were damaged."""


@dataclass(kw_only=True, slots=True)
class Found:
    """What was found while an archive was read or a place looked through."""

    manifest: Mapping[str, Any]
    end: Mapping[str, Any] = field(default_factory=dict)
    files: int = 0
    size: int = 0
    faults: list[str] = field(default_factory=list)
    """One sentence each; none when all is well."""
    reminders: int = 0
    entries: int = 0


def make(session: Session, storage: Storage, folder: Path, *, recipients: Sequence[str], now: datetime) -> Made:
    """Write a backup into `folder` and return what it holds; `session` only reads.

    Raises RuleBroken for a setting that is wrong.
    """
    keys, engine = archive.recipients(recipients), session.get_bind()
    assert isinstance(engine, Engine)  # noqa: S101
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"simpul-{now:%Y%m%dT%H%M%S}Z{SUFFIX}"
    with TemporaryDirectory(prefix=".cadangan-", dir=folder) as place:
        dump = database.dump(engine, Path(place))
        with archive.writing(path, keys) as (tar, done):
            manifest, absent = _manifest_of(session, dump, storage, now=now)
            archive.add_bytes(tar, MANIFEST, json.dumps(manifest).encode())
            heads = "".join(f"{each.line}\n" for each in audit_chain.kept_heads(session))
            archive.add_bytes(tar, HEADS, heads.encode())
            for name, part in dump.files.items():
                with part.open("rb") as stream:
                    archive.add(tar, name, stream, part.stat().st_size)
            count = _add_files(tar, storage, absent)
            archive.add_bytes(tar, END, json.dumps({"files": count, "absent": absent}).encode())
    told = {"rows": sum(dump.rows.values()), "files": count, "absent": len(absent)}
    return Made(path=path, size=done.size, digest=done.digest, **told)


def _manifest_of(session: Session, dump: Dump, storage: Storage, *, now: datetime) -> tuple[dict[str, Any], list[str]]:
    """Return what the archive begins with, and the digests that tables name and nobody keeps."""
    absent = sorted(each for each in set(_named(session.connection())) if not storage.has(each))
    told = {"kind": dump.kind, "revision": dump.revision, "columns": dump.columns}
    rest = {"format": FORMAT, "made_at": now.isoformat(), "rows": dump.rows, "digests": dump.digests}
    return {**rest, "database": told}, absent


def _add_files(tar: TarFile, storage: Storage, absent: list[str]) -> int:
    """Add every file that is kept, one at a time; what is damaged or gone meanwhile goes to `absent`."""
    count = 0
    for digest in storage.digests():
        try:
            archive.add_bytes(tar, FILES + digest, storage.read(digest))
            count += 1
        except FileNotFoundError:
            absent.append(digest)
    return count


def _named(connection: Connection) -> Iterator[str]:
    """Yield every digest by which a table names a file."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            is_digest = column.name.endswith("digest") and isinstance(column.type, String)
            if is_digest and f"{table.name}.{column.name}" not in _NAMES_NO_FILE:
                yield from connection.execute(select(column).where(column.is_not(None)).distinct()).scalars()


def check(path: Path, identity: Path) -> Found:
    """Read an archive to its end and compare every digest; raises RuleBroken when it cannot be read."""
    with archive.reading(path, archive.identities(identity)) as members:
        found = Found(manifest=_manifest(members))
        seen = {name: _look(name, stream, found) for name, stream in members}
    for name, digest in found.manifest["digests"].items():
        if seen.get(name) != digest:
            found.faults.append(f"Bagian {name} tidak ada atau berubah.")
    if found.files != found.end.get("files"):
        found.faults.append(f"{found.files} berkas, seharusnya {found.end.get('files')}.")
    return found


def _look(name: str, stream: BinaryIO, found: Found) -> str:
    """Read one member to its end and return its digest; files are compared with their own name."""
    if name == END:
        found.end = json.load(stream)
        return ""
    digest = hashlib.sha256()
    while block := stream.read(archive.AT_ONCE):
        digest.update(block)
        found.size += len(block)
    if name.startswith(FILES):
        found.files += 1
        if digest.hexdigest() != name.removeprefix(FILES):
            found.faults.append(f"Berkas {name} berbeda dari isinya semula.")
    return digest.hexdigest()


def _manifest(members: Iterator[tuple[str, BinaryIO]]) -> Mapping[str, Any]:
    name, stream = next(members, ("", None))
    told = json.load(stream) if stream is not None and name == MANIFEST else {}
    if told.get("format") != FORMAT:
        raise RuleBroken(N_("Berkas ini bukan cadangan Simpul yang dikenal versi ini."))
    result: Mapping[str, Any] = told
    return result


def check_place(engine: Engine, storage: Storage) -> None:
    """Raise RuleBroken unless database and files are empty."""
    database.check_empty(engine)
    if next(iter(storage.digests()), None) is not None:
        raise RuleBroken(N_("Tempat berkas tujuan sudah berisi. Pulihkan ke tempat yang kosong."))


def restore(path: Path, identity: Path, engine: Engine, storage: Storage, *, migrate: Callable[[str], None]) -> Found:
    """Fill an empty place from an archive that was read to its end first.

    Raises RuleBroken for an archive that is damaged, a wrong key, or a place that is not empty: nothing is written.
    """
    check_place(engine, storage)
    first = check(path, identity)
    if first.faults:
        raise RuleBroken(N_("Cadangan ini rusak: %(what)s Pakai cadangan yang lain."), what=first.faults[0])
    engine.dispose()
    loading = database.Loading(engine, first.manifest["database"], migrate)
    try:
        with archive.reading(path, archive.identities(identity)) as members:
            for name, stream in members:
                if name.startswith("database/"):
                    loading.take(name, stream)
                elif name.startswith(FILES):
                    storage.keep(stream.read())
        loading.finish()
    finally:
        loading.close()
    return first


def check_restored(session: Session, storage: Storage, first: Found, *, keys: Sequence[bytes]) -> Found:
    """Look through a restored place: rows, keys, files by digest, the chain of the trail."""
    found = Found(manifest=first.manifest, end=first.end)
    connection, wanted = session.connection(), first.manifest["rows"]
    rows = database.count_rows(connection, wanted)
    for name in wanted:
        if rows[name] != wanted[name]:
            found.faults.append(f"Tabel {name}: {rows[name]} baris, seharusnya {wanted[name]}.")
    broken = database.broken_keys(connection)
    if broken:
        found.faults.append(f"{broken} baris menunjuk baris yang tidak ada.")
    found.faults += _file_faults(connection, storage, found)
    verdict = audit_chain.verify(session, keys)
    if verdict.fault is not None:
        found.faults.append(f"Rantai jejak: {verdict.fault}")
    found.entries, found.reminders = verdict.checked, rows.get("reminder", 0)
    return found


def _file_faults(connection: Connection, storage: Storage, found: Found) -> Iterator[str]:
    for digest in sorted(set(_named(connection)) - set(found.end["absent"])):
        try:
            storage.read(digest)
            found.files += 1
        except FileNotFoundError:
            yield f"Berkas {digest} tidak ada atau berubah."


def keep_last(folder: Path, count: int) -> list[str]:
    """Remove all but the newest archives of the folder; return the names of those that are gone."""
    old = sorted(folder.glob(f"simpul-*{SUFFIX}"))[: -count or None]
    for path in old:
        path.unlink()
    return [path.name for path in old]
