"""What an agreement is found by: title, code, and names and numbers of its parties, folded into one text of its row.

Searching a large register then reads one table. Every session of the portal renews the text with the change that makes
it untrue, in the same transaction; what changes rows in sets calls `renew`.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, String, cast, event, func, inspect, literal, select, true, update
from sqlalchemy.orm import Session, UOWTransaction

from portal.models.agreement import Agreement, AgreementParty
from portal.models.organisation import Organisation
from portal.models.scope import ScopedSession

RESTS_ON: dict[type[Any], frozenset[str]] = {
    Agreement: frozenset({"sort_key", "code", "parties"}),
    AgreementParty: frozenset({"name_printed", "number_printed", "organisation_id", "agreement_id"}),
    Organisation: frozenset({"sort_key", "short_name"}),
}
"""The columns whose change makes a text untrue, and the collection that loses a seat."""


def watch(session_class: type[ScopedSession]) -> None:
    """Let every session of this class and of those made from it keep the texts."""
    event.listen(session_class, "after_flush", _on_flush)


def renew(session: Session, agreement_ids: Iterable[int]) -> None:
    """Write the texts of these agreements anew, in one statement whatever their number."""
    ids = sorted(set(agreement_ids))
    if ids:
        session.connection().execute(_renewing(Agreement.id.in_(ids)))


def renew_all(session: Session) -> None:
    """Write every text anew, for rows that came in beside the portal."""
    session.connection().execute(_renewing(true()))


def _renewing(which: ColumnElement[bool]) -> Any:
    table: Any = Agreement.__table__
    return update(table).where(which).values(search_text=_text())


def _text() -> ColumnElement[str]:
    seat, who = AgreementParty.__table__, Organisation.__table__
    of_party = (
        who.c.sort_key
        + _word(func.lower(who.c.short_name))
        + _word(func.lower(seat.c.name_printed))
        + _word(func.lower(seat.c.number_printed))
    )
    parties = (
        select(func.aggregate_strings(of_party, " "))
        .select_from(seat.join(who, who.c.id == seat.c.organisation_id))
        .where(seat.c.agreement_id == Agreement.id)
        .correlate(Agreement)
        .scalar_subquery()
    )
    return Agreement.sort_key + _word(func.lower(Agreement.code)) + _word(parties)


def _word(value: Any) -> ColumnElement[str]:
    return func.coalesce(literal(" ") + cast(value, String), "")


def _on_flush(session: Session, context: UOWTransaction) -> None:
    del context
    changed = [row for row in (*session.new, *session.dirty, *session.deleted) if _matters(session, row)]
    ids = {row.id for row in changed if isinstance(row, Agreement) and row not in session.deleted}
    ids |= {row.agreement_id for row in changed if isinstance(row, AgreementParty) and row not in session.deleted}
    renew(session, ids)
    organisations = [row.id for row in changed if isinstance(row, Organisation) and row not in session.new]
    if organisations:
        theirs = select(AgreementParty.agreement_id).where(AgreementParty.organisation_id.in_(organisations))
        session.connection().execute(_renewing(Agreement.id.in_(theirs)))


def _matters(session: Session, row: Any) -> bool:
    columns = RESTS_ON.get(type(row))
    if columns is None:
        return False
    is_new_or_gone = row in session.new or row in session.deleted
    return is_new_or_gone or any(inspect(row).attrs[name].history.has_changes() for name in columns)
