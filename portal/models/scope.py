"""The scoped session: it knows for whom it works and refuses whatever it cannot keep to that.

No Flask here. `extensions` makes it the session class, `web/guard.py` sets the scope, jobs work for the office.
`scope_lists` says how each table is kept. Design: platform B2.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, event, func, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, UOWTransaction, with_loader_criteria
from sqlalchemy.sql.base import ExecutableOption

from portal import models as m
from portal.models import row_walls
from portal.models.scope_criteria import UMBRELLA
from portal.models.scope_lists import (
    APPENDABLE,
    GATE,
    GATE_READS,
    NEVER_REMOVED,
    OFFICE_ONLY,
    PARTNER_WRITES,
    READ_MARKS,
    SCOPED,
)


class ScopeError(Exception):
    """The session was asked for something that it cannot keep to its scope. A fault of ours, never of a user."""


@dataclass(frozen=True, slots=True)
class OfficeScope:
    """The ministry's people and jobs: everything."""


@dataclass(frozen=True, slots=True)
class GateScope:
    """Nobody is signed in yet: only what signing in needs."""


@dataclass(frozen=True, slots=True)
class OrganisationScope:
    """One partner organisation."""

    organisation_id: int


@dataclass(frozen=True, slots=True)
class UmbrellaScope(OrganisationScope):
    """A central board that reads the agreements of its members; nothing is written."""


Scope = OfficeScope | GateScope | OrganisationScope


class ScopedSession(Session):
    """A session that refuses to work without a scope. The scope is set once for each unit of work."""

    @property
    def scope(self) -> Scope:
        """Return for whom this session works; raise ScopeError when nobody said."""
        scope: Scope | None = self.info.get("scope")
        if scope is None:
            raise ScopeError("The session has no scope: the guard or the job must set one.")
        return scope

    def work_for(self, scope: Scope) -> None:
        """Say for whom this session works; refuse a change in the middle of a transaction."""
        if self.info.get("scope") not in {None, scope} and (self.in_transaction() or len(self.identity_map)):
            raise ScopeError("The scope cannot change while rows are loaded.")
        self.info["scope"] = scope

    def connection(self, *args: Any, **options: Any) -> Any:
        """Refuse a raw connection to partners."""
        if isinstance(self.info.get("scope"), OrganisationScope) and not self.info.get("flushing"):
            raise ScopeError("A partner's session gives no raw connection.")
        return super().connection(*args, **options)

    def flush(self, objects: Any = None) -> None:
        """Flush; the unit of work may use the connection meanwhile."""
        self.info["flushing"] = True
        try:
            super().flush(objects)
        finally:
            self.info["flushing"] = False

    def bulk_save_objects(self, *_args: Any, **_options: Any) -> None:
        """Bulk writes pass no check, so there are none."""
        raise ScopeError("Use add_all: bulk writes are not checked against the scope.")

    def bulk_insert_mappings(self, *_args: Any, **_options: Any) -> None:
        """Bulk writes pass no check, so there are none."""
        raise ScopeError("Use add_all: bulk writes are not checked against the scope.")

    def bulk_update_mappings(self, *_args: Any, **_options: Any) -> None:
        """Bulk writes pass no check, so there are none."""
        raise ScopeError("Change the objects: bulk writes are not checked against the scope.")


def _role(scope: Scope) -> str:
    if isinstance(scope, UmbrellaScope):
        return row_walls.BOARD
    if isinstance(scope, OrganisationScope):
        return row_walls.PARTNER
    return row_walls.OFFICE if isinstance(scope, OfficeScope) else row_walls.GATE_ROLE


_TAKE_ROLE = f"SELECT set_config('role', %s, true), set_config('{row_walls.ORGANISATION}', %s, true)"
"""In the words of the driver: it stands before every transaction."""
_SAY_APPENDING = select(func.set_config(row_walls.APPENDING, bindparam("state"), True))  # noqa: FBT003


