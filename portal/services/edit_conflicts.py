"""What two people did to one record at once, told from the audit trail: records carry a version, not their past."""

from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.domain.editing import EditConflict, compare
from portal.models import Account, Entry


class Versioned(Protocol):
    """A mapped row whose edits leave entries with their version and {field: [before, after]} under `changes`."""

    version: Any
    updated_at: Any


def told(
    session: Session,
    row: Versioned,
    *,
    version: int,
    mine: Mapping[str, Any],
    stored: Mapping[str, Any],
    edits: ColumnElement[bool],
) -> EditConflict:
    """Return the conflict of an edit made at `version` with those saved since: who, when, and all three values.

    `mine` and `stored` are flat, plain values; `edits` is the condition for the entries of this record's edits.
    """
    entries = session.scalars(select(Entry).where(edits).order_by(Entry.id))
    later = [one for one in entries if one.detail.get("version", 0) > version]
    before = dict(stored)
    for entry in reversed(later):
        before.update({key: pair[0] for key, pair in entry.detail.get("changes", {}).items()})
    person = session.get(Account, later[-1].actor_id) if later and later[-1].actor_id else None
    return EditConflict(
        comparison=compare(before, mine, stored),
        version=row.version,
        who=person.name if person else "Simpul",
        when=later[-1].at if later else row.updated_at,
    )
