"""The running numbers of public codes: each series counts for itself, two people at once never get the same."""

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.models import CodeCounter


def next_number(session: Session, series: str) -> int:
    """Return the next number of a series such as `PKS-2026`, beginning with 1; kept when the transaction is."""
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    first = insert(CodeCounter).values(series=series, last=1)
    following: Insert = first.on_conflict_do_update(
        index_elements=[CodeCounter.series], set_={"last": CodeCounter.last + 1}
    )
    return int(session.execute(following.returning(CodeCounter.last)).scalar_one())
