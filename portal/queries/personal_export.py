"""Everything that the portal keeps about one person, as plain values: for the page, and as JSON.

The copy says of each kind of record why it is kept, how long, and who sees it (UU 27/2022 Art. 32: access together with
the track record of processing).
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from portal.domain import processing
from portal.queries import personal_rows
from portal.queries.personal_rows import FoundRow, Person


def plain(value: Any) -> Any:
    """Return a value as JSON can keep it."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value


def copy_of(session: Session, person: Person, *, wide: bool, now: datetime, most: int | None = None) -> dict[str, Any]:
    """Return the copy: who is meant, when it was made, and every kind of record with its rows, at most `most` each."""
    found = groupby(personal_rows.find(session, person, wide=wide, most=most), key=lambda row: row.table)
    return {
        "made_at": now.isoformat(),
        "person": {"names": list(person.names), "contacts": list(person.contacts), "account": person.account_id},
        "records": [_record(table, list(rows)) for table, rows in found],
    }


def _record(table: str, rows: list[FoundRow]) -> dict[str, Any]:
    kept = processing.of_table(table)
    return {
        "table": table,
        "purpose": kept.purpose,
        "basis": kept.basis,
        "seen_by": kept.seen_by,
        "kept": kept.kept,
        "rows": [{"id": row.id, "relation": row.relation.value, "values": plain(row.values)} for row in rows],
    }


def counts(session: Session, person: Person) -> dict[str, int]:
    """Return how many rows of each table have to do with a person, for the office."""
    found: dict[str, int] = {}
    for row in personal_rows.find(session, person, wide=True):
        found[row.table] = found.get(row.table, 0) + 1
    return found
