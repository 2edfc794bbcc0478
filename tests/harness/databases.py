"""A migrated database for each test, on SQLite and on a real PostgreSQL.

The schema is migrated once for each kind; a test gets a copy. A copy that nobody has written to is handed on.
Where a test lies decides what it runs on: both kinds everywhere, but under `tests/web` on SQLite only unless
pytest is told `--web-on=both` (as `run.py test` does). `@pytest.mark.sqlite_only` is for tests to which the
database makes no difference and whose second run would cost much, `@pytest.mark.postgresql_only` for what only a
server with users can do; `@pytest.mark.first_case_on_postgresql` for those
whose cases differ in what is typed and not in what is asked of the database.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import psycopg
import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, event, make_url

from portal.config import Config
from portal.extensions import reads_only
from portal.models.scope import OfficeScope, OrganisationScope, ScopedSession
from portal.queries import kept_numbers
from tests.harness import memory
from tests.harness.postgres import OWNER, PORTAL, PostgresServer, start_server
from tests.harness.sharing import MakeOnce
from tests.harness.template_database import TEMPLATE, migrate_cluster, migrate_file

SQLITE = "sqlite"
POSTGRESQL = "postgresql"
SCHEMA = re.compile(r"\s*(CREATE|ALTER|DROP)\b", re.IGNORECASE)
READS = re.compile(r"\s*(SELECT|PRAGMA|BEGIN|SHOW|EXPLAIN|SAVEPOINT|RELEASE|ROLLBACK)\b", re.IGNORECASE)
LEFT = """SELECT
(SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
AND state <> 'idle' AND backend_type = 'client backend'),
(SELECT array_agg(quote_ident(relname)) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0),
(SELECT array_agg(quote_ident(sequencename)) FROM pg_sequences WHERE last_value IS NOT NULL)"""
"""Who is at work, the tables with rows, and the sequences that have given numbers."""
WRITTEN: set[str] = set()
"""The addresses of databases that hold committed changes."""
REBUILT: set[str] = set()
"""The addresses of databases of which not only the rows were changed."""
COUNTING: list[list[str]] = []
"""The lists that collect statements at this moment."""


def address(connection: Connection) -> str:
    """The address of a connection's database, whoever is connected."""
    url = connection.engine.url
    return (url.set(username=OWNER) if url.username == PORTAL else url).render_as_string(hide_password=False)


@event.listens_for(Engine, "before_cursor_execute")
def _note_write(connection: Connection, cursor: Any, statement: str, *rest: Any) -> None:
    if not READS.match(statement):
        connection.info["wrote"] = True
    if SCHEMA.match(statement):
        REBUILT.add(address(connection))
    for ran in COUNTING:
        ran.append(statement)


@event.listens_for(Engine, "commit")
def _note_commit(connection: Connection) -> None:
    if connection.info.pop("wrote", False):
        WRITTEN.add(address(connection))


@event.listens_for(Engine, "rollback")
def _note_rollback(connection: Connection) -> None:
    if not connection.invalidated:  # a lost one brings its notes along no more
        connection.info.pop("wrote", None)


class Source(Protocol):
    """Where fresh databases of one kind come from."""

    kind: str

    def fresh(self) -> str:
        """Make the database as if just migrated; answer its address."""

    def as_portal(self, url: str) -> str:
        """The address under which the portal reaches a database: as somebody who owns nothing."""

    def clean(self) -> bool:
        """Take every row out of the test's database, if that is cheaper than a fresh one and nobody is in the way."""

    def close(self) -> None:
        """Let go of what cleaning holds."""

    def empty(self) -> str:
        """Make a database without any table, for tests of migrations; answer its address."""


class SqliteSource:
    """One migrated file that is copied."""

    kind = SQLITE

    def __init__(self, folder: Path, template: Path) -> None:
        """Keep a copy of the migrated file in `folder`."""
        self.folder = folder
        self.template = Path(shutil.copyfile(template, folder / "template.sqlite"))

    def remove(self, name: str) -> Path:
        """Remove a database with its side files."""
        for path in self.folder.glob(f"{name}.sqlite*"):
            path.unlink()
        return self.folder / f"{name}.sqlite"

    def fresh(self) -> str:
        """Copy the template over the test's file."""
        path = self.remove("test")
        shutil.copyfile(self.template, path)
        return f"sqlite:///{path}"

    def as_portal(self, url: str) -> str:
        """A file has no users."""
        return url

    def clean(self) -> bool:
        """A copied file is cheaper."""
        return False

    def close(self) -> None:
        """Nothing is held."""

    def empty(self) -> str:
        """An absent file, which SQLite makes when it is opened."""
        return f"sqlite:///{self.remove('empty')}"


