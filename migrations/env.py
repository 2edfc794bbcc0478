"""How Alembic reaches the database: by the address it is given, with the portal's own metadata."""

from alembic import context
from sqlalchemy import Connection, create_engine, event, pool

from portal.models import Base, row_walls

config = context.config


def run() -> None:
    """Run the migrations in one transaction, with batch mode so that SQLite can change tables."""
    connection = config.attributes.get("connection")
    if connection is not None:
        _run_on(connection)
        return
    engine = create_engine(config.get_main_option("sqlalchemy.url") or "", poolclass=pool.NullPool)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def _no_keys_while_tables_are_copied(dbapi: object, record: object) -> None:
            del record
            dbapi.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined]

    with engine.begin() as own:
        _run_on(own)


def _run_on(connection: Connection) -> None:
    """Run the migrations without walls in their way; only the newest revision, which the lists know, gets them."""
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        row_walls.lower(connection)
        context.run_migrations()
        if set(context.get_context().get_current_heads()) == set(context.script.get_heads()):
            row_walls.put_up(connection)


run()
