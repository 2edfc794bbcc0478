"""A reader whose connection to PostgreSQL is cut hears of it once, as a fault of the database, and can go on."""

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from portal.extensions import reads_only
from portal.models.scope import OfficeScope, ScopedSession

pytestmark = pytest.mark.postgresql_only


@pytest.fixture
def reader(database):
    """A session that only reads, on a connection of its own."""
    engine = create_engine(database.url)
    before = reads_only.set(True)
    with ScopedSession(bind=engine) as made:
        made.work_for(OfficeScope())
        yield made
    reads_only.reset(before)
    engine.dispose()


def cut(reader):
    """End the process of the server that answers a reader."""
    pid = reader.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with reader.get_bind().connect() as apart:
        assert apart.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid}).scalar_one()


def test_a_cut_that_was_heard_of_does_not_keep_the_session_from_closing(reader):
    cut(reader)
    with pytest.raises(OperationalError):
        reader.execute(text("SELECT 1"))
    reader.close()
    reader.work_for(OfficeScope())
    assert reader.execute(text("SELECT 1")).scalar_one() == 1


def test_a_cut_that_nobody_has_heard_of_yet_is_a_fault_of_the_database_like_any_other(reader):
    cut(reader)
    with pytest.raises(OperationalError):
        reader.rollback()
    reader.close()
    reader.work_for(OfficeScope())
    assert reader.execute(text("SELECT 1")).scalar_one() == 1