class PostgresSource:
    """A server with one migrated database that new ones are cloned from."""

    kind = POSTGRESQL

    def __init__(self, server: PostgresServer) -> None:
        self.server = server
        self.line: psycopg.Connection | None = None

    def fresh(self) -> str:
        """Clone the template over the test's database."""
        self.close()
        self.server.execute("DROP DATABASE IF EXISTS test WITH (FORCE)")
        self.server.execute(f"CREATE DATABASE test TEMPLATE {TEMPLATE} STRATEGY file_copy")
        return self.server.url("test")

    def as_portal(self, url: str) -> str:
        """Row-level security holds for this user."""
        return make_url(url).set(username=PORTAL).render_as_string(hide_password=False)

    def clean(self) -> bool:
        """Delete in place: a clone costs more than most tests, and each new connection learns the tables anew."""
        if self.line is None:
            self.line = self.server.connect("test")
        others, filled, numbered = self.line.execute(LEFT).fetchone() or (1, None, None)
        if others:
            return False
        steps = ["SET session_replication_role = replica", *(f"DELETE FROM {table}" for table in filled or ())]
        steps += [f"SELECT setval('{name}', 1, false)" for name in numbered or ()]
        self.line.execute("; ".join(steps))
        # Only what is vacuumed is empty again: rows come back in the order in which they are put in.
        if filled:
            self.line.execute(
                f"VACUUM (TRUNCATE, INDEX_CLEANUP ON, SKIP_DATABASE_STATS, PARALLEL 0) {', '.join(filled)}"
            )
        return True

    def close(self) -> None:
        """Give up the connection that cleans."""
        if self.line is not None:
            self.line.close()
            self.line = None

    def empty(self) -> str:
        """A new database without tables."""
        self.server.execute("DROP DATABASE IF EXISTS empty WITH (FORCE)")
        self.server.execute("CREATE DATABASE empty")
        return self.server.url("empty")