@event.listens_for(ScopedSession, "after_begin")
def _take_role(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    """Stand behind the wall of the scope until the transaction ends; without a scope there are no rights at all."""
    del transaction
    scope = session.info.get("scope")
    if scope is None or connection.dialect.name != "postgresql":
        return
    organisation = str(scope.organisation_id) if isinstance(scope, OrganisationScope) else ""
    connection.exec_driver_sql(_TAKE_ROLE, (_role(scope), organisation))


def _mapped_classes(state: ORMExecuteState) -> set[type]:
    return {mapper.class_ for mapper in state.all_mappers}


def _keep_to_organisation(state: ORMExecuteState, scope: OrganisationScope) -> None:
    if not state.is_orm_statement or state.is_from_statement or state.is_insert or state.is_update or state.is_delete:
        raise ScopeError("A partner's session runs only selects of mapped classes.")
    forbidden = _mapped_classes(state) & OFFICE_ONLY
    if forbidden:
        raise ScopeError(f"Partners never read {sorted(c.__name__ for c in forbidden)}.")
    if state.is_column_load:
        return
    state.statement = state.statement.options(*_criteria(scope))


@lru_cache(maxsize=256)
def _criteria(scope: OrganisationScope) -> tuple[ExecutableOption, ...]:
    """Return the criteria of one partner, or of one central board, as plain expressions.

    Never as lambdas: those are kept by their code, and one partner would be given the criteria of another.
    """
    lists = SCOPED | UMBRELLA if isinstance(scope, UmbrellaScope) else SCOPED
    return tuple(
        with_loader_criteria(cls, criterion(cls, scope.organisation_id), include_aliases=True)
        for cls, criterion in lists.items()
    )


@event.listens_for(ScopedSession, "do_orm_execute")
def _on_execute(state: ORMExecuteState) -> None:
    session = state.session
    if not isinstance(session, ScopedSession):
        return
    scope = session.scope
    if isinstance(scope, GateScope):
        outside = _mapped_classes(state) - GATE_READS
        if outside or not state.is_orm_statement:
            raise ScopeError(f"Before sign-in these are closed: {sorted(c.__name__ for c in outside)}.")
    elif isinstance(scope, OrganisationScope):
        _keep_to_organisation(state, scope)


def _is_read_mark(row: Any) -> bool:
    changed = {each.key for each in inspect(row).attrs if each.history.has_changes()}
    return type(row) in READ_MARKS and changed == {"read_at"}


def _is_open_to_partners(row: Any, *, new: bool) -> bool:
    """Return whether a partner's act may add a row that is not its own, or change it in one way."""
    return type(row) is m.Occurrence or (type(row) in APPENDABLE if new else _is_read_mark(row))


def _check_own(row: Any, organisation_id: int) -> None:
    if type(row) not in PARTNER_WRITES or row.organisation_id != organisation_id:
        raise ScopeError(f"A partner may not write this {type(row).__name__}.")


def _check_rows(session: ScopedSession, rows: Iterable[Any], *, new: bool) -> None:
    scope = session.scope
    if isinstance(scope, OfficeScope):
        return
    for row in rows:
        if isinstance(scope, UmbrellaScope):
            raise ScopeError(f"A central board writes nothing, and no {type(row).__name__}.")
        if isinstance(scope, GateScope):
            if type(row) not in GATE:
                raise ScopeError(f"Before sign-in nobody writes {type(row).__name__}.")
        elif not _is_open_to_partners(row, new=new):
            _check_own(row, scope.organisation_id)


@event.listens_for(ScopedSession, "before_flush")
def _on_flush(session: Session, context: UOWTransaction, instances: object) -> None:
    del context, instances
    if not isinstance(session, ScopedSession):
        return
    _check_rows(session, session.new, new=True)
    _check_rows(session, (row for row in session.dirty if session.is_modified(row)), new=False)
    _check_rows(session, session.deleted, new=False)
    if isinstance(session.scope, OrganisationScope):
        _keep_to_partners_rows(session)


def _keep_to_partners_rows(session: ScopedSession) -> None:
    """Refuse what no partner's act makes or takes away, and let it append."""
    if any(type(row) is m.Occurrence for row in session.new):
        raise ScopeError("A partner never makes an occurrence.")
    if any(type(row) in NEVER_REMOVED for row in session.deleted):
        raise ScopeError("A partner never removes an occurrence, nor what was told.")
    if any(type(row) in APPENDABLE for row in session.new):
        _say_appending(session, "on")


@event.listens_for(ScopedSession, "after_flush_postexec")
def _after_flush(session: Session, context: UOWTransaction) -> None:
    del context
    if session.info.pop("appending", None):
        _say_appending(session, "off")


def _say_appending(session: Session, state: str) -> None:
    """Let the numbers of rows come back that a partner's act adds for others, and nothing else."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        session.info["appending"] = state == "on"
        connection.execute(_SAY_APPENDING, {"state": state})
