"""Row-level security alone, without the scoped session: the same ways to ask find nothing, and write nothing."""

import contextlib

import pytest
from sqlalchemy import NullPool, Result, create_engine, event, select, text
from sqlalchemy.exc import DBAPIError, NoResultFound
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError

from portal import models as m
from portal.models import row_walls, scope_lists
from portal.models.scope import OfficeScope, OrganisationScope, ScopedSession
from tests.harness import migrating
from tests.harness.postgres import PORTAL
from tests.models.styles import READS, REFUSED, WRITES

pytestmark = pytest.mark.postgresql_only

ASKING = {**READS, **{name: style for name, style in REFUSED.items() if name != "change of scope"}}
FOREIGN = ("BBBB-0002", "Naskah theirs", "Kenari Asing")
REFUSALS = (DBAPIError, NoResultFound, ObjectDeletedError, StaleDataError)
"""A wall refuses, or the row that was to be changed is not there."""


@pytest.fixture
def engine_of_portal(database):
    """Connections of the portal's login, which is neither superuser nor owner."""
    made = create_engine(database.config.database_url)
    yield made
    made.dispose()


def bare(engine, role, organisation=""):
    """A session that checks nothing and stands behind the wall of a role."""
    session = Session(bind=engine)

    @event.listens_for(session, "after_begin")
    def take_role(session, transaction, connection):
        words = {"role": role, "organisation": str(organisation)}
        connection.execute(
            text("SELECT set_config('role', :role, true), set_config('simpul.organisation', :organisation, true)"),
            words,
        )

    return session


@pytest.fixture
def behind_wall(engine_of_portal, world):
    """A session of the first partner in which only the database keeps anything from it."""
    with bare(engine_of_portal, row_walls.PARTNER, world["own"]) as session:
        yield session


def foreign_rows(engine, world):
    """Every row of the other partner, and every word of it."""
    wanted = {
        "report": "organisation_id = :theirs",
        "account": "organisation_id = :theirs",
        "agreement": "id = :agreement",
        "stage_change": "agreement_id = :agreement",
        "reminder": "agreement_id = :agreement",
    }
    values = {"theirs": world["theirs"], "agreement": world["theirs agreement"]}
    with engine.connect() as connection:
        return {
            table: connection.execute(text(f"SELECT * FROM {table} WHERE {rows} ORDER BY id"), values).all()
            for table, rows in wanted.items()
        }


@pytest.mark.parametrize("style", ASKING)
def test_no_way_of_asking_leaks(behind_wall, engine, world, style):
    before = foreign_rows(engine, world)
    try:
        found = ASKING[style](behind_wall, world)
        told = repr(found.all() if isinstance(found, Result) and found.returns_rows else found)
        behind_wall.commit()
    except REFUSALS:
        told = ""
    behind_wall.rollback()
    assert not any(word in told for word in FOREIGN)
    assert style not in READS or told in {"", "[]", "None", "0", "False"}
    assert foreign_rows(engine, world) == before


@pytest.mark.parametrize("change", WRITES)
def test_what_is_not_ones_own_stays_as_it_is(behind_wall, engine, world, change):
    before = foreign_rows(engine, world)
    with contextlib.suppress(*REFUSALS):
        change(behind_wall, world)
        behind_wall.flush()
        behind_wall.commit()
    behind_wall.rollback()
    assert foreign_rows(engine, world) == before


def test_a_login_that_took_no_role_may_do_nothing(engine_of_portal, world):
    del world
    with Session(bind=engine_of_portal) as session, pytest.raises(DBAPIError, match="permission denied"):
        session.execute(select(m.Province.code))


def test_a_partner_without_a_number_sees_no_rows(engine_of_portal, world):
    del world
    with bare(engine_of_portal, row_walls.PARTNER) as session:
        assert session.scalars(select(m.Report.id)).all() == []
        assert session.scalars(select(m.Agreement.id)).all() == []


