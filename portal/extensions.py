"""The objects that bind libraries to the app: database, sign-in glue, forms' protection. No logic."""

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from contextvars import ContextVar
from typing import Any

from flask import current_app
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from portal.models import Base, audit_chain, plan_change, row_walls, search_text
from portal.models.scope import (
    GateScope,
    OfficeScope,
    OrganisationScope,
    Scope,
    ScopedSession,
    UmbrellaScope,
)

reads_only: ContextVar[bool] = ContextVar("reads_only", default=False)
"""True while a request only reads: its transaction on SQLite then takes no write lock."""

PEOPLE_WAIT_MS = 20_000
"""A third of the time the server gives a request: on a busy machine five seconds refused changes that could wait."""
lock_wait_ms: ContextVar[int] = ContextVar("lock_wait_ms", default=PEOPLE_WAIT_MS)
"""How long a transaction waits for another writer on SQLite: jobs have more time than people."""


plan_change.watch(ScopedSession)
audit_chain.watch(ScopedSession)
search_text.watch(ScopedSession)


class PortalSession(ScopedSession, FlaskSession):
    """The scoped session, bound to the app's engine; it seals what it adds to the trail."""

    def __init__(self, db: SQLAlchemy, **options: Any) -> None:
        """Take the key of the trail from the app's settings."""
        super().__init__(db, **options)
        self.info[audit_chain.KEY] = current_app.config["SETTINGS"].audit_keys[0]


db = SQLAlchemy(model_class=Base, session_options={"class_": PortalSession}, disable_autonaming=True)
login_manager = LoginManager()
csrf = CSRFProtect()

LOST_EDITS = (StaleDataError, IntegrityError)
"""What the database raises when two people changed the same thing at once."""

BEYOND = (DataError, OverflowError)
"""What the database raises for a value that no column of its kind can hold: it names no row."""

WALLS_MISSING = row_walls.WallError
"""What bringing a database up raises when it may not make the roles of row-level security."""

GIVEN_UP = OperationalError
"""What the database raises when it ends a transaction for another one's sake: a circle of waiting, too long a wait."""


def pool_options(url: str) -> dict[str, bool]:
    """Return how connections are kept: on PostgreSQL the one used last goes first, as most is prepared on it."""
    return {} if url.startswith("sqlite") else {"pool_use_lifo": True}


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, record: object) -> None:
    """Set up a SQLite connection: our own BEGIN, a waiting lock, foreign keys, full durability.

    What a long statement would need to take itself back stays in memory: in a file it costs a sweep a thirtieth.
    """
    del record
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={PEOPLE_WAIT_MS}",
        "cache_size=-32000",
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    """Take SQLite's write lock at the start of a writing transaction, so that no edit is lost (design: platform C4).

    PostgreSQL is told which transactions only read, and refuses a change in them.
    """
    if connection.dialect.name == "sqlite":
        _wait_for_lock(connection, lock_wait_ms.get())
        connection.exec_driver_sql("BEGIN" if reads_only.get() else "BEGIN IMMEDIATE")
    else:
        _driver(connection).read_only = reads_only.get()


@event.listens_for(Engine, "rollback")
def _end_reading(connection: Connection) -> None:
    """Commit what PostgreSQL itself let do nothing but read, when it would be rolled back.

    Its driver throws away every prepared statement at a rollback. The policies of the walls made planning them anew
    cost more than all else the server did for a page. What is lost, or breaks now, is left to the rollback itself.
    """
    if connection.dialect.name == "sqlite" or connection.invalidated:
        return
    driver = _driver(connection)
    if driver.read_only:
        with suppress(connection.dialect.loaded_dbapi.Error):
            driver.commit()


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection


def _wait_for_lock(connection: Connection, milliseconds: int) -> None:
    if connection.info.get("lock_wait_ms", PEOPLE_WAIT_MS) != milliseconds:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={milliseconds}")
        connection.info["lock_wait_ms"] = milliseconds


def session() -> PortalSession:
    """Return the session of this request or job."""
    current = db.session()
    if not isinstance(current, PortalSession):
        raise TypeError("The session class is not ours.")
    return current


def work_for_office(target: ScopedSession) -> None:
    """Let a session work for the ministry."""
    target.work_for(OfficeScope())


def work_for_organisation(target: ScopedSession, organisation_id: int) -> None:
    """Keep a session to one partner organisation."""
    target.work_for(OrganisationScope(organisation_id))


def work_for_umbrella(target: ScopedSession, organisation_id: int) -> None:
    """Keep a session to the agreements that name one central board; it only reads."""
    target.work_for(UmbrellaScope(organisation_id))


def work_at_gate(target: ScopedSession) -> None:
    """Keep a session to what signing in needs."""
    target.work_for(GateScope())


@contextmanager
def separate_session(scope: Scope | None = None) -> Iterator[PortalSession]:
    """Yield a session of its own, closed at the end without a commit; it works for the office unless told otherwise."""
    extra = PortalSession(db)
    extra.work_for(scope or OfficeScope())
    try:
        yield extra
    finally:
        extra.close()


def separate_session_of(organisation_id: int) -> AbstractContextManager[PortalSession]:
    """Return a session of its own that is kept to one partner organisation."""
    return separate_session(OrganisationScope(organisation_id))
