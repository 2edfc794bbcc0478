"""Reads before the portal starts: the revision of the database, and whether it holds a demonstration."""

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from portal.models import Account, Agreement, Organisation, row_walls


def revision(session: Session) -> str:
    """Return the revision to which the database was brought; what is raised says why it cannot be read."""
    return str(session.scalar(text("SELECT version_num FROM alembic_version")))


def beside_walls(connection: Connection) -> str | None:
    """Return why the login of a connection is not kept by row-level security; None when it is, or on SQLite."""
    return " ".join(row_walls.weaknesses(connection)) or None


def holds_sample(session: Session) -> bool:
    """Return whether accounts, agreements or organisations are of a demonstration."""
    return any(
        session.scalar(select(table.id).where(table.is_sample.is_(True)).limit(1)) is not None
        for table in (Account, Agreement, Organisation)
    )