def test_what_a_transaction_took_is_gone_with_it(database, engine_of_portal, world):
    with ScopedSession(bind=engine_of_portal) as session:
        session.work_for(OrganisationScope(world["own"]))
        assert session.scalars(select(m.Report.code)).all() == ["AAAA-0001"]
        session.commit()
    with engine_of_portal.connect() as connection:
        settings = connection.execute(
            text("SELECT current_user, current_setting('simpul.organisation', true), current_setting('role')")
        ).one()
    assert tuple(settings) == ("simpul_app", "", "none")


def test_every_table_stands_behind_forced_walls(engine):
    with engine.connect() as connection:
        open_ = connection.scalars(
            text(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
                "AND relname <> 'alembic_version' AND NOT (relrowsecurity AND relforcerowsecurity)"
            )
        ).all()
        seen = connection.scalars(
            text("SELECT tablename FROM pg_policies WHERE 'simpul_partner' = ANY(roles) AND cmd = 'SELECT'")
        ).all()
    assert open_ == []
    readable = {row_walls.table_of(each).name for each in (*scope_lists.SCOPED, *scope_lists.GLOBAL)}
    assert set(seen) == readable


def test_the_portals_login_is_kept_by_the_walls_and_an_owner_is_not(engine, engine_of_portal):
    with engine_of_portal.connect() as connection:
        assert row_walls.weaknesses(connection) == []
        with pytest.raises(DBAPIError, match="permission denied"):
            connection.execute(text("CREATE TABLE mine (id integer)"))
    with engine.connect() as connection:
        found = " ".join(row_walls.weaknesses(connection))
    assert "superuser" in found
    assert "pemilik tabel" in found


INSERTS = [name for name in ASKING if "insert" in name or "save" in name]


@pytest.mark.parametrize("style", INSERTS)
def test_the_wall_itself_refuses_a_row_of_somebody_else(behind_wall, world, style):
    with pytest.raises(DBAPIError, match="row-level security"):
        ASKING[style](behind_wall, world)


def test_the_office_finds_by_index_as_without_walls(engine, engine_of_portal, world):
    """A wall that lets everything through must not keep a search of words from its index."""
    del world
    unforced = text("SET LOCAL enable_seqscan = off")
    words = "to_tsvector('simple', title)"
    asked = text(f"EXPLAIN SELECT id FROM agreement WHERE {words} @@ to_tsquery('simple', 'naskah')")
    with engine.begin() as connection:
        connection.execute(text(f"CREATE INDEX ix_words ON agreement USING gin ({words})"))
        connection.execute(unforced)
        without = connection.scalars(asked).all()
    with ScopedSession(bind=engine_of_portal) as session:
        session.work_for(OfficeScope())
        session.execute(unforced)
        behind = session.scalars(asked).all()
    assert "Index Cond" in " ".join(without)
    assert behind == without


def test_an_owner_without_any_power_migrates_and_raises_the_walls(postgres_server):
    for statement in (
        "DROP DATABASE IF EXISTS owned WITH (FORCE)",
        "DROP ROLE IF EXISTS simpul_owner",
        "CREATE ROLE simpul_owner LOGIN CREATEROLE",
        "CREATE DATABASE owned OWNER simpul_owner",
    ):
        postgres_server.execute(statement)
    migrating.upgrade(postgres_server.url("owned", user="simpul_owner"))
    portal = create_engine(postgres_server.url("owned", user=PORTAL), poolclass=NullPool)
    with portal.connect() as connection:
        assert row_walls.weaknesses(connection) == []
    with ScopedSession(bind=portal) as session:
        session.work_for(OfficeScope())
        assert session.scalars(select(m.Agreement.id)).all() == []
    migrating.downgrade(postgres_server.url("owned", user="simpul_owner"), "0031")
    with portal.connect() as connection:
        assert "tanpa keamanan baris" in " ".join(row_walls.weaknesses(connection))
    postgres_server.execute("DROP DATABASE owned WITH (FORCE)")
