"""Transactions that only read: PostgreSQL holds them to it, and keeps what it has planned for them."""

import pytest
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import psycopg
from sqlalchemy.exc import InternalError

from portal.extensions import reads_only
from portal.queries import pulse

LONGEST_KEPT = 4096
"""Longer texts are taken apart by the driver anew at every run."""
ENOUGH = 6
"""So often a statement has to be run before the driver prepares it."""


@pytest.fixture
def reading():
    before = reads_only.set(True)
    yield
    reads_only.reset(before)


@pytest.mark.postgresql_only
def test_what_only_reads_cannot_write(engine, reading):
    with engine.connect() as connection, pytest.raises(InternalError, match="read-only transaction"):
        connection.execute(text("DELETE FROM plan_change"))
    reads_only.set(False)
    with engine.connect() as connection:
        assert connection.execute(text("DELETE FROM plan_change")).rowcount == 0


@pytest.mark.postgresql_only
def test_what_was_prepared_outlives_a_transaction_that_only_read(engine, reading):
    with engine.connect() as connection:
        for _ in range(ENOUGH):
            connection.execute(text("SELECT max(id) FROM sweep_log")).scalar()
            connection.rollback()
        asked = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%sweep_log%%'"
        assert connection.exec_driver_sql(asked, ()).scalar_one() == 1


def test_the_statement_of_every_page_is_short_enough_to_be_kept():
    assert len(str(pulse._asked().compile(dialect=psycopg.dialect()))) < LONGEST_KEPT