@dataclass(kw_only=True)
class Database:
    """The database of one kind that tests use one after the other."""

    source: Source
    folder: Path
    hang_up: Callable[[str], None]
    """Closes every connection that tests and applications hold to an address."""
    url: str = ""

    @property
    def kind(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.source.kind

    @property
    def config(self) -> Config:
        """Settings of a test: this database, files in a temporary folder, no mail server."""
        return Config(
            database_url=self.source.as_portal(self.url),
            files_dir=self.folder / "files",
            secret_key="kunci-untuk-pengujian-" + "x" * 32,
            base_url="http://localhost",
            testing=True,
            secure_cookies=False,
            authenticator="offered",
        )

    def touch(self) -> None:
        """Say that another process writes to this database."""
        WRITTEN.add(self.url)

    def reset(self) -> None:
        """Bring back the state after migration, unless nothing was written since."""
        kept_numbers.forget()
        if not self.url or self.url in WRITTEN:
            if not self.url or self.url in REBUILT or not self.source.clean():
                self.hang_up(self.url)
                self.url = self.source.fresh()
            WRITTEN.discard(self.url)
            REBUILT.discard(self.url)
        shutil.rmtree(self.folder / "files", ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server(make_once: MakeOnce) -> Iterator[PostgresServer]:
    """A PostgreSQL server of this process, with the migrated database of this run."""
    server = start_server(make_once("cluster", migrate_cluster) / TEMPLATE)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def quick_folder() -> Iterator[Path]:
    """A folder in memory if there is one: every commit waits for the disk under its file."""
    with TemporaryDirectory(prefix="simpul-sqlite-", dir=memory.place()) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def databases(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    quick_folder: Path,
    make_once: MakeOnce,
    engines: dict[str, Engine],
    apps: dict[str, Flask],
) -> Iterator[Callable[[str], Database]]:
    """The database of each kind, made when first asked for."""
    from portal.extensions import db

    made: dict[str, Database] = {}

    def hang_up(url: str) -> None:
        if url in engines:
            engines[url].dispose()
        if url in apps:
            with apps[url].app_context():
                db.engine.dispose()

    def get(kind: str) -> Database:
        if kind not in made:
            server = request.getfixturevalue("postgres_server") if kind == POSTGRESQL else None
            file = make_once("file", migrate_file) / TEMPLATE if kind == SQLITE else Path()
            source: Source = PostgresSource(server) if server else SqliteSource(quick_folder, file)
            made[kind] = Database(source=source, folder=tmp_path_factory.mktemp(kind), hang_up=hang_up)
        return made[kind]

    yield get
    for database in made.values():
        database.source.close()


@pytest.fixture(scope="session")
def engines() -> Iterator[dict[str, Engine]]:
    """Engines for the sessions that tests hold themselves, one for each address."""
    opened: dict[str, Engine] = {}
    yield opened
    for engine in opened.values():
        engine.dispose()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where tests of pages run."""
    parser.addoption("--web-on", choices=["sqlite", "both"], default="sqlite", help="databases for tests/web")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that uses a database on each kind that its place asks for."""
    if "database" not in metafunc.fixturenames:
        return
    in_web = "/tests/web/" in metafunc.definition.path.as_posix()
    both = not in_web or metafunc.config.getoption("--web-on") == "both"
    on_postgresql = pytest.param(POSTGRESQL, marks=pytest.mark.postgresql)
    kinds: list[Any] = [SQLITE]
    if metafunc.definition.get_closest_marker("postgresql_only") is not None:
        kinds = [on_postgresql]
    elif both and metafunc.definition.get_closest_marker("sqlite_only") is None:
        kinds.append(on_postgresql)
    metafunc.parametrize("database", kinds, indirect=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep only the first case on PostgreSQL where a test says that one is enough."""
    first: dict[tuple[Path, str], pytest.Item] = {}
    repeated = set()
    for item in sorted(filter(may_repeat, items), key=lambda item: sorted(item.callspec.indices.items())):
        if first.setdefault((item.path, item.originalname), item) is not item:
            repeated.add(item)
    if repeated:
        config.hook.pytest_deselected(items=[item for item in items if item in repeated])
        items[:] = [item for item in items if item not in repeated]


def may_repeat(item: pytest.Item) -> bool:
    """Whether this runs on PostgreSQL and is of a test whose cases differ only in what is typed."""
    marked = isinstance(item, pytest.Function) and item.get_closest_marker("first_case_on_postgresql") is not None
    return marked and item.callspec.params.get("database") == POSTGRESQL


@pytest.fixture
def database(request: pytest.FixtureRequest, databases: Callable[[str], Database]) -> Database:
    """A database as if just migrated: `database.kind`, `database.url`, `database.config`."""
    found = databases(request.param)
    found.reset()
    return found


@pytest.fixture
def engine(database: Database, engines: dict[str, Engine]) -> Engine:
    """A SQLAlchemy engine on the test's database, apart from the application's."""
    if database.url not in engines:
        engines[database.url] = create_engine(database.url)
    return engines[database.url]


@pytest.fixture
def session(engine: Engine) -> Iterator[ScopedSession]:
    """A session that works for the office, rolled back at the end.

    Nothing is visible to the application before `session.commit()`; clients of `client`, `as_staff` and
    `as_partner` do that by themselves before each request, a browser does not.
    """
    # On SQLite a session that has only read must not keep the write lock from the application.
    before = reads_only.set(engine.dialect.name == SQLITE)
    with ScopedSession(bind=engine) as opened:
        opened.work_for(OfficeScope())
        yield opened
        opened.rollback()
    reads_only.reset(before)


@pytest.fixture
def session_of(engine: Engine) -> Iterator[Callable[[int], ScopedSession]]:
    """Sessions kept to one partner: `session_of(organisation.id)`."""
    opened: list[ScopedSession] = []

    def open_session(organisation_id: int) -> ScopedSession:
        kept = ScopedSession(bind=engine)
        kept.work_for(OrganisationScope(organisation_id))
        opened.append(kept)
        return kept

    yield open_session
    for kept in opened:
        kept.close()


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the SQL of a block: `with statements() as ran: client.page(...)`, then `len(ran)`."""
    ran: list[str] = []
    COUNTING.append(ran)
    try:
        yield ran
    finally:
        COUNTING.remove(ran)
