"""Wordings of which only one language was changed against the wording before."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.models import ClauseVersion


def before(versions: Sequence[ClauseVersion], row: ClauseVersion) -> ClauseVersion | None:
    """Return the wording before one: the last that drafts could take, else the one with the number before."""
    earlier = [one for one in versions if one.number < row.number]
    taken = [one for one in earlier if one.approved_at is not None]
    return next(reversed(taken or earlier), None)


def half_changed(versions: Sequence[ClauseVersion], row: ClauseVersion) -> bool:
    """Tell whether only one language was changed against the wording before; `versions` are in order."""
    old = before(versions, row)
    if old is None or not row.text_en:
        return False
    return ((old.title, old.text) != (row.title, row.text)) != (
        (old.title_en, old.text_en) != (row.title_en, row.text_en)
    )


def half_changed_versions(session: Session) -> frozenset[int]:
    """Return the ids of all wordings of which only one language was changed."""
    several = select(ClauseVersion.clause_id).group_by(ClauseVersion.clause_id).having(func.count() > 1)
    query = select(ClauseVersion).where(ClauseVersion.clause_id.in_(several))
    found: dict[int, list[ClauseVersion]] = {}
    for row in session.scalars(query.order_by(ClauseVersion.clause_id, ClauseVersion.number)):
        found.setdefault(row.clause_id, []).append(row)
    return frozenset(row.id for rows in found.values() for row in rows if half_changed(rows, row))
