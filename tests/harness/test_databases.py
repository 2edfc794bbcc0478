"""Every test begins with the database as migrated, whatever the one before it did."""

import pytest
from sqlalchemy import Engine, func, select, text

from portal.models import Organisation
from portal.models.scope import ScopedSession
from tests.factories import make_organisation
from tests.harness.databases import POSTGRESQL, SQLITE, Database


@pytest.mark.parametrize("turn", range(4))
def test_nothing_is_left_from_the_test_before(session: ScopedSession, turn: int):
    assert session.scalar(select(func.count()).select_from(Organisation)) == 0
    make_organisation(session)
    if turn % 2:
        session.commit()
    assert session.scalar(select(func.count()).select_from(Organisation)) == 1


def test_both_kinds_are_the_real_thing(database: Database, engine: Engine):
    question = {SQLITE: "select sqlite_version()", POSTGRESQL: "select version()"}[database.kind]
    with engine.connect() as connection:
        answer = connection.scalar(text(question))
    assert answer.startswith({SQLITE: "3.", POSTGRESQL: "PostgreSQL 1"}[database.kind])


def test_what_another_connection_wrote_is_seen(engine: Engine, session: ScopedSession):
    made = make_organisation(session)
    session.commit()
    with engine.connect() as connection:
        found = connection.scalar(select(Organisation.__table__.c.code))
    assert found == made.code


def test_a_session_that_reads_lets_others_write(session: ScopedSession, engine: Engine):
    assert session.scalars(select(Organisation)).all() == []
    with ScopedSession(bind=engine) as other:
        other.work_for(session.scope)
        make_organisation(other)
        other.commit()
    session.rollback()
    assert len(session.scalars(select(Organisation)).all()) == 1
