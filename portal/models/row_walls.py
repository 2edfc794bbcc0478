"""Row-level security on PostgreSQL, made from the lists of `scope_lists`: the wall behind the scoped session.

Each transaction of a session takes the role of its scope; a connection that took none may do nothing at all. Roles
belong to nobody who signs in: the portal's own login is a member of them and inherits nothing. Policies and rights are
no migration but derived: lowered before migrations run and raised after, so that they always are what the lists say.
Design: platform B2.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from sqlalchemy import Connection, Integer, Select, Table, inspect, literal_column, select, text
from sqlalchemy.dialects import postgresql

from portal import models as m
from portal.models.scope_criteria import UMBRELLA, Criterion
from portal.models.scope_lists import (
    APPENDABLE,
    GATE,
    GATE_READS,
    GLOBAL,
    MAY_CHANGE,
    PARTNER_WRITES,
    READ_MARKS,
    SCOPED,
)

OFFICE: Final = "simpul_office"
GATE_ROLE: Final = "simpul_gate"
PARTNER: Final = "simpul_partner"
BOARD: Final = "simpul_board"
ROLES: Final = (OFFICE, GATE_ROLE, PARTNER, BOARD)

ORGANISATION: Final = "simpul.organisation"
"""The setting of a transaction that says for which organisation it works."""
APPENDING: Final = "simpul.appending"
"""On while a partner's session puts in what it tells others, as the database gives back the number of each new row."""
SEATS: Final = "own_seat"
"""A view of the places in one's own agreements: a policy of the places themselves cannot ask the places."""

_MINE: Final = f"(SELECT nullif(current_setting('{ORGANISATION}', true), '')::integer)"
_APPENDS: Final = f"(SELECT current_setting('{APPENDING}', true) = 'on')"
_VIEW: Final = (
    "CREATE VIEW own_seat WITH (security_barrier) AS SELECT id, agreement_id, organisation_id, umbrella_id "
    "FROM agreement_party WHERE agreement_id IN (SELECT agreement_id FROM agreement_party "
    "WHERE organisation_id = (SELECT nullif(current_setting('simpul.organisation', true), '')::integer) "
    "OR umbrella_id = (SELECT nullif(current_setting('simpul.organisation', true), '')::integer))"
)
_TABLES: Final = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"


class WallError(Exception):
    """The walls cannot be raised; the message says what an administrator of the database has to do."""


def table_of(mapped: type[m.Base]) -> Table:
    """Return the table of a mapped class."""
    table: Any = inspect(mapped).local_table
    return table  # type: ignore[no-any-return]


