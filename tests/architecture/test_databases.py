"""The databases that tests share: a test never meets connections that another test's clean-up has cut."""

from sqlalchemy import text

from portal.domain.organisation import Zone
from portal.models import Province


def test_connections_survive_a_reset_by_somebody_else(database, engine, session):
    session.add(Province(code="PA", number="91", name="Papua", zone=Zone.WIT, tile_column=1, tile_row=1))
    session.commit()
    session.close()
    database.reset()
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM province")) == 0
