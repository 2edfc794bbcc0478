"""A whole database as files, and back: taken while everybody works, without keeping a writer waiting.

SQLite writes a copy of itself (`VACUUM INTO`). PostgreSQL copies every table out within one snapshot; the restored
schema comes from our own migrations. So neither needs a program beside the portal. Design: platform B6.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final

from sqlalchemy import Connection, Engine, inspect, text

from portal import paths
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.models import Base
from portal.services.backup_archive import AT_ONCE

WHOLE: Final = "database/simpul.sqlite"
REVISION: Final = "SELECT version_num FROM alembic_version"


@dataclass(kw_only=True, slots=True)
class Dump:
    """A database in files: which kind and revision, rows by table, and each file with its digest."""

    kind: str
    revision: str
    rows: dict[str, int] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    """In the order in which they are loaded."""
    digests: dict[str, str] = field(default_factory=dict)


def dump(engine: Engine, folder: Path) -> Dump:
    """Write the database into files of `folder`."""
    return _dump_sqlite(engine, folder) if engine.dialect.name == "sqlite" else _dump_postgresql(engine, folder)


def _dump_sqlite(engine: Engine, folder: Path) -> Dump:
    path = folder / "simpul.sqlite"
    with closing(sqlite3.connect(str(engine.url.database), timeout=30, isolation_level=None)) as live:
        live.execute("VACUUM INTO ?", (str(path),))
    with closing(sqlite3.connect(path)) as copy:
        made = Dump(kind="sqlite", revision=copy.execute(REVISION).fetchone()[0])
        for table in Base.metadata.sorted_tables:
            made.rows[table.name] = copy.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]  # noqa: S608
    made.files[WHOLE] = path
    with path.open("rb") as stream:
        made.digests[WHOLE] = hashlib.file_digest(stream, "sha256").hexdigest()
    return made


def _dump_postgresql(engine: Engine, folder: Path) -> Dump:
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection, connection.begin():
        connection.execute(text("SET TRANSACTION READ ONLY"))
        made = Dump(kind="postgresql", revision=_revision(connection))
        see_everything(connection)
        for table in Base.metadata.sorted_tables:
            name, path = f"database/{table.name}", folder / table.name
            made.columns[table.name] = [column.name for column in table.columns]
            made.files[name] = path
            made.rows[table.name], made.digests[name] = _copy_out(connection, table.name, made.columns, path)
    return made


def _revision(connection: Connection) -> str:
    """Return the revision; the portal's own login may not look there and is of the newest."""
    if connection.execute(text("SELECT has_table_privilege('alembic_version', 'SELECT')")).scalar_one():
        return str(connection.execute(text(REVISION)).scalar_one())
    return (paths.MIGRATIONS / "HEAD").read_text().strip()


def _copy_out(connection: Connection, table: str, columns: Mapping[str, list[str]], path: Path) -> tuple[int, str]:
    """Copy one table into a file; return its rows and its digest."""
    digest = hashlib.sha256()
    names = ", ".join(f'"{name}"' for name in columns[table])
    cursor = connection.connection.cursor()
    with closing(cursor), path.open("wb") as out:
        with cursor.copy(f'COPY (SELECT {names} FROM "{table}") TO STDOUT') as copied:  # noqa: S608
            for block in copied:
                digest.update(block)
                out.write(block)
        return cursor.rowcount, digest.hexdigest()


def see_everything(connection: Connection) -> None:
    """Take the role that sees every row, where the database has it."""
    found = "SELECT set_config('role', rolname, true) FROM pg_roles WHERE rolname = 'simpul_office'"
    connection.execute(text(f"{found} AND pg_has_role(session_user, oid, 'MEMBER')"))


def check_empty(engine: Engine) -> None:
    """Raise RuleBroken unless the database has no table at all."""
    if inspect(engine).get_table_names():
        raise RuleBroken(N_("Basis data tujuan sudah berisi. Pulihkan ke basis data yang kosong."))


class Loading:
    """Takes the files of a dump into an empty database, in their order; on PostgreSQL all or nothing."""

    def __init__(self, engine: Engine, told: Mapping[str, Any], migrate: Callable[[str], None]) -> None:
        """`told` is the manifest's part about the database; `migrate` makes the tables of a revision."""
        self._engine = engine
        self._columns = told.get("columns", {})
        if engine.dialect.name != told["kind"]:
            raise RuleBroken(
                N_("Cadangan ini dari %(kind)s. Pulihkan ke basis data sejenis."), kind=told["kind"].capitalize()
            )
        self._work = ExitStack()
        self._connection: Connection | None = None
        if engine.dialect.name == "postgresql":
            migrate(told["revision"])
            self._connection = self._work.enter_context(engine.begin())
            self._prepare(self._connection)

    def take(self, name: str, stream: BinaryIO) -> None:
        """Load one file."""
        if self._connection is None:
            with Path(str(self._engine.url.database)).open("wb") as out:
                out.writelines(_blocks(stream))
            return
        table = name.removeprefix("database/")
        names = ", ".join(f'"{each}"' for each in self._columns[table])
        cursor = self._connection.connection.cursor()
        with closing(cursor), cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copied:
            for block in _blocks(stream):
                copied.write(block)

    def finish(self) -> None:
        """Let numbers go on where they ended, put the walls back, commit."""
        if self._connection is None:
            return
        for table, names in self._columns.items():
            if "id" in names:
                following = f"pg_get_serial_sequence('{table}', 'id')"
                last = f'SELECT setval({following}, max(id)) FROM "{table}" HAVING max(id) IS NOT NULL'  # noqa: S608
                self._connection.execute(text(f"{last} AND {following} IS NOT NULL"))
        for table in self._forced:
            self._connection.execute(text(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'))
        self._work.close()

    def close(self) -> None:
        """Give up the connection; what was not finished is rolled back."""
        if self._connection is not None:
            self._connection.close()

    def _prepare(self, connection: Connection) -> None:
        """Empty what the migrations put in, and let the owner past the walls of rows while loading."""
        forced = "SELECT relname FROM pg_class WHERE relforcerowsecurity AND relnamespace = 'public'::regnamespace"
        self._forced = list(connection.execute(text(forced)).scalars())
        for table in self._forced:
            connection.execute(text(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY'))
        for table in reversed(self._columns):
            if connection.execute(text(f'SELECT 1 FROM "{table}" LIMIT 1')).first():  # noqa: S608
                connection.execute(text(f'DELETE FROM "{table}"'))  # noqa: S608


def _blocks(stream: BinaryIO) -> Iterator[bytes]:
    while block := stream.read(AT_ONCE):
        yield block


def broken_keys(connection: Connection) -> int:
    """Return how many rows point to a row that is not there; PostgreSQL has checked that while loading."""
    if connection.dialect.name == "sqlite":
        return len(connection.execute(text("PRAGMA foreign_key_check")).all())
    found = "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND NOT convalidated"
    return int(connection.execute(text(found)).scalar_one())


def count_rows(connection: Connection, tables: Mapping[str, int]) -> dict[str, int]:
    """Return how many rows each of these tables has."""
    asked = {name: f'SELECT count(*) FROM "{name}"' for name in tables}  # noqa: S608
    return {name: int(connection.execute(text(asked[name])).scalar_one()) for name in tables}