def _sql(criterion: Criterion, mapped: type[m.Base]) -> str:
    """Return a criterion in PostgreSQL's words, about the organisation of the transaction."""
    organisation: Any = literal_column(_MINE, Integer)
    whole: Select[Any] = (
        select(literal_column("1")).select_from(table_of(mapped)).where(criterion(mapped, organisation))
    )
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    words = str(whole.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    return words.partition("WHERE ")[2].replace("agreement_party AS ", f"{SEATS} AS ")


def lower(connection: Connection) -> None:
    """Take the walls down and every right away, so that migrations may change tables; on SQLite do nothing."""
    if connection.dialect.name != "postgresql":
        return
    policies = connection.execute(text("SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'"))
    for table, policy in policies.all():
        connection.execute(text(f'DROP POLICY "{policy}" ON "{table}"'))
    connection.execute(text(f"DROP VIEW IF EXISTS {SEATS}"))
    roles = [role for role in ROLES if _exists(connection, role)]
    if roles:
        connection.execute(text(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {', '.join(roles)}"))
    for table in _tables(connection):
        connection.execute(text(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY'))


def put_up(connection: Connection) -> None:
    """Raise the walls around every table of the newest revision; on SQLite do nothing.

    Raises WallError when the roles are missing and the owner of the database may not make them.
    """
    if connection.dialect.name != "postgresql":
        return
    _make_roles(connection)
    for statement in statements(_tables(connection)):
        connection.execute(text(statement))
    connection.execute(text(f"GRANT SELECT ON alembic_version TO {OFFICE}"))


def statements(tables: Iterable[str]) -> Iterator[str]:
    """Yield what raises the walls: a policy for the owner and each role, and what each role may do with a table."""
    yield f"GRANT USAGE ON SCHEMA public TO {', '.join(ROLES)}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {', '.join(ROLES)}"
    yield _VIEW
    yield f"GRANT SELECT ON {SEATS} TO {PARTNER}, {BOARD}"
    for table in tables:
        yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY'
        yield f'CREATE POLICY owner ON "{table}" TO CURRENT_USER USING (true) WITH CHECK (true)'
        yield f'CREATE POLICY office ON "{table}" TO {OFFICE} USING (true) WITH CHECK (true)'
        yield _office_right(table)
    yield from _of_gate()
    yield from _of_partners()
    yield from _of_boards()


def _office_right(table: str) -> str:
    """The trail is only ever added to; what may change in it is kept to that by its own triggers."""
    changes = MAY_CHANGE.get(table)
    if changes is None:
        return f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{table}" TO {OFFICE}'
    update = f", UPDATE ({', '.join(sorted(changes))})" if changes else ""
    return f'GRANT SELECT, INSERT{update} ON "{table}" TO {OFFICE}'


def _of_gate() -> Iterator[str]:
    for mapped in sorted(GATE_READS, key=lambda each: table_of(each).name):
        name = table_of(mapped).name
        yield f'CREATE POLICY gate ON "{name}" TO {GATE_ROLE} USING (true) WITH CHECK (true)'
        yield f'GRANT SELECT ON "{name}" TO {GATE_ROLE}'
        if mapped in GATE:
            yield _office_right(name).replace(OFFICE, GATE_ROLE)
    for note in (m.PlanChange.__tablename__, m.RegisterChange.__tablename__):
        yield f"GRANT INSERT ON {note} TO {GATE_ROLE}, {PARTNER}"
        yield f"CREATE POLICY noted ON {note} FOR INSERT TO {GATE_ROLE}, {PARTNER} WITH CHECK (true)"


def _of_partners() -> Iterator[str]:
    yield from _everybody_reads(PARTNER)
    for mapped, criterion in SCOPED.items():
        yield from _seen(mapped, _sql(criterion, mapped), PARTNER)
    for mapped in PARTNER_WRITES:
        yield from _written(mapped)
    for mapped in APPENDABLE:
        name = table_of(mapped).name
        yield f'CREATE POLICY partner_tells ON "{name}" FOR INSERT TO {PARTNER} WITH CHECK (true)'
        yield f'CREATE POLICY partner_told ON "{name}" FOR SELECT TO {PARTNER} USING ({_APPENDS})'
        yield f'GRANT INSERT ON "{name}" TO {PARTNER}'
    for mapped in READ_MARKS:
        yield from _updated(mapped, "(read_at)")
    yield from _updated(m.Occurrence, "")


def _of_boards() -> Iterator[str]:
    yield from _everybody_reads(BOARD)
    for mapped, criterion in (SCOPED | UMBRELLA).items():
        yield from _seen(mapped, _sql(criterion, mapped), BOARD)


def _everybody_reads(role: str) -> Iterator[str]:
    for mapped in sorted(GLOBAL, key=lambda each: table_of(each).name):
        name = table_of(mapped).name
        yield f'CREATE POLICY "{role}_reads" ON "{name}" FOR SELECT TO {role} USING (true)'
        yield f'GRANT SELECT ON "{name}" TO {role}'


def _seen(mapped: type[m.Base], rows: str, role: str) -> Iterator[str]:
    name = table_of(mapped).name
    yield f'CREATE POLICY "{role}_sees" ON "{name}" FOR SELECT TO {role} USING ({rows})'
    yield f'GRANT SELECT ON "{name}" TO {role}'


def _updated(mapped: type[m.Base], columns: str) -> Iterator[str]:
    name, rows = table_of(mapped).name, _sql(SCOPED[mapped], mapped)
    yield f'CREATE POLICY partner_changes ON "{name}" FOR UPDATE TO {PARTNER} USING ({rows})'
    yield f'GRANT UPDATE {columns} ON "{name}" TO {PARTNER}'


def _written(mapped: type[m.Base]) -> Iterator[str]:
    name = table_of(mapped).name
    own = f'"{name}".organisation_id = {_MINE}'
    yield f'CREATE POLICY partner_adds ON "{name}" FOR INSERT TO {PARTNER} WITH CHECK ({own})'
    yield f'CREATE POLICY partner_changes ON "{name}" FOR UPDATE TO {PARTNER} USING ({own})'
    yield f'CREATE POLICY partner_removes ON "{name}" FOR DELETE TO {PARTNER} USING ({own})'
    yield f'GRANT INSERT, UPDATE, DELETE ON "{name}" TO {PARTNER}'


def _tables(connection: Connection) -> list[str]:
    return [name for name in connection.scalars(text(_TABLES)) if name != "alembic_version"]


def _exists(connection: Connection, role: str) -> bool:
    return bool(connection.scalar(text("SELECT count(*) FROM pg_roles WHERE rolname = :role"), {"role": role}))


def _make_roles(connection: Connection) -> None:
    missing = [role for role in ROLES if not _exists(connection, role)]
    if not missing:
        return
    may_make = "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = CURRENT_USER"
    if not connection.scalar(text(may_make)):
        words = " ".join(f"CREATE ROLE {role} NOLOGIN;" for role in missing)
        raise WallError(f"Peran basis data belum ada. Minta pengelola PostgreSQL menjalankan: {words}")
    for role in missing:
        connection.execute(text(f"CREATE ROLE {role} NOLOGIN"))


def weaknesses(connection: Connection) -> list[str]:
    """Return why the login of a connection stands beside the walls, one sentence for each reason; on SQLite none."""
    if connection.dialect.name != "postgresql":
        return []
    login = connection.execute(
        text("SELECT rolname, rolsuper, rolbypassrls, rolinherit FROM pg_roles WHERE rolname = SESSION_USER")
    ).one()
    owned = connection.scalar(
        text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = SESSION_USER")
    )
    closed = connection.scalar(
        text(
            "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
            "AND relname <> 'alembic_version' AND NOT (relrowsecurity AND relforcerowsecurity)"
        )
    )
    member = text("SELECT bool_and(pg_has_role(SESSION_USER, role, 'MEMBER')) FROM unnest(CAST(:roles AS text[])) role")
    present = all(_exists(connection, role) for role in ROLES)
    is_member = present and connection.scalar(member, {"roles": list(ROLES)})
    reasons = {
        f"Pengguna basis data {login.rolname} adalah superuser: buat pengguna biasa untuk portal.": login.rolsuper,
        f"Pengguna basis data {login.rolname} melewati keamanan baris: cabut BYPASSRLS.": login.rolbypassrls,
        f"Pengguna basis data {login.rolname} mewarisi hak perannya: jadikan NOINHERIT.": login.rolinherit,
        f"Pengguna basis data {login.rolname} adalah pemilik tabel: pakai pengguna lain untuk portal.": owned,
        "Ada tabel tanpa keamanan baris: jalankan simpul database upgrade sebagai pemilik.": closed,
        f"Pengguna basis data {login.rolname} belum menjadi anggota {', '.join(ROLES)}.": not is_member,
    }
    return [sentence for sentence, holds in reasons.items() if holds]
